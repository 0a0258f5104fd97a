import assert from "node:assert/strict"
import { test } from "node:test"

import { joined } from "../../theme/kompetanse_theme/assets/kompetanse/calendar-file.js"

const zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:STANDARD\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
const event = name => `BEGIN:VEVENT\r\nUID:${name}\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\n`
const file = name => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${zone}${event(name)}END:VCALENDAR\r\n`

test("files become one calendar with each zone once and every event", () => {
  assert.equal(joined([file("a"), file("b")]), `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${zone}${event("a")}${event("b")}END:VCALENDAR\r\n`)
})
