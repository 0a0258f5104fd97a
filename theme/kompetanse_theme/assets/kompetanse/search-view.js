// What the header's search and the page of search both show, made of text and never of markup.

import { element } from "./element.js"
import { parts } from "./search-mark.js"

const FEWEST = 2, FEWEST_BEGUN = 3, LONGEST_SHOWN = 60

/** Return `text` as nodes in which the words among `forms` are marked. */
export const marked = (text, forms) => parts(text, forms).map(one => (one.marked ? element("mark", {}, one.text) : one.text))

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
