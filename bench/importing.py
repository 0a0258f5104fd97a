"""How much memory an import of a large Word document and of large slides takes, and how long, also beside mammoth alone.

Run: python bench/importing.py [--pages 300] [--pictures 200] [--megabytes 200] [--most 300]
Each runs in a process of its own, `--dry-run`, from the file to the report; peak memory is what the system says.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from docx import Document
from pptx import Presentation
from pptx.util import Inches

WORDS = [
    "kommune",
    "helse",
    "opplæring",
    "møte",
    "pasient",
    "journal",
    "rutine",
    "leder",
    "ansvar",
    "avvik",
    "måling",
    "og",
    "det",
    "er",
    "en",
    "med",
]
MAMMOTH = "import mammoth, sys; mammoth.convert_to_html(open(sys.argv[1], 'rb'), convert_image=mammoth.images.img_element(lambda image: {}))"
COMMAND = "import sys; from kompetanse.cli import main; sys.exit(main(['import', sys.argv[1], '--dry-run']))"


def png(chance: random.Random, size: int) -> bytes:
    """Return a picture of noise, which does not pack, of so many bytes."""
    side = max(1, int((size / 3) ** 0.5))
    raw = b"".join(b"\0" + chance.randbytes(side * 3) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(raw, 0))
        + chunk(b"IEND", b"")
    )


def word(path: Path, pages: int, pictures: int, size: int) -> None:
    """Write a Word document; the same each time."""
    chance, document = random.Random(1), Document()  # noqa: S311 (nothing is secret)
    for page in range(pages):
        if page % 15 == 0:
            document.add_heading(f"Kapittel {page // 15 + 1}", 1)
        document.add_heading(f"Side {page + 1}", 2)
        for _ in range(8):
            document.add_paragraph(" ".join(chance.choices(WORDS, k=45))).add_run(" viktig").bold = True
        for _ in range(4):
            document.add_paragraph(" ".join(chance.choices(WORDS, k=8)), style="List Bullet")
        if page < pictures:
            document.add_picture(io.BytesIO(png(chance, size)), width=Inches(4))
    document.save(str(path))


def slides(path: Path, pictures: int, size: int) -> None:
    """Write slides with a picture on each; the same each time."""
    chance, presentation = random.Random(1), Presentation()  # noqa: S311 (nothing is secret)
    for number in range(pictures):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Lysbilde {number + 1}"
        slide.placeholders[1].text_frame.text = " ".join(chance.choices(WORDS, k=20))
        slide.shapes.add_picture(io.BytesIO(png(chance, size)), Inches(1), Inches(2), width=Inches(3))
    presentation.save(str(path))


def measure(root: Path, code: str, file: Path) -> tuple[float, float]:
    """Return megabytes of the most memory, and seconds."""
    command = [sys.executable, "-c", code, str(file)]
    outer = f"import resource, subprocess, sys; done = subprocess.run({command!r}, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", outer], cwd=root, check=True, capture_output=True, text=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 1_000_000, time.monotonic() - start


def main() -> int:
    """Print the table; return 1 when an import takes more memory than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--most", type=int, default=300)
    args = parser.parse_args()
    size = args.megabytes * 1_000_000 // args.pictures
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        (root / "region.yml").write_text("id: stor\nname: Stor\n", encoding="utf-8")
        word(root / "stor.docx", args.pages, args.pictures, size)
        slides(root / "stor.pptx", args.pictures, size)
        print(f"{'what':20} {'memory MB':>10} {'seconds':>8}")
        most = 0.0
        for what, code, file in (
            ("import .docx", COMMAND, "stor.docx"),
            ("mammoth alone", MAMMOTH, "stor.docx"),
            ("import .pptx", COMMAND, "stor.pptx"),
        ):
            memory, seconds = measure(root, code, root / file)
            most = most if code == MAMMOTH else max(most, memory)
            print(f"{what:20} {memory:10.0f} {seconds:8.1f}", flush=True)
    return 0 if most <= args.most else 1


if __name__ == "__main__":
    sys.exit(main())
