// What the header's search and the page of search both show, made of text and never of markup.

import { element } from "./element.js"
import { extract, parts, termsIn } from "./search-mark.js"

const WAIT_TO_QUOTE = 250
const FEWEST = 2, FEWEST_BEGUN = 3, LONGEST_SHOWN = 60

/** Return `text` as nodes in which the words that were asked for are marked. */
export const marked = (text, asked) => parts(text, asked).map(one => (one.marked ? element("mark", {}, one.text) : one.text))

/** Tell whether how the page of `hit` begins has not all `words`, so that its text may say more. */
const isWorthALook = (hit, words, asked) => hit.text !== "" && termsIn(hit.extract, asked).size < words.length

/** Return an element that says how the page of a hit begins, of the height of what `quote` may put there; null for nothing. */
export const about = (hit, name, lang, { words, asked }) =>
  (hit.extract || hit.text ? element("span", { class: `${name}${isWorthALook(hit, words, asked) ? " kmp-quoted" : ""}`, lang }, marked(hit.extract, asked)) : null)

/**
 * Put into `place`, which says how the page of `hit` begins, the part of its text that says most of `words`, `length` letters at
 * most: when that says more, once the reader pauses. A text that cannot be had changes nothing.
 */
export async function quote(place, hit, { words, asked, length, source, signal }) {
  if (!isWorthALook(hit, words, asked)) return
  const text = await source.beside(hit.text, { wait: WAIT_TO_QUOTE, signal }).catch(() => "")
  const part = extract(text, asked, length)
  if (!signal.aborted && termsIn(part, asked).size > termsIn(hit.extract, asked).size) place.replaceChildren(...marked(part, asked))
}

/** Return `language` when it is not that of the page, else nothing. */
export const otherLanguage = language => (language === document.documentElement.lang ? null : language)

/** Tell whether `text` is enough to look for. */
export const isEnough = text => [...text.trim()].length >= FEWEST

/** Tell whether `text` is so short that words which it begins are not looked for: that it finds nothing says nothing yet. */
export const isBarelyBegun = text => [...text.trim()].length < FEWEST_BEGUN

/** Return the beginning of what was typed, to be repeated in a message. */
export function shortened(text) {
  const letters = [...text.trim()]
  return letters.length > LONGEST_SHOWN ? `${letters.slice(0, LONGEST_SHOWN).join("")} …` : letters.join("")
}

/** Return a function that calls `act` with what it was last called with, `wait` milliseconds after that. */
export function settled(act, wait) {
  let timer = 0
  return (...given) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...given), wait)
  }
}
