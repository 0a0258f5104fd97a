// What Material's search lacks for the keyboard. Tab walks from the field into the results and closes them only when it
// leaves; letters are letters: Material's shortcuts of one key (F, S, P, N) stand against WCAG 2.1.4 and are stopped.

/** Tell whether a keydown must not reach Material, whose listener is on the window. */
export const isKept = event => event.key === "Tab" || (isOneKey(event) && !isField(event.target))

const isOneKey = event => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
const isField = element => element.matches("input, select, textarea, [contenteditable]")

/** Make the search, given its element, close its results when the focus leaves it. */
export function mount(search) {
  if (search.dataset.mounted) return
  search.dataset.mounted = "true"
  const toggle = document.getElementById("__search")
  search.addEventListener("focusout", event => {
    if (!search.contains(event.relatedTarget) && toggle.checked) toggle.click()
  })
}

if (typeof document !== "undefined") {
  document.querySelectorAll('[data-kmp="search"]').forEach(mount)
  document.addEventListener("keydown", event => {
    if (isKept(event)) event.stopPropagation()
  })
}
