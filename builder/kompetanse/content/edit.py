"""Change single values in an author's file and leave every other sign as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import yaml

from kompetanse.content import yaml_text
from kompetanse.content.frontmatter import Source

_PLAIN = re.compile(r"[A-Za-z0-9][\w./-]*")
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
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


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
    rows = raw.split("\n")
    entries = {
        path: line for path, line in yaml_text.lines(raw).items() if re.fullmatch(rf"{key}\[\d+\]", path)
    }
    if not entries:
        return _new_list(raw, key, value)
    last = max(entries.values())
    row = rows[last - 1]
    if "[" in row and f"{key}:" in row:
        rows[last - 1] = row[: row.rindex("]")] + f", {_scalar(value)}]" + row[row.rindex("]") + 1 :]
    else:
        rows.insert(last, f"{row[: row.index('-')]}- {_scalar(value)}")
    return "\n".join(rows)


def _new_list(raw: str, key: str, value: str) -> str:
    if key in yaml_text.lines(raw):
        return re.sub(rf"^{key}:.*$", f"{key}:\n- {_scalar(value)}", raw, count=1, flags=re.MULTILINE)
    return f"{raw.rstrip()}\n{key}:\n- {_scalar(value)}\n"


def with_text(body: str, edits: Mapping[tuple[int, int], str]) -> str:
    """Return `body` with new text at the given places (start, end)."""
    for (start, end), new in sorted(edits.items(), reverse=True):
        body = body[:start] + new + body[end:]
    return body


def whole(raw: str, body: str) -> str:
    """Return the text of a file from front matter (its first row blank, as `Source.raw`) and body."""
    return f"---{raw if raw.endswith(chr(10)) else raw + chr(10)}---\n{body}" if raw.strip() else body


def like_file(root: Path, path: PurePosixPath, text: str) -> str:
    """Return `text` with the row ends and the byte order mark of the file that it replaces."""
    with (root / path).open(encoding="utf-8", newline="") as stream:
        old = stream.read()
    text = text.replace("\n", "\r\n") if "\r\n" in old else text
    return _BOM + text if old.startswith(_BOM) else text
