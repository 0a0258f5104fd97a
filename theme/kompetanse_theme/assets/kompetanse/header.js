// The header. Its panels on a narrow screen, menu and search: a button opens one, Escape closes it and gives the focus back.
// Its search is Material's, fetched when the reader first turns to it, and what it lacks. Tab walks from the field into the
// results, and closes them only when it leaves them; what is pasted or cleared counts as written; its shortcuts of one
// key (F, S, P, N) stand against WCAG 2.1.4 and are stopped.

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
  const open = event.key === "Escape" && buttons().find(isOpen)
  if (!open) return
  set(open, false)
  open.focus()
}

/** Tell whether a keydown must not reach Material, whose listener is on the window. */
export const isKept = event => event.key === "Tab" || (isOneKey(event) && !isField(event.target))

const isOneKey = event => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
const isField = element => element.matches("input, select, textarea, [contenteditable]")

/** Mend the search, given its element. */
export function mountSearch(search) {
  if (search.dataset.mounted) return
  search.dataset.mounted = "true"
  search.addEventListener("focusin", start, {once: true})
  if (search.contains(document.activeElement)) start()
  const [toggle, list] = [document.getElementById("__search"), search.querySelector("ol")]
  search.addEventListener("input", event => event.target.dispatchEvent(new Event("keyup"))) // all that Material hears
  search.addEventListener("focusout", event => {
    if (!search.contains(event.relatedTarget) && toggle.checked) toggle.click()
  })
  new MutationObserver(() => reach(list)).observe(list, {childList: true, subtree: true})
}

/** Let Material's script run, which stands in the page as text. It finds the focus in the field and what is written there. */
function start() {
  const sleeping = document.querySelector('script[data-kmp="engine"]')
  if (!sleeping) return
  sleeping.remove()
  document.body.append(Object.assign(document.createElement("script"), {src: sleeping.src}))
}

function reach(list) {
  for (const link of list.querySelectorAll('[tabindex="-1"]')) link.removeAttribute("tabindex")
}

if (typeof document !== "undefined") {
  buttons().forEach(mountPanel)
  document.querySelectorAll('[data-kmp="search"]').forEach(mountSearch)
  document.addEventListener("keydown", event => {
    close(event)
    if (isKept(event)) event.stopPropagation()
  })
}
