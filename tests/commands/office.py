"""A region that issues certificates, as a scene for the tests of those commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COURSE = """\
---
type: course
id: brannkurs
title: Brannkurs – grunnkurs
summary: Slik hindrer du brann.
teaches:
- {competence: brannvern, level: 2}
objectives:
- Du kan slå alarm.
modules:
- alarm
certificate: {pass: 80, valid_for: P2Y, evidence: test}
---

Kurset.
"""
FILES = {
    "region.yml": "id: testvik\nname: Testvik\nurl: https://testvik.example/\nlanguages: [nb, nn, en]\n",
    "content/kurs/brannkurs/index.md": COURSE,
    "content/kurs/brannkurs/index.nn.md": "---\ntype: course\nid: brannkurs-nn\ntitle: Brannkurs på nynorsk\n"
    "summary: Slik hindrar du brann.\nteaches:\n- {competence: brannvern, level: 2}\nobjectives:\n- Du kan slå alarm.\n"
    "modules:\n- alarm\n---\n\nKurset.\n",
    "content/kurs/gammelt.md": COURSE.replace("id: brannkurs", "id: gammelt\nstatus: retired"),
    "content/kurs/utkast.md": COURSE.replace("id: brannkurs", "id: utkast\nstatus: draft"),
    "content/kurs/uten.md": COURSE.replace("id: brannkurs", "id: uten").replace(
        "certificate:", "tags: [x] #"
    ),
    "content/kurs/sett.md": COURSE.replace("id: brannkurs", "id: sett").replace(
        "evidence: test", "evidence: confirmed"
    ),
    "content/moduler/alarm.md": "---\ntype: module\nid: alarm\ntitle: Alarm\nduration: PT15M\n---\n\nRing 110.\n",
    "content/kompetanser/brannvern.md": "---\ntype: competence\nid: brannvern\ntitle: Brannvern\nlevels:\n"
    "  1: Kjenner rutinen.\n  2: Bruker rutinen med hjelp.\n  3: Alene.\n  4: Lærer andre.\n---\n\nFor alle.\n",
}
PEOPLE = (
    "Fornavn;Etternavn;Ansattnr;Dato;Resultat;Bekreftet av;Språk\r\n"
    "Kari;Nordmann;101;23.11.2025;85 %;Ola Leder;bokmål\r\n"
    "Pål;Østby;102;2025-11-23;90;Ola Leder;nynorsk\r\n"
    "Jane;Doe;103;2025-11-23;80,5;Ola Leder;engelsk\r\n"
)


@dataclass(frozen=True)
class Office:
    """The region, and the commands run in it.

    Attributes:
        root: The region's folder.
        outside: A folder outside it, with the key `key.pem`, and `bevis` for the files.
        run: Runs `kompetanse` in the region.
    """

    root: Path
    outside: Path
    run: Callable[..., Any]

    @property
    def files(self) -> Path:
        """Where the files go."""
        return self.outside / "bevis"

    @property
    def log(self) -> Path:
        """The log."""
        return self.outside / "kursbevis-logg.jsonl"

    def certificate(self, command: str, *arguments: str | Path, key: str = "key.pem") -> Any:
        """Run `kompetanse certificate`, with the key."""
        keyed = ("--key", str(self.outside / key))
        return self.run(self.root, "certificate", command, *map(str, arguments), *keyed)

    def issue(
        self, people: str | bytes = PEOPLE, *more: str | Path, course: str = "brannkurs", form: str = "json"
    ) -> Any:
        """Issue to those in a list."""
        listed = self.outside / "liste.csv"
        listed.write_bytes(people if isinstance(people, bytes) else people.encode())
        return self.certificate("issue", course, "--to", listed, "-o", self.files, "--format", form, *more)

    def issued(self) -> dict[str, dict[str, Any]]:
        """Return the certificates in the folder of files, by the name of the person."""
        found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.files.glob("*.json"))]
        return {one["credentialSubject"]["identifier"][0]["identityHash"]: one for one in found}
