"""The commands as the tests call them, and a small region that nothing is wrong with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.commands.office import FILES, Office

TODAY = "2026-11-24"

DEMO = {
    "content/index.md": "---\ntitle: Testvik\nsummary: Kurs og roller.\n---\n\nVelkommen til [kurset](id:brannkurs).\n",
    "content/roller/vaktmester.md": """\
---
type: role
id: vaktmester
title: Vaktmester
summary: Ser til bygget.
area: Drift
requires:
- competence: brannvern   # alle skal kunne dette
  level: 2
  kind: statutory
  basis: Forskrift om brannforebygging § 4
---

Se [brannvern](../kompetanser/brannvern.md).
""",
    "content/kompetanser/brannvern.md": """\
---
type: competence
id: brannvern
title: Brannvern
summary: Hindre brann og vite hva du gjør.
levels:
  1: Kjenner rutinen.
  2: Bruker rutinen med hjelp.
  3: Bruker rutinen alene.
  4: Lærer andre rutinen.
---

Brannvern er for alle.
""",
    "content/kurs/brannkurs/index.md": """\
---
type: course
id: brannkurs
title: Brannkurs
summary: Slik hindrer du brann.
teaches:
- {competence: brannvern, level: 2}
objectives:
- Du kan slå alarm.
modules:
- 01-alarm.md
- sloking
---

Kurset tar en halv time. Start med [alarmen](01-alarm.md).
""",
    "content/kurs/brannkurs/01-alarm.md": """\
---
type: module
id: alarm
title: Slå alarm
summary: Ring først.
duration: PT15M
---

Ring 110. Tegningen viser hvor du står.

![Plan av bygget](bilder/plan.svg)

<quiz>
<!-- id: alarm-1 -->
Hva gjør du først?

- [x] Ringer 110
  > Ja.
- [ ] Henter jakken
  > Nei.
</quiz>
""",
    "content/kurs/brannkurs/bilder/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Plan</title></svg>\n',
    "content/moduler/sloking.md": """\
---
type: module
id: sloking
title: Slokking
summary: Slik slokker du.
duration: PT15M
---

## Med teppe

Legg teppet over. Les om [brannvern](id:brannvern).
""",
    "content/samlinger/ovelse.md": """\
---
type: session
id: ovelse
title: Øvelse
summary: Vi øver sammen.
course: brannkurs
starts: 2027-01-12T09:00
ends: 2027-01-12T12:00
place: Rådhuset
municipality: "0301"
---

Møt i kantina.
""",
    "content/lop/ny.md": """\
---
type: programme
id: ny
title: Ny på jobb
summary: De første ukene.
audience: [vaktmester]
steps:
- course: brannkurs
  within: P30D
---

Ta kurset tidlig.
""",
}


@pytest.fixture
def demo(region: Callable[[Mapping[str, str | bytes]], Path]) -> Path:
    """A committed region with one item of each kind."""
    return region(DEMO)


@pytest.fixture
def clean(run: Callable[..., Any]) -> Callable[[Path], str]:
    """Return what `check --strict` says of a region; nothing when all is well."""

    def check(root: Path) -> str:
        return str(run(root, "check", "--strict", "--lang", "en", "--date", TODAY).out)

    return check


Files = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def files() -> Files:
    """Return every file of a folder but those of git: path → bytes."""

    def read(folder: Path) -> dict[str, bytes]:
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        paths = {path.relative_to(folder): path for path in found}
        return {
            path.as_posix(): whole.read_bytes() for path, whole in paths.items() if ".git" not in path.parts
        }

    return read


@pytest.fixture
def office(
    region: Callable[[Mapping[str, str | bytes]], Path],
    run: Callable[..., Any],
    commit: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Office:
    """A region that issues certificates."""
    monkeypatch.setenv("KOMPETANSE_KEY_PASSPHRASE", "")
    monkeypatch.delenv("KOMPETANSE_ISSUE_LOG", raising=False)
    made = Office(region(FILES), tmp_path / "utenfor", run)
    made.outside.mkdir()
    done = run(made.root, "issuer", "init", "--key", str(made.outside / "key.pem"))
    assert done.exit_code == 0, done.err
    commit(made.root)
    return made
