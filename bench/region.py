"""Make a region of any size out of the reference region's own texts; the same files every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_HEAD = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
_POINTS = re.compile(r"!?\[([^\]]*)\]\((?:id:|bilder/)[^)]*\)")
_REUSE = re.compile(r"^--8<--.*$", re.MULTILINE)
_FOLDERS = {"role": "roller", "competence": "kompetanser", "course": "kurs", "module": "moduler"}
MODULES = 3
"""Modules of a course: the kinds stand in about the proportions of the reference region."""

REGION = """id: bench
name: Bench
url: https://bench.example/
accessibility_statement: https://bench.example/uu
privacy_statement: https://bench.example/privacy
languages:
- nb
- nn
"""


_COMMON = re.compile(r"(?<=[a-zæøå] )(?:og|er|som|med|for|til|på|av|det|du)(?= [a-zæøå])")
"""Small words within a row."""


def make(root: Path, files: int, texts: Path, *, distinct: bool = False) -> None:
    """Write a region of about `files` files to `root`, with bodies from the Markdown under `texts`.

    Args:
        root: The region's root, which must not exist.
        files: How many.
        texts: Folder of the texts.
        distinct: Whether no row of words is the same in two files, so that nobody gains from having met it before.
    """
    bodies = {kind: list(_bodies(texts / folder)) or [""] for kind, folder in _FOLDERS.items()}
    root.mkdir(parents=True)
    (root / "region.yml").write_text(REGION, encoding="utf-8")
    for number in range(files // 10):
        for place, (path, head) in enumerate(_ten(number)):
            target = root / "content" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            own = bodies[head.partition("\n")[0].removeprefix("type: ")]
            body = own[(number * 10 + len(path)) % len(own)]
            if distinct:
                body = _marked(body, f"{number}{'abcdefghij'[place]}")
            target.write_text(f"---\n{head}---\n{body}", encoding="utf-8")


def _marked(body: str, mark: str) -> str:
    """Return `body` with `mark` in each row of words."""
    return "\n".join(
        row if row.startswith(("<", "```")) else _COMMON.sub(rf"\g<0> {mark}", row, count=1)
        for row in body.split("\n")
    )


def _bodies(texts: Path) -> Iterator[str]:
    for file in sorted(texts.rglob("*.md")):
        body = _HEAD.sub("", file.read_text(encoding="utf-8"))
        body = _REUSE.sub("", _POINTS.sub(r"\1", body))
        if len(body) > 200:
            yield body


def _ten(number: int) -> Iterator[tuple[str, str]]:
    """Yield two roles, four competences and one course with three modules that refer to each other."""
    for letter in "ab":
        yield f"roller/rolle-{number}-{letter}.md", _role(number, letter)
    for letter in "abcd":
        yield f"kompetanser/kompetanse-{number}-{letter}.md", _competence(number, letter)
    yield f"kurs/kurs-{number}/index.md", _course(number)
    for module in range(1, MODULES + 1):
        yield f"kurs/kurs-{number}/{module:02}-modul.md", _module(number, module)


def _common(kind: str, id_: str, title: str) -> str:
    return f"""type: {kind}
id: {id_}
title: {title}
summary: Her står det i én setning hva dette er, og hvem det er til for i kommunen.
owner: Fagnettverk for kompetanse
reviewed: 2026-10-15
review_every: P1Y
tags:
- kommune
- opplæring
"""


def _role(number: int, own: str) -> str:
    rows = "".join(
        f"- competence: kompetanse-{max(number - back, 0)}-{letter}\n  level: 3\n  kind: mandatory\n  evidence: test\n"
        f"  basis: Regionens grunnkompetanse\n  valid_for: P2Y\n"
        for back, letter in (
            (0, "a"),
            (0, "b"),
            (0, "c"),
            (0, "d"),
            *(((1, "a"), (1, "b")) if number else ()),
        )
    )
    return (
        _common("role", f"rolle-{number}-{own}", f"Rolle {number} {own}")
        + f'codes:\n  styrk08: "2223"\narea: Helse og omsorg\nrequires:\n{rows}'
    )


def _competence(number: int, letter: str) -> str:
    id_ = f"kompetanse-{number}-{letter}"
    levels = """levels:
  1: Vet hva dette er, og hvem som kan hjelpe.
  2: Gjør oppgaven sammen med en som kan den.
  3: Gjør oppgaven på egen hånd og vurderer når det trengs hjelp.
  4: Veileder andre og forbedrer måten oppgaven blir gjort på.
"""
    return (
        _common("competence", id_, f"Kompetanse {number} {letter}") + "area: Felles\nkind: skill\n" + levels
    )


def _course(number: int) -> str:
    teaches = "".join(f"- competence: kompetanse-{number}-{letter}\n  level: 2\n" for letter in "ab")
    modules = "".join(f"- {module:02}-modul.md\n" for module in range(1, MODULES + 1))
    rest = f"teaches:\n{teaches}objectives:\n- Du kan gjøre oppgaven trygt.\ndelivery: self-paced\nmodules:\n{modules}audience:\n- rolle-{number}-a\n- rolle-{number}-b\n"
    return (
        _common("course", f"kurs-{number}", f"Kurs {number}")
        + rest
        + "certificate:\n  pass: 80\n  valid_for: P2Y\n"
    )


def _module(number: int, module: int) -> str:
    rest = "duration: PT15M\nobjectives:\n- Du kan si hva som er viktigst.\n"
    return _common("module", f"kurs-{number}-modul-{module}", f"Modul {module} i kurs {number}") + rest
