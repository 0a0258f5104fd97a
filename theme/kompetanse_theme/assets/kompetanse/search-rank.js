// The ranking, in whole numbers. search/kompetanse_search/rank.py answers alike.

/** Return the weight of a term that `having` of `pages` have, in thousandths. */
export const rarity = (pages, having) => Math.floor(1000 * Math.log(1 + (pages - having + 0.5) / (having + 0.5)) + 0.5)

/** Return page → the score of its best term, for `rows` [[weight, postings]]; to have it is worth `more` of its impact. */
function best(rows, pages, more = 0) {
  const found = new Map()
  for (const [weight, having] of rows) {
    const factor = weight * rarity(pages, having.length)
    for (const [page, value] of having) found.set(page, Math.max(factor * (value + more), found.get(page) ?? 0))
  }
  return found
}

/** Return page → the highest weight of a term that its title has. */
function covered(rows) {
  const found = new Map()
  for (const [weight, having] of rows) for (const [page] of having) found.set(page, Math.max(weight, found.get(page) ?? 0))
  return found
}

const add = (sums, found) => found.forEach((score, page) => sums.set(page, score + (sums.get(page) ?? 0)))

/**
 * Return a Map of page → score. `groups`, one for each word, and `together` are lists of [weight, {whole, title}], postings
 * [[page, impact]]; `bonus` is the weight of the title's score, `more` what it is worth to have a term at all.
 */
export function scores(groups, together, pages, bonus, more = 0) {
  const total = new Map(), title = new Map(), cover = new Map()
  for (const group of [...groups, ...together]) {
    add(total, best(group.map(([weight, row]) => [weight, row.whole]), pages, more))
    add(title, best(group.map(([weight, row]) => [weight, row.title]), pages))
  }
  for (const group of groups) add(cover, covered(group.map(([weight, row]) => [weight, row.title])))
  const asked = 100 * groups.length
  for (const [page, score] of title) {
    const share = Math.floor((score * Math.min(cover.get(page) ?? 0, asked)) / asked)
    total.set(page, total.get(page) + Math.floor((share * bonus) / 100))
  }
  return total
}

/**
 * Return the `limit` best pages of `found`, a Map of page → score: by score, then the shorter, then by number. `length`, which
 * promises how long a page is, is asked only where scores are equal.
 */
export async function first(found, limit, length) {
  const order = [...found].sort((one, other) => other[1] - one[1] || one[0] - other[0])
  const least = order[Math.min(limit, order.length) - 1]?.[1]
  const near = order.filter(([, score]) => score >= least)
  const long = new Map()
  for (const [at, [page, score]] of near.entries()) {
    if (score === near[at - 1]?.[1] || score === near[at + 1]?.[1]) long.set(page, length(page))
  }
  for (const [page, promise] of long) long.set(page, await promise)
  near.sort((one, other) => other[1] - one[1] || long.get(one[0]) - long.get(other[0]) || one[0] - other[0])
  return near.slice(0, limit)
}
