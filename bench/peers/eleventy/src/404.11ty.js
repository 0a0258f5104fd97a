exports.data = { permalink: "404.html", language: "nb", title: "Fant ikke siden", robots: "noindex", eleventyExcludeFromCollections: true }
exports.render = ({ frames }) => `<h1>${frames.nb.lost}</h1>
<p class="kmp-lead">${frames.nb.lost_text}</p>
<p><a class="kmp-button" href="/">${frames.nb.front}</a></p>`
