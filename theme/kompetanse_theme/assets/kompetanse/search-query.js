// What somebody has typed, as words to look for. Everything is text. search/kompetanse_search/query.py answers alike.

import { LONGEST_WORD } from "./search-compound.js"
import { plain, size, tokens } from "./search-text.js"

const LONGEST = 200, MOST_WORDS = 16

/**
 * Return `text`, of any length and content, as a query: {words: distinct, to look for, stop words (a Set) only when there
 * is nothing else; all: every word, for what stands together; unfinished: whether the last word may go on}.
 */
export function queryOf(text, stopWords) {
  const read = [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST).join("")
  const all = tokens(read).filter(word => size(word) <= LONGEST_WORD)
  const said = all.filter(word => !stopWords.has(word))
  const words = [...new Set(said.length ? said : all)].slice(0, MOST_WORDS)
  return { words, all, unfinished: /[\p{L}\p{N}]$/u.test(plain(read)) }
}
