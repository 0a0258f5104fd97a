// What a page runs that was opened from a folder on disk, where browsers load no modules: all of this as one classic script.

import { whenReady } from "./element.js"
import { mountPanel } from "./panel.js"
import { mount } from "./search-box.js"
import { mountPage } from "./search-page.js"

/** Start the parts of the page, each once. */
export function start() {
  whenReady("panel", mountPanel)
  whenReady("search", form => form.addEventListener("focusin", () => mount(form), { once: true }))
  whenReady("find", mountPage)
}

start()
