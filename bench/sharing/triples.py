"""How many files a merge leaves to a person, against `git merge-file` on the same files in the same run.

    python bench/sharing/triples.py FOLDER             real merges: base, ours, theirs and what people committed
    python bench/sharing/triples.py FOLDER --adapted   the same documents adapted by a region and updated from their source

FOLDER holds one folder a case with `base`, `ours`, `theirs` and, if known, `result`, each with a suffix such as `.md`; an
`INDEX.tsv` beside them may name each case's repository. Nothing is learnt from the files: run it on any folder.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kompetanse.sharing.merge import Merged, Refusal, merge
from kompetanse.sharing.merge.fences import fenced, has_markers, open_at_the_end

NOTES = (
    "Oppmøte er på rådhuset, rom 204.",
    "Ta kontakt med opplæringsansvarlig i kommunen ved spørsmål.",
    "I vår kommune bruker vi Teams til dette.",
    "Frist for påmelding er 1. mars.",
)
LIGHT = ("insert", "append", "word", "insert")
HEAVY = ("insert", "append", "word", "insert", "replace", "delete")
KEYS = re.compile(r"^(title|author|teaching|description|level)\s*:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """Three versions of one document, and what people made of them when that is known."""

    name: str
    group: str
    base: bytes
    ours: bytes
    theirs: bytes
    result: bytes | None = None
    marks: tuple[str, ...] = ()


def read(folder: Path) -> Iterator[Case]:
    """Yield the cases of a folder, sorted by name."""
    groups = _groups(folder / "INDEX.tsv")
    for case in sorted(one for one in folder.iterdir() if one.is_dir()):
        sides = {file.stem: file for file in case.iterdir()}
        if {"base", "ours", "theirs"} <= set(sides):
            found = [sides[name].read_bytes() for name in ("base", "ours", "theirs")]
            result = sides["result"].read_bytes() if "result" in sides else None
            yield Case(case.name, groups.get(case.name, ""), *found, result)


def _groups(index: Path) -> dict[str, str]:
    if not index.is_file():
        return {}
    rows = [line.split("\t") for line in index.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: row[1] for row in rows if len(row) > 1}


def adapted(cases: Sequence[Case], edits: int, kinds: Sequence[str], seed: int = 11) -> Iterator[Case]:
    """Yield each document as a region has adapted it, with its source's later text; every local edit bears a mark.

    The update goes from the base to what each side, and people afterwards, made of it.
    """
    dice = random.Random(seed)  # noqa: S311 (the same edits each time)
    seen: set[tuple[bytes, bytes]] = set()
    for case in cases:
        for side, later in (("theirs", case.theirs), ("ours", case.ours), ("result", case.result)):
            if later is None or later == case.base or (case.base, later) in seen or len(case.base) < 400:
                continue
            seen.add((case.base, later))
            try:
                base, new = (text.decode().replace("\r\n", "\n") for text in (case.base, later))
            except UnicodeDecodeError:
                continue
            if has_markers(base) or has_markers(new):
                continue
            ours, marks = _adapt(base, edits, kinds, dice)
            yield Case(
                f"{case.name} {side}", case.group, base.encode(), ours.encode(), new.encode(), None, marks
            )


def _adapt(text: str, edits: int, kinds: Sequence[str], dice: random.Random) -> tuple[str, tuple[str, ...]]:
    found = re.match(r"---\n.*?^---\n", text, re.DOTALL | re.MULTILINE)
    head, body = (found[0], text[found.end() :]) if found else ("", text)
    parts = re.split(r"(\n\n+)", body)
    plain = [place for place in range(0, len(parts), 2) if _is_prose(parts, place)]
    for _ in range(edits if plain else 0):
        place = dice.choice(plain)
        parts[place] = _edited(parts[place], dice.choice(kinds), _mark(dice), dice)
    head = _local_keys(head, dice)
    whole = head + "".join(parts)
    return whole, tuple(re.findall(r"LOKAL[a-z]{8}", whole))


def _is_prose(parts: Sequence[str], place: int) -> bool:
    """Tell whether a part is a paragraph that people would edit: long enough, no markup of a block, and not in code."""
    text = parts[place]
    before = "".join(parts[:place])
    inside = open_at_the_end(before) or any(fenced(text.split("\n")))
    return len(text) > 40 and not inside and not text.startswith(("    ", "{", "|", "<"))


def _mark(dice: random.Random) -> str:
    """Return a word that stands nowhere else; it holds no number, which would be a fact."""
    return "LOKAL" + "".join(dice.choices("abcdefghij", k=8))


def _edited(text: str, kind: str, mark: str, dice: random.Random) -> str:
    note = dice.choice(NOTES)
    if kind == "insert":
        return f'{text}\n\n!!! note "Lokalt"\n    {note} {mark}'
    if kind == "append":
        return f"{text.rstrip()} {note[:-1]} {mark}."
    if kind == "word":
        words = list(re.finditer(r"\w{5,}", text))
        word = dice.choice(words) if words else None
        return text[: word.start()] + mark + text[word.end() :] if word else text
    return f"{note} {mark}" if kind == "replace" else ""


def _local_keys(head: str, dice: random.Random) -> str:
    if not head:
        return head
    found = KEYS.search(head)
    if found and dice.random() < 0.3:
        head = f"{head[: found.start()]}{found[1]}: {_mark(dice)}{head[found.end() :]}"
    return head.removesuffix("---\n") + f"kontakt: {_mark(dice)}@kommune.no\n---\n"


def git_conflicts(case: Case) -> int:
    """Return how many conflicts plain git has; -1 when it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("ours", case.ours), ("base", case.base), ("theirs", case.theirs)):
            Path(folder, name).write_bytes(data)
        command = ["git", "merge-file", "-p", "-q", "ours", "base", "theirs"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode if done.returncode <= 127 else -1


class Tally:
    """What is counted over all cases."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.fates: dict[str, Counter[str]] = {}
        self.times: list[float] = []
        self.git_times: list[float] = []

    def add(self, case: Case) -> tuple[bool, bool]:
        """Count one case; return whether git and we leave it to a person."""
        start = time.perf_counter()
        git = git_conflicts(case)
        between = time.perf_counter()
        merged = merge(case.base, case.ours, case.theirs)
        self.git_times.append(between - start)
        self.times.append(time.perf_counter() - between)
        self.count["files"] += 1
        asks = isinstance(merged, Refusal) or bool(merged.questions)
        self.count["git: files left"] += git != 0
        self.count["git: places left"] += max(git, 0)
        self.count["ours: files left"] += asks
        if isinstance(merged, Refusal):
            self.left[f"whole file: {merged.why}"] += 1
        else:
            self._look(case, merged)
        return git != 0, asks

    def _look(self, case: Case, merged: Merged) -> None:
        self.count["ours: places left"] += len(merged.questions)
        for question in merged.questions:
            self.left[f"{question.where}: {question.why}"] += 1
        text = merged.answered({i: one.ours for i, one in enumerate(merged.questions)})
        self.count["markers written"] += has_markers(text)
        if not merged.questions:
            self.count["local edits in settled files"] += len(case.marks)
            self.count["local edits lost"] += sum(mark not in text for mark in case.marks)
        if case.result is not None:
            self._compare(case.result.decode(errors="replace"), merged)

    def _compare(self, human: str, merged: Merged) -> None:
        if merged.text is not None:
            same = _tidy(merged.text) == _tidy(human)
            self.count[f"settled files {'as' if same else 'unlike'} what people committed"] += 1
        flat = _flat(human)
        for review in merged.reviews:
            fates = self.fates.setdefault(f"{review.where} {review.how}", Counter())
            fates[_fate(_flat(review.merged), _flat(review.ours), _flat(review.theirs), flat)] += 1


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").rstrip().split("\n"))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _fate(merged: str, ours: str, theirs: str, human: str) -> str:
    if merged in human:
        return "as people wrote it"
    if ours and ours in human:
        return "people took ours"
    if theirs and theirs in human:
        return "people took theirs"
    return "people wrote another"


def report(tally: Tally, differing: dict[str, list[str]], show: bool) -> None:
    """Print what was counted."""
    count = tally.count
    for key in sorted(count):
        print(f"{key:50} {count[key]}")
    git, ours = count["git: files left"], count["ours: files left"]
    print(f"{'fewer files left to a person':50} {100 * (git - ours) / max(git, 1):.1f} %  ({git} → {ours})")
    print("left to a person:")
    for key, number in tally.left.most_common():
        print(f"  {key:48} {number}")
    for how, fates in sorted(tally.fates.items()):
        print(f"for review, {how}: " + ", ".join(f"{fate} {n}" for fate, n in fates.most_common()))
    ratio = statistics.median(tally.times) / statistics.median(tally.git_times)
    print(f"median time of a file against git's: {ratio:.2f}; longest {1000 * max(tally.times):.0f} ms")
    if show:
        for name, cases in differing.items():
            print(f"{name}: {' '.join(cases)}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--adapted", action="store_true")
    parser.add_argument(
        "--heavy", action="store_true", help="replaced and deleted paragraphs among the edits"
    )
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--seed", type=int, default=11, help="another one makes other edits")
    parser.add_argument(
        "--show", action="store_true", help="name the cases that git and we judge differently"
    )
    given = parser.parse_args()
    cases: Sequence[Case] = list(read(given.folder))
    if given.adapted:
        cases = list(adapted(cases, given.edits, HEAVY if given.heavy else LIGHT, given.seed))
    tally = Tally()
    differing: dict[str, list[str]] = {"only git asks": [], "only ours asks": []}
    for case in cases:
        git, asks = tally.add(case)
        if git != asks:
            differing["only git asks" if git else "only ours asks"].append(case.name)
    if not tally.times:
        print(f"{given.folder} holds no case", file=sys.stderr)
        return 1
    report(tally, differing, given.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
