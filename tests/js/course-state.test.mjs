import assert from "node:assert/strict"
import { test } from "node:test"

import { decode, encode, fresh, needed, ROOM, standing } from "../../builder/kompetanse/export/reader/course-state.js"
import { response, span } from "../../builder/kompetanse/export/reader/scorm12-values.js"

const course = (lessons, tasks, pass = 80) => ({ lessons: Array.from({ length: lessons }, (_, at) => `m${at}`), tasks, pass })
const many = (count, options = 4) => Array.from({ length: count }, (_, at) => ({ id: `q-${at}`, right: [at % options], options }))
const whole = (of, chosen = task => task.right) => ({
  place: of.lessons.length - 1,
  read: of.lessons.map(() => true),
  answers: of.tasks.map(task => ({ chosen: task.options ? chosen(task) : [], right: true })),
  best: 100,
})

test("what is kept comes back as it was", () => {
  const of = course(8, [{ id: "a", right: [1], options: 4 }, { id: "b", right: [0, 7], options: 13 }, { id: "c", right: [], options: 0 }, { id: "d", right: [], options: 0 }, ...many(3)])
  const progress = { place: 5, read: [true, false, true, true, false, false, true, true], best: 42, answers: [{ chosen: [2], right: false }, { chosen: [0, 7], right: true }, { chosen: [], right: true }, { chosen: [], right: false }, null, { chosen: [1], right: true }, null] }

  assert.deepEqual(decode(of, encode(of, progress)), progress)
  assert.deepEqual(decode(of, encode(of, fresh(of))), fresh(of))
})

test("a course of 200 lessons and 300 questions is kept whole, with room to spare", () => {
  for (const options of [0, 4, 6, 12, 36]) {
    const of = course(200, options ? many(300, options) : many(300).map(task => ({ ...task, right: [], options: 0 })))
    const text = encode(of, whole(of, task => Array.from({ length: task.options }, (_, place) => place)))

    assert.match(text, /^a[\w.-]+$/)
    assert.ok(text.length < (options === 36 ? 1900 : 700), String(text.length))
  }
})

test("one that is too large keeps less, and never too much", () => {
  const sizes = [[200, 5_000, "b"], [30_000, 300, "d"], [20_000, 5_000, "c"], [200_000, 100_000, "d"]]
  for (const [lessons, tasks, form] of sizes) {
    const of = course(lessons, many(tasks))
    const text = encode(of, whole(of))

    assert.equal(text[0], form)
    assert.ok(text.length < ROOM)
    assert.equal(decode(of, text).best, 100)
  }
  const of = course(200, many(5_000))
  assert.deepEqual(decode(of, encode(of, whole(of))), whole(of))
})

test("of another edition of the course only the best score is left", () => {
  const before = course(3, many(4))
  const after = course(3, many(5))

  assert.deepEqual(decode(after, encode(before, whole(before))), { ...fresh(after), best: 100 })
})

test("what nobody wrote is as nothing", () => {
  const of = course(3, many(4))
  for (const text of [undefined, null, "", "a", "<script>", "a1.2.3", "aé.0...", `a${"9".repeat(5000)}`]) {
    assert.deepEqual(decode(of, text), fresh(of))
  }
  const cut = encode(of, whole(of)).slice(0, -2)
  assert.equal(decode(of, cut).answers.length, 4)
  assert.equal(decode(of, encode(of, { ...whole(of), best: 1000 })).best, null)
})

test("passing asks for reading and for enough right answers, and is never lost again", () => {
  const of = course(2, many(10))
  const progress = whole(of)
  progress.best = null
  for (const at of [0, 1]) progress.answers[at] = { chosen: [3], right: false }

  assert.equal(needed(of), 8)
  assert.deepEqual([standing(of, progress).score, standing(of, progress).done], [80, true])
  assert.equal(standing(of, { ...progress, read: [true, false] }).done, false)
  progress.answers[2] = null
  assert.deepEqual([standing(of, progress).score, standing(of, progress).done], [70, false])
  assert.deepEqual([standing(of, { ...progress, best: 80 }).best, standing(of, { ...progress, best: 80 }).done], [80, true])
})

test("a score is never rounded up to a pass", () => {
  const of = course(1, many(31))
  const progress = { ...whole(of), best: null }
  progress.answers = progress.answers.map((one, at) => at < 7 ? { chosen: [3], right: false } : one)

  assert.deepEqual([standing(of, progress).score, standing(of, progress).done], [77, false])
})

test("a course without questions is done when it is read", () => {
  const of = course(1, [], null)

  assert.equal(standing(of, fresh(of)).done, false)
  assert.equal(standing(of, { ...fresh(of), read: [true] }).done, true)
})

test("lengths of time and choices are written as SCORM 1.2 has them", () => {
  assert.deepEqual([0, 62_000, 36_000_000].map(span), ["0000:00:00", "0000:01:02", "0010:00:00"])
  assert.equal(response([0, 2, 35]), "a,c,9")
  assert.equal(response([36]), null)
})
