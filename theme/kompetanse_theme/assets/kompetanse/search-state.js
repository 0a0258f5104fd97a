// What is asked for on the page of search, as it stands in the page's address.

/** As many letters as the search reads; what is longer would only make an address that no server takes. */
export const LONGEST = 200

/** What one can narrow by, in the order in which it is shown. */
export const FACETS = ["kind", "role", "competence", "level", "language", "delivery", "minutes", "region"]

/** Return as much of `text` as the search reads. */
export const limited = text => text.slice(0, LONGEST)

/** Return what an address's query asks for: {text, where: {facet: [value]}}. */
export function stateOf(query) {
  const given = new URLSearchParams(query)
  const chosen = FACETS.map(facet => [facet, [...new Set(given.getAll(facet))].filter(Boolean)])
  return { text: limited(given.get("q") ?? ""), where: Object.fromEntries(chosen.filter(([, values]) => values.length)) }
}

/** Return the query of an address that asks for that; empty for nothing. */
export function queryOfState({ text, where }) {
  const given = new URLSearchParams()
  if (text) given.set("q", text)
  for (const facet of FACETS) for (const value of where[facet] ?? []) given.append(facet, value)
  const query = given.toString()
  return query && `?${query}`
}
