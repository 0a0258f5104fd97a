// What the browser's reader makes of something, for Python to compare: {about, …} by standard input, the answer by standard output.

import { readFile, rm, writeFile } from "node:fs/promises"
import { text } from "node:stream/consumers"
import vm from "node:vm"

import { Splitter } from "../../theme/kompetanse_theme/assets/kompetanse/search-compound.js"
import { open, OtherVersion, Unreachable } from "../../theme/kompetanse_theme/assets/kompetanse/search-index.js"
import { cognateKey, foldKey } from "../../theme/kompetanse_theme/assets/kompetanse/search-keys.js"
import { queryOf } from "../../theme/kompetanse_theme/assets/kompetanse/search-query.js"
import { rarity } from "../../theme/kompetanse_theme/assets/kompetanse/search-rank.js"
import { english, stem } from "../../theme/kompetanse_theme/assets/kompetanse/search-stem.js"

/** Run a file as a browser runs a script. */
export async function run(address, take) {
  vm.runInThisContext(await readFile(address.split("?")[0], "utf8"))
  take()
}

const answers = {
  stems: ({ words }) => words.map(word => [stem(word), english(word)]),

  cognates({ words, rules }) {
    const every = rules.map(([pattern, after]) => [new RegExp(pattern, "g"), after.replaceAll("\\", "$")])
    return words.map(word => cognateKey(foldKey(word), every))
  },

  cuts({ words, elements }) {
    const splitter = new Splitter({ words: new Map(elements.words), stems: new Map(elements.stems), not: new Set(elements.not) })
    return words.map(word => ({
      cuts: splitter.cuts(word).map(one => [one.score, one.left, one.right]),
      parts: Object.fromEntries(splitter.parts(word)),
    }))
  },

  rarities: ({ sizes }) => sizes.map(size => Array.from({ length: size + 1 }, (_, having) => rarity(size, having))),

  async queries({ folder, queries }) {
    const index = await open(`${folder}/`, { run }), found = []
    for (const { text: asked, ...options } of queries) found.push(await index.search(asked, options))
    return found
  },

  /** Say what stops a query, or how much it found; `then`, files {name: text or null}, come after the manifest was read. */
  async stops({ folder, queries, region = null, then = {} }) {
    const fail = error => (error instanceof Unreachable || error instanceof OtherVersion ? error.name : String(error))
    try {
      const index = await open(`${folder}/`, { run, region })
      for (const [name, changed] of Object.entries(then)) {
        await (changed === null ? rm(`${folder}/${name}`) : writeFile(`${folder}/${name}`, changed))
      }
      return await Promise.all(queries.map(asked => index.search(asked).then(found => found.total, fail)))
    } catch (error) {
      return fail(error)
    }
  },

  async groups({ folder, queries }) {
    const index = await open(`${folder}/`, { run }), found = []
    for (const { text: asked, typing } of queries) {
      const { groups, together } = await index.lexicon.groups(queryOf(asked, index.stopWords), typing)
      found.push([groups, together].map(every => every.map(group => Object.fromEntries(group))))
    }
    return found
  },

  /** Answer queries, and say how long each took, in milliseconds, and which files were read: all from the start for each when `cold`; and which hold the texts of what is found. */
  async costs({ folder, queries, cold }) {
    const found = []
    let files = []
    const counting = (address, take) => (files.push(address.slice(folder.length + 1)), run(address, take))
    let index = await open(`${folder}/`, { run: counting })
    for (const { text: asked, ...options } of queries) {
      files = []
      if (cold) index = await open(`${folder}/`, { run: counting })
      const start = performance.now()
      const { hits } = await index.search(asked, options)
      found.push({ milliseconds: performance.now() - start, files, texts: hits.flatMap(hit => (hit.text ? [`${hit.text}.js`] : [])) })
    }
    return found
  },
}

if (process.argv[1] === import.meta.filename) {
  const asked = JSON.parse(await text(process.stdin))
  process.stdout.write(JSON.stringify(await answers[asked.about](asked)))
}
