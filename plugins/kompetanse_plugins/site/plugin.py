"""Wiring only: read the region, or take the stage that is handed over; give MkDocs its files, menu and words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kompetanse.engine import unread
from kompetanse.errors import Severity
from kompetanse.messages import message, remedy
from kompetanse.model.own_address import SITEMAP
from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.render import clean
from kompetanse.staging import Staged, staged
from kompetanse_plugins.site.settings import apply

log = get_plugin_logger(__name__)

_NOT_USED = ("assets/javascripts/", "assets/kompetanse/search-")
"""Material's scripts and its search, and the parts of our own, of which pages ask for the whole as one script."""


class SiteConfig(Config):
    """The plugin has no options: everything stands in region.yml."""


class SitePlugin(BasePlugin[SiteConfig]):
    """Show roles, competences and courses as pages."""

    def __init__(self) -> None:
        self._handed: tuple[Path, Stage] | None = None
        self._preview = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._preview = command == "serve"

    def take(self, root: Path, stage: Stage) -> None:
        """Show `stage`, whose assets lie under `root`, and read nothing."""
        self._handed = (root, stage)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._root, self._stage = self._handed or _read(Path(config.docs_dir), self._preview)
        return apply(config, self._stage)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        pages = [
            File.generated(config, file.path, content=file.text.encode(), inclusion=_inclusion(file.path))
            for file in self._stage.files
        ]
        assets = [
            File.generated(config, path, abs_src_path=str(self._root / source))
            for path, source in self._stage.assets.items()
        ]
        not_used = (*_NOT_USED, SITEMAP, *unread(self._stage))
        theme = [
            file
            for file in files
            if file.src_dir != config.docs_dir and not file.src_uri.startswith(not_used)
        ]
        return Files([*theme, *pages, *assets])

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        changed = {file.path: str(file.changed or "") for file in self._stage.files}
        for file in files.documentation_pages():
            if (
                file.page
            ):  # MkDocs would write the day of the build, which the same commit does not have twice
                file.page.update_date = changed.get(file.src_uri, "")
        return nav

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return clean(html)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        return (
            output if self._preview else with_policy(output)
        )  # the preview adds its script to what it serves

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        is_page = template_name.endswith(".html") and not self._preview
        return with_policy(output_content) if is_page else output_content


def _inclusion(path: str) -> InclusionLevel:
    """Return whether MkDocs decides if a file is published: what begins with a dot it would leave out."""
    return InclusionLevel.INCLUDED if path.startswith(".") else InclusionLevel.UNDEFINED


def _read(content: Path, drafts: bool) -> tuple[Path, Stage]:
    found: Staged = staged(content.parent, content.name, datetime.now(UTC).date(), drafts=drafts)
    for problem in found.reading.problems:
        if problem.severity is not Severity.NOTICE:  # `mkdocs build --strict` fails; `mkdocs serve` goes on
            language = found.stage.language
            log.warning(
                "%s:%s: %s. %s",
                problem.path,
                problem.line,
                message(problem, language),
                remedy(problem, language),
            )
    return content.parent, found.stage
