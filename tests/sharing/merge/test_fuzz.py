"""Whatever three people write: no exception, no marker, no word lost, and the same questions whichever side one stands on."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.sharing.merge import Kept, Merged, Question, Refusal, Review, merge
from kompetanse.sharing.merge.fences import has_markers

WORDS = st.sampled_from(
    [
        "kurset",
        "varer",
        "en",
        "dag",
        "er",
        "ikke",
        "gratis",
        "ta",
        "med",
        "1.",
        "mars",
        "300",
        "kroner",
        "personvern",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(" ".join)
BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH,
    SENTENCE.map(lambda text: f"## {text}"),
    st.lists(SENTENCE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    SENTENCE.map(lambda text: f"```\n{text}\n<<<<<<< HEAD\n```"),
    SENTENCE.map(lambda text: f"<quiz>\n{text}\n\n- [ ] {text}\n- [x] B\n</quiz>"),
    st.sampled_from(["", "    kode", "| a | b |", "---", "  - under\n\n    mer", "=======", "> sitat  "]),
)
BODY = st.lists(BLOCK, max_size=6)
KEYS = st.dictionaries(
    st.sampled_from(["title", "summary", "tags", "teaches", "certificate", "modules"]),
    st.one_of(
        SENTENCE,
        SENTENCE.map(lambda text: f'"{text}"  # {text}'),
        st.lists(WORDS, max_size=3).map(lambda words: "[" + ", ".join(words) + "]"),
        st.lists(WORDS, min_size=1, max_size=3).map(lambda words: "".join(f"\n  - {word}" for word in words)),
        st.lists(WORDS, min_size=1, max_size=3, unique=True).map(
            lambda words: "".join(f"\n  # om {word}\n  - id: {word}\n    level: 2" for word in words)
        ),
        st.sampled_from(
            ["{pass: 80, valid_for: P2Y}", "\n  pass: 80\n  # når\n  valid_for: P2Y", "|\n  en\n  to", ""]
        ),
    ),
    max_size=4,
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["change", "insert", "delete", "swap"]), st.integers(0, 400)), max_size=4
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a document and two ways people went on with it."""
    keys, body = draw(KEYS), draw(BODY)
    head = "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n" if keys else ""
    base = head + "\n\n".join(body) + draw(st.sampled_from(["", "\n"]))
    return base, _edited(base, draw(EDITS), "vaart"), _edited(base, draw(EDITS), "deres")


def _edited(text: str, edits: list[tuple[str, int]], word: str) -> str:
    for number, (kind, at) in enumerate(edits):
        words = list(re.finditer(r"\w+", text))
        rows = text.split("\n")
        if kind == "change" and words:
            here = words[at % len(words)]
            text = f"{text[: here.start()]}{word}{number}{text[here.end() :]}"
        elif kind == "insert":
            rows.insert(at % (len(rows) + 1), f"Og {word}{number} kommer.")
            text = "\n".join(rows)
        elif kind == "delete" and len(rows) > 1:
            del rows[at % len(rows)]
            text = "\n".join(rows)
        elif kind == "swap" and len(rows) > 2:
            i = at % (len(rows) - 1)
            rows[i], rows[i + 1] = rows[i + 1], rows[i]
            text = "\n".join(rows)
    return text


def _shown(merged: Merged) -> str:
    """All that stands in the text, or is shown in a question."""
    shown = []
    for part in merged.parts:
        shown += [part.ours, part.theirs] if isinstance(part, Question) else [part.text]
    return "\n".join(shown)


def _merge(base: str, ours: str, theirs: str, *, data: bool = False) -> Merged | Refusal:
    return merge(base.encode(), ours.encode(), theirs.encode(), data=data)


def _own_words(side: str, *others: str) -> set[str]:
    return set(re.findall(r"\w+", side)).difference(*(re.findall(r"\w+", other) for other in others))


@given(documents())
@settings(max_examples=80, deadline=None)
def test_no_word_is_lost_and_no_marker_written(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    merged = _merge(base, ours, theirs)

    if isinstance(merged, Refusal):
        assert any(has_markers(side) for side in three) or merged.why == "structure"
        return
    shown = _shown(merged)
    for word in _own_words(ours, base, theirs) | _own_words(theirs, base, ours):
        assert word in shown
    for side in ("ours", "theirs"):
        answers = {number: getattr(one, side) for number, one in enumerate(merged.questions)}
        assert not has_markers(merged.answered(answers))


@given(documents())
@settings(max_examples=40, deadline=None)
def test_who_changed_alone_is_followed(three: tuple[str, str, str]) -> None:
    base, ours, _ = three
    if any(has_markers(side) for side in three):
        return

    kept, taken, both = _merge(base, ours, base), _merge(base, base, ours), _merge(base, ours, ours)

    assert isinstance(kept, Merged)
    assert isinstance(taken, Merged)
    assert isinstance(both, Merged)
    assert (kept.text, taken.text, both.text) == (ours, ours, ours)


@given(documents())
@settings(max_examples=40, deadline=None)
def test_both_sides_are_asked_the_same(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three

    here, there = _merge(base, ours, theirs), _merge(base, theirs, ours)

    assert isinstance(here, Merged) == isinstance(there, Merged)
    if isinstance(here, Merged) and isinstance(there, Merged):
        asked = [(one.key, one.base, one.ours, one.theirs, one.why) for one in here.questions]
        swapped = [(one.key, one.base, one.theirs, one.ours, one.why) for one in there.questions]
        assert sorted(asked) == sorted(swapped)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_text_is_merged_or_refused(base: str, ours: str, theirs: str, data: bool) -> None:
    merged = merge(*(side.encode(errors="surrogatepass") for side in (base, ours, theirs)), data=data)

    if isinstance(merged, Merged):
        text = merged.answered({number: one.ours for number, one in enumerate(merged.questions)})
        assert not has_markers(text)
        assert all(isinstance(part, Kept | Question | Review) for part in merged.parts)


@given(KEYS, EDITS, EDITS)
@settings(max_examples=40, deadline=None)
def test_no_word_of_a_data_file_is_lost(
    keys: dict[str, str], mine: list[tuple[str, int]], others: list[tuple[str, int]]
) -> None:
    base = "".join(f"{key}: {value}\n" for key, value in keys.items())
    ours, theirs = _edited(base, mine, "vaart"), _edited(base, others, "deres")

    merged = _merge(base, ours, theirs, data=True)

    if isinstance(merged, Merged):
        for word in _own_words(ours, base, theirs) | _own_words(theirs, base, ours):
            assert word in _shown(merged)
