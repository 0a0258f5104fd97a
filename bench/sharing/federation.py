"""What it takes to read the open catalogues of many regions: all of them anew, and again when nothing is new.

Run: python bench/sharing/federation.py [--regions 89 178 356] [--courses 500] [--delay 0.02] [--json FILE]
Local servers answer, compressed and with an ETag, after a delay; each reading is a process of its own, so that its peak of memory is
its own. The peer, in the same run, fetches the same catalogues one after the other and parses them, and does nothing with them. Growth is
the exponent between the fewest regions and the most: 1 is linear.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

SERVERS = 16
TODAY = date(2026, 11, 26)
LEVEL = 1
"""Of gzip: the servers are not what is measured."""


def catalogue(region: str, courses: int, record: dict[str, Any]) -> bytes:
    """Return a catalogue of `courses` made from one real record, compressed."""
    row = json.dumps(record, ensure_ascii=False).replace("eksempelregionen", region)
    rows = (
        row.replace(f'"{region}/KURS"', f'"{region}/kurs-{at}"').replace("KURS", f"Kurs {at}")
        for at in range(courses)
    )
    head = f'{{"version": 1, "region": "{region}", "name": "{region.title()}", "dataFeedElement": [\n'
    return gzip.compress((head + ",\n".join(rows) + "\n]}\n").encode(), LEVEL, mtime=0)


def real_record() -> dict[str, Any]:
    """Return the first record of the reference region's catalogue, with a place for its id and title."""
    from kompetanse.pages.open_catalogue import catalogue as written
    from kompetanse.staging import site_of

    top = Path(__file__).parents[2]
    found = json.loads(written(site_of(top, "content", TODAY)))["dataFeedElement"][0]
    own = {
        "repository": "https://git.eksempelregionen.example/l.git",
        "path": "content/kurs/KURS",
        "commit": "a" * 40,
    }
    return {**found, "identifier": "eksempelregionen/KURS", "name": "KURS om informasjonssikkerhet", **own}


class Handler(BaseHTTPRequestHandler):
    """Answers with one of the catalogues."""

    bodies: ClassVar[dict[str, bytes]] = {}
    delay = 0.0
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(self.delay)
        body = self.bodies[self.path]
        same = self.headers.get("If-None-Match") == '"1"'
        self.send_response(304 if same else 200)
        self.send_header("ETag", '"1"')
        if not same:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not same:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve(bodies: dict[str, bytes], delay: float, ports: Any) -> None:
    """Answer on loopback until the process is ended."""
    Handler.bodies, Handler.delay = bodies, delay
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(SERVERS)]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    ports.send([server.server_address[1] for server in servers])
    threading.Event().wait()


def read_with(kind: str, root: Path, addresses: list[str]) -> dict[str, Any]:
    """Read all catalogues in a process of their own, and return what it took."""
    env = {**os.environ, "KOMPETANSE_CACHE": str(root / "cache")}
    asked = json.dumps({"kind": kind, "root": str(root), "addresses": addresses})
    done = subprocess.run(
        [sys.executable, __file__, "--child"],
        input=asked,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def child() -> None:
    """Read as told, and print what it took."""
    import kompetanse.commands.replacement
    import kompetanse.sharing.federation  # noqa: F401 (what is measured is the reading, not the start)

    asked = json.load(sys.stdin)
    work = {"peer": only_parse, "reading": federate}[asked["kind"]]
    before, wall = os.times(), time.perf_counter()
    told = work(Path(asked["root"]), asked["addresses"])
    after = os.times()
    told |= {
        "wall": time.perf_counter() - wall,
        "cpu": after.user + after.system - before.user - before.system,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(told))


def peak_mb() -> float:
    """Return the most memory that this process has held, which Linux tells without what its parent held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def only_parse(root: Path, addresses: list[str]) -> dict[str, Any]:
    """Fetch and parse, one after the other."""
    import urllib3

    http = urllib3.PoolManager()
    found = [len(json.loads(http.request("GET", one).data)["dataFeedElement"]) for one in addresses]
    return {"courses": sum(found), "received": 0}


def federate(root: Path, addresses: list[str]) -> dict[str, Any]:
    """Do what `kompetanse federate refresh` does."""
    from kompetanse.commands.replacement import write_all
    from kompetanse.content.offers import path_of
    from kompetanse.model.region import Federated
    from kompetanse.sharing.federation import Federation, Outcome
    from kompetanse.sharing.web import Limits, Web

    def keep(outcome: Outcome) -> None:
        write_all({root / path_of(outcome.region.name): outcome.text})

    regions = [Federated(f"region-{at}", address) for at, address in enumerate(addresses)]
    federation = Federation(root, "portal", TODAY, Web(Limits(loopback=True)))
    done = list(federation.ask(regions, keep))
    return {
        "courses": sum(one.offers for one in done),
        "received": sum(one.received for one in done),
        "states": {state: sum(one.state == state for one in done) for state in ("new", "same", "failed")},
    }


def measure(counts: list[int], bodies: dict[str, bytes], ports: list[int]) -> Iterator[dict[str, Any]]:
    """Yield what each number of regions takes."""
    paths = list(bodies)
    for count in counts:
        addresses = [f"http://127.0.0.1:{ports[at % SERVERS]}{path}" for at, path in enumerate(paths[:count])]
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            peer = read_with("peer", root, addresses)
            full = read_with("reading", root, addresses)
            again = read_with("reading", root, addresses)
            kept = sum(file.stat().st_size for file in (root / ".kompetanse/offers").iterdir())
        yield {"regions": count, "peer": peer, "full": full, "no_news": again, "kept_mb": kept / 1e6}


def exponent(rows: list[dict[str, Any]], kind: str, what: str) -> float:
    """Return how fast it grows: 1 is as the number of regions does."""
    first, last = rows[0], rows[-1]
    return math.log(last[kind][what] / first[kind][what]) / math.log(last["regions"] / first["regions"])


def main() -> int:
    """Print the table; return 1 when something was not read, or growth is more than linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, nargs="+", default=[89, 178, 356])
    parser.add_argument("--courses", type=int, default=500)
    parser.add_argument("--delay", type=float, default=0.02)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", action="store_true")
    args = parser.parse_args()
    if args.child:
        child()
        return 0
    record = real_record()
    bodies = {
        f"/{at}/catalogue.json": catalogue(f"region-{at}", args.courses, record)
        for at in range(max(args.regions))
    }
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    server = multiprocessing.get_context("fork").Process(
        target=serve, args=(bodies, args.delay, there), daemon=True
    )
    server.start()
    try:
        rows = list(measure(sorted(args.regions), bodies, here.recv()))
    finally:
        server.terminate()
        server.join()
    return told(rows, args)


def told(rows: list[dict[str, Any]], args: argparse.Namespace) -> int:
    """Print what was measured, and say whether it is as it should be."""
    print("regions  what      wall s   cpu s  peak MB  received MB  kept MB  cpu/peer")
    for row in rows:
        for kind in ("peer", "full", "no_news"):
            one = row[kind]
            ratio = one["cpu"] / row["peer"]["cpu"]
            print(
                f"{row['regions']:7}  {kind:8} {one['wall']:7.1f} {one['cpu']:7.1f} {one['peak_mb']:8.0f}"
                f" {one['received'] / 1e6:12.1f} {row['kept_mb']:8.1f} {ratio:9.2f}"
            )
    growth = {kind: exponent(rows, kind, "cpu") for kind in ("full", "no_news")} if len(rows) > 1 else {}
    print("growth of cpu:", {kind: round(value, 2) for kind, value in growth.items()})
    if args.json:
        args.json.write_text(json.dumps({"rows": rows, "growth": growth}, indent=2), encoding="utf-8")
    whole = all(
        row[kind]["courses"] == row["regions"] * args.courses for row in rows for kind in ("full", "no_news")
    )
    quiet = all(row["no_news"]["states"]["same"] == row["regions"] for row in rows)
    return 0 if whole and quiet and all(value < 1.15 for value in growth.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
