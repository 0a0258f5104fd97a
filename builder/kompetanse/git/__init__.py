"""The region's own repository: when each file last changed. The only place that starts git."""

import os

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
"""Without git on the machine GitPython would stop at import; we can do without dates, and say so."""
