// Calendar files joined to one (RFC 5545, 3.4): the zones once each, every event.

/** Return one calendar with the time zones and events of `files`, texts of whole calendars. */
export function joined(files) {
  const parts = name => files.flatMap(text => text.match(new RegExp(`^BEGIN:${name}\\r?\\n[^]*?^END:${name}\\r?\\n`, "gm")) ?? [])
  const head = /^BEGIN:VCALENDAR\r?\n[^]*?(?=^BEGIN:)/m.exec(files[0])[0]
  return `${head}${[...new Set(parts("VTIMEZONE"))].join("")}${parts("VEVENT").join("")}END:VCALENDAR\r\n`
}
