// Every page.
const { SITE, HEAD, escaped, header, footer } = require("./frame.js")

const tags = (names, one) => (names ?? []).map(one).join("")

const contents = rows => rows.length < 3 ? "" : `
<nav class="kmp-toc" aria-labelledby="kmp-toc"><p id="kmp-toc">Innholdsliste</p><ul data-kmp="toc">
${rows.map(one => `<li><a href="#${one.id}">${escaped(one.title)}</a></li>`).join("\n")}
</ul></nav>
<script type="module" src="/assets/kompetanse/toc.js"></script>`

const home = url => url === "/"

exports.render = data => {
  const { title, description, robots, canonical, jsonld, amb, script, styles, scripts, frames, content, page } = data
  const language = data.language ?? "nb"
  return `<!doctype html>
<html lang="${language}" class="no-js">
<head>
${HEAD}
${description ? `<meta name="description" content="${escaped(description)}">\n` : ""}${
  robots ? `<meta name="robots" content="${robots}">\n` : ""}<link rel="canonical" href="${canonical ?? `https://bench.example${page.url}`}">
<title>${home(page.url) ? "" : `${escaped(title)} – `}${SITE}</title>
${jsonld ? `<script type="application/ld+json">${jsonld}</script>\n` : ""}${
  amb ? `<script type="application/ld+json">${amb}</script>\n` : ""}${
  script ? `<script defer src="/${script}"></script>\n` : ""}${
  tags(styles, name => `<link rel="stylesheet" href="/assets/kompetanse/${name}.css">\n`)}${
  tags(scripts, name => `<script type="module" src="/assets/kompetanse/${name}.js"></script>\n`)}</head>
<body dir="ltr">
${header(frames, language, page.url)}
<main class="md-main"><div class="md-main__inner md-grid">${home(page.url) ? "" : contents(data.headings.get(page.inputPath) ?? [])}
<div class="md-content"><article class="md-content__inner md-typeset" id="innhold" tabindex="-1">
${content}
</article></div>
</div></main>
${footer(frames, language)}
</body>
</html>
`
}
