"""Every number of the ranking in one place; `docs/search-ranking.md` says what each does and how it was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the specification. Others are for measuring only: an index is made with the defaults.

    Attributes:
        title: Weight of a word in the title; so on for each field.
        lead: Weight of the first word of the summary, falling evenly to none after `lead_words` words.
        flatten_title: How much longer titles are held back, 0–1 (BM25's b); so on for headings and body.
        k1: How soon more of a word ceases to matter (BM25's k1).
        steps: Highest code of an impact, which is stored in six bits.
        part_in_page: Shares of the parts of a compound in a page, by depth, in percent; so for a query.
        folded_unknown: Weight, in percent, of another way to type a word that the site does not have.
        folded_known: The same for one that it has, but two classes less often.
        english: Weight of the English stem of a word, in pages in English.
        language: Weight of the same word in the other written language.
        cognate: Weight of a word that differs by the rules between bokmål and nynorsk, for one that the site does not have.
        synonym: Weight of a synonym.
        joint: Weight of a word without its joint: `saks` is `sak`.
        near: Weights of the best words one error apart, best first.
        begun: Weight of a word that the last word of the query begins; `begun_count` of them.
        joined: Weight of two neighbours written as one word.
        title_bonus: Weight of the score of the title alone.
        question: Words, stop words too, from which on a query is a question: it asks for what a text says, not for its name.
        presence: For a question, so much impact counts for every page that has a term, however often it does.
        question_bonus: Weight of the score of the title alone, for a question.
    """

    title: float = 4.0
    headings: float = 2.0
    body: float = 1.0
    tags: float = 3.0
    names: float = 3.0
    lead: float = 4.0
    lead_words: int = 40
    flatten_title: float = 0.3
    flatten_headings: float = 0.5
    flatten_body: float = 0.7
    k1: float = 1.2
    steps: int = 63
    part_in_page: tuple[int, ...] = (50, 30, 18)
    part_in_query: tuple[int, ...] = (40, 24, 14)
    folded_unknown: int = 90
    folded_known: int = 50
    english: int = 30
    language: int = 70
    cognate: int = 80
    synonym: int = 80
    joint: int = 90
    near: tuple[int, ...] = (100, 70, 50)
    begun: int = 60
    begun_count: int = 8
    joined: int = 10
    title_bonus: int = 100
    question: int = 6
    presence: int = 20
    question_bonus: int = 50


WEIGHTS = Weights()
