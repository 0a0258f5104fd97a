// Somebody checks a certificate. All of it happens here; nothing is sent, and nothing is kept.

import { listOf, recipientOf, verify } from "./certificate-check.js"
import { read, Unreadable } from "./certificate-file.js"
import { element, whenReady } from "./element.js"
import { inWords, legible, say, wordsOf } from "./words.js"

const OWN_LIST = /^status\/[1-9]\d*\.json$/
const MARKS = { good: "✓", bad: "✕", unknown: "?" }
const NUMBER = /^#([0-9a-f-]{36})$/

/** What stands on the page: where files come in, whose the certificate should be, and five answers. */
class CheckView {
  constructor(root) {
    this.words = wordsOf(root)
    this.issuers = JSON.parse(root.dataset.issuers)
    this.site = root.dataset.site
    this.source = root.dataset.source
    this.lists = new Map()
    this.status = element("p", { role: "status", class: "kmp-certificate__status" })
    this.place = element("div", {})
    this.followed = element("p", { class: "kmp-alert kmp-alert--info" })
    root.append(this.followed, this.opening(), this.naming(), this.status, this.place)
    this.follow()
    addEventListener("hashchange", () => this.follow())
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  /** Tell which certificate was followed here from its code; the number never reaches the server. */
  follow() {
    this.number = NUMBER.exec(location.hash)?.[1] ?? ""
    this.followed.hidden = !this.number
    this.followed.textContent = this.say("check.followed", { number: this.number })
  }

  opening() {
    const field = element("input", { type: "file", id: "kmp-certificate", multiple: true, accept: ".json,.svg,.png,.pdf", "aria-describedby": "kmp-certificate-hint" })
    field.addEventListener("change", async () => {
      await this.take([...field.files])
      field.value = ""
    })
    const zone = element("div", { class: "kmp-field kmp-certificate__drop" },
      element("label", { for: field.id }, this.say("check.choose")),
      element("p", { class: "kmp-small", id: "kmp-certificate-hint" }, this.say("check.hint")), field)
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

  naming() {
    this.name = element("input", { type: "text", id: "kmp-certificate-name", maxlength: 200, autocomplete: "off", "aria-describedby": "kmp-certificate-name-hint" })
    this.name.addEventListener("change", () => this.show())
    return element("div", { class: "kmp-field" },
      element("label", { for: this.name.id }, this.say("check.name")),
      element("p", { class: "kmp-small", id: "kmp-certificate-name-hint" }, this.say("check.name_hint")), this.name)
  }

  /** Read the files, the lists among them first, and show what the last certificate says. */
  async take(files) {
    this.fault = ""
    for (const file of files) {
      try {
        const { list, certificate } = await read(file)
        if (list) this.lists.set(String(list.id), list)
        else this.certificate = certificate
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        this.fault = this.say("check.fault", { file: legible(file.name), reason: this.say(`verify.unreadable.${error.reason}`) })
        this.certificate = null
      }
    }
    await this.show()
  }

  /** Fetch the list that this site publishes; that of another must be brought along. */
  async fetchOwn(address) {
    const path = address.startsWith(this.site) ? address.slice(this.site.length) : ""
    if (!OWN_LIST.test(path)) return
    try {
      const answer = await fetch(this.source + path, { cache: "no-cache" })
      if (answer.ok) this.lists.set(address, await answer.json())
    } catch {
      // it is told as a list that is not at hand
    }
  }

  async show() {
    if (!this.certificate) {
      this.status.textContent = this.fault ?? ""
      this.place.replaceChildren()
      return
    }
    await this.fetchOwn(listOf(this.certificate))
    const results = await verify(this.certificate, { issuers: this.issuers, lists: this.lists, now: new Date(), name: this.name.value })
    this.status.textContent = this.fault || this.say("check.done")
    this.place.replaceChildren(this.about(), this.table(results), ...this.other())
  }

  about() {
    const says = [recipientOf(this.certificate), String(this.certificate.name ?? "")].map(legible).join(" – ")
    return element("section", { class: "kmp-panel", "aria-labelledby": "kmp-certificate-says" },
      element("h2", { id: "kmp-certificate-says" }, says.slice(0, 300)),
      element("p", {}, this.say("verify.says")))
  }

  table(results) {
    const row = ({ question, outcome, key, values }) => element("tr", {},
      element("th", { scope: "row" }, this.say(`verify.question.${question}`)),
      element("td", { class: `kmp-certificate__${outcome}` }, `${MARKS[outcome]} ${this.say(`verify.outcome.${outcome}`)}`),
      element("td", {}, this.sentence(key, values)))
    return element("table", { class: "kmp-certificate__results" },
      element("caption", {}, this.say("check.caption")),
      element("thead", {}, element("tr", {}, ["question", "answer", "why"].map(one => element("th", { scope: "col" }, this.say(`check.col.${one}`))))),
      element("tbody", {}, results.map(row)))
  }

  sentence(key, { day, ...values }) {
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, legible(value)]))
    return this.say(`verify.${key}`, day ? { ...shown, day: inWords(this.words, day) } : shown)
  }

  /** Tell when the code that was followed is on another certificate than the one in the file. */
  other() {
    const isOther = this.number && this.certificate.id !== `urn:uuid:${this.number}`
    return isOther ? [element("p", { class: "kmp-alert kmp-alert--warning" }, this.say("check.other"))] : []
  }
}

whenReady("certificate", root => {
  root.hidden = false
  new CheckView(root)
})
