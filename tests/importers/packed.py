"""Packages of other systems as the tests have them: a folder of files, packed when a test asks."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from kompetanse.importers.archives import opened
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.quiz_text import as_quiz, fitted
from kompetanse.importers.readers import reader_of


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of `files`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: Mapping[str, bytes | str]) -> bytes:
    """Return a gzipped tar of `files`, as Moodle makes."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, data in files.items():
            raw = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return made.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files below `folder` by their names there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def read(file: Path) -> FoundCourse:
    """Return the course in `file`, with its media in memory."""
    with opened(file) as source:
        return reader_of(source).read(source)


def described(course: FoundCourse) -> str:
    """Return all that a course holds, for people who compare."""
    about = {
        "format": course.format,
        "language": course.language,
        "licence": course.licence,
        "pass mark": course.pass_mark,
        "summary": course.summary,
        "authors": ", ".join(course.authors),
        "objectives": "; ".join(course.objectives),
        "media": ", ".join(one.name for one in course.media),
    }
    parts = [
        f"{course.title}\n{'=' * 40}",
        "\n".join(f"{key}: {said}" for key, said in about.items() if said),
    ]
    parts += [course.body] if course.body else []
    for number, lesson in enumerate(course.lessons):
        parts.append(f"[lesson {number}] {lesson.title}{f' ({lesson.summary})' if lesson.summary else ''}")
        parts += [lesson.body] if lesson.body else []
        for question in lesson.questions:
            made, lost = fitted(question)
            parts.append(as_quiz(made) if made else f"cannot be written: {lost}")
    parts.append("Not carried over:")
    parts += [f"- {one.where}: {one.what}: {one.why}" for one in course.losses]
    return "\n\n".join(parts) + "\n"
