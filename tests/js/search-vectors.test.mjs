// The published vectors of the search: what Python makes of a text, a word or a query, the browser makes of it, too.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { cognateKey, compare, foldKey, mirrored, oneApart } from "../../theme/kompetanse_theme/assets/kompetanse/search-keys.js"
import { first, rarity } from "../../theme/kompetanse_theme/assets/kompetanse/search-rank.js"
import { queryOf } from "../../theme/kompetanse_theme/assets/kompetanse/search-query.js"
import { reader, words } from "../../theme/kompetanse_theme/assets/kompetanse/search-shards.js"
import { englishTerm, stem } from "../../theme/kompetanse_theme/assets/kompetanse/search-stem.js"
import { isAlpha, plain, tokens } from "../../theme/kompetanse_theme/assets/kompetanse/search-text.js"

const load = name => JSON.parse(readFileSync(new URL(`../search/vectors/${name}.json`, import.meta.url)))

test("text becomes words", () => {
  for (const one of load("text")) assert.deepEqual(tokens(one.text), one.tokens, one.text)
})

test("words become stems and fold keys", () => {
  for (const { word, ...wanted } of load("words")) {
    assert.deepEqual([stem(word), englishTerm(word), foldKey(word)], [wanted.stem, wanted.english, wanted.fold], word)
  }
})

test("two words are one error apart or not", () => {
  for (const { one, other, apart } of load("errors")) assert.equal(oneApart(one, other), apart, `${one} ${other}`)
})

test("a cognate key is made by the rules in order, of long words only", () => {
  const rules = [[/^hv/g, "kv"], [/(.)\1/g, "$1"]]

  assert.deepEqual(["hverdagg", "hver", "hver12", "hvvvaa"].map(key => cognateKey(key, rules)), ["kverdag", "", "", "kvva"])
})

test("letters are sorted by code point, also outside the first plane", () => {
  const sorted = ["", "a", "aa", "b", "\uffee", "\u{10400}", "\u{10400}a", "\u{10401}"]

  assert.deepEqual([...sorted].reverse().sort(compare), sorted)
})

test("a word from behind keeps its first letter", () => {
  assert.deepEqual(["", "a", "abcd"].map(mirrored), ["", "a", "adcb"])
  assert.equal(mirrored(mirrored("sykepleier")), "sykepleier")
})

test("a query of any length and content is words", () => {
  const stop = new Set(["og", "i"])

  assert.deepEqual(queryOf("x".repeat(10_000), stop).words, [])
  assert.deepEqual(queryOf("brann ".repeat(5_000), stop).words, ["brann", "br"])
  assert.deepEqual(queryOf("og i", stop), { words: ["og", "i"], all: ["og", "i"], unfinished: true })
  assert.equal(queryOf("og i ", stop).unfinished, false)
  assert.equal(isAlpha(plain("Ærlig")) && isAlpha("a1"), false)
})

test("numbers and words are read as they were written", () => {
  const numbers = reader("0Vn1")

  assert.deepEqual([numbers.number(), numbers.number(), numbers.number(), numbers.ended()], [0, 31, 49, true])
  assert.deepEqual(words("AplanEerEenBan"), ["plan", "planer", "planen", "pan"])
  assert.throws(() => numbers.number(), { name: "Unreachable" })
})

test("rare terms weigh more", () => {
  assert.ok(rarity(100, 1) > rarity(100, 2))
  assert.equal(rarity(100, 100), 5)
})

test("equal pages come by length, which is asked for only then", async () => {
  const asked = []
  const length = async page => (asked.push(page), [9, 5, 7][page])

  assert.deepEqual(await first(new Map([[0, 3], [1, 2], [2, 1]]), 2, length), [[0, 3], [1, 2]])
  assert.deepEqual(asked, [])
  assert.deepEqual(await first(new Map([[0, 3], [1, 3], [2, 4]]), 2, length), [[2, 4], [1, 3]])
  assert.deepEqual(asked, [0, 1])
  assert.deepEqual(await first(new Map(), 10, length), [])
})
