"""A site whose pages we set ourselves, with MkDocs' settings, templates and files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kompetanse.bytecode import compiled
from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.press.hands import Track, can_copy, cores, hands, shared_out, untracked
from kompetanse.press.share import Share, Standings, together
from kompetanse.press.site import Convert, linked
from kompetanse.press.skeleton import Face, Press
from kompetanse.site.output import Output
from kompetanse.timing import timed

_OURS = frozenset({"kompetanse"})
LOST = "404.html"
"""The page of an address that leads nowhere."""

_AT_ONCE = 50
"""Lots in hand at a time where no process can be copied: only for many texts others are started, to convert them."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a site is made with.

    Attributes:
        convert: Converts the texts of its pages.
        track: Shows progress.
        cores: Processes to use at most; None for as many as this one may run on.
    """

    convert: Convert
    track: Track = untracked
    cores: int | None = None


def obstacles(config: Any) -> tuple[str, ...]:
    """Return the settings of mkdocs.yml that only MkDocs itself can carry out; none for a region's own, as we make it."""
    theme = config.theme
    found = {
        "theme": theme.name != "kompetanse" or theme.custom_dir,
        "plugins": set(config.plugins) != _OURS,
        "site_url": config.site_url,
        "hooks": config.hooks,
        "extra_templates": config.extra_templates,
        "use_directory_urls": not config.use_directory_urls,
    }
    return tuple(name for name, stands in found.items() if stands)


def build(config: Any, root: Path, stage: Stage, output: Output, means: Means) -> None:
    """Write the site of `stage`, with assets from below `root`, to `output`: the same bytes as MkDocs' own build."""
    theme = Theme.of(config, root, stage)
    for path, data in theme.files():
        output.put(path, data)
    for path, source in stage.assets.items():
        output.put(path, (root / source).read_bytes())
    standings = _lots(stage, theme.press(stage), output, means)
    for file in stage.map(one.row for one in standings.values() if one.row):
        if file.path not in stage.assets:
            output.put(file.path, file.text.encode())
    output.put(LOST, theme.lost().encode())


def _lots(stage: Stage, press: Press, output: Output, means: Means) -> Standings:
    """Write all lots of `stage`, by as many processes as they are worth; return why each file stands."""
    order, most = _order(len(stage.lots)), means.cores or cores()
    at_once = 1 if most == 1 or can_copy() else _AT_ONCE

    def work(lots: Iterator[int]) -> tuple[Standings, Mapping[str, str]]:
        own = replace(output, written={})
        share = Share(stage, press, means.convert, own.put)
        while some := tuple(islice(lots, at_once)):
            share.make(some)
        return share.standing, own.written

    shares = shared_out(order, work, hands(len(order), most), means.track)
    for _, written in shares:
        output.written.update(written)
    standings, twice = together([standing for standing, _ in shares])
    if twice:  # who wrote last need not be the one who stands
        again = Share(stage, press, means.convert, output.put, twice)
        again.make(sorted({standings[path].order[1] for path in twice}))
    return standings


def _order(count: int) -> Sequence[int]:
    """Return the lots in the order they are made, what takes longest first: the search, and the lists, which stand last."""
    return (0, *range(count - 1, 0, -1))


@dataclass(frozen=True, slots=True)
class Theme:
    """MkDocs' settings and templates, made ready for one region.

    Attributes:
        config: The settings.
        environment: The templates.
    """

    config: Any
    environment: Any
    _files: tuple[tuple[str, bytes], ...]

    @classmethod
    @timed("set")
    def of(cls, config: Any, root: Path, stage: Stage) -> Theme:
        """Make `config`, as MkDocs has read it, ready for the region of `stage`."""
        from mkdocs.structure.files import Files

        config.plugins["kompetanse"].take(root, replace(stage, lots=(), assets={}))
        config = config.plugins.on_config(config)
        environment = config.theme.get_env()
        environment.bytecode_cache = compiled()
        files = Files([])
        files.add_files_from_theme(_Listing(environment), config)  # type: ignore[arg-type]
        own = config.plugins.on_files(files, config=config)
        return cls(config, environment, tuple((file.dest_uri, file.content_bytes) for file in own))

    def files(self) -> Iterable[tuple[str, bytes]]:
        """Return path and contents of the theme's own files."""
        return self._files

    def press(self, stage: Stage) -> Press:
        """Return what sets the pages of `stage`."""
        template = self.environment.get_template("main.html")

        def render(face: Face) -> str:
            return str(template.render(_context(self.config, face)))

        return Press(render, self.config.site_url, linked(stage))

    def lost(self) -> str:
        """Return the page of an address that leads nowhere; it is shown at any depth, so its own links start at the root."""
        return with_policy(
            self.environment.get_template(LOST).render(_context(self.config, None, self.mount))
        )

    @property
    def mount(self) -> str:
        """Path of the site at its host, such as `/` or `/region/`."""
        return urlsplit(self.config.site_url or "/").path


class _Listing:
    """What MkDocs asks the templates for when it looks for the theme's files.

    MkDocs leaves out all that begins with a dot, after having been told of each: Material's icons are 14,000 files.
    """

    def __init__(self, environment: Any) -> None:
        self._folders = [str(folder) for folder in environment.loader.searchpath]

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """Return the names of the files that `filter_func` asks for, as Jinja does."""
        names = {name for folder in self._folders for name in _files_below(folder)}
        return sorted(filter(filter_func, names))


def _files_below(folder: str) -> Iterator[str]:
    """Yield the files below `folder`, by their paths in it, but for those in it that begin with a dot."""
    for top, folders, names in os.walk(folder):
        here = "" if top == folder else f"{os.path.relpath(top, folder).replace(os.sep, '/')}/"
        if not here:
            folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (f"{here}{name}" for name in names if here or not name.startswith("."))


def _context(config: Any, face: Face | None, base_url: str = "") -> Any:
    from mkdocs.commands.build import get_context
    from mkdocs.structure.nav import Navigation

    return get_context(Navigation([], []), [], config, face, base_url)  # type: ignore[arg-type]
