"""What stands on one slide as HTML: text with its levels, tables, pictures; and what of it is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from kompetanse.importers.found_course import Loss
from kompetanse.importers.media import Shelf
from kompetanse.importers.unpacked import Unpacked

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EDGES = frozenset(
    {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
)
_BULLETED = frozenset(
    {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
)
_GRAPHICS = {
    "chart": ("chart", "charts are not taken. Save it as a picture, and say in words what it shows"),
    "diagram": ("SmartArt", "its layout is not taken. Write it as a list, or save it as a picture"),
    "ole": (
        "embedded object",
        "objects of other programs are not taken. Save it as a picture or a file of its own",
    ),
}
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DEEPEST, _LEVELS = 20, 9


class Page:
    """One slide.

    Attributes:
        title, subtitle: Words of its placeholders; empty where it has none.
        losses: What did not come along.
    """

    def __init__(self, source: Unpacked, slide: Any, shelf: Shelf, where: str) -> None:
        self.losses: list[Loss] = []
        self._source, self._slide, self._shelf, self._where = source, slide, shelf, where
        head = slide.shapes.title
        self.title = _words(head) if head is not None else ""
        self.subtitle = next(
            (_words(one) for one in slide.placeholders if _kind(one) == PP_PLACEHOLDER.SUBTITLE), ""
        )

    def html(self) -> str:
        """Return what stands on the slide, without its title and what stands at its edges."""
        return "\n".join(part for shape in self._slide.shapes for part in self._shape(shape, 0))

    def link(self, url: str) -> str | None:
        """No link within a presentation leads to a lesson."""
        return None

    def picture(self, url: str) -> str | None:
        """Return the name of a part of the file, on the shelf."""
        name = self._source.find(url)
        return (
            None
            if name is None
            else self._shelf.put(name.rpartition("/")[2], self._source.keep(name), self._where)
        )

    def _shape(self, shape: Any, depth: int) -> Iterator[str]:
        if _kind(shape) in _EDGES or shape._element is self._title_element or depth > _DEEPEST:
            return
        if hasattr(shape, "shapes"):
            for inner in shape.shapes:
                yield from self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False):
            yield _table(shape.table)
        elif shape._element.tag.endswith("}graphicFrame"):
            self._graphic(shape)
        elif shape._element.tag.endswith("}pic"):
            yield from self._picture(shape)
        elif shape.has_text_frame and _kind(shape) != PP_PLACEHOLDER.SUBTITLE:
            yield _text(shape, self._bulleted(shape), self._target)

    def _bulleted(self, shape: Any) -> frozenset[int]:
        """Return the levels (from 0) whose paragraphs have bullets unless they say otherwise: by layout, then by master."""
        if _kind(shape) not in _BULLETED:
            return frozenset()
        layout = self._slide.slide_layout
        index = shape.placeholder_format.idx
        same = [one._element for one in layout.placeholders if one.placeholder_format.idx == index]
        styles = [
            *(style for one in same for style in one.iter(f"{_A}lstStyle")),
            *layout.slide_master._element.iter(f"{_P}bodyStyle"),
        ]
        return frozenset(level for level in range(_LEVELS) if _has_bullet(styles, level))

    @property
    def _title_element(self) -> Any:
        head = self._slide.shapes.title
        return head._element if head is not None else None

    def _graphic(self, shape: Any) -> None:
        uri = next((str(one.get("uri")) for one in shape._element.iter(f"{_A}graphicData")), "")
        what, why = _GRAPHICS.get(
            uri.rpartition("/")[2], ("drawing", "it is not taken. Save it as a picture")
        )
        said = " · ".join(filter(None, [_alt(shape), *self._diagram_words(shape)]))[:200]
        self.losses.append(Loss(self._where, f"{what} «{said or shape.name}»", why))

    def _diagram_words(self, shape: Any) -> Iterator[str]:
        for one in shape._element.iter():
            part = self._part(str(one.get(f"{_R}dm") or ""))
            if part is not None:
                root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
                yield from (
                    str(found.text).strip() for found in root.iter(f"{_A}t") if (found.text or "").strip()
                )

    def _picture(self, shape: Any) -> Iterator[str]:
        film = next((one for one in shape._element.iter() if etree.QName(one).localname == "media"), None)
        embedded = film if film is not None else next(shape._element.iter(f"{_A}blip"), None)
        part = self._part(str(embedded.get(f"{_R}embed") or "")) if embedded is not None else None
        if part is None:
            self.losses.append(
                Loss(self._where, f"picture «{shape.name}»", "its file is not in the presentation")
            )
            return
        name = str(part.partname).removeprefix("/")
        if film is not None:
            yield f'<p><video src="{escape(name)}" title="{escape(_alt(shape) or shape.name)}"></video></p>'
        else:
            yield f'<p><img src="{escape(name)}" alt="{escape(_alt(shape))}"></p>'

    def _part(self, relation: str) -> Any:
        found = self._slide.part.rels.get(relation) if relation else None
        return None if found is None or found.is_external else found.target_part

    def _target(self, relation: str) -> str:
        found = self._slide.part.rels.get(relation) if relation else None
        return str(found.target_ref) if found is not None and found.is_external else ""


def _kind(shape: Any) -> Any:
    return shape.placeholder_format.type if getattr(shape, "is_placeholder", False) else None


def _words(shape: Any) -> str:
    return " ".join(shape.text_frame.text.split()) if shape.has_text_frame else ""


def _alt(shape: Any) -> str:
    found = next((one for one in shape._element.iter() if etree.QName(one).localname == "cNvPr"), None)
    return " ".join((found.get("descr") or "").split()) if found is not None else ""


def _has_bullet(styles: list[Any], level: int) -> bool:
    """Tell what the first style says that says anything of a level; a text has bullets where none does."""
    for style in styles:
        found = style.find(f"{_A}lvl{level + 1}pPr")
        if found is not None and found.find(f"{_A}buNone") is not None:
            return False
        if found is not None and any(
            found.find(f"{_A}{kind}") is not None for kind in ("buChar", "buAutoNum", "buBlip")
        ):
            return True
    return True


def _text(shape: Any, bulleted: frozenset[int], target: Any) -> str:
    """Return the paragraphs of a shape; those with bullets as a list whose levels are theirs."""
    rows: list[tuple[int, str, str]] = []
    for paragraph in shape.text_frame.paragraphs:
        inner, level = _inline(paragraph._p, target), int(paragraph.level or 0)
        if inner.strip():
            rows.append((level, _bullet(paragraph._p, level in bulleted), inner))
    return "".join(_listed(rows))


def _bullet(paragraph: Any, usual: bool) -> str:
    """Return the kind of list that a paragraph is in: `ul`, `ol`, or nothing."""
    properties = paragraph.find(f"{_A}pPr")
    if properties is not None and properties.find(f"{_A}buNone") is not None:
        return ""
    if properties is not None and properties.find(f"{_A}buAutoNum") is not None:
        return "ol"
    is_set = properties is not None and properties.find(f"{_A}buChar") is not None
    return "ul" if usual or is_set else ""


def _listed(rows: list[tuple[int, str, str]]) -> Iterator[str]:
    """Yield paragraphs and lists; a level that is skipped is no level."""
    open_: list[tuple[int, str]] = []
    for level, kind, inner in rows:
        while open_ and (
            not kind or open_[-1][0] > level or (open_[-1][0] == level and open_[-1][1] != kind)
        ):
            yield f"</li></{open_.pop()[1]}>"
        if not kind:
            yield f"<p>{inner}</p>"
        elif open_ and open_[-1][0] == level:
            yield f"</li><li>{inner}"
        else:
            open_.append((level, kind))
            yield f"<{kind}><li>{inner}"
    for _, kind in reversed(open_):
        yield f"</li></{kind}>"


def _inline(paragraph: Any, target: Any) -> str:
    parts = []
    for one in paragraph:
        kind = etree.QName(one).localname
        if kind == "br":
            parts.append("<br>")
        elif kind in {"r", "fld"}:
            parts.append(_run(one, target))
    return "".join(parts)


def _run(run: Any, target: Any) -> str:
    found = run.find(f"{_A}t")
    shown = escape((found.text or "").replace("\v", "\n")) if found is not None else ""
    properties = run.find(f"{_A}rPr")
    if properties is None or not shown.strip():
        return shown
    shown = f"<b>{shown}</b>" if properties.get("b") == "1" else shown
    shown = f"<i>{shown}</i>" if properties.get("i") == "1" else shown
    click = properties.find(f"{_A}hlinkClick")
    url = target(str(click.get(f"{_R}id") or "")) if click is not None else ""
    return f'<a href="{escape(url)}">{shown}</a>' if url else shown


def _table(table: Any) -> str:
    return f"<table>{''.join(_row(row) for row in table.rows)}</table>"


def _row(row: Any) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row.cells)}</tr>"


def _cell(cell: Any) -> str:
    if cell.is_spanned:
        return "<td></td>" if not _in_the_row_of_its_origin(cell) else ""
    wide = f' colspan="{cell.span_width}"' if cell.is_merge_origin and cell.span_width > 1 else ""
    high = f' rowspan="{cell.span_height}"' if cell.is_merge_origin and cell.span_height > 1 else ""
    rows = "<br>".join(escape(row) for row in cell.text_frame.text.replace("\v", "\n").split("\n"))
    return f"<td{wide}{high}>{rows}</td>"


def _in_the_row_of_its_origin(cell: Any) -> bool:
    """Tell whether a cell is taken by one that stands to its left, which the width of that one says already."""
    return bool(cell._tc.hMerge) and not cell._tc.vMerge
