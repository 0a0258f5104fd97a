import assert from "node:assert/strict"
import { test } from "node:test"

import { courseState, empty, marked, next, parse, stateOf, visited } from "../../theme/kompetanse_theme/assets/kompetanse/progress.js"

const DAY = "2026-11-24"
const halfway = marked(visited(empty(), "course", "b", DAY), "a", "done", DAY)

test("a course is done when all the modules that are in it now are", () => {
  assert.deepEqual(courseState(halfway, ["a", "b"]), { done: 1, total: 2, state: "begun" })
  assert.deepEqual(courseState(halfway, ["a"]), { done: 1, total: 1, state: "done" })
  assert.deepEqual(courseState(halfway, ["c"]), { done: 0, total: 1, state: "none" })
  assert.deepEqual(courseState(halfway, []), { done: 0, total: 0, state: "none" })
})

test("a module that two courses share is one", () => {
  assert.equal(courseState(halfway, ["a", "x"]).done, 1)
})

test("what was kept and is damaged, foreign or newer is none", () => {
  for (const damaged of [null, 1, "x", [], {}, { version: 2, modules: {}, courses: {} }, { version: 1, modules: [], courses: {} }]) {
    assert.equal(parse(damaged), null)
    assert.deepEqual(courseState(damaged, ["a"]), { done: 0, total: 1, state: "none" })
  }
})

test("a damaged entry takes no other with it", () => {
  const kept = { version: 1, modules: { a: { state: "done", day: DAY }, b: { state: "odd", day: DAY }, c: null }, courses: { k: { last: 3 } } }

  assert.deepEqual(parse(kept), { version: 1, modules: { a: { state: "done", day: DAY } }, courses: {}, latest: null })
})

test("names that every object has are no modules", () => {
  assert.equal(stateOf(empty(), "constructor"), null)
  assert.equal(courseState(empty(), ["toString"]).state, "none")
})

test("a visit begins a module and does not undo a completed one", () => {
  assert.equal(stateOf(halfway, "b"), "begun")
  assert.equal(stateOf(visited(halfway, "course", "a", DAY), "a"), "done")
  assert.equal(visited(halfway, "other", "a", DAY).latest, "other")
})

test("one goes on where one left, else with what comes after it, else with the first that is not done", () => {
  assert.equal(next(halfway, "course", ["a", "b", "c"]), "b")
  assert.equal(next(marked(halfway, "b", "done", DAY), "course", ["x", "b", "c"]), "c")
  assert.equal(next(halfway, "course", ["a", "c"]), "c")
  assert.equal(next(marked(halfway, "b", "done", DAY), "course", ["a", "b"]), null)
})
