// From what is missing to courses in order. The rules stand in docs/mapping.md; learning/path.py answers alike.

import { compare, WEIGHT } from "./standing.js"

const DELIVERY = ["self-paced", "blended", "classroom"]
const UNKNOWN_MINUTES = 60

/**
 * Return the courses that close `needs` [{competence, level, has, kind}], and the competences without any course:
 * {steps: [{course, closes, raises, only_before}], uncovered}. `courses` is {id: {delivery, minutes?, teaches: {id: level}, prerequisites}}.
 */
export function path(needs, courses) {
  const ids = Object.keys(courses).sort()
  const level = (id, competence) => (Object.hasOwn(courses[id].teaches, competence) ? courses[id].teaches[competence] : 0)
  const length = id => courses[id].minutes ?? UNKNOWN_MINUTES
  const delivery = id => DELIVERY.indexOf(courses[id].delivery)
  const price = (id, gain) => [length(id) / gain, delivery(id), id]
  const reach = new Map(needs.map(one => [one, Math.min(Math.max(0, ...ids.map(id => level(id, one.competence))), one.level)]))
  const wanted = needs.filter(one => reach.get(one) > one.has)
  const closed = (id, open) => open.filter(one => level(id, one.competence) >= reach.get(one))
  const has = new Map(needs.map(one => [one.competence, one.has]))

  const before = (id, found) => (courses[id].prerequisites ?? []).flatMap(one => {
    if (one.course) return Object.hasOwn(courses, one.course) ? [one.course] : []
    return (has.get(one.competence) ?? one.level) < one.level ? teacher(one, id, found) : []
  })
  const teacher = (target, but, found) => {
    const fit = ids.filter(id => id !== but && level(id, target.competence) >= target.level)
    return least(fit, id => [found.includes(id) ? 0 : 1, ...price(id, 1)])
  }
  const rank = id => {
    const taught = needs.filter(one => level(id, one.competence) > one.has).map(one => WEIGHT.indexOf(one.kind))
    return [delivery(id), Math.min(WEIGHT.length, ...taught), length(id), id]
  }

  const chosen = withoutNeedless(cover(wanted, ids, closed, price), wanted, closed, length)
  const all = [...chosen]
  for (const id of all) for (const one of before(id, all)) if (!all.includes(one)) all.push(one)
  const steps = inOrder(all, before, rank).map(id => step(id, closed(id, wanted), reach))
  return { steps, uncovered: needs.filter(one => !wanted.includes(one)).map(one => one.competence).sort() }
}

const least = (ids, key) => [...ids].sort((a, b) => compare(key(a), key(b))).slice(0, 1)

/** Choose courses by least time for each need that they close (the greedy weighted cover, Chvátal 1979). */
function cover(needs, ids, closed, price) {
  const chosen = []
  for (let open = needs; open.length; ) {
    const [best] = least(ids.filter(id => closed(id, open).length), id => price(id, closed(id, open).length))
    chosen.push(best)
    const gone = closed(best, open)
    open = open.filter(one => !gone.includes(one))
  }
  return chosen
}

/** Take away, longest first, what the others close too. */
function withoutNeedless(chosen, needs, closed, length) {
  let kept = chosen
  for (const id of [...chosen].sort((a, b) => compare([-length(a), a], [-length(b), b]))) {
    const others = kept.filter(one => one !== id)
    const still = others.flatMap(one => closed(one, needs))
    if (closed(id, needs).every(one => still.includes(one))) kept = others
  }
  return kept
}

function inOrder(ids, before, rank) {
  const left = [...ids].sort((a, b) => compare(rank(a), rank(b)))
  const ordered = []
  while (left.length) {
    const following = left.find(id => !before(id, ids).some(one => left.includes(one))) ?? left[0]
    ordered.push(...left.splice(left.indexOf(following), 1))
  }
  return ordered
}

const step = (id, closed, reach) => ({
  course: id,
  closes: closed.filter(one => reach.get(one) === one.level).map(one => one.competence),
  raises: closed.filter(one => reach.get(one) < one.level).map(one => one.competence),
  only_before: closed.length === 0,
})
