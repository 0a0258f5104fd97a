"""`kompetanse certificate verify`: whether a certificate holds, in five answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.packages import need_certificates
from kompetanse.commands.place import content_option, find
from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.messages import LANGUAGES, text

if TYPE_CHECKING:
    from kompetanse.evidence.verification import Asked, Result

_LARGEST_LIST = 20_000_000
_COLOUR = {"good": "green", "bad": "red", "unknown": "yellow"}


@click.command("verify", epilog='Example: kompetanse certificate verify kari.pdf --name "Kari Nordmann"')
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--name", default="", metavar="NAME", help="Whose certificate it should be.")
@click.option(
    "--status",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="List of withdrawn certificates, fetched from the issuer's site; default: the region's own.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the answers.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@content_option
def verify(
    file: Path, name: str, status: Path | None, language: str, as_json: bool, content: Path | None
) -> int:
    """Check the certificate in FILE: JSON, SVG, PNG or PDF.

    Five questions are answered, each for itself: whether the signature holds, whether the issuer is known, whether it is
    valid now, whether it is withdrawn, and whose it is. Known are the region's own issuer and those that region.yml
    trusts. Nothing is fetched.

    Exits with 1 unless all but the last have a good answer.
    """
    need_certificates()
    from kompetanse.evidence.certificate_in import Unreadable, read
    from kompetanse.evidence.verification import is_sound
    from kompetanse.evidence.verification import verify as answered

    asked = _asked(find(content).root, name, status)
    try:
        certificate = read(file)
    except Unreadable as error:
        raise KompetanseError(f"{file}: {text(language, f'verify.unreadable.{error}')}") from error
    results = answered(certificate, asked)
    click.echo(
        _as_json(certificate, results, language) if as_json else _as_text(certificate, results, language)
    )
    return ExitCode.DONE if is_sound(results) else ExitCode.PROBLEMS


def _asked(root: Path, name: str, status: Path | None) -> Asked:
    from kompetanse.content.region import read_region
    from kompetanse.evidence.published import status_lists
    from kompetanse.evidence.verification import Asked, known_issuers

    region, _ = read_region(root)
    lists = {str(one.get("id")): one for one in status_lists(root).values()}
    if status is not None:
        listed = status_list(status)
        lists[str(listed.get("id"))] = listed
    return Asked(known_issuers(region), lists, datetime.now(UTC), name)


def status_list(path: Path) -> dict[str, Any]:
    """Read a list of withdrawn certificates, which is checked when it is used.

    Raises:
        KompetanseError: When it is none.
    """
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST_LIST))
    except (OSError, ValueError, RecursionError) as error:
        raise _no_list(path) from error
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise _no_list(path)
    return found


def _no_list(path: Path) -> KompetanseError:
    return KompetanseError(
        f"{path} is no list of withdrawn certificates. Fetch it again from the address that the certificate names"
    )


def say(result: Result, language: str) -> str:
    """Return a result in words."""
    values = {key: _day(value, language) if key == "day" else value for key, value in result.values.items()}
    return text(language, f"verify.{result.key}", **values)


def _day(value: str, language: str) -> str:
    day = date.fromisoformat(value)
    return text(language, "date.day", day=day.day, month=text(language, f"month.{day.month}"), year=day.year)


def _about(certificate: Mapping[str, Any]) -> dict[str, str]:
    """Return what the certificate says of itself, on one line each, without signs that nobody sees."""
    from kompetanse.evidence.assessment import legible
    from kompetanse.evidence.verification import recipient_of

    found = {
        "name": recipient_of(certificate),
        "course": certificate.get("name"),
        "completed": str(certificate.get("validFrom"))[:10],
        "evidence": _rests_on(certificate.get("evidence")),
        "id": certificate.get("id"),
    }
    return {key: legible(str(value or ""))[:200] for key, value in found.items()}


def _rests_on(evidence: Any) -> Any:
    """Return what a certificate says that it rests on, in its own words."""
    first = evidence[0] if isinstance(evidence, list) and evidence else evidence
    return first.get("name") if isinstance(first, dict) else None


def _as_text(certificate: Mapping[str, Any], results: tuple[Result, ...], language: str) -> str:
    from kompetanse.evidence.assessment import legible

    about = _about(certificate)
    facts = ("completed", about["completed"]), ("evidence", about["evidence"]), ("number", about["id"])
    rows = [
        f"{about['name']} – {about['course']}",
        *(f"{text(language, f'check.fact.{name}')}: {value}" for name, value in facts if value),
        text(language, "verify.says"),
        "",
    ]
    for one in results:
        question = text(language, f"verify.question.{one.question}")
        outcome = click.style(text(language, f"verify.outcome.{one.outcome}"), fg=_COLOUR[one.outcome])
        rows.append(f"{question}: {outcome}. {legible(say(one, language))}")
    return "\n".join(rows)


def _as_json(certificate: Mapping[str, Any], results: tuple[Result, ...], language: str) -> str:
    from kompetanse.evidence.verification import is_sound

    answers = [
        {"question": one.question, "outcome": one.outcome, "message": say(one, language)} for one in results
    ]
    found = {"certificate": _about(certificate), "results": answers, "sound": is_sound(results)}
    return json.dumps(found, ensure_ascii=False, indent=2)
