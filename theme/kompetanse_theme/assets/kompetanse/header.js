// The header: its panels, and its search, whose script is fetched when the reader first turns to the field.

import "./panel.js"

/** Wait for the reader to turn to the search, given its form. */
export function mountSearch(form) {
  if (form.dataset.mounted) return
  form.dataset.mounted = "true"
  const start = async () => (await import("./search-box.js")).mount(form)
  if (form.contains(document.activeElement)) start()
  else form.addEventListener("focusin", start, { once: true })
}

if (typeof document !== "undefined") document.querySelectorAll('[data-kmp="search"]').forEach(mountSearch)
