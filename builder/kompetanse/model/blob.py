"""The name that git gives to contents: equal names are equal bytes."""

from __future__ import annotations

import hashlib


def blob_id(data: bytes) -> str:
    """Return the id of a file with these contents: SHA-1 of `blob SIZE NUL CONTENTS`.

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
