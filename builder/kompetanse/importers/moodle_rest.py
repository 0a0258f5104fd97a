"""What a question of Moodle has besides, and that nobody carries over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kompetanse.importers.html_text import plain

_COMBINED = {
    "correctfeedback": "who is right",
    "partiallycorrectfeedback": "who is half right",
    "incorrectfeedback": "who is wrong",
}
_STANDARD = frozenset(
    {
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "svaret ditt er riktig.",
        "svaret ditt er delvis riktig.",
        "svaret ditt er feil.",
        "svaret ditt er rett.",
        "svaret ditt er delvis rett.",
        "svaret er riktig.",
        "svaret er delvis riktig.",
        "svaret er feil.",
        "riktig",
        "delvis riktig",
        "feil",
    }
)
"""What Moodle itself writes there in English, bokmål and nynorsk."""

_TEXTS = {
    "graderinfo": ("what is said to who marks it", "write it in an instructor block if it is needed"),
    "responsetemplate": ("the text that an answer starts from", "write it in the exercise if it is needed"),
}


def rest(text: Callable[[str], str], hints: int) -> Iterator[tuple[str, str]]:
    """Yield what is left of a question, and why.

    Args:
        text: Returns the HTML of one of its texts by Moodle's name; empty when there is none.
        hints: How many hints it has.
    """
    for name, to in _COMBINED.items():
        said = plain(text(name))
        if said and said.lower() not in _STANDARD:
            yield (
                f"what is said to {to}, whatever they chose: «{said[:60]}»",
                "write it as the explanation if it is needed",
            )
    for name, (what, why) in _TEXTS.items():
        if plain(text(name)):
            yield what, why
    if hints:
        yield f"{hints} hint{'s' * (hints > 1)}", "a question is answered until it is right, without hints"
