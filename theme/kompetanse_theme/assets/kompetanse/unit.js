// A leader sees a unit from the files that people have handed over. All of it happens here; nothing is sent, nothing is kept.

import { idToday } from "./assessment.js"
import { chooseFiles } from "./choose-files.js"
import { today } from "./day.js"
import { element, whenReady } from "./element.js"
import { download, fileName } from "./files.js"
import * as source from "./framework.js"
import { readAll, together } from "./read-files.js"
import { unitCsv } from "./unit-csv.js"
import { filterForm } from "./unit-filter.js"
import { unit as sums } from "./unit-sums.js"
import { expiringTable, guidingTable, heatmap, missingTable, peopleTable } from "./unit-table.js"
import { changeInWords, noticeInWords, summaryInWords } from "./unit-words.js"
import { count, legible, say, wordsOf } from "./words.js"

/** What stands on the page: where files come in, how far reading has come, and what they say together. */
class UnitView {
  constructor(root) {
    this.words = wordsOf(root)
    this.source = root.dataset.source
    this.files = []
    this.name = ""
    this.turn = Promise.resolve()
    this.status = element("p", { role: "status", class: "kmp-unit__status" })
    this.place = element("div", { class: "kmp-unit__view" })
    root.append(this.opening(), this.status, this.place)
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  opening() {
    const words = { id: "kmp-files", label: this.say("unit.read.choose"), hint: this.say("unit.read.hint"), accept: ".json,application/json" }
    return chooseFiles(words, files => this.take(files))
  }

  /** Do one thing after the other: who drops files while others are read, gets both. */
  next(work) {
    this.turn = this.turn.catch(() => {}).then(work)
    return this.turn
  }

  /** Read more files, and show what all of them say. */
  take(chosen) {
    return chosen.length ? this.next(() => this.read(chosen)) : undefined
  }

  async read(chosen) {
    const total = chosen.length
    const tell = number => { this.status.textContent = this.say("unit.read.progress", { count: number, total }) }
    tell(0)
    const read = await readAll(chosen, tell)
    this.files = together(this.files, read)
    await this.reckon()
  }

  async reckon() {
    try {
      this.index ??= await source.framework(this.source)
      const roles = new Set(this.files.flatMap(one => one.assessment?.roles ?? []).map(id => idToday(id, this.index)))
      const framework = await source.whole(this.source, this.index, [...roles])
      this.unit = { ...sums(this.files, framework, today(this.index.day)), name: this.name }
    } catch (error) {
      if (!(error instanceof source.Unreachable)) throw error
      return this.unreachable()
    }
    this.status.textContent = this.unit.people.length ? count(this.words, "unit.read.done", this.files.length) : this.say("unit.read.useless")
    return this.place.replaceChildren(...this.view().filter(Boolean))
  }

  unreachable() {
    this.status.textContent = ""
    this.place.replaceChildren(
      element("p", { class: "kmp-alert kmp-alert--danger", role: "alert" }, this.say("unit.read.unreachable")),
      element("p", {}, this.button("unit.read.retry", () => this.retry())))
  }

  async retry() {
    await this.next(() => this.reckon())
    this.place.querySelector("input, button").focus()
  }

  button(key, onclick, look = "") {
    return element("button", { type: "button", class: `kmp-button${look}`, onclick }, this.say(key))
  }

  view() {
    const { unit, words } = this
    if (!unit.people.length) return [this.notices(), this.actions(false)]
    const tables = element("div", {},
      ...this.part("missing", unit.missing.length ? missingTable(words, unit) : this.empty("missing")),
      ...this.part("expiring", unit.expiring.length ? expiringTable(words, unit) : this.empty("expiring")),
      ...this.part("table", heatmap(words, unit)),
      ...this.part("people", peopleTable(words, unit)),
      ...(unit.guiding.length ? this.part("guiding", guidingTable(words, unit)) : []))
    return [this.summary(), this.naming(), this.actions(true), this.notices(), filterForm(words, unit, tables), tables]
  }

  part(name, ...content) {
    return [element("h2", {}, this.say(`unit.heading.${name}`)), ...content]
  }

  empty(name) {
    return element("p", {}, this.say(`unit.empty.${name}`))
  }

  summary() {
    const said = summaryInWords(this.words, this.unit)
    return element("section", { class: "kmp-panel kmp-unit__summary", "aria-labelledby": "kmp-unit-sum" },
      element("h2", { id: "kmp-unit-sum" }, this.heading()),
      element("ul", {}, said.map(one => element("li", {}, one))),
      element("p", { class: "kmp-small" }, this.say("unit.sum.proof")))
  }

  heading() {
    return [this.say("unit.sum.heading"), this.name].filter(Boolean).join(" – ")
  }

  naming() {
    const field = element("input", { type: "text", id: "kmp-unit-name", maxlength: 100, autocomplete: "off", value: this.name, "aria-describedby": "kmp-unit-name-hint" })
    field.addEventListener("input", () => {
      this.name = this.unit.name = legible(field.value).trim()
      document.getElementById("kmp-unit-sum").textContent = this.heading()
    })
    return element("div", { class: "kmp-field kmp-no-print" },
      element("label", { for: field.id }, this.say("unit.read.name")),
      element("p", { class: "kmp-small", id: "kmp-unit-name-hint" }, this.say("unit.read.name_hint")), field)
  }

  actions(useful) {
    return element("p", { class: "kmp-actions kmp-no-print" },
      useful && this.button("unit.read.csv", () => this.save()),
      useful && this.button("unit.read.print", () => print(), " kmp-button--secondary"),
      this.button("unit.read.clear", () => this.next(() => this.clear()), " kmp-button--quiet"))
  }

  save() {
    const file = `${["kompetanse-enhet", fileName(this.name), this.unit.today].filter(Boolean).join("-")}.csv`
    download(file, unitCsv(this.words, this.unit), "text/csv;charset=utf-8")
    this.status.textContent = this.say("unit.read.downloaded", { file })
  }

  clear() {
    this.files = []
    this.unit = null
    this.name = ""
    this.place.replaceChildren()
    this.status.textContent = this.say("unit.read.cleared")
    document.getElementById("kmp-files").focus()
  }

  notices() {
    const { notices, changes } = this.unit
    if (!notices.length && !changes.length) return null
    const list = items => items.length > 0 && element("ul", {}, items.map(one => element("li", {}, one)))
    return element("section", { class: "kmp-alert kmp-alert--warning kmp-unit__notices", "aria-labelledby": "kmp-unit-notices" },
      element("h2", { id: "kmp-unit-notices" }, this.say("unit.heading.notices")),
      element("div", { class: "kmp-unit__told", role: "group", "aria-labelledby": "kmp-unit-notices", tabindex: "0" },
        list(notices.map(one => noticeInWords(this.words, one))),
        changes.length > 0 && element("p", {}, element("strong", {}, this.say("unit.change.heading"))),
        list(changes.map(one => changeInWords(this.words, one)))))
  }
}

whenReady("unit", root => {
  root.hidden = false
  new UnitView(root)
})
