"""A site whose pages we set ourselves, with MkDocs' settings, templates and files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from kompetanse.pages.stage import Stage
from kompetanse.policy import with_policy
from kompetanse.press.site import Convert, set_pages
from kompetanse.press.skeleton import Face
from kompetanse.site.output import Output

_OURS = frozenset({"kompetanse"})
_LOST = "404.html"


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
    output.put(_LOST, _lost(config, environment).encode())


def _lost(config: Any, environment: Any) -> str:
    """Return the page of an address that leads nowhere; it is shown at any depth, so its own links start at the root."""
    root = urlsplit(config.site_url or "/").path
    return with_policy(environment.get_template(_LOST).render(_context(config, None, root)))


def _context(config: Any, face: Face | None, base_url: str = "") -> Any:
    from mkdocs.commands.build import get_context
    from mkdocs.structure.nav import Navigation

    return get_context(Navigation([], []), [], config, face, base_url)  # type: ignore[arg-type]
