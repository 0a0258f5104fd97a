// What stands around the text, made once for all pages that share it.
const SITE = "Bench"
const escaped = text => String(text).replace(/[&<>"]/g, one => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one])

const kept = new Map()
const once = (key, make) => kept.get(key) ?? (kept.set(key, make()), kept.get(key))

const HEAD = `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="kompetanse:region" content="bench">
<link rel="icon" type="image/svg+xml" href="/assets/kompetanse/mark.svg">
<link rel="preload" as="font" type="font/woff2" href="/assets/fonts/source-sans-3-latin-wght-normal.woff2" crossorigin>
<link rel="stylesheet" href="/assets/kompetanse/tokens.css">
<link rel="stylesheet" href="/assets/kompetanse/kompetanse.css">
<script type="module" src="/assets/kompetanse/header.js"></script>`

const MARK = `<svg class="kmp-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="M3 23h5v6H3zM10 17h5v12h-5zM17 10h5v19h-5zM24 3h5v26h-5z"/></svg>`

const current = (entry, here, home) =>
  entry.address === here ? ` aria-current="page"` : entry.address !== home && here.startsWith(entry.address) ? ` aria-current="true"` : ""

const row = (entry, here, home) => `<li><a href="/${entry.address}"${current(entry, here, home)}>${escaped(entry.title)}</a></li>`

const headerOf = (frame, here) => `<script src="/assets/kompetanse/scheme.js"></script>
<a class="kmp-skip" href="#innhold">Gå til innhold</a>
<header class="md-header kmp-header">
<div class="kmp-header__row kmp-grid">
<a class="kmp-brand" href="/${frame.home}">${MARK}<span>${SITE}</span></a>
<button class="kmp-toggle kmp-toggle--search" type="button" data-kmp="panel" aria-controls="kmp-search" aria-expanded="false"><span>${frame.search_word}</span></button>
<button class="kmp-toggle" type="button" data-kmp="panel" aria-controls="kmp-menu" aria-expanded="false"><span>${frame.menu_word}</span></button>
<form class="kmp-search" id="kmp-search" data-kmp="search" role="search" action="/${frame.search}" data-index="/search.json" data-words="${escaped(frame.search_words)}">
<label class="kmp-hidden" for="kmp-query">${frame.search_word}</label>
<input id="kmp-query" type="search" name="q" placeholder="${frame.search_word}" autocomplete="off" spellcheck="false" maxlength="200" role="combobox" aria-autocomplete="list" aria-haspopup="listbox" aria-expanded="false" aria-controls="kmp-found">
<div class="kmp-search__output" hidden><div id="kmp-found" role="listbox" tabindex="-1" aria-label="${frame.search_results}" hidden></div><div class="kmp-search__note" hidden></div></div>
<p class="kmp-hidden" role="status"></p>
</form>
</div>
<div class="kmp-menu" id="kmp-menu"><div class="kmp-menu__row kmp-grid">
<nav aria-label="${frame.menu_word}"><ul>
${frame.menu.map(entry => row(entry, here, frame.home)).join("\n")}
</ul></nav>
<button class="kmp-scheme" type="button" data-kmp="scheme" aria-pressed="false" title="${frame.scheme}" hidden><span>${frame.scheme}</span></button>
</div></div>
</header>`

// The header of a page: one for each entry of the menu, and one for each page that lies beside them.
function header(frames, language, url) {
  const frame = frames[language], here = url.slice(1)
  const entry = frame.menu.find(one => one.address !== frame.home && one.address !== here && here.startsWith(one.address))
  return once(`header ${language} ${entry ? entry.address : here} ${Boolean(entry)}`, () => headerOf(frame, here))
}

const footer = (frames, language) =>
  once(`footer ${language}`, () => `<footer class="kmp-footer"><p class="kmp-grid">${frames[language].footer}${
    frames[language].links.map(one => ` · <a href="/${one.address}">${escaped(one.title)}</a>`).join("")}</p></footer>`)

module.exports = { SITE, HEAD, escaped, header, footer }
