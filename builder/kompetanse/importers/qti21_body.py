"""What a QTI 2 item shows, as HTML."""

from __future__ import annotations

from html import escape

from lxml import etree

CHOICES = ("simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText", "gapImg", "hottext")
"""Elements that can be chosen, or put somewhere."""

_GAP = "____"
_GAPS = frozenset({"textEntryInteraction", "inlineChoiceInteraction", "gap"})
_ASIDE = frozenset({"rubricBlock", "feedbackBlock", "feedbackInline", "infoControl", "endAttemptInteraction"})
_LEFT_OUT = _ASIDE | (frozenset(CHOICES) - {"hottext"})
_SPECIAL = ("prompt", "hottext", *_GAPS, *_LEFT_OUT)
_DEEPEST = 60


def is_interaction(element: etree._Element) -> bool:
    """Tell whether an element asks for an answer."""
    return str(element.tag).endswith("Interaction") and element.tag not in _ASIDE


def stem(element: etree._Element, depth: int = 0) -> str:
    """Return what stands inside `element`: prompts, `____` for gaps, no choices and no feedback."""
    parts = [_text(element.text)]
    for child in element:
        parts += [_shown(child, depth), _text(child.tail)]
    return "".join(parts)


def _text(text: str | None) -> str:
    return escape(text or "", quote=False)


def _shown(child: etree._Element, depth: int) -> str:
    if child.tag in _GAPS:
        return _GAP
    if child.tag in _LEFT_OUT or depth > _DEEPEST:
        return ""
    if child.tag == "hottext":
        return stem(child, depth + 1)
    if child.tag == "prompt" or is_interaction(child):
        return f"<div>{stem(child, depth + 1)}</div>"
    if any(one.tag in _SPECIAL or is_interaction(one) for one in child.iter()):
        return f"<{child.tag}>{stem(child, depth + 1)}</{child.tag}>"
    return etree.tostring(child, encoding="unicode", method="html", with_tail=False)
