"""Two regions: Nabovik, whose course uses what lies outside of its folder, and ours, which knows one of its competences."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def competence(id_: str, title: str, more: str = "") -> str:
    levels = "".join(f"  {level}: {title} på nivå {level}.\n" for level in range(1, 5))
    return f"---\ntype: competence\nid: {id_}\ntitle: {title}\n{more}levels:\n{levels}---\n\nOm {title.lower()}.\n"


NABOVIK: Mapping[str, str | bytes] = {
    "region.yml": "id: nabovik\nname: Nabovik\npublisher: Nabovik kommune\nurl: https://nabovik.example/\nlanguages: [nb]\nlicence: CC-BY-SA-4.0\n",
    "content/kompetanser/personvern.md": competence("personvern", "Personvern"),
    "content/kompetanser/arkiv.md": competence("arkiv", "Arkiv", "broader: dokumentasjon\n"),
    "content/kompetanser/dokumentasjon.md": competence("dokumentasjon", "Dokumentasjon"),
    "content/roller/arkivar.md": "---\ntype: role\nid: arkivar\ntitle: Arkivar\n---\n\nArkiverer.\n",
    "content/kurs/brev/index.md": """\
---
type: course   # kurset om brev
id: brev
title: Brev og arkiv
summary: Slik svarer du på brev.
licence: CC-BY-4.0
teaches:
- competence: personvern
  level: 2
- {competence: arkiv, level: 1}
prerequisites: [epost]
audience: [arkivar]
modules: [01-les.md, svar]
---

Start med [å lese](01-les.md). Se [kartet](../../felles/kart.png).

![Kart over huset](../../felles/kart.png)
""",
    "content/kurs/brev/01-les.md": """\
---
type: module
id: les
title: Les brevet
licence: CC-BY-4.0
---

--8<-- "hilsen#kort"

![Plan](bilder/plan.png)
""",
    "content/kurs/brev/bilder/plan.png": PNG,
    "content/kurs/brev/samling.md": "---\ntype: session\nid: samling\ntitle: Samling\ncourse: brev\nstarts: 2027-01-12T09:00\nends: 2027-01-12T12:00\n---\n\nHos oss.\n",
    "content/kurs/brev/.htaccess": "Deny from all\n",
    "content/kurs/epost/index.md": "---\ntype: course\nid: epost\ntitle: E-post\n---\n\nOm e-post.\n",
    "content/moduler/svar.md": "---\ntype: module\nid: svar\ntitle: Svar på brev\nlicence: CC-BY-4.0\n---\n\nSvar innen tre uker.\n",
    "content/moduler/hilsen.md": "---\ntype: module\nid: hilsen\ntitle: Hilsener\nlicence: CC-BY-4.0\n---\n\n## Kort\n\nMed hilsen\n\n## Lang\n\nMed vennlig hilsen\n",
    "content/felles/kart.png": PNG,
}

OURS: Mapping[str, str | bytes] = {
    "content/kompetanser/personvern.md": competence("personvern", "Personvern"),
    "content/roller/saksbehandler.md": "---\ntype: role\nid: saksbehandler\ntitle: Saksbehandler\nrequires: [{competence: personvern, level: 1}]\n---\n\nBehandler saker.\n",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


@pytest.fixture
def nabovik(tmp_path: Path, commit: Callable[[Path], Path]) -> Callable[..., Path]:
    """Make the neighbour's repository, with other files in place of some of its own."""

    def make(files: Mapping[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "nabovik"
        for name, text in {**NABOVIK, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return commit(root)

    return make


@pytest.fixture
def ours(
    region: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path, commit: Callable[[Path], Path]
) -> Path:
    """Our region, which follows the neighbour."""
    root = region(OURS)
    with (root / "region.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"sources:\n- name: nabovik\n  region: nabovik\n  repository: {tmp_path / 'nabovik'}\n")
    return commit(root)


@pytest.fixture
def errors(run: Callable[..., Any]) -> Callable[[Path], list[str]]:
    """Return the errors that the check finds in a region."""

    def check(root: Path) -> list[str]:
        report = run(root, "check", "--lang", "en", "--date", "2026-11-24", "--format", "json").report
        return [
            f"{row['path']}:{row['line']}: {row['code']}"
            for row in report["problems"]
            if row["severity"] == "error"
        ]

    return check


@pytest.fixture
def fork(run: Run, ours: Path) -> Callable[..., Any]:
    """Fork the course into our region."""

    def call(*options: str, course: str = "nabovik/brev") -> Any:
        done = run(ours, "fork", course, *options)
        assert "Traceback" not in done.err
        return done

    return call
