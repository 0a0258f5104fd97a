"""How long it takes to issue certificates, against the time openbadgeslib needs just to sign the same ones.

Run: python bench/certificates.py [--people 300] [--runs 5] [--json FILE]
Ours draws ids, signs with both proofs, writes each certificate to the log (flushed to disk) and its file; the peer signs with one proof
and writes nothing. Each pair runs in one process, one after the other. The PDF is measured apart. Memory is the peak of a process that issues
all, over that of one that issues a tenth.
"""

from __future__ import annotations

import argparse
import json
import platform
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from kompetanse.commands.replacement import put
from kompetanse.evidence.certificate_files import Format, Look, files
from kompetanse.evidence.credential import Achievement, Aligned, IssuedBy
from kompetanse.evidence.issuance import Chance, Giving
from kompetanse.evidence.issue_log import open_log
from kompetanse.evidence.proofs import Signer
from kompetanse.model.attendance import Attended
from kompetanse.model.duration import Duration

SITE = "https://eksempel.example/"
DID = "did:web:eksempel.example:utsteder"
KEY = Ed25519PrivateKey.generate()
GIVING = Giving(
    course="brannkurs",
    valid_for=Duration.parse("P2Y"),
    issuer=IssuedBy(DID, "Eksempelregionen", SITE),
    signer=Signer(KEY, f"{DID}#2026-1", "2026-11-24T10:00:00Z"),
    achievements={
        "nb": Achievement(
            page=f"{SITE}kurs/brannkurs/",
            title="Brannkurs – grunnkurs",
            description="Slik hindrer du brann.",
            criteria="Prøven er bestått under tilsyn, med minst 80 % riktige svar.",
            evidence="test",
            evidence_name="Bestått prøve",
            language="nb",
            aligned=(
                Aligned("brannvern", "Brannvern", f"{SITE}kompetanser/brannvern/", "Eksempel", "2 Med hjelp"),
            ),
        )
    },
    language="nb",
    chance=Chance(uuid.uuid4, secrets.randbelow),
)


def issue(folder: Path, people: int, forms: tuple[Format, ...], *, keep: bool = True) -> list[dict[str, Any]]:
    """Issue to so many, and return what was signed, without proofs, when it is to be kept."""
    with open_log(folder / "log.jsonl", DID) as log:
        for number in range(people):
            one, _ = GIVING.to(Attended(number, f"Person {number}", date(2026, 11, 23), "Leder"), log, 1)
            for made in files(one, log.certificate(one), forms, Look("#0b57a4", SITE)):
                put(folder / "ut" / made.name, made.data)
        found = [log.certificate(one) for one in log.issued.values()] if keep else []
    return [{key: value for key, value in one.items() if key != "proof"} for one in found]


def sign_only(documents: list[dict[str, Any]]) -> None:
    """Sign with eddsa-rdfc-2022, as openbadgeslib does."""
    pem = KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for one in documents:
        add_data_integrity_proof(dict(one), pem, f"{DID}#2026-1")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that `work` took, and what it gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def measure(people: int) -> dict[str, float]:
    """Measure one pair, and the PDF."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        ours, documents = timed(lambda: issue(Path(first), people, ("json",)))
        peer, _ = timed(lambda: sign_only(documents))
        pdf, _ = timed(lambda: issue(Path(second), max(people // 10, 1), ("json", "pdf")))
    return {"ours": ours, "peer": peer, "pdf": pdf}


def peak(people: int) -> float:
    """Return the peak memory in MB of a process of its own that issues to so many."""
    code = f"""
import resource, sys, tempfile
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from certificates import issue
issue(Path(tempfile.mkdtemp()), {people}, ("json",), keep=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    """Print the medians; return 1 when issuing takes more than three times as long as signing once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    rows = [measure(args.people) for _ in range(args.runs + 1)][1:]
    result = {
        "people": args.people,
        "runs": args.runs,
        "python": platform.python_version(),
        "a_second": args.people / statistics.median(row["ours"] for row in rows),
        "a_second_with_pdf": max(args.people // 10, 1) / statistics.median(row["pdf"] for row in rows),
        "memory_all_to_a_tenth": peak(args.people) / peak(max(args.people // 10, 1)),
        "ratio_to_signing_once": statistics.median(row["ours"] / row["peer"] for row in rows),
    }
    for name, value in result.items():
        print(f"{name:24} {value:.2f}" if isinstance(value, float) else f"{name:24} {value}")
    if args.json:
        args.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0 if result["ratio_to_signing_once"] <= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
