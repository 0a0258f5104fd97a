// Take a course along without a network: fetch all that it needs, say how large that is, and keep it when the person
// says so. Nothing is registered or kept before. The service worker is offline-worker.js at the root of the site.

import { element, whenReady } from "./element.js"
import { scriptOf, searchAt } from "./header.js"
import * as store from "./store.js"
import { today } from "./day.js"
import { say, wordsOf } from "./words.js"

const KEPT = "offline"

/** Return the addresses in a style sheet, as written. */
export const inStyles = text => [...text.matchAll(/url\(\s*(?:"([^"]+)"|'([^']+)'|([^"')\s]+))\s*\)|@import\s+["']([^"']+)["']/g)]
  .map(match => match.slice(1).find(Boolean)).filter(one => !/^(?:data:|#)/.test(one))

/** Return the modules that a script imports, as written. */
export const inScript = text => [...text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)].map(match => match[1])

/** Return `address` without query and place; the index.html of a folder is the folder. */
export function keyOf(address) {
  const url = new URL(address)
  return url.origin + url.pathname.replace(/index\.html$/, "")
}

/** Return a number of bytes in megabytes, in words of `language`, never less than 0.1. */
export const megabytes = (bytes, language) => Math.max(0.1, bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 })

const PARTS = [
  ["link[rel~=stylesheet], link[rel~=icon], link[rel~=modulepreload]", "href"], ["script[src], img[src], picture source[src]", "src"], ["[data-names]", "data-names"],
]

/** Return a page as elements that load, run and style nothing, so that the policy of this page has nothing to say about them. */
function inert(text) {
  const template = document.createElement("template")
  template.innerHTML = text
  return template.content
}

/** Return the addresses of what a page shows, and whether it has films or sound, which are left out. */
async function inPage(text, url) {
  const page = inert(text)
  const found = PARTS.flatMap(([selector, name]) => [...page.querySelectorAll(selector)].map(one => one.getAttribute(name)))
  const pictures = [...page.querySelectorAll("[srcset]")].flatMap(one => one.srcset.split(",").map(part => part.trim().split(/\s+/)[0]))
  const styles = [...page.querySelectorAll("style")].flatMap(one => inStyles(one.textContent))
  return { found: [...found, ...pictures, ...styles, ...(await search(page, url))], films: page.querySelector("video, audio") !== null }
}

/** Return the page of search, its script and all files of its index, which stand in no element. Without them a course is whole, too. */
async function search(page, url) {
  const form = page.querySelector('form[data-kmp="search"]')
  if (!form) return []
  const index = new URL(form.dataset.index, url).href
  const files = await searchAt(index).then(({ sourceOf }) => sourceOf(index).files()).catch(() => [])
  return [form.getAttribute("action"), scriptOf(index), ...files]
}

async function references(url, type, blob) {
  if (type.includes("html")) return inPage(await blob.text(), url)
  if (type.includes("css")) return { found: inStyles(await blob.text()) }
  if (type.includes("javascript")) return { found: inScript(await blob.text()) }
  return { found: [] }
}

/** Fetch `pages` and all that they need below `root`. A page that cannot be fetched fails; a missing part is left out. */
export async function gather(pages, root, { signal, tell }) {
  const known = new Set(pages)
  const gathered = { files: new Map(), bytes: 0, films: false }
  for (const url of known) { // a set goes on to what is added meanwhile
    const answer = await fetch(url, { signal })
    if (!answer.ok && pages.includes(url)) throw new TypeError(url)
    if (answer.ok) await add(gathered, known, root, url, answer)
    tell(gathered.files.size, known.size)
  }
  return gathered
}

async function add(gathered, known, root, url, answer) {
  const type = answer.headers.get("Content-Type") ?? ""
  const blob = await answer.blob()
  const { found, films } = await references(url, type, blob)
  for (const one of found) {
    const there = keyOf(new URL(one, url))
    if (there.startsWith(root)) known.add(there)
  }
  gathered.files.set(url, new Response(blob, { headers: { "Content-Type": type } }))
  gathered.bytes += blob.size
  gathered.films ||= Boolean(films)
}

/** Return the courses that are kept here, by id. */
export function taken() {
  const found = store.read(KEPT)
  return found?.version === 1 && typeof found.courses === "object" ? found.courses ?? {} : {}
}

const remember = courses => store.write(KEPT, { version: 1, courses })

/** One course on its page. */
class Offer {
  constructor(root) {
    const { course, title, lost, pages, worker, day } = root.dataset
    Object.assign(this, { course, title, day, words: wordsOf(root), place: element("div", {}), status: element("p", { role: "status" }) })
    this.root = new URL(root.dataset.root, document.baseURI).href
    this.lost = new URL(lost, document.baseURI).href
    this.worker = new URL(worker, this.root)
    this.pages = [...pages.split(" ").map(one => keyOf(new URL(one, document.baseURI))), keyOf(this.lost)]
    this.name = store.nameOf(`${KEPT}.${course}`)
    root.hidden = false
    root.append(this.place, this.status)
  }

  say(key, values) {
    return say(this.words, `offline.${key}`, values)
  }

  button(key, act, look = "") {
    return element("button", { type: "button", class: `kmp-button${look && ` kmp-button--${look}`}`, onclick: act }, this.say(key))
  }

  show(...content) {
    const had = this.place.contains(document.activeElement)
    this.place.replaceChildren(...content.filter(Boolean))
    if (had) this.place.querySelector("button")?.focus()
  }

  tell(key, values) {
    this.status.textContent = key ? this.say(key, values) : ""
  }

  size({ files, bytes }) {
    return { files, size: megabytes(bytes, document.documentElement.lang) }
  }

  /** Show whether the course is here, and what can be done. */
  async begin() {
    const kept = taken()[this.course]
    if (kept && (await caches.has(this.name))) {
      const { films } = kept
      return this.show(element("p", {}, element("span", { class: "kmp-status kmp-status--done" }, this.say("here")), ` ${this.say("taken", this.size(kept))}`), films && element("p", {}, this.say("no_films")),
        element("p", { class: "kmp-actions" }, this.button("remove", () => this.remove(), "secondary")))
    }
    return this.show(element("p", { class: "kmp-actions" }, this.button("take", () => this.take(), "secondary")), element("p", { class: "kmp-small" }, this.say("hint")))
  }

  /** Fetch the course into memory, and ask. */
  async take() {
    const stop = new AbortController()
    this.show(element("p", { class: "kmp-actions" }, this.button("cancel", () => stop.abort(), "secondary")))
    try {
      const gathered = await gather(this.pages, this.root, { signal: stop.signal, tell: (done, total) => this.tell("fetching", { done, total }) })
      this.ask(gathered)
    } catch {
      this.tell(stop.signal.aborted ? "cancelled" : "unreachable")
      await this.begin()
    }
  }

  ask(gathered) {
    const about = { files: gathered.files.size, bytes: gathered.bytes, films: gathered.films }
    this.tell("ask", this.size(about))
    this.show(about.films && element("p", {}, this.say("no_films")), element("p", { class: "kmp-actions" },
      this.button("yes", () => this.save(gathered.files, about)),
      this.button("no", () => this.leave(), "secondary")))
  }

  leave() {
    this.tell("cancelled")
    return this.begin()
  }

  /** Keep it all or nothing. */
  async save(files, about) {
    this.show(element("p", {}, this.say("saving")))
    try {
      const cache = await caches.open(this.name)
      for (const [url, answer] of files) await cache.put(url, answer)
      await navigator.serviceWorker.register(this.worker, { scope: this.root })
      const course = { title: this.title, address: this.pages[0], day: today(this.day), ...about }
      if (remember({ ...taken(), [this.course]: course }) !== store.SAVED) throw new DOMException("", "QuotaExceededError")
      this.tell("saved")
    } catch (error) {
      await this.clear()
      this.tell(error.name === "QuotaExceededError" ? "full" : "forbidden")
    }
    await this.begin()
    this.place.querySelector("button").focus()
  }

  async clear() {
    await caches.delete(this.name).catch(() => false)
    const { [this.course]: gone, ...others } = taken()
    if (Object.keys(others).length) remember(others)
    else {
      store.remove(KEPT)
      await store.release()
    }
  }

  async remove() {
    await this.clear()
    this.tell("removed")
    await this.begin()
    this.place.querySelector("button").focus()
  }
}

/** The page that stands for what is not here: the courses that are. */
function mountList(root) {
  const words = wordsOf(root)
  const word = key => say(words, `offline.${key}`)
  const courses = Object.values(taken()).filter(one => typeof one?.title === "string" && String(one.address).startsWith(location.origin))
  const rows = courses.map(one => element("li", {}, element("a", { href: one.address }, one.title)))
  root.hidden = false
  root.append(...[
    location.hash === "#kmp-mangler" && element("p", { class: "kmp-alert kmp-alert--warning", role: "alert" }, word("missing")),
    rows.length ? element("ul", { class: "kmp-list" }, rows) : element("p", {}, word("none")),
  ].filter(Boolean))
}

const possible = () => "serviceWorker" in navigator && "caches" in globalThis && globalThis.isSecureContext

whenReady("offline", root => {
  if (!possible()) return
  const offer = new Offer(root)
  offer.begin()
  store.onChange(name => name === KEPT && offer.begin())
})
whenReady("offline-list", mountList)
