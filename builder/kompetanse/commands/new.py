"""`kompetanse new`: write a new item, valid from the start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import click

from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.content.library import Library
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.messages import LANGUAGES, text
from kompetanse.model.slug import slug

FOLDERS = {
    "role": "roller",
    "competence": "kompetanser",
    "course": "kurs",
    "module": "moduler",
    "session": "samlinger",
    "programme": "lop",
    "page": "",
}
"""Where a new item goes when nothing else is said; the folder becomes its address."""

Values = dict[str, Any]


@click.command(
    "new",
    epilog='\b\nExample: kompetanse new course --title "Brannvern – grunnkurs" --teaches brannvern:2\n         '
    'kompetanse new module --title "Slik slokker du" --course brannvern-grunnkurs',
)
@click.argument("kind", type=click.Choice(list(FOLDERS)))
@click.option("--title", help="Name shown to people.")
@click.option("--id", "id_", metavar="ID", help="Identifier; default: from the title.")
@click.option("--summary", help="One plain sentence.")
@click.option("--area", help="Service area or group (role, competence).")
@click.option("--language", help="BCP 47 tag, when it is not the region's.")
@click.option(
    "--status",
    type=click.Choice(["draft", "published"]),
    default="draft",
    show_default=True,
    help="Whether it is shown at once.",
)
@click.option(
    "--requires", multiple=True, metavar="COMPETENCE:LEVEL", help="Requirement of a role; may be repeated."
)
@click.option(
    "--level", "levels", multiple=True, metavar="TEXT", help="Text of a level, four times (competence)."
)
@click.option(
    "--teaches", multiple=True, metavar="COMPETENCE:LEVEL", help="What a course teaches; may be repeated."
)
@click.option("--course", metavar="ID", help="Course that a module belongs to, or that a session holds.")
@click.option("--starts", metavar="TIME", help="2027-01-12T09:00 (session).")
@click.option("--ends", metavar="TIME", help="2027-01-12T12:00 (session).")
@click.option("--place", "where", help="Where a session is held.")
@click.option("--duration", metavar="PT15M", help="How long a module or course takes.")
@click.option(
    "--step", "steps", multiple=True, metavar="COURSE", help="Step of a programme; may be repeated."
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder in content/; default: that of the kind.",
)
@content_option
def command(kind: str, content: Path | None, into: Path | None, **given: Any) -> int:
    """Write a new KIND, valid from the start, and say where it is.

    On a terminal it asks for what is missing. New items are drafts: set `status: published`, or delete the line, when
    the text is ready.
    """
    from kompetanse.content.reading import read_region_at

    place = find(content)
    library = read_region_at(place.root, place.content, today()).library
    wishes = _complete(kind, given, library)
    path = _path(place, kind, wishes, into, library)
    files = {path: _text(kind, wishes, library)}
    _refuse_problems(library, kind, path, files[path])
    if kind == "module" and wishes["course"]:
        files |= _listed_in_course(place, library, wishes["course"], path)
    write_all({place.root / one: written for one, written in files.items()})
    for one in files:
        click.echo(one)
    return ExitCode.DONE


def _complete(kind: str, given: Values, library: Library) -> Values:
    """Fill in what is missing: by asking on a terminal, else from the title.

    Raises:
        UsageError: When something required is missing and nobody can be asked.
    """
    wishes = dict(given)
    for name in _REQUIRED.get(kind, ("title",)):
        if not wishes[name]:
            wishes[name] = _ask(kind, name)
    wishes["id"] = wishes.pop("id_") or slug(wishes["title"])
    if not wishes["id"]:
        raise UsageError("The title gives no id. Give one with --id")
    if wishes["id"] in library.by_id:
        raise KompetanseError(
            f"The id {wishes['id']!r} is already that of {library.by_id[wishes['id']].path}. Give another with --id"
        )
    return wishes


_REQUIRED: Mapping[str, tuple[str, ...]] = {"session": ("title", "course", "starts", "ends")}


def _ask(kind: str, name: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"A {kind} needs --{name}")
    return str(click.prompt(f"{name.capitalize()} of the {kind}"))


def _path(place: Place, kind: str, wishes: Values, into: Path | None, library: Library) -> PurePosixPath:
    folder = PurePosixPath(place.content) / (
        FOLDERS[kind] if into is None else PurePosixPath(into.as_posix())
    )
    if into is not None and PurePosixPath(into.as_posix()).parts[:1] == (place.content,):
        folder = PurePosixPath(into.as_posix())
    name = f"{wishes['id']}.md"
    if kind == "course":
        folder, name = folder / wishes["id"], "index.md"
    if kind == "module" and wishes["course"] and into is None:
        folder, name = _place_in_course(library, wishes["course"], wishes["id"])
    path = folder / name
    if ".." in path.parts or (place.root / path).exists():
        raise KompetanseError(
            f"{path} is there already, or lies outside {place.content}/. Choose another --id or --into"
        )
    return path


def _place_in_course(library: Library, course: str, id_: str) -> tuple[PurePosixPath, str]:
    from kompetanse.commands.wanted import wanted

    found = wanted(library, course)
    numbers = [one.path.name[:2] for one in library.documents if one.path.parent == found.path.parent]
    last = max((int(number) for number in numbers if number.isdigit()), default=0)
    return found.path.parent, f"{last + 1:02}-{id_}.md"


def _listed_in_course(
    place: Place, library: Library, course: str, path: PurePosixPath
) -> dict[PurePosixPath, str]:
    """Return the course's file with the new module at the end of its `modules`; nothing where it lists none."""
    from kompetanse.content import edit

    found = library.by_id[course]
    if "modules" not in found.source.meta:
        return {}
    name = path.name if path.parent == found.path.parent else path.stem
    raw = edit.with_entry(found.source.raw, "modules", name)
    return {found.path: edit.like_file(place.root, found.path, edit.whole(raw, found.source.body))}


def _text(kind: str, wishes: Values, library: Library) -> str:
    from kompetanse.content.compose import compose

    language = wishes["language"] or library.region.language
    words = language if language in LANGUAGES else "nb"
    common = {
        "type": kind,
        "id": wishes["id"],
        "title": wishes["title"],
        "summary": wishes["summary"],
        "language": wishes["language"],
        "status": wishes["status"] if wishes["status"] != "published" else None,
        "area": wishes["area"] if kind in {"role", "competence"} else None,
        "reviewed": today(),
        "review_every": "P1Y",
    }
    own = _OWN.get(kind, _nothing)(wishes, words)
    keys = {key: value for key, value in {**common, **own}.items() if value not in (None, [], "")}
    return compose(keys, text(words, f"starter.{kind}"))


def _nothing(wishes: Values, language: str) -> Values:
    return {}


def _role(wishes: Values, language: str) -> Values:
    return {"requires": [_target(one) for one in wishes["requires"]]}


def _competence(wishes: Values, language: str) -> Values:
    given = dict(enumerate(wishes["levels"], 1))
    return {"levels": {n: given.get(n) or text(language, f"starter.level.{n}") for n in (1, 2, 3, 4)}}


def _course(wishes: Values, language: str) -> Values:
    return {
        "teaches": [_target(one) for one in wishes["teaches"]],
        "objectives": [text(language, "starter.objective")],
        "delivery": "self-paced",
        "duration": wishes["duration"],
    }


def _module(wishes: Values, language: str) -> Values:
    return {"duration": wishes["duration"] or "PT15M", "objectives": [text(language, "starter.objective")]}


def _session(wishes: Values, language: str) -> Values:
    return {
        "course": wishes["course"],
        "starts": wishes["starts"],
        "ends": wishes["ends"],
        "place": wishes["where"],
    }


def _programme(wishes: Values, language: str) -> Values:
    return {"steps": [{"course": one, "within": "P30D"} for one in wishes["steps"]]}


_OWN: Mapping[str, Callable[[Values, str], Values]] = {
    "role": _role,
    "competence": _competence,
    "course": _course,
    "module": _module,
    "session": _session,
    "programme": _programme,
}


def _target(written: str) -> Values:
    competence, _, level = written.partition(":")
    if level not in {"1", "2", "3", "4"}:
        raise UsageError(f"{written!r} is no competence with level. Write it as brannvern:2")
    return {"competence": competence, "level": int(level)}


def _refuse_problems(library: Library, kind: str, path: PurePosixPath, written: str) -> None:
    """Check the new file before it is written, so that a wrong option never becomes a wrong file.

    Raises:
        KompetanseError: With every problem of its front matter, and every reference that finds nothing.
    """
    from kompetanse.content.checks import references
    from kompetanse.content.document import Document
    from kompetanse.content.frontmatter import Source, split
    from kompetanse.content.validate import validate
    from kompetanse.errors import Severity
    from kompetanse.messages import message, remedy

    source = split(path, written)
    if not isinstance(source, Source):
        raise KompetanseError(f"Nothing was written: {message(source, 'en')}")
    keys, problems = validate(source)
    whole = Library(
        library.region, [*library.documents, Document(source, keys, library.region)], library.assets
    )
    found = [one for one in (*problems, *references.check(whole)) if one.path == path]
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        rows = [f"  {one.key}: {message(one, 'en')}. {remedy(one, 'en')}" for one in errors]
        raise KompetanseError("Nothing was written:\n" + "\n".join(rows))
