"""One run over some files: read, judged, and a sample of it checked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from engine.bulk._check import checked
from engine.bulk._past import Past, past_of, period
from engine.bulk._read import File, read_bulk
from engine.canonical import digest
from rules.framework import Framework
from rules.model import Organisation
from rules.problems import Place, Problem, ReturnsError
from rules.said import said

EDITION = 1
"""Goes up when the same returns and policy give other results."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What returns are judged by: a framework, the register, the days looked at, and which day it is."""

    framework: Framework
    organisation: Organisation
    today: datetime.date
    first: datetime.date | None = None
    last: datetime.date | None = None


def backtest(asked: Asked, files: Sequence[File]) -> Past:
    """The statuses that some files come to. Raises ReturnsError, UsageError, DisagreementError."""
    framework = asked.framework
    bulk = read_bulk(
        files,
        framework.policies[0].version.returns.every,
        vocabulary=framework.vocabulary,
        organisation=asked.organisation,
        today=asked.today,
    )
    if not bulk.frame.units:
        place = Place(files[0][1])
        hint = said("It needs a row for each unit and day.")
        raise ReturnsError([Problem("PF503", said("The file holds no returns."), place, hint)])
    first, last = period(framework, bulk.frame, asked.first, asked.last)
    return checked(*past_of(framework, bulk, first, last), bulk)


def fingerprint(asked: Asked) -> str:
    """A hash of all that decides what comes of returns: versions, settings, register, days."""
    framework = asked.framework
    return digest(
        {
            "edition": EDITION,
            "framework": framework.id,
            "pinned": framework.pinned,
            "versions": [policy.sha256 for policy in framework.policies],
            "regions": {id_: one.model_dump(mode="json") for id_, one in framework.regions.items()},
            "organisation": asked.organisation.model_dump(mode="json"),
            "from": None if asked.first is None else asked.first.isoformat(),
            "until": None if asked.last is None else asked.last.isoformat(),
        }
    )
