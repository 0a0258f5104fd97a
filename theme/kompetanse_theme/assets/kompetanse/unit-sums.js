// What the people of a unit can together. The rules stand in docs/mapping.md; learning/unit.py answers alike.

import { order, people, sorted } from "./group.js"
import { byPriority, WEIGHT } from "./standing.js"

/** An average of fewer people would say too much of each. */
export const FEWEST = 5
/** States in which a requirement is met today. */
export const MET = ["met", "expiring"]

const isMet = one => MET.includes(one.state)
const weight = kind => WEIGHT.indexOf(kind)

/** Return what `files` [{name, assessment} or {name, fault}] say of the unit on the day `today`. */
export function unit(files, framework, today) {
  const { people: found, notices } = people(sorted(files, one => [one.name]), framework, today)
  const roles = byTitle([...new Set(found.flatMap(one => one.roles))], framework.roles)
  const places = found.flatMap(placesOf)
  const missing = missingOf(places)
  const expiring = sorted(places.filter(one => one.standing.state === "expiring"), ({ standing }) => [standing.expires, standing.requirement.competence])
  const standings = found.flatMap(one => one.standings)
  return {
    today,
    framework,
    people: found,
    roles,
    rows: rowsOf(roles, found, framework),
    missing,
    expiring,
    guiding: guidingOf(found, framework),
    notices,
    changes: changesOf(found),
    summary: {
      files: files.length,
      people: found.length,
      roles: roles.length,
      met: standings.filter(isMet).length,
      total: standings.length,
      missing: missing.length,
      statutory: missing.filter(one => one.standing.requirement.kind === "statutory").length,
      expiring: expiring.length,
      uncounted: files.length - found.length,
    },
  }
}

const byTitle = (ids, named) => sorted(ids, id => [...order(named[id].title), id])

function rowsOf(roles, found, framework) {
  const cells = new Map()
  for (const role of roles) {
    const having = found.filter(one => one.byRole.has(role)).map(one => one.byRole.get(role))
    for (const [place, { competence }] of framework.requirements[role].entries()) {
      if (!cells.has(competence)) cells.set(competence, new Map())
      cells.get(competence).set(role, cellOf(having.map(one => one[place])))
    }
  }
  const rows = [...cells].map(([competence, across]) => ({ competence, kind: weightiest([...across.values()]), cells: across }))
  return sorted(rows, one => [weight(one.kind), ...order(framework.asked[one.competence].title), one.competence])
}

const weightiest = cells => WEIGHT[Math.min(...cells.map(one => weight(one.kind)))]

function cellOf(standings) {
  const [met, total] = [standings.filter(isMet).length, standings.length]
  const { level, kind } = standings[0].requirement
  const word = met === total ? "all" : met ? "some" : "none"
  return { level, kind, met, total, word, tenths: average(standings.map(one => one.effective)) }
}

/** Return the average of `levels` in tenths, half up; null for fewer than `FEWEST`. */
export function average(levels) {
  const sum = levels.reduce((total, one) => total + one, 0)
  return levels.length >= FEWEST ? Math.floor((20 * sum + levels.length) / (2 * levels.length)) : null
}

const placesOf = person => person.standings.map(standing => ({ person, standing, roles: asking(person, standing.requirement.competence) }))

const asking = (person, competence) =>
  person.roles.filter(role => person.byRole.get(role).some(one => one.requirement.competence === competence))

function missingOf(places) {
  const open = places.filter(one => !isMet(one.standing))
  const ranks = new Map(byPriority(open.map(one => one.standing)).map((standing, rank) => [standing, rank]))
  return sorted(open, one => [ranks.get(one.standing)])
}

function guidingOf(found, framework) {
  const lacking = new Map()
  for (const person of found) {
    for (const { requirement: { competence } } of person.standings.filter(one => !isMet(one))) {
      if (!lacking.has(competence)) lacking.set(competence, [])
      lacking.get(competence).push(person)
    }
  }
  return byTitle([...lacking.keys()], framework.asked).map(competence => {
    const learners = lacking.get(competence)
    return { competence, guides: found.filter(one => one.guides.has(competence) && learners.some(who => who !== one)), learners }
  })
}

function changesOf(found) {
  const told = new Map()
  for (const person of found) {
    for (const [key, notice] of new Map(person.changes.map(one => [JSON.stringify(one), one]))) {
      told.set(key, { notice, files: (told.get(key)?.files ?? 0) + 1 })
    }
  }
  return [...told.values()]
}
