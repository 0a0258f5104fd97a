"""A site whose pages we set ourselves, with MkDocs' settings, templates and files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.press.leaf import Leaf
from kompetanse.press.site import Convert, leaves, linked, set_pages
from kompetanse.press.skeleton import Face, Press
from kompetanse.site.output import Output

_OURS = frozenset({"kompetanse"})


def obstacles(config: Any) -> tuple[str, ...]:
    """Return the settings of mkdocs.yml that only MkDocs itself can carry out; none for a region's own, as we make it."""
    theme = config.theme
    found = {
        "theme": theme.name != "kompetanse" or theme.custom_dir,
        "plugins": set(config.plugins) != _OURS,
        "hooks": config.hooks,
        "extra_templates": config.extra_templates,
        "use_directory_urls": not config.use_directory_urls,
    }
    return tuple(name for name, stands in found.items() if stands)


def build(config: Any, root: Path, stage: Stage, output: Output, convert: Convert) -> None:
    """Write the site of `stage`, with assets from below `root`, to `output`: the same bytes as MkDocs' own build."""
    theme = Theme.of(config, root, stage)
    for path, data in (*theme.files(), *data_files(stage)):
        output.put(path, data)
    for path, source in stage.assets.items():
        output.put(path, (root / source).read_bytes())
    for path, text in set_pages(stage, theme.press(stage), convert):
        output.put(path, text.encode())
    for path, data in theme.templates(stage):
        output.put(path, data)


def data_files(stage: Stage) -> Iterator[tuple[str, bytes]]:
    """Yield path and contents of the files of `stage` that are no pages."""
    yield from ((one.path, one.text.encode()) for one in stage.files if not one.path.endswith(".md"))


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
    def of(cls, config: Any, root: Path, stage: Stage) -> Theme:
        """Make `config`, as MkDocs has read it, ready for the region of `stage`."""
        from mkdocs.structure.files import Files

        config.plugins["kompetanse"].take(root, replace(stage, files=(), assets={}))
        config = config.plugins.on_config(config)
        environment = config.theme.get_env()
        files = Files([])
        files.add_files_from_theme(environment, config)
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

    def templates(self, stage: Stage) -> Iterator[tuple[str, bytes]]:
        """Yield what MkDocs makes from templates alone; an error page is shown at any depth, so it starts at the root."""
        from mkdocs.utils import get_build_timestamp

        pages = [_Listed.of(one, self.config.site_url) for one in leaves(stage)]
        lost = self.environment.get_template("404.html").render(
            _context(self.config, None, self.mount, pages)
        )
        yield "404.html", with_policy(lost).encode()
        if "sitemap.xml" in self.config.theme.static_templates:
            found = self.environment.get_template("sitemap.xml").render(
                _context(self.config, None, ".", pages)
            )
            moment = get_build_timestamp(pages=pages)  # type: ignore[arg-type]
            yield "sitemap.xml", found.encode()
            yield "sitemap.xml.gz", _packed(found.encode(), "sitemap.xml.gz", moment)

    @property
    def mount(self) -> str:
        """Path of the site at its host, such as `/` or `/region/`."""
        return urlsplit(self.config.site_url or "/").path


def _context(config: Any, face: Face | None, base_url: str = "", pages: Iterable[Any] = ()) -> Any:
    from mkdocs.commands.build import get_context
    from mkdocs.structure.nav import Navigation

    return get_context(Navigation([], []), list(pages), config, face, base_url)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page as MkDocs' sitemap reads it, both as its file and as its page."""

    canonical_url: str | None
    abs_url: str | None
    update_date: str
    meta: Mapping[str, Any]
    is_link: bool = False

    @property
    def page(self) -> _Listed:
        return self

    @classmethod
    def of(cls, leaf: Leaf, site_url: str | None) -> _Listed:
        url = urljoin(site_url, quote(leaf.address) or "./") if site_url else None
        return cls(url, urlsplit(url).path if url else None, leaf.changed, leaf.head)


def _packed(data: bytes, name: str, moment: int) -> bytes:
    """Return `data` packed as MkDocs packs it; the name within is that of the file."""
    packed = BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=packed, mtime=moment) as file:
        file.write(data)
    return packed.getvalue()
