"""Open zips, gzipped tars, folders and single files from elsewhere, and refuse what nobody should unpack."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kompetanse.errors import KompetanseError
from kompetanse.importers.limits import LIMITS, Limits
from kompetanse.importers.named_entries import ASK, NOT_THERE, Named, too_many
from kompetanse.importers.tar_archive import Tar
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.zip_archive import Zip


@contextmanager
def opened(file: Path, limits: Limits = LIMITS) -> Iterator[Unpacked]:
    """Open a file from elsewhere, or a folder, until the `with` ends.

    Raises:
        KompetanseError: When it cannot be read, or is an archive that nobody should unpack.
    """
    with tempfile.TemporaryDirectory(prefix="kompetanse-") as aside:
        source = _opened(file, Path(aside), limits)
        try:
            yield source
        finally:
            source.close()


def _opened(file: Path, aside: Path, limits: Limits) -> Unpacked:
    try:
        if file.is_dir():
            return _Folder(file, aside, limits)
        with file.open("rb") as stream:
            start = stream.read(4)
    except FileNotFoundError as error:
        raise KompetanseError(f"There is no file {file}. Check its name and folder") from error
    except OSError as error:
        raise KompetanseError(
            f"{file} cannot be read: {error.strerror}. Check that you may open it"
        ) from error
    if start.startswith(b"PK"):
        return Zip(file, aside, limits)
    return Tar(file, aside, limits) if start.startswith(b"\x1f\x8b") else _OneFile(file, aside, limits)


class _Folder(Unpacked):
    """A folder on this machine; links in it are not followed."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        named = Named(file)
        for path in _files(file):
            if path.is_symlink():
                named.refuse(path.name, "it is a link to another file", "Put the file itself in its place")
            named.add(path.relative_to(file).as_posix(), path, is_folder=False)
            if len(named.entries) > limits.entries:
                raise KompetanseError(too_many(file, limits))
        self._paths: dict[str, Path] = named.entries
        super().__init__(file, tuple(self._paths), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        try:
            return self._paths[name].open("rb")
        except KeyError:
            self.fail(name, NOT_THERE, ASK)
        except OSError as error:
            self.fail(name, f"it cannot be read: {error.strerror}", "Check that you may open it")

    def _packed_size(self, name: str) -> int | None:
        return None


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


class _OneFile(Unpacked):
    """A file that is no archive: its only entry has its own name."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        super().__init__(file, (file.name,), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        if name != self.file.name:
            self.fail(name, "there is no such file", "Import the folder that holds both")
        return self.file.open("rb")

    def _packed_size(self, name: str) -> int | None:
        return None


_FILES_OF_THEIR_OWN = (".zip", ".imscc", ".mbz", ".gz", ".tgz", ".docx", ".docm", ".pptx", ".pptm", ".epub")


def nested(names: Sequence[str]) -> str | None:
    """Return the file inside that is one to import itself, where an archive holds hardly anything else."""
    inner = [name for name in names if name.lower().endswith(_FILES_OF_THEIR_OWN)]
    return inner[0] if inner and len(names) - len(inner) <= 2 else None
