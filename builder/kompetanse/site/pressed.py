"""A site whose pages we set ourselves, with MkDocs' settings, templates and files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.press.leaf import Leaf
from kompetanse.press.site import Convert, leaves, set_pages
from kompetanse.press.skeleton import Face
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


def build(config: Any, stage: Stage, output: Output, convert: Convert) -> None:
    """Write the site of `stage` to `output`: the same bytes as MkDocs' own build under `config`."""
    from mkdocs.structure.files import Files

    config = config.plugins.on_config(config)
    environment = config.theme.get_env()
    files = Files([])
    files.add_files_from_theme(environment, config)
    files = config.plugins.on_files(files, config=config)
    for file in files:
        if not file.is_documentation_page():
            output.put(file.dest_uri, file.content_bytes)
    template = environment.get_template("main.html")

    def render(face: Face) -> str:
        return str(template.render(_context(config, face)))

    for path, text in set_pages(stage, render, config.site_url, convert):
        output.put(path, text.encode())
    listed = [_Listed.of(one, config.site_url) for one in leaves(stage)]
    for path, data in _templates(config, environment, listed):
        output.put(path, data)


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


def _templates(config: Any, environment: Any, pages: list[_Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield what MkDocs makes from templates alone; an error page is shown at any depth, so it starts at the root."""
    from mkdocs.utils import get_build_timestamp

    root = urlsplit(config.site_url or "/").path
    lost = environment.get_template("404.html").render(_context(config, None, root, pages))
    yield "404.html", with_policy(lost).encode()
    sitemap = environment.get_template("sitemap.xml").render(_context(config, None, ".", pages)).encode()
    yield "sitemap.xml", sitemap
    yield "sitemap.xml.gz", _packed(sitemap, "sitemap.xml.gz", get_build_timestamp(pages=pages))  # type: ignore[arg-type]


def _packed(data: bytes, name: str, moment: int) -> bytes:
    """Return `data` packed as MkDocs packs it; the name within is that of the file."""
    packed = BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=packed, mtime=moment) as file:
        file.write(data)
    return packed.getvalue()
