"""The impact of a comparison on the units of a file of returns."""

from __future__ import annotations

import datetime
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np

from api.cli._load import today
from api.cli._terminal import FOUND_PROBLEMS, end, read_file
from engine.bulk import period, read_bulk
from engine.compare import Side
from engine.compare.impact import Commands, impact_of, judging
from engine.compare.impact_values import Impact
from rules.figures import Vocabulary
from rules.framework import Framework, Library
from rules.model import Organisation, Pdu


def impact_on(
    sides: tuple[Side, Side],
    named: tuple[str, str],
    library: Library,
    path: Path,
    frameworks: Path | None,
) -> Impact:
    """What two sides make of a file of returns. Raises ReturnsError, UsageError, DisagreementError."""
    known = [library.frameworks.get(side.policy.version.framework) for side in sides]
    only = tuple(dict.fromkeys(side.region for side in sides if side.region is not None))
    regions = [one.id for one in library.organisation.regions]
    one, other = (
        judging(side, framework, regions, bool(only)) for side, framework in zip(sides, known, strict=True)
    )
    bulk = read_bulk(
        [(read_file(path), str(path))],
        sides[1].policy.version.returns.every,
        vocabulary=_vocabulary(sides, [framework for framework in known if framework is not None]),
        organisation=library.organisation,
        today=today(),
    )
    if only:
        frame = bulk.frame
        columns = [column for column, pdu in enumerate(frame.units) if pdu.region in only]
        bulk = replace(bulk, frame=frame.part(0, frame.rows, np.array(columns, np.intp)))
    if not bulk.frame.units:
        whose = f" of {' or '.join(only)}" if only else ""
        end(f"The file holds no returns{whose}: whom it would move cannot be told.", FOUND_PROBLEMS)
    first, last = period(other, bulk.frame)
    return impact_of(
        (one, other),
        bulk,
        first,
        last,
        only=only,
        commands=_commands(sides, named, library.organisation, path, frameworks),
    )


def _vocabulary(sides: tuple[Side, Side], known: list[Framework]) -> Vocabulary:
    """A column is known if either version has it, or another one of their frameworks."""
    versions = [policy.version for framework in known for policy in framework.policies]
    versions += [side.policy.version for side in sides]
    return Vocabulary({id(version): version for version in versions}.values())


def _commands(
    sides: tuple[Side, Side],
    named: tuple[str, str],
    organisation: Organisation,
    path: Path,
    frameworks: Path | None,
) -> Commands:
    """The commands that open decisions: for versions of the folder as they are written there."""
    if any(side.region is not None for side in sides) or any(
        "@" not in name or _is_path(name) for name in named
    ):
        return lambda pdu, day: None
    folder = [] if frameworks is None else ["--frameworks", str(frameworks)]

    def command(name: str, pdu: Pdu, day: datetime.date) -> str:
        words = ["prioritise", "explain", pdu.id, "--framework", name, "--as-of", day.isoformat()]
        return shlex.join([*words, "--returns", str(path), *folder])

    return lambda pdu, day: (command(named[0], pdu, day), command(named[1], pdu, day))


def _is_path(name: str) -> bool:
    path = Path(name)
    return path.suffix in (".yaml", ".yml") or path.is_file()
