"""The licences content may have, by SPDX identifier."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence.

    Attributes:
        id: Identifier in the SPDX licence list, https://spdx.org/licenses/.
        name: As its publisher writes it.
        url: Where its text stands.
    """

    id: str
    name: str
    url: str


def _creative_commons(kind: str, name: str) -> Licence:
    return Licence(
        f"CC-{kind.upper()}-4.0",
        f"Creative Commons {name} 4.0",
        f"https://creativecommons.org/licenses/{kind}/4.0/",
    )


_ALL = (
    Licence("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    _creative_commons("by", "Attribution"),
    _creative_commons("by-sa", "Attribution-ShareAlike"),
    _creative_commons("by-nc", "Attribution-NonCommercial"),
    _creative_commons("by-nd", "Attribution-NoDerivatives"),
    _creative_commons("by-nc-sa", "Attribution-NonCommercial-ShareAlike"),
    _creative_commons("by-nc-nd", "Attribution-NonCommercial-NoDerivatives"),
    Licence("NLOD-1.0", "Norsk lisens for offentlige data 1.0", "https://data.norge.no/nlod/no/1.0"),
    Licence("NLOD-2.0", "Norsk lisens for offentlige data 2.0", "https://data.norge.no/nlod/no/2.0"),
    Licence("MIT", "MIT License", "https://spdx.org/licenses/MIT.html"),
    Licence("Apache-2.0", "Apache License 2.0", "https://spdx.org/licenses/Apache-2.0.html"),
    Licence("BSD-3-Clause", "BSD 3-Clause License", "https://spdx.org/licenses/BSD-3-Clause.html"),
    Licence("EUPL-1.2", "European Union Public Licence 1.2", "https://spdx.org/licenses/EUPL-1.2.html"),
)

LICENCES = {licence.id: licence for licence in _ALL}

NOASSERTION = "NOASSERTION"
"""What stands where a licence would when nobody has settled it: SPDX 2.3, clause 8.5. It lets nobody use anything."""
