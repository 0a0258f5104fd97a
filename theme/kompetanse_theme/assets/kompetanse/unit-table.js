// The tables of the unit view: what is missing, what runs out, role × competence, people, and who can guide whom.

import { element } from "./element.js"
import { averageInWords, level } from "./unit-words.js"
import { MET } from "./unit-sums.js"
import { inWords, say } from "./words.js"

const STATE = { met: "done", expiring: "soon", unconfirmed: "begun", expired: "missing", partial: "begun", missing: "missing" }
const WORD = { all: "done", some: "begun", none: "missing" }

const small = text => element("span", { class: "kmp-small" }, text)
const status = (look, text) => element("span", { class: `kmp-status kmp-status--${look}` }, text)
const kindTag = (words, kind) => element("span", { class: `kmp-tag kmp-tag--${kind}` }, say(words, `requirement.${kind}`))
const titles = (unit, roles) => roles.map(id => unit.framework.roles[id].title).join(", ")

/** Return what a row is found by: role, kind, area, state, each a list of values. */
const findable = (unit, competence, roles, kinds, state) => ({ roles, kinds, areas: [unit.framework.asked[competence].area ?? ""], states: [state] })

const row = (found, ...cells) => Object.assign(element("tr", {}, ...cells), { found })

function table(words, name, columns, rows) {
  const caption = say(words, `unit.caption.${name}`)
  return element("div", { class: "kmp-scroll kmp-unit__scroll", role: "region", "aria-label": caption, tabindex: "0" },
    element("table", { class: `kmp-table kmp-unit__${name}` },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, columns)),
      element("tbody", {}, rows)))
}

const headings = (words, ...names) => names.map(name => element("th", { scope: "col" }, say(words, `unit.col.${name}`)))

function competenceOf(unit, id) {
  const { title, address, language } = unit.framework.asked[id]
  return element("a", { href: address, lang: language }, title)
}

/** Return all that is missing, the most important first. */
export function missingTable(words, unit) {
  const rows = unit.missing.map(({ person, standing, roles }) => {
    const { requirement } = standing
    return row(findable(unit, requirement.competence, roles, [requirement.kind], "open"),
      element("th", { scope: "row" }, person.name),
      element("td", {}, competenceOf(unit, requirement.competence)),
      element("td", {}, titles(unit, roles)),
      element("td", {}, kindTag(words, requirement.kind), requirement.basis && small(` ${requirement.basis}`)),
      element("td", {}, level(words, requirement.level)),
      element("td", {}, level(words, standing.effective)),
      element("td", {}, status(STATE[standing.state], say(words, `state.${standing.state}`)), standing.expires && small(` ${inWords(words, standing.expires)}`)))
  })
  return table(words, "missing", headings(words, "person", "competence", "roles", "kind", "required", "effective", "state"), rows)
}

/** Return all that runs out soon, by day. */
export function expiringTable(words, unit) {
  const rows = unit.expiring.map(({ person, standing, roles }) =>
    row(findable(unit, standing.requirement.competence, roles, [standing.requirement.kind], "expiring"),
      element("th", { scope: "row" }, inWords(words, standing.expires)),
      element("td", {}, person.name),
      element("td", {}, competenceOf(unit, standing.requirement.competence)),
      element("td", {}, titles(unit, roles)),
      element("td", {}, kindTag(words, standing.requirement.kind))))
  return table(words, "expiring", headings(words, "left", "person", "competence", "roles", "kind"), rows)
}

/** Return role × competence: how many meet each requirement, in a word and in numbers. */
export function heatmap(words, unit) {
  const columns = [...headings(words, "competence"), ...unit.roles.map(id => element("th", { scope: "col", data: { role: id } }, unit.framework.roles[id].title))]
  const rows = unit.rows.map(one =>
    row({ ...findable(unit, one.competence, [...one.cells.keys()], [...new Set([...one.cells.values()].map(cell => cell.kind))]), states: statesOf(unit, one) },
      element("th", { scope: "row" }, competenceOf(unit, one.competence), element("br"), kindTag(words, one.kind)),
      unit.roles.map(id => cellOf(words, id, one.cells.get(id)))))
  return table(words, "table", columns, rows)
}

/** Return what a competence is found by: open when it is missing for somebody, expiring, met when all who must meet it. */
function statesOf(unit, { competence }) {
  const states = unit.people.flatMap(person => person.standings.filter(one => one.requirement.competence === competence).map(one => one.state))
  const open = states.some(one => !MET.includes(one))
  return [open ? "open" : "met", ...(states.includes("expiring") ? ["expiring"] : [])]
}

function cellOf(words, role, cell) {
  if (!cell) return element("td", { class: "kmp-unit__empty", data: { role } }, say(words, "unit.cell.empty"))
  const average = averageInWords(words, cell)
  return element("td", { class: `kmp-unit__${cell.word}`, data: { role } },
    status(WORD[cell.word], say(words, `unit.cell.${cell.word}`)), " ",
    element("span", { class: "kmp-unit__count" }, say(words, "unit.cell.count", cell)), element("br"),
    small(say(words, "unit.cell.asks", { level: level(words, cell.level) })),
    average && [element("br"), small(average)])
}

/** Return everybody who is counted. */
export function peopleTable(words, unit) {
  const rows = unit.people.map(one => {
    const met = one.standings.filter(each => MET.includes(each.state)).length
    return Object.assign(element("tr", {},
      element("th", { scope: "row" }, one.name),
      element("td", {}, titles(unit, one.roles)),
      element("td", {}, say(words, "unit.cell.met", { count: met, total: one.standings.length })),
      element("td", {}, inWords(words, one.made)),
      element("td", {}, one.file)), { roles: one.roles })
  })
  return table(words, "people", headings(words, "person", "roles", "met", "made", "file"), rows)
}

/** Return who can guide whom in what somebody lacks. */
export function guidingTable(words, unit) {
  const rowOf = new Map(unit.rows.map(one => [one.competence, one]))
  const rows = unit.guiding.map(({ competence, guides, learners }) => {
    const cells = rowOf.get(competence).cells
    return row(findable(unit, competence, [...cells.keys()], [...new Set([...cells.values()].map(one => one.kind))], "open"),
      element("th", { scope: "row" }, competenceOf(unit, competence)),
      element("td", {}, guides.map(one => one.name).join(", ") || say(words, "unit.cell.no_guide")),
      element("td", {}, learners.map(one => one.name).join(", ")))
  })
  return table(words, "guiding", headings(words, "competence", "guides", "learners"), rows)
}
