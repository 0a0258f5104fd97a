// Light or dark: follow the system until the reader presses the button; store only then.
// Runs at the top of <body>, before anything is painted, so it is a classic script and not a module.
(() => {
  document.documentElement.classList.replace("no-js", "js") // Material does so too, but after the first paint
  const KEY = "kompetanse.scheme"
  const system = matchMedia("(prefers-color-scheme: dark)")
  let chosen = stored()

  function stored() {
    try {
      return localStorage.getItem(KEY)
    } catch {
      return null // storage is blocked; the system decides
    }
  }

  function store(value) {
    try {
      localStorage.setItem(KEY, value)
    } catch {
      // the choice lasts until the next page
    }
  }

  const isDark = () => (chosen ? chosen === "dark" : system.matches)

  function apply() {
    document.body.dataset.mdColorScheme = isDark() ? "slate" : "default"
    for (const button of document.querySelectorAll('[data-kmp="scheme"]')) {
      button.hidden = false
      button.setAttribute("aria-pressed", String(isDark()))
    }
  }

  /** From a folder on disk browsers load no modules; there one classic script, beside this page's own, has the search. */
  function startFromFolder() {
    const index = document.querySelector('[data-kmp="search"]')?.dataset.index
    if (index) document.head.append(Object.assign(document.createElement("script"), { src: `${index}../fra-mappe.js` }))
  }

  apply()
  if (location.protocol === "file:") document.addEventListener("DOMContentLoaded", startFromFolder)
  system.addEventListener("change", apply)
  document.addEventListener("DOMContentLoaded", apply)
  document.addEventListener("click", event => {
    if (!event.target.closest('[data-kmp="scheme"]')) return
    chosen = isDark() ? "light" : "dark"
    store(chosen)
    apply()
  })
})()
