// Somebody checks certificates. All of it happens here; nothing is sent, and nothing is kept.

import { listOf, recipientOf, verify } from "./certificate-check.js"
import { read, Unreadable } from "./certificate-file.js"
import { chooseFiles } from "./choose-files.js"
import { element, whenReady } from "./element.js"
import { inWords, legible, say, wordsOf } from "./words.js"

const OWN_LIST = /^status\/[1-9]\d*\.json$/
const MARKS = { good: "✓", bad: "✕", unknown: "?" }
const NUMBER = /^#([0-9a-f-]{36})$/

/** What stands on the page: where files come in, whose the certificates should be, and five answers for each. */
class CheckView {
  constructor(root) {
    this.words = wordsOf(root)
    this.issuers = JSON.parse(root.dataset.issuers)
    this.site = root.dataset.site
    this.source = root.dataset.source
    this.lists = new Map()
    this.certificates = []
    this.faults = []
    this.turn = Promise.resolve()
    this.status = element("p", { role: "status", class: "kmp-certificate__status" })
    this.place = element("div", {})
    this.followed = element("p", { class: "kmp-alert kmp-alert--info" })
    root.append(this.followed, this.opening(), this.naming(), this.status, this.place)
    this.follow()
    addEventListener("hashchange", () => this.follow())
    addEventListener("paste", event => this.paste(event))
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
    const words = { id: "kmp-certificate", label: this.say("check.choose"), hint: this.say("check.hint"), accept: ".json,.svg,.png,.pdf" }
    return chooseFiles(words, files => this.take(files))
  }

  naming() {
    this.name = element("input", { type: "text", id: "kmp-certificate-name", maxlength: 200, autocomplete: "off", "aria-describedby": "kmp-certificate-name-hint" })
    this.name.addEventListener("change", () => this.next(() => this.show()))
    return element("div", { class: "kmp-field kmp-no-print" },
      element("label", { for: this.name.id }, this.say("check.name")),
      element("p", { class: "kmp-small", id: "kmp-certificate-name-hint" }, this.say("check.name_hint")), this.name)
  }

  /** Take what is pasted: files, or the text of one. What is pasted into a field belongs there. */
  paste({ target, clipboardData }) {
    if (target.closest?.("input[type=text], input[type=search], textarea")) return undefined
    const text = clipboardData.getData("text/plain").trim()
    const pasted = text ? [new File([text], this.say("check.pasted"))] : []
    return this.take(clipboardData.files.length ? [...clipboardData.files] : pasted)
  }

  /** Do one thing after the other: who opens files while others are read, gets the answers in that order. */
  next(work) {
    this.turn = this.turn.catch(() => {}).then(work)
    return this.turn
  }

  take(files) {
    return files.length ? this.next(() => this.read(files)) : undefined
  }

  /** Read the files, the lists among them too, and show what the certificates in them say. */
  async read(files) {
    this.certificates = []
    this.faults = []
    for (const file of files) {
      try {
        const { list, certificate } = await read(file)
        if (list) this.lists.set(String(list.id), list)
        else this.certificates.push(certificate)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        this.faults.push(this.say("check.fault", { file: legible(file.name), reason: this.say(`verify.unreadable.${error.reason}`) }))
      }
    }
    if (!this.certificates.length && !this.faults.length) this.faults.push(this.say("check.list_alone"))
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
    const shown = []
    for (const [place, certificate] of this.certificates.entries()) shown.push(await this.answers(certificate, `kmp-certificate-${place}`))
    const count = this.certificates.length
    const done = count === 1 ? [this.say("check.done")] : count ? [this.say("check.done_many", { count })] : []
    this.status.replaceChildren(...[...this.faults, ...done].map(one => element("span", {}, one)))
    this.place.replaceChildren(...shown)
  }

  async answers(certificate, id) {
    await this.fetchOwn(listOf(certificate))
    const results = await verify(certificate, { issuers: this.issuers, lists: this.lists, now: new Date(), name: this.name.value })
    const says = [recipientOf(certificate), String(certificate.name ?? "")].map(legible).join(" – ")
    return element("section", { class: "kmp-certificate__one", "aria-labelledby": id },
      element("h2", { id }, says.slice(0, 300)),
      element("p", {}, this.say("verify.says")),
      this.facts(certificate),
      this.isOther(certificate) && element("p", { class: "kmp-alert kmp-alert--warning" }, this.say("check.other")),
      this.table(results))
  }

  /** Return what else there is to compare with paper: the day, what the certificate rests on, and its number. */
  facts({ validFrom, evidence, id }) {
    const day = /^\d{4}-\d\d-\d\d(?=T)/.exec(validFrom)?.[0]
    const found = {
      completed: day && inWords(this.words, day),
      evidence: [evidence].flat()[0]?.name,
      number: String(id ?? "").replace(/^urn:uuid:/, "")
    }
    const given = Object.entries(found).filter(([, value]) => typeof value === "string" && value)
    return element("dl", { class: "kmp-certificate__facts" }, given.flatMap(([name, value]) => [
      element("dt", {}, this.say(`check.fact.${name}`)),
      element("dd", {}, legible(value).slice(0, 200))]))
  }

  /** Tell whether the code that was followed is on another certificate than the one in the file. */
  isOther({ id }) {
    return this.number && id !== `urn:uuid:${this.number}`
  }

  table(results) {
    const row = ({ question, outcome, key, values }) => element("tr", {},
      element("th", { scope: "row" }, this.say(`verify.question.${question}`)),
      element("td", { class: `kmp-certificate__${outcome}` },
        element("strong", {}, element("span", { "aria-hidden": "true" }, `${MARKS[outcome]} `), this.say(`verify.outcome.${outcome}`)),
        element("p", {}, this.sentence(key, values))))
    return element("table", { class: "kmp-certificate__results" },
      element("caption", {}, this.say("check.caption")),
      element("thead", {}, element("tr", {}, ["question", "answer"].map(one => element("th", { scope: "col" }, this.say(`check.col.${one}`))))),
      element("tbody", {}, results.map(row)))
  }

  sentence(key, { day, ...values }) {
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, legible(value)]))
    return this.say(`verify.${key}`, day ? { ...shown, day: inWords(this.words, day) } : shown)
  }
}

whenReady("certificate", root => {
  root.hidden = false
  new CheckView(root)
})
