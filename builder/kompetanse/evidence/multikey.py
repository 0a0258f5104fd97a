"""An Ed25519 public key as text, and back.

Source: W3C Controlled Identifiers 1.0, 2.2.2 (Multikey) and 2.4 (base58-btc under the sign `z`).
"""

from __future__ import annotations

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\xed\x01"


def encode(key: Ed25519PublicKey) -> str:
    """Return `key` as a Multikey, `z6Mk…`."""
    return as_base58(_ED25519 + key.public_bytes_raw())


def decode(text: str) -> Ed25519PublicKey:
    """Return the key that the Multikey `text` says.

    Raises:
        ValueError: When it says no Ed25519 key.
    """
    raw = from_base58(text)
    if raw[:2] != _ED25519 or len(raw) != 34:
        raise ValueError("no Ed25519 Multikey")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def as_base58(data: bytes) -> str:
    """Return `data` in base58-btc, with the sign that says so."""
    return "z" + base58.b58encode(data).decode("ascii")


def from_base58(text: str) -> bytes:
    """Return what `text` holds.

    Raises:
        ValueError: When it is no base58-btc, or so long that nothing of ours can be in it.
    """
    if not text.startswith("z") or len(text) > 200:
        raise ValueError("no base58-btc")
    return bytes(base58.b58decode(text[1:].encode("ascii")))
