"""What a run of the benchmarks found, kept as JSON for `python -m bench.table` and printed as one table."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

LAST = Path(__file__).resolve().parent.parent / ".benchmarks" / "prioritise-last.json"
"""The results of the last run. The folder is not committed."""


@dataclass(slots=True)
class SpeedRow:
    """One contestant under one mix: decisions a second, and ratios (None where the rival did not run)."""

    mix: str
    name: str
    rate: float
    to_zen: float | None
    to_zen_on_the_wall: float | None
    to_durable: float


@dataclass(slots=True)
class CheckRow:
    """One thing that has a bound."""

    what: str
    found: str
    bound: str
    met: bool


@dataclass(slots=True)
class Results:
    """Everything that a run found."""

    machine: str = field(default_factory=lambda: machine())
    mix: dict[str, Any] = field(default_factory=dict)
    speed: list[SpeedRow] = field(default_factory=list)
    checks: list[CheckRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self, what: str, found: str, bound: str, met: bool) -> None:
        """Note something that has a bound."""
        self.checks.append(CheckRow(what, found, bound, bool(met)))

    def save(self, path: Path = LAST) -> None:
        """Write the results for later."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path = LAST) -> Results:
        """The results of the last run. Raises OSError where there is none."""
        read = json.loads(path.read_text(encoding="utf-8"))
        speed = [SpeedRow(**row) for row in read.pop("speed")]
        checks = [CheckRow(**row) for row in read.pop("checks")]
        return cls(speed=speed, checks=checks, **read)


def machine() -> str:
    """What the run was measured on."""
    python, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"
    return f"Python {python}, {system}, {os.cpu_count()} processors ({load} before the run)"


def markdown(results: Results) -> str:
    """The results as tables in Markdown."""
    lines = [
        "Everything measured is synthetic. Ratios are taken within rounds, in which all take turns.",
        f"Measured with {results.machine}, in seconds of processor time.",
    ]
    if results.mix:
        parts = ", ".join(f"{100 * part:.0f}% {status}" for status, part in results.mix["statuses"].items())
        lines.append(
            f"Usual mix: {parts}; {results.mix['fired']:.1f} firings a decision. Harsh mix: a tenth of the"
        )
        lines.append("figures unknown; zen-engine's rules have no third truth and are left out there.")
    if results.speed:
        lines += ["", *_speed(results.speed)]
    if results.checks:
        lines += ["", "| measured | found | bound | |", "|---|---|---|---|"]
        for row in results.checks:
            lines.append(
                f"| {row.what} | {row.found} | {row.bound} | {'met' if row.met else '**NOT MET**'} |"
            )
    lines += ["", *(f"- {note}" for note in results.notes)] if results.notes else []
    return "\n".join(lines)


def _speed(rows: list[SpeedRow]) -> list[str]:
    usual = {row.name: row for row in rows if row.mix == "usual"}
    harsh = {row.name: row for row in rows if row.mix == "harsh"}
    lines = [
        "| one step to the decision | a second, usual mix | harsh mix | times zen with trace | (on the wall) "
        "| times durable-rules alone |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name in dict.fromkeys((*usual, *harsh)):
        one, other = usual.get(name), harsh.get(name)
        cells = [
            name,
            f"{one.rate:,.0f}" if one else "",
            f"{other.rate:,.0f}" if other else "",
            f"{one.to_zen:.2f}" if one and one.to_zen is not None else "",
            f"{one.to_zen_on_the_wall:.2f}" if one and one.to_zen_on_the_wall is not None else "",
            f"{one.to_durable:.2f}" if one else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines
