"""A file that somebody has tampered with: another certificate put in, two of them, bombs, and what is no file of ours.

The page /bevis/ opens the same files, and finds the same in them.
"""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.evidence.issuing import certificate
from tests.evidence.test_certificate_in import HARMFUL, PNG, SVG, TEXT, _pdf
from tests.evidence.test_verification import ASKED

from kompetanse.evidence import baking
from kompetanse.evidence.certificate_in import Unreadable, certificate_in
from kompetanse.evidence.verification import verify

OLA = TEXT.replace("Kari", "Ola")
MANY = 100_000_000


def packed(size: int) -> bytes:
    """So many signs, in a thousandth of the room."""
    press = zlib.compressobj(9)
    parts = [press.compress(b"{" * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join((*parts, press.flush()))


def chunk(data: bytes) -> bytes:
    """A chunk of text in a PNG."""
    return len(data).to_bytes(4, "big") + b"iTXt" + data + bytes(4)


def raw_pdf(stream: bytes, filters: str) -> bytes:
    """A PDF by hand, with one file attached."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.json)4 0 R]>>>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        f"<</Type/EmbeddedFile/Filter[{filters}]/Length {len(stream)}>>\nstream\n".encode()
        + stream
        + b"\nendstream",
        b"<</Type/Filespec/F(a.json)/EF<</F 3 0 R>>>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF"
        % (
            rows,
            len(out),
        )
    )


FILES: dict[str, tuple[bytes, str]] = {
    "pdf: another name in what is attached": (_pdf(kursbevis=OLA), "bguuu"),
    "pdf: what is attached has another name": (_pdf(noe_annet=TEXT), "ggggg"),
    "pdf: what is attached is no certificate": (_pdf(kursbevis='{"name": "Ola"}'), "holds_none"),
    "pdf: what is attached fills the memory": (raw_pdf(packed(MANY), "/FlateDecode"), "damaged"),
    "png: another name in its text": (baking.into_png(PNG, OLA), "bguuu"),
    "png: two certificates, of which the first counts": (PNG[:33] + baking.into_png(PNG, OLA)[33:-12] + baking.into_png(PNG, TEXT)[33:], "bguuu"),
    "png: its text fills the memory": (
        PNG[:33] + chunk(baking.KEYWORD + b"\0\1\0\0\0" + packed(MANY)) + PNG[33:],
        "damaged",
    ),
    "png: a million chunks of nothing": (PNG[:8] + bytes(4) + b"abcd" + bytes(4) * 400_000, "holds_none"),
    "svg: another name in its element": (baking.into_svg(SVG, OLA).encode(), "bguuu"),
    "svg: two certificates, of which the first counts": (
        baking.into_svg(SVG, OLA).replace("</svg>", baking.into_svg(SVG, TEXT) + "</svg>").encode(),
        "bguuu",
    ),
    "svg: deeper than any picture": (b"<svg>" * 200_000, "damaged"),
    "json: another name": (OLA.encode(), "bguuu"),
    "json: a name that stands twice": (TEXT.replace('"name"', '"name": "x", "name"', 1).encode(), "damaged"),
    "json: a name that stands twice, written in two ways": (
        TEXT.replace('"name"', '"n\\u0061me": "x", "name"', 1).encode(),
        "damaged",
    ),
    "json: more after its end": (TEXT.encode() + b"{}", "damaged"),
    "json: in a list": (f"[{TEXT}]".encode(), "holds_none"),
    "json: in UTF-16": (TEXT.encode("utf-16"), "holds_none"),
    "json: in Latin-1": (TEXT.encode("latin-1", "replace"), "damaged"),
    "json: a key that JavaScript knows": (TEXT.replace("{", '{"__proto__": {}, ', 1).encode(), "bguuu"),
}  # fmt: skip


def told(data: bytes) -> str:
    """Why a file cannot be read, or the five outcomes."""
    try:
        found = certificate_in(data)
    except Unreadable as error:
        return str(error)
    return "".join(one.outcome[0] for one in verify(found, ASKED))


@pytest.mark.parametrize("name", FILES)
def test_it_is_told(name: str) -> None:
    data, expected = FILES[name]

    assert told(data) == expected


@pytest.fixture
def read_by_the_page(tmp_path: Path) -> Callable[[list[bytes]], Any]:
    def read(files: list[bytes]) -> Any:
        paths = [tmp_path / str(number) for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            ["node", str(Path(__file__).with_name("read.mjs"))],
            input="\n".join(map(str, paths)),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return read


def test_the_page_finds_the_same(read_by_the_page: Callable[[list[bytes]], Any]) -> None:
    files = [data for data, _ in (*FILES.values(), *HARMFUL) if not data.startswith((b"<", b"%PDF"))]
    whole = [_pdf(kursbevis=TEXT), _pdf(kursbevis=OLA), FILES["pdf: what is attached fills the memory"][0]]

    found = read_by_the_page([*files, *whole])

    for data, one in zip((*files, *whole), found, strict=True):
        try:
            expected: dict[str, Any] = {"certificate": certificate_in(data)}
        except Unreadable as error:
            expected = {"reason": str(error)}
        assert one == expected, data[:200]
    assert found[-3] == {"certificate": certificate()}
