import assert from "node:assert/strict"
import { test } from "node:test"

import { isOpen, mountSearch } from "../../theme/kompetanse_theme/assets/kompetanse/header.js"

test("the search waits for the focus, once, and is made ready once", () => {
  globalThis.document = { activeElement: null }
  const heard = []
  const form = { dataset: {}, contains: () => false, addEventListener: (...given) => heard.push(given) }

  mountSearch(form)
  mountSearch(form)

  assert.deepEqual(heard.map(([name, , options]) => [name, options]), [["focusin", { once: true }]])
  delete globalThis.document
})

test("a panel is open when its button says so", () => {
  const button = said => ({ getAttribute: () => said })

  assert.deepEqual(["true", "false", null].map(said => isOpen(button(said))), [true, false, false])
})
