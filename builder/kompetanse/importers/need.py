"""What one row of a table says: a role needs a competence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kompetanse.model.item import Level, RequirementKind

Sort = Literal["knowledge", "skill", "ability"]


@dataclass(frozen=True, slots=True)
class Named:
    """A role or competence as a row names it.

    Attributes:
        key: What it is recognised by: its code, or its name where it has none.
        title: Its name, without the code.
        code: Its code in the framework; empty for none.
        area: Its group; empty for none.
        tags: Other groups that it is in.
    """

    key: str
    title: str
    code: str = ""
    area: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a framework about a competence.

    Attributes:
        sort: What it is about.
        code: Its code in the framework; empty for none.
        text: The sentence.
    """

    sort: Sort
    code: str
    text: str

    @property
    def key(self) -> str:
        """What it is recognised by."""
        return (self.code or self.text).casefold()


@dataclass(frozen=True, slots=True)
class Need:
    """What one row says.

    Attributes:
        line: Line in the file.
        statement: The sentence that the row is about; None for none.
    """

    line: int
    role: Named
    competence: Named
    level: Level
    kind: RequirementKind
    basis: str | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say about one row.

    Attributes:
        line: Line in the file.
        reason: One sentence without full stop.
        fault: Whether a person can mend the row; False where the source itself took it back.
    """

    line: int
    reason: str
    fault: bool = True


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row means that does not say it.

    Attributes:
        level: Level asked for.
        kind: How binding it is.
    """

    level: Level
    kind: RequirementKind
