"""Sites of other generators from the Markdown that `kompetanse stage` writes: the same texts, and as equal features as we can make them.

Each gets a small project: menu, head with description and JSON-LD, the text, a table of contents where the generator makes
one, and a search index where it makes one. The texts are ours as they are; `!!!` is an admonition to Material and Zensical,
and a paragraph to the others, which so have less to do.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
PEERS = HERE / ".peers"
"""Where bench/setup puts them."""


@dataclass(frozen=True)
class Tool:
    """A generator, ready to build one site.

    Attributes:
        name: Its name.
        features: What its pages have beside the text.
        command: Builds the site; None when it is not installed.
        version: Prints its version.
        folder: Where it runs.
        made: What a build leaves there, its caches too; gone before each build.
        output: The site.
    """

    name: str
    features: str
    command: list[str] | None
    version: list[str]
    folder: Path
    made: tuple[str, ...]
    output: str


def tools(region: Path, work: Path) -> Iterator[Tool]:
    """Yield ourselves, then each peer, with its project under `work`."""
    ours = [sys.executable, "-m", "kompetanse"]
    yield Tool(
        "kompetanse",
        "contents, index of the search in shards, feeds, catalogue, policy",
        [*ours, "build", "--date", "2026-11-26", "-o", "site"],
        [*ours, "--version"],
        region,
        ("site", "cache"),
        "site",
    )
    texts = stage_of(region, work)
    for make in (_material, _zensical, _hugo, _eleventy):
        yield make(texts, work)


def stage_of(region: Path, work: Path) -> Path:
    """Return the folder of the finished Markdown that we make of a region."""
    folder = work / "staged"
    subprocess.run(
        [sys.executable, "-m", "kompetanse", "stage", str(folder), "--date", "2026-11-26"],
        cwd=region,
        check=True,
        capture_output=True,
    )
    return folder / "docs"


def hugo_server(region: Path, work: Path, port: int) -> Tool:
    """Return Hugo's preview of a region; without a command when Hugo is not installed."""
    tool = _hugo(stage_of(region, work), work)
    own = ["server", "--bind", "127.0.0.1", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/"]
    command = [tool.command[0], *own, *tool.command[1:]] if tool.command else None
    return replace(tool, command=command)


def _found(*names: str) -> str | None:
    """Return where a program lies: among the peers, beside our own Python, or anywhere."""
    folders = (PEERS / "bin", Path(sys.executable).parent)
    beside = [str(folder / name) for folder in folders for name in names if (folder / name).is_file()]
    return next(iter(beside), None) or next(filter(None, map(shutil.which, names)), None)


def _mkdocs_yml(folder: Path, staged: Path, features: list[str]) -> None:
    theirs = yaml.safe_load((staged.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = {
        "site_name": "Bench",
        "site_url": "https://bench.example/",
        "docs_dir": "docs",
        "theme": {"name": "material", "language": "nb", "features": features},
        "plugins": ["search"],
        "validation": {"links": {"unrecognized_links": "ignore"}},
        "markdown_extensions": theirs["markdown_extensions"],
    }
    folder.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    shutil.copytree(staged, folder / "docs")


def _material(staged: Path, work: Path) -> Tool:
    folder, program = work / "material", _found("mkdocs")
    _mkdocs_yml(folder, staged, ["navigation.prune", "navigation.tabs"])
    command = [program, "build", "--quiet"] if program else None
    version = [str(Path(program or "").with_name("python")), "-c", _versions("mkdocs", "mkdocs-material")]
    return Tool(
        "Material, pruned",
        "contents, pruned navigation, its search index",
        command,
        version,
        folder,
        ("site",),
        "site",
    )


def _versions(*packages: str) -> str:
    return f"from importlib.metadata import version as v;print(*(n+' '+v(n) for n in {packages}))"


def _zensical(staged: Path, work: Path) -> Tool:
    folder, program = work / "zensical", _found("zensical")
    _mkdocs_yml(folder, staged, ["navigation.prune", "navigation.tabs"])
    command = [program, "build"] if program else None
    return Tool(
        "Zensical",
        "contents, navigation, its search index",
        command,
        [program or "", "--version"],
        folder,
        ("site", ".cache"),
        "site",
    )


_MENU = (("roller/", "Roller"), ("kompetanser/", "Kompetanser"), ("kurs/", "Kurs"))
_ROWS = "".join(f'<li><a href="/{address}">{title}</a></li>' for address, title in _MENU)
_FRAME = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} – Bench</title><meta name="description" content="{description}">
<link rel="canonical" href="{address}"><link rel="stylesheet" href="/style.css">
<script type="application/ld+json">{data}</script></head>
<body><header><a href="/">Bench</a><nav><ul>{menu}</ul></nav><form role="search"><input name="q"></form></header>
<main><article>{content}</article>{contents}</main>
<footer>Bench</footer><script src="/search.js" defer></script></body></html>
"""


def _hugo(staged: Path, work: Path) -> Tool:
    folder = work / "hugo"
    page = _FRAME.format(
        title="{{ .Title }}",
        description="{{ .Description }}",
        address="{{ .Permalink }}",
        data="{{ .Params.jsonld | safeJS }}",
        menu=_ROWS,
        content="{{ .Content }}",
        contents="<aside>{{ .TableOfContents }}</aside>",
    )
    index = (
        '[{{ range $i, $p := .Site.Pages }}{{ if $i }},{{ end }}{"t":{{ .Title | jsonify }},"u":{{ .RelPermalink | jsonify }},'
        '"c":{{ .Plain | jsonify }}}{{ end }}]'
    )
    settings = (
        'baseURL="https://bench.example/"\nlocale="nb"\ntitle="Bench"\ntimeout="600s"\ndisableKinds=["taxonomy","term","rss"]\n'
        '[outputs]\nhome=["HTML","JSON"]\nsection=["HTML"]\n[markup.goldmark.renderer]\nunsafe=true\n'
        "[markup.goldmark.parser.attribute]\nblock=true\n[markup.highlight]\nnoClasses=false\n"
    )
    for name, text in {
        "hugo.toml": settings,
        "layouts/list.html": page,
        "layouts/single.html": page,
        "layouts/home.html": page,
        "layouts/home.json": index,
    }.items():
        _write(folder / name, text)
    _divided(staged, folder / "content", folder / "static", "_index.md")
    program = _hugo_itself() or _found("hugo")
    command = [program, "--quiet", "--cacheDir", str(folder / "cache")] if program else None
    return Tool(
        "Hugo",
        "contents, JSON of the texts; no admonitions",
        command,
        [program or "", "version"],
        folder,
        ("public", "resources", "cache"),
        "public",
    )


def _hugo_itself() -> str | None:
    """Return the program in the package, without the Python around it."""
    found = sorted(PEERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else None


_ELEVENTY = """module.exports = function (config) {
  config.addGlobalData("layout", "page.njk");
  config.addPassthroughCopy({ static: "." });
  config.setLibrary("md", require("markdown-it")({ html: true }));
  return { dir: { input: "src", output: "_site", includes: "../_includes" }, markdownTemplateEngine: false };
};
"""


def _eleventy(staged: Path, work: Path) -> Tool:
    folder, program = work / "eleventy", shutil.which("node")
    modules = PEERS / "node_modules"
    page = _FRAME.format(
        title="{{ title }}",
        description="{{ description }}",
        address="https://bench.example{{ page.url }}",
        data="{{ jsonld | safe }}",
        menu=_ROWS,
        content="{{ content | safe }}",
        contents="",
    )
    _write(folder / ".eleventy.js", _ELEVENTY)
    _write(folder / "_includes/page.njk", page)
    _divided(staged, folder / "src", folder / "static", "index.md")
    (folder / "node_modules").symlink_to(modules)
    there = program and (modules / "@11ty/eleventy/cmd.cjs").is_file()
    command = [str(program), "node_modules/@11ty/eleventy/cmd.cjs"]
    return Tool(
        "Eleventy",
        "no contents, no admonitions, no search index",
        [*command, "--quiet"] if there else None,
        [*command, "--version"],
        folder,
        ("_site",),
        "_site",
    )


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _divided(staged: Path, pages: Path, others: Path, index: str) -> None:
    """Copy the pages of a stage, under the name that a generator gives a folder's own page, and beside them all else."""
    for file in sorted(path for path in staged.rglob("*") if path.is_file()):
        inside = file.relative_to(staged)
        if file.suffix == ".md":
            _write(pages / inside.with_name(index), _plain(file.read_text(encoding="utf-8")))
        elif file.suffix != ".html":
            target = others / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


_KEYS: Callable[[str], bool] = ("title:", "description:", "jsonld:").__contains__


def _plain(text: str) -> str:
    """Return a page with the front matter that every generator understands."""
    _, head, body = text.split("---\n", 2)
    rows = [row for row in head.splitlines() if _KEYS(row.partition(" ")[0])]
    return "\n".join(("---", *rows, "---", "")) + body


def summary(tool: Tool) -> dict[str, object]:
    """Return how many pages and bytes a build has left."""
    files = [path for path in (tool.folder / tool.output).rglob("*") if path.is_file()]
    return {
        "pages": sum(path.suffix == ".html" for path in files),
        "mb_out": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }


def version(tool: Tool) -> str:
    """Return what a tool says of its version."""
    if tool.command is None:
        return "not installed"
    said = subprocess.run(tool.version, cwd=tool.folder, capture_output=True, text=True, check=False)
    return (said.stdout.strip().splitlines() or ["unknown"])[0]


if __name__ == "__main__":
    with_ = Path(sys.argv[1]), Path(sys.argv[2])
    print(json.dumps([{"name": tool.name, "version": version(tool)} for tool in tools(*with_)], indent=2))
