// Answers queries with the browser's reader, for Python to compare: {folder, queries: [{text, …options}]} in, a list of answers out.

import { readFile } from "node:fs/promises"
import { text } from "node:stream/consumers"
import vm from "node:vm"

import { open } from "../../theme/kompetanse_theme/assets/kompetanse/search-index.js"

/** Run a file as a browser runs a script. */
export async function run(address, take) {
  vm.runInThisContext(await readFile(address.split("?")[0], "utf8"))
  take()
}

if (process.argv[1] === import.meta.filename) {
  const { folder, queries } = JSON.parse(await text(process.stdin))
  const index = await open(`${folder}/`, { run })
  const answers = []
  for (const { text: asked, ...options } of queries) answers.push(await index.search(asked, options))
  process.stdout.write(JSON.stringify(answers))
}
