// The header's panels on a narrow screen, menu and search: a button opens one, Escape closes it and gives the focus back.

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

if (typeof document !== "undefined") {
  buttons().forEach(mountPanel)
  document.addEventListener("keydown", close)
}
