// The result: every requirement with what is asked, what the person has and what is missing, the most important first.

import { withoutPrivate } from "./assessment.js"
import { element } from "./element.js"
import { download, fileName } from "./files.js"
import { forgetting } from "./forget.js"
import { lastLevel } from "./mapping-question.js"
import { button, notices } from "./mapping-roles.js"
import * as store from "./store.js"

/** How a state looks: the class of its tag. Its word stands in the page's own words. */
export const LOOK = { met: "done", expiring: "soon", unconfirmed: "begun", expired: "missing", partial: "begun", missing: "missing" }

const MET = ["met", "expiring"]

/** Return the view. */
export function resultView(journey) {
  const standings = journey.standings()
  return element("div", { class: "kmp-stack kmp-result" },
    element("h2", { tabindex: "-1" }, journey.say("mapping.result")),
    journey.notices.length > 0 && notices(journey),
    standings.length ? summary(journey, standings) : element("p", {}, journey.say("mapping.no_requirements")),
    element("p", { class: "kmp-actions kmp-no-print" },
      standings.length > 0 && button(journey, "mapping.to_plan", () => journey.go("plan")),
      standings.length > 0 && button(journey, "mapping.back_to_questions", () => journey.go("sporsmal-1"), "secondary"),
      button(journey, "mapping.change_roles", () => journey.go("roller"), "secondary"),
      button(journey, "mapping.print", () => print(), "quiet")),
    standings.length > 0 && table(journey, standings),
    element("p", { class: "kmp-small" }, journey.say("mapping.self_only")),
    keeping(journey))
}

function summary(journey, standings) {
  const open = standings.filter(one => !MET.includes(one.state))
  const statutory = open.filter(one => one.requirement.kind === "statutory").length
  const unanswered = standings.filter(one => !one.answer).length
  const unsure = standings.filter(one => one.answer?.level === null).length
  const said = [
    element("strong", {}, journey.say("mapping.met", { count: standings.length - open.length, total: standings.length })),
    statutory > 0 && journey.count("mapping.statutory_open", statutory),
    unanswered > 0 && journey.count("mapping.unanswered_count", unanswered),
    unsure > 0 && journey.count("mapping.unsure_count", unsure),
  ]
  const last = journey.assessment.history.at(-1)
  return element("div", { class: "kmp-panel" },
    said.filter(Boolean).map(one => element("p", {}, one)),
    last && element("p", { class: "kmp-small" }, `${journey.say("mapping.compared", { day: journey.day(last.day) })}.`))
}

function table(journey, standings) {
  const compared = journey.assessment.history.length > 0
  const columns = ["competence", "required", "own", "status", ...(compared ? ["before"] : []), "change"]
  const caption = journey.say("mapping.caption")
  return element("div", { class: "kmp-scroll", role: "region", "aria-label": caption, tabindex: "0" },
    element("table", { class: "kmp-table kmp-requirements" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, columns.map(one => element("th", { scope: "col" }, journey.say(`mapping.col.${one}`))))),
      element("tbody", {}, standings.map(one => row(journey, one, compared)))))
}

function row(journey, one, compared) {
  const { requirement } = one
  const competence = journey.competences[requirement.competence]
  const label = name => ({ label: journey.say(`mapping.col.${name}`) })
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: competence.address, lang: competence.language }, competence.title)),
    element("td", { data: label("required") },
      element("strong", {}, journey.level(requirement.level)), element("br"),
      element("span", { class: `kmp-tag kmp-tag--${requirement.kind}` }, journey.say(`requirement.${requirement.kind}`)),
      requirement.basis && element("span", { class: "kmp-small" }, ` ${requirement.basis}`)),
    element("td", { data: label("own") }, journey.answerInWords(one.answer), element("br"),
      one.evidence && element("span", { class: "kmp-small" }, journey.say(`evidence.${one.evidence}`))),
    element("td", { data: label("status") },
      element("span", { class: `kmp-status kmp-status--${LOOK[one.state]}` }, journey.say(`state.${one.state}`)),
      element("br"), element("span", { class: "kmp-small" }, detail(journey, one))),
    compared && element("td", { data: label("before") }, comparison(journey, one)),
    element("td", { data: label("change"), class: "kmp-no-print" }, changing(journey, one, competence)))
}

function changing(journey, one, competence) {
  const number = journey.requirements.findIndex(other => other.competence === one.requirement.competence) + 1
  return element("a", { href: `#sporsmal-${number}`, "aria-label": journey.say("mapping.change_of", { title: competence.title }) }, journey.say("mapping.change"))
}

/** Say what the state means here: how much is missing, which evidence, until when. */
export function detail(journey, one) {
  const said = []
  if (one.gap && one.state !== "unconfirmed") said.push(journey.count("mapping.gap", one.gap))
  if (!MET.includes(one.state) && one.requirement.evidence !== "self") said.push(journey.say("mapping.needs", { evidence: journey.say(`evidence.${one.requirement.evidence}`).toLowerCase() }))
  if (one.expires) said.push(journey.say(MET.includes(one.state) ? "mapping.until" : "mapping.ended", { day: journey.day(one.expires) }))
  return said.join(", ")
}

function comparison(journey, one) {
  const { competence } = one.requirement
  const { levels } = journey.assessment.history.at(-1)
  if (!(competence in levels)) return journey.say("mapping.new")
  const [before, now] = [levels[competence] ?? 0, one.answer?.level ?? 0]
  if (before === now) return journey.say("mapping.same")
  return journey.say(now > before ? "mapping.up" : "mapping.down", { level: lastLevel(journey, competence).toLowerCase() })
}

/** Return the ways to keep the answers: on the device, in a file, in a file for the leader; and to delete them. */
function keeping(journey) {
  const status = element("p", { class: "kmp-kept", role: "status" }, journey.keepingInWords())
  const save = button(journey, "device.save", () => {
    journey.save()
    status.textContent = journey.keepingInWords()
    save.hidden = journey.saved
    forget.hidden = store.kept().length === 0
  })
  save.hidden = journey.saved
  const forget = forgetting(journey)
  forget.hidden = store.kept().length === 0
  return element("section", { class: "kmp-panel kmp-no-print", "aria-labelledby": "kmp-keep" },
    element("h3", { id: "kmp-keep" }, journey.say("mapping.keep_heading")),
    element("div", { class: "kmp-keep" }, element("p", {}, save), status, element("p", { class: "kmp-small" }, journey.say("device.save_hint"))),
    element("div", { class: "kmp-keep" },
      element("p", {}, button(journey, "mapping.download", () => takeAway(journey, journey.assessment, "kartlegging.json"), "secondary")),
      element("p", { class: "kmp-small" }, journey.say("mapping.download_hint"))),
    handingOver(journey),
    forget)
}

function takeAway(journey, assessment, name) {
  download(name, `${JSON.stringify({ ...assessment, made: journey.today }, null, 2)}\n`, "application/json")
  journey.dirty = false
  journey.announce("mapping.downloaded", { file: name })
}

function handingOver(journey) {
  const name = element("input", { id: "kmp-name", autocomplete: "name", maxlength: 100, "aria-describedby": "kmp-name-hint kmp-name-fault" })
  const fault = element("p", { class: "kmp-fault", id: "kmp-name-fault", role: "alert" })
  const form = element("form", { class: "kmp-keep", novalidate: true },
    element("div", { class: "kmp-field" },
      element("label", { for: name.id }, journey.say("mapping.name")),
      element("p", { class: "kmp-small", id: "kmp-name-hint" }, journey.say("mapping.name_hint")), name, fault),
    element("p", {}, element("button", { class: "kmp-button kmp-button--secondary" }, journey.say("mapping.hand_over"))),
    element("p", { class: "kmp-small" }, journey.say("mapping.hand_over_hint")))
  form.addEventListener("submit", event => {
    event.preventDefault()
    const given = name.value.trim()
    fault.textContent = given ? "" : journey.say("mapping.name_missing")
    if (!given) return name.focus()
    return takeAway(journey, withoutPrivate(journey.assessment, given), `kartlegging-${fileName(given)}-${journey.today}.json`)
  })
  return form
}
