"""A page whose parts are cleaned one by one is the page cleaned as a whole."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.render import clean, convert_clean
from kompetanse.render.cleaning import _TAGS, clean_part
from kompetanse.render.whole import whole

TAGS = sorted(_TAGS - {"br", "col", "hr", "img", "input", "source", "track", "wbr"})
AFTER = (
    "tekst <b>b</b>\n<p>p</p><ul><li>li</li></ul><a href='#'>a</a><table><tr><td>td</td></tr></table> slutt"
)
"""What shows whether anything is open or pending before it."""

HOSTILE = [
    "<script>alert(1)</script>",
    "<script>alert(1)",
    "<title>",
    "<plaintext>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    "<iframe src=x></iframe>",
    "<form><form></form></form>",
    "<template><p>x</template>",
    "<select><option>x<option>y",
    "<table><tr><td>x",
    "<p style='position:fixed'>x",
    "<b>x",
    "</b>",
    "</p>",
    "</div>",
    "<!-- x",
    "<![CDATA[x",
    "<?x",
    "<https://x>",
    "<",
    "</",
    "<a",
    '<p title="',
    "&lt",
    "&#",
    "\r",
    "\0",
]
PLAIN = [
    "x",
    " ",
    "\n",
    "<br>",
    "<hr>",
    '<img src="a.png" alt="å & b">',
    '<input type="radio" checked>',
    "&amp;",
]


def _same(parts: list[str]) -> None:
    cleaned = [clean_part(part) for part in parts]
    if None not in cleaned:
        assert "\n".join(map(str, cleaned)) == clean("\n".join(parts))


def test_each_two_elements_within_each_other_leave_nothing_open() -> None:
    for outer, inner in product(TAGS, TAGS):
        part = f"<{outer}>a<{inner}>b</{inner}>c</{outer}>"

        assert clean_part(part) is not None
        _same([part, AFTER])


def test_each_two_hostile_pieces_are_cleaned_as_one() -> None:
    for first, second in product(HOSTILE, ["", *HOSTILE]):
        _same([first + second, AFTER])


_ELEMENTS = st.recursive(
    st.sampled_from(PLAIN),
    lambda within: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(TAGS), st.lists(within, max_size=3).map("".join)
    ),
    max_leaves=12,
)


@settings(max_examples=500)
@given(_ELEMENTS, _ELEMENTS)
def test_any_elements_within_each_other_leave_nothing_open(one: str, other: str) -> None:
    _same([one, AFTER])
    _same([one, other, AFTER])


_PIECES = st.sampled_from([*HOSTILE, *PLAIN, *(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS)])


@settings(max_examples=500)
@given(st.lists(st.lists(_PIECES, max_size=5).map("".join), max_size=4))
def test_whatever_parts_hold_they_are_cleaned_as_one(parts: list[str]) -> None:
    _same([*parts, AFTER])


@settings(max_examples=200)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE), _PIECES, st.sampled_from(["[x](javascript:alert(1))", "Tekst", "## En"])
        ),
        max_size=6,
    ),
    st.sampled_from(["\n\n", "\n", ""]),
)
def test_a_hostile_text_is_cleaned_as_one(pieces: list[str], between: str) -> None:
    text = between.join(pieces)

    assert convert_clean(text).html == clean(whole(text)[0])
