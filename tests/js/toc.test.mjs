import assert from "node:assert/strict"
import { test } from "node:test"

import { reading } from "../../theme/kompetanse_theme/assets/kompetanse/toc.js"

test("the heading that is read is the last one above the line", () => {
  assert.equal(reading([-300, 40, 700], 200), 1)
})

test("above the first heading none is read", () => {
  assert.equal(reading([250, 700], 200), -1)
})
