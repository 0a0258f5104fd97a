// What a word is: one plain form for every way of writing the same letters. search/kompetanse_search/text.py answers alike.

const KEPT = "æøå"
const WRITTEN_AS = { ä: "æ", ö: "ø", ð: "d", đ: "d", þ: "th", ß: "ss", ł: "l", ŋ: "n", ŧ: "t", ς: "σ" }
const DROPPED = /[\p{M}\p{Cf}]/gu
const known = new Map()

function plainLetter(letter) {
  const small = letter.toLowerCase()
  if (KEPT.includes(small)) return small
  return WRITTEN_AS[small] ?? small.normalize("NFKD").toLowerCase().replace(DROPPED, "")
}

/** Return `text` in lower case, composed, without marks that Norwegian does not use and without what is not seen. */
export function plain(text) {
  let found = ""
  for (const letter of text.normalize("NFC")) {
    if (!known.has(letter)) known.set(letter, plainLetter(letter))
    found += known.get(letter)
  }
  return found
}

/** Return the words of `text` in plain form, in order: runs of letters and numbers. */
export const tokens = text => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Tell whether `word` has letters only. */
export const isAlpha = word => /^\p{L}+$/u.test(word)

/** Return how many letters `word` has; what stands outside Unicode's first plane is one letter, too. */
export const size = word => [...word].length
