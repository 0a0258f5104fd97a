"""A course as a file for other systems, as the site offers it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a course.

    Attributes:
        format: Name of its format, as `kompetanse export` has it.
        address: Where it lies, relative to the site.
        size: Bytes.
    """

    format: str
    address: str
    size: int
