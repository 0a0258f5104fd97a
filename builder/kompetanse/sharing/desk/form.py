"""What a person has chosen so far, as the page's form sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from kompetanse.sharing.places import Answer, Choice, Place
from kompetanse.sharing.sheet import Sheet

MOST_FIELDS = 20_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person has chosen so far.

    Attributes:
        choices: By the place's number.
        texts: Their own texts, by the place's number; also of places where they chose something else since.
        taken_back: Numbers of what shall be as we had it.
    """

    choices: Mapping[int, Choice]
    texts: Mapping[int, str]
    taken_back: frozenset[int]

    @property
    def answers(self) -> dict[int, Answer]:
        """The answers by the place's number."""
        return {number: Answer(choice, self.texts.get(number, "")) for number, choice in self.choices.items()}


NOTHING = Chosen({}, {}, frozenset())


def chosen(sheet: Sheet, sent: str) -> Chosen:
    """Return what a form says: `q1=ours`, `t1=TEXT`, `back=2`; what is no question of this sheet is left out.

    Raises:
        ValueError: When it is no form, or has too many fields.
    """
    fields = parse_qs(sent, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    choices = {place.number: choice for place in sheet.places if (choice := _choice(place, fields))}
    texts = {
        place.number: fields[f"t{place.number}"][0] for place in sheet.places if f"t{place.number}" in fields
    }
    known = {str(one.number) for one in sheet.noted}
    return Chosen(choices, texts, frozenset(int(one) for one in fields.get("back", []) if one in known))


def _choice(place: Place, fields: Mapping[str, Sequence[str]]) -> Choice | None:
    given = fields.get(f"q{place.number}", [""])[0]
    return next((choice for choice in place.choices if choice == given), None)
