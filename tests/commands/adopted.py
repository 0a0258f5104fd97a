"""A region with an adopted course whose last update left questions open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base, Credit, Event, Origin, Pending
from kompetanse.sharing import origin, questions
from kompetanse.sharing.merge import Review, Where
from kompetanse.sharing.questions import Asked, Questions

TO, SINCE = "b" * 40, "a" * 40
COURSE = PurePosixPath("content/kurs/brann")
INDEX, ALARM, PICTURE, OLD = map(PurePosixPath, ("index.md", "alarm.md", "plan.png", "gammel.md"))

BASE = """\
---
type: course
id: brann
title: Brannvern
summary: Slik hindrer du brann.
---
# Brannvern

Kurset varer en dag. Det er gratis.

## Oppmøte

Møt opp 1. mars på brannstasjonen.
"""
OURS = (
    BASE.replace("title: Brannvern", "title: Brannvern hos oss")
    .replace("1. mars", "3. mars")
    .replace("en dag", "to dager")
)
THEIRS = (
    BASE.replace("title: Brannvern", "title: Brannvern for alle")
    .replace("1. mars", "1. april")
    .replace("gratis", "gratis for alle")
)
MODULE = "---\ntype: module\nid: alarm\ntitle: Alarm\n---\nRing 110 straks. Gå ut.\n"
MODULE_OURS = MODULE.replace("Gå ut", "Gå rolig ut")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

BASES = {INDEX: BASE.encode(), ALARM: MODULE.encode(), PICTURE: PNG + b"0", OLD: b"Gammelt.\n"}
MINE = {INDEX: OURS.encode(), ALARM: MODULE_OURS.encode(), PICTURE: PNG + b"1", OLD: b"Gammelt, men vaart.\n"}
GIVEN = {INDEX: THEIRS.encode(), PICTURE: PNG + b"2", OLD: None}
WHY = {INDEX: "same-key, facts", PICTURE: "binary", OLD: "deleted-there"}
MERGED = Review(Where.BODY, "", "word", "Gå ut.\n", "Gå ut.\n", "Gå rolig ut.\n", "Gå rolig ut.\n")


def asked() -> Questions:
    """Return the questions as the update stored them."""
    files = {
        path: Asked(WHY[path], data, None if data is None else Base(blob_id(data)))
        for path, data in GIVEN.items()
    }
    review = Review(
        Where.BODY, "", "word", "x\n", "Ring 110 straks. Gå ut.\n", "y\n", "Ring 110 straks. Gå rolig ut.\n"
    )
    return Questions("brann", TO, files, {ALARM: (review,)})


def record() -> Origin:
    """Return the record of origin after that update."""
    return Origin(
        source="lillestrom",
        region=None,
        repository="https://git.lillestrom.example/laering.git",
        path=COURSE,
        id="brann",
        commit=TO,
        tree="c" * 40,
        credit=Credit("Brannvern", ("Lillestrøm kommune",), "CC-BY-4.0"),
        files={path: Base(blob_id(data)) for path, data in BASES.items()},
        history=(
            Event(datetime(2026, 3, 4, 9, tzinfo=UTC), "fork", SINCE),
            Event(datetime(2026, 11, 23, 9, tzinfo=UTC), "update", TO, SINCE, merged=1, questions=3),
        ),
        pending=Pending(TO, tuple(sorted(GIVEN))),
    )


def waiting(region: Callable[..., Path]) -> Path:
    """Write the region and return its root."""
    files = {str(COURSE / path): data for path, data in MINE.items()}
    files |= {str(origin.base_path("brann", path)): data for path, data in BASES.items()}
    files[str(COURSE / origin.NAME)] = origin.text(record())
    files[str(questions.path_of("brann"))] = questions.text(asked())
    return region(files)
