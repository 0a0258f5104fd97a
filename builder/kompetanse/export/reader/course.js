// A course on one page: one lesson is shown at a time, questions are answered where they stand, and whoever keeps the record hears of it.
// Without this script all lessons stand one after another, with the answers folded.

import { decode, encode, needed, standing } from "./course-state.js"
import { element } from "./element.js"
import { Questions } from "./quiz.js"
import { say } from "./words.js"

/**
 * Show the course of this page, kept by `record`.
 *
 * `open()` returns, now or later, `{ state, best, mode, status }`: what `save` was given last time, the best score that the
 * record holds, `kept`, `review`, `alone`, `offline` or `lost`, and `passed` or `completed` if it is so; where the system says so also
 * `pass`, the share that passes in per cent, and `leave`, which goes back to it. `save` gets `{ state, place, standing, answer }`
 * for each thing the reader does, and returns, now or later, whether it was taken.
 */
export function start(record) {
  const root = document.documentElement
  root.classList.add("js") // in the head, before anything is painted
  const mount = async () => {
    try {
      new CoursePage(record, await record.open()).begin()
    } catch (error) {
      root.classList.remove("js") // then all of it can be read
      throw error
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount)
  else mount()
}

const toneOf = what => what === "passed" || what === "completed" ? "done" : what

class CoursePage {
  constructor(record, kept) {
    this.record = record
    this.kept = kept
    this.main = document.querySelector("main")
    this.allWords = JSON.parse(document.querySelector("#kmp-words").textContent)
    this.words = this.allWords[document.documentElement.lang]
    this.lessons = [...this.main.querySelectorAll(":scope > .kmp-lesson")]
    this.links = [...document.querySelectorAll(".kmp-contents li a")]
    this.build()
    if (kept.pass !== undefined && this.course.tasks.length) this.course.pass = kept.pass
    this.progress = decode(this.course, kept.state)
    if (kept.best !== null) this.progress.best = Math.max(kept.best, this.progress.best ?? 0)
    this.done = kept.status === "passed" || (kept.status === "completed" && !this.course.tasks.length)
    this.acted = false
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  /** Make questions that can be answered, and learn from them what the course consists of. */
  build() {
    this.questions = []
    const tasks = []
    this.lessons.forEach((lesson, at) => {
      const group = new Questions(this.allWords[lesson.lang] ?? this.words, {
        prefix: `kmp-task-${at}`,
        note: this.kept.mode === "kept" ? "package.counts" : "package.tries",
        heard: (question, chosen) => this.answered(question, chosen),
      })
      for (const block of lesson.querySelectorAll(".kmp-quiz[data-question]")) {
        const question = group.add(block)
        if (!question) continue
        this.questions.push(question)
        tasks.push({ id: block.dataset.question, right: question.right, options: question.options.length, lesson: at })
      }
    })
    const pass = this.main.dataset.pass
    this.course = { lessons: this.lessons.map(one => one.id), tasks, pass: tasks.length ? Number(pass) : null }
  }

  begin() {
    this.progress.answers.forEach((answer, at) => {
      if (answer && (answer.right || answer.chosen.length)) this.questions[at].restore(answer.chosen)
    })
    this.frame()
    const asked = this.lessonOf(location.hash)
    this.show(asked ?? this.progress.place)
    if (asked !== null) this.target()?.scrollIntoView()
    addEventListener("hashchange", () => this.follow())
    for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(event, () => this.act(), { passive: true })
  }

  /** Look anew whether the end of what is shown can be seen. */
  watch() {
    this.watching?.disconnect()
    this.watching = new IntersectionObserver(entries => {
      this.atEnd = entries.at(-1).isIntersecting
      if (this.atEnd && this.acted) this.read(this.at)
    })
    this.watching.observe(this.steps)
  }

  /** Find the places that are written in as the reader goes on. */
  frame() {
    this.steps = this.main.querySelector(":scope > .kmp-steps")
    this.line = document.querySelector(".kmp-progress__line")
    this.bar = document.querySelector(".kmp-progress__bar")
    this.result = this.main.querySelector(":scope > .kmp-standing")
    this.told = document.querySelector(".kmp-told")
    this.toggle = document.querySelector(".kmp-contents__toggle")
    this.toggle.addEventListener("click", () => this.open(this.toggle.getAttribute("aria-expanded") !== "true"))
    if (this.kept.leave) this.told.before(element("p", { class: "kmp-actions" }, element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: this.kept.leave }, this.say("package.leave"))))
    this.tell(this.kept.mode === "kept" ? "" : this.kept.mode)
  }

  open(open) {
    this.toggle.setAttribute("aria-expanded", String(open))
    document.querySelector(".kmp-contents").toggleAttribute("data-open", open)
  }

  /** Say how the course is kept or that it is done; nothing when `what` is empty. */
  tell(what) {
    if (this.told.dataset.tone === toneOf(what)) return // nothing is announced twice
    this.told.dataset.tone = toneOf(what)
    this.told.textContent = what ? this.say(`package.${what}`) : ""
  }

  target() {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)))
  }

  /** Return the place of the lesson that `hash` leads to or into; null when it leads elsewhere. */
  lessonOf(hash) {
    const lesson = hash.length > 1 ? this.target()?.closest("main > .kmp-lesson") : null
    return lesson ? this.lessons.indexOf(lesson) : null
  }

  /** Go where the address says; whoever comes into a lesson begins at its heading. */
  follow() {
    const at = this.lessonOf(location.hash)
    if (at === null) return
    const whole = this.target() === this.lessons[at]
    if (at !== this.at) {
      if (at === this.at + 1 || this.atEnd || this.at === 0) this.mark(this.at)
      this.show(at)
      this.save()
    }
    this.open(false)
    if (whole) {
      scrollTo(0, 0)
      this.lessons[at].querySelector("h1").focus({ preventScroll: true })
    } else {
      this.target().scrollIntoView()
    }
  }

  show(at) {
    this.at = this.progress.place = at
    this.atEnd = false
    this.lessons.forEach((lesson, place) => lesson.toggleAttribute("data-shown", place === at))
    this.links.forEach((link, place) => {
      if (place === at) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    })
    this.links[at].scrollIntoView({ block: "nearest" })
    document.title = `${this.lessons[at].querySelector("h1").textContent} – ${this.main.dataset.title}`
    this.steps.replaceChildren(...this.step("previous", at - 1), ...this.step("next", at + 1))
    this.update()
    this.watch()
  }

  step(which, at) {
    const lesson = this.lessons[at]
    if (!lesson) return []
    const title = element("span", { class: "kmp-steps__title", lang: lesson.lang }, this.links[at].querySelector(".kmp-contents__title").textContent)
    return [element("a", { class: `kmp-steps__${which}`, href: `#${lesson.id}`, rel: which === "next" ? "next" : "prev" }, element("span", {}, this.say(`module.${which}`)), " ", title)]
  }

  /** The reader has done something: what was open and closed at once is not read. */
  act() {
    if (this.acted) return
    this.acted = true
    if (this.atEnd) this.read(this.at)
  }

  /** A lesson is read when its end was seen, when one went on from it, or when all its questions are answered; the first when it is left. */
  mark(at) {
    const news = !this.progress.read[at]
    this.progress.read[at] = true
    return news
  }

  read(at) {
    if (!this.mark(at)) return
    this.save()
  }

  answered(question, chosen) {
    const at = this.questions.indexOf(question)
    const task = this.course.tasks[at]
    const right = question.result === "right"
    this.progress.answers[at] = { chosen, right }
    const whole = this.course.tasks.every((one, place) => one.lesson !== task.lesson || this.progress.answers[place])
    if (whole) this.mark(task.lesson)
    const lesson = this.lessons[task.lesson]
    this.save({ id: task.id, asked: question.asked, language: lesson.lang, chosen, right, short: !task.options })
  }

  save(answer = null) {
    const now = standing(this.course, this.progress)
    this.progress.best = now.best
    const taken = this.record.save({ state: encode(this.course, this.progress), place: this.course.lessons[this.at], standing: now, answer })
    if (this.kept.mode === "kept") Promise.resolve(taken).then(good => this.tell(good ? this.news(now) : "lost"))
    this.update()
  }

  /** Return what there is to say: that all is done, for the rest of the visit in which it came so far. */
  news(now) {
    this.fresh ||= now.done && !this.done
    this.done ||= now.done
    return this.fresh ? (now.total ? "passed" : "completed") : ""
  }

  /** Write how far one has come, in the frame and under the last lesson. */
  update() {
    const now = standing(this.course, this.progress)
    const done = this.done || now.done
    this.line.textContent = [this.say("package.read", { count: now.read, total: now.lessons }), now.total ? this.say("package.right", { count: now.right, total: now.total }) : ""].filter(Boolean).join(" · ")
    this.bar.style.setProperty("--kmp-share", `${Math.round(100 * (now.read + now.answered) / (now.lessons + now.total))}%`)
    this.links.forEach((link, place) => {
      link.toggleAttribute("data-read", this.progress.read[place])
      link.querySelector(".kmp-contents__state").textContent = this.progress.read[place] ? this.say("package.is_read") : ""
    })
    this.result.hidden = this.at !== this.lessons.length - 1
    this.result.toggleAttribute("data-done", done)
    this.result.replaceChildren(...this.sum(now, done))
  }

  sum(now, done) {
    const title = element("h2", { id: "kmp-standing-title" }, this.say(done ? (now.total ? "package.passed" : "package.completed") : "package.standing"))
    if (done) return [title, element("p", {}, now.total && now.best !== null ? this.say("package.passed_text", { score: now.best }) : this.say("package.completed_text"))]
    const rows = [this.say("package.read", { count: now.read, total: now.lessons })]
    if (now.total) rows.push(this.say("package.needed", { count: now.right, total: now.total, needed: needed(this.course), pass: this.course.pass }))
    return [title, element("ul", {}, rows.map(row => element("li", {}, row))), ...this.left()]
  }

  /** Name the lessons that are not read, or that have questions left. */
  left() {
    const open = this.lessons.map((_, at) => ({ at, why: this.why(at) })).filter(one => one.why)
    if (!open.length) return []
    const rows = open.map(({ at, why }) => element("li", {}, element("a", { href: `#${this.lessons[at].id}`, lang: this.lessons[at].lang }, this.links[at].querySelector(".kmp-contents__title").textContent), ` (${why})`))
    return [element("p", {}, this.say("package.left")), element("ul", {}, rows)]
  }

  why(at) {
    const enough = this.progress.best !== null && this.progress.best >= this.course.pass
    const wrong = enough ? 0 : this.course.tasks.filter((task, place) => task.lesson === at && !this.progress.answers[place]?.right).length
    const words = [this.progress.read[at] ? "" : this.say("package.not_read"), wrong ? this.say(`package.tasks.${wrong === 1 ? "one" : "many"}`, { count: wrong }) : ""]
    return words.filter(Boolean).join(", ")
  }
}
