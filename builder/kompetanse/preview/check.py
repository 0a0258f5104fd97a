"""The whole site made beside the preview, in a process of its own: what follows later comes from it, and it finds what was missed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from kompetanse.cache import cache
from kompetanse.content.reading import Reading
from kompetanse.errors import KompetanseError, Problem
from kompetanse.interrupts import undisturbed
from kompetanse.pages.stage import made_anew
from kompetanse.press.kept import Kept
from kompetanse.press.site import Convert, conversions
from kompetanse.preview.setting import Place, Setting
from kompetanse.preview.shelf import Content
from kompetanse.staging import staged

_PROBLEMS, _SITE = "problems", "site"


@dataclass(frozen=True, slots=True)
class Found:
    """How the site made as a whole differs from the one that is shown.

    Attributes:
        content: Its files that are shown otherwise or not at all.
        gone: Paths that are shown, and are not in it.
    """

    content: Mapping[str, Content]
    gone: tuple[str, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """Pages that differ; none should. What only scripts and machines read follows by design."""
        return tuple(path for path in (*self.content, *self.gone) if path.endswith(".html"))


@dataclass(frozen=True, slots=True)
class Check:
    """A whole site that is being made."""

    _process: BaseProcess
    _line: Connection

    @classmethod
    def begin(cls, place: Place, day: date) -> Check:
        """Start to make the site of the region at `place`."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_make, args=(theirs, place, day), daemon=True)
        with undisturbed():
            process.start()
        theirs.close()
        return cls(process, ours)

    def found(self, shown: Mapping[str, Content]) -> Found | tuple[Problem, ...] | None:
        """Return what differs from what is `shown`, and before that all that is wrong; None while it is not known.

        Raises:
            EOFError, OSError: When it could not be made.
        """
        if not self._line.poll():
            return None
        name, found = self._line.recv()
        return found if name == _PROBLEMS else self._compared(shown, *found)

    def _compared(
        self, shown: Mapping[str, Content], digests: Mapping[str, bytes], assets: Mapping[str, Path]
    ) -> Found:
        ours = {path: sha256(data).digest() for path, data in shown.items() if isinstance(data, bytes)}
        wanted = [path for path, digest in digests.items() if ours.get(path) != digest]
        self._line.send(wanted)
        content = dict(zip(wanted, self._line.recv(), strict=True))
        content |= {path: file for path, file in assets.items() if shown.get(path) != file}
        gone = tuple(path for path in shown if path not in digests and path not in assets)
        return Found(content, gone)

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._line.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _make(line: Connection, place: Place, day: date) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    with suppress(KompetanseError, EOFError, OSError):  # then there is nothing to compare with
        content = fresh(
            place,
            day,
            conversions(Kept(cache())),
            lambda reading: line.send((_PROBLEMS, reading.problems)),
        )
        files = {path: data for path, data in content.items() if isinstance(data, bytes)}
        assets = {path: file for path, file in content.items() if not isinstance(file, bytes)}
        line.send((_SITE, ({path: sha256(data).digest() for path, data in files.items()}, assets)))
        line.send([files[path] for path in line.recv()])


def fresh(
    place: Place,
    day: date,
    convert: Convert,
    told: Callable[[Reading], None] = lambda reading: None,
    search: bool = True,
) -> dict[str, Content]:
    """Return every file of the site of the region at `place`, made as if nothing was known of it; its parts are kept for the next start.

    Args:
        place: Where the region lies.
        day: The day that problems are judged by.
        convert: Converts the texts of pages.
        told: Hears of the region when it has been read.
        search: Whether what the search reads is made too.
    """
    make = partial(place.kept.made, anew=True) if place.kept else made_anew
    found = staged(place.root, place.content, day, drafts=True, search=search, told=told, make=make)
    return Setting.of(place, found.stage, convert).whole(place, found.stage)
