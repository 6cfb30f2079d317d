"""Faults of an export's rows, gathered: what is wrong in the same way in many rows is told once, with all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.problems import Place, Problem

_SHOWN = 8


@dataclass(slots=True)
class _Fault:
    code: str
    message: str
    hint: str
    places: list[Place] = field(default_factory=list)


class Faults:
    """Collects faults by what they are about."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, str, str], _Fault] = {}

    def add(self, code: str, about: str, message: str, hint: str, place: Place) -> None:
        """Note a fault. Of several with one code in one column about one thing the first gives the message."""
        key = (code, place.path.partition(", ")[2], about)
        self._faults.setdefault(key, _Fault(code, message, hint)).places.append(place)

    def told(self) -> Iterator[Problem]:
        """The faults as problems: each at its first row, with the others under `also`."""
        for fault in self._faults.values():
            first, *others = fault.places
            message = fault.message
            if others:
                rows = list(dict.fromkeys(str(place.line) for place in fault.places))
                more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
                message += f" It is so in {len(rows):,} rows: {', '.join(rows[:_SHOWN])}{more}."
            yield Problem(fault.code, message, first, fault.hint, tuple(others))

    def __bool__(self) -> bool:
        return bool(self._faults)
