import assert from "node:assert/strict"
import { test } from "node:test"

import { count, inWords, length, say } from "../../theme/kompetanse_theme/assets/kompetanse/words.js"

const words = {
  "found.one": "1 rolle", "found.many": "{count} roller", "greeting": "Hei, {name}. {name}!",
  "date.day": "{day}. {month} {year}", "month.2": "februar",
  "length.hours.one": "1 time", "length.hours.many": "{count} timer", "length.minutes.one": "1 minutt", "length.minutes.many": "{count} minutter",
}

test("values are filled in wherever they are named", () => {
  assert.equal(say(words, "greeting", { name: "Kari" }), "Hei, Kari. Kari!")
})

test("a value that looks like a name in braces is not filled again", () => {
  assert.equal(say(words, "greeting", { name: "{name}" }), "Hei, {name}. {name}!")
})

test("a missing word shows its key, a missing value its name", () => {
  assert.equal(say(words, "no.such"), "no.such")
  assert.equal(say(words, "greeting"), "Hei, {name}. {name}!")
})

test("one is said in another way than many", () => {
  assert.equal(count(words, "found", 1), "1 rolle")
  assert.equal(count(words, "found", 0), "0 roller")
})

test("a day is said with the name of its month", () => {
  assert.equal(inWords(words, "2028-02-09"), "9. februar 2028")
})

test("a length leaves out what is nought", () => {
  assert.equal(length(words, 90), "1 time 30 minutter")
  assert.equal(length(words, 120), "2 timer")
  assert.equal(length(words, 1), "1 minutt")
})
