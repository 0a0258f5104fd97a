import assert from "node:assert/strict"
import { File } from "node:buffer"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { follow, parse } from "../../theme/kompetanse_theme/assets/kompetanse/assessment.js"
import { readAll } from "../../theme/kompetanse_theme/assets/kompetanse/read-files.js"

const cases = name => JSON.parse(readFileSync(new URL(`../learning/cases/${name}.json`, import.meta.url)))

/** Say in short how a text was read: ok, damaged, wrong roles … */
const verdict = ({ fault }) => (fault ? [fault.key.replace("file.", ""), fault.values.key].filter(Boolean).join(" ") : "ok")

for (const one of cases("file")) {
  test(`a file is read as Python reads it: ${one.name}`, async () => {
    const text = one.parts.map(([part, times]) => part.repeat(times)).join("")

    const [read] = await readAll([new File([Buffer.from(text, one.encoding)], "a.json")], () => {})

    assert.equal(verdict(read), one.verdict)
    if (one.person) assert.equal(read.assessment.name, one.person)
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

test("a file that is too large is refused before it is read", async () => {
  const large = { name: "stor.json", size: 50_000_000, arrayBuffer: () => assert.fail("it was read") }

  const [read] = await readAll([large], () => {})

  assert.deepEqual(read.fault, { key: "file.too_large", values: { file: "stor.json" } })
})

test("the name of a file cannot turn the sentence around that tells of it", async () => {
  const [read] = await readAll([new File(["{"], "kari\u202enosj.json")], () => {})

  assert.deepEqual([read.name, read.fault.values.file], ["kari\ufffdnosj.json", "kari\ufffdnosj.json"])
})
