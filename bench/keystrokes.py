"""How long the browser's search keeps the reader waiting, from each letter until the results for it are painted.

Run: PYTHONPATH=bench/search python bench/keystrokes.py DIR [--pages 1000,10000] [--queries 40] [--json FILE]
Pages are those of the search set in DIR and others made of them, queries are its judged ones; the pages around are the
reference region's. Needs Chromium. Exits with 1 when a figure misses its goal.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from kompetanse_search_eval import cost, made_up, sets
from pages import CHROMIUM, ROOT, build, served

PROMPT_MS = 50
"""Most for 95 of 100 letters, warm."""

LETTER_MS = 90
"""Between two letters of somebody who types fast."""

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""The slow mobile network of Lighthouse: 1.6 Mbit/s, and 150 ms there and back."""

FIELD, REGION = "#kmp-query", "eksempelregionen"

WATCH = """() => {
  const form = document.querySelector("#kmp-search"), seen = (window.seen = { waits: [], long: [], from: null })
  addEventListener("input", event => (seen.from = event.timeStamp), true)
  const painted = since => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => seen.waits.push(performance.now() - since)
    port2.postMessage(null)
  })
  new MutationObserver(() => {
    if (seen.from !== null) painted(seen.from)
    seen.from = null
  }).observe(form.querySelector(".kmp-search__output"), { childList: true, subtree: true })
  new PerformanceObserver(list => seen.long.push(...list.getEntries().map(one => one.duration))).observe({ type: "longtask" })
}"""


def typed(page: Page, text: str) -> None:
    """Write `text` letter by letter; go on when what each letter found is there, or when it finds nothing new."""
    page.fill(FIELD, "")
    page.wait_for_timeout(50)
    page.evaluate("() => void (seen.from = null)")
    for at, letter in enumerate(text, 1):
        before = page.evaluate("seen.waits.length")
        page.keyboard.insert_text(letter)
        if at >= 2:
            try:
                page.wait_for_function("before => seen.waits.length > before", arg=before, timeout=1_000)
            except TimeoutError:
                continue


def warm(browser: Browser, home: str, queries: Sequence[str]) -> Mapping[str, Any]:
    """Return the waits for each letter, first as shards come in, and then with all of them here."""
    page = browser.new_page()
    page.goto(home)
    page.click(FIELD)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    rounds = []
    for _ in range(2):
        page.evaluate("() => Object.assign(seen, { waits: [], long: [] })")
        for query in queries:
            typed(page, query)
        rounds.append(page.evaluate("seen"))
    page.close()
    return {"first": rounds[0], "warm": rounds[1]}


def bare(browser: Browser, home: str) -> list[float]:
    """Return the waits for letters in a field that only repeats them: what the machine and the browser take by themselves."""
    page = browser.new_page()
    page.goto(home)
    page.evaluate(
        """() => {
          const field = document.createElement("input"), place = document.createElement("p"), waits = (window.waits = [])
          document.body.prepend(field, place)
          field.addEventListener("input", event => {
            place.textContent = field.value
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => waits.push(performance.now() - event.timeStamp)
              port2.postMessage(null)
            })
          })
          field.focus()
        }"""
    )
    for letter in "legemiddelhåndtering" * 8:
        page.keyboard.insert_text(letter)
        page.wait_for_timeout(20)
    waits: list[float] = page.evaluate("waits")
    page.close()
    return waits


def cold(browser: Browser, home: str, query: str) -> float:
    """Return the milliseconds from the last letter of the first query until its results, over a slow network."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(home, wait_until="networkidle")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.click(FIELD)
    for letter in query:
        page.keyboard.insert_text(letter)
        page.wait_for_timeout(LETTER_MS)
    waited: float = page.evaluate(
        """query => new Promise(done => {
          const from = performance.now()
          const all = () => decodeURIComponent(document.querySelector(".kmp-search__all")?.search ?? "").replaceAll("+", " ")
          const look = () => all() === `?q=${query}` || document.querySelector(".kmp-search__note > *") ? done(performance.now() - from) : requestAnimationFrame(look)
          look()
        })""",
        query,
    )
    context.close()
    return waited


def measure(folder: Path, sizes: Sequence[int], many: int) -> dict[int, Any]:
    """Return all that is measured, by how many pages the site has."""
    data = sets.read(folder)
    name = max(data.collections, key=lambda one: len(data.collections[one]))
    every = [" ".join(one.text.split())[:30] for one in data.queries if one.collection == name]
    queries = every[:: max(1, len(every) // many)]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        site = Path(place, "site")
        build(ROOT, site)
        index = next(site.glob("*/indeks"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = {}
        for size in sizes:
            shutil.rmtree(index)
            index.mkdir()
            cost.site(made_up.documents(data.collections[name], size), index, REGION)
            with served(site) as home:
                slow = [cold(browser, home, query) for query in queries[:12]]
                found[size] = {**warm(browser, home, queries), "cold": slow, "bare": bare(browser, home)}
        browser.close()
    return found


def part(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of 100 are not above."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def show(found: Mapping[int, Any]) -> Iterator[str]:
    """Yield the figures in words."""
    for size, one in found.items():
        yield f"{size} pages, {len(one['warm']['waits'])} letters"
        for name in ("warm", "first"):
            waits, long = one[name]["waits"], one[name]["long"]
            tasks = f"tasks over 50 ms: {len(long)}, the longest {max(long, default=0):.0f} ms"
            yield f"  {name}: p50 {part(waits, 50):.0f} ms, p95 {part(waits, 95):.0f} ms, p99 {part(waits, 99):.0f} ms; {tasks}"
        yield f"  a field without a search, in the same run: p50 {part(one['bare'], 50):.0f} ms, p95 {part(one['bare'], 95):.0f} ms"
        yield f"  cold, slow network: median {statistics.median(one['cold']):.0f} ms after the last letter, longest {max(one['cold']):.0f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = measure(given.folder, [int(one) for one in given.pages.split(",")], given.queries)
    print("\n".join(show(found)))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    missed = {
        size: wait for size, one in found.items() if (wait := part(one["warm"]["waits"], 95)) > PROMPT_MS
    }
    for size, wait in missed.items():
        print(f"Missed – {size} pages: p95 {wait:.0f} ms, goal {PROMPT_MS}", file=sys.stderr)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
