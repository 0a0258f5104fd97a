// The plan: courses in order, with minutes, next sessions and what a course cannot give.

import { joined } from "./calendar-file.js"
import { element } from "./element.js"
import { download } from "./files.js"
import { button } from "./mapping-roles.js"
import { path } from "./path.js"
import { courseState } from "./progress.js"
import { EVIDENCE } from "./standing.js"
import * as store from "./store.js"
import { length } from "./words.js"

const SHOWN = 3

/** Return the view. */
export function planView(journey) {
  const open = journey.standings().filter(one => one.gap > 0)
  const needs = open.filter(one => one.state !== "unconfirmed").map(({ requirement, effective }) => (
    { competence: requirement.competence, level: requirement.level, has: effective, kind: requirement.kind }))
  const { steps, uncovered } = path(needs, journey.courses)
  const hint = element("p", { class: "kmp-small kmp-no-print", role: "status" })
  return element("div", { class: "kmp-stack kmp-plan" },
    element("h2", { tabindex: "-1" }, journey.say("plan.title")),
    steps.length ? total(journey, steps) : element("p", {}, journey.say("plan.nothing")),
    element("p", { class: "kmp-actions kmp-no-print" },
      calendar(journey, steps, hint),
      button(journey, "mapping.print", () => print(), "secondary"),
      button(journey, "mapping.back_to_result", () => journey.go("resultat"), "quiet")),
    hint,
    steps.length > 0 && element("ol", { class: "kmp-plan__steps" }, steps.map(one => step(journey, one))),
    list(journey, "plan.uncovered", uncovered.map(id => title(journey, id))),
    list(journey, "plan.confirm", unconfirmed(journey, open, steps)))
}

function total(journey, steps) {
  const known = steps.map(one => journey.courses[one.course].minutes).filter(Boolean)
  const unknown = steps.length - known.length
  const minutes = known.reduce((sum, one) => sum + one, 0)
  return element("div", { class: "kmp-panel" },
    element("p", {}, element("strong", {}, minutes
      ? journey.say("plan.all", { courses: journey.count("plan.courses", steps.length), length: length(journey.words, minutes) })
      : journey.count("plan.courses", steps.length))),
    unknown > 0 && element("p", { class: "kmp-small" }, journey.count("plan.unknown_length", unknown)))
}

function step(journey, { course: id, closes, raises, only_before }) {
  const course = journey.courses[id]
  const about = [course.minutes && length(journey.words, course.minutes), journey.say(`delivery.${course.delivery}`)].filter(Boolean).join(" · ")
  const names = ids => ids.map(one => journey.competences[one]?.title ?? journey.names[one] ?? one).join(", ")
  return element("li", { data: { course: id } },
    element("h3", {}, courseLink(journey, id, course.title)),
    element("p", { class: "kmp-small" }, about),
    progress(journey, course),
    closes.length > 0 && element("p", {}, journey.say("plan.closes", { names: names(closes) })),
    raises.length > 0 && element("p", {}, journey.say("plan.raises", { names: names(raises) })),
    only_before && element("p", {}, journey.say("plan.only_before")),
    sessions(journey, course))
}

function progress(journey, course) {
  const kept = store.read("progress")
  const { state, done, total: all } = courseState(kept, course.modules ?? [])
  const looks = { done: "done", begun: "begun", none: "none" }
  const words = { done: journey.say("plan.done"), begun: journey.say("plan.begun", { count: done, total: all }), none: journey.say("plan.to_do") }
  return element("p", {}, element("span", { class: `kmp-status kmp-status--${looks[state]}` }, words[state]))
}

/** Return the sessions that are not over by the device's clock. */
const coming = (journey, course) => course.sessions.filter(one => one.ends.slice(0, 10) >= journey.today)

function sessions(journey, course) {
  const found = coming(journey, course)
  if (!found.length) return course.delivery === "self-paced" ? null : element("p", { class: "kmp-small" }, journey.say("plan.no_sessions"))
  return element("div", {},
    element("h4", {}, journey.say("plan.sessions")),
    element("ul", { class: "kmp-meetings" }, found.slice(0, SHOWN).map(one => element("li", {},
      element("a", { href: one.address }, element("time", { datetime: one.starts }, one.when)),
      [one.place, one.municipality].filter(Boolean).length > 0 && ` – ${[one.place, one.municipality].filter(Boolean).join(", ")}`))))
}

/** Return the button that gives the first session of each course to the person's calendar; `hint` says what it gives. */
function calendar(journey, steps, hint) {
  const first = steps.map(one => coming(journey, journey.courses[one.course])[0]).filter(Boolean)
  if (!first.length) return null
  hint.textContent = journey.say("plan.calendar_hint")
  const take = async () => {
    try {
      const files = await Promise.all(first.map(one => fetch(one.calendar).then(answer => (answer.ok ? answer.text() : Promise.reject(answer.status)))))
      download("plan.ics", joined(files), "text/calendar")
    } catch {
      hint.textContent = journey.say("mapping.unreachable")
    }
  }
  return button(journey, "plan.calendar", take)
}

const title = (journey, id) => {
  const { title: words, language, address } = journey.competences[id]
  return element("a", { href: address, lang: language }, words)
}

/** Return what needs stronger evidence than the courses of the plan give, each with the courses whose test would do. */
function unconfirmed(journey, open, steps) {
  const planned = steps.map(one => one.course)
  return open
    .map(({ requirement }) => ({ requirement, courses: documenting(journey, requirement) }))
    .filter(({ requirement, courses }) => requirement.evidence !== "self" && !courses.some(id => planned.includes(id)))
    .map(({ requirement, courses }) => [
      title(journey, requirement.competence), `: ${journey.say(`evidence.${requirement.evidence}`).toLowerCase()}`,
      courses.flatMap(id => [" – ", courseLink(journey, id, journey.say("plan.confirm_course", { title: journey.courses[id].title }))]),
    ].flat())
}

/** Return the courses whose certificate is the evidence that `requirement` asks for, at its level. */
const documenting = (journey, requirement) => Object.keys(journey.courses).sort().filter(id => {
  const { certificate, teaches } = journey.courses[id]
  return EVIDENCE.indexOf(certificate) >= EVIDENCE.indexOf(requirement.evidence) && teaches[requirement.competence] >= requirement.level
})

const courseLink = (journey, id, words) => element("a", { href: journey.courses[id].address, lang: journey.courses[id].language }, words)

function list(journey, key, rows) {
  if (!rows.length) return null
  return element("section", {},
    element("h3", {}, journey.say(key)),
    element("p", {}, journey.say(`${key}_text`)),
    element("ul", {}, rows.map(row => element("li", {}, row))))
}
