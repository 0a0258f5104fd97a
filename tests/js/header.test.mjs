import assert from "node:assert/strict"
import { test } from "node:test"

import { isKept } from "../../theme/kompetanse_theme/assets/kompetanse/header.js"

const on = (field, key, held = {}) => ({ key, ...held, target: { matches: () => field } })

test("a key of one letter outside a field is kept from Material's shortcuts", () => {
  for (const key of ["f", "s", "/", "n", "p"]) assert.equal(isKept(on(false, key)), true)
})

test("what is written in a field reaches the search", () => {
  assert.equal(isKept(on(true, "f")), false)
})

test("shortcuts with a modifier and keys with a name go on", () => {
  assert.equal(isKept(on(false, "f", { ctrlKey: true })), false)
  assert.equal(isKept(on(false, "Escape")), false)
  assert.equal(isKept(on(false, "ArrowDown")), false)
})

test("Tab never closes the results", () => {
  assert.equal(isKept(on(true, "Tab")), true)
})
