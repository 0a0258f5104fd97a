"""Change single values in an author's file and leave every other sign as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import yaml

from kompetanse.content import yaml_text
from kompetanse.content.frontmatter import Source

_PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n|[\d._]+)$)[A-Za-z0-9/][\w./-]*", re.IGNORECASE)
"""Text that no YAML reader takes for anything else than text."""
_BOM = "\ufeff"


def with_values(source: Source, values: Mapping[str, str]) -> str:
    """Return the front matter of `source` with new scalars at the given key paths, such as `requires[0].competence`."""
    rows = source.raw.split("\n")
    found = dict(_scalars(yaml_text.compose(source.raw), ""))
    for key in sorted(
        values, key=lambda key: (found[key].start_mark.line, found[key].start_mark.column), reverse=True
    ):
        start, end = found[key].start_mark, found[key].end_mark
        row = rows[start.line]
        rows[start.line] = row[: start.column] + _scalar(values[key]) + row[end.column :]
    return "\n".join(rows)


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _scalars(node: yaml.Node | None, prefix: str) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, f"{prefix}.{key.value}" if prefix else str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _scalars(value, f"{prefix}[{index}]")
    elif node is not None:
        yield prefix, node


def with_key(raw: str, key: str, value: str, after: str = "type") -> str:
    """Return front matter with the row `key: value` put after the key `after`, or first where that is missing."""
    rows = raw.split("\n")
    known = yaml_text.lines(raw)
    rows.insert(known.get(after, 1), f"{key}: {_scalar(value)}")
    return "\n".join(rows)


def with_entry(raw: str, key: str, value: str) -> str:
    """Return front matter with `value` as one more entry of the list `key`, which is made when it is not there."""
    node = _list(raw, key)
    if node is None or not node.value:
        return _new_list(raw, key, value)
    last = node.value[-1]
    rows = raw.split("\n")
    if node.flow_style:
        row, column = rows[last.end_mark.line], last.end_mark.column
        rows[last.end_mark.line] = f"{row[:column]}, {_scalar(value)}{row[column:]}"
    else:
        dash = rows[last.start_mark.line].index("-")
        rows.insert(last.end_mark.line + 1, f"{' ' * dash}- {_scalar(value)}")
    return "\n".join(rows)


def without_entry(raw: str, key: str, value: str) -> str:
    """Return front matter without the entry `value` of the list `key`; an empty list goes as a whole."""
    node = _list(raw, key)
    place = next((i for i, one in enumerate(node.value) if one.value == value), None) if node else None
    return raw if place is None else without_place(raw, key, place)


def without_place(raw: str, key: str, place: int) -> str:
    """Return front matter without the entry at a place (from 0) of the list `key`; an empty list goes as a whole."""
    node = _list(raw, key)
    if node is None or not 0 <= place < len(node.value):
        return raw
    entry = node.value[place]
    if len(node.value) == 1:
        last = node.end_mark.line if node.flow_style else _last_row(entry)
        return _without_rows(raw, yaml_text.lines(raw)[key] - 1, last)
    if not node.flow_style:
        return _without_rows(raw, entry.start_mark.line, _last_row(entry))
    start = entry.start_mark if place == 0 else node.value[place - 1].end_mark
    end = node.value[1].start_mark if place == 0 else entry.end_mark
    rows = raw.split("\n")
    rows[start.line : end.line + 1] = [rows[start.line][: start.column] + rows[end.line][end.column :]]
    return "\n".join(rows)


def without_key(raw: str, key: str) -> str:
    """Return front matter without the top key `key` and what belongs to it."""
    whole = yaml_text.compose(raw)
    pairs = whole.value if isinstance(whole, yaml.MappingNode) and not whole.flow_style else []
    starts = [name.start_mark.line for name, _ in pairs]
    place = next((i for i, (name, _) in enumerate(pairs) if name.value == key), None)
    if place is None:
        return raw
    rows = raw.split("\n")
    end = starts[place + 1] if place + 1 < len(starts) else len(rows)
    return "\n".join(rows[: starts[place]] + rows[end:])


def _list(raw: str, key: str) -> yaml.SequenceNode | None:
    whole = yaml_text.compose(raw)
    pairs = whole.value if isinstance(whole, yaml.MappingNode) else []
    found = next((value for name, value in pairs if name.value == key), None)
    return found if isinstance(found, yaml.SequenceNode) else None


def _last_row(node: yaml.Node) -> int:
    """Return the row that `node` ends in; what stands in a block ends, for the parser, where the next thing starts."""
    if isinstance(node, yaml.ScalarNode):
        return node.end_mark.line - (1 if node.end_mark.column == 0 and node.style in {"|", ">"} else 0)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return node.end_mark.line
    last = node.value[-1]
    return _last_row(last[1] if isinstance(last, tuple) else last)


def _without_rows(raw: str, first: int, last: int) -> str:
    rows = raw.split("\n")
    return "\n".join(rows[:first] + rows[last + 1 :])


def _new_list(raw: str, key: str, value: str) -> str:
    if key in yaml_text.lines(raw):
        return re.sub(rf"^{key}:.*$", f"{key}:\n- {_scalar(value)}", raw, count=1, flags=re.MULTILINE)
    return f"{raw.rstrip()}\n{key}:\n- {_scalar(value)}\n"


def with_text(body: str, edits: Mapping[tuple[int, int], str]) -> str:
    """Return `body` with new text at the given places (start, end)."""
    parts: list[str] = []
    reached = 0
    for (start, end), new in sorted(edits.items()):
        parts += (body[reached:start], new)
        reached = end
    return "".join((*parts, body[reached:]))


def whole(raw: str, body: str) -> str:
    """Return the text of a file from front matter (its first row blank, as `Source.raw`) and body."""
    return f"---{raw if raw.endswith(chr(10)) else raw + chr(10)}---\n{body}" if raw.strip() else body


def like_file(root: Path, path: PurePosixPath, text: str) -> str:
    """Return `text` with the row ends and the byte order mark of the file that it replaces."""
    with (root / path).open(encoding="utf-8", newline="") as stream:
        old = stream.read()
    text = text.replace("\n", "\r\n") if "\r\n" in old else text
    return _BOM + text if old.startswith(_BOM) else text
