"""What the stage decides in MkDocs' configuration."""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from kompetanse.engine import settings
from kompetanse.model.own_address import SITEMAP
from kompetanse.pages.stage import Stage
from kompetanse.render import EXTENSIONS


def apply(config: MkDocsConfig, stage: Stage) -> MkDocsConfig:
    """Set name, address, menu, footer, language and Markdown; an address in mkdocs.yml wins."""
    found = settings(stage)
    own = {"site_url": config.site_url} if config.site_url else {}
    for key, value in {**found.values, **own}.items():
        config[key] = {**config.extra, **value} if key == "extra" else value
    config.validation["links"]["unrecognized_links"] = logging.DEBUG  # `check` has followed every link
    config.not_in_nav = GitIgnoreSpec.from_lines(["*"])
    config.markdown_extensions = list(EXTENSIONS)
    config.mdx_configs = {name: dict(options) for name, options in EXTENSIONS.items() if options}
    config.theme["language"] = found.language
    if (
        stage.url or not config.site_url
    ):  # the stage has one that leaves out what searches do not find, or none can be
        config.theme.static_templates.discard(SITEMAP)
    return config
