"""The script that the workflow files run every week: one proposal for each course with news, and nobody's work lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from kompetanse.commands.init import starter

Run = Callable[..., Any]

COURSE = "---\ntype: course\nid: {0}\ntitle: {0}\nlicence: CC-BY-4.0\n---\n{1}\n"
SECRET = "et-hemmelig-ord"  # noqa: S105 (one of the test's own)
PARAGRAPHS = "\n\n".join(f"Dette er avsnitt nummer {n}, og det sier noe om brannvern." for n in range(6))
FIRE, AID = "kompetanse/update/brann", "kompetanse/update/hlr"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Scene:
    """A region with adopted courses, where it is kept, and the world of the script."""

    region: Path
    origin: Path
    world: dict[str, str]

    def week(self, platform: str) -> tuple[int, str]:
        """Run the script in a fresh clone, as a platform does, and return how it ended and what it said."""
        folder = self.region.with_name(f"clone-{len(list(self.region.parent.iterdir()))}")
        git(self.region.parent, "clone", "--quiet", str(self.origin), str(folder))
        done = subprocess.run(
            ["sh", ".kompetanse/propose-updates.sh", platform],
            cwd=folder,
            env=os.environ | self.world,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def scene(tmp_path: Path, region: Callable[..., Path], commit: Any, run: Run) -> Scene:
    """Return a scene in which two courses are behind."""
    source = tmp_path / "nabo"
    pages = {f"content/kurs/{id_}/index.md": COURSE.format(id_, PARAGRAPHS) for id_ in ("brann", "hlr")}
    for name, text in {"region.yml": "id: nordvik\nname: Nordvik\n", **pages}.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    commit(source)
    values = dict.fromkeys(("id", "name", "publisher", "language", "languages", "version", "today"), "x")
    script = next(text for path, text in starter("nb", values).items() if path.suffix == ".sh")
    ours = region({**pages, ".kompetanse/propose-updates.sh": script})
    run(ours, "source", "add", str(source))
    commit(ours)
    for id_ in ("brann", "hlr"):
        assert run(ours, "adopt", f"content/kurs/{id_}", f"nordvik/{id_}", "--yes").exit_code == 0
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(ours), str(origin))
    for name, text in pages.items():
        (source / name).write_text(text.replace("nummer 2", "nummer to"), encoding="utf-8")
    commit(source)
    (tmp_path / "bin").mkdir()
    path = f"{tmp_path / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return Scene(ours, origin, {"PATH": path, "CI_DEFAULT_BRANCH": "main"})


class Forge(BaseHTTPRequestHandler):
    """What a forge's API would be asked."""

    asked: list[tuple[str, str, dict[str, Any]]]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Note the request and say that the proposal is made."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers["Authorization"], body))
        self.send_response(201)
        self.end_headers()


@pytest.fixture
def forge() -> Iterator[tuple[str, list[Any]]]:
    """Run a forge that only listens; return its address and what it was asked."""
    asked: list[Any] = []
    server = HTTPServer(("127.0.0.1", 0), type("Handler", (Forge,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_every_course_gets_one_proposal_on_each_platform_and_work_on_it_is_left_alone(
    scene: Scene, tmp_path: Path, forge: tuple[str, list[Any]]
):
    options, called = tmp_path / "options", tmp_path / "called"
    hook, program = scene.origin / "hooks/post-receive", tmp_path / "bin/gh"
    hook.write_text(f"#!/bin/sh\nenv | grep GIT_PUSH_OPTION_ | sort >> '{options}'\n")
    program.write_text(f"#!/bin/sh\necho \"$@\" >> '{called}'\n")
    for file in (hook, program):
        file.chmod(0o755)
    git(scene.origin, "config", "receive.advertisePushOptions", "true")
    scene.world.update(CI_SERVER_URL=f"file://{tmp_path}", CI_PROJECT_PATH="origin")
    scene.world.update(GITHUB_SERVER_URL=forge[0], GITHUB_REPOSITORY="vi/region")
    scene.world.update(dict.fromkeys(("KOMPETANSE_TOKEN", "GITHUB_TOKEN"), SECRET))

    code, said = scene.week("gitlab")

    assert (code, said.count(": proposed")) == (0, 2), said
    assert options.read_text().count("merge_request.create") == 2
    assert "merge_request.target=main" in options.read_text()
    assert "nummer to" in git(scene.origin, "show", f"{FIRE}:content/kurs/brann/index.md")
    assert git(scene.origin, "rev-list", "--count", f"main..{FIRE}") == "1\n"
    assert SECRET not in said + options.read_text()

    git(scene.region, "fetch", "--quiet", str(scene.origin), f"{FIRE}:mine")
    git(scene.region, "checkout", "--quiet", "mine")
    git(scene.region, "commit", "--quiet", "--allow-empty", "-m", "Svar på spørsmål")
    git(scene.region, "push", "--quiet", str(scene.origin), f"mine:{FIRE}")
    git(scene.origin, "branch", "-D", AID)
    code, said = scene.week("forgejo")

    assert (code, f"{FIRE}: somebody has worked on it" in said, f"{AID}: proposed" in said) == (
        0,
        True,
        True,
    ), said
    ((path, token, body),) = forge[1]
    assert (path, token) == ("/api/v1/repos/vi/region/pulls", f"token {SECRET}")
    assert (body["head"], body["base"]) == (AID, "main")
    assert git(scene.origin, "rev-parse", FIRE) == git(scene.region, "rev-parse", "mine")

    git(scene.origin, "branch", "-D", FIRE)
    code, said = scene.week("github")

    assert (code, f"{FIRE}: proposed" in said, f"{AID}: stands already" in said) == (0, True, True), said
    assert f"pr create --head {FIRE} --base main --title " in called.read_text()
    assert AID not in called.read_text()


def test_the_workflow_files_are_yaml_and_run_the_script(tmp_path: Path, run: Run):
    run(tmp_path, "init", "r", "--no-build")
    root = tmp_path / "r"

    github = yaml.safe_load((root / ".github/workflows/updates.yml").read_text(encoding="utf-8"))
    forgejo = yaml.safe_load((root / ".forgejo/workflows/updates.yml").read_text(encoding="utf-8"))
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))

    runs = [step.get("run", "") for one in (github, forgejo) for step in one["jobs"]["propose"]["steps"]]
    called = [row for row in (*runs, *gitlab["updates"]["script"]) if "propose-updates.sh" in row]
    assert [row.rpartition(" ")[2] for row in called] == ["github", "forgejo", "gitlab"]
    assert (
        subprocess.run(["sh", "-n", ".kompetanse/propose-updates.sh"], cwd=root, check=False).returncode == 0
    )
    assert github["permissions"] == {"contents": "write", "pull-requests": "write"}
