"""What a page weighs, how Lighthouse scores it, and how long a mapping makes the reader wait.

Run: python bench/pages.py [--runs 3] [--json FILE]
Needs Chromium and, for the scores, Lighthouse: make bench-pages fetches it. The site is served compressed, from this machine.
Exits with 1 when a figure misses its goal.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
LIGHTHOUSE = ROOT / "bench/node_modules/.bin/lighthouse"
PAGES = {
    "home": "",
    "role": "roller/helsefagarbeider/",
    "course": "kurs/legemiddelhandtering/",
    "mapping": "kartlegging/",
    "unit": "enhet/",
    "search": "sok/?q=legemidler",
}
CATEGORIES = ("performance", "accessibility")
TEXT = (".html", ".css", ".js", ".json", ".svg")
REQUIREMENTS = 30
"""A role with so many requirements is mapped."""
SCORE, OWN_JAVASCRIPT_KB, STEP_MS = 98, 40, 300
"""Least score of Lighthouse, most JavaScript of ours on a page, longest wait in a mapping."""


class Compressed(SimpleHTTPRequestHandler):
    """Serves a folder, text compressed as a good host does."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.exists():
            return self.send_error(404)
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if file.suffix in TEXT:
            body = gzip.compress(body, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def build(root: Path, site: Path) -> None:
    """Build the region at `root`."""
    command = [sys.executable, "-m", "kompetanse", "build", "--date", "2026-11-24", "-o", str(site)]
    subprocess.run(command, cwd=root, check=False, capture_output=True)


def large_role(root: Path) -> None:
    """Write a region whose one role asks for `REQUIREMENTS` competences of the reference region's form."""
    text = "---\ntype: competence\nid: k{0}\ntitle: Kompetanse {0}\nlevels: {{1: Kjenner til det., 2: Gjør det med hjelp., 3: Gjør det selv., 4: Veileder andre.}}\n---\n\nTekst.\n"
    course = "---\ntype: course\nid: c{0}\ntitle: Kurs {0}\nduration: PT{1}M\nteaches:\n  - {{competence: k{0}, level: 3}}\n---\n\nTekst.\n"
    rows = "".join(f"  - {{competence: k{number}, level: 3}}\n" for number in range(REQUIREMENTS))
    files = {
        "region.yml": "id: maling\nname: Måling\n",
        "content/rolle.md": f"---\ntype: role\nid: rolle\ntitle: Rolle\nrequires:\n{rows}---\n\nTekst.\n",
    }
    for number in range(REQUIREMENTS):
        files[f"content/k{number}.md"] = text.format(number)
        files[f"content/kurs/c{number}.md"] = course.format(number, 10 + number)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


def weigh(browser: Browser, address: str) -> Mapping[str, int]:
    """Return bytes over the wire, of our own scripts too, and requests of a page read cold."""
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]})
    )
    page.goto(address, wait_until="networkidle")
    own = sum(
        size for url, size in sizes.items() if url.endswith(".js") and "/indeks/" not in url
    )  # all scripts are ours, and what stands there is data
    page.close()
    return {"bytes": sum(sizes.values()), "requests": len(sizes), "own_javascript": own}


def scores(address: str) -> Mapping[str, float]:
    """Return Lighthouse's scores, 0–100; nothing when it is not installed."""
    if not LIGHTHOUSE.exists():
        return {}
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = [
        str(LIGHTHOUSE),
        address,
        "--output=json",
        "--quiet",
        f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": CHROMIUM}
    )
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}


def walk(browser: Browser, home: str) -> list[float]:
    """Map the large role and return how long each step kept the reader waiting, in milliseconds."""
    page = browser.new_page()
    page.goto(f"{home}kartlegging/#rolle=rolle")
    page.wait_for_selector(".kmp-roles button")
    waits = [_press(page, ".kmp-roles button:not([type=button])", ".kmp-question")]
    for _ in range(REQUIREMENTS):
        page.check('input[name=level][value="1"]')
        waits.append(_press(page, ".kmp-question button:not([type=button])", ".kmp-question, .kmp-result"))
    waits.append(_press(page, "text=Lag plan", ".kmp-plan__steps"))
    page.close()
    return waits


def _press(page: Page, button: str, follows: str) -> float:
    """Press a button and return the milliseconds until what follows has been painted."""
    handle = page.locator(button).first.element_handle()
    script = f"""button => new Promise(done => {{
      const started = performance.now(), before = location.href
      button.click()
      const look = () => location.href !== before && document.querySelector({json.dumps(follows)})
        ? requestAnimationFrame(() => done(performance.now() - started)) : requestAnimationFrame(look)
      look()
    }})"""
    waited: float = page.evaluate(script, handle)
    return waited


def measure(runs: int) -> dict[str, Any]:
    """Return all that is measured."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        reference, large = Path(folder, "reference"), Path(folder, "large")
        build(ROOT, reference)
        with served(reference) as home:
            pages = {
                name: {**weigh(browser, home + path), **_best_of(runs, home + path)}
                for name, path in PAGES.items()
            }
        large_role(Path(folder, "region"))
        build(Path(folder, "region"), large)
        with served(large) as home:
            waits = [wait for _ in range(runs) for wait in walk(browser, home)]
        version = browser.version
        browser.close()
    return {
        "chromium": version,
        "pages": pages,
        "mapping_steps": len(waits),
        "median_ms": statistics.median(waits),
        "longest_ms": max(waits),
    }


def _best_of(runs: int, address: str) -> Mapping[str, float]:
    """Return the median of Lighthouse's scores over `runs`."""
    found = [scores(address) for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def missed(found: Mapping[str, Any]) -> list[str]:
    """Return what misses its goal."""
    pages = found["pages"].items()
    scored = [(name, kind, one[kind]) for name, one in pages for kind in CATEGORIES if kind in one]
    return [
        *(f"{name}: {kind} {score}, goal {SCORE}" for name, kind, score in scored if score < SCORE),
        *(
            f"{name}: {one['own_javascript'] / 1000:.1f} kB of our JavaScript, goal {OWN_JAVASCRIPT_KB}"
            for name, one in pages
            if one["own_javascript"] > OWN_JAVASCRIPT_KB * 1000
        ),
        *(
            [f"mapping: {found['longest_ms']:.0f} ms, goal {STEP_MS}"]
            if found["longest_ms"] > STEP_MS
            else []
        ),
    ]


def show(found: Mapping[str, Any]) -> None:
    """Print the figures as a table."""
    print(f"Chromium {found['chromium']}")
    print(f"{'page':10}{'kB':>8}{'requests':>10}{'own JS kB':>11}{'performance':>13}{'accessibility':>15}")
    for name, one in found["pages"].items():
        sizes = f"{one['bytes'] / 1000:8.1f}{one['requests']:10}{one['own_javascript'] / 1000:11.1f}"
        print(f"{name:10}{sizes}" + "".join(f"{one.get(kind, '–'):>14}" for kind in CATEGORIES))
    steps, median, longest = found["mapping_steps"], found["median_ms"], found["longest_ms"]
    print(
        f"Mapping {REQUIREMENTS} competences: {steps} steps, median {median:.0f} ms, longest {longest:.0f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = measure(arguments.runs)
    show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for one in missed(found):
        print(f"Missed – {one}", file=sys.stderr)
    return 1 if missed(found) else 0


if __name__ == "__main__":
    sys.exit(main())
