// Statements as cmi5 (Quartz, 1st edition) asks for them, sections 7 and 9; xAPI 1.0.3.

const VERBS = "http://adlnet.gov/expapi/verbs/"
const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
const MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
const INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

/** Return milliseconds as ISO 8601 writes a length of time: PT62.5S. */
export const duration = milliseconds => `PT${(Math.max(0, milliseconds) / 1000).toFixed(2).replace(/\.?0+$/, "")}S`

/** Makes the statements of one visit: `launch` is `{ actor, registration, activityId, template, mastery }`, `now` and `id` come from outside. */
export class Statements {
  constructor(launch, now, id) {
    Object.assign(this, { launch, now, id, opened: now(), last: 0 })
  }

  initialized() {
    return this.defined("initialized")
  }

  /** All is read; once for a registration. */
  completed() {
    return this.defined("completed", { completion: true, duration: this.length })
  }

  /** Enough is right, `score` whole per cent; once for a registration. */
  passed(score) {
    return this.defined("passed", { success: true, score: { scaled: score / 100, raw: score, min: 0, max: 100 }, duration: this.length }, this.launch.mastery)
  }

  terminated() {
    return this.defined("terminated", { duration: this.length })
  }

  /** How much is read, in whole per cent; nobody is judged by it. */
  progressed(share) {
    return this.statement("progressed", this.course, this.context([]), { extensions: { [PROGRESS]: share } })
  }

  /** An answer: which places were chosen; what was written as a short answer is not told. */
  answered({ id, asked, language, chosen, right, short }) {
    const { activityId } = this.launch
    const definition = { type: INTERACTION, interactionType: short ? "fill-in" : "choice", name: { [language]: asked } }
    const object = { objectType: "Activity", id: `${activityId}${activityId.includes("#") ? "-" : "#"}${id}`, definition }
    const letters = chosen.map(place => LETTERS[place])
    const result = { success: right, ...(short || letters.includes(undefined) ? {} : { response: letters.join("[,]") }) }
    const context = this.context([])
    context.contextActivities = { ...context.contextActivities, parent: [...(context.contextActivities?.parent ?? []), { objectType: "Activity", id: activityId }] }
    return this.statement("answered", object, context, result)
  }

  get course() {
    return { objectType: "Activity", id: this.launch.activityId }
  }

  get length() {
    return duration(this.now() - this.opened)
  }

  /** Return a statement that cmi5 defines; those that say success or completion count for moving on. */
  defined(verb, result, mastery) {
    const counts = result && ("success" in result || "completion" in result)
    const context = this.context([CMI5, ...(counts ? [MOVE_ON] : [])])
    if (mastery !== undefined) context.extensions = { ...context.extensions, [MASTERY]: mastery }
    return this.statement(verb, this.course, context, result)
  }

  /** Return the context that the LMS gave, with categories added and nothing of it changed. */
  context(categories) {
    const context = structuredClone(this.launch.template)
    context.registration = this.launch.registration
    if (categories.length) {
      const given = context.contextActivities?.category ?? []
      const more = categories.filter(id => !given.some(one => one.id === id)).map(id => ({ objectType: "Activity", id }))
      context.contextActivities = { ...context.contextActivities, category: [...given, ...more] }
    }
    return context
  }

  statement(verb, object, context, result) {
    const said = { id: this.id(), actor: this.launch.actor, verb: { id: VERBS + verb, display: { en: verb } }, object, context, timestamp: this.moment() }
    return result ? { ...said, result } : said
  }

  /** Return now in UTC, later than whatever was said before: the order of statements is that of their times. */
  moment() {
    this.last = Math.max(this.now(), this.last + 1)
    return new Date(this.last).toISOString()
  }
}
