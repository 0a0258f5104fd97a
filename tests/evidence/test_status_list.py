"""The bits of the list of withdrawn certificates, and what is no such list."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.issuing import DID, LIST, listed

from kompetanse.evidence import status_list


@given(st.sets(st.integers(0, status_list.BITS - 1), max_size=50))
def test_the_bits_that_are_set_are_read_back(withdrawn: set[int]) -> None:
    bits = status_list.decode(status_list.encode(withdrawn))

    assert status_list.indexes(bits) == withdrawn
    assert all(status_list.is_set(bits, index) for index in withdrawn)


def test_the_first_bit_is_the_left_most_and_an_empty_list_is_short() -> None:
    assert status_list.decode(status_list.encode({0}))[0] == 0x80
    assert len(status_list.encode(())) < 100


def _packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "z123",
        "u!!",
        "uAAAA",
        _packed(b"\0" * 100),
        "u" + base64.urlsafe_b64encode(zlib.compress(b"x")).decode(),
    ],
)
def test_what_is_no_list_is_refused(encoded: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        status_list.decode(encoded)


def test_a_list_never_fills_the_memory() -> None:
    assert len(status_list.decode(_packed(b"\0" * 20_000_000))) == 16 * 1024 * 1024


def test_there_is_nothing_outside_the_list() -> None:
    with pytest.raises(ValueError, match="outside"):
        status_list.is_set(bytes(status_list.BITS // 8), status_list.BITS)


@pytest.mark.parametrize(("address", "issuer"), [(f"{LIST}x", DID), (LIST, f"{DID}x")])
def test_the_list_of_somebody_else_is_refused(address: str, issuer: str) -> None:
    with pytest.raises(ValueError, match="another list"):
        status_list.bits_of(listed(), address, issuer)


def test_a_list_for_another_purpose_is_refused() -> None:
    other = listed()
    other["credentialSubject"]["statusPurpose"] = "suspension"

    with pytest.raises(ValueError, match="another purpose"):
        status_list.bits_of(other, LIST, DID)


def test_an_index_is_drawn_until_it_is_free() -> None:
    drawn = iter([3, 3, 7])

    assert status_list.free_index({3}, lambda below: next(drawn)) == 7
