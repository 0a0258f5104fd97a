// The header's search field: a combobox whose list of results opens below it.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { element } from "./element.js"
import { askedBy, byKind, sections } from "./search-mark.js"
import { faultOf, sourceOf } from "./search-source.js"
import { limited } from "./search-state.js"
import { about, isBarelyBegun, isEnough, marked, quote, settled, shortened } from "./search-view.js"
import { count, say, wordsOf } from "./words.js"

const WAIT = 80, WAIT_TO_SAY = 600, MOST = 8
const LETTERS = 140, LETTERS_NARROW = 90, NARROW = "(max-width: 30em)"

/** Make the header's search work, given its form. */
export const mount = form => new Box(form).begin()

class Box {
  constructor(form) {
    const [input, output, list, note, status] = ["input", ".kmp-search__output", "[role=listbox]", ".kmp-search__note", "[role=status]"]
      .map(selector => form.querySelector(selector))
    Object.assign(this, { form, input, output, list, note, status, active: -1, asked: null })
    this.words = wordsOf(form)
    this.source = sourceOf(form.dataset.index)
    this.soon = settled(() => this.search(WAIT), 0) // after the letter is on the screen
    this.tell = settled(text => (this.status.textContent = text), WAIT_TO_SAY)
  }

  begin() {
    const { form, input } = this
    if (location.protocol === "file:") form.action = new URL("index.html", form.action).href
    input.addEventListener("input", () => this.typed())
    input.addEventListener("keydown", event => this.pressed(event))
    input.addEventListener("click", () => this.options().length && this.show(true))
    form.addEventListener("focusout", event => form.contains(event.relatedTarget) || this.close())
    form.addEventListener("submit", event => this.submitted(event))
    this.list.addEventListener("mousedown", event => event.preventDefault()) // the focus stays in the field
    this.source.open().catch(() => null) // what is wrong is told when something is asked
    if (input.value) this.soon()
  }

  submitted(event) {
    this.input.value = limited(this.input.value)
    if (!this.input.value.trim()) event.preventDefault()
  }

  say(key, values) {
    return say(this.words, `search.${key}`, values)
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")]
  }

  typed() {
    this.asked?.abort()
    if (isEnough(this.input.value)) this.soon()
    else this.close(true)
  }

  /** Show what is found; nothing is fetched for it before `wait` milliseconds without another letter. */
  async search(wait = 0) {
    const text = this.input.value
    if (!isEnough(text)) return
    this.asked?.abort()
    const { signal } = (this.asked = new AbortController())
    try {
      const found = await this.source.search(text, { limit: MOST, typing: true, facets: [], wait, signal })
      if (!signal.aborted) this.found(text, found, signal)
    } catch (error) {
      if (!signal.aborted) this.failed(error)
    }
  }

  found(text, found, signal) {
    const { hits, total, words, suggestion } = found
    if (!hits.length && isBarelyBegun(text)) return this.close(true)
    const asked = askedBy(found)
    const meant = suggestion && this.meant(suggestion)
    const rows = hits.length ? [...this.groups(hits, words, asked), this.all(text, total)] : []
    this.fill([meant, ...rows].filter(Boolean), hits.length ? [] : this.nothing(text))
    this.tell(hits.length ? count(this.words, "search.count", total) : `${this.say("none", { query: shortened(text) })} ${this.say("advice")}`)
    const length = matchMedia(NARROW).matches ? LETTERS_NARROW : LETTERS
    for (const hit of hits) quote(hit.place, hit, { words, asked, length, source: this.source, signal })
  }

  /** Show options, and below them what is no option. */
  fill(options, note) {
    this.list.replaceChildren(...options)
    this.options().forEach((one, at) => (one.id = `kmp-option-${at}`))
    this.note.replaceChildren(...note)
    this.activate(-1)
    this.show(this.form.contains(document.activeElement))
  }

  groups(hits, words, asked) {
    return byKind(hits).map(([kind, group]) => {
      const name = element("div", { id: `kmp-found-${kind}`, class: "kmp-search__kind", role: "presentation" }, say(this.words, `index.${kind}`))
      const rows = group.flatMap(hit => [this.hit(hit, words, asked), ...this.sections(hit, asked)])
      return element("div", { role: "group", "aria-labelledby": name.id }, name, rows)
    })
  }

  hit(hit, words, asked) {
    const { address, title, language } = hit
    hit.place = about(hit, "kmp-search__extract", null, { words, asked })
    return element("a", { role: "option", tabindex: "-1", href: this.source.href(address), lang: language },
      element("span", { class: "kmp-search__title" }, marked(title, asked)), hit.place)
  }

  sections(hit, asked) {
    return sections(hit, asked, 1).map(({ id, title }) =>
      element("a", { role: "option", tabindex: "-1", class: "kmp-search__section", lang: hit.language, href: this.source.href(hit.address, id) },
        this.say("section", { title })))
  }

  all(text, total) {
    const href = new URL(this.form.action)
    href.searchParams.set("q", limited(text))
    return element("a", { role: "option", tabindex: "-1", class: "kmp-search__all", href: href.href }, count(this.words, "search.all", total))
  }

  meant(words) {
    const take = event => {
      event.preventDefault()
      this.input.value = words
      this.input.focus()
      this.search()
    }
    return element("a", { role: "option", tabindex: "-1", class: "kmp-search__meant", href: this.form.action, onclick: take }, this.say("meant", { words }))
  }

  nothing(text) {
    return [
      element("p", {}, element("strong", {}, this.say("none", { query: shortened(text) })), ` ${this.say("advice")}`),
      element("p", {}, this.everything()),
    ]
  }

  everything() {
    return element("a", { href: this.form.action }, this.say("everything"))
  }

  failed(error) {
    const [fault, remedy] = faultOf(error)
    const act = () => (remedy === "reload" ? location.reload() : (this.input.focus(), this.search()))
    const button = element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: act }, this.say(remedy))
    this.fill([], [element("p", {}, this.say(fault)), element("p", { class: "kmp-actions" }, button, this.everything())])
    this.tell(this.say(fault))
  }

  show(open) {
    const options = this.options().length > 0
    this.output.hidden = !open
    this.list.hidden = !options
    this.note.hidden = !this.note.hasChildNodes()
    this.input.setAttribute("aria-expanded", String(open && options))
  }

  close(empty = false) {
    this.asked?.abort()
    if (empty) this.list.replaceChildren()
    if (empty) this.note.replaceChildren()
    this.activate(-1)
    this.show(false)
    this.tell("")
  }

  activate(at) {
    const options = this.options()
    this.active = at
    options.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)))
    if (at < 0) return this.input.removeAttribute("aria-activedescendant")
    this.input.setAttribute("aria-activedescendant", options[at].id)
    options[at].scrollIntoView({ block: "nearest" })
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const act = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), Home: () => this.edge(0), End: () => this.edge(-1), Enter: () => this.enter(), Escape: () => this.escape() }[event.key]
    if (act?.()) event.preventDefault()
  }

  /** Go to the next option or the one before; outside of the first and the last lies the field. */
  step(by) {
    const { length } = this.options()
    if (!length) return isEnough(this.input.value) && (this.search(), true)
    this.show(true)
    const places = length + 1
    this.activate((((this.active + 1 + by) % places) + places) % places - 1)
    return true
  }

  edge(at) {
    if (this.active < 0) return false
    this.activate(at < 0 ? this.options().length - 1 : 0)
    return true
  }

  enter() {
    if (this.active < 0 || this.output.hidden) return false
    this.options()[this.active].click()
    return true
  }

  /** Close what is open, else clear what is written, else leave the key to the panel. */
  escape() {
    if (!this.output.hidden) return (this.close(), true)
    if (!this.input.value) return false
    this.input.value = ""
    this.close(true)
    return true
  }
}
