// Search in the index of a site: the one entry. docs/search-shards.md says what it fetches.

import { Lexicon } from "./search-lexicon.js"
import { queryOf } from "./search-query.js"
import { first, scores } from "./search-rank.js"
import { compare } from "./search-keys.js"
import { OtherVersion, Shards, Unreachable } from "./search-shards.js"

export { OtherVersion, Unreachable }

/**
 * Return the index at `base`, an address that ends in a slash. `region` is its region, where the page knows it. Throws
 * `Unreachable` or `OtherVersion`.
 */
export async function open(base, options = {}) {
  return new Index(await Shards.open(base, options))
}

class Index {
  constructor(shards) {
    this.shards = shards
    this.lexicon = new Lexicon(shards)
    this.stopWords = new Set(shards.manifest.stop_words.split(" "))
  }

  /**
   * Return what `text` finds, whatever is typed: {hits: [{address, score, title, kind, language, extract, headings: [{id,
   * title}], facets: {facet: [value]}, text: what `beside` takes, empty where the extract says all}], total, facets: {facet:
   * {value: pages}}, words: those looked for, forms: word forms to highlight, suggestion: text or null}. All of it is text,
   * never markup.
   *
   * `where` is {facet: values}, of which a page must have one; `typing`: the last word may go on; `facets`: those that are
   * counted, all by default, each of which is a file; `beside`: each of them as if nothing were chosen in it; `wait`:
   * milliseconds before anything is fetched, while what is here answers at once. Throws `Unreachable`, `OtherVersion`, or
   * what `signal` says.
   */
  async search(text, options = {}) {
    try {
      return await new Search(this, options).found(String(text))
    } catch (error) {
      // What a damaged shard makes go wrong is told as what it is: half a result is never taken for a whole one.
      if (options.signal?.aborted || error instanceof OtherVersion || error instanceof Unreachable) throw error
      throw new Unreachable(error.message, { cause: error })
    }
  }

  /** Return what a file beside the index holds, such as the whole text of a hit by its `text`. Throws `Unreachable`, or what `signal` says. */
  beside(name, { wait = 0, signal = null } = {}) {
    return this.shards.asked(pause(wait), signal).beside(name)
  }
}

const pause = wait => (wait ? new Promise(done => setTimeout(done, wait)) : null)

class Search {
  constructor({ shards, lexicon, stopWords }, { limit = 10, where = {}, typing = false, facets = null, beside = false, wait = 0, signal = null }) {
    Object.assign(this, { stopWords, limit, typing, facets, beside, signal })
    this.where = Object.entries(where).map(([facet, values]) => [facet, new Set(values)])
    this.shards = shards.asked(pause(wait), signal)
    this.lexicon = lexicon.over(this.shards)
  }

  async found(text) {
    const { shards, lexicon, signal } = this
    const query = queryOf(text, this.stopWords)
    const { groups, together, meant } = await lexicon.groups(query, this.typing)
    signal?.throwIfAborted()
    const found = await this.scores(groups, together, query.all.length)
    const columns = await this.columns()
    const kept = this.where.length ? new Map([...found].filter(([page]) => this.stands(page, columns))) : found
    const best = await first(highest(kept, this.limit), this.limit, page => handled(shards.length(page)))
    signal?.throwIfAborted()
    const hits = await Promise.all(best.map(([page, score]) => this.hit(page, score, columns)))
    const forms = lexicon.forms(query.words, groups)
    signal?.throwIfAborted()
    return { hits, total: kept.size, facets: this.counted(found, kept, columns), words: query.words, forms, suggestion: suggested(query, meant) }
  }

  async scores(groups, together, words) {
    const { pages, weights } = this.shards.manifest
    const [bonus, more] = words < weights.question ? [weights.title_bonus, 0] : [weights.question_bonus, weights.presence]
    const [one, all] = await Promise.all([groups, together].map(every => Promise.all(every.map(group => this.rows(group)))))
    return scores(one, all, pages, bonus, more)
  }

  async rows(group) {
    const found = await Promise.all([...group].map(async ([term, weight]) => [weight, await this.lexicon.term(term)]))
    return found.filter(([, row]) => row)
  }

  /** Return the values of each page for each facet that is asked for: a Map. */
  async columns() {
    const names = new Set([...(this.facets ?? Object.keys(this.shards.manifest.facets)), ...this.where.map(([name]) => name)])
    const every = [...names].sort(compare)
    const columns = await Promise.all(every.map(name => this.shards.facet(name)))
    return new Map(every.map((name, at) => [name, columns[at]]))
  }

  /** Tell whether `page` has one of the values that are asked for of each facet but `without`. */
  stands(page, columns, without = null) {
    return this.where.every(([name, wanted]) => name === without || columns.get(name)[page].some(value => wanted.has(value)))
  }

  /** Return {facet: {value: pages}}, both sorted. */
  counted(found, kept, columns) {
    const counts = [...columns].map(([name, values]) => {
      const beside = this.beside && this.where.some(([one]) => one === name)
      return [name, count(beside ? [...found.keys()].filter(page => this.stands(page, columns, name)) : kept.keys(), values)]
    })
    return Object.fromEntries(counts.filter(([, values]) => Object.keys(values).length))
  }

  async hit(page, score, columns) {
    const [address, title, kind, language, extract, flat, text] = await this.shards.shown(page)
    const headings = flat.filter((_, at) => at % 2).map((text, at) => ({ id: flat[2 * at], title: text }))
    const facets = Object.fromEntries([...columns].map(([name, values]) => [name, values[page]]).filter(([, values]) => values.length))
    return { address, score, title, kind, language, extract, headings, facets, text }
  }
}

/** Return those of `found`, a Map of page → score, that may be among the `limit` best: to sort thousands of pages takes long. */
function highest(found, limit) {
  if (found.size <= limit) return found
  const least = limit ? Float64Array.from(found.values()).sort().at(-limit) : Infinity
  const best = new Map()
  for (const [page, score] of found) if (score >= least) best.set(page, score)
  return best
}

/** Return `promise`, of which somebody may stop to take notice without its failure being one of the page. */
function handled(promise) {
  promise.catch(() => null)
  return promise
}

/** Return {value: pages}, sorted. */
function count(pages, values) {
  const counts = new Map()
  for (const page of pages) for (const value of values[page]) counts.set(value, 1 + (counts.get(value) ?? 0))
  return Object.fromEntries([...counts].sort(([one], [other]) => compare(one, other)))
}

function suggested(query, meant) {
  return meant.size ? query.all.map(word => meant.get(word) ?? word).join(" ") : null
}
