"""The files of a certificate: the certificate itself, and what it is handed over in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kompetanse.evidence import badge, baking
from kompetanse.evidence.certificate_pdf import Printed, certificate_pdf
from kompetanse.evidence.issue_log import Issued
from kompetanse.model.own_address import CHECK
from kompetanse.model.slug import slug

Format = Literal["json", "svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = ("json", "svg", "png", "pdf")
DRAWN: frozenset[Format] = frozenset(("png", "pdf"))
"""Those that Typst makes."""


@dataclass(frozen=True, slots=True)
class Look:
    """How files of an issuer look, and where their certificates are checked: `#rrggbb`, and the address of the site."""

    colour: str
    site: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name, what is in it, and the signs for which a `?` stands."""

    name: str
    data: bytes
    lacking: frozenset[str] = frozenset()


def name_of(one: Issued, form: str) -> str:
    """Return the name of a file: the same for the same certificate, and never that of another."""
    person = slug(one.name)[:60].strip("-") or "bevis"
    return f"{person}-{one.course}-{one.day.isoformat()}-{one.id.removeprefix('urn:uuid:')[:8]}.{form}"


def files(one: Issued, credential: Mapping[str, Any], forms: Sequence[Format], look: Look) -> Iterator[Made]:
    """Yield a file for each of `forms`; the same certificate always gives the same bytes."""
    for form in forms:
        data, lacking = _MAKE[form](one, credential, look)
        yield Made(name_of(one, form), data, lacking)


_Bytes = tuple[bytes, frozenset[str]]


def whole(credential: Mapping[str, Any]) -> str:
    """Return the certificate as its file has it."""
    return json.dumps(credential, ensure_ascii=False, indent=1) + "\n"


def _compact(credential: Mapping[str, Any]) -> str:
    return json.dumps(credential, ensure_ascii=False, separators=(",", ":"))


def _json(one: Issued, credential: Mapping[str, Any], look: Look) -> _Bytes:
    return whole(credential).encode("utf-8"), frozenset()


def _svg(one: Issued, credential: Mapping[str, Any], look: Look) -> _Bytes:
    return baking.into_svg(_badge(one, credential, look), _compact(credential)).encode("utf-8"), frozenset()


def _png(one: Issued, credential: Mapping[str, Any], look: Look) -> _Bytes:
    picture = badge.png(_badge(one, credential, look))
    return baking.into_png(picture, _compact(credential)), frozenset()


def _pdf(one: Issued, credential: Mapping[str, Any], look: Look) -> _Bytes:
    address = f"{look.site}{CHECK}#{one.id.removeprefix('urn:uuid:')}"
    printed = Printed(credential, whole(credential), _badge(one, credential, look), address, one.language)
    return certificate_pdf(printed)


def _badge(one: Issued, credential: Mapping[str, Any], look: Look) -> str:
    return badge.svg(one.title, credential["issuer"]["name"], look.colour, one.language)


_MAKE: Mapping[Format, Callable[[Issued, Mapping[str, Any], Look], _Bytes]] = {
    "json": _json,
    "svg": _svg,
    "png": _png,
    "pdf": _pdf,
}
