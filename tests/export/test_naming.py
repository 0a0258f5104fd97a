"""Names that Moodle keeps: what `clean_param` with `PARAM_TEXT` would change is written otherwise."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from html import unescape
from pathlib import Path

import pytest
from tests.export import odd

from kompetanse.export.naming import plain

LOSES = re.compile(r"<(?!\s)")
"""Where PHP's `strip_tags`, which `PARAM_TEXT` is, begins to strip (`php_strip_tags_ex`: a sign `<` that no space follows)."""


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Trykk <Enter>", "Trykk ‹Enter›"),
        ('Tegn: <&"> 😀', 'Tegn: ‹&"› 😀'),
        ("Slutt <", "Slutt ‹"),
        ("1 < 2 og 3 > 2", "1 < 2 og 3 > 2"),
        ("A & B -> C", "A & B -> C"),
    ],
)
def test_nothing_looks_like_an_element(name: str, kept: str) -> None:
    assert plain(name) == kept
    assert not LOSES.search(kept)


LOM = "lomimscc:title><lomimscc:string[^>]*"


@pytest.mark.parametrize(("name", "index"), [("mbz", "moodle_backup.xml"), ("cc11", "imsmanifest.xml")])
def test_moodle_restores_a_course_whose_name_has_angle_brackets(
    name: str, index: str, tmp_path: Path
) -> None:
    """A restore makes a setting of the name, and refuses one that `PARAM_TEXT` changes, `setting_invalid_text`
    (`backup/moodle2/restore_course_task.class.php`, `define_settings`; `backup/util/settings/base_setting.class.php`)."""
    data, _ = odd.package(name, odd.edition_of(odd.written(tmp_path, odd.ODD), "rart"))

    read = _of_tar(data, index) if name == "mbz" else zipfile.ZipFile(io.BytesIO(data)).read(index)
    names = re.findall(rf"<(?:original_course_fullname|{LOM}|title)>([^<]*)<", read.decode())

    assert "Rart & ‹godt› «kurs» 😀" in [unescape(one) for one in names]
    assert not any(LOSES.search(unescape(one)) for one in names)


def _of_tar(data: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        found = archive.extractfile(name)
        assert found is not None
        return found.read()
