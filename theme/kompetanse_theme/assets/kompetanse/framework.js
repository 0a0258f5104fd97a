// The framework as the site publishes it: names of all roles and competences, and what each role requires.

import { both } from "./standing.js"

/** Fetch the names of all roles and competences from the folder `source`. */
export const framework = source => json(`${source}rammeverk.json`)

/** Fetch what `roles` require; a role that is not there any more is left out. */
export async function requirementsOf(source, known, roles) {
  const there = roles.filter(id => Object.hasOwn(known.roles, id) && !known.roles[id].retired)
  return merge(await Promise.all(there.map(id => json(`${source}${id}.json`))))
}

/** The site could not be reached. */
export class Unreachable extends Error {}

async function json(address) {
  const answer = await fetch(address).catch(error => { throw new Unreachable(error.message) })
  if (!answer.ok) throw new Unreachable(`${address}: ${answer.status}`)
  return answer.json()
}

/**
 * Return the files of several roles as one: {requirements, competences, courses, names}. A competence stands once, with what
 * meets all who ask for it; `roles` of a requirement are their titles.
 */
export function merge(files) {
  const found = new Map()
  for (const file of files) {
    for (const requirement of file.requirements) {
      const known = found.get(requirement.competence)
      found.set(requirement.competence, known
        ? { ...both(known, requirement), roles: [...known.roles, file.title] }
        : { ...requirement, roles: [file.title] })
    }
  }
  return {
    requirements: [...found.values()],
    competences: Object.assign({}, ...files.map(file => file.competences)),
    courses: Object.assign({}, ...files.map(file => file.courses)),
    names: Object.assign({}, ...files.map(file => file.names)),
  }
}

/** Return the index and the files of roles as what a unit is reckoned against: {…index, requirements by role, asked competences}. */
export const joined = (index, files) => ({
  ...index,
  requirements: Object.fromEntries(files.map(one => [one.id, one.requirements])),
  asked: Object.assign({}, ...files.map(one => one.competences)),
})

/** Fetch the framework from the folder `source`, with what each of `roles` requires. */
export async function whole(source, index, roles) {
  const there = roles.filter(id => Object.hasOwn(index.roles, id) && !index.roles[id].retired)
  return joined(index, await Promise.all(there.map(id => json(`${source}${id}.json`))))
}
