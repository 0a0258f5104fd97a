import assert from "node:assert/strict"
import { test } from "node:test"

import { matches } from "../../theme/kompetanse_theme/assets/kompetanse/filter.js"
import { fold } from "../../theme/kompetanse_theme/assets/kompetanse/words.js"

const entry = { text: "Lærer i barneskolen · Nivå 3", values: { area: ["oppvekst"], role: ["larer", "rektor"] } }
const asked = (words, choices = {}) => matches(entry, { words, choices })

test("case and Norwegian letters are folded", () => {
  assert.equal(fold("Ærlig Øvelse på ÅS"), "aerlig ovelse pa as")
})

test("letters written as two are folded like the one they stand for", () => {
  assert.equal(fold("haandtering"), fold("håndtering"))
  assert.equal(fold("foerstehjelp"), fold("førstehjelp"))
  assert.equal(fold("laerer"), fold("lærer"))
})

test("accents and letters in two parts are folded", () => {
  assert.equal(fold("idé"), "ide")
  assert.equal(fold("pa\u030A"), "pa")
  assert.equal(fold("Kárášjohka"), "karasjohka")
})

test("nothing asked for matches all", () => {
  assert.equal(asked(""), true)
  assert.equal(asked("   ", { area: "" }), true)
})

test("all words must be there, in any order, also as parts of words", () => {
  assert.equal(asked("skole laerer"), true)
  assert.equal(asked("lærer sykehjem"), false)
})

test("a choice must be among the values of the entry", () => {
  assert.equal(asked("", { role: "rektor" }), true)
  assert.equal(asked("", { role: "vikar" }), false)
})

test("an entry without the value that is asked for does not match", () => {
  assert.equal(asked("", { language: "nn" }), false)
})

test("words and choices must all hold", () => {
  assert.equal(asked("lærer", { area: "oppvekst", role: "larer" }), true)
  assert.equal(asked("lærer", { area: "helse" }), false)
})
