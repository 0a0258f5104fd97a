// Whether a document is signed by a key, and unchanged: eddsa-jcs-2022 (W3C Data Integrity EdDSA Cryptosuites), by WebCrypto.
//
// `evidence/proofs.py` answers alike, and checks eddsa-rdfc-2022 beside it, which no browser can without a large library.

const SIGNS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
const SUITES = ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
const MOST = 8

/** Why a proof does not hold; `reason` is a key of words under verify.reason. */
export class Refused extends Error {
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

/** Such a signature cannot be checked here; `reason` is a key of words under verify.signature. */
export class Unable extends Error {
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

const isMapping = value => typeof value === "object" && value !== null && !Array.isArray(value)

/** Return the bytes that `text` holds in base58-btc under the sign z. */
export function fromBase58(text) {
  if (typeof text !== "string" || !text.startsWith("z") || text.length > 200) throw new Refused("unreadable_proof")
  const bytes = []
  let number = 0n
  for (const sign of text.slice(1)) {
    const value = SIGNS.indexOf(sign)
    if (value < 0) throw new Refused("unreadable_proof")
    number = number * 58n + BigInt(value)
  }
  for (; number; number >>= 8n) bytes.unshift(Number(number & 255n))
  const zeros = /^1*/.exec(text.slice(1))[0].length
  return Uint8Array.from([...Array(zeros).fill(0), ...bytes])
}

/** Return `value` by RFC 8785: numbers and texts as JavaScript writes them, keys by their UTF-16 units. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (!isMapping(value)) return JSON.stringify(value)
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
}

const hash = async value => new Uint8Array(await subtle().digest("SHA-256", new TextEncoder().encode(canonical(value))))

/** Return WebCrypto, which browsers have on pages from https, of this machine, and of files alone. */
function subtle() {
  if (!globalThis.crypto?.subtle) throw new Unable("insecure")
  return crypto.subtle
}

/** Check the proofs of `document` by the keys of `issuer`: {did, keys: [{id, public}]}. Throws Refused or Unable.
 *
 * One proof in eddsa-jcs-2022 that holds is enough: it covers every byte. One in eddsa-rdfc-2022 is only looked at as to who made it.
 */
export async function check(document, issuer) {
  const { proof, ...unsigned } = document
  const signed = listed(proof).map(one => [one, keyOf(one, issuer)])
  if (!signed.length) throw new Refused("no_proof")
  const covering = signed.filter(([one]) => one.cryptosuite === "eddsa-jcs-2022")
  if (!covering.length) throw new Unable("uncovered")
  for (const [one, key] of covering) await checkOne(unsigned, one, key)
}

function listed(proof) {
  const proofs = Array.isArray(proof) ? proof : proof ? [proof] : []
  const known = proofs.length <= MOST && proofs.every(one => isMapping(one) && one.type === "DataIntegrityProof" && SUITES.includes(one.cryptosuite))
  if (!known) throw new Refused("unreadable_proof")
  return proofs
}

function keyOf(one, issuer) {
  if (one.proofPurpose !== "assertionMethod") throw new Refused("other_purpose")
  const key = issuer.keys.find(({ id }) => one.verificationMethod === `${issuer.did}#${id}`)
  if (!key) throw new Refused("unknown_key")
  return key.public
}

async function checkOne(unsigned, { proofValue, ...configuration }, publicKey) {
  if (canonical(configuration["@context"] ?? null) !== canonical(unsigned["@context"] ?? null)) throw new Refused("other_context")
  const signature = fromBase58(proofValue)
  const message = Uint8Array.from([...await hash(configuration), ...await hash(unsigned)])
  if (!await isSigned(publicKey, signature, message)) throw new Refused("changed")
}

/** Tell whether `signature` is that of `message`; the first two bytes of a public key say that it is Ed25519. */
async function isSigned(publicKey, signature, message) {
  const raw = fromBase58(publicKey).slice(2)
  const key = await subtle().importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]).catch(() => null)
  if (key) return crypto.subtle.verify("Ed25519", key, signature, message)
  return signature.length === 64 && (await library()).verifyAsync(signature, message, raw, { zip215: false })
}

/** Return what checks such signatures in a browser that does not; the site may have been built without it. */
const library = () => import("../noble-ed25519/index.js").catch(() => {
  throw new Unable("unable")
})
