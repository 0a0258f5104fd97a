// Rankings of engines that run in a browser. Reads {engine, documents, queries, depth, assets, modules} from standard input,
// writes a list of ids for each query to standard output.
import { createRequire } from "node:module"
import { mkdtemp, readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import vm from "node:vm"

const asked = JSON.parse(await readFile("/dev/stdin", "utf8"))
const require = createRequire(join(asked.modules, "package.json"))

async function minisearch(options) {
  const { default: MiniSearch } = await import(pathToFileURL(require.resolve("minisearch")))
  const index = new MiniSearch({ fields: ["title", "headings", "body"], searchOptions: options })
  index.addAll(asked.documents)
  return query => index.search(query).map(one => one.id)
}

// Material's own worker, in the language of its nb and nn strings.
async function material() {
  const { folder, worker, config } = asked.assets
  const scope = { console, postMessage: message => (scope.answer = message), addEventListener: (_, to) => (scope.ask = to) }
  scope.self = scope
  vm.createContext(scope)
  scope.importScripts = async (...urls) => {
    for (const url of urls) vm.runInContext(await readFile(join(folder, "workers", url), "utf8"), scope)
  }
  vm.runInContext(await readFile(join(folder, "workers", worker), "utf8"), scope)
  const docs = asked.documents.map(one => ({ location: one.id, title: one.title || "-", text: one.body }))
  await scope.ask({ data: { type: 0, data: { config, docs, options: { suggest: false } } } })
  return async query => {
    await scope.ask({ data: { type: 2, data: query } })
    return scope.answer.data.items.map(items => items[0].location)
  }
}

async function pagefind() {
  const folder = await mkdtemp(join(tmpdir(), "pagefind-"))
  const { createIndex, close } = await import(pathToFileURL(join(asked.modules, "node_modules/pagefind/lib/index.js")))
  const { index } = await createIndex({ forceLanguage: "no" })
  for (const [number, one] of asked.documents.entries()) {
    const content = [one.title, one.body].join("\n").trim() || "-"
    await index.addCustomRecord({ url: `/${number}`, content, language: "no", meta: { title: one.title } })
  }
  await index.writeFiles({ outputPath: folder })
  await close()
  globalThis.fetch = async url => new Response(await readFile(join(folder, String(url).split("?")[0].split("/pagefind/").pop())))
  globalThis.document = { querySelector: () => ({ getAttribute: () => "no" }), currentScript: null }
  globalThis.window = { location: { origin: "http://localhost" } }
  const reader = await import(pathToFileURL(join(folder, "pagefind.js")))
  await reader.options({ basePath: "/pagefind/", baseUrl: "/" })
  await reader.init()
  return async query => {
    const found = await reader.search(query)
    const first = await Promise.all(found.results.slice(0, asked.depth).map(one => one.data()))
    return first.map(one => asked.documents[Number(one.raw_url.slice(1))].id)
  }
}

const ENGINES = {
  minisearch: () => minisearch({}),
  "minisearch fuzzy": () => minisearch({ fuzzy: 0.2, prefix: true }),
  material,
  pagefind,
}
const search = await ENGINES[asked.engine]()
const rankings = []
for (const query of asked.queries) rankings.push((await search(query)).slice(0, asked.depth))
process.stdout.write(JSON.stringify(rankings), () => process.exit(0))
