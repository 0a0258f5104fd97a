"""Names as Moodle keeps them: it takes what stands after a sign `<` for an element, and strips it from every name.

Source: `clean_param` with `PARAM_TEXT` (`lib/classes/param.php`; before 4.5 `lib/moodlelib.php`), which is PHP's `strip_tags`. A
restore refuses a course whose name it would change (`backup/util/settings/base_setting.class.php`, `validate_value`); names of
questions, categories and competencies are cut.
"""

from __future__ import annotations

import re

_LOOKS_LIKE_ELEMENT = re.compile(r"<(?!\s)")
_ANGLES = str.maketrans("<>", "‹›")


def plain(name: str) -> str:
    """Return `name` with other brackets where Moodle would take something in it for an element."""
    return name.translate(_ANGLES) if _LOOKS_LIKE_ELEMENT.search(name) else name
