"""Pictures, sound, film and what else a page shows that is no words: what of it comes along, and what stands in its place."""

from __future__ import annotations

import re

from kompetanse.importers.html_address import host, is_on_web, target, written
from kompetanse.importers.html_around import BREAK, Around
from kompetanse.importers.html_tree import Element, words
from kompetanse.importers.plain_text import escaped

_FILE_NAME = re.compile(r"[^/\\]{1,80}\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|heic)", re.IGNORECASE)
_GUESSED = re.compile(
    r"[\s.,]*(?:automatisk generert(?: beskrivelse)?|description automatically generated(?: with \w+ confidence)?"
    r"|(?:KI|AI)-(?:generert innhold kan være feil|generated content may be incorrect))[\s.]*\Z",
    re.IGNORECASE,
)
"""What Word and PowerPoint write behind the alternative texts that they guess, in bokmål and English."""

NO_ALTERNATIVE_TEXT = "it has no alternative text. Write what it shows; `check` asks for it"
"""Why a picture is told of that a person must describe."""

_SPACER = 3
"""Pixels."""


def picture(around: Around, element: Element) -> str:
    """Return a picture; its alternative text where it cannot be had."""
    url = (element.get("src") or element.get("data-src") or "").strip()
    alt = _alt(around, element)
    if not url or _is_spacer(element):
        return escaped(alt)
    if is_on_web(url):
        around.lost(
            f"picture {url[:100]}",
            "it lies on another site and was not fetched; a link to it stands in its place",
        )
        leads = target(around, url)
        return f"[{escaped(alt or host(url))}]({leads})" if leads else escaped(alt)
    found = around.picture(url)
    if found is None:
        around.lost(
            f"picture {_short(url)}",
            "its file is not there, or could not be taken" + (f"; its text stands: {alt}" if alt else ""),
        )
        return escaped(alt)
    if not alt:
        around.lost(f"picture {found}", NO_ALTERNATIVE_TEXT)
    return f"![{escaped(alt)}]({written(found)})"


def _alt(around: Around, element: Element) -> str:
    """Return the alternative text that a person wrote: no file's name, and what a program guessed only with a remark."""
    written = " ".join((element.get("alt") or "").split())
    if _FILE_NAME.fullmatch(written):
        return ""
    alt = _GUESSED.sub("", written)
    if alt != written:
        around.lost(
            f"alternative text «{alt[:60]}»",
            "a program guessed it. Look at the picture, and write what it shows",
        )
    return alt


def _is_spacer(element: Element) -> bool:
    """Tell whether a picture is shown so small that it can only keep others apart, or count readers."""
    sides = [(element.get(side) or "").removesuffix("px") for side in ("width", "height")]
    return all(side.isdecimal() and int(side) <= _SPACER for side in sides)


def _short(url: str) -> str:
    return "in the text itself" if url[:5].lower() == "data:" else url[:100]


def played(around: Around, element: Element) -> str | None:
    """Return a link to sound or film, since our pages play none by themselves; None when it names no file."""
    urls = [one.get("src") for one in (element, *element.iter("source")) if one.get("src")]
    if not urls:
        return None
    url = str(urls[0]).strip()
    on_web = is_on_web(url)
    leads = target(around, url) if on_web else around.picture(url)
    shown = (
        " ".join((element.get("title") or element.get("aria-label") or "").split()) or url.rpartition("/")[2]
    )
    if leads is None:
        around.lost(f"sound or film {_short(url)}", "its file is not there, or could not be taken")
        return ""
    around.lost(f"sound or film {_short(url)}", "it stands as a link; add captions or a transcript")
    return f"[{escaped(shown)}]({leads if on_web else written(leads)})"


def embedded(around: Around, element: Element) -> str | None:
    """Return a link to a page of others that was shown in place; None when it had no address on the web."""
    url = (element.get("src") or element.get("data") or "").strip()
    leads = target(around, url) if is_on_web(url) else None
    shown = " ".join((element.get("title") or "").split()) or host(url)
    around.lost(
        f"embedded page {_short(url) or '(without address)'}",
        "it runs elsewhere" + ("; a link to it stands in its place" if leads else ""),
    )
    return f"{BREAK}[{escaped(shown)}]({leads}){BREAK}" if leads else None


def formula(around: Around, element: Element) -> str:
    """Return the signs of a formula in a row."""
    shown = " ".join(words(element).split())
    around.lost(
        f"formula {shown[:60]}", "its signs stand in a row; write it anew where the layout means something"
    )
    return escaped(shown)


def drawing(around: Around, element: Element) -> str:
    """Return nothing, and say what is missing."""
    found = next(iter(element.iter("title")), None)
    shown = " ".join((found.text or "").split()) if found is not None else ""
    around.lost(
        f"drawing in the page {shown[:60]}".strip(),
        "drawings in a page's own code are not taken. Save it as SVG or PNG",
    )
    return ""
