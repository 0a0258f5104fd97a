// What is told of a unit, in the page's words; builder/kompetanse/evidence/unit_words.py says the same.

import { count, inWords, say } from "./words.js"

/** Return a level with its number; nothing when there is none. */
export const level = (words, number) => (number === null || number === undefined ? "" : `${number} ${say(words, `level.${number}`)}`)

/** Say what there is to tell of a file. */
export function noticeInWords(words, { key, values }) {
  return say(words, key, "day" in values ? { ...values, day: inWords(words, values.day) } : values)
}

/** Say what has changed in the framework, and how many files that concerns. */
export const changeInWords = (words, { notice, files }) =>
  `${say(words, notice.key.replace("file.", "unit.change."), notice.values)} ${count(words, "unit.change.files", files)}`

/** Return the average of a cell; nothing when it is for too few. */
export function averageInWords(words, { tenths }) {
  if (tenths === null) return ""
  return say(words, "unit.cell.average", { average: `${Math.floor(tenths / 10)}${say(words, "unit.cell.decimal")}${tenths % 10}` })
}

/** Return the first signs of the framework's commit; nothing when nobody knows. */
export const versionOf = unit => (unit.framework.content_version ?? "").slice(0, 7)

function asOf(words, unit) {
  const [day, version] = [inWords(words, unit.today), versionOf(unit)]
  return version ? say(words, "unit.sum.day", { day, version }) : say(words, "unit.sum.day_without_version", { day })
}

/** Say in a few sentences how the unit stands. */
export function summaryInWords(words, unit) {
  const { summary } = unit
  const head = ["files", "people", "roles"].map(name => count(words, `unit.sum.${name}`, summary[name]))
  const rest = ["expiring", "uncounted"].filter(name => summary[name]).map(name => count(words, `unit.sum.${name}`, summary[name]))
  return [
    `${head.join(", ")}. ${asOf(words, unit)}`,
    say(words, "unit.sum.met", { count: summary.met, total: summary.total }),
    count(words, "unit.sum.missing", summary.missing, { statutory: summary.statutory }),
    ...rest,
  ]
}
