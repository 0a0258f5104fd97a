// What an LRS is told by cmi5 (Quartz, 1st edition): launch in section 8, state in section 10. Without a launch the course can be read.

import { Statements } from "./cmi5-statements.js"
import { start } from "./course.js"

const NEEDED = ["endpoint", "fetch", "actor", "registration", "activityId"]
const VERSION = "1.0.3"
const LAUNCH = "LMS.LaunchData"
const OWN = "kompetanse.progress"
const PREFERENCES = "cmi5LearnerPreferences"
const KNOWN_ALREADY = 409
const ALONE = { state: "", best: null, mode: "alone" }

class Cmi5 {
  constructor(address) {
    const given = new URLSearchParams(address)
    this.launched = NEEDED.every(name => given.get(name))
    this.given = Object.fromEntries(NEEDED.map(name => [name, given.get(name)]))
    this.unsaid = []
    this.own = { state: "", best: null, completed: false, passed: false, share: 0 }
  }

  /** Return an address below the endpoint. */
  at(path, values) {
    return `${this.given.endpoint.replace(/\/?$/, "/")}${path}?${new URLSearchParams(values)}`
  }

  ask(address, method = "GET", body = undefined) {
    const headers = { Authorization: this.token, "X-Experience-API-Version": VERSION }
    if (body !== undefined) headers["Content-Type"] = "application/json"
    return fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), keepalive: method !== "GET" })
  }

  document(id) {
    const { activityId, actor, registration } = this.given
    return this.at("activities/state", { stateId: id, activityId, agent: actor, registration })
  }

  async read(id) {
    const answer = await this.ask(this.document(id))
    if (answer.status === 404) return null
    if (!answer.ok) throw new Error(`${id}: ${answer.status}`)
    return answer.json()
  }

  async open() {
    if (!this.launched) return ALONE
    try {
      return await this.begin()
    } catch {
      return { ...ALONE, mode: "lost" }
    }
  }

  async begin() {
    const told = await (await fetch(this.given.fetch, { method: "POST" })).json()
    if (!told["auth-token"]) throw new Error(told["error-text"] ?? "no token")
    this.token = `Basic ${told["auth-token"]}`
    const launch = await this.read(LAUNCH)
    await this.preferences()
    this.own = { ...this.own, ...await this.read(OWN) }
    this.writes = launch.launchMode === "Normal"
    this.home = launch.returnURL
    this.mastery = launch.masteryScore
    const { registration, activityId } = this.given
    const values = { actor: JSON.parse(this.given.actor), registration, activityId, template: launch.contextTemplate, mastery: launch.masteryScore }
    this.statements = new Statements(values, Date.now, () => crypto.randomUUID())
    if (!await this.say(this.statements.initialized())) throw new Error("not heard")
    addEventListener("pagehide", () => this.end())
    const { state, best, completed, passed } = this.own
    return { state, best, mode: this.writes ? "kept" : "review", status: passed ? "passed" : completed ? "completed" : "", pass: this.mastery === undefined ? undefined : 100 * this.mastery, leave: this.home ? () => this.leave() : undefined }
  }

  /** Ask for what the learner prefers, as cmi5 says (section 11); of it there is nothing that this course can follow. */
  async preferences() {
    try {
      await this.ask(this.at("agents/profile", { agent: this.given.actor, profileId: PREFERENCES }))
    } catch {
      // it is no fault to have none
    }
  }

  /** Send statements, those first that were not heard before; return whether all were. */
  async say(...statements) {
    const sent = [...this.unsaid.splice(0), ...statements]
    const heard = await Promise.all(sent.map(one => this.said(one)))
    this.unsaid.unshift(...sent.filter((_, at) => !heard[at]))
    return heard.every(Boolean)
  }

  async said(statement) {
    try {
      const answer = await this.ask(this.at("statements", { statementId: statement.id }), "PUT", statement)
      return answer.ok || answer.status === KNOWN_ALREADY
    } catch {
      return false
    }
  }

  async save({ state, standing, answer }) {
    if (!this.writes || this.ended) return true
    const statements = [...this.news(standing, answer)]
    Object.assign(this.own, { state, best: standing.best })
    const heard = await Promise.all([this.say(...statements), this.keep()])
    return heard.every(Boolean)
  }

  /** Yield what is new: an answer, how much is read, and once that all is read and that enough is right. */
  *news(standing, answer) {
    if (answer) yield this.statements.answered(answer)
    const share = Math.floor(100 * standing.read / standing.lessons)
    if (share > this.own.share && !standing.whole) yield this.statements.progressed(share)
    this.own.share = Math.max(share, this.own.share)
    if (standing.whole && !this.own.completed) {
      this.own.completed = true
      yield this.statements.completed()
    }
    if (standing.enough && !this.own.passed) {
      this.own.passed = true
      yield this.statements.passed(standing.best)
    }
  }

  /** Keep what is our own; while one document is on its way, the newest waits. */
  async keep() {
    this.waiting = true
    this.keeping ??= this.keepAll()
    return this.keeping
  }

  async keepAll() {
    let kept = true
    while (this.waiting) {
      this.waiting = false
      kept = await this.put()
    }
    this.keeping = undefined
    return kept
  }

  async put() {
    try {
      return (await this.ask(this.document(OWN), "PUT", this.own)).ok
    } catch {
      return false
    }
  }

  async leave() {
    await this.end()
    location.assign(this.home)
  }

  /** End the visit once: what waits is sent at once, since the page goes. */
  async end() {
    if (this.ended) return
    this.ended = true
    const waiting = this.waiting
    this.waiting = false
    await Promise.all([waiting && this.put(), this.say(this.statements.terminated())])
  }
}

const kept = new Cmi5(location.search)

start({ open: () => kept.open(), save: what => kept.save(what) })
