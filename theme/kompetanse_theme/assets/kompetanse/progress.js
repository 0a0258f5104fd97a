// How far one has come: modules that are begun or completed, and where one left each course. Nothing is kept before the
// person asks for it; then it stays on the device, under the name "progress".

import { today } from "./day.js"
import { element, whenReady } from "./element.js"
import { forgetting } from "./forget.js"
import * as store from "./store.js"
import { inWords, say, wordsOf } from "./words.js"

const KEPT = "progress"
const STATES = ["begun", "done"]

/** Return progress without anything in it. */
export const empty = () => ({ version: 1, modules: {}, courses: {}, latest: null })

/** Return progress as it was kept; null when nothing was, or when it is damaged or of a later version. */
export function parse(value) {
  if (!isTable(value) || value.version !== 1 || !isTable(value.modules) || !isTable(value.courses)) return null
  const modules = Object.entries(value.modules).filter(([, one]) => STATES.includes(one?.state) && typeof one.day === "string")
  const courses = Object.entries(value.courses).filter(([, one]) => typeof one?.last === "string")
  return { version: 1, modules: Object.fromEntries(modules), courses: Object.fromEntries(courses), latest: typeof value.latest === "string" ? value.latest : null }
}

const isTable = value => typeof value === "object" && value !== null && !Array.isArray(value)

/** Return `progress` with a module marked as "begun" or "done". */
export const marked = (progress, module, state, day) => ({ ...progress, modules: { ...progress.modules, [module]: { state, day } } })

/** Return `progress` after a visit: what was not begun is, and the course is left at this module. */
export function visited(progress, course, module, day) {
  const begun = stateOf(progress, module) ? progress : marked(progress, module, "begun", day)
  return course ? { ...begun, courses: { ...begun.courses, [course]: { last: module } }, latest: course } : begun
}

/** Return "begun", "done" or null for a module. */
export const stateOf = (progress, module) => Object.hasOwn(progress?.modules ?? {}, module) ? progress.modules[module].state : null

/** Return how far a course has come: {done, total, state: "done" | "begun" | "none"}, by the modules that are in it now. */
export function courseState(progress, moduleIds) {
  const known = parse(progress)
  const states = moduleIds.map(id => stateOf(known, id))
  const done = states.filter(one => one === "done").length
  const state = done > 0 && done === moduleIds.length ? "done" : states.some(Boolean) ? "begun" : "none"
  return { done, total: moduleIds.length, state }
}

/** Return the module to go on with: where one left; when that is done, what comes after it; else the first not done. */
export function next(progress, course, moduleIds) {
  const last = Object.hasOwn(progress?.courses ?? {}, course) ? progress.courses[course].last : null
  const from = Math.max(0, moduleIds.indexOf(last))
  return [...moduleIds.slice(from), ...moduleIds.slice(0, from)].find(id => stateOf(progress, id) !== "done") ?? null
}

const read = () => parse(store.read(KEPT))
const ids = text => (text ?? "").split(" ").filter(Boolean)
const button = (text, onclick, look = "") => element("button", { type: "button", class: `kmp-button${look && ` kmp-button--${look}`}`, onclick }, text)

/** What the places on a page share: its words, and how progress is kept. */
class Place {
  constructor(root) {
    Object.assign(this, { root, data: root.dataset, words: wordsOf(root), outcome: null })
    this.status = element("p", { role: "status", class: "kmp-small" })
    this.body = element("div", {})
    root.hidden = false
    root.append(this.body, this.status)
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  /** Keep `progress`, and say so where it went wrong. */
  keep(progress, key = "progress.kept") {
    const outcome = store.write(KEPT, progress)
    this.announce(outcome === store.SAVED ? key : `progress.${outcome}`)
    return outcome === store.SAVED
  }

  announce(key) {
    this.status.textContent = key ? this.say(key) : ""
  }

  async forget() {
    await store.removeAll()
    this.announce("device.forgotten")
    this.body.querySelector("button")?.focus()
  }

  /** Return a word for how far something has come, as a tag. */
  tag(state, key = `progress.${state}`, values = {}) {
    return element("span", { class: `kmp-status kmp-status--${state}` }, this.say(key, values))
  }

  /** Show again whenever what is kept changes, here or in another window. */
  follow(show) {
    store.onChange(name => name === KEPT && show())
    show()
  }
}

/** Write a word behind each row that names its module. */
function tellRows(place, rows, progress) {
  for (const row of rows) {
    row.querySelector(":scope > .kmp-progress-word")?.remove()
    const state = stateOf(progress, row.dataset.module)
    if (state) row.append(element("span", { class: "kmp-progress-word" }, ` (${place.say(`progress.row.${state}`)})`))
  }
}

/** The end of a module: mark it as completed, undo that, delete all. */
function mountModule(root) {
  const place = new Place(root)
  const { module, course, day } = place.data
  const rows = document.querySelectorAll(".kmp-outline [data-module]")
  const kept = read()
  if (kept) store.write(KEPT, visited(kept, course, module, today(day)))
  const set = state => {
    const progress = visited(read() ?? empty(), course, module, today(day))
    if (!place.keep(marked(progress, module, state, today(day)), `progress.now.${state}`)) return
    place.body.querySelector("button").focus()
  }
  place.follow(() => {
    const progress = read()
    const one = stateOf(progress, module) === "done" ? progress.modules[module] : null
    const act = one
      ? [element("p", {}, place.tag("done", "progress.done_on", { day: inWords(place.words, one.day) })), element("p", { class: "kmp-actions" }, button(place.say("progress.undo"), () => set("begun"), "secondary"))]
      : [element("p", { class: "kmp-actions" }, button(place.say("progress.mark"), () => set("done")))]
    place.body.replaceChildren(...act, progress ? forgetting(place) : element("p", { class: "kmp-small" }, place.say("progress.hint")))
    tellRows(place, rows, progress)
  })
}

/** A course: how many of its modules are completed, where to go on, and the offer to keep that. */
function mountCourse(root) {
  const place = new Place(root)
  const { course, modules } = place.data
  const rows = document.querySelectorAll(".kmp-modules [data-module]")
  const start = () => {
    if (place.keep({ ...(read() ?? empty()), latest: course })) place.body.querySelector("a, button").focus()
  }
  place.follow(() => {
    const progress = read()
    const offer = [element("p", { class: "kmp-actions" }, button(place.say("progress.save"), start, "secondary")), element("p", { class: "kmp-small" }, place.say("progress.hint"))]
    const found = progress && [bar(place, courseState(progress, ids(modules))), goOn(place, progress, course, ids(modules), rows), forgetting(place)]
    place.body.replaceChildren(...(found ?? offer).filter(Boolean))
    document.querySelector("[data-kmp-start]")?.classList.toggle("kmp-button--secondary", place.body.querySelector("a.kmp-button") !== null)
    tellRows(place, rows, progress)
  })
}

function bar(place, { done, total }) {
  return element("div", { class: "kmp-progress" },
    element("p", {}, element("strong", {}, place.say("progress.count", { count: done, total }))),
    element("div", { class: "kmp-bar", "aria-hidden": "true", data: { share: total ? Math.round((10 * done) / total) : 0 } }))
}

function goOn(place, progress, course, modules, rows) {
  const id = courseState(progress, modules).state === "begun" ? next(progress, course, modules) : null
  const link = [...rows].find(row => row.dataset.module === id)?.querySelector("a")
  if (!link) return null
  return element("p", { class: "kmp-actions" }, element("a", { class: "kmp-button", href: link.getAttribute("href") }, place.say("progress.go_on", { title: link.textContent })))
}

/** A list of courses: a word behind each that is begun or completed. */
function mountList(root) {
  const place = new Place(root)
  place.follow(() => {
    const progress = read()
    for (const row of document.querySelectorAll("[data-kmp-list] > [data-modules]")) {
      row.querySelector(":scope > .kmp-status")?.remove()
      const { state, done, total } = courseState(progress, ids(row.dataset.modules))
      if (progress && state !== "none") row.querySelector("a").after(" ", place.tag(state, `progress.course.${state}`, { count: done, total }))
    }
  })
}

/** The first page: the course that was open last, and where to go on in it. */
function mountHome(root) {
  const place = new Place(root)
  place.follow(async () => {
    const progress = read()
    const course = progress?.latest && (await courses(place.data.source))?.[progress.latest]
    const id = course && next(progress, progress.latest, Object.keys(course.modules))
    if (!id) return place.body.replaceChildren()
    const { done, total } = courseState(progress, Object.keys(course.modules))
    const { title, address } = course.modules[id]
    place.body.replaceChildren(element("section", { class: "kmp-panel", "aria-labelledby": "kmp-go-on" },
      element("h2", { id: "kmp-go-on" }, place.say("progress.left")),
      element("p", {}, element("a", { href: beside(place.data.source, course.address) }, course.title), ` – ${place.say("progress.count", { count: done, total })}`),
      element("p", { class: "kmp-actions" }, element("a", { class: "kmp-button", href: beside(place.data.source, address) }, place.say("progress.go_on", { title })))))
    return null
  })
}

const beside = (source, address) => new URL(address, new URL(source, document.baseURI)).href

async function courses(source) {
  try {
    const answer = await fetch(source)
    return answer.ok ? await answer.json() : null
  } catch {
    return null // without a network the first page is as it was
  }
}

whenReady("progress-module", mountModule)
whenReady("progress-course", mountCourse)
whenReady("progress-list", mountList)
whenReady("progress-home", mountHome)
