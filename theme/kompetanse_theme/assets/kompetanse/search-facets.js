// The choices by which a search is narrowed: one group of checkboxes for each facet, with how many results each value has.

import { element } from "./element.js"
import { FACETS } from "./search-state.js"
import { say } from "./words.js"

const MOST = 20
const TABLES = { kind: "index", level: "level", language: "language", delivery: "delivery", minutes: "find.minutes" }

/** Return the name of a value: a title, or one of the site's words; else the value itself. */
export function nameOf(facet, value, words, titles) {
  return titles[facet]?.[value] ?? words[`${TABLES[facet]}.${value}`] ?? value
}

/** Return the values of a facet in the order in which they are shown, [[value, pages]]; what is chosen stays, with none. */
export function ordered(facet, counts, chosen, name) {
  const every = { ...Object.fromEntries(chosen.map(value => [value, 0])), ...counts }
  const inOrder = (one, other) => (["level", "minutes"].includes(facet)
    ? (Number(one[0]) || Infinity) - (Number(other[0]) || Infinity)
    : other[1] - one[1] || name(one[0]).localeCompare(name(other[0])))
  return Object.entries(every).sort(inOrder)
}

/** Return those of `values` that are shown at first: the first of them, and what is chosen. */
export const foremost = (values, chosen) => values.filter(([value], at) => at < MOST || chosen.includes(value))

/**
 * Return the groups of facets that make a difference: those with two values or more, or with one that is chosen. Of many values
 * the first are shown, of facets in `whole` all; a button calls `unfold` with the facet.
 */
export function groups(facets, where, { words, titles, whole, unfold }) {
  return FACETS.map(facet => {
    const name = value => nameOf(facet, value, words, titles), chosen = where[facet] ?? []
    const values = ordered(facet, facets[facet] ?? {}, chosen, name)
    if (values.length < 2 && !where[facet]) return null
    const shown = whole.has(facet) ? values : foremost(values, chosen)
    const all = say(words, "find.values", { count: values.length })
    const more = shown.length < values.length && element("button", { type: "button", class: "kmp-button kmp-button--quiet", onclick: () => unfold(facet) }, all)
    return group(facet, shown, chosen, name, words, more)
  }).filter(Boolean)
}

const group = (facet, values, chosen, name, words, more) =>
  element("fieldset", { class: "kmp-find__facet" },
    element("legend", {}, say(words, `find.facet.${facet}`)),
    element("div", { class: "kmp-find__values" }, values.map(([value, pages]) =>
      element("label", {},
        element("input", { type: "checkbox", name: facet, value, checked: chosen.includes(value) }),
        element("span", {}, name(value), " ", element("span", { class: "kmp-small" }, `(${pages})`))))),
    more)
