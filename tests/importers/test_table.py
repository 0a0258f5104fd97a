"""What a table file may be, and what is said of one that is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.importers.columns import form_of, known
from kompetanse.importers.table import Table, clean, read_table

Write = Callable[[str | bytes], Path]


def read(path: Path) -> Table:
    return read_table(path, known)


def cells(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read(path).rows]


TEXT = "rolle;kompetanse\r\nLærer;Språk og støtte på ål\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("latin-1"), "windows-1252"),
        (TEXT.replace("og", "– «og» “og” €").encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings_that_can_be_told_are_read(table: Write, data: bytes, encoding: str):
    found = read(table(data))

    assert found.encoding == encoding
    assert found.rows[0].cells[0] == "Lærer"


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac_roman"])
def test_an_encoding_that_would_give_wrong_letters_is_refused_with_its_line(table: Write, encoding: str):
    path = table("rolle;kompetanse\nVakt;Brann\nLærer;Språk på øya\n".encode(encoding))

    with pytest.raises(KompetanseError, match=r"tabell\.csv, line 3: .*encoding.*CSV UTF-8"):
        read(path)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_sign_between_cells_is_found(table: Write, delimiter: str):
    path = table(f"role{delimiter}competence\nA;b, c{delimiter}D\n".replace("A;b, c", '"A;b, c"'))

    assert cells(path) == [(2, ("A;b, c", "D"))]


def test_excels_row_about_the_sign_is_understood_and_counted(table: Write):
    assert cells(table("sep=;\r\nrolle;kompetanse\r\nA;B\r\n")) == [(3, ("A", "B"))]


def test_a_cell_over_many_rows_is_one_line_and_the_next_row_has_its_own_line(table: Write):
    assert cells(table('rolle;kompetanse\n"A\n\nB";C\nD;E\n')) == [(2, ("A B", "C")), (5, ("D", "E"))]


def test_empty_rows_are_kept_so_that_they_are_counted(table: Write):
    path = table("\n;\nrolle;kompetanse\nA;B\n\n;;\n")

    assert read(path).header.line == 3
    assert [row.is_empty for row in read(path).rows] == [False, True, True]


def test_a_formula_is_the_text_that_it_is(table: Write):
    assert cells(table('rolle;kompetanse\n=SUM(A1:A2);"=HYPERLINK(""x"")"\n')) == [
        (2, ("=SUM(A1:A2)", '=HYPERLINK("x")'))
    ]


def test_cells_are_cleaned_of_what_nobody_sees():
    assert clean("\ufeff A\u00a0\u200b\t b\u0007\u202e\r\nc ") == "A b c"
    assert clean("a\u030a") == "å"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"is empty\. Export"),
        (b"\xef\xbb\xbf \r\n", r"is empty\. Export"),
        (b"rolle;kompetanse\n;;\n", r"has no rows under its column names"),
        (b"PK\x03\x04rest", r"line 1: this is an Excel or OpenDocument workbook, not CSV\. Save it"),
        (b"\xd0\xcf\x11\xe0rest", r"line 1: this is an old Excel workbook"),
        (b"%PDF-1.7\n", r"line 1: this is a PDF"),
        (b"a;b\nc\0d;e\n", r"line 2: this is not text"),
        (b'rolle;kompetanse\nA;B\nC;"D\nE;F\n', r"line 3: a cell starts with \" and is never closed"),
        (b'rolle;kompetanse\nA;"B" C\n', r"line 2: there is text between"),
        (b'rolle;kompetanse\nA;"' + b"x" * 140_000 + b'"\n', r"line 2: a cell is longer than"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_file_line_and_remedy(table: Write, data: bytes, said: str):
    with pytest.raises(KompetanseError, match=rf"tabell\.csv.*{said}"):
        read(table(data))


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(KompetanseError, match="There is no file"):
        read(tmp_path / "nei.csv")
    with pytest.raises(KompetanseError, match="is a folder"):
        read(tmp_path)


def test_columns_that_say_nothing_are_told_with_what_there_is_and_what_is_wanted(table: Write):
    path = table("Rollen;Kompetense\nA;B\n")

    with pytest.raises(
        KompetanseError, match=r"line 1: .*«Rollen», «Kompetense».*rolle;kompetanse;nivå;krav"
    ):
        form_of(read(path))


def test_one_column_alone_is_not_enough(table: Write):
    with pytest.raises(KompetanseError, match="no column for both role and competence"):
        form_of(read(table("rolle;nivå\nA;2\n")))


def test_two_columns_that_mean_the_same_are_refused(table: Write):
    with pytest.raises(KompetanseError, match="the columns Rolle and Stilling mean the same"):
        form_of(read(table("Rolle;Stilling;Kompetanse\nA;B;C\n")))
