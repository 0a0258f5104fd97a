import assert from "node:assert/strict"
import { test } from "node:test"

import { isDay, LAST, plus, plusDays, today } from "../../theme/kompetanse_theme/assets/kompetanse/day.js"

test("only days that exist are days", () => {
  for (const day of ["2026-02-28", "2028-02-29", "0999-01-01"]) assert.equal(isDay(day), true, day)
  for (const no of ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01T00:00", "", null, 20260101]) assert.equal(isDay(no), false, no)
})

test("a month after the last day of a long month is the last of a short one", () => {
  assert.equal(plus("2026-01-31", "P1M"), "2026-02-28")
  assert.equal(plus("2028-02-29", "P1Y"), "2029-02-28")
  assert.equal(plus("2027-12-31", "P2M"), "2028-02-29")
})

test("weeks, days and whole days of hours are added after months", () => {
  assert.equal(plus("2026-03-28", "P1W2D"), "2026-04-06")
  assert.equal(plus("2026-01-01", "PT49H"), "2026-01-03")
})

test("the calendar ends in the year 9999", () => {
  assert.equal(plus("9990-01-01", "P20Y"), LAST)
  assert.equal(plusDays("9999-12-31", 1), LAST)
})

test("today is the device's own day, and no earlier than the site", () => {
  assert.equal(today("", new Date(2026, 10, 24, 23, 59)), "2026-11-24")
  assert.equal(today("2026-11-24", new Date(2001, 0, 1)), "2026-11-24")
})
