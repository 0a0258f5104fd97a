"""What people have handed over, read and checked: mappings, certificates, and forms of observations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kompetanse.commands.place import Place
from kompetanse.commands.progress import track_files
from kompetanse.errors import KompetanseError, UsageError
from kompetanse.model.assessment import Assessment, Notice

if TYPE_CHECKING:
    from kompetanse.evidence.documentation_page import Checked
    from kompetanse.evidence.held_certificates import Certified
    from kompetanse.evidence.verification import Asked
    from kompetanse.importers.observations import Observed
    from kompetanse.learning.framework import Framework
    from kompetanse.learning.group import File, Held
    from kompetanse.learning.unit import Unit
    from kompetanse.model.item import Evidence
    from kompetanse.pages.view import Site

_READ = frozenset({".json", ".csv", ".pdf", ".png", ".svg"})
_PICTURES = frozenset({".pdf", ".png", ".svg"})
_UNREAD = frozenset(f"file.{one}" for one in ("too_large", "damaged", "foreign", "newer", "wrong"))


def found_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files at `paths`, each once; a folder gives those whose names end as ours do.

    Raises:
        UsageError: When a path is not there, or no file is.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}. Check the path")
        inside = sorted(one for one in path.rglob("*") if _is_ours(one)) if path.is_dir() else [path]
        found |= {one.resolve(): one for one in inside}
    if not found:
        raise UsageError(
            f"There is nothing there that we read ({', '.join(sorted(_READ))}). Name the files that people have handed over"
        )
    return list(found.values())


def _is_ours(path: Path) -> bool:
    return path.suffix.lower() in _READ and path.is_file()


@dataclass(frozen=True, slots=True)
class Region:
    """What is handed over is reckoned against this.

    Attributes:
        site: All that the region has.
        framework: The same as the site publishes it.
        language: Of the report.
        asked: What certificates are checked against.
    """

    site: Site
    framework: Framework
    language: str
    asked: Asked | None
    day: date

    def stands_for(self, address: str) -> Evidence | None:
        """Return the class of evidence that the certificate of the course at `address` stands for."""
        from kompetanse.model.item import Course

        catalogue, url = self.site.catalogue, self.site.catalogue.region.url
        for one in catalogue.visible(Course) if url else ():
            own = catalogue.original(one).certificate
            if own and f"{url}{one.address}" == address:
                return own.evidence
        return None


def region_of(place: Place, day: date, language: str | None, status: Sequence[Path] = ()) -> Region:
    """Return the region, with its framework as the site publishes it."""
    from kompetanse.learning.framework import Framework
    from kompetanse.model.own_address import MAPPING
    from kompetanse.pages import data
    from kompetanse.staging import site_of

    site = site_of(place.root, place.content, day)
    own = language or site.languages[0]
    framework = Framework.read(*data.framework(site.view("", own).at(MAPPING)))
    return Region(site, framework, own, _asked(place.root, site, day, status), day)


def _asked(root: Path, site: Site, day: date, status: Sequence[Path]) -> Asked | None:
    """Return what certificates are checked against at the end of `day`; None when the packages are not there."""
    from kompetanse.commands.packages import has_certificates

    if not has_certificates():
        return None
    from kompetanse.commands.certificate_verify import status_list
    from kompetanse.evidence.published import status_lists
    from kompetanse.evidence.verification import Asked, known_issuers

    lists = [*status_lists(root).values(), *map(status_list, status)]
    moment = datetime.combine(day, time(23, 59, 59), UTC)
    return Asked(known_issuers(site.catalogue.region), {str(one.get("id")): one for one in lists}, moment)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A unit, and what was checked of it."""

    unit: Unit
    checked: Checked

    @property
    def is_documented(self) -> bool:
        """Whether anything was handed over beside mappings."""
        return bool(self.checked.certificates or self.checked.observations or self.checked.notices)

    @property
    def is_whole(self) -> bool:
        """Whether every file could be read, and all that was to be checked holds."""
        unread = any(one.key in _UNREAD for one in self.unit.notices)
        return not unread and not self.checked.notices


def handed_over(paths: Sequence[Path], region: Region) -> HandedOver:
    """Read what was handed over, and reckon the unit from it.

    Raises:
        KompetanseError: When there are certificates, and the packages that check them are not there.
    """
    from kompetanse.evidence.documentation_page import Checked
    from kompetanse.learning.unit import unit

    pile = _Pile(region)
    for path in track_files(paths):
        pile.read(path)
    held, added = pile.held(), pile.from_forms()
    found = unit([*pile.files, *added], region.framework, region.day, held)
    whole = replace(found, summary=replace(found.summary, files=len(paths)))
    seen = sum(one.claim is not None for one in pile.observed)
    return HandedOver(whole, Checked(len(pile.counted()), seen, (*pile.notices, *pile.strangers())))


@dataclass(slots=True)
class _Pile:
    """What is gathered while files are read."""

    region: Region
    files: list[File] = field(default_factory=list)
    certificates: list[Certified] = field(default_factory=list)
    observed: list[Observed] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Read one file, whatever it is."""
        from kompetanse.evidence.assessment import legible, read
        from kompetanse.learning.group import File

        name, ending = legible(path.name), path.suffix.lower()
        if ending == ".csv":
            return self._form(path, name)
        if ending in _PICTURES:
            return self._certificate(path, name)
        found = read(path)
        if isinstance(found, Notice) and found.key == "file.foreign" and _may_be_badge(path):
            return self._certificate(path, name)
        self.files.append(File(name, found))
        return None

    def _form(self, path: Path, name: str) -> None:
        from kompetanse.importers.observations import read_observations

        try:
            rows, faults = read_observations(path, name, self.region.framework, self.region.day)
        except KompetanseError:
            self.notices.append(Notice("documentation.refused.no_form", {"file": name}))
            return
        self.observed += rows
        self.notices += faults
        for one in rows:
            self.forms.setdefault(_folded(one.name), name)

    def _certificate(self, path: Path, name: str) -> None:
        from kompetanse.commands.packages import need_certificates

        need_certificates()
        from kompetanse.evidence.certificate_in import Unreadable, read
        from kompetanse.evidence.held_certificates import checked

        assert self.region.asked is not None  # noqa: S101 (the packages are there)
        try:
            found = checked(read(path), name, self.region.asked, self.region.stands_for)
        except Unreadable:
            found = Notice("documentation.refused.unreadable", {"file": name})
        if isinstance(found, Notice):
            self.notices.append(found)
        else:
            self.certificates.append(found)

    def _people(self) -> set[str]:
        mapped = (one.found.name for one in self.files if isinstance(one.found, Assessment))
        return {*map(_folded, mapped), *self.forms} - {""}

    def counted(self) -> tuple[Certified, ...]:
        """Return the certificates of people in the unit, each once."""
        from kompetanse.evidence.held_certificates import each_once

        people = self._people()
        return tuple(one for one in each_once(self.certificates) if _folded(one.name) in people)

    def strangers(self) -> Iterator[Notice]:
        """Yield the certificates of people whom no other file names."""
        from kompetanse.evidence.held_certificates import each_once

        people = self._people()
        for one in each_once(self.certificates):
            if _folded(one.name) not in people:
                yield Notice("documentation.refused.nobody", {"file": one.file, "name": one.name})

    def from_forms(self) -> Iterator[File]:
        """Yield a file without answers for each person whom only a form names."""
        from kompetanse.learning.group import File

        mapped = {_folded(one.found.name) for one in self.files if isinstance(one.found, Assessment)}
        names = {_folded(one.name): one.name for one in reversed(self.observed)}
        for key in sorted(names.keys() - mapped):
            own = Assessment(
                self.region.framework.region, None, self.region.day, f"form {key}", names[key], (), ()
            )
            yield File(self.forms[key], own)

    def held(self) -> Held:
        """Return what certificates and observations vouch for."""
        from kompetanse.learning.group import Held

        roles: dict[str, dict[Any, None]] = {}
        claims: dict[str, dict[Any, tuple[Any, ...]]] = {}
        for one in self.observed:
            roles.setdefault(_folded(one.name), {})[one.role] = None
        vouched = [(one.name, *each) for one in self.counted() for each in one.claims]
        seen = [(one.name, one.competence, one.claim) for one in self.observed if one.claim]
        for name, competence, claim in (*vouched, *seen):
            own = claims.setdefault(_folded(name), {})
            now = self.region.framework.today(competence) if competence else competence
            own[now] = (*own.get(now, ()), claim)
        return Held(roles={key: tuple(one) for key, one in roles.items()}, claims=claims)


def _folded(name: str) -> str:
    from kompetanse.learning.group import folded

    return folded(name)


def _may_be_badge(path: Path) -> bool:
    """Tell whether a JSON file that is no mapping says that it is a certificate."""
    try:
        return b"OpenBadgeCredential" in path.read_bytes()
    except OSError:
        return False


def by_folder(folders: Iterable[Path]) -> dict[str, Path]:
    """Return each unit's folder by the name of the unit.

    Raises:
        UsageError: When one is no folder, or two have one name.
    """
    from kompetanse.evidence.assessment import legible

    found: dict[str, Path] = {}
    for one in folders:
        name = legible(one.resolve().name)
        if not one.is_dir():
            raise UsageError(
                f"{one} is no folder. Give each unit a folder of its own, with what its people have handed over"
            )
        if name in found:
            raise UsageError(
                f"{found[name]} and {one} have the same name. Rename one, since units are told apart by it"
            )
        found[name] = one
    return found
