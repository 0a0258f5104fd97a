// The first view of the mapping: which roles, and what is kept on this device or in a file.

import { parse } from "./assessment.js"
import { element } from "./element.js"
import { readSmall } from "./files.js"
import { fold } from "./words.js"
import { forgetting } from "./forget.js"

/** Return the view. `hash` may name a role to begin with: #rolle=helsefagarbeider. */
export function rolesView(journey, hash) {
  const asked = new URLSearchParams(hash.slice(1)).get("rolle")
  prepare(journey, asked ? [asked] : journey.assessment?.roles ?? [])
  return element("div", { class: "kmp-stack" },
    journey.notices.length && !journey.requirements?.length ? notices(journey) : null,
    journey.kept && !journey.assessment && keptPanel(journey),
    element("h2", { tabindex: "-1" }, journey.say("mapping.choose")),
    journey.form,
    opening(journey))
}

/** Return what has changed since a file or the device's answers were made, as a list. */
export function notices(journey) {
  return element("div", { class: "kmp-alert kmp-alert--info" },
    element("p", {}, element("strong", {}, journey.say("file.changed"))),
    element("ul", {}, journey.notices.map(one => element("li", {}, journey.say(one.key, one.values)))))
}

function keptPanel(journey) {
  const roles = journey.kept.roles.map(id => journey.framework.roles[id]?.title ?? id).join(", ")
  return element("div", { class: "kmp-panel", role: "group", "aria-label": journey.say("mapping.kept") },
    element("h2", {}, journey.say("mapping.kept")),
    element("p", {}, journey.say("mapping.kept_text", { day: journey.day(journey.kept.made), roles })),
    element("p", { class: "kmp-actions" },
      button(journey, "mapping.go_on", () => journey.goOn()),
      button(journey, "mapping.to_result", () => journey.goOn("resultat"), "secondary"),
      button(journey, "mapping.renew", () => journey.renew(), "secondary")),
    forgetting(journey))
}

/** Return a button of the journey. */
export const button = (journey, key, onclick, look = "", values = {}) =>
  element("button", { type: "button", class: `kmp-button${look ? ` kmp-button--${look}` : ""}`, onclick }, journey.say(key, values))

function prepare(journey, chosen) {
  const boxes = [...journey.form.querySelectorAll("input[type=checkbox]")]
  for (const box of boxes) box.checked = chosen.includes(box.value)
  if (journey.form.dataset.ready) return
  journey.form.dataset.ready = "true"
  journey.form.prepend(finder(journey, boxes))
  const fault = element("p", { class: "kmp-fault", id: "kmp-roles-fault", role: "alert" })
  journey.form.append(fault, element("p", { class: "kmp-actions" }, element("button", { class: "kmp-button" }, journey.say("mapping.start"))))
  journey.form.addEventListener("submit", event => {
    event.preventDefault()
    const roles = boxes.filter(box => box.checked).map(box => box.value)
    fault.textContent = roles.length ? "" : journey.say("mapping.choose_first")
    if (roles.length) journey.begin(roles)
    else boxes[0].focus()
  })
}

function finder(journey, boxes) {
  const found = element("p", { role: "status", class: "kmp-small" })
  const field = element("input", { type: "search", id: "kmp-role-words", autocomplete: "off" })
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean)
    const rows = boxes.map(box => box.closest("label"))
    for (const row of rows) row.hidden = !words.every(word => fold(row.textContent).includes(word))
    for (const group of journey.form.querySelectorAll("fieldset")) group.hidden = !group.querySelector("label:not([hidden])")
    found.textContent = journey.count("mapping.found", rows.filter(row => !row.hidden).length)
  })
  field.addEventListener("keydown", event => event.key === "Enter" && event.preventDefault())
  return element("div", { class: "kmp-field", hidden: boxes.length < 9 }, element("label", { for: field.id }, journey.say("mapping.search")), field, found)
}

function opening(journey) {
  const said = element("div", { role: "alert" })
  const field = element("input", { type: "file", id: "kmp-open", accept: ".json,application/json", "aria-describedby": "kmp-open-hint" })
  field.addEventListener("change", async () => {
    const [file] = field.files
    if (file) said.replaceChildren(...await open(journey, file, said))
    field.value = ""
  })
  return element("div", { class: "kmp-field kmp-open" },
    element("label", { for: field.id }, journey.say("mapping.open_file")),
    element("p", { class: "kmp-small", id: "kmp-open-hint" }, journey.say("mapping.open_file_hint")), field, said)
}

/** Read a file, and ask before it takes the place of answers that are there. */
async function open(journey, file, said) {
  const read = await readSmall(file)
  const { assessment, fault } = read.fault ? read : parse(read.text, file.name, journey.today)
  if (fault) return [element("p", { class: "kmp-alert kmp-alert--danger" }, journey.say(fault.key, fault.values))]
  if (!journey.kept && !journey.assessment) {
    journey.take(assessment, file.name)
    return []
  }
  return [element("div", { class: "kmp-alert kmp-alert--warning" },
    element("p", {}, journey.say("file.replace", { file: file.name, day: journey.day(assessment.made) })),
    element("p", { class: "kmp-actions" },
      button(journey, "file.replace_yes", () => { journey.saved ||= journey.kept !== null; journey.take(assessment, file.name) }),
      button(journey, "file.replace_no", () => said.replaceChildren(), "secondary")))]
}
