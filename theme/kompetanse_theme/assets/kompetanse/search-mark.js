// Which words of a text were asked for, and which headings have some. Texts only: what is shown is made of them elsewhere.

import { plain, tokens } from "./search-text.js"

const WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu

/** Return `text` in parts [{text, marked}], of which those that are among `forms`, a Set of plain words, are marked. */
export function parts(text, forms) {
  const found = []
  let at = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!forms.has(plain(word))) continue
    if (index > at) found.push({ text: text.slice(at, index), marked: false })
    found.push({ text: word, marked: true })
    at = index + word.length
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false })
  return found
}

/** Return those of a hit's headings that say more of what was asked for than its title does, the best first. */
export function sections({ title, headings }, forms, most) {
  const said = text => new Set(tokens(text).filter(word => forms.has(word)))
  const inTitle = said(title)
  const worth = heading => [...said(heading.title)].filter(word => !inTitle.has(word)).length
  const found = headings.map(heading => ({ heading, worth: worth(heading) })).filter(one => one.worth)
  return found.sort((one, other) => other.worth - one.worth).slice(0, most).map(one => one.heading)
}

/** Return hits by kind, [[kind, [hit]]], the kind of the best hit first. */
export function byKind(hits) {
  const groups = new Map()
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit])
  return [...groups]
}
