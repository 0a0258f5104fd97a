"""What a command adds to `region.yml`, beside rows that stay as their author wrote them."""

from __future__ import annotations

import pytest

from kompetanse.content.region_rows import with_rows
from kompetanse.errors import KompetanseError

ROWS = ['- id: "1"', "  public: z6Mk"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n", 'id: a\nissuer:\n  keys:\n    - id: "1"\n      public: z6Mk\n'),
        (
            "id: a\nissuer: {}\nname: b\n",
            'id: a\nissuer:\n  keys:\n    - id: "1"\n      public: z6Mk\nname: b\n',
        ),
        ("id: a\nissuer:\n", 'id: a\nissuer:\n  keys:\n    - id: "1"\n      public: z6Mk\n'),
        (
            "issuer:   # vår\n    name: b  # slik\n\n# under\nid: a\n",
            'issuer:   # vår\n    name: b  # slik\n    keys:\n      - id: "1"\n        public: z6Mk\n\n# under\nid: a\n',
        ),
        (
            "issuer:\n  keys:\n  - id: '0'\n    public: z6Mk0  # den gamle\n\nid: a\n",
            "issuer:\n  keys:\n  - id: '0'\n    public: z6Mk0  # den gamle\n"
            '  - id: "1"\n    public: z6Mk\n\nid: a\n',
        ),
        ("issuer:\n  name: b", 'issuer:\n  name: b\n  keys:\n    - id: "1"\n      public: z6Mk\n'),
        ("issuer:\n  keys: []\n", 'issuer:\n  keys:\n    - id: "1"\n      public: z6Mk\n'),
    ],
)
def test_rows_come_last_in_the_value_that_they_belong_to(before: str, after: str) -> None:
    assert with_rows(before, ("issuer", "keys"), ROWS) == after


def test_a_value_on_one_row_is_left_to_its_author() -> None:
    with pytest.raises(KompetanseError, match="line 2: «issuer» stands on one row"):
        with_rows("id: a\nissuer: {name: b}\n", ("issuer", "keys"), ROWS)
