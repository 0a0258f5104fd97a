// What SCORM 1.2 is told (SCORM 1.2 Run-Time Environment, section 3), and nothing on a mere exit. Without a system around it the course can be read.

import { start } from "./course.js"
import { response, span } from "./scorm12-values.js"

const FARTHEST = 12
const READ_ONLY = new Set(["review", "browse"])
const opened = Date.now()

/** Return the API of `window` or of a window around it, or null. One of another origin refuses to be looked at, and is passed by. */
function climb(window) {
  for (let step = 0; window && step <= FARTHEST; step++) {
    try {
      if (window.API) return window.API
    } catch {
      // the one around it may be ours again
    }
    if (window.parent === window) return null
    window = window.parent
  }
  return null
}

function find() {
  const near = climb(window)
  if (near) return near
  try {
    return window.opener ? climb(window.opener) : null
  } catch {
    return null
  }
}

class Scorm12 {
  constructor(api) {
    this.api = api
    this.writes = false
    this.ended = false
  }

  call(name, ...values) {
    try {
      return String(this.api[`LMS${name}`](...values))
    } catch {
      return "false"
    }
  }

  get(key) {
    return this.call("GetValue", key)
  }

  put(key, value) {
    return this.call("SetValue", key, String(value)) === "true"
  }

  open() {
    if (!this.api || this.call("Initialize", "") !== "true") return { state: "", best: null, mode: this.api ? "lost" : "alone" }
    const status = this.get("cmi.core.lesson_status")
    const best = parseFloat(this.get("cmi.core.score.raw"))
    const readOnly = READ_ONLY.has(this.get("cmi.core.lesson_mode"))
    this.status = status
    this.score = Number.isFinite(best) ? best : null
    this.interactions = parseInt(this.get("cmi.interactions._count"), 10)
    this.writes = !readOnly
    this.listen()
    if (this.writes && ["", "not attempted", "unknown", "browsed"].includes(status)) {
      this.put("cmi.core.lesson_status", "incomplete") // an LMS may make «not attempted» into «completed» at the end
      this.call("Commit", "")
    }
    return { state: this.get("cmi.suspend_data"), best: this.score, mode: readOnly ? "review" : "kept", status }
  }

  /** Keep where one is and, with an answer or when all is done, what it is worth: everything in one commit. */
  save({ state, place, standing, answer }) {
    if (!this.writes || this.ended) return true
    if (state) this.put("cmi.suspend_data", state)
    this.put("cmi.core.lesson_location", place)
    if (answer) this.tell(answer)
    if (standing.total && standing.answered && (this.score === null || standing.best > this.score)) this.raise(standing.best)
    if (standing.done) this.raiseStatus(standing.total ? "passed" : "completed")
    return this.call("Commit", "") === "true"
  }

  /** Tell that the course is done, once; a pass is never lowered. */
  raiseStatus(status) {
    if (this.status === "passed" || this.status === status) return
    if (this.put("cmi.core.lesson_status", status)) this.status = status
  }

  raise(best) {
    this.put("cmi.core.score.min", 0)
    this.put("cmi.core.score.max", 100)
    if (this.put("cmi.core.score.raw", best)) this.score = best
  }

  /** Append an answer to those of earlier visits; an LMS need not take them. */
  tell({ id, chosen, right, short }) {
    if (!Number.isInteger(this.interactions)) return
    const at = `cmi.interactions.${this.interactions++}`
    const given = short ? null : response(chosen)
    this.put(`${at}.id`, id)
    this.put(`${at}.type`, short ? "fill-in" : "choice")
    if (given) this.put(`${at}.student_response`, given)
    this.put(`${at}.result`, right ? "correct" : "wrong")
  }

  listen() {
    addEventListener("pagehide", () => this.end())
    addEventListener("pageshow", event => event.persisted && location.reload()) // what was ended does not begin again
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.writes && !this.ended) this.call("Commit", "")
    })
  }

  end() {
    if (this.ended) return
    this.ended = true
    if (this.writes) {
      this.put("cmi.core.session_time", span(Date.now() - opened))
      this.put("cmi.core.exit", "suspend")
      this.call("Commit", "")
    }
    this.call("Finish", "")
  }
}

const kept = new Scorm12(find())

start({ open: () => kept.open(), save: what => kept.save(what) })
