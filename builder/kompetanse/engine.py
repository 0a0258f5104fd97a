"""What a stage asks of the engine that turns it into pages: one answer for our plugin and for a staged folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kompetanse.pages.frame import Frame
from kompetanse.pages.stage import Stage
from kompetanse.render import EXTENSIONS

THEME = "kompetanse_theme"
_SIGNATURES = "assets/noble-ed25519/"
_NOT_TEMPLATES = frozenset({".py", ".pyc", ".yml"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The part of mkdocs.yml that follows from the region.

    Attributes:
        values: Keys of mkdocs.yml but for the theme, plugins and Markdown.
        language: Language of the theme's own words.
    """

    values: Mapping[str, Any]
    language: str


def settings(stage: Stage) -> Settings:
    """Return name, address, menu, footer and words for `stage`."""
    frames = {language: _plain(frame) for language, frame in stage.frames.items()}
    values: dict[str, Any] = {
        "site_name": stage.name,
        "nav": [{title: f"{address}index.md"} for title, address in stage.frames[stage.language].menu],
        "extra": {
            "generator": False,
            "kompetanse": {"region": stage.region, "frames": frames, "font": _font().is_file()},
        },
    }
    if stage.url:
        values["site_url"] = stage.url
    return Settings(values, stage.language)


def _plain(frame: Frame) -> dict[str, Any]:
    """Return a frame as values that YAML and every engine's templates know."""
    return {
        "home": frame.home,
        "menu": [{"title": title, "address": address} for title, address in frame.menu],
        "links": [{"title": title, "address": address} for title, address in frame.links],
        "footer": frame.footer,
        "search": frame.search,
        "index": frame.index,
        **frame.words,
    }


def mkdocs_yml(stage: Stage) -> str:
    """Return the mkdocs.yml of a staged folder, for engines that know Material but none of our plugins or themes."""
    found = settings(stage)
    theme = yaml.safe_load((_theme() / "mkdocs_theme.yml").read_text(encoding="utf-8"))
    del theme["extends"]
    whole = {
        **found.values,
        "docs_dir": "docs",
        "theme": {"name": "material", "custom_dir": "overrides", "language": found.language, **theme},
        "not_in_nav": "*\n",
        "exclude_docs": "!/.well-known/\n",  # what begins with a dot is left out else
        "validation": {"links": {"unrecognized_links": "ignore"}},
        "plugins": [],
        "markdown_extensions": [
            {name: dict(options)} if options else name for name, options in EXTENSIONS.items()
        ],
    }
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)


def unread(stage: Stage) -> tuple[str, ...]:
    """Return the folders of the theme's assets that no page of the site reads: what checks signatures, where nothing is checked."""
    return () if stage.frames[stage.language].checks else (_SIGNATURES,)


def theme_files(stage: Stage) -> tuple[Mapping[str, Path], Mapping[str, Path]]:
    """Return the theme's templates and the assets that the site has a use for: path in the staged folder → file."""
    top, not_read = _theme(), unread(stage)
    files = {file.relative_to(top).as_posix(): file for file in sorted(top.rglob("*")) if file.is_file()}
    shown = {
        path: file
        for path, file in files.items()
        if file.suffix not in _NOT_TEMPLATES and not path.startswith(not_read)
    }
    assets = {
        path: file for path, file in shown.items() if path.startswith("assets/") or file.suffix == ".js"
    }
    return {path: file for path, file in shown.items() if path not in assets}, assets


def _font() -> Path:
    """Return the file of the theme's font, which is fetched when the theme is packed and may be missing until then."""
    return _theme() / "assets/fonts/source-sans-3-latin-wght-normal.woff2"


def _theme() -> Path:
    return Path(str(resources.files(THEME)))
