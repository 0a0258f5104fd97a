// Narrow a list by words and choices. Without this script the whole list stands, grouped by area.

import { fold } from "./words.js"

/** Tell whether an entry, {text, values: {name: [value]}}, is among what is asked for, {words, choices: {name: value}}. */
export function matches(entry, query) {
  const text = fold(entry.text)
  const words = fold(query.words).split(/\s+/).filter(Boolean)
  const chosen = Object.entries(query.choices).filter(([, value]) => value)
  return words.every(word => text.includes(word)) && chosen.every(([name, value]) => (entry.values[name] ?? []).includes(value))
}

/** Make the form narrow the lists of its page. */
export function mount(form) {
  if (form.dataset.mounted) return
  form.dataset.mounted = "true"
  form.hidden = false
  const rows = [...document.querySelectorAll("[data-kmp-list] > li")].map(element => ({element, entry: read(element)}))
  const narrow = () => show(form, rows)
  form.addEventListener("input", narrow)
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("reset", () => setTimeout(narrow))
}

function read(element) {
  const values = Object.fromEntries(Object.entries(element.dataset).map(([name, value]) => [name, value.split(" ")]))
  return {text: element.textContent, values}
}

function show(form, rows) {
  const {words, ...choices} = Object.fromEntries(new FormData(form))
  let count = 0
  for (const {element, entry} of rows) {
    element.hidden = !matches(entry, {words, choices})
    count += element.hidden ? 0 : 1
  }
  for (const list of document.querySelectorAll("[data-kmp-list]")) {
    const empty = !list.querySelector(":scope > li:not([hidden])")
    list.hidden = empty
    if (list.previousElementSibling?.matches("h2")) list.previousElementSibling.hidden = empty
  }
  const status = form.querySelector('[role="status"]')
  status.textContent = (count === 1 ? status.dataset.one : status.dataset.many).replace("{count}", count)
}

if (typeof document !== "undefined") {
  const start = () => document.querySelectorAll('[data-kmp="filter"]').forEach(mount)
  if (globalThis.document$) globalThis.document$.subscribe(start)
  else document.addEventListener("DOMContentLoaded", start)
  start()
}
