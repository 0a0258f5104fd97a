"""The reader as a classic script: modules in the order they need each other, and nothing that such a script cannot have."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest

from kompetanse.pages.classic_script import classic

SCRIPTS = Path(__file__).parents[2] / "theme/kompetanse_theme/assets/kompetanse"
MODULES = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("search-*.js")}
ENTRY = ("search-index.js", "kompetanseSearch", ("OtherVersion", "Unreachable", "open"))


def test_modules_become_one_script_that_runs(tmp_path: Path) -> None:
    script = tmp_path / "reader.cjs"
    script.write_text(
        classic(MODULES, *ENTRY) + "console.log(Object.keys(kompetanseSearch).join())", encoding="utf-8"
    )

    done = subprocess.run(["node", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "OtherVersion,Unreachable,open"


def test_names_of_two_modules_do_not_meet() -> None:
    modules = {
        "a.js": 'import { b } from "./b.js"\nconst x = 1\nexport const a = () => x + b()\n',
        "b.js": "const x = 2\nexport const b = () => x\n",
    }

    found = classic(modules, "a.js", "it", ("a",))

    assert found.index('modules["b.js"] =') < found.index('modules["a.js"] =')
    assert "export" not in found


def test_what_is_said_about_the_code_is_left_out_and_the_code_is_not(tmp_path: Path) -> None:
    modules = {
        "a.js": '// Says a.\n\n/** Returns b. */\nexport const a = () => "/** b */" // always\n\n/**\n * Long.\n */\nexport const c = "//"\n'
    }
    script = tmp_path / "reader.cjs"
    script.write_text(
        classic(modules, "a.js", "it", ("a", "c")) + "console.log(it.a() + it.c)", encoding="utf-8"
    )

    done = subprocess.run(["node", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "/** b *///"
    assert "Says" not in script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import { b } from "./b.js"\n', "b.js: is not there"),
        ('import { a } from "./a.js"\n', "a.js: imports itself"),
        ('import * as b from "./b.js"\n', "cannot stand in a classic script"),
        ("export default 1\n", "cannot stand in a classic script"),
        ("const a = () => import(x)\n", "cannot stand in a classic script"),
    ],
)
def test_what_a_classic_script_cannot_have_is_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        classic({"a.js": text}, "a.js", "it", ("a",))


def test_the_reader_is_small() -> None:
    assert len(gzip.compress(classic(MODULES, *ENTRY).encode("utf-8"), 9)) < 20_000
