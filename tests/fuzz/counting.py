"""What the fuzzing has read so far, for its summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """How many documents of which kind were read, how many were accepted, and the slowest and the largest."""

    documents: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    largest: int = 0

    def note(self, kind: str, size: int, took: float, *, accepted: bool) -> None:
        """Count one document."""
        self.documents[kind] += 1
        self.accepted[kind] += accepted
        self.slowest = max(self.slowest, (took, kind))
        self.largest = max(self.largest, size)

    def lines(self) -> list[str]:
        """The summary."""
        kinds = ", ".join(
            f"{self.documents[kind]:,} {kind} ({self.accepted[kind]:,} accepted)"
            for kind in sorted(self.documents)
        )
        return [
            f"{self.documents.total():,} documents read: {kinds}",
            f"slowest {self.slowest[0]:.2f} s ({self.slowest[1]}), largest {self.largest:,} bytes",
        ]


READ = Tally()
