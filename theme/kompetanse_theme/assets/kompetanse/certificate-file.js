// Take a certificate out of whatever it came in: its own file, a picture, or a PDF. `evidence/certificate_in.py` does alike.

import { inflate } from "./certificate-check.js"

const LARGEST = 5_000_000
const LARGEST_CERTIFICATE = 1_000_000
const NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
const KEYWORD = "openbadgecredential"
const KINDS = ["OpenBadgeCredential", "AchievementCredential"]
const LIST = "BitstringStatusListCredential"
const MOST = 20
const DEEPEST = 40

/** Why there is nothing to check in a file; `reason` is a key of words under verify.unreadable. */
export class Unreadable extends Error {
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

const text = bytes => new TextDecoder("utf-8", { fatal: true }).decode(bytes)
const latin = bytes => new TextDecoder("latin1").decode(bytes) // a sign for each byte; ASCII as itself

/** Return {certificate} or {list}, whichever the file holds; throws Unreadable. */
export async function read(file) {
  if (file.size > LARGEST) throw new Unreadable("too_large")
  let found
  try {
    found = await textIn(new Uint8Array(await file.arrayBuffer()))
  } catch {
    throw new Unreadable("damaged")
  }
  if (found === null) throw new Unreadable("holds_none")
  return parsed(found)
}

async function textIn(bytes) {
  const start = latin(bytes.subarray(0, 64)).replace("\xef\xbb\xbf", "").trimStart()
  if (bytes[0] === 0x89 && start.startsWith("PNG", 1)) return fromPng(bytes)
  if (start.startsWith("%PDF")) return fromPdf(bytes)
  if (start.startsWith("<")) return fromSvg(text(bytes))
  return start.startsWith("{") ? text(bytes) : null
}

function parsed(found) {
  if (found.length > LARGEST_CERTIFICATE) throw new Unreadable("too_large")
  let value
  try {
    value = JSON.parse(found)
  } catch {
    throw new Unreadable("damaged")
  }
  if (keysIn(found) !== keysOf(value, DEEPEST)) throw new Unreadable("damaged")
  const kinds = [value?.type].flat()
  if (kinds.includes(LIST)) return { list: value }
  if (KINDS.some(kind => kinds.includes(kind))) return { certificate: value }
  throw new Unreadable("holds_none")
}

/** Return how many keys stand in JSON: texts before a colon. One that stands twice is read by some as the first, by others as the last. */
const keysIn = json => [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length

/** Return how many keys `value` has, to a depth that no certificate reaches. */
function keysOf(value, left) {
  if (typeof value !== "object" || value === null) return 0
  if (!left) return Infinity
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum, one) => sum + keysOf(one, left - 1), own)
}

/** Return the text in the chunk iTXt of an Open Badges 3.0 picture. */
async function fromPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at)
    const body = bytes.subarray(at + 8, at + 8 + size)
    if (latin(bytes.subarray(at + 4, at + 8)) === "iTXt" && latin(body.subarray(0, KEYWORD.length + 1)) === `${KEYWORD}\0`) return textOf(body.subarray(KEYWORD.length + 1))
    at += 12 + size
  }
  return null
}

/** Two flags, the language, the keyword translated, and the text, which may be packed. */
async function textOf(body) {
  const language = body.indexOf(0, 2)
  const translated = body.indexOf(0, language + 1)
  if (language < 0 || translated < 0) throw new Unreadable("damaged")
  const held = body.subarray(translated + 1)
  return text(body[0] ? await inflate(held, "deflate", LARGEST_CERTIFICATE) : held)
}

function fromSvg(whole) {
  const found = new DOMParser().parseFromString(whole, "image/svg+xml").getElementsByTagNameNS(NAMESPACE, "credential")[0]
  return found ? found.getAttribute("verify") || found.textContent.trim() : null
}

/** Return the first attached file of a PDF that is JSON: its streams are found by what they say of themselves. */
async function fromPdf(bytes) {
  const whole = latin(bytes)
  const heads = [...whole.matchAll(/<<(?:[^<>]|<<[^<>]*>>|<[^<>]*>)*\/Type\s*\/EmbeddedFile(?:[^<>]|<<[^<>]*>>|<[^<>]*>)*>>\s*stream\r?\n/g)].slice(0, MOST)
  for (const head of heads) {
    const size = /\/Length\s+(\d+)/.exec(head[0])
    const start = head.index + head[0].length
    const held = bytes.subarray(start, start + Number(size?.[1] ?? 0))
    const plain = head[0].includes("/FlateDecode") ? await inflate(held, "deflate", LARGEST_CERTIFICATE) : held
    if (latin(plain.subarray(0, 1)) === "{") return text(plain)
  }
  return null
}
