"""`kompetanse import`: read roles, competences and requirements that others wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.new import FOLDERS
from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.model.licence import LICENCES

if TYPE_CHECKING:
    from kompetanse.commands.import_report import Outcome
    from kompetanse.content.library import Library
    from kompetanse.importers.arrival import Arrival
    from kompetanse.importers.columns import Form
    from kompetanse.importers.framework import Framework
    from kompetanse.importers.identity import Identities
    from kompetanse.importers.items import Publishing
