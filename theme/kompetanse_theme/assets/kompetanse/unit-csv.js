// A unit as a table for a spreadsheet; builder/kompetanse/evidence/unit_csv.py writes the same bytes.

import { changeInWords, level, noticeInWords, versionOf } from "./unit-words.js"
import { say } from "./words.js"

const COLUMNS = [
  "unit", "person", "role", "competence", "kind", "basis", "required", "evidence_required", "own", "effective", "evidence", "gap", "state",
  "expires", "made", "file", "day", "version", "note",
]

/** Return the table as Norwegian spreadsheets open it: UTF-8 with a mark, semicolons, CRLF. */
export const unitCsv = (words, unit) => `\ufeff${rows(words, unit).map(row => `${row.map(cell).join(";")}\r\n`).join("")}`

/** Return one cell; what a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV Injection). */
function cell(text) {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function rows(words, unit) {
  const people = unit.people.flatMap(person => person.roles.flatMap(role => person.byRole.get(role).map(one => row(words, unit, person, role, one))))
  return [
    COLUMNS.map(name => say(words, `unit.col.${name}`)),
    ...people,
    ...unit.notices.map(one => note(unit, one.values.file ?? "", noticeInWords(words, one))),
    ...unit.changes.map(one => note(unit, "", changeInWords(words, one))),
  ]
}

function row(words, unit, person, role, one) {
  const { requirement } = one
  return [
    unit.name,
    person.name,
    unit.framework.roles[role].title,
    unit.framework.asked[requirement.competence].title,
    say(words, `requirement.${requirement.kind}`),
    requirement.basis ?? "",
    level(words, requirement.level),
    say(words, `evidence.${requirement.evidence}`),
    level(words, one.own),
    level(words, one.effective),
    one.evidence ? say(words, `evidence.${one.evidence}`) : "",
    String(one.gap),
    say(words, `state.${one.state}`),
    one.expires ?? "",
    person.made,
    person.file,
    unit.today,
    versionOf(unit),
    "",
  ]
}

function note(unit, file, text) {
  const values = { unit: unit.name, file, day: unit.today, version: versionOf(unit), note: text }
  return COLUMNS.map(name => values[name] ?? "")
}
