"""The sources of a region: from a name in `region.yml` to what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kompetanse.content.nearest import nearest
from kompetanse.errors import KompetanseError
from kompetanse.model.region import Region, Source
from kompetanse.sharing.address import read_address
from kompetanse.sharing.limits import LIMITS, Limits
from kompetanse.sharing.store import Store, cache_folder


def named(region: Region, name: str) -> Source:
    """Return the source with this name.

    Raises:
        KompetanseError: When there is none; names the nearest.
    """
    found = next((one for one in region.sources if one.name == name), None)
    if found is None and any(one.name == name for one in region.federation):
        raise KompetanseError(
            f"Of {name} only the open catalogue is read, which lists its courses. To take one, follow its repository, whose address "
            f"stands in .kompetanse/offers/{name}.json: kompetanse source add ADDRESS --name {name}"
        )
    if found is None:
        near = nearest(name, [one.name for one in region.sources])
        raise KompetanseError(f"There is no source {name!r} in region.yml. {_advice(near, region.sources)}")
    return found


def _advice(near: Sequence[str], sources: Sequence[Source]) -> str:
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if sources:
        return f"There is {', '.join(one.name for one in sources)}"
    return "Add one: kompetanse source add ADDRESS"


def is_kept(root: Path, source: Source) -> bool:
    """Tell whether anything is kept of a source on this machine."""
    return cache_folder(read_address(source.repository, root, recorded=True)).is_dir()


def open_source(root: Path, source: Source, limits: Limits = LIMITS) -> Store:
    """Return what is kept of a source of the region at `root`; the source itself is not asked yet.

    Raises:
        KompetanseError: When the region has stopped it, or its address is not one that is used.
    """
    if source.trust == "stopped":
        raise KompetanseError(
            f"The source {source.name} is stopped in region.yml; nothing is read from it. "
            "Change its `trust` there when you have decided otherwise"
        )
    address = read_address(source.repository, root, recorded=True)
    address = replace(address, internal=source.internal)
    return Store(cache_folder(address), address, branch=source.branch, limits=limits)
