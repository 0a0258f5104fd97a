// The service worker of a region: first the network, then the courses that were taken offline. It is registered by
// offline.js and only when a course is taken; what stands in no such course is never kept.

const asked = new URL(location.href).searchParams
const start = `${asked.get("region")}.offline.`
const lost = new URL(asked.get("lost"), location.href).href
const PARTS = ["style", "script", "image", "font", "worker"]

addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(clients.claim()))
addEventListener("fetch", event => {
  const { method, url, headers } = event.request
  if (method === "GET" && url.startsWith(registration.scope) && !headers.has("range")) event.respondWith(answer(event))
})

async function answer(event) {
  const { request } = event
  try {
    const fresh = await fetch(request)
    if (fresh.ok) event.waitUntil(refresh(event, fresh.clone()))
    return fresh
  } catch (error) {
    const kept = await find(keyOf(request.url))
    if (kept) return kept
    if (request.mode === "navigate" && (await find(keyOf(lost)))) return Response.redirect(`${lost}#kmp-mangler`)
    throw error
  }
}

/** Return the address under which something is kept: without query and place, a folder for its index.html. */
function keyOf(address) {
  const url = new URL(address)
  return url.origin + url.pathname.replace(/index\.html$/, "")
}

const kept = async () => Promise.all((await caches.keys()).filter(name => name.startsWith(start)).map(name => caches.open(name)))

async function find(key) {
  for (const cache of await kept()) {
    const found = await cache.match(key)
    if (found) return found
  }
  return null
}

/** Put what has come into every course that has it, and what a kept page now asks for beside it. */
async function refresh({ request, clientId }, fresh) {
  const key = keyOf(request.url)
  const page = PARTS.includes(request.destination) ? await clients.get(clientId) : null
  const whole = new Response(await fresh.blob(), { headers: { "Content-Type": fresh.headers.get("Content-Type") ?? "" } })
  for (const cache of await kept()) {
    if ((await cache.match(key)) || (page && (await cache.match(keyOf(page.url))))) await cache.put(key, whole.clone())
  }
}
