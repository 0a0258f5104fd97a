"""What the site publishes so that anybody can check a certificate: the issuer's keys, and which are withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.errors import KompetanseError
from kompetanse.evidence.did import document
from kompetanse.model.issuer import document_path
from kompetanse.model.own_address import STATUS, is_status_list
from kompetanse.model.region import Region

KEPT = PurePosixPath(".kompetanse")
"""The folder of the repository in which the lists are kept, at the addresses that they have on the site."""


def issuer_files(root: Path, region: Region) -> Iterator[tuple[str, str]]:
    """Yield path on the site and text of each file; none for a region that is no issuer.

    Raises:
        KompetanseError: When a list of withdrawn certificates is damaged.
    """
    did = region.issuer.did
    path = document_path(did, region.url) if did and region.issuer.keys else None
    if path is None or region.url is None:
        return
    yield path, written(document(region.issuer, region.url))
    yield from ((address, written(found)) for address, found in status_lists(root).items())


def written(found: Mapping[str, Any]) -> str:
    """Return JSON as it is kept and published: a row for each value, so that git tells what has changed."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def status_lists(root: Path) -> dict[str, dict[str, Any]]:
    """Return the lists of withdrawn certificates that the repository at `root` keeps, by address on the site.

    Raises:
        KompetanseError: When one is damaged.
    """
    folder = root / KEPT / STATUS
    names = sorted(path.name for path in folder.glob("*.json")) if folder.is_dir() else []
    return {f"{STATUS}{name}": _read(folder / name) for name in names if is_status_list(f"{STATUS}{name}")}


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KompetanseError(
            f"The list of withdrawn certificates {path.name} is damaged. Take it back from git: git restore {KEPT}/{STATUS}{path.name}"
        ) from error
    if not isinstance(found, dict):
        raise KompetanseError(
            f"The list of withdrawn certificates {path.name} is damaged. Take it back from git: git restore {KEPT}/{STATUS}{path.name}"
        )
    return found
