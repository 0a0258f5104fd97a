// Our scales of colours against those of Designsystemet's own package. Python writes colours.json: tests/pages/test_colours.py.
import assert from "node:assert/strict"
import {existsSync, readFileSync} from "node:fs"
import {test} from "node:test"

const ORACLE = new URL("../../theme/node_modules/@digdir/designsystemet/dist/src/colors/index.js", import.meta.url)
const ours = JSON.parse(readFileSync(new URL("../pages/colours.json", import.meta.url), "utf8"))
const skip = existsSync(ORACLE) ? false : "run «npm ci» in theme/ first"

const OWN = ["base-ink"] // a step that Designsystemet does not have
const AA = 4.5

test("each step is Designsystemet's, but where its button cannot be read", {skip}, async () => {
  const {generateColorScale, getContrastFromHex} = await import(ORACLE)
  for (const [base, schemes] of Object.entries(ours)) {
    for (const [scheme, steps] of Object.entries(schemes)) {
      const theirs = Object.fromEntries(generateColorScale(base, scheme).map(step => [step.name, step.hex.toLowerCase()]))
      const readable = name => getContrastFromHex(theirs[name], theirs["base-contrast-default"]) >= AA
      const mended = ["base-hover", "base-active"].filter(name => !readable(name))
      assert.deepEqual(Object.keys(steps).sort(), [...Object.keys(theirs), ...OWN].sort())
      for (const name of Object.keys(theirs).filter(name => !mended.includes(name))) {
        assert.equal(steps[name], theirs[name], `${name} of ${base}, ${scheme}`)
      }
    }
  }
})

test("some of the colours are such that Designsystemet's own button cannot be read", {skip}, async () => {
  const {generateColorScale, getContrastFromHex} = await import(ORACLE)
  const steps = Object.fromEntries(generateColorScale("#a2682a", "light").map(step => [step.name, step.hex]))
  assert.ok(getContrastFromHex(steps["base-hover"], steps["base-contrast-default"]) < AA)
})
