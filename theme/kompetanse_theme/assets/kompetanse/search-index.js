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
   * title}], facets: {facet: [value]}}], total, facets: {facet: {value: pages}}, forms: word forms to highlight, suggestion:
   * text or null}. All of it is text, never markup.
   *
   * `where` is {facet: values}, of which a page must have one; `typing`: the last word may go on; `facets`: those that are
   * counted, all by default, each of which is a file. Throws `Unreachable`, `OtherVersion`, or what `signal` says.
   */
  async search(text, options = {}) {
    try {
      return await this.found(text, options)
    } catch (error) {
      // What a damaged shard makes go wrong is told as what it is: half a result is never taken for a whole one.
      if (options.signal?.aborted || error instanceof OtherVersion || error instanceof Unreachable) throw error
      throw new Unreachable(error.message, { cause: error })
    }
  }

  async found(text, { limit = 10, where = {}, typing = false, facets = null, signal = null }) {
    const query = queryOf(String(text), this.stopWords)
    const { groups, together, meant } = await this.lexicon.groups(query, typing)
    signal?.throwIfAborted()
    const found = await this.scores(groups, together, query.all.length)
    const columns = await this.columns(new Set([...(facets ?? Object.keys(this.shards.manifest.facets)), ...Object.keys(where)]))
    const kept = new Map([...found].filter(([page]) => stands(page, columns, where)))
    const best = await first(kept, limit, page => this.shards.length(page))
    signal?.throwIfAborted()
    const hits = await Promise.all(best.map(([page, score]) => this.hit(page, score, columns)))
    const forms = this.lexicon.forms(query.words, groups)
    signal?.throwIfAborted()
    return { hits, total: kept.size, facets: counted(kept.keys(), columns), forms, suggestion: suggested(query, meant) }
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

  async columns(names) {
    const every = [...names].sort(compare)
    const columns = await Promise.all(every.map(name => this.shards.facet(name)))
    return every.map((name, at) => [name, columns[at]])
  }

  async hit(page, score, columns) {
    const [address, title, kind, language, extract, flat] = await this.shards.shown(page)
    const headings = flat.filter((_, at) => at % 2).map((text, at) => ({ id: flat[2 * at], title: text }))
    const facets = Object.fromEntries(columns.map(([name, values]) => [name, values[page]]).filter(([, values]) => values.length))
    return { address, score, title, kind, language, extract, headings, facets }
  }
}

const stands = (page, columns, where) =>
  columns.every(([name, values]) => !Object.hasOwn(where, name) || values[page].some(value => [...where[name]].includes(value)))

/** Return {facet: {value: pages}}, both sorted. */
function counted(pages, columns) {
  const every = [...pages], found = {}
  for (const [name, values] of columns) {
    const counts = new Map()
    for (const page of every) for (const value of values[page]) counts.set(value, 1 + (counts.get(value) ?? 0))
    if (counts.size) found[name] = Object.fromEntries([...counts].sort(([one], [other]) => compare(one, other)))
  }
  return found
}

function suggested(query, meant) {
  return meant.size ? query.all.map(word => meant.get(word) ?? word).join(" ") : null
}
