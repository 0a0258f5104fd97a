"""XML written from values: what is text is escaped, what is XML already is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from markupsafe import Markup, escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
"""What an XML file begins with."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no XML file can hold (XML 1.0, 2.2)."""


def element(tag: str, /, *children: object, **attributes: object) -> Markup:
    """Return an element.

    Args:
        tag: Its name, with its prefix.
        children: What stands in it: `Markup` as it is, all else as text.
        attributes: By name; one that is None is left out, and a low line at the end of a name falls away.
    """
    named = {name.rstrip("_"): value for name, value in attributes.items() if value is not None}
    return made(tag, named, *children)


def made(tag: str, attributes: Mapping[str, object], *children: object) -> Markup:
    """Return an element whose attributes have names that Python cannot write."""
    given = "".join(f' {name}="{text(value)}"' for name, value in attributes.items())
    inner = "".join(map(text, children))
    return Markup(f"<{tag}{given}>{inner}</{tag}>" if inner else f"<{tag}{given}/>")  # noqa: S704 (escaped)


def text(value: object) -> Markup:
    """Return `value` as it stands in XML."""
    return value if isinstance(value, Markup) else escape(_NO_XML.sub("", str(value)))


def words(value: str) -> Markup:
    """Return `value` as it stands between tags, its quotes as they are.

    Moodle takes no number for a sign in the manifest of SCORM (`mod/scorm/datamodels/scormlib.php`, `scorm_parse_scorm`): from
    `&#34;` it makes `&amp;#34;`, which is then what the learner reads.
    """
    return Markup(html.escape(_NO_XML.sub("", value), quote=False))  # noqa: S704 (escaped)


def many(*parts: Markup) -> Markup:
    """Return elements one after another."""
    return Markup("").join(parts)


def document(root: Markup) -> bytes:
    """Return an XML file."""
    return HEAD.encode() + root.encode()
