// Where a person opens files: a field to choose them by, in a frame to drop them on.

import { element } from "./element.js"

/** Return the frame; `take` gets an array of files, each time that some are chosen or dropped. */
export function chooseFiles({ id, label, hint, accept }, take) {
  const field = element("input", { type: "file", id, multiple: true, accept, "aria-describedby": `${id}-hint` })
  field.addEventListener("change", async () => {
    await take([...field.files])
    field.value = ""
  })
  const frame = element("div", { class: "kmp-field kmp-drop kmp-no-print" },
    element("label", { for: id }, label),
    element("p", { class: "kmp-small", id: `${id}-hint` }, hint), field)
  frame.addEventListener("dragover", event => {
    event.preventDefault()
    frame.dataset.over = "true"
  })
  frame.addEventListener("dragleave", () => delete frame.dataset.over)
  frame.addEventListener("drop", event => {
    event.preventDefault()
    delete frame.dataset.over
    return take([...event.dataTransfer.files])
  })
  return frame
}
