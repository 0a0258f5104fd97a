// Answer the shared cases of the rules in docs/mapping.md with the browser's modules. As a program: a case as JSON on each line
// of standard input, its answer on a line of standard output.

import { argv, stdin } from "node:process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

import { parse } from "../../theme/kompetanse_theme/assets/kompetanse/assessment.js"
import { joined } from "../../theme/kompetanse_theme/assets/kompetanse/framework.js"
import { path } from "../../theme/kompetanse_theme/assets/kompetanse/path.js"
import { both, byPriority, standing } from "../../theme/kompetanse_theme/assets/kompetanse/standing.js"
import { unitCsv } from "../../theme/kompetanse_theme/assets/kompetanse/unit-csv.js"
import { unit } from "../../theme/kompetanse_theme/assets/kompetanse/unit-sums.js"

const asks = keys => ({ kind: "mandatory", evidence: "self", level: 1, ...keys })

function standingOf({ requirement, claims, today }) {
  const { requirement: _, ...found } = standing(asks(requirement), claims, today)
  return found
}

const priority = given => byPriority(given.map(one => ({ ...one, requirement: asks(one.requirement) }))).map(one => one.requirement.competence)

function ofUnit({ files, index, roles, today, words, name }) {
  const read = files.map(({ name, text }) => ({ name, ...parse(text, name) }))
  const found = unit(read, joined(index, roles), today)
  const place = ({ person, standing: one, roles: asking }) => [person.name, one.requirement.competence, one.state, one.gap, asking]
  const notice = ({ key, values }) => [key, values]
  const cell = ({ level, kind, met, total, word, tenths }) => [level, kind, met, total, word, tenths]
  return {
    people: found.people.map(one => ({ name: one.name, file: one.file, roles: one.roles, guides: [...one.guides].sort() })),
    roles: found.roles,
    rows: found.rows.map(({ competence, kind, cells }) => ({ competence, kind, cells: Object.fromEntries([...cells].sort().map(([role, one]) => [role, cell(one)])) })),
    missing: found.missing.map(place),
    expiring: found.expiring.map(place),
    guiding: found.guiding.map(one => [one.competence, one.guides.map(who => who.name), one.learners.map(who => who.name)]),
    notices: found.notices.map(notice),
    changes: found.changes.map(one => [notice(one.notice), one.files]),
    summary: found.summary,
    ...(words && { csv: unitCsv(words, { ...found, name: name ?? "" }) }),
  }
}

const ANSWERS = {
  standing: standingOf,
  priority,
  both: ({ first, second }) => both(asks(first), asks(second)),
  path: ({ needs, courses }) => path(needs, courses),
  unit: ofUnit,
}

/** Return the answer to a case: {about, given}. */
export const answer = ({ about, given }) => ANSWERS[about](given)

if (argv[1] === fileURLToPath(import.meta.url)) {
  for await (const line of createInterface({ input: stdin })) console.log(JSON.stringify(answer(JSON.parse(line))))
}
