"""A site whose pages we set ourselves, with MkDocs' settings, templates and files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.press.leaf import Leaf
from kompetanse.press.site import leaves, set_pages
from kompetanse.press.skeleton import Face

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


def build(config: Any, stage: Stage) -> None:
    """Write the site of `stage` to the folder that `config` names: the same bytes as MkDocs' own build."""
    from mkdocs.structure.files import Files

    config = config.plugins.on_config(config)
    environment = config.theme.get_env()
    files = Files([])
    files.add_files_from_theme(environment, config)
    files = config.plugins.on_files(files, config=config)
    for file in files:
        if not file.is_documentation_page():
            file.copy_file()
    output = Path(config.site_dir)
    template = environment.get_template("main.html")
    for path, text in set_pages(stage, lambda face: template.render(_context(config, face)), config.site_url):
        _write(output / path, text.encode())
    _write_templates(config, environment, [_Listed.of(one, config.site_url) for one in leaves(stage)])


def _context(config: Any, face: Face | None, base_url: str = "", pages: Iterable[Any] = ()) -> Any:
    from mkdocs.commands.build import get_context
    from mkdocs.structure.nav import Navigation

    return get_context(Navigation([], []), list(pages), config, face, base_url)  # type: ignore[arg-type]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


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


def _write_templates(config: Any, environment: Any, pages: list[_Listed]) -> None:
    """Write the pages that MkDocs makes from templates alone; an error page is shown at any depth, so it starts at the root."""
    from mkdocs.utils import get_build_timestamp

    output = Path(config.site_dir)
    root = urlsplit(config.site_url or "/").path
    lost = environment.get_template("404.html").render(_context(config, None, root, pages))
    _write(output / "404.html", with_policy(lost).encode())
    sitemap = environment.get_template("sitemap.xml").render(_context(config, None, ".", pages)).encode()
    _write(output / "sitemap.xml", sitemap)
    moment = get_build_timestamp(pages=pages)  # type: ignore[arg-type]
    with (
        (output / "sitemap.xml.gz").open("wb") as file,
        gzip.GzipFile(fileobj=file, filename=str(output / "sitemap.xml.gz"), mode="wb", mtime=moment) as packed,
    ):
        packed.write(sitemap)
