"""What somebody may type that no query should be harmed by: every reader is tested with the same."""

STRANGE = (
    "",
    "a",
    "a" * 10_000,
    "ab " * 5_000,
    "og i det som",
    '"åpen frase',
    "legemid* ?",
    "title:brann NOT (kurs OR rolle)",
    "[2020 TO 2026] {x} \\ / ~2 ^9 && || !",
    "<script>alert(1)</script>",
    "🚒🧑\u200d⚕\ufe0f brann",
    "\u202eשלום مرحبا",
    "\u202ebrann\u202c",
    "la\u0308ring a\u030apning",
    "syke\u00adpleier\u200b\ufeff",
    "\x00\x1b[31m\ud800",
    "constructor __proto__ hasOwnProperty toString",
    "\U00010400\U00010401brann",
)
