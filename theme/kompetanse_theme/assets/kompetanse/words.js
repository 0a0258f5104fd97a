// The page's own words, as its template gives them, filled and counted; dates and lengths in them; words as they are compared.

/** Return the words that `element` carries in data-words, by key. */
export const wordsOf = element => JSON.parse(element.dataset.words ?? "{}")

/** Return `words[key]` with every {name} filled from `values`. A key that is missing shows itself. */
export function say(words, key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

/** Return `words[key.one]` or `words[key.many]` for `count`. */
export const count = (words, key, number, values = {}) => say(words, `${key}.${number === 1 ? "one" : "many"}`, { count: number, ...values })

const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu

/** Return `text` on one line, with � for each sign that nobody sees or that turns others around. */
export const legible = text => text.replace(/[\t\n\r]/g, " ").replace(UNSEEN, "\ufffd")

/** Return an ISO date in words: 24. november 2026. */
export function inWords(words, iso) {
  const [year, month, day] = iso.split("-").map(Number)
  return say(words, "date.day", { day, month: say(words, `month.${month}`), year })
}

/** Return a number of minutes in words: 1 time 30 minutter. */
export function length(words, minutes) {
  const parts = [["hours", Math.floor(minutes / 60)], ["minutes", minutes % 60]]
  return parts.filter(([, number]) => number).map(([unit, number]) => count(words, `length.${unit}`, number)).join(" ")
}

const LETTERS = [["æ", "ae"], ["ø", "o"], ["oe", "o"], ["aa", "a"], ["ä", "ae"], ["ö", "o"]]

/** Fold case and letters, so that "laerer" finds "Lærer", and "maaling" and "maling" both find "Måling". */
export function fold(text) {
  const plain = LETTERS.reduce((folded, [from, to]) => folded.replaceAll(from, to), text.normalize("NFC").toLowerCase())
  return plain.normalize("NFD").replace(/[\u0300-\u036f]/g, "")
}
