"""The words that an import adds to what it was given, in bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kompetanse.importers.need import Sort


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language.

    Attributes:
        levels: What the region's scale says at each of the levels 1–4; `{title}` is the competence.
        marker_title, marker: Says that nobody has written the level texts yet.
        role_source, competence_source: Where an item comes from; `{code}` and `{file}`, or `{file}` alone.
        sorts: Heading of each sort of statement.
        uses, uses_lead: Heading and lead of what a role uses of each competence.
        true, false: The answers to a statement.
        exercise: Heading of a question that nobody can answer on the page.
        solution: Heading of its answer.
        questions: Title of a lesson with questions that have no other place.
        no_licence_title, no_licence: Says that nobody knows yet whether a course may be published.
        lesson: Title of a part that has none; `{number}` is its place.
    """

    levels: tuple[str, str, str, str]
    marker_title: str
    marker: str
    source: str
    coded_source: str
    sorts: Mapping[Sort, str]
    uses: str
    uses_lead: str
    true: str
    false: str
    exercise: str
    solution: str
    questions: str
    no_licence_title: str
    no_licence: str
    lesson: str


_BOKMAL = Wording(
    levels=(
        "Vet hva «{title}» er, og hvem som kan hjelpe.",
        "Gjør oppgaver i «{title}» sammen med en som kan det.",
        "Gjør oppgaver i «{title}» alene og vurderer når det trengs hjelp.",
        "Veileder andre i «{title}» og gjør arbeidet bedre.",
    ),
    marker_title="Nivåene er ikke skrevet ennå",
    marker="Tekstene på de fire nivåene er ikke skrevet for denne kompetansen ennå. "
    "De er tatt fra regionens skala, og de er like for alle importerte kompetanser.",
    source="Importert fra filen {file}.",
    coded_source="Importert fra filen {file}, der den har koden {code}.",
    sorts={"knowledge": "Kunnskap", "skill": "Ferdigheter", "ability": "Evner"},
    uses="Dette bruker rollen av hver kompetanse",
    uses_lead="Kodene viser til punktene på siden til kompetansen.",
    true="Sant",
    false="Usant",
    exercise="Oppgave",
    solution="Løsning",
    questions="Spørsmål",
    no_licence_title="Lisensen er ikke avklart",
    no_licence="Filen sier ikke hvilken lisens kurset har. Spør den som eier innholdet, før kurset blir publisert. "
    "Skriv så lisensen i stedet for NOASSERTION i hver fil, og slett denne boksen.",
    lesson="Del {number}",
)
_NYNORSK = Wording(
    levels=(
        "Veit kva «{title}» er, og kven som kan hjelpe.",
        "Gjer oppgåver i «{title}» saman med ein som kan det.",
        "Gjer oppgåver i «{title}» åleine og vurderer når det trengst hjelp.",
        "Rettleier andre i «{title}» og gjer arbeidet betre.",
    ),
    marker_title="Nivåa er ikkje skrivne enno",
    marker="Tekstane på dei fire nivåa er ikkje skrivne for denne kompetansen enno. "
    "Dei er tekne frå skalaen til regionen, og dei er like for alle importerte kompetansar.",
    source="Importert frå fila {file}.",
    coded_source="Importert frå fila {file}, der ho har koden {code}.",
    sorts={"knowledge": "Kunnskap", "skill": "Ferdigheiter", "ability": "Evner"},
    uses="Dette bruker rolla av kvar kompetanse",
    uses_lead="Kodane viser til punkta på sida til kompetansen.",
    true="Sant",
    false="Usant",
    exercise="Oppgåve",
    solution="Løysing",
    questions="Spørsmål",
    no_licence_title="Lisensen er ikkje avklart",
    no_licence="Fila seier ikkje kva lisens kurset har. Spør den som eig innhaldet, før kurset blir publisert. "
    "Skriv så lisensen i staden for NOASSERTION i kvar fil, og slett denne boksen.",
    lesson="Del {number}",
)
_ENGLISH = Wording(
    levels=(
        "Knows what “{title}” is and who can help.",
        "Does tasks in “{title}” together with someone who knows how.",
        "Does tasks in “{title}” alone and judges when help is needed.",
        "Guides others in “{title}” and improves the way the work is done.",
    ),
    marker_title="The levels are not yet written",
    marker="The texts of the four levels are not yet written for this competence. "
    "They are taken from the region's scale and are the same for every imported competence.",
    source="Imported from the file {file}.",
    coded_source="Imported from the file {file}, where its code is {code}.",
    sorts={"knowledge": "Knowledge", "skill": "Skills", "ability": "Abilities"},
    uses="What the role uses of each competence",
    uses_lead="The codes are those of the statements on the page of the competence.",
    true="True",
    false="False",
    exercise="Exercise",
    solution="Answer",
    questions="Questions",
    no_licence_title="The licence is not settled",
    no_licence="The file does not say which licence the course has. Ask whoever owns the content before it is published. "
    "Then write the licence instead of NOASSERTION in each file, and delete this box.",
    lesson="Part {number}",
)

_LANGUAGES: Mapping[str, Wording] = {
    "nb": _BOKMAL,
    "no": _BOKMAL,
    "nn": _NYNORSK,
    **dict.fromkeys(("se", "sma", "smj"), _BOKMAL),
}


def wording(language: str) -> Wording:
    """Return the words for items in `language`; sámi takes bokmål, every other language English."""
    return _LANGUAGES.get(language.partition("-")[0].lower(), _ENGLISH)
