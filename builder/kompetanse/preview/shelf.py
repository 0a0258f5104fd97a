"""What is being shown: every file of the site in memory, and since when each is as it is."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Content = bytes | Path
"""A file's bytes, or where they lie."""

_MOST = 200
"""So many changed files are told one by one."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a page was loaded.

    Attributes:
        number: Of the latest change.
        page: Whether the page itself is another one.
        files: Other files that changed, by path.
        problems: What is wrong, for the page to tell: each with its place.
        coming: What to say of a search that is not there yet; empty when it is.
    """

    number: int
    page: bool
    files: tuple[str, ...]
    problems: tuple[str, ...]
    coming: str = ""


@dataclass
class Shelf:
    """The site as it is now; read and changed by several threads.

    Attributes:
        run: Tells this preview from an earlier one at the same address.
        mount: Path of the site at its host.
        ready: Whether there is a site.
        coming: What pages say while what follows later, such as the search, is made for the first time; empty when it is there.
        awaits: Tells whether the file at a path waits to be made anew, or, where none is there yet, may be.
    """

    run: str = field(default_factory=lambda: secrets.token_hex(8))
    mount: str = "/"
    ready: bool = False
    coming: str = ""
    awaits: Callable[[str, bool], bool] = lambda path, is_there: False
    number: int = 0
    _content: dict[str, Content] = field(default_factory=dict)
    _later: set[str] = field(default_factory=set)
    _since: dict[str, int] = field(default_factory=dict)
    _readers: Counter[str] = field(default_factory=Counter)
    _asked: Counter[str] = field(default_factory=Counter)
    _problems: Callable[[str], tuple[str, ...]] = lambda page: ()
    _turn: threading.Condition = field(default_factory=threading.Condition)

    def put(
        self,
        changed: Mapping[str, Content],
        gone: Iterable[str] = (),
        silent: bool = False,
        first: bool = False,
    ) -> list[str]:
        """Show `changed`, and no more what is `gone`; return the paths that are other than they were.

        A `silent` change reloads nothing: what follows later, such as the search, is read when it is asked for. Neither does what
        was not there before while the site is made for the `first` time: who asked for it has waited.
        """
        with self._turn:
            new = [path for path, data in changed.items() if self._content.get(path) != data]
            taken = [path for path in gone if path in self._content]
            told = [path for path in (*new, *taken) if not first or path in self._content]
            self._content.update({path: changed[path] for path in new})
            for path in taken:
                del self._content[path]
            self._later = (self._later | set(new)) - set(taken) if silent else self._later - set(taken)
            if told and not silent:
                self._tell(told)
            self.ready = True
            self._turn.notify_all()
            return [*new, *taken]

    def call(self) -> None:
        """Let those who wait for a file look whether it still is to be made."""
        with self._turn:
            self._turn.notify_all()

    def touch(self, paths: Iterable[str]) -> None:
        """Tell that files that lie on disk are other than they were."""
        with self._turn:
            self._tell([path for path in paths if path in self._content])

    def complain(self, problems: Callable[[str], tuple[str, ...]]) -> None:
        """Let pages tell the problems that `problems` names for the page at a path."""
        with self._turn:
            self._problems = problems
            self.number += 1
            self._turn.notify_all()

    def _tell(self, paths: list[str]) -> None:
        self.number += 1
        self._since.update(dict.fromkeys(paths, self.number))
        self._turn.notify_all()

    @contextmanager
    def read(self, page: str) -> Iterator[None]:
        """Know the page at the path `page` as one that somebody looks at."""
        with self._turn:
            self._readers[page] += 1
        try:
            yield
        finally:
            with self._turn:
                self._readers[page] -= 1

    def asked(self) -> list[str]:
        """Return the paths of what somebody waits for."""
        with self._turn:
            return list(self._asked)

    def wanted(self) -> list[str]:
        """Return the paths of what somebody waits for, and then of the pages that somebody looks at."""
        with self._turn:
            return [*self._asked, *(page for page, readers in self._readers.items() if readers > 0)]

    def opened(self, patience: float) -> None:
        """Wait until there is a site."""
        with self._turn:
            self._turn.wait_for(lambda: self.ready, patience)

    def get(self, path: str, patience: float) -> tuple[Content | None, int]:
        """Return the file at `path` and the number of the latest change; what waits to be made is asked for, and waited for."""
        with self._turn, self._asking(path):
            self._turn.wait_for(lambda: not self.awaits(path, path in self._content), patience)
            return self._content.get(path), self.number

    @contextmanager
    def _asking(self, path: str) -> Iterator[None]:
        self._asked[path] += 1
        try:
            yield
        finally:
            self._asked[path] -= 1
            if not self._asked[path]:
                del self._asked[path]

    def awaited(self, path: str, patience: float) -> bool:
        """Wait for a file that follows later; tell whether it is still to come."""
        with self._turn:
            self._turn.wait_for(lambda: path in self._content or not self.coming, patience)
            return path not in self._content and bool(self.coming)

    def settle(self) -> None:
        """Say that what follows later is there, or cannot be made."""
        with self._turn:
            if self.coming:
                self.coming = ""
                self.number += 1
                self._turn.notify_all()

    def content(self) -> dict[str, Content]:
        """Return everything that is shown, by path."""
        with self._turn:
            return dict(self._content)

    def later(self) -> frozenset[str]:
        """Return the paths of what was put in silence, which follows the pages later."""
        with self._turn:
            return frozenset(self._later)

    def paths(self) -> frozenset[str]:
        """Return every path."""
        with self._turn:
            return frozenset(self._content)

    def news(self, page: str, number: int, patience: float) -> News | None:
        """Return what happened since `number` as the page at the path `page` sees it; None when nothing did in time."""
        with self._turn:
            if not self._turn.wait_for(lambda: self.number > number, patience):
                return None
            changed = [path for path, since in self._since.items() if since > number]
            files = tuple(path for path in changed if not path.endswith(".html"))[:_MOST]
            return News(self.number, page in changed, files, self._problems(page), self.coming)
