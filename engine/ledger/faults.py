"""Which units cannot be decided, kept up to date within one write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.ledger.settling import Affected, Settled
from engine.ledger.undecided import Unsettled
from engine.ledger.units import earlier
from rules.model import Pdu


class Faults:
    """The units that cannot be decided (`now`), and those of them that this write has tried to decide in vain."""

    def __init__(self, now: dict[str, Unsettled]) -> None:
        self.now = now
        self._tried: dict[str, Unsettled] = {}

    def tried(self) -> tuple[Unsettled, ...]:
        """Those that were to be decided in this write and could not be."""
        return tuple(self._tried[id_] for id_ in sorted(self._tried))

    def try_again(self) -> None:
        """What was tried was tried by other documents."""
        self._tried = {}

    def left(self, units: Mapping[str, Pdu]) -> list[Affected]:
        """Those that this write has not tried to decide yet."""
        left = [one for id_, one in sorted(self.now.items()) if id_ not in self._tried]
        return [Affected(units[one.pdu], one.cause) for one in left if one.pdu in units]

    def due(self, affected: Affected) -> Affected:
        """What is to be settled, with the days that could not be decided before."""
        fault = self.now.get(affected.pdu.id)
        if fault is None:
            return affected
        cause = fault.cause if affected.cause == "time" else affected.cause
        return Affected(affected.pdu, cause, earlier(affected.changed, fault.first))

    def take(self, settled: Settled) -> Iterator[tuple[Unsettled, bool]]:
        """Take note of what settling came to; gives what is new, and whether a fault is over."""
        for id_ in sorted(settled.units):
            self._tried.pop(id_, None)
            if id_ in self.now:
                yield self.now.pop(id_), True
        for id_, fault in sorted(settled.faults.items()):
            self._tried[id_] = fault
            if self.now.get(id_) != fault:
                self.now[id_] = fault
                yield fault, False
