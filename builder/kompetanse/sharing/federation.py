"""Read the open catalogues of many regions: each by itself, a few at a time, and only what is new."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from kompetanse.cache import cache
from kompetanse.content import files
from kompetanse.content.offers import MOST_BYTES, path_of, read_file, text_of
from kompetanse.model.offer import Offer
from kompetanse.model.region import Federated
from kompetanse.sharing.harvest import Harvest, NoCatalogueError, harvest
from kompetanse.sharing.web import Mark, UnreachableError, Web

AT_ONCE, AT_ONE_HOST = 8, 2
"""Regions that are asked at the same time, and those of them at one host."""

State = Literal["new", "same", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one region.

    Attributes:
        region: Which.
        state: `new` when its offers are others than before, `same`, or `failed`.
        offers: How many it offers now; what was kept when it failed.
        text: The file to write when it is `new`; let go of when it is written.
        why: What went wrong; empty else.
        notices: What of its catalogue was dropped.
        received: Bytes that came over the line.
        found: What the catalogue says, of a region that is looked at for the first time.
    """

    region: Federated
    state: State
    offers: int = 0
    text: str = ""
    why: str = ""
    notices: tuple[str, ...] = ()
    received: int = 0
    found: Harvest | None = None


class Federation:
    """The regions whose catalogues the one at `root` reads."""

    def __init__(self, root: Path, own: str, today: date, web: Web) -> None:
        self.web = web
        self._root, self._own, self._today = root, own, today
        self._parsing = threading.Lock()  # a catalogue takes several times its size while it is read
        self._hosts: dict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(AT_ONE_HOST)
        )

    def ask(
        self, regions: Sequence[Federated], keep: Callable[[Outcome], None], *, anew: bool = False
    ) -> Iterator[Outcome]:
        """Yield what came of asking each of `regions`, as it comes; `keep` writes what is new before it is remembered.

        Args:
            regions: Whom to ask.
            keep: Puts an outcome's file in place.
            anew: Whether all is read, also what is the same as last time.
        """
        for one in regions:
            _ = self._hosts[urlsplit(one.catalogue).netloc]  # made here, so that no two threads make one
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            waiting = [pool.submit(self._ask, one, keep, anew) for one in regions]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                for one_waiting in waiting:
                    one_waiting.cancel()

    def look(self, region: Federated) -> Outcome:
        """Return what a region offers that nothing is kept of yet, and keep nothing."""
        try:
            answer = self.web.get(region.catalogue)
            return self._read(region, answer.body or b"", answer.received, Kept(""))
        except (UnreachableError, NoCatalogueError) as error:
            return Outcome(region, "failed", why=str(error))

    def named(self, outcome: Outcome, name: str) -> Outcome:
        """Return an outcome under the name that the region gets here."""
        return replace(outcome, region=replace(outcome.region, name=name))

    def _ask(self, region: Federated, keep: Callable[[Outcome], None], anew: bool) -> Outcome:
        kept = self._kept(region)
        memory = Memory(region.catalogue)
        mark = Mark() if anew or kept.changed(memory) else memory.mark
        try:
            with self._hosts[urlsplit(region.catalogue).netloc]:
                answer = self.web.get(region.catalogue, mark)
            if answer.body is None:
                return Outcome(region, "same", kept.offers)
            with self._parsing:
                outcome = self._read(region, answer.body, answer.received, kept)
        except (UnreachableError, NoCatalogueError) as error:
            return Outcome(region, "failed", kept.offers, why=str(error))
        if outcome.state == "new":
            keep(outcome)
        memory.remember(answer.mark, _digest(outcome.text or kept.text))
        return replace(
            outcome, text="", found=None
        )  # of hundreds of regions all texts together would be much

    def _read(self, region: Federated, body: bytes, received: int, kept: Kept) -> Outcome:
        found = harvest(body, region.name, region.catalogue, self._today, kept.read(region.name))
        if found.region == self._own:
            raise NoCatalogueError("it is the catalogue of this region")
        text = text_of(found.offers)
        state: State = "same" if text == kept.text else "new"
        return Outcome(
            region,
            state,
            len(found.offers),
            text if state == "new" else "",
            notices=found.notices,
            received=received,
            found=found,
        )

    def _kept(self, region: Federated) -> Kept:
        text = files.read(self._root, path_of(region.name), MOST_BYTES)
        return Kept(text if isinstance(text, str) else "")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a region; empty text for nothing."""

    text: str

    @property
    def offers(self) -> int:
        """How many offers, counted by their rows."""
        return sum(row.startswith('{"') for row in self.text.split("\n"))

    def read(self, name: str) -> tuple[Offer, ...]:
        """Return the offers."""
        return read_file(path_of(name), self.text)[0] if self.text else ()

    def changed(self, memory: Memory) -> bool:
        """Tell whether this is not what was written when the region was last asked, so that it must be asked anew."""
        return not self.text or _digest(self.text) != memory.wrote


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Memory:
    """What a region answered last time, in the cache: losing it costs one whole answer."""

    def __init__(self, catalogue: str) -> None:
        self._file = cache() / "federation" / f"{hashlib.sha256(catalogue.encode()).hexdigest()[:32]}.json"
        self.mark, self.wrote = Mark(), ""
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            found = json.loads(self._file.read_text("utf-8"))
            etag, modified, wrote = (str(found[name]) for name in ("etag", "modified", "wrote"))
            if (
                f"{etag}{modified}{wrote}".isprintable()
            ):  # what lies in a cache may be anybody's, and goes into a header
                self.mark, self.wrote = Mark(etag, modified), wrote

    def remember(self, mark: Mark, wrote: str) -> None:
        """Keep what to ask with next time; where nothing can be kept, all is asked for again."""
        text = json.dumps({"etag": mark.etag, "modified": mark.modified, "wrote": wrote})
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            aside = self._file.with_name(f".{self._file.name}.{threading.get_ident()}")
            aside.write_text(text, "utf-8")
            aside.replace(self._file)
