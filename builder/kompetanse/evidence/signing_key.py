"""The private half of an issuer's key, as it lies in a file: PKCS#8 in PEM, encrypted when there is a passphrase."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kompetanse.errors import KompetanseError

PrivateKey = Ed25519PrivateKey


def new() -> PrivateKey:
    """Make a key that nobody has had."""
    return Ed25519PrivateKey.generate()


def written(key: PrivateKey, passphrase: str) -> bytes:
    """Return `key` as PEM, encrypted when `passphrase` is not empty."""
    how = (
        serialization.BestAvailableEncryption(passphrase.encode("utf-8"))
        if passphrase
        else serialization.NoEncryption()
    )
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


def is_encrypted(pem: bytes) -> bool:
    """Tell whether a passphrase is needed to read `pem`."""
    return b"BEGIN ENCRYPTED PRIVATE KEY" in pem


def read(pem: bytes, passphrase: str) -> PrivateKey:
    """Return the key in `pem`.

    Raises:
        KompetanseError: When it holds no Ed25519 key, or the passphrase is wrong.
    """
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode("utf-8") or None)
    except ValueError as error:
        if is_encrypted(pem):
            raise KompetanseError(
                "The passphrase does not open the key, or the key is damaged. Try again, or fetch your copy of the key"
            ) from error
        raise KompetanseError(
            "The file holds no private key. Name the file that `issuer init` wrote"
        ) from error
    except TypeError as error:
        raise KompetanseError(
            "The key has no passphrase, or needs one. Check KOMPETANSE_KEY_PASSPHRASE"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KompetanseError(
            "The key is of another kind than Ed25519. Make one with `kompetanse issuer init`"
        )
    return key
