// One competence at a time: the level texts in words, what documents it, a note.

import { isDay } from "./day.js"
import { element } from "./element.js"
import { button } from "./mapping-roles.js"

const LEVELS = [1, 2, 3, 4]
const NOT_SURE = "unsure"

/** Return the view of question `number`, counted from 1. */
export function questionView(journey, number) {
  const total = journey.requirements.length
  const place = Math.min(Math.max(number || 1, 1), total) - 1
  const requirement = journey.requirements[place]
  if (!requirement) return nothing(journey)
  const competence = journey.competences[requirement.competence]
  const form = element("form", { class: "kmp-question", novalidate: true })
  const documented = documentation(journey, requirement)
  form.append(
    choices(journey, requirement, competence),
    documented.element,
    note(journey, requirement),
    ways(journey, place, total))
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (documented.isWhole()) journey.go(place + 1 < total ? `sporsmal-${place + 2}` : "resultat")
  })
  return element("div", { class: "kmp-stack" },
    progress(journey, place, total),
    element("h2", { tabindex: "-1", lang: competence.language }, competence.title),
    asked(journey, requirement),
    form,
    overview(journey, place))
}

function nothing(journey) {
  return element("div", { class: "kmp-stack" },
    element("h2", { tabindex: "-1" }, journey.say("mapping.no_requirements")),
    element("p", {}, button(journey, "mapping.change_roles", () => journey.go("roller"))))
}

function progress(journey, place, total) {
  const answered = journey.requirements.filter(one => journey.answerTo(one.competence)).length
  return element("div", { class: "kmp-progress" },
    element("p", { class: "kmp-small" }, `${journey.say("mapping.number", { number: place + 1, total })}. ${journey.say("mapping.answered", { count: answered, total })}.`),
    element("div", { class: "kmp-bar", "aria-hidden": "true", style: null, data: { share: Math.round((10 * answered) / total) } }))
}

function asked(journey, requirement) {
  const several = journey.assessment.roles.length > 1
  return element("div", { class: "kmp-asked" },
    element("p", {}, element("span", { class: `kmp-tag kmp-tag--${requirement.kind}` }, journey.say(`requirement.${requirement.kind}`)),
      requirement.basis ? ` ${requirement.basis}` : ""),
    element("p", {}, element("strong", {}, journey.say("mapping.required", { level: journey.level(requirement.level) })), ". ",
      journey.say("mapping.shown_with", { evidence: journey.say(`evidence.${requirement.evidence}`).toLowerCase() }), "."),
    several && element("p", { class: "kmp-small" }, journey.say("mapping.required_by", { roles: requirement.roles.join(", ") })))
}

function choices(journey, requirement, competence) {
  const answer = journey.answerTo(requirement.competence)
  const before = lastLevel(journey, requirement.competence)
  const is = level => answer !== null && answer.level === level
  const rows = [
    choice("0", is(0), journey.say("mapping.none_of_these"), journey.say("mapping.none_of_these_text")),
    ...LEVELS.map(level => choice(String(level), is(level), journey.level(level), competence.levels[level - 1], competence.language)),
    choice(NOT_SURE, is(null), journey.say("mapping.not_sure"), journey.say("mapping.not_sure_text")),
  ]
  const group = element("fieldset", {},
    element("legend", {}, journey.say("mapping.question")),
    before && element("p", { class: "kmp-small" }, `${journey.say("mapping.col.before")}: ${before}`),
    rows)
  group.addEventListener("change", event => {
    const { value } = event.target
    change(journey, requirement, { level: value === NOT_SURE ? null : Number(value) })
  })
  return group
}

const choice = (value, checked, title, text, language) => element("label", { class: "kmp-choice" },
  element("input", { type: "radio", name: "level", value, checked }),
  element("span", {}, element("strong", {}, title), element("br"), element("span", { lang: language }, text)))

/** Return the level of the last round in words; null when there was none. */
export function lastLevel(journey, competence) {
  const last = journey.assessment.history.at(-1)
  if (!last || !(competence in last.levels)) return null
  return journey.answerInWords({ level: last.levels[competence] })
}

/** Change a part of the answer; what is not answered yet has the level of «not sure». */
function change(journey, requirement, part) {
  const answer = journey.answerTo(requirement.competence) ?? { level: null, note: "", evidence: [] }
  journey.answer(requirement.competence, { level: answer.level, note: answer.note, evidence: answer.evidence, ...part })
  const status = document.querySelector(".kmp-mapping .kmp-kept")
  if (status) status.textContent = journey.keepingInWords()
}

/** Return the fields of what documents the competence, and whether they are whole: nothing, or all of it. */
function documentation(journey, requirement) {
  const evidence = journey.answerTo(requirement.competence)?.evidence.at(-1)
  const kind = select("kmp-kind", [["", journey.say("mapping.documentation_none")], ...["test", "confirmed"].map(one => [one, journey.say(`evidence.${one}`)])], evidence?.kind ?? "")
  const level = select("kmp-level", LEVELS.map(one => [String(one), journey.level(one)]), String(evidence?.level ?? requirement.level))
  const day = element("input", { type: "date", id: "kmp-day", max: journey.today, value: evidence?.day ?? "", "aria-describedby": "kmp-day-fault" })
  const fault = element("p", { class: "kmp-fault", id: "kmp-day-fault", role: "alert" })
  const rest = element("div", { class: "kmp-documentation__rest" },
    field(journey, "mapping.documentation_level", level), field(journey, "mapping.documentation_day", day), fault)
  const valid = () => isDay(day.value) && day.value <= journey.today
  const take = () => {
    rest.hidden = !kind.value
    fault.textContent = ""
    day.removeAttribute("aria-invalid")
    if (!kind.value) change(journey, requirement, { evidence: [] })
    else if (valid()) change(journey, requirement, { evidence: [{ kind: kind.value, level: Number(level.value), day: day.value }] })
  }
  for (const one of [kind, level, day]) one.addEventListener("change", take)
  rest.hidden = !kind.value
  const isWhole = () => {
    if (!kind.value || valid()) return true
    fault.textContent = journey.say("mapping.documentation_day_wrong")
    day.setAttribute("aria-invalid", "true")
    day.focus()
    return false
  }
  const open = requirement.evidence !== "self" || evidence
  return {
    isWhole,
    element: element("details", { class: "kmp-documentation", open: Boolean(open) },
      element("summary", {}, journey.say("mapping.documentation")),
      element("p", { class: "kmp-small" }, journey.say("mapping.documentation_hint")),
      field(journey, "mapping.documentation_kind", kind), rest),
  }
}

const select = (id, options, value) => element("select", { id, value: null }, options.map(([one, words]) => element("option", { value: one, selected: one === value }, words)))

const field = (journey, key, control) => element("div", { class: "kmp-field" }, element("label", { for: control.id }, journey.say(key)), control)

function note(journey, requirement) {
  const text = element("textarea", { id: "kmp-note", rows: 3, maxlength: 2000, "aria-describedby": "kmp-note-hint" })
  text.value = journey.answerTo(requirement.competence)?.note ?? ""
  text.addEventListener("change", () => change(journey, requirement, { note: text.value }))
  return element("details", { class: "kmp-note", open: Boolean(text.value) },
    element("summary", {}, journey.say("mapping.note")),
    element("div", { class: "kmp-field" },
      element("label", { for: text.id }, journey.say("mapping.note")),
      element("p", { class: "kmp-small", id: "kmp-note-hint" }, journey.say("mapping.note_hint")), text))
}

function ways(journey, place, total) {
  const last = place + 1 === total
  return element("div", {},
    element("p", { class: "kmp-actions" },
      element("button", { class: "kmp-button" }, journey.say(last ? "mapping.to_result" : "mapping.next")),
      place > 0 && button(journey, "mapping.previous", () => journey.go(`sporsmal-${place}`), "secondary"),
      !last && button(journey, "mapping.to_result", () => journey.go("resultat"), "secondary")),
    element("p", { class: "kmp-small kmp-kept" }, journey.keepingInWords()))
}

function overview(journey, place) {
  return element("details", { class: "kmp-outline" },
    element("summary", {}, journey.say("mapping.overview")),
    element("ol", {}, journey.requirements.map((one, number) => {
      const { title, language } = journey.competences[one.competence]
      const link = element("a", { href: `#sporsmal-${number + 1}`, lang: language, "aria-current": number === place ? "step" : null }, title)
      return element("li", {}, link, ` – ${journey.answerInWords(journey.answerTo(one.competence))}`)
    })),
    element("p", {}, button(journey, "mapping.change_roles", () => journey.go("roller"), "quiet")))
}
