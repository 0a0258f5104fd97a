"""Files that editors and systems make for themselves while somebody writes."""

from __future__ import annotations

import re
from pathlib import PurePath

_NOISE = re.compile(
    r"""
    \.(?!kompetanse$).*      # hidden: swap files of vim, locks of emacs and LibreOffice, .DS_Store
    | .*~                    # backups
    | \#.*\#                 # emacs' own copies
    | .*\.(?:sw[a-z]|tmp|temp|part|crdownload|bak)
    | .*___jb_(?:tmp|old)___ # JetBrains' editors
    | 4913                   # vim tries whether it may write here
    | ~\$.*                  # Microsoft's locks
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_noise(path: PurePath) -> bool:
    """Tell whether the file at `path`, relative to the region's root, is nothing that a person has written."""
    return any(_NOISE.fullmatch(part) for part in path.parts)
