"""A Moodle backup: what Moodle would stumble over, or lose without a word, is looked for here."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from kompetanse.export import mbz
from kompetanse.export.edition import Edition

Files = dict[str, bytes]
Write = Callable[[Mapping[str, str | bytes]], Path]

CORE = {"page", "url", "quiz", "scorm", "resource", "label", "forum"}
LANGUAGE = "language: nb\nowner: Fag\nlicence: CC-BY-4.0\nreviewed: 2026-11-01\n"


def packed(edition: Edition) -> bytes:
    to = io.BytesIO()
    assert not mbz.package(edition, to)
    return to.getvalue()


def unpacked(data: bytes) -> Files:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]


def xml(files: Files, name: str) -> Element:
    found: Element = ElementTree.fromstring(files[name])
    return found


def texts(root: Element, path: str) -> list[str]:
    return [one.text or "" for one in root.findall(path)]


def faults(files: Files) -> Iterator[str]:
    """Yield what a Moodle would not restore, or restore with a loss."""
    if b"<moodle_backup>" not in files["moodle_backup.xml"][:200]:
        yield "the index is not known by its first bytes"
    for name in files:
        if name.endswith(".xml"):
            xml(files, name)
    yield from _faults_of_files(files)
    yield from _faults_of_parts(files)
    yield from _faults_of_questions(files)


def _faults_of_files(files: Files) -> Iterator[str]:
    records = xml(files, "files.xml").findall("file")
    blobs = {name for name in files if name.startswith("files/")}
    for name in blobs:
        if hashlib.sha1(files[name], usedforsecurity=False).hexdigest() != name.rpartition("/")[2]:
            yield f"{name} is not what its name says"
    for one in records:
        digest = one.findtext("contenthash") or ""
        blob = f"files/{digest[:2]}/{digest}"
        blobs.discard(blob)
        if len(files.get(blob, b"")) != int(one.findtext("filesize") or -1):
            yield f"{one.findtext('filename')} is not in the archive"
    yield from (f"nothing names {name}" for name in blobs)
    numbers = {one.get("id") for one in records}
    shown = [
        number
        for name in files
        if name.endswith("inforef.xml")
        for number in texts(xml(files, name), "fileref/file/id")
    ]
    yield from (f"file {number} is referred to and not there" for number in shown if number not in numbers)
    for one in records:
        if one.get("id") not in shown and one.findtext("component") not in {"question", "badges"}:
            yield f"nobody shows file {one.get('id')}"


def _faults_of_parts(files: Files) -> Iterator[str]:
    contents = xml(files, "moodle_backup.xml").find("information/contents")
    assert contents is not None
    activities = contents.findall("activities/activity")
    sequences: list[str] = []
    for section in contents.findall("sections/section"):
        found = xml(files, f"{section.findtext('directory')}/section.xml")
        sequences += filter(None, (found.findtext("sequence") or "").split(","))
    if sorted(sequences) != sorted(one.findtext("moduleid") or "" for one in activities):
        yield "the sections do not hold the activities, each once"
    contexts = set()
    for one in activities:
        kind, folder = one.findtext("modulename") or "", one.findtext("directory") or ""
        if kind not in CORE:
            yield f"{kind} is no part of every Moodle"
        contexts.add(xml(files, f"{folder}/{kind}.xml").get("contextid"))
        module = xml(files, f"{folder}/module.xml")
        after = json.loads((module.findtext("availability") or "").replace("$@NULL@$", "") or '{"c": []}')
        yield from (f"{folder} waits for {c['cm']}" for c in after["c"] if str(c["cm"]) not in sequences)
    if len(contexts) != len(activities):
        yield "two activities share a context"
    for context in texts(xml(files, "files.xml"), "file/contextid"):
        if context not in contexts | {"2"}:
            yield f"context {context} is nobody's"
    for criterion in xml(files, "completion.xml").findall("course_completion_criteria"):
        if criterion.findtext("moduleinstance") not in sequences:
            yield "the course waits for an activity that is not there"


def _faults_of_questions(files: Files) -> Iterator[str]:
    bank = xml(files, "questions.xml")
    entries = {one.get("id"): one for one in bank.iter("question_bank_entry")}
    answers = [one.get("id") for one in bank.iter("answer")]
    if len(set(answers)) != len(answers):
        yield "two answers share a number"
    slots = [
        one
        for name in files
        if name.rpartition("/")[2] == "quiz.xml"
        for one in xml(files, name).iter("question_instance")
    ]
    asked = [one.findtext("question_reference/questionbankentryid") for one in slots]
    if sorted(map(str, asked)) != sorted(map(str, entries)):
        yield "the test does not ask every question once"
    for one in bank.iter("question"):
        shares = [float(share) for share in texts(one, ".//answer/fraction")]
        best = max(shares) if one.findtext("qtype") == "shortanswer" else sum(s for s in shares if s > 0)
        if abs(best - 1) > 0.0001:
            yield f"{one.findtext('name')} has no whole right answer"


def test_nothing_of_a_course_is_lost(odd: Edition) -> None:
    files = unpacked(packed(odd))

    assert list(faults(files)) == []
    assert next(iter(files)) == "moodle_backup.xml"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("files.xml", (b"<filesize>73", b"<filesize>74"), "cellar.png is not in the archive"),
        ("activities/page_12/inforef.xml", (b"<id>2</id>", b"<id>99</id>"), "file 99 is referred to"),
        ("sections/section_2/section.xml", (b">12<", b"><"), "the sections do not hold"),
        ("activities/quiz_14/quiz.xml", (b"entryid>1<", b"entryid>9<"), "the test does not ask"),
        ("questions.xml", (b"<fraction>0.05", b"<fraction>0.01"), "no whole right answer"),
        ("moodle_backup.xml", (b"?>\n", b"?>\n<!--" + b"x" * 200 + b"-->"), "first bytes"),
    ],
)
def test_what_is_wrong_is_found(odd: Edition, name: str, change: tuple[bytes, bytes], said: str) -> None:
    files = unpacked(packed(odd))
    assert change[0] in files[name]

    found = list(faults({**files, name: files[name].replace(*change)}))

    assert any(said in one for one in found), found


def test_each_module_is_a_section_with_its_page(odd: Edition) -> None:
    files = unpacked(packed(odd))

    sections = [xml(files, f"sections/section_{number}/section.xml") for number in (1, 2, 3, 4)]

    assert [one.findtext("name") for one in sections] == [
        "$@NULL@$",
        "First & <foremost> 🍷",
        "first & <foremost> 🍷",
        "Test",
    ]
    assert [one.findtext("sequence") for one in sections] == ["11", "12", "13", "14"]
    assert sections[1].findtext("summary") == "<p>One sentence.</p>"


def test_a_page_shows_its_pictures_and_leads_to_the_others(odd: Edition) -> None:
    files = unpacked(packed(odd))

    about = xml(files, "activities/page_11/page.xml").findtext("page/content") or ""
    first = xml(files, "activities/page_12/page.xml").findtext("page/content") or ""

    assert about.startswith('<div lang="en">')
    assert "Creative Commons Attribution-ShareAlike 4.0" in about
    assert odd.stamp in about
    assert '<a href="$@PAGEVIEWBYID*12@$#how">' in about
    assert 'src="@@PLUGINFILE@@/cellar.png"' in first
    assert 'src="@@PLUGINFILE@@/cellar-2.png"' in first
    assert '<audio controls="" src="@@PLUGINFILE@@/lyd.mp3">' in first
    assert "<details>" in first
    assert "media:" not in (about + first).replace('<code>src="media:none.png"</code>', "")


def test_the_test_opens_when_all_is_read_and_passes_at_the_mark(odd: Edition) -> None:
    files = unpacked(packed(odd))
    module = xml(files, "activities/quiz_14/module.xml")
    quiz = xml(files, "activities/quiz_14/quiz.xml")

    assert json.loads(module.findtext("availability") or "") == {
        "op": "&",
        "c": [{"type": "completion", "cm": number, "e": 1} for number in (11, 12, 13)],
        "showc": [True, True, True],
    }
    assert (module.findtext("completion"), module.findtext("completionpassgrade")) == ("2", "1")
    assert xml(files, "activities/quiz_14/grades.xml").findtext(".//gradepass") == "70"
    assert (quiz.findtext("quiz/grade"), quiz.findtext("quiz/sumgrades")) == ("100", "4")
    assert {quiz.findtext(f"quiz/review{what}") for what in ("attempt", "specificfeedback")} == {"69904"}
    assert texts(quiz, ".//sections/section/firstslot") == ["1", "3"]


def test_questions_lie_in_the_context_of_the_test(odd: Edition) -> None:
    files = unpacked(packed(odd))
    top, own = xml(files, "questions.xml").findall("question_category")

    assert {(one.findtext("contextlevel"), one.findtext("contextinstanceid")) for one in (top, own)} == {
        ("70", "14")
    }
    assert own.findtext("name") == f'Cheese <b> & "wine" 🧀 ({odd.stamp})'
    assert texts(own, ".//question_bank_entry/idnumber") == ["one", "q-2many", "short", "lone"]
    assert {
        (one.findtext("component"), one.findtext("filearea"), one.findtext("itemid"))
        for one in xml(files, "files.xml")
        if one.findtext("component") == "question"
    } == {("question", "questiontext", "1")}


def test_the_course_completes_itself_and_gives_evidence_and_a_badge(odd: Edition) -> None:
    files = unpacked(packed(odd))
    links = xml(files, "course/competencies.xml")
    badge = xml(files, "badges.xml").find("badge")

    assert texts(xml(files, "completion.xml"), "course_completion_criteria/moduleinstance") == [
        "11",
        "12",
        "13",
        "14",
    ]
    assert texts(links, "competencies/competency/idnumber") == ["tasting"]
    assert texts(links, "competencies/competency/frameworkidnumber") == ["testvik"]
    assert badge is not None
    assert [
        one.findtext("filename") for one in xml(files, "files.xml") if one.findtext("component") == "badges"
    ] == [
        "f1.png",
        "f2.png",
        "f3.png",
    ]
    assert (badge.findtext("name"), badge.findtext("status")) == ('Passed: Cheese <b> & "wine" 🧀', "0")


def test_the_course_says_its_language_licence_and_version(odd: Edition) -> None:
    course = xml(unpacked(packed(odd)), "course/course.xml")

    assert course.findtext("lang") == "en"
    assert course.findtext("fullname") == 'Cheese <b> & "wine" 🧀'
    assert course.findtext("shortname") == f"odd {odd.stamp[:10]}"
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in (course.findtext("summary") or "")


def test_the_same_course_gives_the_same_bytes(odd: Edition) -> None:
    assert packed(odd) == packed(odd)


def _course(modules: int) -> Mapping[str, str]:
    names = [f"{number:03}.md" for number in range(modules)]
    rows = "".join(f"- {name}\n" for name in names)
    head = f"---\ntype: course\nid: long\ntitle: Langt\n{LANGUAGE}" + (f"modules:\n{rows}" if rows else "")
    course = {"content/kurs/long/index.md": f"{head}---\nTekst.\n"}
    each = {
        f"content/kurs/long/{name}": f"---\ntype: module\nid: m-{name[:3]}\ntitle: Modul {name}\n{LANGUAGE}---\nTekst.\n"
        for name in names
    }
    return course | each


@pytest.mark.parametrize("modules", [0, 200])
def test_a_course_may_have_no_modules_no_questions_or_many(
    region: Write, editions: Callable[[Path, str], Edition], modules: int
) -> None:
    files = unpacked(packed(editions(region(_course(modules)), "long")))

    assert list(faults(files)) == []
    assert len([name for name in files if name.endswith("section.xml")]) == modules + 1
    assert not any("quiz" in name for name in files)
    assert xml(files, "badges.xml").find("badge") is None


LONG = "æ" * 300


def _long(mark: int) -> Mapping[str, str]:
    """Return a course whose every title is longer than Moodle's tables."""
    quiz = "<quiz>\n<!-- id: en -->\nHva?\n- [x] A\n- [ ] B\n</quiz>"
    head = f"title: {LONG}\n{LANGUAGE}"
    return {
        "region.yml": f"id: testvik\nname: {LONG}\nlanguages: [nb]\nurl: https://example.org/\n",
        "content/kurs/l/index.md": f"---\ntype: course\nid: l\n{head}modules: [m.md]\nteaches:\n"
        f"- {{competence: k, level: 3}}\ncertificate: {{pass: {mark}}}\n---\nTekst.\n",
        "content/kurs/l/m.md": f"---\ntype: module\nid: m\n{head}---\n{quiz}\n",
        "content/k.md": f"---\ntype: competence\nid: k\n{head}levels: {{1: A, 2: B, 3: C, 4: D}}\n---\n",
    }


def test_no_name_is_longer_than_moodles_tables(
    region: Write, editions: Callable[[Path, str], Edition]
) -> None:
    """A value that a column cannot hold ends the whole restore (`dml_write_exception`). Moodle itself adds ` copy 1` to the name
    of a course that is restored twice, and counts 254 signs (`restore_dbops::calculate_course_names`, `lib/db/install.xml`)."""
    files = unpacked(packed(editions(region(_long(80)), "l")))
    badge = xml(files, "badges.xml")
    names = ["name", "issuername", "alignments/alignment/targetname", "alignments/alignment/targetframework"]

    assert len(xml(files, "course/course.xml").findtext("fullname") or "") == 240
    assert [len(badge.findtext(f"badge/{name}") or "") for name in names] == [255] * 4
    assert len(xml(files, "activities/page_12/page.xml").findtext("page/name") or "") == 255
    assert len(xml(files, "sections/section_2/section.xml").findtext("name") or "") == 255
    assert all(len(name) <= 255 for name in texts(xml(files, "questions.xml"), ".//name"))


@pytest.mark.parametrize(("mark", "passes", "said"), [(0, "0", ["101"]), (100, "1", ["101", "100"])])
def test_a_test_that_everybody_passes_is_done_when_it_is_answered(
    region: Write, editions: Callable[[Path, str], Edition], mark: int, passes: str, said: list[str]
) -> None:
    """A grade to pass of 0 is none, and is never reached (`grade_grade::is_passed`, `completion_info::internal_get_grade_state`)."""
    files = unpacked(packed(editions(region(_long(mark)), "l")))
    module = xml(files, "activities/quiz_13/module.xml")

    assert (module.findtext("completiongradeitemnumber"), module.findtext("completionpassgrade")) == (
        "0",
        passes,
    )
    assert xml(files, "activities/quiz_13/grades.xml").findtext(".//gradepass") == str(mark)
    assert texts(xml(files, "activities/quiz_13/quiz.xml"), ".//feedback/maxgrade") == said


def test_moodle_4_0_knows_how_old_the_backup_is(odd: Edition) -> None:
    """It looks for eight digits in the release (`restore_create_categories_and_questions::process_question_category`)."""
    index = xml(unpacked(packed(odd)), "moodle_backup.xml")

    assert index.findtext("information/moodle_release") == "4.1 (Build: 20221128)"
    assert index.findtext("information/backup_release") == "4.1"


def test_a_page_tells_when_it_was_written_where_that_is_known(odd: Edition) -> None:
    """Moodle shows the date unless it is told not to (`mod/page/view.php`, `printlastmodified`)."""
    known, unknown = (
        xml(unpacked(packed(one)), "activities/page_11/page.xml").findtext("page/displayoptions")
        for one in (odd, replace(odd, version=None))
    )

    assert known == 'a:2:{s:10:"printintro";i:0;s:17:"printlastmodified";i:1;}'
    assert unknown == 'a:2:{s:10:"printintro";i:0;s:17:"printlastmodified";i:0;}'
