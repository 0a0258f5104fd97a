"""A course that has everything that a package can stumble over, and what opens packages of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kompetanse.export.editing import edition
from kompetanse.export.edition import Edition
from kompetanse.export.formats import FORMATS
from kompetanse.model.item import Course, ItemId
from kompetanse.staging import site_with_files

TODAY = date(2026, 11, 24)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003"
    "0101ff1d9e0f4e0000000049454e44ae426082"
)
"""One dot."""

_FIRST = """\
---
type: module
id: forste
title: "Tegn: <&\\"> 😀 ærlig"
objectives: ["Kjenne <b> & \\"fnutter\\""]
---

## Kilder

Se [neste del](andre.md#kilder), [nett](https://example.org/a?b=1&c=2) og [bilaget](Skjema-Æ.pdf "x").

![Et punkt](punkt.png) ![Samme punkt](punkt.png) ![Et annet punkt](PUNKT.PNG)

| Ord | Tall |
|:----|-----:|
| en  |    1 |

Kode: `<a href="lesson:x" data-task="en">`, og en fotnote.[^1]

[^1]: Den står her.

??? instructor
    Bare for kursholderen.

1. En
    - Under
        - Under igjen

<quiz>
<!-- id: en -->
Hva er `1 < 2`?

- [ ] "Feil" & <usant>
    > Nei: [les igjen](andre.md).
- [x] Sant

Fordi **to** er større.
</quiz>

<quiz>
<!-- id: to -->
Velg alle.

- [x] A
- [ ] B
- [x] C
</quiz>

<quiz>
<!-- id: tre -->
Skriv [[måltidet|frokost & lunsj]].
</quiz>
"""
_SECOND = """\
---
type: module
id: andre
title: Andre
language: nn
---

## Kilder

<form><button type="submit">Send</button></form>
<div data-task="en"></div>
<div data-task="finst-ikkje"></div>
<div class="kmp-lesson kmp-quiz kmp-steps kmp-standing" data-question="x">Som om det var vårt.</div>

<audio controls src="lyd.mp3"></audio>

Opp til [fyrste](forste.md#kilder) og [her](#kilder).
"""
ODD: Mapping[str, str | bytes] = {
    "content/kurs/rart/index.md": '---\ntype: course\nid: rart\ntitle: "Rart & <godt> «kurs» 😀"\nsummary: En & to.\ncertificate: {pass: 66}\nmodules: [forste, andre]\n---\n\nOm alt.\n',
    "content/kurs/rart/forste.md": _FIRST,
    "content/kurs/rart/andre.md": _SECOND,
    "content/kurs/rart/punkt.png": PNG,
    "content/kurs/rart/PUNKT.PNG": PNG + b"x",
    "content/kurs/rart/Skjema-Æ.pdf": b"%PDF-1.4\n",
    "content/kurs/rart/lyd.mp3": b"ID3",
}
"""One course: signs that mean something in HTML and XML, the same picture twice, names that differ in capitals only."""

BARE: Mapping[str, str | bytes] = {
    "content/kurs/bart/index.md": "---\ntype: course\nid: bart\ntitle: Short\nlanguage: en\n---\n\nRead this.\n",
}
"""A course in English without modules and without questions."""


def written(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a region outside of git."""
    for name, text in {
        "region.yml": "id: testvik\nname: Testvik\nlanguages: [nb, nn, en]\n",
        **files,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def edition_of(root: Path, id_: str) -> Edition:
    """Return the edition of a course of the region at `root`."""
    site, file_of = site_with_files(root, "content", TODAY)
    course = site.catalogue.items[ItemId(id_)]
    assert isinstance(course, Course)
    return edition(site, course, file_of)


def package(name: str, made: Edition) -> tuple[bytes, list[str]]:
    """Return the bytes of a package, and what it could not hold."""
    to = io.BytesIO()
    lost = FORMATS[name].package_course(made, to)
    return to.getvalue(), list(lost)


def unpacked(data: bytes, folder: Path) -> Path:
    """Unpack a zip into `folder`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder
