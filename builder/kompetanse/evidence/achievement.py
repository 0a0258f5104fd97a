"""From a course of the catalogue to what its certificate says that people have done."""

from __future__ import annotations

from kompetanse.evidence.credential import Achievement, Aligned
from kompetanse.messages import text
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import Change
from kompetanse.model.item import Certificate, Competence, Course, Target

_COMMIT = 12
"""So many signs of a commit tell it from all others of a repository."""


def achievement(
    catalogue: Catalogue, course: Course, asked: Certificate, change: Change | None, site: str, language: str
) -> Achievement:
    """Return what the certificate of `course` stands for, in `language` where the course has been translated.

    Args:
        catalogue: Where the course stands.
        course: The course.
        asked: What it takes to get its certificate.
        change: Its last change; None when nobody knows.
        site: Address of the site.
        language: Of the recipient.
    """
    shown = catalogue.in_language(course, language)
    words = shown.language
    return Achievement(
        page=site + shown.address,
        title=shown.title,
        description=shown.summary or shown.title,
        criteria=text(words, f"certificate.criteria.{asked.evidence}", mark=asked.pass_mark),
        evidence=asked.evidence,
        evidence_name=text(words, f"certificate.evidence.{asked.evidence}"),
        language=words,
        aligned=tuple(
            found for one in course.teaches if (found := _aligned(catalogue, one, site, words)) is not None
        ),
        version=f"{change.day.isoformat()} {change.commit[:_COMMIT]}" if change else None,
        commit=change.commit if change else None,
    )


def _aligned(catalogue: Catalogue, target: Target, site: str, language: str) -> Aligned | None:
    found = catalogue.items.get(target.competence)
    if not isinstance(found, Competence):
        return None
    shown = catalogue.in_language(found, language)
    return Aligned(
        id=found.id,
        title=shown.title,
        page=site + shown.address,
        framework=catalogue.region.name,
        level=f"{target.level} {text(language, f'level.{target.level}')}: {shown.levels[target.level - 1]}",
    )
