// The header. Its panels on a narrow screen, menu and search: a button opens one, Escape closes it and gives the focus back.
// All that searches is one script, fetched when the reader turns to the field.

/** Say whether `button` has its panel open. */
export const isOpen = button => button.getAttribute("aria-expanded") === "true"

/** Open or close the panel of `button`; where it has a field, that gets the focus. */
export function set(button, open) {
  button.setAttribute("aria-expanded", String(open))
  const panel = document.getElementById(button.getAttribute("aria-controls"))
  panel.toggleAttribute("data-open", open)
  if (open) panel.querySelector("input")?.focus()
}

/** Make `button` work. */
export function mountPanel(button) {
  if (button.dataset.mounted) return
  button.dataset.mounted = "true"
  button.addEventListener("click", () => {
    for (const other of buttons()) set(other, other === button && !isOpen(button))
  })
}

const buttons = () => [...document.querySelectorAll('[data-kmp="panel"]')]

function close(event) {
  const open = event.key === "Escape" && !event.defaultPrevented && buttons().find(isOpen)
  if (!open) return
  set(open, false)
  open.focus()
}

/** Return the address of the script that searches the index in the folder `index`, an absolute address. */
export const scriptOf = index => new URL("../sok.js", index).href

let asked = null

/** Return what that script makes. It is a classic one, which loads from a folder on disk too; one that failed is asked for again. */
export function searchAt(index) {
  asked ??= (globalThis.kompetanseSearch ? Promise.resolve() : fetched(scriptOf(index))).then(() => globalThis.kompetanseSearch)
  asked.catch(() => (asked = null))
  return asked
}

function fetched(src) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }))
  })
}

/** Ask for the first file of the index while the script that reads it is on its way. */
function hint(index) {
  if (globalThis.kompetanseSearch || location.protocol === "file:") return
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: `${index}manifest.js` }))
}

/** Wait for the reader to turn to the search, given its form. */
export function mountSearch(form) {
  if (form.dataset.mounted) return
  form.dataset.mounted = "true"
  const index = new URL(form.dataset.index, document.baseURI).href
  const start = async () => {
    form.removeEventListener("focusin", start)
    hint(index)
    const search = await searchAt(index).catch(() => null)
    if (search) search.mount(form)
    else form.addEventListener("focusin", start)
  }
  form.addEventListener("focusin", start)
  form.addEventListener("pointerenter", () => searchAt(index), { once: true })
  if (form.contains(document.activeElement)) start()
}

if (typeof document !== "undefined") {
  buttons().forEach(mountPanel)
  document.querySelectorAll('[data-kmp="search"]').forEach(mountSearch)
  document.addEventListener("keydown", close)
}
