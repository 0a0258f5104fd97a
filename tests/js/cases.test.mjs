import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { answer } from "../learning/reckon.mjs"

for (const name of ["standing", "both", "path", "unit"]) {
  for (const one of JSON.parse(readFileSync(new URL(`../learning/cases/${name}.json`, import.meta.url)))) {
    test(`${one.about}: ${one.name}`, () => {
      assert.deepEqual(answer(one), one.answer)
    })
  }
}
