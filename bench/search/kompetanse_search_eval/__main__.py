"""Prints how well the search ranks on a set, against its peers.

    kompetanse-search-eval DIR [--peers NAME;…] [--goal 0.66]

Exits with 1 when the mean of the groups is below the goal, or a peer is surely better in a group; such a group shows its ten
worst queries. Exits with 2 when the set cannot be read.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kompetanse_search_eval import report, sets
from kompetanse_search_eval.engines import OURS, PEERS, Engine


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; return the exit code."""
    given = _parser().parse_args(arguments)
    try:
        data = sets.read(given.folder)
    except sets.SetError as error:
        print(error, file=sys.stderr)
        return 2
    ours = report.run(OURS, data)
    peers = [done for peer in _chosen(given.peers) if (done := _try(peer, data))]
    places = report.groups(data.queries)
    print("\n".join(report.table([ours, *peers], places)))
    return _verdict(ours, peers, data, given.goal)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kompetanse-search-eval", description="Measure the search on a set."
    )
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder with queries.jsonl and its collections"
    )
    parser.add_argument(
        "--peers", default=None, help="names of peers, with semicolons; all by default, empty for none"
    )
    parser.add_argument("--goal", type=float, default=0.0, help="lowest mean nDCG@10 of the groups")
    return parser


def _chosen(names: str | None) -> list[Engine]:
    asked = None if names is None else {name.strip().lower() for name in names.split(";")}
    return [peer for peer in PEERS if asked is None or peer.name.lower() in asked]


def _try(peer: Engine, data: sets.TestSet) -> report.Run | None:
    if missing := peer.missing():
        print(f"{peer.name} is left out: it takes {missing}.", file=sys.stderr)
        return None
    try:
        return report.run(peer, data)
    except subprocess.CalledProcessError as error:
        print(f"{peer.name} failed:\n{error.stderr}", file=sys.stderr)
        return None


def _verdict(ours: report.Run, peers: Sequence[report.Run], data: sets.TestSet, goal: float) -> int:
    places = report.groups(data.queries)
    means = report.by_group([score.ndcg for score in ours.scores], places)
    failed = report.behind(ours, peers, places)
    for group, (name, gap) in failed.items():
        print(f"\n{group}: {name} is better by {gap:.3f}. The worst:")
        print("\n".join(report.worst(ours, data, places[group])))
    if means["mean"] < goal:
        print(f"\nThe mean {means['mean']:.3f} is below {goal:.3f}.")
    return int(bool(failed) or means["mean"] < goal)


if __name__ == "__main__":
    sys.exit(main())
