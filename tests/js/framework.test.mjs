import assert from "node:assert/strict"
import { test } from "node:test"

import { merge } from "../../theme/kompetanse_theme/assets/kompetanse/framework.js"

const file = (title, ...requirements) => ({
  title, requirements, competences: Object.fromEntries(requirements.map(one => [one.competence, { title: one.competence }])), courses: {}, names: {},
})
const asks = (competence, level, rest = {}) => ({ competence, level, kind: "mandatory", evidence: "self", ...rest })

test("a competence that two roles ask for stands once, with what meets both and who asks", () => {
  const first = file("Ansatt", asks("brann", 2, { valid_for: "P2Y" }))
  const second = file("Vaktmester", asks("brann", 3, { kind: "statutory", basis: "Lov om brann § 1", evidence: "test", valid_for: "P1Y" }), asks("strom", 1))

  const { requirements } = merge([first, second])

  assert.deepEqual(requirements, [
    { competence: "brann", level: 3, kind: "statutory", evidence: "test", basis: "Lov om brann § 1", valid_for: "P1Y", roles: ["Ansatt", "Vaktmester"] },
    { ...asks("strom", 1), roles: ["Vaktmester"] },
  ])
})

test("no roles require nothing", () => {
  assert.deepEqual(merge([]).requirements, [])
})
