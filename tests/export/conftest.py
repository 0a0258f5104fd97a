"""A course with all that courses seldom have, and the editions that packages are written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from kompetanse.export.editing import edition
from kompetanse.export.edition import Edition
from kompetanse.model.item import Course, ItemId
from kompetanse.staging import site_with_files

TODAY = date(2026, 11, 24)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000400000004080200000026930929"
    "000000104944415478da63e00e9e02470cc4710080f30f21bd8f8a3f0000000049454e44ae426082"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>A</title><path d="M0 0h40v20z"/></svg>'
HEAD = "owner: Desk\nlanguage: en\nlicence: CC-BY-SA-4.0\nreviewed: 2026-11-01\n"

COURSE = f"""\
---
type: course
id: odd
title: 'Cheese <b> & "wine" 🧀'
summary: What to do & what not to.
{HEAD}teaches:
- {{competence: tasting, level: 2}}
objectives:
- You know <cheese>.
modules:
- 01-first.md
- 02-second.md
certificate: {{pass: 70, evidence: test}}
---
Read [the first part](01-first.md#how) and [what it takes](../../kompetanser/tasting.md).

![A cellar](bilder/Cellar.PNG)
"""

FIRST = f"""\
---
type: module
id: first
title: First & <foremost> 🍷
summary: One sentence.
{HEAD}---
Some *words*, `src="media:none.png"` and a note.[^1]

[^1]: The note says æøå.

## How

| Kind | Price |
|------|------:|
| Brie | 10 |

```python
if a < b and b > 0:
    print("a & b")
```

1. One
    - Inner
        - Innermost
2. Two

![A cellar](bilder/Cellar.PNG)

![A cellar again](bilder/Cellar.PNG)

![Another cellar](bilder/andre/cellar.png)

![Drawn](bilder/tegning.svg)

<audio controls src="bilder/lyd.mp3"></audio>

!!! warning "Mind the step"
    It is steep.

???+ instructor
    Bring glasses.

<details><summary>More</summary><p>Hidden text.</p></details>

<figure><img src="bilder/tegning.svg" alt="Framed"><figcaption>The caption.</figcaption></figure>

<quiz>
<!-- id: one -->
What is {{a}} = #1 \\ ~2: `x -> y`?

![A cellar](bilder/Cellar.PNG)

- [ ] %20% of {{all}}
    > No: #never = ~ever.
- [x] 100 % & <em>more</em>
    > Yes.

It is said in the text.
</quiz>

<quiz>
<!-- id: 2many -->
Which of these?
{"".join(f"- [x] Right {number}{chr(10)}" for number in range(11))}\
- [ ] Wrong
    > No.
</quiz>
"""

SECOND = f"""\
---
type: module
id: second
title: first & <foremost> 🍷
{HEAD}---
<quiz>
<!-- id: short -->
Say [[50 %|%50|a*b|[x]|a->b]] now.
</quiz>

<quiz>
<!-- id: lone -->
Only one?
- [x] Yes
</quiz>
"""

TASTING = f"""\
---
type: competence
id: tasting
title: Tasting, and smelling
{HEAD}levels: {{1: Knows it, 2: Does it, 3: Masters it, 4: Teaches it}}
---
"""

PATH = "content/kurs/odd/"
ODD: Mapping[str, str | bytes] = {
    f"{PATH}index.md": COURSE,
    f"{PATH}01-first.md": FIRST,
    f"{PATH}02-second.md": SECOND,
    f"{PATH}bilder/Cellar.PNG": PNG,
    f"{PATH}bilder/andre/cellar.png": PNG + b" ",
    f"{PATH}bilder/tegning.svg": SVG,
    f"{PATH}bilder/lyd.mp3": b"ID3 sound",
    "content/kompetanser/tasting.md": TASTING,
}

Editions = Callable[[Path, str], Edition]


@pytest.fixture
def editions() -> Editions:
    """Return the edition of a course of a region, by its id."""

    def of(root: Path, id_: str) -> Edition:
        site, file_of = site_with_files(root, "content", TODAY)
        course = site.catalogue.items[ItemId(id_)]
        assert isinstance(course, Course)
        return edition(site, course, file_of)

    return of


@pytest.fixture
def odd(region: Callable[[Mapping[str, str | bytes]], Path], editions: Editions) -> Edition:
    """The course with all that courses seldom have."""
    return editions(region(ODD), "odd")
