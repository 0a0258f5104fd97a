// markdown-it with the plugins that our Markdown takes; it notes the headings of each page, and the links within the site.
const MarkdownIt = require("markdown-it")

const headings = new Map()
const links = new Map()

// Prism is loaded by the first page with a program on it.
const highlight = (text, language) => {
  const Prism = require("prismjs")
  if (language && !Prism.languages[language]) require("prismjs/components/index.js")([language])
  const grammar = Prism.languages[language]
  return grammar ? Prism.highlight(text, grammar, language) : ""
}

const markdown = new MarkdownIt({ html: true, highlight })
  .use(require("markdown-it-abbr"))
  .use(require("markdown-it-deflist"))
  .use(require("markdown-it-footnote"))
  .use(require("markdown-it-container"), "box", {
    marker: ":",
    validate: words => /^\w+-? /.test(words.trim()),
    render: (tokens, at) => (tokens[at].nesting === 1 ? opened(tokens[at].info.trim(), tokens, at) : tokens[at].meta),
  })

// A box opens and closes as a fold or as a part of the page, as its own first word tells.
function opened(words, tokens, at) {
  const [kind] = words.split(" ", 1), title = markdown.utils.escapeHtml(words.slice(kind.length + 1))
  const folds = kind.endsWith("-")
  let close = at + 1
  while (tokens[close].type !== "container_box_close" || tokens[close].level !== tokens[at].level) close++
  tokens[close].meta = folds ? "</details>\n" : "</div>\n"
  return folds
    ? `<details class="${kind.slice(0, -1)}">\n<summary>${title}</summary>\n`
    : `<div class="admonition ${kind}">\n<p class="admonition-title">${title}</p>\n`
}

// `## Words {#id .name}`: attributes of headings, before their words are read. The plugin for attributes anywhere takes a quarter
// of the time of all Markdown, and no page has them elsewhere.
markdown.core.ruler.after("block", "headings", state => {
  const found = []
  const { tokens } = state
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at].type !== "heading_open") continue
    const [, words, attributes] = /^(.*?)\s*(?:\{([^{}]*)\})?$/.exec(tokens[at + 1].content)
    tokens[at + 1].content = words
    for (const one of attributes?.split(/\s+/) ?? []) {
      if (one[0] === "#") tokens[at].attrSet("id", one.slice(1))
      else if (one[0] === ".") tokens[at].attrJoin("class", one.slice(1))
    }
    if (tokens[at].tag === "h2") found.push({ id: tokens[at].attrGet("id"), title: words })
  }
  headings.set(state.env.page.inputPath, found)
})

const plain = markdown.renderer.rules.link_open ?? ((tokens, at, options, env, self) => self.renderToken(tokens, at, options))
markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
  const to = tokens[at].attrGet("href")
  if (!to.startsWith("http") && !to.startsWith("#")) {
    const { inputPath, url } = env.page
    const address = new URL(to, `https://bench.example${url}`)
    if (address.host === "bench.example") links.set(`${inputPath} ${to}`, [inputPath, address.pathname])
  }
  return plain(tokens, at, options, env, self)
}

const linksThatLeadNowhere = pages => [...links.values()].filter(([, address]) => !pages.has(address))

module.exports = { markdown, headings, linksThatLeadNowhere }
