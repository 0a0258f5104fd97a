// The page of search: results with all that they can be narrowed by, and what is asked for in the page's address.

import { element, whenReady } from "./element.js"
import { groups } from "./search-facets.js"
import { askedBy, sections } from "./search-mark.js"
import { faultOf, sourceOf } from "./search-source.js"
import { FACETS, LONGEST, limited, queryOfState, stateOf } from "./search-state.js"
import { about, isEnough, marked, otherLanguage, quote, settled, shortened } from "./search-view.js"
import { count, say, wordsOf } from "./words.js"

const WAIT = 80, WAIT_TO_SAY = 600, WAIT_TO_NOTE = 400, MOST = 20, SECTIONS = 3, LETTERS = 180
const WIDE = "(min-width: 60em)"

/** Make the page of search work, given its root. */
export const mountPage = root => new Finder(root).begin()

class Finder {
  constructor(root) {
    Object.assign(this, { root, words: wordsOf(root), asked: null, shown: MOST, meant: false, whole: new Set() })
    this.source = sourceOf(root.dataset.index)
    this.everything = document.querySelector("[data-kmp-everything]")
    this.names = root.dataset.names.replace(/^.*\/|\.js$/g, "")
    this.state = stateOf(location.search)
    this.soon = settled(() => this.search(WAIT), 0) // after the letter is on the screen
    this.note = settled(() => this.write(), WAIT_TO_NOTE)
    this.tell = settled(text => (this.status.textContent = text), WAIT_TO_SAY)
    this.make()
  }

  make() {
    this.input = element("input", { id: "kmp-find", name: "q", type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: LONGEST })
    this.submit = element("button", { type: "submit", class: "kmp-button" }, this.say("submit"))
    this.form = element("form", { role: "search", "aria-labelledby": "kmp-find-label", class: "kmp-find__form kmp-field", onsubmit: event => this.submitted(event) },
      element("label", { id: "kmp-find-label", for: "kmp-find" }, this.say("field")), element("div", { class: "kmp-find__row" }, this.input, this.submit))
    this.total = element("p", { class: "kmp-find__total" })
    this.status = element("p", { class: "kmp-hidden", role: "status" })
    this.notes = element("div", {})
    this.list = element("ol", { class: "kmp-find__list", "aria-label": this.say("list") })
    this.after = element("p", { class: "kmp-actions" })
    this.summary = element("summary", {})
    this.facets = element("div", { class: "kmp-find__facets" })
    this.narrow = element("details", { class: "kmp-find__narrow", hidden: true, open: matchMedia(WIDE).matches }, this.summary, this.facets)
    this.input.addEventListener("input", () => this.typed())
    this.facets.addEventListener("change", () => this.chosen())
  }

  begin() {
    this.root.append(this.form, this.status, element("div", { class: "kmp-find__found" },
      this.narrow, element("div", { class: "kmp-find__results" }, this.total, this.notes, this.list, this.after)))
    this.root.hidden = false
    addEventListener("popstate", () => this.read())
    this.read()
  }

  say(key, values) {
    return say(this.words, `find.${key}`, values)
  }

  /** Ask for what stands in the page's address. */
  read() {
    this.state = stateOf(location.search)
    this.meant = queryOfState(this.state) !== ""
    this.input.value = this.state.text
    this.anew()
    return this.search()
  }

  anew() {
    this.shown = MOST
  }

  /** Write what is asked for into the address: a new step back when the last one was meant, else in its place. */
  write() {
    const query = queryOfState(this.state)
    if (query === queryOfState(stateOf(location.search))) return
    history[this.meant ? "pushState" : "replaceState"](null, "", location.pathname + query)
    this.meant = false
  }

  /** Ask for `state`, which somebody meant and did not only come by while typing. */
  go(state) {
    this.state = { ...this.state, ...state }
    this.meant ||= "where" in state
    this.anew()
    this.write()
    this.meant = true
    return this.search()
  }

  typed() {
    this.asked?.abort()
    this.state = { ...this.state, text: limited(this.input.value) }
    this.anew()
    this.soon()
  }

  submitted(event) {
    event.preventDefault()
    this.go({ text: limited(this.input.value) })
  }

  chosen() {
    const boxes = [...this.facets.querySelectorAll("input:checked")]
    const where = FACETS.map(facet => [facet, boxes.filter(box => box.name === facet).map(box => box.value)])
    this.go({ where: Object.fromEntries(where.filter(([, values]) => values.length)) })
  }

  /** Show what is found; nothing is fetched for it before `wait` milliseconds without another letter. */
  async search(wait = 0) {
    this.asked?.abort()
    const { signal } = (this.asked = new AbortController())
    const { text, where } = this.state
    this.note() // browsers take few changes of an address in a short time
    if (!isEnough(text)) return this.rest()
    try {
      const found = await this.source.search(text, { limit: this.shown, where, typing: true, facets: FACETS, beside: true, wait, signal })
      if (!signal.aborted) await this.found(found, signal)
    } catch (error) {
      if (!signal.aborted) this.failed(error)
    }
  }

  /** Nothing is asked: the list of everything stands. */
  rest() {
    this.show({ everything: true })
    this.tell("")
  }

  found(found, signal) {
    const { hits, total, facets, words, suggestion } = found
    const asked = askedBy(found), { text, where } = this.state
    const many = count(this.words, "search.count", total)
    const none = say(this.words, "search.none", { query: shortened(text) })
    this.show({
      total: total ? many : none,
      notes: [suggestion && this.suggest(suggestion), !total && this.advice()],
      rows: hits.map(hit => this.row(hit, words, asked)),
      after: [hits.length < total && this.more(hits.length)],
      narrow: total > 0 || Object.keys(where).length > 0,
    })
    this.tell(total ? many : none)
    for (const hit of hits) quote(hit.place, hit, { words, asked, length: LETTERS, source: this.source, signal })
    return this.showFacets(facets, signal)
  }

  /** Show that, and nothing else. */
  show({ total = "", notes = [], rows = [], after = [], narrow = false, everything = false }) {
    this.total.textContent = total
    this.notes.replaceChildren(...notes.filter(Boolean))
    this.list.replaceChildren(...rows)
    this.list.hidden = !rows.length
    this.after.replaceChildren(...after.filter(Boolean))
    this.after.hidden = !this.after.hasChildNodes()
    this.narrow.hidden = !narrow
    this.everything.hidden = !everything
  }

  /** Show the choices, with the focus where it was. Names that cannot be had leave the values as they are. */
  async showFacets(counts, signal) {
    const { where } = this.state
    const titles = await this.source.beside(this.names).catch(() => ({}))
    if (signal.aborted || this.narrow.hidden) return
    const every = groups(counts, where, { words: this.words, titles, whole: this.whole, unfold: facet => this.unfold(facet) })
    const { activeElement: had } = document
    const chosen = Object.values(where).flat().length
    this.summary.textContent = chosen ? this.say("narrowed", { count: chosen }) : this.say("narrow")
    const reset = element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: () => this.reset() }, this.say("reset"))
    this.facets.replaceChildren(...every, ...(chosen ? [reset] : []))
    this.narrow.hidden = !every.length
    const same = one => one.name === had?.name && one.value === had.value
    if (had?.type === "checkbox") [...this.facets.querySelectorAll("input")].find(same)?.focus()
  }

  /** Show all values of `facet`, and go to the first that was not shown. */
  async unfold(facet) {
    const shown = new Set(this.valuesOf(facet).map(box => box.value))
    this.whole.add(facet)
    await this.search()
    this.valuesOf(facet).find(box => !shown.has(box.value))?.focus()
  }

  valuesOf(facet) {
    return [...this.facets.querySelectorAll("input")].filter(box => box.name === facet)
  }

  async reset() {
    this.summary.focus()
    await this.go({ where: {} })
  }

  row(hit, words, asked) {
    const { address, title, kind, language } = hit
    const lang = otherLanguage(language)
    hit.place = about(hit, "kmp-find__extract", lang, { words, asked })
    const links = sections(hit, asked, SECTIONS).map(one =>
      element("li", {}, element("a", { href: this.source.href(address, one.id), lang }, marked(one.title, asked))))
    return element("li", {},
      element("a", { class: "kmp-find__title", href: this.source.href(address), lang }, marked(title, asked)), " ",
      element("span", { class: "kmp-tag" }, say(this.words, `kind.${kind}`)),
      element("span", { class: "kmp-find__trail" }, address.split("#")[0].split("/").filter(Boolean).join(" / ")),
      hit.place,
      links.length > 0 && element("ul", { class: "kmp-find__sections" }, links))
  }

  more(from) {
    return element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: async () => {
      this.shown += MOST
      await this.search()
      this.list.children[from]?.querySelector("a").focus()
    } }, this.say("more"))
  }

  suggest(words) {
    const take = () => {
      this.input.value = words
      this.input.focus()
      this.go({ text: words })
    }
    return element("p", {}, element("button", { type: "button", class: "kmp-button kmp-button--quiet", onclick: take }, say(this.words, "search.meant", { words })))
  }

  advice() {
    const chosen = Object.keys(this.state.where).length > 0
    const all = element("a", { href: location.pathname }, say(this.words, "search.everything"))
    return element("p", {}, chosen ? this.say("outside") : say(this.words, "search.advice"), " ", all)
  }

  failed(error) {
    const [fault, remedy] = faultOf(error)
    const act = () => (remedy === "reload" ? location.reload() : this.search())
    const text = say(this.words, `search.${fault}`)
    const button = element("button", { type: "button", class: "kmp-button kmp-button--secondary", onclick: act }, say(this.words, `search.${remedy}`))
    this.show({ notes: [element("div", { class: "kmp-alert kmp-alert--warning" }, element("p", {}, text), element("p", { class: "kmp-actions" }, button))], everything: true })
    this.tell(text)
  }
}

whenReady("find", mountPage)
