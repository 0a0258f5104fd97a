import assert from "node:assert/strict"
import { test } from "node:test"

import { foremost, nameOf, ordered } from "../../theme/kompetanse_theme/assets/kompetanse/search-facets.js"
import { askedBy, byKind, extract, parts, sections } from "../../theme/kompetanse_theme/assets/kompetanse/search-mark.js"
import { LONGEST, queryOfState, stateOf } from "../../theme/kompetanse_theme/assets/kompetanse/search-state.js"

const asked = (...words) => askedBy({ words, forms: words })
const shown = found => found.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("")

test("words are marked in any case and with any marks, and nothing is lost", () => {
  const text = "<b>HÅNDTERING</b> av hånd\u00adtering, og handtering"

  const found = parts(text, asked("håndtering"))

  assert.equal(shown(found), "<b>[HÅNDTERING]</b> av [hånd\u00adtering], og handtering")
  assert.equal(found.map(one => one.text).join(""), text)
})

test("a longer word that begins or ends with one that was asked for is marked, but not for three letters", () => {
  assert.equal(shown(parts("Brannvern, skogbrann og kursdag", asked("brann", "kur"))), "[Brannvern], [skogbrann] og kursdag")
})

test("the part of a text is shown where most of the words stand together", () => {
  const text = `Brann er farlig. ${"Vi øver hvert år. ".repeat(20)}\nMeld avvik etter brann til lederen. ${"Så går vi hjem. ".repeat(20)}`

  assert.equal(extract(text, asked("brann", "avvik"), 60), "… Meld avvik etter brann til lederen. Så går vi hjem. Så går …")
  assert.equal(extract(text, asked("xyz"), 20), "Brann er farlig. Vi …")
  assert.equal(extract("Kort.", asked("kort"), 60), "Kort.")
})

test("text without words that were asked for is one part, and no text is none", () => {
  assert.deepEqual(parts("Om oss", asked("kurs")), [{ text: "Om oss", marked: false }])
  assert.deepEqual(parts("", asked("kurs")), [])
})

test("headings that only repeat the title are no sections; those that say most come first", () => {
  const headings = ["Legemidler", "Lås og rom", "Avvik", "Avvik i lås"].map(title => ({ id: title, title }))
  const hit = { title: "Legemidler", headings }

  const found = sections(hit, asked("legemidler", "avvik", "lås"), 2)

  assert.deepEqual(found.map(one => one.title), ["Avvik i lås", "Lås og rom"])
})

test("results are grouped by kind in the order of the best", () => {
  const hits = [["course", 1], ["role", 2], ["course", 3]].map(([kind, id]) => ({ kind, id }))

  assert.deepEqual(byKind(hits).map(([kind, group]) => [kind, group.map(hit => hit.id)]), [["course", [1, 3]], ["role", [2]]])
})

test("an address and what it asks for are the same both ways", () => {
  for (const query of ["", "?q=kurs", "?q=%C3%A5+%26+b&kind=course&kind=role&role=sykepleier&minutes=more"]) {
    assert.equal(queryOfState(stateOf(query)), query)
  }
})

test("what an address asks for that we do not know is left out, and what is too long is cut", () => {
  const state = stateOf(`?q=${"a".repeat(10_000)}&kind=&kind=course&kind=course&__proto__=x&page=2`)

  assert.equal(state.text.length, LONGEST)
  assert.deepEqual(state.where, { kind: ["course"] })
})

test("values have their names, or else themselves", () => {
  const words = { "index.course": "Kurs", "find.minutes.more": "Over 4 timer" }, titles = { role: { sykepleier: "Sykepleier" } }

  const names = [["kind", "course"], ["minutes", "more"], ["role", "sykepleier"], ["role", "ukjent"], ["region", "nord"]]

  assert.deepEqual(names.map(([facet, value]) => nameOf(facet, value, words, titles)), ["Kurs", "Over 4 timer", "Sykepleier", "ukjent", "nord"])
})

test("lengths and levels stand in their order, others by number, and what is chosen stays", () => {
  const name = value => value

  assert.deepEqual(ordered("minutes", { 15: 1, 120: 3, more: 9, 60: 2 }, [], name).map(([value]) => value), ["15", "60", "120", "more"])
  assert.deepEqual(ordered("kind", { role: 1, course: 3, page: 1 }, ["module"], name), [["course", 3], ["page", 1], ["role", 1], ["module", 0]])
})

test("of many values the first are shown at first, and what is chosen", () => {
  const values = Array.from({ length: 50 }, (_, at) => [`v${at}`, 50 - at])

  assert.deepEqual(foremost(values, ["v40"]).map(([value]) => value), [...values.slice(0, 20).map(([value]) => value), "v40"])
})
