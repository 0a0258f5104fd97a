"""The only call into MkDocs' build."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kompetanse.errors import KompetanseError
from kompetanse.pages.stage import Stage
from kompetanse.press.site import Convert
from kompetanse.site import pressed
from kompetanse.site.output import Output
from kompetanse.site.pressed import Theme, Track

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


def build_site(
    config_file: Path | None,
    root: Path,
    stage: Stage,
    output: Output,
    convert: Convert,
    track: Track = lambda numbers, count: numbers,
) -> None:
    """Turn `stage` into HTML in `output`.

    Args:
        config_file: The region's mkdocs.yml; None takes the settings that come with us.
        root: The region's root, from which assets are copied.
        stage: What to show.
        output: Where the site is written.
        convert: Converts the texts of its pages.
        track: Shows progress.

    Raises:
        KompetanseError: When MkDocs cannot go on.
    """
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        with (
            TemporaryDirectory() as nothing
        ):  # the stage is all there is; MkDocs must not look at the authors' files
            config = _load(config_file, Path(nothing), output.folder)
            plugin = _our_plugin(config)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                if pressed.obstacles(config):
                    plugin.take(root, stage)  # so that the region is read once
                    build(config)
                else:
                    pressed.build(config, root, stage, output, convert, track)
            finally:
                config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError) as error:
        raise KompetanseError(
            f"MkDocs could not build the site: {error}. Look at {config_file or 'the settings'}"
        ) from error


def obstacles(config_file: Path | None) -> tuple[str, ...]:
    """Return the settings of the region's mkdocs.yml that only MkDocs itself can carry out.

    Raises:
        KompetanseError: When MkDocs cannot read it.
    """
    with _read(config_file) as config:
        _our_plugin(config)
        return pressed.obstacles(config)


def theme_of(config_file: Path | None, root: Path, stage: Stage) -> Theme:
    """Return the theme under the region's mkdocs.yml, ready to set the pages of `stage`.

    Raises:
        KompetanseError: When MkDocs cannot read it.
    """
    with _read(config_file) as config:
        return Theme.of(config, root, stage)


@contextmanager
def _read(config_file: Path | None) -> Iterator[Any]:
    from mkdocs.exceptions import Abort, ConfigurationError

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with (
        TemporaryDirectory() as nothing,
        TemporaryDirectory() as nowhere,
    ):  # MkDocs must not look at the authors' files
        try:
            yield _load(config_file, Path(nothing), Path(nowhere))
        except (Abort, ConfigurationError) as error:
            raise KompetanseError(
                f"MkDocs could not read its settings: {error}. Look at {config_file or 'the settings'}"
            ) from error


def serve_site(
    config_file: Path | None, content: Path, address: str, watch: list[Path], browser: bool
) -> None:
    """Show the site at `address` (host:port) until interrupted; what is saved in `content` or `watch` is built anew.

    Raises:
        KompetanseError: When MkDocs cannot go on.
    """
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort, ConfigurationError

    logging.getLogger("mkdocs").setLevel(logging.INFO)
    logging.basicConfig(format="%(levelname)-7s %(message)s")
    try:
        serve(
            config_file=_config(config_file),
            docs_dir=str(content.resolve()),
            dev_addr=address,
            watch=[str(path) for path in watch],
            open_in_browser=browser,
        )
    except (Abort, ConfigurationError, OSError) as error:
        raise KompetanseError(
            f"The preview could not start: {error}. Is another one running? Try --port"
        ) from error


def _config(config_file: Path | None) -> str:
    return str(config_file) if config_file else str(resources.files("kompetanse") / "mkdocs.yml")


def _load(config_file: Path | None, content: Path, output: Path) -> Any:
    from mkdocs.config import load_config

    return load_config(_config(config_file), docs_dir=str(content.resolve()), site_dir=str(output.resolve()))


def _our_plugin(config: Any) -> Any:
    plugins: Mapping[str, Any] = config.plugins
    if "kompetanse" not in plugins:
        raise KompetanseError("mkdocs.yml does not name our plugin. Add «kompetanse» under «plugins:»")
    return plugins["kompetanse"]
