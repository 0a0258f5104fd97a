// Narrow the tables of the unit by role, kind of requirement, area and state.

import { element } from "./element.js"
import { WEIGHT } from "./standing.js"
import { count, say } from "./words.js"

const PLACES = { role: "roles", kind: "kinds", area: "areas", state: "states" }

/** Tell whether a row that is found by {roles, kinds, areas, states} is among what is asked for, {role, kind, area, state}. */
export const isAsked = (found, asked) => Object.entries(PLACES).every(([name, place]) => !asked[name] || found[place].includes(asked[name]))

/** Return the form that narrows what is in `place`. */
export function filterForm(words, unit, place) {
  const areas = [...new Set(Object.values(unit.framework.asked).map(one => one.area).filter(Boolean))].sort()
  const shown = element("p", { role: "status" })
  const form = element("form", { class: "kmp-filter", "aria-label": say(words, "unit.filter.title") },
    choice(words, "role", unit.roles.map(id => [id, unit.framework.roles[id].title])),
    choice(words, "kind", WEIGHT.map(kind => [kind, say(words, `requirement.${kind}`)])),
    areas.length > 0 && choice(words, "area", areas.map(area => [area, area])),
    choice(words, "state", ["open", "expiring", "met"].map(state => [state, say(words, `unit.filter.${state}`)])),
    element("button", { type: "reset" }, say(words, "unit.filter.reset")), shown)
  const narrow = () => {
    const number = show(place, { area: "", ...Object.fromEntries(new FormData(form)) }, say(words, "unit.empty.filtered"))
    shown.textContent = count(words, "unit.filter.count", number)
  }
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("input", narrow)
  form.addEventListener("reset", () => setTimeout(narrow))
  return form
}

function choice(words, name, options) {
  const id = `kmp-unit-${name}`
  return element("div", {},
    element("label", { for: id }, say(words, `unit.filter.${name}`)),
    element("select", { id, name }, element("option", { value: "" }, say(words, "unit.filter.any")), options.map(([value, text]) => element("option", { value }, text))))
}

/** Hide what is not asked for, and return how many competences of the large table are left. */
function show(place, asked, nothing) {
  for (const row of place.querySelectorAll("tbody tr")) {
    row.hidden = row.found ? !isAsked(row.found, asked) : Boolean(asked.role) && !row.roles.includes(asked.role)
  }
  for (const cell of place.querySelectorAll("[data-role]")) cell.hidden = Boolean(asked.role) && cell.dataset.role !== asked.role
  for (const table of place.querySelectorAll(".kmp-unit__scroll")) {
    const empty = !table.querySelector("tbody tr:not([hidden])")
    table.hidden = empty
    table.nextElementSibling?.matches(".kmp-unit__nothing") && table.nextElementSibling.remove()
    if (empty) table.after(element("p", { class: "kmp-unit__nothing" }, nothing))
  }
  return place.querySelectorAll(".kmp-unit__table tbody tr:not([hidden])").length
}
