/* Answer as the page /bevis/ does: reads [{certificate, issuers, lists, now, name}] and writes the results of each. */
import { text } from "node:stream/consumers"

import { verify } from "../../theme/kompetanse_theme/assets/kompetanse/certificate-check.js"

const answered = []
for (const { certificate, issuers, lists, now, name } of JSON.parse(await text(process.stdin))) {
  answered.push(await verify(certificate, { issuers, lists: new Map(Object.entries(lists)), now: new Date(now), name }))
}
process.stdout.write(JSON.stringify(answered))
