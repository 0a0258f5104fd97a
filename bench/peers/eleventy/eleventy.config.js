// The site's settings: where things lie, and the Markdown that our pages are written in.
require("./loopback.js")
const { markdown, headings, linksThatLeadNowhere } = require("./markdown.js")

module.exports = config => {
  config.setLibrary("md", markdown)
  config.addGlobalData("layout", "page.11ty.js")
  config.addGlobalData("frames", require("./frames.json"))
  config.addGlobalData("headings", () => headings)
  config.addPassthroughCopy({ static: "." })
  config.on("eleventy.after", ({ results }) => {
    const pages = new Set(results.map(one => one.url))
    for (const [file, address] of linksThatLeadNowhere(pages)) console.warn(`${file}: there is no page ${address}`)
  })
  return {
    dir: { input: "src", output: "_site", includes: "../_includes" },
    templateFormats: ["md", "11ty.js"],
    markdownTemplateEngine: false,
  }
}
