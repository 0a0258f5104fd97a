// The header. Its panels on a narrow screen, menu and search: a button opens one, Escape closes it and gives the focus back.
// The script of its search is fetched when the reader first turns to the field.

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

/** Wait for the reader to turn to the search, given its form. */
export function mountSearch(form) {
  if (form.dataset.mounted) return
  form.dataset.mounted = "true"
  const start = async () => (await import("./search-box.js")).mount(form)
  if (form.contains(document.activeElement)) start()
  else form.addEventListener("focusin", start, { once: true })
}

if (typeof document !== "undefined") {
  buttons().forEach(mountPanel)
  document.querySelectorAll('[data-kmp="search"]').forEach(mountSearch)
  document.addEventListener("keydown", close)
}
