// What each word of a query is looked for by: its group of terms. search/kompetanse_search/lexicon.py answers alike.

import { LEAST_WORD, LONGEST_WORD, Splitter } from "./search-compound.js"
import { cognateKey, compare, foldKey, mirrored, oneApart } from "./search-keys.js"
import { englishTerm, stem } from "./search-stem.js"
import { isAlpha, size } from "./search-text.js"

const LEAST_NEAR = 4, LEAST_BEGUN = 3
const JOINTS = ["", "s", "e"]

/** Return one Map of [term, weight] pairs: of a term that is there twice, the higher weight. */
function best(...wanted) {
  const found = new Map()
  for (const [term, weight] of wanted.flat()) found.set(term, Math.max(weight, found.get(term) ?? 0))
  return found
}

const byFrequency = (one, other) => other.number - one.number || compare(one.word, other.word)
const all = promises => Promise.all(promises)

/** The words of one index, behind its shards. */
export class Lexicon {
  constructor(shards) {
    const { weights, relations, cognates } = shards.manifest
    Object.assign(this, { shards, weights })
    this.relations = new Map(Object.entries(relations).map(([source, others]) => [source, Object.entries(others)]))
    this.rules = cognates.map(([pattern, text]) => [new RegExp(pattern, "g"), text.replaceAll("\\", "$")])
    this.made = { splitter: null }
  }

  /** Return the same words behind `shards`, the same files as one query sees them. */
  over(shards) {
    return Object.assign(Object.create(this), { shards })
  }

  /**
   * Return {groups: one Map of term → weight for each word, together: Maps for words that stand together, meant: a Map of
   * word → the word with one error less that it was taken for}.
   */
  async groups(query, typing = false) {
    const meant = new Map()
    const [groups, joined, phrases] = await all([
      all(query.words.map(word => this.group(word, meant))),
      this.joined(query),
      this.phrases(query),
    ])
    const last = query.words.at(-1)
    if (typing && query.unfinished && last !== undefined && query.all.at(-1) === last) {
      groups.push(best([...groups.pop()], await this.begun(last)))
    }
    return { groups, together: [...joined, ...phrases].filter(group => group.size), meant }
  }

  async group(word, meant = new Map()) {
    const [row, english] = await all([this.row(word), this.term(englishTerm(word))])
    let found = await this.known(word, row)
    if (!found.size && !row) found = best(...(await all([this.cognate(word), this.mistyped(word, meant)])))
    return english ? best([...found], [[english.term, this.weights.english]]) : found
  }

  /** Return the row of `word`, or none. */
  async row(word) {
    return (await this.shards.rows("words", foldKey(word))).find(one => one.word === word)
  }

  /** Return the row of `term`, or none. */
  async term(term) {
    const key = foldKey(term.startsWith("en:") ? term.slice(3) : term)
    return (await this.shards.rows("terms", key)).find(one => one.term === term)
  }

  async known(word, row) {
    const base = stem(word)
    const wanted = [[base, 100], ...(await this.parts(word, row)), ...(this.relations.get(base) ?? []), ...(await this.folded(word, row))]
    if (!row && size(word) > LEAST_NEAR && /[se]$/.test(word)) wanted.push([stem(word.slice(0, -1)), this.weights.joint])
    const there = await all(wanted.map(([term]) => this.term(term)))
    return best(wanted.filter((_, at) => there[at]))
  }

  async parts(word, row) {
    const found = row ? row.parts : await this.cut(word)
    return [...found].map(([part, depth]) => [stem(part), this.weights.part_in_query[depth]])
  }

  async cut(word) {
    if (size(word) < LEAST_WORD || size(word) > LONGEST_WORD || !isAlpha(word)) return new Map()
    this.made.splitter ??= new Splitter(await this.shards.elements())
    return this.made.splitter.parts(word)
  }

  async folded(word, row) {
    const [weight, least] = row ? [this.weights.folded_known, row.number + 2] : [this.weights.folded_unknown, 1]
    const same = await this.shards.rows("words", foldKey(word))
    return same.filter(one => one.word !== word && one.number >= least).map(one => [stem(one.word), weight])
  }

  async cognate(word) {
    const key = cognateKey(foldKey(word), this.rules)
    return key ? (await this.shards.rows("cognates", key)).map(one => [one.stem, this.weights.cognate]) : []
  }

  async mistyped(word, meant) {
    const nearest = (await this.nearest(word)).slice(0, this.weights.near.length)
    if (nearest.length) meant.set(word, nearest[0].word)
    const groups = await all(nearest.map(async one => this.known(one.word, await this.row(one.word))))
    return groups.flatMap((group, at) => [...group].map(([term, part]) => [term, Math.floor((part * this.weights.near[at]) / 100)]))
  }

  /**
   * Return the words one error apart, the most frequent class first. An error stands in the first half, and then what is
   * behind it is the same, or in the other: so the words with one of both in common are enough.
   */
  async nearest(word) {
    if (size(word) < LEAST_NEAR || !isAlpha(word)) return []
    const key = foldKey(word), letters = [...key], half = Math.ceil(letters.length / 2)
    const behind = [...mirrored(key)].slice(0, Math.max(1, letters.length - half)).join("")
    const found = await all([
      this.shards.rows("words", letters.slice(0, half).join(""), true),
      this.shards.rows("near", behind, true),
    ])
    const near = found.flat().filter(one => size(one.word) >= LEAST_NEAR && isAlpha(one.word) && oneApart(key, foldKey(one.word)))
    return [...new Map(near.map(one => [one.word, one])).values()].sort(byFrequency)
  }

  /** Return what longer words are found by that `word` begins. */
  async begun(word) {
    if (size(word) < LEAST_BEGUN) return []
    const found = (await this.shards.rows("words", foldKey(word), true)).filter(one => size(one.word) > size(word))
    return found.sort(byFrequency).slice(0, this.weights.begun_count).map(one => [stem(one.word), this.weights.begun])
  }

  /** Return what two neighbours are as one word, as Norwegian would have written them. */
  joined(query) {
    const pairs = query.all.slice(1).map((other, at) => JOINTS.map(joint => query.all[at] + joint + other))
    return all(pairs.map(async whole => {
      const stems = whole.filter(word => size(word) >= LEAST_WORD).map(stem)
      const there = await all(stems.map(one => this.term(one)))
      return new Map(stems.filter((_, at) => there[at]).map(one => [one, this.weights.joined]))
    }))
  }

  phrases(query) {
    const said = ` ${query.words.map(stem).join(" ")} `
    const found = [...this.relations].filter(([source]) => source.includes(" ") && said.includes(` ${source} `))
    return found.map(([, others]) => new Map(others))
  }

  /** Return the forms of the words in `groups` that stand in shards which are here: what is to be highlighted. */
  forms(words, groups) {
    const terms = new Set(groups.flatMap(group => [...group.keys()]))
    const near = [...terms].flatMap(term => this.shards.here("words", foldKey(term)))
    const found = near.filter(one => terms.has(stem(one.word))).map(one => one.word)
    return [...new Set([...words, ...found])].sort(compare)
  }
}
