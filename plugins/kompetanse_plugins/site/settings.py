"""What the stage decides in MkDocs' configuration."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from kompetanse.pages.stage import Stage
from kompetanse.render import EXTENSIONS


def apply(config: MkDocsConfig, stage: Stage) -> MkDocsConfig:
    """Set name, address, menu, footer, language and Markdown as `stage` and `render` have them."""
    config.site_name = stage.name
    if stage.url and not config.site_url:
        config.site_url = stage.url
    config.nav = [{title: path} for title, path in stage.menu]
    config.copyright = stage.footer
    config.not_in_nav = GitIgnoreSpec.from_lines(["*"])
    config.markdown_extensions = list(EXTENSIONS)
    config.mdx_configs = {name: dict(options) for name, options in EXTENSIONS.items() if options}
    config.extra["generator"] = False
    config.extra["kompetanse"] = dict(stage.words)
    config.theme["language"] = stage.language
    return config
