import assert from "node:assert/strict"
import { test } from "node:test"

import { gather, inScript, inStyles, keyOf, megabytes } from "../../theme/kompetanse_theme/assets/kompetanse/offline.js"

const ROOT = "http://127.0.0.1/kompetanse/"

/** Answer every fetch from `files`, {address below the root: [type, text]}. */
function serve(files) {
  const asked = []
  globalThis.fetch = async url => {
    asked.push(url.slice(ROOT.length))
    const [type, text] = files[url.slice(ROOT.length)] ?? []
    return type ? new Response(text, { headers: { "Content-Type": type } }) : new Response("", { status: 404 })
  }
  return asked
}

const options = { signal: new AbortController().signal, tell: () => {} }

test("addresses in style sheets are found however they are quoted, and no data", () => {
  assert.deepEqual(inStyles(`@import "a.css"; @import url(b.css) layer(x); p { background: url('c.svg') } i { mask: url("data:image/svg+xml,x") }`), ["a.css", "b.css", "c.svg"])
})

test("modules that a script imports are found", () => {
  assert.deepEqual(inScript(`import { a } from "./a.js"\nimport "../b.js"\nconst c = () => import("./c.js")\nimport x from "outside"`), ["./a.js", "../b.js", "./c.js"])
})

test("an address has one name, with or without index.html, query and place", () => {
  assert.equal(keyOf(`${ROOT}kurs/index.html?a=1#b`), `${ROOT}kurs/`)
})

test("size is said in megabytes, never as nought", () => {
  assert.equal(megabytes(1_260_000, "nb"), "1,3")
  assert.equal(megabytes(10, "en"), "0.1")
})

test("what a file needs is fetched once, below the root only", async () => {
  const asked = serve({
    "a.js": ["text/javascript", `import "./b.js"; import "../../outside.js"`],
    "b.js": ["text/javascript", `import "./a.js"; import "./gone.js"`],
  })

  const { files, bytes } = await gather([`${ROOT}a.js`], ROOT, options)

  assert.deepEqual(asked, ["a.js", "b.js", "gone.js"])
  assert.deepEqual([...files.keys()], [`${ROOT}a.js`, `${ROOT}b.js`])
  assert.ok(bytes > 50)
})

test("a page that is not there makes all of it fail", async () => {
  serve({})

  await assert.rejects(gather([`${ROOT}kurs/`], ROOT, options))
})
