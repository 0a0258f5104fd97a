// An employee maps herself: roles, questions, result, plan. All of it happens here; the answers never leave the browser.

import { claimsOf, empty, follow, parse, withAnswer, withNewRound, withRoles } from "./assessment.js"
import { today } from "./day.js"
import { element, whenReady } from "./element.js"
import * as source from "./framework.js"
import { planView } from "./mapping-plan.js"
import { questionView } from "./mapping-question.js"
import { resultView } from "./mapping-result.js"
import { rolesView } from "./mapping-roles.js"
import { byPriority, standing } from "./standing.js"
import * as store from "./store.js"
import { count, inWords, say, wordsOf } from "./words.js"

const KEPT = "assessment"

/** Everything that the views share: what is known, what was answered, and the ways between the views. */
class Journey {
  constructor(root) {
    this.words = wordsOf(root)
    this.source = root.dataset.source
    this.form = root.querySelector("[data-kmp-roles]")
    this.form.remove()
    this.place = root.appendChild(element("section", { class: "kmp-mapping__view" }))
    this.status = root.appendChild(element("p", { class: "kmp-hidden", role: "status" }))
    this.saved = false
    this.dirty = false
    this.notices = []
  }

  /** Fetch the framework and show the first view; what the person kept here is followed to today's ids. */
  async open() {
    try {
      this.framework = await source.framework(this.source)
    } catch {
      return this.unreachable(() => this.open())
    }
    this.today = today(this.framework.day)
    this.clockIsWrong = today() < this.framework.day
    this.kept = this.fromDevice()
    addEventListener("hashchange", () => this.show())
    addEventListener("beforeunload", event => this.dirty && !this.saved && event.preventDefault())
    return this.show()
  }

  fromDevice() {
    const found = store.read(KEPT)
    const read = found && parse(JSON.stringify(found), "", this.today)
    return read?.assessment ?? null
  }

  /** Show what the address asks for, or the roles when it asks for what is not there yet. */
  async show() {
    const [name, number] = location.hash.slice(1).split("-")
    const views = { sporsmal: () => questionView(this, Number(number)), resultat: () => resultView(this), plan: () => planView(this) }
    const made = this.assessment && name in views ? views[name]() : rolesView(this, location.hash)
    this.place.replaceChildren(...[this.clockIsWrong && this.alert("warning", "mapping.clock", { day: this.day(this.today) }), made].filter(Boolean))
    if (this.moved) this.turnTo(this.place.querySelector("h2"))
    this.moved = true
  }

  /** Bring a new view to the top of the window, past what the page says before it, and let it be read from its heading. */
  turnTo(heading) {
    this.place.scrollIntoView()
    heading?.focus({ preventScroll: true })
  }

  go(hash) {
    if (location.hash === `#${hash}`) this.show()
    else location.hash = hash
  }

  /** Begin with `roles`; what was answered before, here or on the device, stays. */
  begin(roles) {
    const before = this.assessment ?? this.kept
    this.saved ||= !this.assessment && this.kept !== null
    return this.enter(before ? withRoles(before, roles) : empty(this.framework, roles, this.today), "sporsmal-1")
  }

  /** Go on with what was kept, at the first question without an answer. */
  goOn(view = null) {
    this.saved = true
    return this.enter(this.kept, view)
  }

  /** Begin a new round: the answers of the last one are kept to compare with. */
  renew() {
    this.saved ||= this.kept !== null
    return this.enter(withNewRound(this.assessment ?? this.kept, this.today), "sporsmal-1")
  }

  /** Take over the answers of a file. */
  async take(assessment, name) {
    await this.enter(assessment, "resultat", this.foreign(assessment, name))
    this.announce("file.opened", { file: name })
  }

  foreign(assessment, name) {
    const other = assessment.region !== this.framework.region
    const future = assessment.made > this.today
    return [
      ...(other ? [{ key: "file.other_region", values: { file: name, region: assessment.region } }] : []),
      ...(future ? [{ key: "file.future", values: { file: name, day: this.day(assessment.made) } }] : []),
    ]
  }

  /** Make `assessment` the one that is worked on, with its ids followed to those of today. */
  async enter(assessment, view, notices = []) {
    const { assessment: followed, changes } = follow(assessment, this.framework)
    try {
      Object.assign(this, await source.requirementsOf(this.source, this.framework, followed.roles))
    } catch {
      return this.unreachable(() => this.enter(assessment, view, notices))
    }
    this.assessment = followed
    this.notices = [...notices, ...changes]
    this.dirty = true
    this.keep()
    const open = this.requirements.findIndex(one => !this.answerTo(one.competence))
    return this.go(view ?? (changes.length || open < 0 ? "resultat" : `sporsmal-${open + 1}`))
  }

  unreachable(again) {
    const retry = element("button", { type: "button", class: "kmp-button", onclick: again }, this.say("mapping.retry"))
    this.place.replaceChildren(this.alert("danger", "mapping.unreachable"), element("p", {}, retry))
  }

  answerTo(competence) {
    return this.assessment.answers.find(one => one.competence === competence) ?? null
  }

  /** Take an answer {level, note?, evidence?}; it is kept on the device when the person has asked for that. */
  answer(competence, answer) {
    this.assessment = withAnswer(this.assessment, competence, { title: this.competences[competence].title, day: this.today, ...answer })
    this.dirty = true
    this.keep()
  }

  /** Keep the answers on the device if the person has asked for that; the outcome stands in `keeping`. */
  keep() {
    if (!this.saved) return
    this.assessment = { ...this.assessment, made: this.today }
    this.keeping = store.write(KEPT, this.assessment)
    if (this.keeping === store.SAVED) {
      this.kept = this.assessment
      this.dirty = false
    }
  }

  /** Keep the answers on the device from now on. */
  save() {
    this.saved = true
    this.keep()
    this.saved = this.keeping === store.SAVED
  }

  async forget() {
    await store.removeAll()
    Object.assign(this, { saved: false, dirty: false, kept: null, assessment: null, notices: [] })
    this.go("roller")
    this.announce("device.forgotten")
  }

  /** Return where the person stands on every requirement, what matters most first. */
  standings() {
    const found = this.requirements.map(one => {
      const answer = this.answerTo(one.competence)
      return { ...standing(one, answer ? claimsOf(answer) : [], this.today), answer }
    })
    return byPriority(found)
  }

  say(key, values) {
    return say(this.words, key, values)
  }

  day(iso) {
    return inWords(this.words, iso)
  }

  count(key, number, values) {
    return count(this.words, key, number, values)
  }

  level(number) {
    return this.say(`level.${number}`)
  }

  /** Say what was answered: a level, none of these, not sure, or nothing. */
  answerInWords(answer) {
    if (!answer) return this.say("mapping.unanswered")
    if (answer.level === null) return this.say("mapping.not_sure")
    return answer.level ? this.level(answer.level) : this.say("mapping.none_of_these")
  }

  /** Say whether the answers are kept on this device. */
  keepingInWords() {
    if (this.keeping === store.FULL) return this.say("device.full")
    if (this.keeping === store.FORBIDDEN) return this.say("device.forbidden")
    return this.say(this.saved ? "device.saved" : "device.not_saved")
  }

  announce(key, values) {
    this.status.textContent = this.say(key, values)
  }

  alert(kind, key, values) {
    return element("p", { class: `kmp-alert kmp-alert--${kind}`, role: kind === "danger" ? "alert" : null }, this.say(key, values))
  }
}

whenReady("mapping", root => {
  root.hidden = false
  new Journey(root).open()
})
