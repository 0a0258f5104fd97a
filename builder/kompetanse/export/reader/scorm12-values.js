// Values as SCORM 1.2 writes them (Run-Time Environment, 3.4.4).

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

/** Return milliseconds as SCORM 1.2 writes a length of time: 0000:01:02. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join(":")
}

/** Return places of options as SCORM writes a choice, `a,c`; null when there are more options than it has letters for. */
export const response = chosen => chosen.every(place => place < LETTERS.length) ? chosen.map(place => LETTERS[place]).join(",") : null
