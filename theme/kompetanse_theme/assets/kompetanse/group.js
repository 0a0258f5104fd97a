// Which files are one person's, and where each person stands on what her roles ask for. The rules stand in docs/mapping.md;
// learning/group.py answers alike.

import { claimsOf, follow } from "./assessment.js"
import { both, byPriority, compare, standing } from "./standing.js"

const ALPHABET = { æ: "{", ø: "|", å: "}", ä: "{", ö: "|" }
const HIGHEST = 4

/** Return a sort key in the order of the Norwegian alphabet. */
export function order(text) {
  const lower = text.toLowerCase()
  return [lower.replace(/[æøåäö]/g, sign => ALPHABET[sign]), lower]
}

/** Return `name` without what sets two spellings of one name apart: spaces and case. */
export const folded = name => name.normalize("NFC").replace(/[ \t\r\n\u00a0]+/g, " ").replace(/^ +| +$/g, "").toLowerCase()

/** Return `list` sorted by what `key` makes of each: a list that is compared part by part. */
export const sorted = (list, key) => list.map(one => [key(one), one]).sort(([a], [b]) => compare(a, b)).map(([, one]) => one)

/**
 * Return each person once, by name, and what is to tell of the files [{name, assessment} or {name, fault}], which stand in the
 * order of their names: {people, notices}. `framework` is that of framework.js' `whole`.
 */
export function people(files, framework, today) {
  const told = files.flatMap((one, place) => (one.fault ? [[place, one.fault]] : []))
  const found = []
  for (const pile of piles(files)) {
    const [newest, ...older] = sorted(pile.files, one => [one.assessment.made, one.place]).reverse()
    const name = [newest, ...older].map(one => one.assessment.name).find(one => folded(one)) ?? ""
    const person = personOf(newest.name, { ...newest.assessment, name }, framework, today)
    found.push(person)
    told.push(...about(newest, person, framework, today).map(one => [newest.place, one]))
    told.push(...older.map(one => [one.place, uncounted(one, newest)]))
  }
  return {
    people: sorted(found, one => [...order(one.name), ...order(one.file)]),
    notices: sorted(told, ([place]) => [place]).map(([, notice]) => notice),
  }
}

/** Gather files that share a person or a name, also through a third one. */
function piles(files) {
  let found = []
  for (const [place, { name, assessment }] of files.entries()) {
    if (!assessment) continue
    const marks = new Set([`id ${assessment.person}`, `name ${folded(assessment.name)}`].filter(one => one !== "name "))
    const same = found.filter(one => [...marks].some(mark => one.marks.has(mark)))
    const all = { marks: new Set([...marks, ...same.flatMap(one => [...one.marks])]), files: [...same.flatMap(one => one.files), { place, name, assessment }] }
    found = [...found.filter(one => !same.includes(one)), all]
  }
  return found
}

/** Say why a file does not count; two that only share a name may be two people's. */
const uncounted = (one, newest) => ({
  key: one.assessment.person === newest.assessment.person ? "unit.older" : "unit.same_name", values: { file: one.name, newer: newest.name },
})

function about({ name: file, assessment }, person, framework, today) {
  const days = [assessment.made, ...assessment.answers.flatMap(one => [one.day, ...one.evidence.map(proof => proof.day)])]
  const last = days.reduce((latest, day) => (day > latest ? day : latest))
  return [
    ...(assessment.region !== framework.region ? [{ key: "file.other_region", values: { file, region: assessment.region } }] : []),
    ...(last > today ? [{ key: "unit.future", values: { file, day: last } }] : []),
    ...(person.roles.length === 0 ? [{ key: "unit.no_roles", values: { file } }] : []),
  ]
}

function personOf(file, assessment, framework, today) {
  const { assessment: followed, changes } = follow(assessment, framework)
  const answers = new Map(followed.answers.map(one => [one.competence, one]))
  const claims = id => (answers.has(id) ? claimsOf(answers.get(id)) : [])
  const standings = requirements => requirements.map(one => standing(one, claims(one.competence), today))
  const roles = followed.roles.filter(id => Object.hasOwn(framework.requirements, id))
  const all = byPriority(standings(merged(roles.flatMap(id => framework.requirements[id]))))
  return {
    name: folded(assessment.name) ? assessment.name : file,
    file,
    made: assessment.made,
    roles,
    byRole: new Map(roles.map(id => [id, standings(framework.requirements[id])])),
    standings: all,
    guides: new Set([
      ...followed.answers.filter(one => one.level === HIGHEST).map(one => one.competence),
      ...all.filter(one => one.effective === HIGHEST).map(one => one.requirement.competence),
    ]),
    changes,
  }
}

function merged(requirements) {
  const found = new Map()
  for (const one of requirements) found.set(one.competence, found.has(one.competence) ? both(found.get(one.competence), one) : one)
  return [...found.values()]
}
