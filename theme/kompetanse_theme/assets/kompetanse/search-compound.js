// Where a compound that the site does not have is cut. search/kompetanse_search/compound.py answers alike.

import { stem } from "./search-stem.js"
import { isAlpha } from "./search-text.js"

export const LEAST_LEFT = 3, LEAST_RIGHT = 4, LEAST_WORD = 7, LONGEST_WORD = 60
const ENOUGH = 1600
const SHORT = { 3: -1600, 4: -500 }
const VOWEL = /[aeiouyæøå]/

/** Cuts words with `elements` {words, stems: Map of classes, not: Set of what is no element}. */
export class Splitter {
  constructor(elements) {
    this.elements = elements
    this.known = new Map()
  }

  /** Return a Map of part → depth: 0 for both elements of the first cut, 1 for theirs, 2 for theirs. */
  parts(word, depth = 0, found = new Map()) {
    const cut = this.best(word, depth)
    for (const part of cut ? [cut.left, cut.right] : []) {
      found.set(part, Math.min(depth, found.get(part) ?? depth))
      this.parts(part, depth + 1, found)
    }
    return found
  }

  /** Return the cut {score, left, right} with the highest score, the first of equal ones; null when none is good enough. */
  best(word, depth = 0) {
    const length = [...word].length
    if (depth > 2 || length < LEAST_WORD || length > LONGEST_WORD || !isAlpha(word)) return null
    const key = depth + word
    if (!this.known.has(key)) {
      const best = this.cuts(word, depth).reduce((found, one) => (found && found.score >= one.score ? found : one), null)
      this.known.set(key, best && best.score >= ENOUGH ? best : null)
    }
    return this.known.get(key)
  }

  /** Return every cut that has a score, from the left. */
  cuts(word, depth = 0) {
    const letters = [...word], found = []
    for (let at = LEAST_LEFT; at <= letters.length - LEAST_RIGHT; at++) {
      const cut = this.cut(letters, at, depth)
      if (cut) found.push(cut)
    }
    return found
  }

  cut(letters, at, depth) {
    const end = letters.slice(at).join(""), right = this.right(end)
    if (!right) return null
    const [number, element] = this.left(letters.slice(0, at))
    const left = number ? element : this.compound(letters.slice(0, at), depth)
    if (!left) return null
    const frequency = number ? Math.floor((693 * (number + right)) / 2) : 277 * right
    const behind = letters.length - at
    const short = SHORT[Math.min([...left].length, behind)] ?? 0
    return { score: frequency + 120 * Math.min(behind, 8) + short, left, right: end }
  }

  /** Return a first element that is a compound itself, bare; empty when it is none. */
  compound(letters, depth) {
    const text = letters.join(""), bare = "se".includes(letters.at(-1)) ? [text, letters.slice(0, -1).join("")] : [text]
    return bare.find(one => letters.length >= LEAST_WORD && this.best(one, depth + 1)) ?? ""
  }

  left(letters) {
    const text = letters.join(""), { words, not } = this.elements
    if (!VOWEL.test(text)) return [0, text]
    const whole = [not.has(text) ? 0 : (words.get(text) ?? 0), text], last = letters.at(-1)
    if (letters.length <= 4 || !"se".includes(last)) return whole
    const bare = letters.slice(0, -1).join("")
    const joined = [Math.max(0, (words.get(bare) ?? 0) - (last === "e" ? 1 : 0)), bare]
    return joined[0] > whole[0] ? joined : whole
  }

  right(text) {
    const { words, stems, not } = this.elements
    if (not.has(text) || !VOWEL.test(text)) return 0
    const base = stem(text)
    const byStem = [...base].length >= LEAST_RIGHT ? (stems.get(base) ?? 0) - 1 : 0
    return words.get(text) || Math.max(0, byStem)
  }
}
