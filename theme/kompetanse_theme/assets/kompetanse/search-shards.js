// The files of the index, fetched when they are needed and once. docs/search-shards.md describes them.

import { compare, foldKey, mirrored } from "./search-keys.js"
import { size } from "./search-text.js"

/** Of the files and of the analysis: others are not read. */
export const FORM = 2, VERSION = 2

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
const HASH = 5, LEAST_CUT = 7, DEEPEST = 2
const LETTER = { words: "w", terms: "t", near: "n", cognates: "c", blocks: "p", lengths: "l" }

/** The index cannot be reached, or is damaged: show the plain list. */
export class Unreachable extends Error {
  name = "Unreachable"
}

/** The index is of another version or region than the page: load the page anew. */
export class OtherVersion extends Error {
  name = "OtherVersion"
}

let delivered = null
globalThis.kompetanseShard = (...data) => {
  delivered = data
}

/** Run the script at `address`. Scripts load from file:// too, where nothing can be fetched. */
function script(address) {
  const element = document.createElement("script")
  return new Promise((resolve, reject) => {
    element.onload = resolve
    element.onerror = reject
    element.src = address
    document.head.append(element)
  }).finally(() => element.remove())
}

/** Return what the file at `address` hands over when it says that it is `name`. */
async function handedOver(address, name, run) {
  let data
  try {
    await run(address, () => ((data = delivered), (delivered = null)))
  } catch {
    data = null
  }
  if (data?.[0] !== name) throw new Unreachable(`${name} cannot be read`)
  return data.slice(1)
}

/** Run a script and take what it handed over before another script can run. */
const inPage = (address, take) => script(address).then(take, take)

function damaged() {
  throw new Unreachable("a shard is damaged")
}

/** Return the numbers in `text`, one for each call. */
export function reader(text) {
  let at = 0
  const digit = () => {
    const found = DIGITS.indexOf(text[at++])
    return found < 0 ? damaged() : found
  }
  const number = () => {
    let value = 0
    for (let scale = 1; ; scale *= 32) {
      const found = digit()
      value += (found & 31) * scale
      if (found < 32) return value
    }
  }
  const rising = count => {
    let last = 0
    return Array.from({ length: count }, () => (last += number()))
  }
  return { number, digit, rising, ended: () => at >= text.length }
}

const beginning = (word, letters) => (/[\ud800-\udfff]/.test(word) ? [...word].slice(0, letters).join("") : word.slice(0, letters))

/** Return the words in `text`: a capital says how many letters each shares with the one before, or with `befores` in turn. */
export function words(text, befores = null) {
  let last = ""
  return (text.match(/[A-Z][^A-Z]*/g) ?? []).map((one, at) => {
    last = beginning(befores ? (befores[at] ?? "") : last, one.charCodeAt(0) - 65) + one.slice(1)
    return last
  })
}

/** Read where `word` is cut, {part: depth} into `found`. */
function cuts(word, numbers, depth, found) {
  if (depth > DEEPEST || size(word) < LEAST_CUT) return found
  const cut = numbers.number()
  if (!cut) return found
  const letters = [...word], first = cut >> 1
  for (const part of [letters.slice(0, first).join(""), letters.slice(first + (cut & 1)).join("")]) {
    found.set(part, Math.min(depth, found.get(part) ?? depth))
    cuts(part, numbers, depth + 1, found)
  }
  return found
}

function wordRows([text, classes, cut]) {
  const each = reader(classes), numbers = reader(cut)
  return words(text).map(word => ({ key: foldKey(word), word, number: each.digit(), parts: cuts(word, numbers, 0, new Map()) }))
}

function termRows([text, many, places, impacts, titles]) {
  const counts = reader(many), place = reader(places), impact = reader(impacts), title = reader(titles)
  return words(text).map(one => {
    const english = one.endsWith("!"), bare = english ? one.slice(0, -1) : one
    const count = counts.number()
    const pages = place.rising(count >> 1), worth = pages.map(impact.digit)
    const flagged = count & 1 ? title.rising(title.number()) : []
    const inTitle = flagged.map(at => [pages[at], title.digit()])
    return { key: foldKey(bare), term: english ? `en:${bare}` : bare, whole: pages.map((page, at) => [page, worth[at]]), title: inTitle }
  })
}

function nearRows([text, classes]) {
  const found = reader(classes)
  return words(text).map(one => {
    const word = mirrored(one)
    return { key: mirrored(foldKey(word)), word, number: found.digit() }
  })
}

function cognateRows([text, stems]) {
  const keys = words(text), found = words(stems, keys)
  return keys.map((key, at) => ({ key, stem: found[at] }))
}

function lengthRows([text]) {
  const numbers = reader(text), found = []
  while (!numbers.ended()) found.push(numbers.number())
  return found
}

const ROWS = { words: wordRows, terms: termRows, near: nearRows, cognates: cognateRows, blocks: ([block]) => block, lengths: lengthRows }

function elementsOf([wordsText, classes, stemsText, stemClasses, not]) {
  const map = (text, digits) => {
    const found = reader(digits)
    return new Map(words(text).map(word => [word, found.digit()]))
  }
  return { words: map(wordsText, classes), stems: map(stemsText, stemClasses), not: new Set(not.split(" ")) }
}

function facetOf([values, combinations, column], pages) {
  const each = combinations.map(text => {
    const numbers = reader(text), found = []
    while (!numbers.ended()) found.push(values[numbers.number()])
    return found
  })
  const numbers = reader(column)
  return Array.from({ length: pages }, () => each[numbers.number()] ?? damaged())
}

/** The files of one index at `base`, an address that ends in a slash. */
export class Shards {
  /** Read the manifest. Throws `Unreachable`, or `OtherVersion` when it is not for this script, or not for `region`. */
  static async open(base, { region = null, run = inPage } = {}) {
    const [manifest] = await handedOver(`${base}manifest.js`, "manifest", run)
    const { form, version, region: its } = manifest ?? {}
    if (form !== FORM || version !== VERSION) throw new OtherVersion("the index is of another version")
    if (region !== null && its !== region) throw new OtherVersion("the index is of another region")
    try {
      return new Shards(base, manifest, run)
    } catch {
      throw new Unreachable("the manifest is damaged")
    }
  }

  constructor(base, manifest, run) {
    Object.assign(this, { base, manifest, run, kept: new Map(), read: new Map() })
    this.many = Object.fromEntries(
      Object.entries(manifest.many).map(([kind, [hashes, firsts]]) => [kind, { hashes, firsts: words(firsts) }]),
    )
  }

  /** Return the rows of `kind` whose key is `key`; with `begun`, those whose key begins so. */
  async rows(kind, key, begun = false) {
    const fits = begun ? row => row.key.startsWith(key) : row => row.key === key
    const found = this.places(kind, key, begun).map(at => this.file(this.nameOf(kind, at), ROWS[kind]))
    return (await Promise.all(found)).flatMap(rows => rows.filter(fits))
  }

  /** Return the rows of `kind` whose key begins with `key`, of the shards that are here already. */
  here(kind, key) {
    const found = this.places(kind, key, true).map(at => this.read.get(this.nameOf(kind, at)) ?? [])
    return found.flatMap(rows => rows.filter(row => row.key.startsWith(key)))
  }

  /** Return the numbers of the shards where a key may be, or keys that begin so. */
  places(kind, key, begun) {
    const { firsts } = this.many[kind], from = last(firsts, key)
    let to = from + 1
    while (begun && to < firsts.length && firsts[to].startsWith(key)) to++
    return Array.from({ length: to - Math.max(0, from) }, (_, at) => Math.max(0, from) + at)
  }

  nameOf(kind, at) {
    return `${LETTER[kind]}${at}-${this.many[kind].hashes.slice(HASH * at, HASH * (at + 1))}`
  }

  /** Return what is shown of page `number`: [address, title, kind, language, extract, [id, title, id, title …], name of its text]. */
  shown(number) {
    return this.ofPage("blocks", number)
  }

  /** Return how many words page `number` has. */
  length(number) {
    return this.ofPage("lengths", number)
  }

  async ofPage(kind, number) {
    const many = this.manifest.pages_in[kind]
    const rows = await this.file(this.nameOf(kind, Math.floor(number / many)), ROWS[kind])
    return rows[number % many] ?? damaged()
  }

  /** Return each page's values of a facet; none for one that the index has not. */
  facet(name) {
    const { facets, pages } = this.manifest
    return Object.hasOwn(facets, name) ? this.file(facets[name], data => facetOf(data, pages)) : Array(pages).fill([])
  }

  elements() {
    return this.file(this.manifest.elements, elementsOf)
  }

  /** Return the same files as one query sees them: nothing is fetched before `pause` is over, nor when `signal` has ended it. */
  asked(pause, signal) {
    return Object.assign(Object.create(this), { pause, signal })
  }

  /** Return a file as `make` makes it, and keep it; one that failed is asked for again next time. */
  file(name, make) {
    return this.once(name, async () => {
      try {
        const made = make(await this.fetched(name))
        this.read.set(name, made)
        return made
      } catch (error) {
        throw (await this.changed()) ? new OtherVersion("the index has been made anew") : new Unreachable(error.message)
      }
    })
  }

  /** Return what a file beside the shards holds, by its name. Throws `Unreachable`, which spoils no result. */
  async beside(name) {
    const [data] = await this.once(name, () => this.fetched(name))
    return data
  }

  /** Return what `fetch` promises, which is kept unless it fails. */
  async once(name, fetch) {
    if (!this.kept.has(name)) {
      await this.pause
      this.signal?.throwIfAborted()
    }
    if (!this.kept.has(name)) {
      const promise = fetch()
      this.kept.set(name, promise)
      promise.catch(() => this.kept.delete(name))
    }
    return this.kept.get(name)
  }

  fetched(name) {
    return handedOver(`${this.base}${name}.js`, name, this.run)
  }

  /** Tell whether there is another manifest now: then a file that is missing is no fault. */
  async changed() {
    const again = `${this.base}manifest.js?again=${Date.now()}`
    const now = await handedOver(again, "manifest", this.run).catch(() => [this.manifest])
    return JSON.stringify(now[0]) !== JSON.stringify(this.manifest)
  }
}

/** Return the last place in `firsts`, which are sorted, whose key is not after `key`; -1 when there is none. */
function last(firsts, key) {
  let low = 0, high = firsts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(firsts[middle], key) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}
