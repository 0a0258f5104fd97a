// How a person has mapped herself, as the file that she keeps or hands over. docs/mapping.md and skjema/assessment.schema.json
// state the form; builder/kompetanse/evidence/assessment.py reads it alike.

import { isDay } from "./day.js"
import { legible } from "./words.js"

export const TYPE = "kompetanse-assessment"
export const VERSION = 1
const ROUNDS = 10
const DOCUMENTED = 10

const DEEPEST = 100

const isText = (value, most) => typeof value === "string" && value.length <= most && !/\p{Surrogate}/u.test(value)
const isId = value => isText(value, 200) && /^[a-z0-9][a-z0-9-]*$/.test(value)
const isLevel = (value, least, most) => Number.isInteger(value) && value >= least && value <= most
const isList = (value, most, holds) => Array.isArray(value) && value.length <= most && value.every(holds)
const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value)
const optional = holds => value => value === undefined || value === null || holds(value)

const isEvidence = value => isObject(value) && ["test", "confirmed"].includes(value.kind) && isLevel(value.level, 1, 4) && isDay(value.day)
const isAnswerLevel = value => value === null || isLevel(value, 0, 4)

const ANSWER = {
  competence: isId,
  title: optional(value => isText(value, 500)),
  level: isAnswerLevel,
  day: isDay,
  note: optional(value => isText(value, 2000)),
  evidence: optional(value => isList(value, DOCUMENTED, isEvidence)),
}
const ROUND = { day: isDay, levels: value => isObject(value) && Object.entries(value).every(([id, level]) => isId(id) && isAnswerLevel(level)) }
const WHOLE = {
  region: isId,
  content_version: optional(value => isText(value, 64)),
  made: isDay,
  person: value => isText(value, 36) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  name: optional(value => isText(value, 100)),
  roles: value => isList(value, 20, isId) && value.length > 0,
  answers: value => isList(value, 1000, isObject),
  history: optional(value => isList(value, ROUNDS, isObject)),
}

/** Return the first key of `value` that does not hold, under `path`; null when all do. */
function firstFault(value, keys, path = "") {
  const wrong = Object.entries(keys).find(([key, holds]) => !holds(value[key]))
  return wrong ? `${path}${wrong[0]}` : null
}

/** Read the text of a file: {assessment} or {fault: {key, values}}, where `key` is one of the page's words. */
export function parse(text, file) {
  const found = jsonOf(text)
  if (found === undefined) return { fault: { key: "file.damaged", values: { file } } }
  if (!isObject(found) || found.type !== TYPE) return { fault: { key: "file.foreign", values: { file } } }
  if (Number.isInteger(found.version) && found.version > VERSION) return { fault: { key: "file.newer", values: { file } } }
  const key = found.version === VERSION ? faultOf(found) : "version"
  return key ? { fault: { key: "file.wrong", values: { file, key } } } : { assessment: whole(found) }
}

/** Return what `text` holds, or undefined when it is no JSON or deeper than any mapping. Of a key that stands twice the last counts. */
function jsonOf(text) {
  try {
    const found = JSON.parse(text)
    return isDeep(found, DEEPEST) ? undefined : found
  } catch {
    return undefined
  }
}

const isDeep = (value, left) =>
  typeof value === "object" && value !== null && (left === 0 || Object.values(value).some(one => isDeep(one, left - 1)))

function faultOf(found) {
  const inside = (name, keys) => (found[name] ?? []).map((one, place) => firstFault(one, keys, `${name}[${place}].`)).find(Boolean)
  return firstFault(found, WHOLE) ?? inside("answers", ANSWER) ?? inside("history", ROUND) ?? null
}

/** Return `found` with the keys that we know, and what may be left out as its empty form. */
const whole = found => ({
  type: TYPE, version: VERSION, region: found.region, content_version: found.content_version ?? null, made: found.made,
  person: found.person, name: legible(found.name ?? ""), roles: [...new Set(found.roles)],
  answers: [...new Map(found.answers.map(one => [one.competence, answerOf(one)])).values()],
  history: (found.history ?? []).map(({ day, levels }) => ({ day, levels })),
})

const answerOf = one => ({
  competence: one.competence, title: legible(one.title ?? one.competence), level: one.level, day: one.day, note: one.note ?? "",
  evidence: (one.evidence ?? []).map(({ kind, level, day }) => ({ kind, level, day })),
})

/** Return a mapping against `roles` without any answer. */
export const empty = (framework, roles, today) => whole({
  region: framework.region, content_version: framework.content_version, made: today, person: randomId(), roles, answers: [],
})

/** Return a random UUID (RFC 9562, version 4), also where the site is read without https. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map(one => one.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

/** Return `assessment` for other roles; the answers stay. */
export const withRoles = (assessment, roles) => ({ ...assessment, roles: [...roles] })

/** Return `assessment` with an answer to `competence` {title, day, level, note?, evidence?}. */
export function withAnswer(assessment, competence, answer) {
  const others = assessment.answers.filter(one => one.competence !== competence)
  return { ...assessment, answers: [...others, answerOf({ ...answer, competence })] }
}

/** Return `assessment` ready for a new round: the levels go into the history, what is documented stays. */
export function withNewRound(assessment) {
  const round = { day: assessment.made, levels: Object.fromEntries(assessment.answers.map(one => [one.competence, one.level])) }
  const documented = assessment.answers.filter(one => one.evidence.length).map(one => ({ ...one, level: null }))
  return { ...assessment, answers: documented, history: [...assessment.history, round].slice(-ROUNDS) }
}

/** Return what is handed to a leader: with the person's name, without notes and without earlier rounds. */
export const withoutPrivate = (assessment, name) => ({
  ...assessment, name, history: [], answers: assessment.answers.map(one => ({ ...one, note: "" })),
})

/** Return what an answer claims: the person's own word, unless she is not sure, and what she says is documented. */
export const claimsOf = answer => [
  ...(answer.level === null ? [] : [{ level: answer.level, evidence: "self", day: answer.day }]),
  ...answer.evidence.map(one => ({ level: one.level, evidence: one.kind, day: one.day })),
]

/** Return `assessment` with the ids of today's framework, and what has changed, as words to say: {assessment, changes}. */
export function follow(assessment, framework) {
  const now = id => idToday(id, framework)
  const changes = [...roleChanges(assessment.roles, framework), ...answerChanges(assessment.answers, framework)]
  const answers = new Map()
  for (const one of assessment.answers) {
    const id = now(one.competence)
    answers.set(id, { ...joined(answers.get(id), one), competence: id })
  }
  const history = assessment.history.map(round => ({ ...round, levels: Object.fromEntries(Object.entries(round.levels).map(([id, level]) => [now(id), level])) }))
  const roles = [...new Set(assessment.roles.map(now))].filter(id => Object.hasOwn(framework.roles, id))
  return { assessment: { ...assessment, roles, answers: [...answers.values()], history }, changes }
}

/** Return two answers to what is now one competence as one: the newer, the first of two of one day, with what is documented in both. */
const joined = (first, second) =>
  first ? { ...(first.day < second.day ? second : first), evidence: [...first.evidence, ...second.evidence].slice(-DOCUMENTED) } : second

/** Follow an id that was renamed; what a file names, such as "constructor", is looked up among what the framework itself holds. */
export const idToday = (id, framework) => (Object.hasOwn(framework.former, id) ? framework.former[id] : id)
const known = (items, id) => (Object.hasOwn(items, id) ? items[id] : null)

function roleChanges(roles, framework) {
  return roles.flatMap(id => {
    const now = idToday(id, framework)
    const found = known(framework.roles, now)
    if (!found) return [{ key: "file.role_gone", values: { id } }]
    if (found.retired) return [{ key: "file.role_retired", values: { title: found.title } }]
    return now === id ? [] : [{ key: "file.role_renamed", values: { old: id, new: found.title } }]
  })
}

function answerChanges(answers, framework) {
  return answers.flatMap(one => {
    const now = idToday(one.competence, framework)
    const found = known(framework.competences, now)
    if (!found) return [{ key: "file.gone", values: { title: one.title } }]
    if (found.retired) return [{ key: "file.retired", values: { title: found.title } }]
    return now === one.competence ? [] : [{ key: "file.renamed", values: { old: one.title, new: found.title } }]
  })
}
