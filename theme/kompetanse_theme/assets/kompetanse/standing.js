// Where a person stands on a requirement. The rules stand in docs/mapping.md; learning/standing.py answers alike.

import { LAST, plus, plusDays } from "./day.js"

/** Classes of evidence, the weakest first. */
export const EVIDENCE = ["self", "test", "confirmed"]
/** Kinds of requirement by falling weight. */
export const WEIGHT = ["statutory", "mandatory", "recommended"]
/** Evidence that ends within so many days is shown as about to. */
export const SOON = 90

const rank = evidence => EVIDENCE.indexOf(evidence)
const highest = (claims, of) => claims.map(of).reduce((found, one) => (found === null || one > found ? one : found), null)

/** Return the last day on which `claim` {level, evidence, day} counts for `requirement`. */
export const ends = (claim, requirement) => (requirement.valid_for ? plus(claim.day, requirement.valid_for) : LAST)

/**
 * Return where `claims` put a person on `requirement`
 * {competence, level, kind, evidence, basis?, valid_for?}: {own, effective, evidence, gap, expires, state}.
 */
export function standing(requirement, claims, today) {
  const accepted = claims.filter(one => rank(one.evidence) >= rank(requirement.evidence))
  const counting = accepted.filter(one => ends(one, requirement) >= today)
  const effective = highest(counting, one => one.level) ?? 0
  const covering = counting.filter(one => one.level >= requirement.level)
  const lapsed = accepted.filter(one => one.level >= requirement.level)
  const last = highest(covering.length ? covering : lapsed, one => ends(one, requirement)) ?? LAST
  return {
    requirement,
    own: highest(claims.filter(one => one.evidence === "self"), one => one.level),
    effective,
    evidence: strongest(claims, effective),
    gap: Math.max(0, requirement.level - effective),
    expires: last === LAST ? null : last,
    state: stateOf(requirement, claims, today, effective, covering.length, lapsed.length, last),
  }
}

function strongest(claims, effective) {
  const level = effective || (highest(claims, one => one.level) ?? 0)
  const found = highest(claims.filter(one => one.level >= level), one => rank(one.evidence))
  return found === null ? null : EVIDENCE[found]
}

function stateOf(requirement, claims, today, effective, covered, lapsed, last) {
  if (covered) return last <= plusDays(today, SOON) ? "expiring" : "met"
  if (lapsed) return "expired"
  if (claims.some(one => one.level >= requirement.level && ends(one, requirement) >= today)) return "unconfirmed"
  return effective ? "partial" : "missing"
}

/** Return `standings` by what matters most: kind, larger gap, what ends first, the competence's id. */
export function byPriority(standings) {
  const key = one => [WEIGHT.indexOf(one.requirement.kind), -one.gap, one.expires ?? LAST, one.requirement.competence]
  return [...standings].sort((a, b) => compare(key(a), key(b)))
}

/** Compare two keys part by part, as Python compares tuples. */
export function compare(first, second) {
  for (const [place, part] of first.entries()) {
    if (part < second[place]) return -1
    if (part > second[place]) return 1
  }
  return 0
}

/** Return one requirement that meets both: no role takes away what another one asks for. */
export function both(first, second) {
  const weightier = WEIGHT.indexOf(second.kind) < WEIGHT.indexOf(first.kind) ? second : first
  const lengths = [first.valid_for, second.valid_for].filter(Boolean)
  const shortest = lengths.sort((a, b) => compare([plus("2000-01-01", a)], [plus("2000-01-01", b)]))[0]
  return {
    competence: first.competence,
    level: Math.max(first.level, second.level),
    kind: weightier.kind,
    evidence: EVIDENCE[Math.max(rank(first.evidence), rank(second.evidence))],
    ...(weightier.basis && { basis: weightier.basis }),
    ...(shortest && { valid_for: shortest }),
  }
}
