"""Whether the others wrote the same pages as we: the text and the number of each element of every page's article.

Run: python bench/cold.py --keep FOLDER, then python bench/same.py FOLDER/1000 [--show 5]
Prints for each tool how many pages are the same, how many differ, and how many it has not; exits with 1 when one page differs or is missing.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections import Counter
from pathlib import Path

SITES = {
    "Material": "material/site",
    "Material, pruned tree": "material-tree/site",
    "Zensical": "zensical/site",
    "Hugo": "hugo/public",
    "Eleventy": "eleventy/_site",
}
_ARTICLE = re.compile(r"<article\b.*?>(.*)</article>", re.DOTALL)
_NO_TEXT = re.compile(r"<script.*?</script>", re.DOTALL)
_SKIP = '<a id="__skip" tabindex="-1"></a>'
"""Where Zensical's skip link leads; ours leads to the article."""


def article(file: Path) -> tuple[str, Counter[str]] | None:
    """Return the text of a page's article without white space, and its elements; None if it has none."""
    found = _ARTICLE.search(file.read_text(encoding="utf-8").replace(_SKIP, ""))
    if found is None:
        return None
    text = html.unescape(re.sub(r"<[^>]+>", "", _NO_TEXT.sub("", found[1])))
    return re.sub(r"\s+", "", text), Counter(re.findall(r"<(\w+)", found[1]))


def difference(ours: Path, theirs: Path) -> str:
    """Return what is other in a page of theirs; nothing if it is the same."""
    if not theirs.exists():
        return "is missing"
    one, other = article(ours), article(theirs)
    if one is None or other is None:
        return "" if one == other else "has no article"
    if one[0] != other[0]:
        at = next(
            (at for at, pair in enumerate(zip(one[0], other[0], strict=False)) if pair[0] != pair[1]), -1
        )
        return f"has another text: {one[0][at - 20 : at + 40]!r}, theirs {other[0][at - 20 : at + 40]!r}"
    more, less = other[1] - one[1], one[1] - other[1]
    return f"has other elements: {dict(more)} more, {dict(less)} less" if more or less else ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kept", type=Path, help="a folder that cold.py kept, of one size")
    parser.add_argument("--show", type=int, default=3, help="differences to show of each tool")
    given = parser.parse_args()
    ours, differs = given.kept / "region/site", 0
    pages = [path.relative_to(ours) for path in ours.rglob("*.html") if path.name != "404.html"]
    for name, place in SITES.items():
        if not (given.kept / place).is_dir():
            print(f"{name:22} no site")
            continue
        found = {page: difference(ours / page, given.kept / place / page) for page in sorted(pages)}
        other = {page: words for page, words in found.items() if words}
        print(f"{name:22} {len(pages) - len(other)} pages are the same, {len(other)} are not")
        for page, words in list(other.items())[: given.show]:
            print(f"  {page} {words}")
        differs += len(other)
    return int(differs > 0)


if __name__ == "__main__":
    sys.exit(main())
