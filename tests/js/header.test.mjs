import assert from "node:assert/strict"
import { test } from "node:test"

import { isOpen, mountSearch, scriptOf } from "../../theme/kompetanse_theme/assets/kompetanse/header.js"

test("the search waits until the reader turns to it, and is made ready once", () => {
  globalThis.document = { activeElement: null, baseURI: "https://testvik.example/kurs/" }
  const heard = []
  const form = { dataset: { index: "../sok/indeks/" }, contains: () => false, addEventListener: (...given) => heard.push(given) }

  mountSearch(form)
  mountSearch(form)

  assert.deepEqual(heard.map(([name, , options]) => [name, options]), [["focusin", undefined], ["pointerenter", { once: true }]])
  delete globalThis.document
})

test("the script of the search lies beside its index", () => {
  assert.equal(scriptOf("https://testvik.example/sok/indeks/"), "https://testvik.example/sok/sok.js")
})

test("a panel is open when its button says so", () => {
  const button = said => ({ getAttribute: () => said })

  assert.deepEqual(["true", "false", null].map(said => isOpen(button(said))), [true, false, false])
})
