"""Whether all that was answered can be kept in the 4,096 characters of SCORM 1.2; `course-state.js` writes them."""

from __future__ import annotations

from math import ceil

from kompetanse.export.edition import Edition, Task

_ROOM = 4000
_HEAD = 24
_BITS = 6


def answers_fit(edition: Edition) -> bool:
    """Tell whether every answer can be kept as it was given; else the script keeps which were right."""
    answers = sum(_width(task) for task in edition.tasks)
    return _HEAD + ceil(len(edition.lessons) / _BITS) + answers < _ROOM


def _width(task: Task) -> int:
    return ceil(len(task.choices) / _BITS) if task.choices else 1
