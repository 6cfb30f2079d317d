"""Forecasts that were made, kept for those who ask again; and the pipeline that the service was given.

A forecast takes a processor for some tenths of a second, and follows from the records, the day, the documents, the
pipeline and what is asked. So it is kept under all of these, up to a bound, and made once for whoever asks at once.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Hashable
from pathlib import Path
from typing import NamedTuple

from api.http import logs
from api.http.answers import Tagged
from api.http.kept import Kept
from api.http.problems import Refusal
from engine.forecast import EMPTY, Pipeline, read_pipeline
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.problems import ReturnsError

MOST = 256
"""So many forecasts are kept; the one not asked for longest goes first."""
MAX_TOLD = 20


class Given(NamedTuple):
    """The pipeline as it stands in its file, and the hash of its bytes; None where there is no file."""

    pipeline: Pipeline
    sha256: str | None


class Outlooks:
    """What is kept between questions. Used by several threads."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.answers: Kept[Tagged] = Kept(MOST)
        """Forecasts as they were answered."""
        self._lock = threading.Lock()
        self._read: tuple[Hashable, Given] | None = None
        self._told: str | None = None

    def pipeline(self, vocabulary: Vocabulary, organisation: Organisation, documents: str) -> Given:
        """The pipeline as its file is now, read by the documents of a hash. Refuses (PF737) where it cannot be used."""
        if self._path is None:
            return Given(EMPTY, None)
        try:
            found = self._path.stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino, documents)
            with self._lock:
                if self._read is not None and self._read[0] == seen:
                    return self._read[1]
            data = self._path.read_bytes()
            pipeline = read_pipeline(data, self._path.name, vocabulary=vocabulary, organisation=organisation)
        except OSError as error:
            self._refuse([f"{self._path.name} cannot be opened: {error.strerror}."])
            raise Refusal("PF737") from None
        except ReturnsError as error:
            self._refuse([str(problem) for problem in error.problems[:MAX_TOLD]])
            raise Refusal("PF737") from None
        given = Given(pipeline, f"sha256:{hashlib.sha256(data).hexdigest()}")
        with self._lock:
            self._read, self._told = (seen, given), None
        return given

    def _refuse(self, problems: list[str]) -> None:
        """Log why the pipeline cannot be used, once for as long as it stays the same."""
        told = "\n".join(problems)
        with self._lock:
            is_new, self._told = told != self._told, told
        if is_new:
            logs.log().error("pipeline refused", problems=problems)
