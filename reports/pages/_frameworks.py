"""The page of all versions, and which of them applied on a day."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from typing import NamedTuple

from reports._words import framework as framework_words
from reports._words import pages as words
from reports.language import gettext as _
from rules.framework import Framework


class VersionLine(NamedTuple):
    """A version in short; `before` is the one before it."""

    id: str
    title: str
    in_force: str
    current: bool
    summary: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Frameworks:
    """The versions, and the answer to the question for a day, if one was asked."""

    title: str
    versions: tuple[VersionLine, ...]
    example: str
    day: str = ""
    answer: str | None = None
    answer_version: str | None = None
    error: str | None = None


def frameworks_page(framework: Framework, today: datetime.date, asked: str = "") -> Frameworks:
    """The page of a framework. `asked` is the day that somebody wrote."""
    current = framework.in_force(today)
    before: str | None = None
    lines = []
    for policy in framework.policies:
        version = policy.version
        in_force = framework_words.in_force(version.effective, framework.last_day(policy))
        lines.append(
            VersionLine(version.version, version.title, in_force, policy is current, version.summary, before)
        )
        before = version.version
    example = framework.policies[-1].version.effective.isoformat()
    made = Frameworks(_(words.FRAMEWORKS), tuple(reversed(lines)), example)
    return made if not asked.strip() else _answered(made, framework, asked.strip())


def _answered(page: Frameworks, framework: Framework, asked: str) -> Frameworks:
    page = dataclasses.replace(page, day=asked)
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        return dataclasses.replace(page, error=words.no_day(page.example))
    found = framework.in_force(day)
    if found is None:
        return dataclasses.replace(page, answer=words.no_version(day))
    answer = words.version_on(day, found.version.title)
    return dataclasses.replace(page, answer=answer, answer_version=found.version.version)
