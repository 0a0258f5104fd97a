// Many files, read a few at a time, so that the page answers all the while.

import { parse } from "./assessment.js"
import { readSmall } from "./files.js"
import { legible } from "./words.js"

const AT_ONCE = 20

const breath = () => new Promise(resolve => setTimeout(resolve))

/** Read `files` and return [{name, text?, assessment?, fault?}], in their order; `told` hears how many are read. */
export async function readAll(files, told) {
  const read = []
  for (let start = 0; start < files.length; start += AT_ONCE) {
    read.push(...await Promise.all(files.slice(start, start + AT_ONCE).map(readOne)))
    told(read.length)
    await breath()
  }
  return read
}

async function readOne(file) {
  const name = legible(file.name)
  const { text, fault } = await readSmall(file)
  return fault ? { name, fault } : { name, text, ...parse(text, name) }
}

/** Return `files` and those of `more` that are not among them: of the same name and the same text. */
export function together(files, more) {
  const marks = new Set()
  return [...files, ...more].filter(({ name, text, fault }) => {
    const mark = JSON.stringify([name, text ?? fault.key])
    return marks.has(mark) ? false : marks.add(mark)
  })
}
