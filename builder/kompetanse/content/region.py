"""Read `region.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from kompetanse.content import files, yaml_text
from kompetanse.content.frontmatter import Source
from kompetanse.content.region_keys import IssuerKeyKeys, IssuerKeys, RegionKeys, SourceKeys
from kompetanse.content.validate import read
from kompetanse.errors import Problem, Severity
from kompetanse.model.issuer import Issuer, IssuerKey, TrustedIssuer, document_address, document_path
from kompetanse.model.region import Federated, Municipality, Region, Withdrawal
from kompetanse.model.region import Source as RegionSource

PATH = PurePosixPath("region.yml")


def read_region(root: Path) -> tuple[Region, tuple[Problem, ...]]:
    """Return the region whose repository `root` is, and every problem of its `region.yml`.

    Without the file, or without its required keys, the rest is defaults, so that content can still be checked.
    """
    if not (root / PATH).exists():
        return Region(), (Problem(PATH, 0, "", "no-region", Severity.WARNING),)
    return _of_text(files.read(root, PATH))


def region_of(data: bytes) -> tuple[Region, tuple[Problem, ...]]:
    """Return the region that the contents of a `region.yml` are those of, and their problems; for one that lies elsewhere."""
    return _of_text(files.decode(PATH, data))


def _of_text(text: str | Problem) -> tuple[Region, tuple[Problem, ...]]:
    if isinstance(text, Problem):
        return Region(), (text,)
    try:
        meta = yaml_text.load(text)
    except yaml_text.Fault as fault:
        key = fault.values.get("key", "")
        return Region(), (Problem(PATH, fault.line, key, fault.code, Severity.ERROR, fault.values),)
    if not isinstance(meta, dict):
        return Region(), (Problem(PATH, 1, "", "front-matter-not-keys", Severity.ERROR),)
    return _understand(Source(PATH, meta, text, ""))


def _understand(source: Source) -> tuple[Region, tuple[Problem, ...]]:
    keys, problems = read(RegionKeys, source)
    if keys is None:
        return Region(), problems
    return _region(keys), (*problems, *_missing(source, keys), *_twice(source, keys))


def _missing(source: Source, keys: RegionKeys) -> Iterator[Problem]:
    for key in ("accessibility_statement", "privacy_statement"):
        if getattr(keys, key) is None:
            yield source.problem(key, "statement-missing", Severity.WARNING, key=key)
    did = keys.issuer.did
    if did and keys.issuer.keys and document_path(did, _slashed(keys.url)) is None:
        yield source.problem(
            "issuer.did", "issuer-elsewhere", Severity.WARNING, address=document_address(did)
        )


def _twice(source: Source, keys: RegionKeys) -> Iterator[Problem]:
    """Say which sources have a name that another has."""
    seen: set[str] = set()
    for place, one in enumerate(keys.sources):
        if one.name in seen:
            yield source.problem(f"sources[{place}].name", "duplicate-source", name=one.name)
        seen.add(one.name)


def _once(keys: RegionKeys) -> Iterable[SourceKeys]:
    """Return the sources, of two with one name the first."""
    first: dict[str, SourceKeys] = {}
    for one in keys.sources:
        first.setdefault(one.name, one)
    return first.values()


def _region(keys: RegionKeys) -> Region:
    return Region(
        id=keys.id,
        name=keys.name,
        publisher=keys.publisher or keys.name,
        url=_slashed(keys.url),
        repository=keys.repository.rstrip("/") if keys.repository else None,
        contact=keys.contact,
        languages=tuple("nb" if tag == "no" else tag for tag in keys.languages),
        licence=keys.licence,
        timezone=keys.timezone,
        accessibility_statement=keys.accessibility_statement,
        privacy_statement=keys.privacy_statement,
        municipalities=tuple(Municipality(place.number, place.name) for place in keys.municipalities),
        colours={name: colour for name, colour in vars(keys.colours).items() if colour},
        issuer=_issuer(keys.issuer),
        withdrawn=tuple(Withdrawal(one.id, one.reason, one.date) for one in keys.withdrawn),
        federation=tuple(Federated(one.name, one.catalogue) for one in keys.federation),
        sources=tuple(RegionSource(**vars(one)) for one in _once(keys)),
    )


def _slashed(url: str | None) -> str | None:
    return url.rstrip("/") + "/" if url else None


def _issuer(keys: IssuerKeys) -> Issuer:
    return Issuer(
        did=keys.did,
        name=keys.name,
        keys=_keys(keys.keys),
        trusts=tuple(TrustedIssuer(one.name, one.did, _keys(one.keys)) for one in keys.trusts),
    )


def _keys(keys: tuple[IssuerKeyKeys, ...]) -> tuple[IssuerKey, ...]:
    return tuple(IssuerKey(one.id, one.public, one.since) for one in keys)
