// What the person has asked us to keep on this device, under names that start with the region's id. Nothing else is kept.

/** Outcomes of `write`. */
export const SAVED = "saved"
export const FULL = "full"
export const FORBIDDEN = "forbidden"

const region = () => document.querySelector('meta[name="kompetanse:region"]')?.content ?? "kompetanse"

/** Return the name under which `name` is kept in the browser, by this region and no other on the same host. */
export const nameOf = (name, of = region()) => `${of}.${name}`

/** Return what was kept as `name`; null when nothing was, when it is damaged, or when the browser forbids to look. */
export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(name)))
  } catch {
    return null
  }
}

/** Keep `value` as `name`; the answer says whether that went well. What was kept before stays when it did not. */
export function write(name, value) {
  try {
    localStorage.setItem(nameOf(name), JSON.stringify(value))
  } catch (error) {
    return error.name === "QuotaExceededError" ? FULL : FORBIDDEN
  }
  announce(name)
  return SAVED
}

/** Forget `name`. */
export function remove(name) {
  try {
    localStorage.removeItem(nameOf(name))
  } catch {
    return // what cannot be read is not there
  }
  announce(name)
}

/** Return the names of all that is kept, but for the choice of colours. */
export function kept() {
  try {
    const start = nameOf("")
    return Object.keys(localStorage).filter(key => key.startsWith(start)).map(key => key.slice(start.length)).filter(name => name !== "scheme").sort()
  } catch {
    return []
  }
}

/** Forget all that is kept, courses that were taken offline too. */
export async function removeAll() {
  for (const name of kept()) remove(name)
  const caches = (await globalThis.caches?.keys()) ?? []
  await Promise.all(caches.filter(one => one.startsWith(nameOf(""))).map(one => globalThis.caches.delete(one)))
  await release()
}

/** Take away this region's service worker. */
export async function release() {
  const found = (await navigator.serviceWorker?.getRegistrations()) ?? []
  const ours = found.filter(one => new URL((one.active ?? one.waiting ?? one.installing).scriptURL).searchParams.get("region") === region())
  await Promise.all(ours.map(one => one.unregister()))
}

/** Call `listener` with the name of what was kept or forgotten, in this window or another one. */
export function onChange(listener) {
  addEventListener("kompetanse:store", event => listener(event.detail))
  addEventListener("storage", event => event.key?.startsWith(nameOf("")) && listener(event.key.slice(nameOf("").length)))
}

const announce = name => dispatchEvent(new CustomEvent("kompetanse:store", { detail: name }))
