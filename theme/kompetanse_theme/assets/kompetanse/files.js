// Files that a person opens or downloads. Nothing is sent anywhere.

import { legible } from "./words.js"

/** The largest file that can be a mapping, in bytes. */
export const LARGEST = 1_000_000

/** Read a small text file in UTF-8: {text}, or {fault} when it is too large, cannot be read or holds something else. */
export async function readSmall(file) {
  const fault = key => ({ fault: { key, values: { file: legible(file.name) } } })
  if (file.size > LARGEST) return fault("file.too_large")
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return fault("file.damaged")
  }
}

/** Hand `text` over to the person as a download called `name`. */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Return what a person wrote as a part of a file's name: «Kari Å. Nordmann» gives kari-å-nordmann. */
export const fileName = text => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40)
