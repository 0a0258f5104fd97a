// A leader sees a unit from the files that people have handed over. All of it happens here; nothing is sent, nothing is kept.

import { idToday } from "./assessment.js"
import { today } from "./day.js"
import { element, whenReady } from "./element.js"
import { download } from "./files.js"
import * as source from "./framework.js"
import { readAll, together } from "./read-files.js"
import { unitCsv } from "./unit-csv.js"
import { filterForm } from "./unit-filter.js"
import { unit as sums } from "./unit-sums.js"
import { expiringTable, guidingTable, heatmap, missingTable, peopleTable } from "./unit-table.js"
import { changeInWords, noticeInWords, summaryInWords } from "./unit-words.js"
import { count, say, wordsOf } from "./words.js"

/** What stands on the page: where files come in, how far reading has come, and what they say together. */
class UnitView {
  constructor(root) {
    this.words = wordsOf(root)
    this.source = root.dataset.source
    this.files = []
    this.status = element("p", { role: "status", class: "kmp-unit__status" })
    this.place = element("div", { class: "kmp-unit__view" })
    root.append(this.opening(), this.status, this.place)
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  opening() {
    const field = element("input", { type: "file", id: "kmp-files", multiple: true, accept: ".json,application/json", "aria-describedby": "kmp-files-hint" })
    field.addEventListener("change", async () => {
      await this.take([...field.files])
      field.value = ""
    })
    const zone = element("div", { class: "kmp-field kmp-unit__drop kmp-no-print" },
      element("label", { for: field.id }, this.say("unit.read.choose")),
      element("p", { class: "kmp-small", id: "kmp-files-hint" }, this.say("unit.read.hint")), field)
    zone.addEventListener("dragover", event => {
      event.preventDefault()
      zone.dataset.over = "true"
    })
    zone.addEventListener("dragleave", () => delete zone.dataset.over)
    zone.addEventListener("drop", event => {
      event.preventDefault()
      delete zone.dataset.over
      return this.take([...event.dataTransfer.files])
    })
    return zone
  }

  /** Read more files, and show what all of them say. */
  async take(chosen) {
    if (!chosen.length) return
    const total = chosen.length
    const tell = number => { this.status.textContent = this.say("unit.read.progress", { count: number, total }) }
    tell(0)
    this.files = together(this.files, await readAll(chosen, tell))
    await this.reckon()
  }

  async reckon() {
    try {
      this.index ??= await source.framework(this.source)
      const roles = new Set(this.files.flatMap(one => one.assessment?.roles ?? []).map(id => idToday(id, this.index)))
      this.unit = sums(this.files, await source.whole(this.source, this.index, [...roles]), today(this.index.day))
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
      element("p", {}, this.button("unit.read.retry", () => this.reckon())))
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
    return [this.summary(), this.actions(true), this.notices(), filterForm(words, unit, tables), tables]
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
      element("h2", { id: "kmp-unit-sum" }, this.say("unit.sum.heading")),
      element("ul", {}, said.map(one => element("li", {}, one))),
      element("p", { class: "kmp-small" }, this.say("unit.sum.proof")))
  }

  actions(useful) {
    return element("p", { class: "kmp-actions kmp-no-print" },
      useful && this.button("unit.read.csv", () => this.save()),
      useful && this.button("unit.read.print", () => print(), " kmp-button--secondary"),
      this.button("unit.read.clear", () => this.clear(), " kmp-button--quiet"))
  }

  save() {
    const file = `kompetanse-enhet-${this.unit.today}.csv`
    download(file, unitCsv(this.words, this.unit), "text/csv;charset=utf-8")
    this.status.textContent = this.say("unit.read.downloaded", { file })
  }

  clear() {
    this.files = []
    this.unit = null
    this.place.replaceChildren()
    this.status.textContent = this.say("unit.read.cleared")
    document.getElementById("kmp-files").focus()
  }

  notices() {
    const { notices, changes } = this.unit
    if (!notices.length && !changes.length) return null
    const list = items => element("ul", {}, items.map(one => element("li", {}, one)))
    return element("section", { class: "kmp-alert kmp-alert--warning kmp-unit__notices", "aria-labelledby": "kmp-unit-notices" },
      element("h2", { id: "kmp-unit-notices" }, this.say("unit.heading.notices")),
      notices.length > 0 && list(notices.map(one => noticeInWords(this.words, one))),
      changes.length > 0 && element("p", {}, element("strong", {}, this.say("unit.change.heading"))),
      changes.length > 0 && list(changes.map(one => changeInWords(this.words, one))))
  }
}

whenReady("unit", root => {
  root.hidden = false
  new UnitView(root)
})
