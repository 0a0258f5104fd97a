// The button that deletes all that is kept on the device. It asks once, in its own place.

import { element } from "./element.js"

/** Return the button for `journey`, which knows the words (`say`) and how to forget (`forget`). */
export function forgetting(journey) {
  const place = element("div", { class: "kmp-forget" })
  const ask = () => {
    const no = element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: () => { begin(); place.querySelector("button").focus() } }, journey.say("device.forget_no"))
    const yes = element("button", { type: "button", class: "kmp-button", onclick: () => journey.forget() }, journey.say("device.forget_yes"))
    place.replaceChildren(element("p", { role: "alert" }, journey.say("device.forget_sure")), element("p", { class: "kmp-actions" }, yes, no))
    no.focus()
  }
  const begin = () => place.replaceChildren(
    element("p", {}, element("button", { type: "button", class: "kmp-button kmp-button--quiet", onclick: ask }, journey.say("device.forget"))),
    element("p", { class: "kmp-small" }, journey.say("device.forget_hint")))
  begin()
  return place
}
