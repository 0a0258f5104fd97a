"""What is done with a course that has a source, as its commit says it: so that `undo` finds it, and readers of the log the source.

The trailers are a courtesy that a squash may lose; `origin.yml` is the authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kompetanse.model.origin import Origin

MARK = "Kompetanse"
"""Name of the trailer that says what was done, `Kompetanse: fork personvern`."""

UNDOES = "Undoes"
"""Name of the trailer with the commit that was taken back."""

Did = Literal["fork", "update", "resolve", "adopt", "import", "undo"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done with one course.

    Attributes:
        did: What.
        course: The course's id here.
    """

    did: Did
    course: str

    @property
    def branch(self) -> str:
        """The name of the branch that it lies on when it has one of its own."""
        return f"kompetanse/{self.did}/{self.course}"

    def message(
        self, subject: str, *, body: str = "", origin: Origin | None = None, undoes: str | None = None
    ) -> str:
        """Return the message of its commit.

        Args:
            subject: One line, in our own words: a foreign title has no place in it.
            body: More lines.
            origin: The course's record after it.
            undoes: Commit that it takes back.
        """
        trailers = [f"{MARK}: {self.did} {self.course}"]
        if undoes:
            trailers.append(f"{UNDOES}: {undoes}")
        if origin:
            trailers += [
                f"Source: {origin.repository}@{origin.commit} {origin.path}",
                f"Licence: {origin.credit.licence}",
            ]
        rows = "\n".join(trailers)
        return "\n\n".join(part for part in (subject, body.strip(), rows) if part) + "\n"
