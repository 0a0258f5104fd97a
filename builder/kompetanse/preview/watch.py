"""What is saved, moved and deleted below a region's root, in batches: one for all that comes together."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kompetanse.preview.noise import is_noise

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

_QUIET, _QUIET_WHEN_CLOSED, _QUIET_WHEN_MANY, _LONGEST = 0.03, 0.01, 0.3, 5.0
"""Seconds without news that end a batch, those that end one whose files nobody writes any more as far as the system tells,
those that end one of many files, and seconds after which it ends anyhow."""

_MANY = 10
_BREATH = 0.25
"""Seconds after which a waiting thread looks up, so that Ctrl+C is heard on every system."""

_TELLING = frozenset({"created", "modified", "moved", "deleted", "closed"})
_LAST = frozenset({"moved", "deleted", "closed"})
"""What is told when a file is as it is to be; some systems tell of no closing."""

_SETTINGS = frozenset({"region.yml", "synonyms.yml", "mkdocs.yml"})

Batch = frozenset[PurePosixPath]
"""Files and folders that changed, relative to the region's root."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder that is watched.

    Attributes:
        root: The region's root.
        content: Name of the content folder in it.
    """

    root: Path
    content: str
    _news: queue.SimpleQueue[tuple[PurePosixPath, bool]] = field(default_factory=queue.SimpleQueue)

    def tell(self, named: str, is_last: bool = False) -> None:
        """Take in that something happened at the path `named`, unless it is an editor's own affair.

        Args:
            named: The whole path.
            is_last: Whether no more is to be expected of what somebody does there.
        """
        with suppress(ValueError):  # the root itself was moved
            found = PurePosixPath(Path(named).relative_to(self.root).as_posix())
            if found.parts and not is_noise(found) and self._is_ours(found):
                self._news.put((found, is_last))

    def _is_ours(self, path: PurePosixPath) -> bool:
        return path.parts[0] in {self.content, ".kompetanse"} or str(path) in _SETTINGS

    def batch(self, patience: float) -> Batch:
        """Wait up to `patience` seconds for news and return all that come together; nothing when there are none."""
        first = self._first(time.monotonic() + patience)
        if first is None:
            return frozenset()
        found, end = dict([first]), time.monotonic() + _LONGEST
        while time.monotonic() < end:
            try:
                path, is_last = self._news.get(timeout=_quiet(found))
            except queue.Empty:
                break
            found[path] = is_last
        return frozenset(found)

    def _first(self, end: float) -> tuple[PurePosixPath, bool] | None:
        while (left := end - time.monotonic()) > 0:
            with suppress(queue.Empty):
                return self._news.get(timeout=min(left, _BREATH))
        return None


def _quiet(found: Mapping[PurePosixPath, bool]) -> float:
    """Return the seconds without news that end a batch of the files `found`, each with whether its last news has come."""
    if len(found) >= _MANY:
        return _QUIET_WHEN_MANY
    return _QUIET_WHEN_CLOSED if all(found.values()) else _QUIET


@contextmanager
def watching(root: Path, content: str) -> Iterator[Watch]:
    """Watch the region at `root`: its content, its settings and what it keeps of others."""
    watch = Watch(root, content)
    observer = _started(watch)
    try:
        yield watch
    finally:
        observer.stop()


def _started(watch: Watch) -> Any:
    """Return a running observer; where the system has too few watches, one that looks by itself."""
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    try:
        return _observer(Observer(), watch)
    except OSError:
        return _observer(PollingObserver(timeout=0.5), watch)


def _observer(observer: Any, watch: Watch) -> Any:
    handler = _handler(watch, observer)
    observer.schedule(handler, str(watch.root), recursive=False)
    for folder in (watch.content, ".kompetanse"):
        if (watch.root / folder).is_dir():
            observer.schedule(handler, str(watch.root / folder), recursive=True)
    observer.daemon = True
    observer.start()
    return observer


def _handler(watch: Watch, observer: Any) -> Any:
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        """Tells the watch what happens, and looks into a content folder that comes back."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
                return
            for path in filter(None, (event.src_path, event.dest_path)):
                watch.tell(str(path), event.event_type in _LAST)
            self._look_again(event)

        def _look_again(self, event: FileSystemEvent) -> None:
            folder = str(watch.root / watch.content)
            came = event.dest_path or (event.src_path if event.event_type == "created" else "")
            if event.is_directory and came == folder:
                with suppress(OSError, KeyError):
                    observer.schedule(self, folder, recursive=True)

    return Handler()
