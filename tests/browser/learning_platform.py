"""A learning platform for tests: scorm-again keeps what the course in its frame says, as an LMS would.

scorm-again (npm, MIT) is an implementation of the SCORM 1.2 API by others; what it refuses, it writes to the console as an error.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

API = Path(__file__).parents[1] / "export/oracle/node_modules/scorm-again/dist/scorm12.min.js"
needs_npm = pytest.mark.skipif(
    not API.is_file(), reason="scorm-again from npm is not installed; `make oracle` does so"
)

_FRAME = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Plattform</title><link rel="icon" href="data:,">
<script src="scorm12.min.js"></script></head>
<body style="margin:0"><script>
window.API = new Scorm12API({ autocommit: false, mastery_override: true })
window.commits = 0
API.on("LMSCommit", () => window.commits++)
window.launch = (kept, mode) => {
  API.loadFromFlattenedJSON(kept)
  API.cmi.core.lesson_mode = mode
  const frame = Object.assign(document.createElement("iframe"), { title: "Kurs", src: "package/index.html", width: "100%", height: "880" })
  document.body.append(frame)
}
window.leave = () => new Promise(done => {
  const frame = document.querySelector("iframe")
  frame.addEventListener("load", () => setTimeout(done))
  frame.src = "about:blank"
})
</script></body></html>"""

_KEPT = (
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.lesson_location",
    "cmi.suspend_data",
)


@dataclass
class Visit:
    """One time that the course is open.

    Attributes:
        page: The platform's page.
        course: The course in its frame.
    """

    page: Page
    course: Frame

    @property
    def commits(self) -> int:
        """How often the course has asked to have everything kept."""
        return int(self.page.evaluate("window.commits"))

    def value(self, key: str) -> Any:
        """Return a value of the course, such as `cmi.core.score.raw`."""
        return self.page.evaluate("key => key.split('.').reduce((found, one) => found[one], API)", key)

    def leave(self) -> dict[str, str]:
        """Leave the course, as by closing its window, and return what the platform keeps."""
        self.page.evaluate("leave()")
        return {key: str(self.value(key)) for key in _KEPT}


@dataclass
class Platform:
    """The platform with one course.

    Attributes:
        faults: What was said as an error by any page, and addresses that were not there or lay elsewhere.
    """

    context: BrowserContext
    origin: str
    faults: list[str] = field(default_factory=list)

    def open(self, kept: dict[str, str] | None = None, mode: str = "normal") -> Visit:
        """Open the course with what was kept of the last visit."""
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", lambda answer: self.faults.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{self.origin}/index.html")
        page.evaluate("([kept, mode]) => launch(kept, mode)", [kept or {}, mode])
        page.frame_locator("iframe").locator(".kmp-lesson[data-shown]").wait_for()
        course = page.frames[1]
        return Visit(page, course)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "about:")):
            self.faults.append(url)


def platform_of(folder: Path) -> Path:
    """Make a platform of `folder`, in which `package/` is the course."""
    (folder / "index.html").write_text(_FRAME, encoding="utf-8")
    shutil.copy(API, folder)
    return folder
