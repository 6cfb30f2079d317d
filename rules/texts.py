"""A folder of policy as it was at one moment: the bytes of its documents, by path.

What is recorded must be what was read, so a service takes all texts first, and reads the policy from them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from rules.problems import UsageError
from rules.text import MAX_BYTES, Openable

FURTHER = ("mappings", "views")
"""The folders of a framework whose documents no decision needs: they are read when they are asked for, and checked."""
INNER = ("regions", "scenarios", *FURTHER)
"""The folders of a framework that hold documents of their own."""


class Shelf(Openable, Protocol):
    """A folder or a document in one: what the loader needs of a path."""

    @property
    def name(self) -> str:
        """The last part of the path."""

    def __truediv__(self, name: str, /) -> Shelf:
        """What lies in it under a name."""

    def iterdir(self) -> Iterable[Shelf]:
        """What lies in it. Raises FileNotFoundError or NotADirectoryError where it is no folder."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Documents in memory, under their paths (`sentence-management/phase-3-v8.yaml`); read like a folder."""

    documents: Mapping[str, bytes]
    path: str = ""

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    def __truediv__(self, name: str) -> Texts:
        return Texts(self.documents, f"{self.path}/{name}" if self.path else name)

    def iterdir(self) -> Iterator[Texts]:
        """What lies in it, by name. Raises FileNotFoundError where nothing lies under the path."""
        above = f"{self.path}/" if self.path else ""
        inside = {path[len(above) :].partition("/")[0] for path in self.documents if path.startswith(above)}
        if not inside:
            raise FileNotFoundError(self.path)
        return (self / name for name in sorted(inside))

    def open(self, mode: Literal["rb"] = "rb") -> BinaryIO:
        """The document's bytes. Raises FileNotFoundError where there is none."""
        try:
            return io.BytesIO(self.documents[self.path])
        except KeyError:
            raise FileNotFoundError(self.path) from None


def take_texts(folder: Path) -> Texts:
    """The documents of a folder that the loader would read. Raises UsageError where one cannot be read.

    A document that is too large is taken as far as it takes to see that.
    """
    found: dict[str, bytes] = {}
    try:
        for path in _documents(folder):
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be read: {error.strerror}.") from error
    return Texts(found)


def _documents(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder of frameworks.")
    yield from _yaml(folder)
    for framework in sorted(folder.iterdir()):
        if framework.is_dir() and not framework.name.startswith((".", "_")):
            yield from _yaml(framework)
            for inner in INNER:
                if (framework / inner).is_dir():
                    yield from _yaml(framework / inner)


def _yaml(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.name.endswith(".yaml") and path.is_file())
