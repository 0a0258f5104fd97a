"""B follows A: improvements come in, and no word of B's own is lost."""

from __future__ import annotations

from typing import Any

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))


def test_improvements_come_in_and_our_words_stay(forked: Any) -> None:
    forked.b.edit(INDEX, "gode sko", "gode sko og hansker")
    forked.b.edit(ALARM, "Møt på samlingsplassen ved porten.", "Møt på plassen ved rådhuset.")
    forked.a.edit(INDEX, "Kurset varer en dag.", "Kurset varer to dager.")
    forked.a.edit(ALARM, "Gå rolig ut.", "Gå rolig ut med en gang.")
    forked.a.edit(SLOKKING, "når brannen er liten", "bare når brannen er liten")

    done = forked.kompetanse("update", "brannvern")

    assert "1 taken, 2 merged" in done.out
    assert "Kurset varer to dager." in forked.b.text(INDEX)
    assert "gode sko og hansker" in forked.b.text(INDEX)
    assert "Gå rolig ut med en gang." in forked.b.text(ALARM)
    assert "Møt på plassen ved rådhuset." in forked.b.text(ALARM)
    assert "bare når brannen er liten" in forked.b.text(SLOKKING)
    assert forked.b.is_clean
    assert forked.kompetanse("update", "brannvern").out == "brannvern: up to date\n"
