"""Put files and folders in place when they are whole; until then the old ones stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kompetanse.errors import KompetanseError


class Replacement:
    """A folder made aside and put in place by rename when it is whole."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._fresh = target.with_name(f".{target.name}.new")
        self._old = target.with_name(f".{target.name}.old")

    def __enter__(self) -> Path:
        try:
            self._recover()
            self._clear()
            self._target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._refusal(error) from error
        return self._fresh

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *rest: object) -> None:
        try:
            if kind is None:
                self._put_in_place()
        except OSError as failed:
            raise self._refusal(failed) from failed
        finally:
            self._clear()
        if isinstance(error, OSError):
            raise self._refusal(error) from error

    def _put_in_place(self) -> None:
        there = self._target.exists()
        if there:
            self._target.rename(self._old)
        try:
            self._fresh.rename(self._target)
        except OSError:
            if there:
                self._old.rename(self._target)
            raise

    def _refusal(self, error: OSError) -> KompetanseError:
        where = f": {error.filename}" if error.filename else ""
        return KompetanseError(
            f"Could not make {self._target}: {error.strerror or error}{where}. What was there before stands as it was. "
            "Make room, or choose another folder, and run the command again"
        )

    def _recover(self) -> None:
        """Put the old folder back when an earlier run was ended between the two renames."""
        if self._old.exists() and not self._target.exists():
            self._old.rename(self._target)

    def _clear(self) -> None:
        for folder in (self._fresh, self._old):
            shutil.rmtree(folder, ignore_errors=True)


def replaceable(folder: Path, mark: str, content: Path, root: Path) -> Path:
    """Return `folder`, when replacing it cannot lose anything.

    Args:
        folder: What is to be replaced.
        mark: A file that every earlier result of ours holds.
        content: The content folder.
        root: The region's root.

    Raises:
        KompetanseError: When it holds the content, lies in it, or holds something else than an earlier result.
    """
    whole, inside = folder.resolve(), content.resolve()
    if inside.is_relative_to(whole) or whole.is_relative_to(inside) or root.resolve().is_relative_to(whole):
        raise KompetanseError(f"{folder} holds the content or lies in it. Choose a folder beside it")
    if whole.exists() and not whole.is_dir():
        raise KompetanseError(f"{folder} is a file. Choose another folder")
    if whole.is_dir() and any(whole.iterdir()) and not (whole / mark).is_file():
        raise KompetanseError(
            f"{folder} is not empty and was not made by this command. Choose another folder"
        )
    return folder


def write_all(files: Mapping[Path, str]) -> None:
    """Write text files, none of them by halves: all are written aside before the first is put in place."""
    aside = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside[path].write_text(text, encoding="utf-8", newline="")
        for path in files:
            aside[path].replace(path)
    except OSError as error:
        raise KompetanseError(
            f"Could not write {error.filename}: {error.strerror}. Nothing else was changed"
        ) from error
    finally:
        for one in aside.values():
            with suppress(OSError):  # it was never written, or there is no folder to write it to
                one.unlink()


def put_stream(path: Path, source: BinaryIO) -> None:
    """Write a file from `source`, whole or not at all, without holding it in memory.

    Raises:
        KompetanseError: When it cannot be written.
    """
    with _aside(path) as target:
        shutil.copyfileobj(source, target)


def put(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; one that says the same already is left alone.

    Raises:
        KompetanseError: When it cannot be written.
    """
    if not _says(path, data):
        with _aside(path) as target:
            target.write(data)


def _says(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:
        return False


@contextmanager
def _aside(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when it is whole."""
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as target:
            yield target
        aside.replace(path)
    except OSError as error:
        raise KompetanseError(
            f"Could not write {path}: {error.strerror}. Make room, and run the command again: nothing is done twice"
        ) from error
    finally:
        with suppress(OSError):  # it is in place, or was never written
            aside.unlink(missing_ok=True)
