// Questions that can be answered. Without this script they stand as a list with the answer folded under it.
// What is answered stays in the page: nothing is kept, nothing is sent. A package for an LMS shows them by the same classes,
// and hears of each answer.

import { element, whenReady } from "./element.js"
import { fold, say, wordsOf } from "./words.js"

const SIGNS = { right: "✓", wrong: "✗", missed: "○" }

/** Return what there is to say of each of `count` options: right, wrong, missed or null. `missed` is told of several choices only. */
export function outcomes(right, chosen, count) {
  const tellMissed = right.length > 1
  return Array.from({ length: count }, (_, place) => {
    if (chosen.includes(place)) return right.includes(place) ? "right" : "wrong"
    return tellMissed && right.includes(place) ? "missed" : null
  })
}

/** Judge a whole choice: right, partly (something in it is) or wrong. */
export function judge(right, chosen) {
  const hits = chosen.filter(place => right.includes(place)).length
  if (hits === right.length && hits === chosen.length) return "right"
  return hits ? "partly" : "wrong"
}

/** Judge what was written, whatever its case, letters, spaces and full stop. */
export const judgeText = (answers, written) => answers.some(one => bare(one) === bare(written)) ? "right" : "wrong"

const bare = text => fold(text).replace(/\s+/g, " ").trim().replace(/[.!]$/, "")

/** Count `results`, null where there is none yet. */
export function score(results) {
  return { total: results.length, answered: results.filter(Boolean).length, right: results.filter(one => one === "right").length }
}

/** One question of the page. */
class Question {
  constructor(block, number, page) {
    Object.assign(this, { block, page, kind: block.dataset.kind, result: null, name: `${page.prefix}-${number}` })
    this.right = (block.dataset.right ?? "").split(" ").filter(Boolean).map(Number)
    this.answers = JSON.parse(block.dataset.answers ?? "[]")
    this.folded = block.querySelector(".kmp-quiz__answer")
    this.list = block.querySelector(":scope > ul")
    this.told = [...this.folded.querySelectorAll(":scope > ul > li")]
  }

  /** Tell whether the page holds what the question says of itself. */
  get whole() {
    if (this.kind === "short") return this.answers.length > 0
    return this.list !== null && this.list.children.length === this.told.length && this.right.length > 0
  }

  build() {
    this.error = element("p", { class: "kmp-error", id: `${this.name}-error`, hidden: true })
    this.said = element("p", { class: "kmp-quiz__result", role: "status" })
    this.explanation = element("div", { class: "kmp-quiz__explanation", hidden: true })
    this.check = element("button", { class: "kmp-button" }, this.page.say("task.check"))
    this.again = element("button", { type: "button", class: "kmp-button kmp-button--secondary", hidden: true, onclick: () => this.reset(true) }, this.page.say("task.again"))
    this.fields = this.kind === "short" ? this.shortField() : this.optionFields()
    this.form = element("form", { class: "kmp-quiz__form", novalidate: true, onsubmit: event => this.answer(event), oninput: () => this.complain("") },
      this.group, this.error, this.said, this.explanation, element("p", { class: "kmp-actions" }, this.check, this.again))
    this.folded.hidden = true
    this.folded.before(this.form)
  }

  optionFields() {
    const type = this.kind === "multiple" ? "checkbox" : "radio"
    this.options = [...this.list.children].map((item, place) => {
      const input = element("input", { type, name: this.name, value: String(place), id: `${this.name}-${place}` })
      const note = element("p", { class: "kmp-quiz__note", hidden: true })
      return { input, note, row: element("li", {}, element("label", { class: "kmp-choice" }, input, element("span", {}, [...item.childNodes])), note) }
    })
    this.list.remove()
    const role = type === "radio" ? "radiogroup" : null
    this.group = element("fieldset", { role, "aria-describedby": this.howTo.id }, this.legend(), this.stem, this.howTo, element("ul", {}, this.options.map(one => one.row)))
    return this.options.map(one => one.input)
  }

  shortField() {
    const input = element("input", { type: "text", id: this.name, autocomplete: "off", autocapitalize: "off", spellcheck: "false" })
    const label = element("label", { for: this.name }, this.page.say("task.yours"))
    this.options = []
    this.group = element("fieldset", { "aria-describedby": this.howTo.id }, this.legend(), this.stem, this.howTo, element("div", { class: "kmp-field" }, label, input))
    return [input]
  }

  /** Return the first paragraph of what is asked, under its number, as the legend. */
  legend() {
    const title = this.block.querySelector(".kmp-quiz__title")
    const asked = this.block.querySelector(".kmp-quiz__stem > p:first-child")
    const parts = [element("span", { class: "kmp-quiz__title" }, [...title.childNodes])]
    if (asked) parts.push(" ", element("span", { class: "kmp-quiz__asked" }, [...asked.childNodes]))
    title.remove()
    asked?.remove()
    return element("legend", {}, parts)
  }

  /** What is asked, as text. */
  get asked() {
    return [this.block.querySelector(".kmp-quiz__asked"), this.stem].map(one => one?.textContent.trim()).filter(Boolean).join(" ")
  }

  get stem() {
    return this.block.querySelector(".kmp-quiz__stem")
  }

  get howTo() {
    const how = this.block.querySelector(".kmp-quiz__how")
    how.id = `${this.name}-how`
    return how
  }

  /** Take the answer; without one, say what is missing and go there. */
  answer(event) {
    event.preventDefault()
    const chosen = this.fields.filter(one => one.checked).map(one => Number(one.value))
    const text = this.kind === "short" ? this.fields[0].value.trim() : ""
    if (!chosen.length && !text) {
      this.complain({ single: "task.choose_first", multiple: "task.choose_some_first", short: "task.write_first" }[this.kind])
      this.fields[0].focus()
      return
    }
    this.take(chosen, text)
    this.page.heard(this, chosen)
    this.again.focus()
  }

  take(chosen, text) {
    this.result = text ? judgeText(this.answers, text) : judge(this.right, chosen)
    this.show(text ? [] : outcomes(this.right, chosen, this.options.length))
  }

  /** Show an answer that was given before: places of options. Of a short answer only a right one comes back, in its best spelling. */
  restore(chosen) {
    const text = this.kind === "short" ? this.answers[0] : ""
    if (text) this.fields[0].value = text
    for (const place of chosen) this.fields[place].checked = true
    this.take(chosen, text)
  }

  show(told) {
    told.forEach((outcome, place) => outcome && this.note(this.options[place].note, outcome, this.told[place]))
    const right = this.result === "right"
    const summary = this.page.update()
    this.block.dataset.result = this.result
    this.said.replaceChildren(...mark(right ? "right" : "wrong"), element("strong", {}, this.page.say(`task.result_${this.result}`)), summary ? ` ${summary}` : "")
    const explained = this.folded.querySelector(".kmp-quiz__explanation")
    this.explanation.replaceChildren(...(explained?.cloneNode(true).childNodes ?? []))
    this.explanation.hidden = !explained
    this.folded.hidden = right && this.kind !== "short"
    for (const one of this.fields) one.disabled = true
    this.check.hidden = true
    this.again.hidden = false
  }

  note(place, outcome, told) {
    const feedback = told.querySelector(".kmp-quiz__feedback")
    const word = this.page.say(outcome === "missed" ? "task.missed" : `quiz.${outcome}`)
    place.replaceChildren(...mark(outcome), element("strong", {}, word), ...(feedback ? [": ", ...feedback.cloneNode(true).childNodes] : []))
    place.dataset.outcome = outcome
    place.hidden = false
  }

  /** Put the question back as it was before it was answered. */
  reset(focus = false) {
    this.result = null
    delete this.block.dataset.result
    for (const one of this.fields) Object.assign(one, { disabled: false, checked: false })
    if (this.kind === "short") this.fields[0].value = ""
    for (const { note } of this.options) note.hidden = true
    this.said.replaceChildren()
    for (const one of [this.explanation, this.folded, this.again]) one.hidden = true
    this.folded.open = false
    this.check.hidden = false
    this.page.update()
    if (focus) this.fields[0].focus()
  }

  /** Say that `key` is wrong, or that nothing is. */
  complain(key) {
    if (!key && this.error.hidden) return
    this.error.replaceChildren(...(key ? [...mark("wrong"), this.page.say(key)] : []))
    this.error.hidden = !key
    for (const one of this.kind === "single" ? [this.group] : this.fields) put(one, "aria-invalid", key && "true")
    for (const one of this.fields) put(one, "aria-describedby", key && this.error.id)
  }
}

const put = (one, name, value) => value ? one.setAttribute(name, value) : one.removeAttribute(name)
const mark = outcome => [element("span", { class: "kmp-sign", "aria-hidden": "true" }, SIGNS[outcome]), " "]

/**
 * All questions of the page, or of a part of it, and what they add up to where there are two or more.
 *
 * `prefix` begins the ids that it makes, `note` names the words under the sum, and `heard` is told of each answer: the question,
 * and the places of the options that were chosen.
 */
export class Questions {
  constructor(words, { prefix = "kmp-task", note = "task.formative", heard = () => {} } = {}) {
    Object.assign(this, { words, prefix, note, heard, all: [] })
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  add(block) {
    const question = new Question(block, this.all.length + 1, this)
    if (!question.whole) return null
    question.build()
    this.all.push(question)
    this.summarise(block)
    return question
  }

  summarise(after) {
    if (this.all.length < 2) return
    if (!this.summary) {
      this.line = element("p", { class: "kmp-quiz-summary__line" })
      this.renew = element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: () => this.reset() }, this.say("task.all_again"))
      this.summary = element("section", { class: "kmp-quiz-summary kmp-no-print", "aria-label": this.say("task.summary") },
        this.line, element("p", { class: "kmp-small" }, this.say(this.note)), element("p", { class: "kmp-actions" }, this.renew))
    }
    after.after(this.summary)
    this.update()
  }

  /** Count again; the answer is the sum in words when all are answered, for the question that was last. */
  update() {
    if (!this.summary) return ""
    const { total, answered, right } = score(this.all.map(one => one.result))
    const whole = answered === total
    this.line.textContent = whole ? this.say("task.score", { count: right, total }) : this.say("task.answered", { count: answered, total })
    this.renew.hidden = answered === 0
    return whole ? this.line.textContent : ""
  }

  reset() {
    for (const one of this.all) one.reset()
    this.all[0].fields[0].focus()
  }
}

let page = null

/** Make the question in `block` one that can be answered. */
export function mount(block) {
  page ??= new Questions(wordsOf(document.querySelector(".kmp-quiz[data-words]")))
  page.add(block)
}

whenReady("quiz", mount)
