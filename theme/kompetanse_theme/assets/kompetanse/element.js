// Elements made of text, never of markup: what a file or a person wrote stays text.

/** Return an element. Properties that start with "on" are listeners, `data` is a dataset, the others are attributes. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) set(made, key, value)
  made.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false))
  return made
}

function set(made, key, value) {
  if (value === null || value === undefined || value === false) return
  if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
  else if (key === "data") Object.assign(made.dataset, value)
  else if (key === "value") made.value = value
  else made.setAttribute(key, value === true ? "" : value)
}

/** Run `start` on every element that asks for the component `name`, now and when the page is there. */
export function whenReady(name, start) {
  if (typeof document === "undefined") return
  const all = () => document.querySelectorAll(`[data-kmp~="${name}"]`).forEach(one => {
    const mounted = `mounted${name.replace(/(?:^|-)(\w)/g, (whole, letter) => letter.toUpperCase())}`
    if (one.dataset[mounted]) return
    one.dataset[mounted] = "true"
    start(one)
  })
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all)
  else all()
}
