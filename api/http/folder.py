"""The folder of policy, looked at every few seconds: has anything in it changed?"""

from __future__ import annotations

import os
from pathlib import Path

import rules

Look = tuple[tuple[str, int, int, int], ...]
_KINDS = (".yaml", ".yml")


def shipped() -> Path:
    """The folder of policy that comes with the program."""
    return Path(rules.__file__).resolve().parents[1] / "frameworks"


class Folder:
    """Tells when documents have changed and lie still again, so that none is read while it is being written.

    It goes by sizes and times of files, which cost little; whether their words differ is seen by their hashes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._taken: Look | None = None
        self._seen: Look | None = None

    def changed(self) -> bool:
        """Whether it is time to read it: it is not as it was when last read, and has not moved since the last look."""
        now = look(self.path)
        still, self._seen = now == self._seen, now
        return still and now != self._taken

    def take(self) -> None:
        """It is read now. To be called before, so that what changes meanwhile is seen later."""
        self._taken = self._seen = look(self.path)


def look(path: Path) -> Look:
    """The documents under a path with their times, sizes and numbers; nothing where there is no such folder."""
    found = []
    for above, folders, files in os.walk(path, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        for name in files:
            if name.endswith(_KINDS):
                file = Path(above, name)
                try:
                    there = file.stat()
                except OSError:  # it has just gone, or may not be looked at
                    found.append((str(file), 0, 0, 0))
                else:
                    found.append((str(file), there.st_mtime_ns, there.st_size, there.st_ino))
    return tuple(sorted(found))
