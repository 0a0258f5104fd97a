// When two words are the same but for how they are typed, or but for the written language.
// search/kompetanse_search/keys.py and cognates.py answer alike.

import { isAlpha, size } from "./search-text.js"

const TYPED = [["ae", "a"], ["oe", "o"], ["aa", "a"], ["æ", "a"], ["ø", "o"], ["å", "a"]]
const LEAST_WORD = 6, LEAST_KEY = 4

/** Return one key for all ways to type æ, ae, a; ø, oe, o; å, aa, a. Shards are sorted by it. */
export const foldKey = word => TYPED.reduce((key, [typed, plain]) => key.replaceAll(typed, plain), word)

/** Return `key` with all but its first letter from behind: how words with an error near the beginning are sorted. */
export function mirrored(key) {
  const [first = "", ...rest] = key
  return first + rest.reverse().join("")
}

/** Tell whether a letter more, less or changed, or two neighbours swapped, makes one of the other; or nothing at all. */
export function oneApart(one, other) {
  let at = 0
  while (at < Math.min(one.length, other.length) && one[at] === other[at]) at++
  const left = [...one.slice(at)], right = [...other.slice(at)]
  const same = (from, there) => left.slice(from).join("") === right.slice(there).join("")
  const swapped = left.length > 1 && right.length > 1 && left[0] === right[1] && left[1] === right[0]
  return same(1, 1) || same(1, 0) || same(0, 1) || (swapped && same(2, 2))
}

/** Return one key for the forms that a word has in bokmål and nynorsk, of its fold key, by `rules` [[RegExp, text]]. */
export function cognateKey(key, rules) {
  if (size(key) < LEAST_WORD || !isAlpha(key)) return ""
  const found = rules.reduce((word, [pattern, text]) => word.replace(pattern, text), key)
  return size(found) >= LEAST_KEY ? found : ""
}

/** Compare two texts by code point, as Python does. */
export function compare(one, other) {
  if (one === other) return 0
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  if (at && /[\ud800-\udbff]/.test(one[at - 1])) at--
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1)
}
