import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { follow, parse } from "../../theme/kompetanse_theme/assets/kompetanse/assessment.js"

const cases = name => JSON.parse(readFileSync(new URL(`../learning/cases/${name}.json`, import.meta.url)))

/** Say in short how a text was read: ok, damaged, wrong roles … */
const verdict = ({ fault }) => (fault ? [fault.key.replace("file.", ""), fault.values.key].filter(Boolean).join(" ") : "ok")

for (const one of cases("file")) {
  test(`a file is read as Python reads it: ${one.name}`, () => {
    const text = one.parts.map(([part, times]) => part.repeat(times)).join("")

    assert.equal(verdict(parse(text.replace(/^\ufeff/, ""), "a.json")), one.verdict)
  })
}

test("an id such as constructor is not taken for something that every object has", () => {
  const { assessment } = parse(JSON.stringify({
    type: "kompetanse-assessment", version: 1, region: "testvik", made: "2026-11-20", person: "5a3c1f0e-8d7b-4f7e-9b1d-2f6a0c4e7d11",
    roles: ["constructor"], answers: [{ competence: "constructor", level: 1, day: "2026-11-20" }],
  }), "a.json")

  const { assessment: followed, changes } = follow(assessment, { roles: {}, competences: {}, former: {} })

  assert.deepEqual([followed.roles, followed.answers[0].competence], [[], "constructor"])
  assert.deepEqual(changes.map(one => one.key), ["file.role_gone", "file.gone"])
})
