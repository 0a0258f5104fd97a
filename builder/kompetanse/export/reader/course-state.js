// How far somebody has come in a course: what counts, and the same as short text that a system keeps, always ASCII and under 4,096 signs.

/** SCORM 1.2 lets a course keep 4,096 characters (CMIString4096); a few are left for what comes later. */
export const ROOM = 4000

const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
const BITS = 6

/**
 * A course as `course` says it: `lessons` are ids, `tasks` are `{ id, right, options }` with places of right options and their
 * number, 0 for a short answer; `pass` is the share of right answers in per cent, null without questions.
 *
 * Progress is `{ place, read, answers, best }`: the lesson that is open, whether each is read, for each question null or
 * `{ chosen, right }`, and the best score so far in whole per cent or null.
 */
export const fresh = course => ({ place: 0, read: course.lessons.map(() => false), answers: course.tasks.map(() => null), best: null })

/** Return where one stands: counts, the score in whole per cent, and whether that is enough. */
export function standing(course, progress) {
  const read = progress.read.filter(Boolean).length
  const answered = progress.answers.filter(Boolean).length
  const right = progress.answers.filter(one => one?.right).length
  const total = course.tasks.length
  const score = total ? Math.floor(100 * right / total) : null
  const best = answered ? Math.max(score, progress.best ?? 0) : progress.best
  const whole = read === course.lessons.length
  const enough = total > 0 && best !== null && best >= course.pass
  return { read, lessons: course.lessons.length, answered, right, total, score, best, whole, enough, done: whole && (!total || enough) }
}

/** Return how many right answers are needed. */
export const needed = course => Math.ceil(course.pass * course.tasks.length / 100)

/**
 * Return progress as text. A course that is too large for all that was answered keeps which answers are right; one that is too
 * large for that, what is read; and else only where one is.
 */
export function encode(course, progress) {
  const head = [mark(course), progress.place.toString(36), progress.best === null ? "" : progress.best.toString(36)].join(".")
  const read = bits(progress.read)
  const forms = [
    () => `a${head}.${read}.${course.tasks.map((task, place) => code(task, progress.answers[place])).join("")}`,
    () => `b${head}.${read}.${bits(progress.answers.map(one => Boolean(one?.right)))}`,
    () => `c${head}.${read}.`,
    () => `d${head}..`,
  ]
  return forms.map(form => form()).find(text => text.length < ROOM)
}

/** Read what `encode` wrote; of what another edition of the course wrote only the best score is left, and of anything else nothing. */
export function decode(course, text) {
  const found = /^([abcd])(\w+)\.(\w+)\.(\w*)\.([\w-]*)\.([\w-]*)$/.exec(text ?? "")
  const progress = fresh(course)
  if (!found) return progress
  const [, form, of, place, best, read, answers] = found
  const score = best === "" ? null : parseInt(best, 36)
  progress.best = score === null || !(score >= 0 && score <= 100) ? null : score
  if (of !== mark(course)) return progress
  progress.place = Math.min(Math.max(parseInt(place, 36) || 0, 0), course.lessons.length - 1)
  if (form !== "d") progress.read = flags(read, course.lessons.length)
  if (form === "a") progress.answers = decoded(course.tasks, answers)
  if (form === "b") progress.answers = flags(answers, course.tasks.length).map((right, at) => right ? { chosen: course.tasks[at].right, right } : null)
  return progress
}

/** Return how many signs an answer to `task` takes. */
const width = task => task.options ? Math.ceil(task.options / BITS) : 1

function code(task, answer) {
  if (!answer) return SIGNS[0].repeat(width(task))
  if (!task.options) return SIGNS[answer.right ? 1 : 2]
  return bits(Array.from({ length: task.options }, (_, place) => answer.chosen.includes(place)))
}

function decoded(tasks, text) {
  let at = 0
  return tasks.map(task => {
    const part = text.slice(at, at += width(task))
    if (!task.options) return { 1: { chosen: [], right: true }, 2: { chosen: [], right: false } }[part] ?? null
    const chosen = flags(part, task.options).flatMap((one, place) => one ? [place] : [])
    return chosen.length ? { chosen, right: same(task.right, chosen) } : null
  })
}

const same = (some, others) => some.length === others.length && some.every(one => others.includes(one))

function bits(all) {
  let text = ""
  for (let at = 0; at < all.length; at += BITS) {
    text += SIGNS[all.slice(at, at + BITS).reduce((sum, one, place) => sum + (one ? 1 << place : 0), 0)]
  }
  return text
}

const flags = (text, count) => Array.from({ length: count }, (_, place) => {
  const value = SIGNS.indexOf(text[Math.floor(place / BITS)] ?? SIGNS[0])
  return value > 0 && Boolean(value >> place % BITS & 1)
})

/** Return a short mark of what a course consists of (FNV-1a, 32 bits): the same for the same lessons, questions and numbers of options. */
export function mark(course) {
  const text = [...course.lessons, "", ...course.tasks.map(task => `${task.id}:${task.options}`)].join("\n")
  let hash = 0x811c9dc5
  for (const sign of text) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0
  return hash.toString(36)
}
