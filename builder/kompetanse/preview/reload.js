// Loads the page anew when it, or a file that it uses, has changed, and tells what is wrong with the content.
{
  const me = document.currentScript
  const root = new URL(me.dataset.root, location.href)
  const page = decodeURI(location.pathname).slice(decodeURI(root.pathname).length)
  let number = Number(me.dataset.number)
  let source = null
  let coming = me.dataset.coming
  let problems = []

  const uses = (path) => {
    const address = new URL(path, root).href
    return performance.getEntriesByType("resource").some((one) => one.name.split(/[?#]/)[0] === address)
  }

  const searches = () => Boolean(document.activeElement?.closest('[data-kmp^="search"]'))

  const tell = () => {
    document.querySelector("[data-kmp=preview]")?.remove()
    const rows = coming && searches() ? [coming, ...problems] : problems
    if (!rows.length) return
    const box = document.createElement("aside")
    box.dataset.kmp = "preview"
    box.setAttribute("role", "status")
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;max-height:40vh;overflow:auto;padding:.75rem 1rem;background:#fff4ce;color:#3b2f00;" +
      "border-top:3px solid #b58900;font:14px/1.5 sans-serif;z-index:1000"
    for (const problem of rows) {
      const row = document.createElement("p")
      row.style.margin = "0 0 .25rem"
      row.textContent = problem
      box.append(row)
    }
    document.body.append(box)
  }

  const hear = (event) => {
    const news = JSON.parse(event.data)
    if (news.run !== me.dataset.run || news.page || news.files.some(uses)) {
      source.close()
      location.reload()
      return
    }
    number = news.number
    problems = news.problems
    coming = news.coming
    tell()
  }

  const listen = () => {
    source?.close()
    source = null
    if (document.visibilityState !== "visible") return
    source = new EventSource(`${me.dataset.events}?run=${me.dataset.run}&since=${number}&page=${encodeURIComponent(page)}`)
    source.onmessage = hear
  }

  addEventListener("focusin", () => coming && tell())

  // A page that nobody looks at holds no connection: browsers allow few to one host.
  document.addEventListener("visibilitychange", listen)
  addEventListener("pagehide", () => source?.close())
  addEventListener("pageshow", listen)
}
