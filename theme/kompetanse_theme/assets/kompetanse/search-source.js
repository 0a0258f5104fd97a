// The index of the site, opened when it is first asked, for all parts of a page that search.

import { open } from "./search-index.js"

const sources = new Map()

/** Return the source at `address`, one for the page. */
export function sourceOf(address) {
  const base = new URL(address, document.baseURI).href
  if (!sources.has(base)) sources.set(base, new Source(base))
  return sources.get(base)
}

class Source {
  constructor(base) {
    this.base = base
    this.root = new URL("../../", base)
    this.index = null
  }

  /** Return the index. One that could not be opened is asked for again next time. */
  open() {
    const region = document.querySelector('meta[name="kompetanse:region"]')?.content ?? null
    this.index ??= open(this.base, { region }).catch(error => {
      this.index = null
      throw error
    })
    return this.index
  }

  /** See `search` of search-index.js. */
  async search(text, options) {
    return (await this.open()).search(text, options)
  }

  /** See `beside` of search-index.js. */
  async beside(name, options) {
    return (await this.open()).beside(name, options)
  }

  /** Return where a page of the site lies; from a folder on disk one opens files, not folders. */
  href(address, anchor = "") {
    const url = new URL(address, this.root)
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html"
    if (anchor) url.hash = anchor
    return url.href
  }

  /** Return the addresses of all files that a search needs, for those who take it along; not the texts of the pages. */
  async files() {
    const { shards } = await this.open()
    const { many, manifest } = shards
    const numbered = Object.keys(many).flatMap(kind =>
      Array.from({ length: many[kind].firsts.length }, (_, at) => shards.nameOf(kind, at)),
    )
    const names = ["manifest", ...numbered, manifest.elements, ...Object.values(manifest.facets)]
    return names.map(name => `${this.base}${name}.js`)
  }
}

/** Return the key of the words for what went wrong, and of those for what to do about it. */
export const faultOf = error => (error.name === "OtherVersion" ? ["other_version", "reload"] : ["unreachable", "again"])
