// The stem of a word by Snowball 3.1, https://snowballstem.org/algorithms/, for words of letters and numbers only.
// search/kompetanse_search/stem.py has the same from the package.

/** Return the longest of the ends in `table` {end: what} that `word` has from letter `from` on: [end, what], or none. */
function ending(word, table, from = 0) {
  for (let at = Math.max(from, word.length - table.longest); at < word.length; at++) {
    const what = table.ends.get(word.slice(at))
    if (what !== undefined) return [word.slice(at), what]
  }
  return null
}

/** Make a table of rows "what: end end …"; a row may leave out what. */
function tableOf(...rows) {
  const ends = new Map()
  for (const row of rows) {
    const [what, words] = row.includes(":") ? row.split(":") : ["", row]
    for (const end of words.trim().split(" ")) ends.set(end, what)
  }
  return { ends, longest: Math.max(...[...ends.keys()].map(end => end.length)) }
}

const without = (word, letters) => word.slice(0, word.length - letters)

/** Return where the region after the first letter that is no vowel, after a vowel, begins. */
function region(word, vowels, from = 0) {
  let at = from
  while (at < word.length && !vowels.includes(word[at])) at++
  while (at < word.length && vowels.includes(word[at])) at++
  return at < word.length ? at + 1 : word.length
}

const VOWELS = "aeiouyåæêòóôø"
const MAIN = tableOf(
  "cut: a e ede ande ende ane ene hetene en heten ar er heter as es edes endes enes hetenes ens hetens ets et het ast",
  "ers: ers", "s: s", "er: erte ert",
)
const KEEPS_ERS = tableOf("no: ind kk nk amm omm kap pp lt ast øst v", "yes: skap hav giv")
const OTHER = tableOf("leg eleg ig eig lig elig els lov elov slov hetslov")

function mainSuffix(word, start) {
  const [end, what] = ending(word, MAIN, start) ?? []
  if (!end) return word
  const base = without(word, end.length)
  if (what === "cut") return base
  if (what === "er") return base + "er"
  if (what === "ers") return ending(base, KEEPS_ERS)?.[1] === "no" ? word : base
  return losesS(base) ? base : word
}

function losesS(base) {
  const last = base.at(-1), before = base.at(-2)
  if ("bcdfghjlmnoptvyz".includes(last)) return true
  return last === "r" ? before !== "e" : last === "k" && before !== undefined && !VOWELS.includes(before)
}

/** Return the Norwegian stem of `word`, in plain form. */
export function stem(word) {
  if (word.length < 3) return word
  const start = Math.max(3, region(word, VOWELS))
  let found = mainSuffix(word, start)
  if (found.length - 2 >= start && /[dv]t$/.test(found)) found = without(found, 1)
  const [end] = ending(found, OTHER, start) ?? []
  return end ? without(found, end.length) : found
}

const V = "aeiouy"
const WHOLE = {
  skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
}
const STAYS = ["andes", "atlas", "bias", "cosmos", "howe", "news", "sky"]
const BEGINS = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/
const STEP_2 = tableOf(
  "tion: tional", "ence: enci", "ance: anci", "able: abli", "ent: entli", "ize: izer ization", "ate: ational ation ator",
  "al: alism aliti alli", "ful: fulness fulli", "ous: ousli ousness", "ive: iveness iviti", "ble: biliti bli", "og: ogist",
  "ogi: ogi", "less: lessli", "li: li",
)
const STEP_3 = tableOf("tion: tional", "ate: ational", "al: alize", "ic: icate iciti ical", ": ful ness", "R2: ative")
const STEP_4 = tableOf("cut: ic ance ence able ible ate ive ize iti al ism er ous ant ent ment ement", "ion: ion")

const isVowel = letter => letter !== undefined && V.includes(letter)
const hasVowel = text => [...text].some(isVowel)

/** Tell whether `word` ends in a short syllable. */
function short(word) {
  const [before, vowel, last] = [word.at(-3), word.at(-2), word.at(-1)]
  if (word.endsWith("past")) return true
  if (!isVowel(vowel) || isVowel(last)) return false
  return before === undefined ? true : !isVowel(before) && !"wxY".includes(last)
}

function step1a(word) {
  if (word.endsWith("sses")) return without(word, 2)
  if (/ie[ds]$/.test(word)) return without(word, word.length > 4 ? 2 : 1)
  if (/(ss|us)$/.test(word) || !word.endsWith("s")) return word
  return hasVowel(without(word, 2)) ? without(word, 1) : word
}

function step1b(word, r1) {
  const [end] = word.match(/(eed|eedly|ed|edly|ing|ingly)$/) ?? []
  if (!end) return word
  const base = without(word, end.length)
  if (end.startsWith("eed")) return base.length >= r1 && !/^(succ|proc|exc)$/.test(base) ? base + "ee" : word
  if (end === "ing") {
    if (/^[^aeiouy]y$/.test(base)) return base[0] + "ie"
    if (/^(even|cann|inn|earr|herr|out)$/.test(base)) return word
  }
  return hasVowel(base) ? mended(base, r1) : word
}

function mended(base, r1) {
  if (/(at|bl|iz)$/.test(base)) return base + "e"
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(base)) return /^[aeo]..$/.test(base) ? base : without(base, 1)
  return base.length === r1 && short(base) ? base + "e" : base
}

const step1c = word => (/.[^aeiouy][yY]$/.test(word) ? without(word, 1) + "i" : word)

function step2(word, r1) {
  const [end, what] = ending(word, STEP_2) ?? []
  if (!end || word.length - end.length < r1) return word
  const base = without(word, end.length)
  if (what === "ogi") return base.endsWith("l") ? base + "og" : word
  if (what === "li") return /[cdeghkmnrt]$/.test(base) ? base : word
  return base + what
}

function step3(word, r1, r2) {
  const [end, what] = ending(word, STEP_3) ?? []
  if (!end || word.length - end.length < r1) return word
  const base = without(word, end.length)
  return what === "R2" ? (base.length >= r2 ? base : word) : base + what
}

function step4(word, r2) {
  const [end, what] = ending(word, STEP_4) ?? []
  const base = end && without(word, end.length)
  return end && base.length >= r2 && (what === "cut" || /[st]$/.test(base)) ? base : word
}

function step5(word, r1, r2) {
  const base = without(word, 1)
  if (word.endsWith("e")) return base.length >= r2 || (base.length >= r1 && !short(base)) ? base : word
  return word.endsWith("ll") && base.length >= r2 ? base : word
}

/** Mark each y that is a consonant: at the beginning, and after a vowel. */
function marked(word) {
  let found = ""
  for (const letter of word) found += letter === "y" && (!found || isVowel(found.at(-1))) ? "Y" : letter
  return found
}

/** Return the English stem of `word`, in plain form. */
export function english(word) {
  if (Object.hasOwn(WHOLE, word)) return WHOLE[word]
  if (word.length < 3 || STAYS.includes(word)) return word
  const begun = marked(word)
  const r1 = begun.match(BEGINS)?.[0].length ?? region(begun, V), r2 = region(begun, V, r1)
  const after1 = step1c(step1b(step1a(begun), r1))
  return step5(step4(step3(step2(after1, r1), r1, r2), r2), r1, r2).replaceAll("Y", "y")
}

/** Return the English stem of `word` as a term of the index, where no Norwegian one meets it. */
export const englishTerm = word => `en:${english(word)}`
