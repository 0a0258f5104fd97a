// Of each page that may be found: title, address, headings with their ids, and the text.
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }
const words = html => html.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name])

exports.data = { permalink: "search.json", layout: null, eleventyExcludeFromCollections: true }
exports.render = ({ collections, headings }) => JSON.stringify(
  collections.all.filter(one => !one.data.robots).map(one => ({
    title: one.data.title,
    address: one.url,
    headings: Object.fromEntries((headings.get(one.inputPath) ?? []).map(heading => [heading.id, heading.title])),
    text: words(one.content),
  })),
)
