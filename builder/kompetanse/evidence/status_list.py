"""The list that tells which certificates are withdrawn: W3C Bitstring Status List v1.0.

One signed file for 131 072 certificates, a bit for each. Which bit is whose stands in the certificate alone, and bits are
given at random, so that the list tells nothing about anybody.
"""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kompetanse.evidence.contexts import CREDENTIALS

BITS = 131_072
"""The least that the standard allows (6.1): everybody stands in a crowd."""

HALF = BITS // 2
"""A new list is begun when so many bits are taken."""

_LARGEST = 16 * 1024 * 1024
_UNKNOWN_OS = 255
_PURPOSE = "revocation"
_INDEX = re.compile(r"[0-9]{1,9}")


def entry(address: str, index: int) -> dict[str, Any]:
    """Return what a certificate says of its place in the list at `address`."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": _PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def document(address: str, issuer: str, withdrawn: Iterable[int], since: str) -> dict[str, Any]:
    """Return the list at `address`, unsigned; `since` is the moment it was made."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": since,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": _PURPOSE,
            "encodedList": encode(withdrawn),
        },
    }


def encode(withdrawn: Iterable[int]) -> str:
    """Return the bits, compressed, as text: the same for the same bits on every machine."""
    bits = bytearray(BITS // 8)
    for index in withdrawn:
        bits[index // 8] |= 0x80 >> index % 8
    packed = bytearray(gzip.compress(bytes(bits), mtime=0))
    packed[9] = _UNKNOWN_OS  # which machine compressed it is nobody's business, and would change the file
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def decode(encoded: str) -> bytes:
    """Return the bits.

    Raises:
        ValueError: When `encoded` is no list, is shorter than the standard allows, or would fill the memory.
    """
    if not encoded.startswith("u"):
        raise ValueError("no base64url")
    packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-(len(encoded) - 1) % 4))
    try:
        bits = zlib.decompressobj(wbits=31).decompress(packed, _LARGEST)
    except zlib.error as error:
        raise ValueError("no gzip") from error
    if len(bits) * 8 < BITS:
        raise ValueError("shorter than 131 072 bits")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Tell whether the bit at `index`, counted from the left, is set.

    Raises:
        ValueError: When there is none.
    """
    if not 0 <= index < len(bits) * 8:
        raise ValueError("outside the list")
    return bool(bits[index // 8] & (0x80 >> index % 8))


def index_of(entry: Mapping[str, Any]) -> int:
    """Return the place that a certificate says it has, in the digits of ASCII alone, as the standard writes it (3.2).

    Raises:
        ValueError: When it says none.
    """
    found = _INDEX.fullmatch(str(entry.get("statusListIndex")))
    if not found:
        raise ValueError("no index")
    return int(found[0])


def indexes(bits: bytes) -> frozenset[int]:
    """Return the places of the bits that are set."""
    places = (
        at * 8 + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte & (0x80 >> bit)
    )
    return frozenset(places)


def free_index(taken: frozenset[int] | set[int], draw: Callable[[int], int]) -> int:
    """Return an index that is not taken; `draw` gives a random number below its argument.

    Never the next one: an index must not tell when a certificate was issued, or with which others.
    """
    while (found := draw(BITS)) in taken:
        pass
    return found


def bits_of(listed: Mapping[str, Any], address: str, issuer: str) -> bytes:
    """Return the bits of a list, after asking whether it is the one that was meant; its proof is checked elsewhere.

    Raises:
        ValueError: When it is that of another address, issuer or purpose, or is no list.
    """
    subject = listed.get("credentialSubject")
    if not isinstance(subject, dict) or listed.get("id") != address or listed.get("issuer") != issuer:
        raise ValueError("another list")
    if subject.get("statusPurpose") != _PURPOSE:
        raise ValueError("another purpose")
    return decode(str(subject.get("encodedList")))
