// Days as ISO text, and ISO 8601 lengths of time added to them, as builder/kompetanse/model/duration.py does.

const LENGTH = /^P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/

export const LAST = "9999-12-31"

/** Tell whether `text` is a day that exists, such as 2026-02-28. */
export function isDay(text) {
  if (typeof text !== "string" || !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const found = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text)
}

/** Return today by the clock of the device, but never before `earliest`: a site cannot be read before it was made. */
export function today(earliest = "", now = new Date()) {
  const iso = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-")
  return iso < earliest ? earliest : iso
}

/** Return the day that lies `days` after `day`. */
export function plusDays(day, days) {
  const found = new Date(`${day}T00:00:00Z`)
  found.setUTCDate(found.getUTCDate() + days)
  const year = found.getUTCFullYear()
  return Number.isNaN(year) || year > 9999 ? LAST : found.toISOString().slice(0, 10)
}

/** Return the day that lies `length` (P2Y, P30D …) after `day`; 31 January and one month is the last of February. */
export function plus(day, length) {
  const [years, months, weeks, days, hours, minutes] = LENGTH.exec(length).slice(1).map(part => Number(part ?? 0))
  const [year, month, date] = day.split("-").map(Number)
  const total = year * 12 + month - 1 + years * 12 + months
  if (Math.floor(total / 12) > 9999) return LAST
  const last = new Date(Date.UTC(2000, 0, 1))
  last.setUTCFullYear(Math.floor(total / 12), (total % 12) + 1, 0)
  const start = `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}-${String(Math.min(date, last.getUTCDate())).padStart(2, "0")}`
  return plusDays(start, weeks * 7 + days + Math.floor((hours * 60 + minutes) / 1440))
}
