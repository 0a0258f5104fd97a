// Which words of a text were asked for, and where. Texts only: what is shown is made of them elsewhere.

import { stem } from "./search-stem.js"
import { plain, size, tokens } from "./search-text.js"

const WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu
const LEAST_PART = 4, MOST_PLACES = 500

/**
 * Return what says by what a plain word was asked for, or nothing: `words` are those looked for, `forms` all that they find.
 * A word that begins or ends with one of them was asked for, too. search/kompetanse_search/answer.py tells alike.
 */
export function askedBy({ words, forms }) {
  const every = new Set(forms), parts = words.filter(word => size(word) >= LEAST_PART), known = new Map()
  const of = word => (every.has(word) ? stem(word) : (parts.find(part => word.startsWith(part) || word.endsWith(part)) ?? ""))
  return word => {
    if (!known.has(word)) known.set(word, of(word))
    return known.get(word)
  }
}

/** Return the places in `text` of the words that were asked for, [{from, to, term}]. */
function places(text, asked) {
  const every = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ from: index, to: index + word.length, term: asked(plain(word)) }))
  return every.filter(one => one.term)
}

/** Return by what `text` was asked for: the different terms in it. */
export const termsIn = (text, asked) => new Set(tokens(text).map(asked).filter(Boolean))

/** Return `text` in parts [{text, marked}], of which the words that were asked for are marked. */
export function parts(text, asked) {
  const found = []
  let at = 0
  for (const { from, to } of places(text, asked)) {
    if (from > at) found.push({ text: text.slice(at, from), marked: false })
    found.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false })
  return found
}

/** Return `length` letters at most of `text`, where most different words that were asked for stand together. */
export function extract(text, asked, length) {
  const found = places(text, asked), start = bestStart(found, text, length), end = lastOf(text, start, length)
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`.replace(/\s+/g, " ")
}

/** Return where to begin: a little before the first of the words that stand closest together. */
function bestStart(found, text, length) {
  let best = null, most = 0
  for (const [at, { from }] of found.slice(0, MOST_PLACES).entries()) {
    const terms = new Set()
    for (let next = at; next < found.length && found[next].from < from + (length * 3) / 4; next++) terms.add(found[next].term)
    if (terms.size > most) [best, most] = [from, terms.size]
  }
  return best === null ? 0 : beginning(text, best - Math.floor(length / 4), best)
}

/** Return the start of a row, or else of a word, between two places. */
function beginning(text, earliest, latest) {
  if (earliest <= 0) return 0
  const before = text.slice(earliest, latest), row = before.lastIndexOf("\n")
  const space = row < 0 ? before.indexOf(" ") : row
  return space < 0 ? latest : earliest + space + 1
}

function lastOf(text, start, length) {
  if (text.length <= start + length) return text.length
  const space = text.slice(start, start + length).search(/\s\S*$/)
  return start + (space > 0 ? space : length)
}

/** Return those of a hit's headings that say more of what was asked for than its title does, the best first. */
export function sections({ title, headings }, asked, most) {
  const inTitle = termsIn(title, asked)
  const worth = heading => [...termsIn(heading.title, asked)].filter(term => !inTitle.has(term)).length
  const found = headings.map(heading => ({ heading, worth: worth(heading) })).filter(one => one.worth)
  return found.sort((one, other) => other.worth - one.worth).slice(0, most).map(one => one.heading)
}

/** Return hits by kind, [[kind, [hit]]], the kind of the best hit first. */
export function byKind(hits) {
  const groups = new Map()
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit])
  return [...groups]
}
