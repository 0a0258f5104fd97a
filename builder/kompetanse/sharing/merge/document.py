"""Merge a whole document: encoding, row ends, front matter, body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kompetanse.content.frontmatter import divide
from kompetanse.errors import Problem
from kompetanse.sharing.merge import sequences
from kompetanse.sharing.merge.body import merge_body, rows
from kompetanse.sharing.merge.fences import has_markers, open_at_the_end
from kompetanse.sharing.merge.keys import keys_of, merge_keys
from kompetanse.sharing.merge.parts import BOM, Kept, Merged, Notice, Part, Question, Refusal, Where, Why
from kompetanse.sharing.merge.sequences import Kind, LineMerge
from kompetanse.sharing.merge.units import joined

_HERE = PurePosixPath("document.md")


@dataclass(frozen=True, slots=True)
class _Text:
    r"""One of the three versions; `text` has `\n` at the end of every row, the last one too."""

    text: str
    row_end: str
    bom: bool
    last_row_ends: bool


def merge(
    base: bytes, ours: bytes, theirs: bytes, *, data: bool = False, lines: LineMerge = sequences.lines
) -> Merged | Refusal:
    """Merge three versions of one document.

    Args:
        base: What both come from.
        ours: Our version.
        theirs: The source's new version.
        data: Whether the file is YAML through and through, not Markdown with front matter.
        lines: Compares lines.

    Returns:
        The merged document, whose questions are open; or why a person must choose one of the three whole.
    """
    texts = [_read(side) for side in (base, ours, theirs)]
    refused = next((one for one in texts if isinstance(one, Why)), None)
    if refused:
        return Refusal(refused)
    z, o, t = (one for one in texts if isinstance(one, _Text))
    if any(has_markers(one.text) for one in (z, o, t)):
        return Refusal(Why.MARKERS)
    merged = _merged(z, o, t, theirs.decode(), data=data, lines=lines)
    if merged is None:
        return Merged((Kept(ours.decode()),), row_end="")
    return Refusal(Why.STRUCTURE) if _broken(merged, (z, o, t), data=data) else merged


def _read(written: bytes) -> _Text | Why:
    if b"\0" in written:
        return Why.BINARY
    try:
        text = written.decode()
    except UnicodeDecodeError:
        return Why.ENCODING
    bom = text.startswith(BOM)
    row_end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    text = text.removeprefix(BOM).replace("\r\n", "\n")
    ends = not text or text.endswith("\n")
    return _Text(text if ends else text + "\n", row_end, bom, ends)


def _merged(z: _Text, o: _Text, t: _Text, theirs: str, *, data: bool, lines: LineMerge) -> Merged | None:
    """Return the merged document; None where ours stands as it is."""
    if t.text in (z.text, o.text):
        return Merged((Kept(theirs),), row_end="") if o == z else None
    notices: list[Notice] = []
    parts = tuple(_tidied(_parts((z.text, o.text, t.text), notices, data=data, lines=lines)))
    if o == z and parts == (Kept(t.text),):
        return Merged((Kept(theirs),), tuple(notices), row_end="")
    ends = t.last_row_ends if o.last_row_ends == z.last_row_ends else o.last_row_ends
    return Merged(parts, tuple(notices), o.row_end, o.bom, ends)


def _parts(
    texts: tuple[str, str, str], notices: list[Notice], *, data: bool, lines: LineMerge
) -> Iterator[Part]:
    z, o, t = (_Halves("", text, "", "") if data else _halves(text) for text in texts)
    if z is None or o is None or t is None:
        yield from _by_lines(texts, lines)
        return
    heads = [keys_of(one.head) for one in (z, o, t)]
    if heads[0] is None or heads[1] is None or heads[2] is None:
        yield from _by_lines(texts, lines)
        return
    keys = tuple(merge_keys(heads[0], heads[1], heads[2], notices))
    fences = t if o == z or not o.opening else o
    yield from (Kept(fences.opening), *keys, Kept(fences.closing))
    yield from merge_body(z.body, o.body, t.body, lines)


@dataclass(frozen=True, slots=True)
class _Halves:
    """A document cut at its fences, each with its own row end; all but the body are empty without front matter."""

    opening: str
    head: str
    closing: str
    body: str


def _halves(text: str) -> _Halves | None:
    """Return the document cut at its fences; None when it cannot be told where they are."""
    found = divide(_HERE, text)
    if isinstance(found, Problem):
        return None
    if not found.raw:
        return _Halves("", "", "", found.body)
    head = found.raw.removeprefix("\n")
    opening = text[: text.index("\n") + 1]
    return _Halves(opening, head, text[len(opening) + len(head) : len(text) - len(found.body)], found.body)


def _by_lines(texts: tuple[str, str, str], lines: LineMerge) -> Iterator[Part]:
    """Merge by line alone: nothing is mixed inside keys that cannot be read."""
    for piece in lines(rows(texts[0]), rows(texts[1]), rows(texts[2])):
        if piece.kind is Kind.CONFLICT:
            yield Question(
                Where.BODY, "", joined(piece.base), joined(piece.ours), joined(piece.theirs), Why.LINES
            )
        else:
            yield Kept(joined(piece.merged))


def _tidied(parts: Iterable[Part]) -> Iterator[Part]:
    """Join neighbours that stand as they are, and leave out what is empty."""
    waiting = ""
    for part in parts:
        if isinstance(part, Kept):
            waiting += part.text
            continue
        if waiting:
            yield Kept(waiting)
            waiting = ""
        yield part
    if waiting:
        yield Kept(waiting)


def _broken(merged: Merged, texts: tuple[_Text, _Text, _Text], *, data: bool) -> bool:
    """Tell whether the result, with either's text where a question is open, is broken in a way that none of the three is."""
    plain = replace(merged, row_end="\n", bom=False)
    answers = [[one.ours for one in merged.questions], [one.theirs for one in merged.questions]]
    results = [plain.answered(dict(enumerate(one))) for one in answers]
    if any(has_markers(one) for one in results):
        return True
    whole = not data and not any(open_at_the_end(one.text) for one in texts)
    return whole and any(open_at_the_end(one) for one in results)
