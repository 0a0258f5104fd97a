// Mark the heading that is being read in the page's list of headings.

/** Return which of `tops`, distances from the top of the window, is the last one above `line`; -1 when none is. */
export const reading = (tops, line) => tops.findLastIndex(top => top <= line)

/** Make `list`, whose links lead to headings, follow the reader. */
export function mount(list) {
  if (list.dataset.mounted) return
  list.dataset.mounted = "true"
  const links = [...list.querySelectorAll("a")]
  const headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1)))).filter(Boolean)
  const above = {rootMargin: "1000000px 0px -75%"} // all that is above the line counts as seen, so that no jump is missed
  const observer = new IntersectionObserver(() => mark(links, headings), above)
  headings.forEach(heading => observer.observe(heading))
}

function mark(links, headings) {
  const read = headings[reading(headings.map(heading => heading.getBoundingClientRect().top), innerHeight / 4)]
  for (const link of links) {
    if (read && decodeURIComponent(link.hash.slice(1)) === read.id) link.setAttribute("aria-current", "true")
    else link.removeAttribute("aria-current")
  }
}

if (typeof document !== "undefined") document.querySelectorAll('[data-kmp="toc"]').forEach(mount)
