"""The whole site made beside the preview, in a process of its own: what follows later comes from it, and it finds what was missed."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from kompetanse.cache import cache
from kompetanse.errors import KompetanseError, Problem
from kompetanse.press.kept import Kept
from kompetanse.press.site import conversions
from kompetanse.press.workers import undisturbed
from kompetanse.preview.shelf import Content
from kompetanse.preview.workshop import Place, Workshop


@dataclass(frozen=True, slots=True)
class Found:
    """How the site made as a whole differs from the one that is shown.

    Attributes:
        content: Its files that are shown otherwise or not at all.
        gone: Paths that are shown, and are not in it.
        problems: All that is wrong with the region.
    """

    content: Mapping[str, Content]
    gone: tuple[str, ...]
    problems: tuple[Problem, ...]

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

    def found(self, shown: Mapping[str, Content]) -> Found | None:
        """Return what differs from what is `shown`; None while it is not known.

        Raises:
            EOFError, OSError: When it could not be made.
        """
        if not self._line.poll():
            return None
        digests, assets, problems = self._line.recv()
        ours = {path: sha256(data).digest() for path, data in shown.items() if isinstance(data, bytes)}
        wanted = [path for path, digest in digests.items() if ours.get(path) != digest]
        self._line.send(wanted)
        content = dict(zip(wanted, self._line.recv(), strict=True))
        content |= {path: file for path, file in assets.items() if shown.get(path) != file}
        gone = tuple(path for path in shown if path not in digests and path not in assets)
        return Found(content, gone, problems)

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._line.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _make(line: Connection, place: Place, day: date) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    with suppress(KompetanseError, EOFError, OSError):  # then there is nothing to compare with
        made = Workshop(place, conversions(Kept(cache())), lambda: day).whole(search=True)
        files = {path: data for path, data in made.content.items() if isinstance(data, bytes)}
        assets = {path: file for path, file in made.content.items() if not isinstance(file, bytes)}
        line.send(({path: sha256(data).digest() for path, data in files.items()}, assets, made.problems))
        line.send([files[path] for path in line.recv()])
