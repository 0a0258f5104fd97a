"""Tell on the terminal where the time of a command went."""

from __future__ import annotations

import marshal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.replacement import put
from kompetanse.timing import NOTHING, Spent, Timings, measuring, now

if TYPE_CHECKING:
    from cProfile import Profile

_MOST = 10
"""Functions that are told."""

_START = "start"
"""What is no stage: to load the programs, to read the settings and to put the site in place."""

timings_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--timings", is_flag=True, help="Tell how long each stage took."
)
profile_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a profile of the functions to FILE, in the form of Python's pstats, and tell the dearest. Uses one processor.",
)


@contextmanager
def measured(timings: bool, profile: Path | None) -> Iterator[None]:
    """Measure what is done within, and tell what was asked for once it is done."""
    started = Spent(time.perf_counter(), 0.0)  # the process began a little before; its own clock knows
    with _profiled(profile), measuring() as found:
        yield
    if timings:
        for row in _table(found, now() - started):
            click.echo(row)


def _table(timings: Timings, whole: Spent) -> Iterator[str]:
    stages = sum(timings.spent.values(), NOTHING)
    rows = {_START: whole - stages, **timings.spent, "in all": whole}
    yield ""
    width = max(map(len, rows))
    yield f"{'Stage':{width}} {'seconds':>8} {'of processors':>14}"
    for name, spent in rows.items():
        yield f"{name:{width}} {max(spent.wall, 0):8.2f} {max(spent.cpu, 0):14.2f}"


@contextmanager
def _profiled(file: Path | None) -> Iterator[None]:
    if file is None:
        yield
        return
    from cProfile import Profile

    profile = Profile()
    with profile:
        yield
    profile.create_stats()
    stats = _stats(profile)
    put(file, marshal.dumps(stats))
    for row in _dearest(stats):
        click.echo(row)


Function = tuple[str, int, str]
"""File, line and name."""


def _stats(profile: Profile) -> dict[Function, tuple[Any, ...]]:
    found: dict[Function, tuple[Any, ...]] = vars(profile)["stats"]
    return found


def _dearest(stats: Mapping[Function, tuple[Any, ...]]) -> Iterator[str]:
    """Yield the functions that took most time themselves, without what they called."""
    dearest = sorted(stats.items(), key=lambda one: one[1][2], reverse=True)[:_MOST]
    yield ""
    yield f"{'Seconds':>8} {'calls':>9}  function"
    for (file, line, name), (_, calls, own, *_) in dearest:
        yield f"{own:8.2f} {calls:9}  {_where(file, line)}{name}"


def _where(file: str, line: int) -> str:
    """Return the end of a file's path, which is enough to find it; built-in functions have none."""
    return "" if file == "~" else f"{'/'.join(Path(file).parts[-2:])}:{line} "
