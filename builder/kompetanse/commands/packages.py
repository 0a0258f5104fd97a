"""Whether the packages are there that only some commands need."""

from __future__ import annotations

from importlib.util import find_spec

from kompetanse.errors import KompetanseError

_CERTIFICATES = (
    "base58",
    "cryptography",
    "defusedxml",
    "openbadgeslib",
    "pyld",
    "pypdf",
    "rfc8785",
    "segno",
)
_IMPORT = ("lxml", "mammoth", "pptx")


def need_import() -> None:
    """Stop when files of others cannot be read here.

    Raises:
        KompetanseError: When a package is missing.
    """
    if not all(map(find_spec, _IMPORT)):
        raise KompetanseError(
            'Importing courses needs more packages. Install them: pip install "kompetanse[import]"'
        )


def has_certificates() -> bool:
    """Tell whether certificates can be signed and checked here."""
    return all(map(find_spec, _CERTIFICATES))


def need_certificates() -> None:
    """Stop when certificates can be neither signed nor checked here.

    Raises:
        KompetanseError: When a package is missing.
    """
    if not has_certificates():
        raise KompetanseError(
            'Certificates need more packages. Install them: pip install "kompetanse[certificates,pdf]"'
        )
