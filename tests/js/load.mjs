// The theme's modules end in .js for the browser's sake; older Node reads such files as CommonJS, so they go in as text.

import { readFile } from "node:fs/promises"

const FOLDER = new URL("../../theme/kompetanse_theme/assets/kompetanse/", import.meta.url)

/** Import one of the theme's modules by its file name. */
export async function load(name) {
  const source = await readFile(new URL(name, FOLDER), "utf8")
  return import(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`)
}
