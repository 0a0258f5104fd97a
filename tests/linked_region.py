"""A small region in which every kind of item reads another: for what follows a change."""

from __future__ import annotations

LEVELS = "levels: {1: En, 2: To, 3: Tre, 4: Fire}"


def text_of(kind: str, body: str, *rows: str) -> str:
    """Return an item of `kind` with these rows of front matter."""
    return "\n".join(("---", f"type: {kind}", *rows, "---", "", body, ""))


FILES = {
    "content/roller/leder.md": text_of(
        "role", "Leder.", "title: Leder", "requires: [{competence: brann, level: 2, kind: mandatory}]"
    ),
    "content/kompetanser/brann.md": text_of(
        "competence", "Om [leder](../roller/leder.md).", "title: Brann", LEVELS
    ),
    "content/kurs/brannkurs/index.md": text_of(
        "course",
        "Kurset.",
        "title: Brannkurs",
        "teaches: [{competence: brann, level: 2}]",
        "modules: [01-alarm.md, ring]",
    ),
    "content/kurs/brannkurs/01-alarm.md": text_of("module", '--8<-- "ring"', "title: Alarm"),
    "content/moduler/ring.md": text_of("module", "Ring 110.", "title: Ring"),
    "content/samlinger/host.md": text_of(
        "session",
        "Kom.",
        "title: Høst",
        "course: brannkurs",
        "starts: 2027-01-12T09:00",
        "ends: 2027-01-12T12:00",
    ),
}
