/* Answer as the page /bevis/ does: reads [{certificate, issuers, lists, now, name}] and writes the results of each.
 *
 * --without-ed25519    as a browser whose WebCrypto does not know Ed25519
 * --without-library    and whose site was built without the library that does
 * --without-webcrypto  as a page that is not from https
 */
import { register } from "node:module"
import { text } from "node:stream/consumers"

const { subtle } = crypto
if (process.argv.includes("--without-ed25519")) {
  subtle.importKey = async () => { throw new DOMException("Unrecognized name.", "NotSupportedError") }
}
if (process.argv.includes("--without-webcrypto")) Object.defineProperty(globalThis, "crypto", { value: {} })
if (process.argv.includes("--without-library")) {
  const none = `export const resolve = (name, context, next) => {
    if (name.includes("noble-ed25519")) throw new Error("404")
    return next(name, context)
  }`
  register(`data:text/javascript,${encodeURIComponent(none)}`)
}

const { verify } = await import("../../theme/kompetanse_theme/assets/kompetanse/certificate-check.js")

const answered = []
for (const { certificate, issuers, lists, now, name } of JSON.parse(await text(process.stdin))) {
  answered.push(await verify(certificate, { issuers, lists: new Map(Object.entries(lists)), now: new Date(now), name }))
}
process.stdout.write(JSON.stringify(answered))
