"""A certificate is found in whatever it came in; what is no certificate, or was made to harm, is told."""

from __future__ import annotations

import io
import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from tests.evidence.issuing import certificate
from tests.evidence.test_verification import ASKED

from kompetanse.evidence import badge, baking
from kompetanse.evidence.certificate_in import LARGEST, Unreadable, certificate_in, read
from kompetanse.evidence.verification import verify

TEXT = json.dumps(certificate(), ensure_ascii=False)
SVG = badge.svg("Brannkurs", "Testvik", "#0b57a4", "nb")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(13 + 4) + b"\0\0\0\0IEND\xaeB`\x82"


def _pdf(**attachments: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, text in attachments.items():
        writer.add_attachment(f"{name}.json", text.encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _compressed() -> bytes:
    data = baking.KEYWORD + b"\0\1\0\0\0" + zlib.compress(TEXT.encode())
    chunk = len(data).to_bytes(4, "big") + b"iTXt" + data + bytes(4)
    return PNG[:33] + chunk + PNG[33:]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf\n " + TEXT.encode(),
        baking.into_svg(SVG, TEXT).encode(),
        baking.into_png(PNG, TEXT),
        baking.into_png(baking.into_png(PNG, "en annen"), TEXT),
        _compressed(),
        _pdf(kursbevis=TEXT),
    ],
    ids=["json", "json with a mark", "svg", "png", "png baked twice", "png compressed", "pdf"],
)
def test_a_certificate_is_found_in_any_file_that_it_comes_in(data: bytes) -> None:
    assert certificate_in(data) == certificate()


_BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>'
_OUTSIDE = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>'
_INFLATED = (
    b"%PDF-1.7\n" + b"1 0 obj\n<</Filter/FlateDecode/Length 9>>\nstream\n" + zlib.compress(bytes(10_000_000))
)


HARMFUL: list[tuple[bytes, str]] = [
    (b"", "holds_none"),
    (b"hei", "holds_none"),
    (b"[]", "holds_none"),
    (b"{}", "holds_none"),
    (b'{"type": "Assertion"}', "holds_none"),
    (b'{"type": [["OpenBadgeCredential"]]}', "holds_none"),
    (b"{", "damaged"),
    (b'{"a": NaN}', "damaged"),
    (b"\xff{", "holds_none"),
    (b'{"\xff": 1}', "damaged"),
    (TEXT.replace('"name"', '"id": "urn:uuid:x", "name"', 1).encode(), "damaged"),
    (b'{"a":' * 5000 + b"1" + b"}" * 5000, "damaged"),
    (b'{"type": "OpenBadgeCredential", "a":' + b"[" * 50 + b"]" * 50 + b"}", "damaged"),
    (b'{"type": "OpenBadgeCredential", "a": "' + b"a" * 1_100_000 + b'"}', "too_large"),
    (bytes(LARGEST + 1), "too_large"),
    (PNG, "holds_none"),
    (PNG[:20], "holds_none"),
    (baking.into_png(PNG, TEXT)[:400], "damaged"),
    (_compressed().replace(zlib.compress(TEXT.encode())[:8], b"ikke zip"), "damaged"),
    (SVG.encode(), "holds_none"),
    (b"<svg", "damaged"),
    (_BOMB.encode(), "damaged"),
    (_OUTSIDE.encode(), "damaged"),
    (b'<?xml version="1.0" encoding="x-ukjent"?><svg/>', "damaged"),
    (_pdf(), "holds_none"),
    (_pdf(kursbevis="{}"), "holds_none"),
    (b"%PDF-1.7", "damaged"),
    (_pdf(kursbevis=TEXT)[:300], "damaged"),
    (_INFLATED, "damaged"),
]


@pytest.mark.parametrize(
    ("data", "reason"), HARMFUL, ids=[f"{number} {reason}" for number, (_, reason) in enumerate(HARMFUL)]
)
def test_what_holds_none_or_was_made_to_harm_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        certificate_in(data)


@given(st.sampled_from([0, 1, 2]), st.integers(0, 4000), st.binary(max_size=40))
@settings(max_examples=60)
def test_no_damage_to_a_file_ends_in_anything_but_an_answer(which: int, place: int, damage: bytes) -> None:
    whole = (TEXT.encode(), baking.into_png(PNG, TEXT), _pdf(kursbevis=TEXT))[which]
    place %= len(whole)

    try:
        found = certificate_in(whole[:place] + damage + whole[place + len(damage) // 2 :])
    except Unreadable:
        return
    assert len(verify(found, ASKED)) == 5


def test_a_file_of_100_mb_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(b"%PDF")
        file.truncate(100_000_000)

    with pytest.raises(Unreadable, match="too_large"):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize("place", ["borte.json", "."])
def test_a_file_that_is_none_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(Unreadable, match="no_file"):
        read(tmp_path / place)
