"""`kompetanse import FILE…`: courses and questions that others wrote, as courses of the region."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import landing_options
from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.commands.import_course_report import Done
    from kompetanse.content.library import Library
    from kompetanse.errors import Problem
    from kompetanse.importers.course_files import CourseFiles, Wish

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_USUAL = PurePosixPath("kurs")


@click.command(
    "course",
    epilog="\b\nExample: kompetanse import brannvern.docx --into kurs/brannvern --licence CC-BY-4.0\n         "
    "kompetanse import *.pptx --dry-run --report rapport.txt",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", metavar="DIR", help="The course's folder; default: content/kurs/ and its id.")
@click.option("--id", "id_", metavar="ID", help="The course's id; default: from its title.")
@click.option("--title", metavar="TEXT", help="The course's title; default: what the file says.")
@click.option(
    "--language", metavar="TAG", help="Language of the text; default: what the file says, else the region's."
)
@click.option("--licence", metavar="SPDX", help="Licence of the text; default: what the file says.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who is credited; may be repeated.")
@click.option(
    "--merge",
    "merging",
    is_flag=True,
    help="Take a newer version into the course of an earlier import; your changes stay.",
)
@landing_options
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to a file too.",
)
@click.option("--json", "json_wanted", is_flag=True, help="Write the report as JSON.")
@content_option
def command(
    files: tuple[Path, ...],
    content: Path | None,
    dry_run: bool,
    report: Path | None,
    json_wanted: bool,
    **wishes: Any,
) -> int:
    """Read each FILE, and make a course of it.

    FILE is a Word document (.docx), PowerPoint slides (.pptx), an EPUB, a web page, a folder or zip of web pages, a SCORM
    or cmi5 package, a Common Cartridge, a Moodle backup (.mbz), H5P, or questions in Moodle XML, GIFT or QTI, told by what
    it holds. The report names everything that was not carried over, with its place, and why. Nothing of the region is
    overwritten; nothing that a file holds is run, and nothing is fetched. With --merge it is one commit, which `kompetanse
    undo` takes back, and what both have changed waits for `kompetanse resolve`. Exits with 1 when a file was not read.
    """
    from kompetanse.commands.import_course_report import as_json, as_text
    from kompetanse.commands.packages import need_import
    from kompetanse.commands.replacement import put

    need_import()
    _refuse_wrong(files, wishes)
    place = find(content)
    done = _checked(place, list(_each(place, files, wishes, dry_run)))
    shown = as_text(done)
    if report:
        put(report, f"{shown}\n".encode())
    click.echo(as_json(done) if json_wanted else shown)
    return ExitCode.PROBLEMS if any(one.error for one in done) else ExitCode.DONE


def _refuse_wrong(files: Sequence[Path], wishes: dict[str, Any]) -> None:
    """Stop at options that make no sense.

    Raises:
        UsageError: Naming the option.
    """
    from kompetanse.model.licence import LICENCES

    one_only = [name for name in ("into", "id_", "title") if wishes[name]]
    if len(files) > 1 and one_only:
        raise UsageError(
            f"--{one_only[0].strip('_')} goes with one file: each file becomes a course of its own"
        )
    if (wishes["branch"] is not None or wishes["staged"]) and not wishes["merging"]:
        raise UsageError(
            "--branch and --staged go with --merge: a new course is files for you to look at and commit"
        )
    if wishes["licence"] and wishes["licence"] not in LICENCES:
        raise UsageError(f"--licence {wishes['licence']!r} is unknown. Use one of {', '.join(LICENCES)}")
    if wishes["id_"] and not _ID.fullmatch(wishes["id_"]):
        raise UsageError(f"--id {wishes['id_']!r} is no id. Use small letters a–z, digits and hyphens")
    if wishes["language"] and not _LANGUAGE.fullmatch(wishes["language"]):
        raise UsageError(f"--language {wishes['language']!r} is no BCP 47 tag. Use nb, nn, en, se …")


def _each(place: Place, files: Sequence[Path], wishes: dict[str, Any], dry_run: bool) -> Iterator[Done]:
    """Yield what became of each file; one that fails does not keep the others back."""
    from kompetanse.commands.import_course_report import Done

    taken: set[str] = set()
    folders: set[PurePosixPath] = set()
    for file in files:
        try:
            done = _one(place, file, wishes, dry_run, taken, folders)
        except KompetanseError as error:
            yield Done(file, error=str(error))
            continue
        if done.course:
            taken |= {done.course.id, *done.course.modules}
            folders.add(done.folder)
        yield done


def _one(
    place: Place,
    file: Path,
    wishes: dict[str, Any],
    dry_run: bool,
    taken: set[str],
    folders: set[PurePosixPath],
) -> Done:
    from kompetanse.commands import import_merge
    from kompetanse.commands.following import now
    from kompetanse.commands.import_course_report import Done
    from kompetanse.commands.progress import reading
    from kompetanse.content.reading import read_library_at
    from kompetanse.importers.archives import opened
    from kompetanse.importers.course_files import course_files
    from kompetanse.importers.readers import reader_of

    library = read_library_at(place.root, place.content)
    file = file if file.name not in {"", ".."} else file.resolve()
    with opened(file) as source, reading(file) as tell:
        found = reader_of(source).read(source, tell)
        wish = _wish(library, wishes, taken)
        if wishes["merging"]:
            how = import_merge.Merge(wishes["branch"], wishes["staged"], now(), dry_run)
            return import_merge.merge(place, library, file, found, wish, how)
        made = course_files(found, wish)
        folder = _free_folder(place, library, made.id, wishes["into"], folders, file)
        if not dry_run:
            with import_merge.remembered(place.root, made, folder, wish):
                _write(place.root, folder, made)
    return Done(file, found.format, made, folder, dry_run=dry_run)


def _wish(library: Library, wishes: dict[str, Any], taken: set[str]) -> Wish:
    from kompetanse.importers.course_files import Wish

    return Wish(
        library.region.language,
        frozenset(library.by_id) | taken,
        id=wishes["id_"] or _id_of_folder(wishes["into"]),
        title=wishes["title"],
        licence=wishes["licence"],
        given_language=wishes["language"],
        authors=wishes["authors"],
    )


def _id_of_folder(into: str | None) -> str | None:
    """Return the id that a folder named by a person gives, as everywhere in a region."""
    name = PurePosixPath(into.replace("\\", "/")).name if into else ""
    return name if _ID.fullmatch(name) and name != _USUAL.name else None


def _free_folder(
    place: Place, library: Library, id_: str, into: str | None, folders: set[PurePosixPath], file: Path
) -> PurePosixPath:
    """Return the course's folder from the region's root, when neither it nor the id is taken.

    Raises:
        KompetanseError: When one is.
        UsageError: When it lies outside the content.
    """
    if id_ in library.by_id:
        where = library.by_id[id_].path
        raise KompetanseError(
            f"{file}: the id {id_} is that of {where}, which was not changed. Give the new course another with --id, "
            "or take the file into that course with --merge"
        )
    folder = folder_of(place, into, id_)
    if folder in folders or os.path.lexists(place.root / folder):
        raise KompetanseError(
            f"{file}: {folder} is there already and was not changed. Name another folder with --into, or give another --id"
        )
    return folder


def folder_of(place: Place, into: str | None, id_: str) -> PurePosixPath:
    """Return where a course goes, from the region's root.

    Raises:
        UsageError: When it lies outside the content.
    """
    wanted = PurePosixPath((into or str(_USUAL / id_)).replace("\\", "/"))
    if wanted.parts[:1] != (place.content,):
        wanted = PurePosixPath(place.content) / wanted
    if wanted == PurePosixPath(place.content) / _USUAL:
        wanted /= id_
    inside = (place.root / wanted).resolve().is_relative_to(place.folder.resolve())
    if ".." in wanted.parts or wanted.is_absolute() or not inside or len(wanted.parts) < 2:
        raise UsageError(
            f"--into {into} lies outside {place.content}/. Name a folder in it, such as kurs/{id_}"
        )
    return wanted


def _write(root: Path, folder: PurePosixPath, made: CourseFiles) -> None:
    """Write a course, whole or not at all."""
    from kompetanse.commands.replacement import Replacement

    with Replacement(root / folder) as fresh:
        for path, text in made.texts.items():
            put_file(fresh / path, text.encode())
        for one in made.media:
            put_file(fresh / one.name, one.data)


def put_file(path: Path, data: bytes | Path) -> None:
    """Write a new file, or copy one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        shutil.copyfile(data, path)


def _checked(place: Place, done: list[Done]) -> list[Done]:
    """Return what was done with what `check` says about the new files, errors first; each is what a person must add."""
    from kompetanse.content.reading import read_region_at
    from kompetanse.errors import Severity

    if not any(one.is_here for one in done):
        return done
    problems = read_region_at(place.root, place.content, today()).problems
    told = sorted(
        (one for one in problems if one.severity is not Severity.NOTICE),
        key=lambda one: (one.severity, *one.place),
    )
    return [
        replace(one, problems=tuple(_said(each) for each in told if each.path.is_relative_to(one.folder)))
        if one.is_here
        else one
        for one in done
    ]


def _said(problem: Problem) -> str:
    from kompetanse.messages import message, remedy

    where = f"{problem.path}:{problem.line}"
    return f"{where}: {problem.severity.word}: {message(problem, 'en')}. {remedy(problem, 'en')}"
