/* Open files as the page /bevis/ does: reads their paths, a row each, and writes {certificate}, {list} or {reason} of each.
 * Node has no reader of XML, so pictures in SVG are left to the browser's tests.
 */
import { readFileSync } from "node:fs"
import { text } from "node:stream/consumers"

import { read, Unreadable } from "../../theme/kompetanse_theme/assets/kompetanse/certificate-file.js"

const found = []
for (const path of (await text(process.stdin)).split("\n")) {
  try {
    found.push(await read(new File([readFileSync(path)], path)))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    found.push({ reason: error.reason })
  }
}
process.stdout.write(JSON.stringify(found))
