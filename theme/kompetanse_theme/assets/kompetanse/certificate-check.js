// Whether a certificate holds: five questions, each answered for itself. `evidence/verification.py` answers alike.

import { check, Refused, Unable } from "./certificate-proof.js"

const BITS = 131_072
const LARGEST = 16 * 1024 * 1024

const isMapping = value => typeof value === "object" && value !== null && !Array.isArray(value)

/** Return five results {question, outcome, key, values}; outcome is good, bad or unknown.
 *
 * asked: {issuers: [{did, name, keys}], lists: address → list, or null, now: a Date, name: whose it should be}
 */
export async function verify(certificate, asked) {
  const did = issuerOf(certificate)
  const issuer = asked.issuers.find(one => one.did === did)
  const signature = await signatureOf(certificate, issuer)
  const named = issuer
    ? result("issuer", "good", "issuer.good", { issuer: issuer.name })
    : result("issuer", "bad", "issuer.bad", { issuer: did.slice(0, 200) })
  if (!issuer || signature.outcome !== "good") {
    return [signature, named, ...["period", "withdrawn", "recipient"].map(one => result(one, "unknown", "unreliable"))]
  }
  return [signature, named, period(certificate, asked.now), await withdrawn(certificate, issuer, asked.lists), recipient(certificate, asked.name)]
}

const result = (question, outcome, key, values = {}) => ({ question, outcome, key, values })

/** Return the identifier of who says that she issued it. */
export function issuerOf({ issuer }) {
  const named = isMapping(issuer) ? issuer.id : issuer
  return typeof named === "string" ? named : ""
}

async function signatureOf(certificate, issuer) {
  if (!issuer) return result("signature", "unknown", "signature.unknown")
  try {
    await check(certificate, issuer)
  } catch (error) {
    if (error instanceof Refused) return result("signature", "bad", `reason.${error.reason}`)
    if (error instanceof Unable) return result("signature", "unknown", `signature.${error.reason}`)
    throw error
  }
  return result("signature", "good", "signature.good")
}

function period({ validFrom, validUntil }, now) {
  const starts = moment(validFrom)
  const ends = validUntil === undefined ? null : moment(validUntil)
  if (!starts || ends === undefined) return result("period", "unknown", "period.unknown")
  if (now < starts) return result("period", "bad", "period.early", dayOf(starts))
  if (ends === null) return result("period", "good", "period.endless")
  return now > ends ? result("period", "bad", "period.over", dayOf(ends)) : result("period", "good", "period.good", dayOf(ends))
}

const dayOf = moment => ({ day: moment.toISOString().slice(0, 10) })

const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/

/** Return a moment, or undefined when `text` says none that lies between the years 1 and 9999. */
function moment(text) {
  const day = typeof text === "string" ? MOMENT.exec(text)?.[1] : null
  if (!day || !isDay(day)) return undefined
  const found = new Date(text)
  return found.getUTCFullYear() >= 1 ? found : undefined
}

/** Tell whether there is such a day: of the 31st of February, Date makes the 2nd of March. */
function isDay(day) {
  const found = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(day)
}

/** Return the address of the list that tells whether `certificate` is withdrawn; nothing when it names none. */
export function listOf({ credentialStatus: entry }) {
  return isMapping(entry) && entry.statusPurpose === "revocation" ? String(entry.statusListCredential) : ""
}

async function withdrawn(certificate, issuer, lists) {
  const address = listOf(certificate)
  if (!address) return result("withdrawn", "unknown", "withdrawn.no_entry")
  const list = lists.get(address)
  if (!list) return result("withdrawn", "unknown", "withdrawn.no_list", { address: address.slice(0, 200) })
  try {
    const bits = await bitsOf(list, address, issuer)
    const index = String(certificate.credentialStatus.statusListIndex)
    if (!/^\d{1,9}$/.test(index) || Number(index) >= bits.length * 8) throw new Refused("index")
    const changed = moment(list.validFrom)
    if (!changed) throw new Refused("no date")
    const isSet = bits[index >> 3] & (0x80 >> (index & 7))
    return isSet ? result("withdrawn", "bad", "withdrawn.bad") : result("withdrawn", "good", "withdrawn.good", dayOf(changed))
  } catch (error) {
    if (error instanceof Refused || error instanceof Unable) return result("withdrawn", "unknown", "withdrawn.wrong_list")
    throw error
  }
}

/** Return the bits of a list that the issuer has signed, and that is the one that was meant. */
async function bitsOf(list, address, issuer) {
  const subject = list.credentialSubject
  if (list.id !== address || list.issuer !== issuer.did || !isMapping(subject)) throw new Refused("another list")
  if (subject.statusPurpose !== "revocation") throw new Refused("another purpose")
  await check(list, issuer)
  const bits = await inflated(String(subject.encodedList))
  if (bits.length * 8 < BITS) throw new Refused("too short")
  return bits
}

async function inflated(encoded) {
  if (!/^u[\w-]+$/.test(encoded)) throw new Refused("no list")
  const packed = Uint8Array.from(atob(encoded.slice(1).replaceAll("-", "+").replaceAll("_", "/")), sign => sign.charCodeAt(0))
  return inflate(packed, "gzip", LARGEST)
}

/** Return at most `largest` bytes of what `packed` unpacks to. */
export async function inflate(packed, format, largest) {
  const parts = []
  let size = 0
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format)).getReader()
    for (let part = await reader.read(); !part.done && size < largest; part = await reader.read()) {
      parts.push(part.value)
      size += part.value.length
    }
    await reader.cancel()
  } catch {
    throw new Refused("not packed")
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer()).slice(0, largest)
}

/** Return the name that a certificate says; nothing when it says none. */
export function recipientOf({ credentialSubject: subject }) {
  const named = isMapping(subject) && Array.isArray(subject.identifier) ? subject.identifier : []
  const found = named.find(one => isMapping(one) && one.identityType === "name" && !one.hashed)
  return found ? String(found.identityHash) : ""
}

const folded = text => text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ")

function recipient(certificate, asked) {
  const name = recipientOf(certificate)
  if (!asked.trim()) return result("recipient", "unknown", "recipient.unknown", { name })
  const isHers = name && folded(name) === folded(asked)
  return isHers ? result("recipient", "good", "recipient.good", { name }) : result("recipient", "bad", "recipient.bad", { name })
}
