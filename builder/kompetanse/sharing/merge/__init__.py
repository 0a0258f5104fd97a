"""Three-way merge of one document: front matter by key, text by paragraph, sentence and word.

`merge(base, ours, theirs)` decides what may be decided, lists what it settled in places that both touched, and asks about
the rest. It writes no conflict markers, since a person's file never has any.
"""

from kompetanse.sharing.merge.document import merge
from kompetanse.sharing.merge.parts import Kept, Merged, Notice, Part, Question, Refusal, Review, Where, Why

__all__ = ["Kept", "Merged", "Notice", "Part", "Question", "Refusal", "Review", "Where", "Why", "merge"]
