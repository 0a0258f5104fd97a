"""Read SCORM 1.2 and 2004: pages become text, and what scripts do is said; our own packages come back whole."""

from __future__ import annotations

from kompetanse.importers import cartridge, own_page
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.manifest import Manifest, read_manifest
from kompetanse.importers.package_plan import is_page
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a package.

    Raises:
        KompetanseError: When its manifest or a file of it is damaged, or no page of it says anything.
    """
    manifest = read_manifest(source)
    name = (
        "SCORM 1.2"
        if manifest.version.startswith("1.") or "rootv1p2" in manifest.namespaces
        else "SCORM 2004"
    )
    launched = _launched(manifest)
    if len(launched) == 1 and own_page.is_own(decoded(source.read(launched[0]))):
        return own_page.course_of(source, launched[0], name)
    return cartridge.course_of(source, manifest, tell, name)


def _launched(manifest: Manifest) -> list[str]:
    """Return the pages that the table of contents opens."""
    found = [
        one.resource
        for node in manifest.nodes
        for one in node.walk()
        if one.resource and is_page(one.resource)
    ]
    return list(dict.fromkeys(one.entry for one in found if one.entry))
