import assert from "node:assert/strict"
import { test } from "node:test"

import { judge, judgeText, outcomes, score } from "../../theme/kompetanse_theme/assets/kompetanse/quiz.js"

test("a single choice is right or wrong, and does not give the right one away", () => {
  assert.equal(judge([1], [1]), "right")
  assert.equal(judge([1], [0]), "wrong")
  assert.deepEqual(outcomes([1], [0], 3), ["wrong", null, null])
})

test("several choices are right only when all of them are, and no others", () => {
  assert.equal(judge([0, 2], [0, 2]), "right")
  assert.equal(judge([0, 2], [0]), "partly")
  assert.equal(judge([0, 2], [0, 1, 2]), "partly")
  assert.equal(judge([0, 2], [1]), "wrong")
})

test("several choices are told one by one, what is missing too", () => {
  assert.deepEqual(outcomes([0, 2], [0, 1], 4), ["right", "wrong", "missed", null])
})

test("a short answer may have any case, letters, spaces and full stop", () => {
  const answers = ["måltidet", "to ord", "110"]

  assert.equal(judgeText(answers, " MAALTIDET. "), "right")
  assert.equal(judgeText(answers, "To   ord"), "right")
  assert.equal(judgeText(answers, "110"), "right")
  assert.equal(judgeText(answers, "112"), "wrong")
})

test("what is not answered counts as neither", () => {
  assert.deepEqual(score(["right", null, "partly", "right"]), { total: 4, answered: 3, right: 2 })
})
