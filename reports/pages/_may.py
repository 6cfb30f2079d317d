"""The page that answers: may I reduce this, for this case?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reports._names import Names
from reports._words import pages as words
from reports.language import gettext as _
from reports.may import MayWords, may_words
from rules.model import Organisation, Pdu, Version


class Part(NamedTuple):
    """The activities of a part of the work: ids and titles."""

    title: str
    activities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MayPage:
    """The question, and the answer if one was asked for. `chosen` are the cohorts of the case."""

    id: str
    name: str
    parts: tuple[Part, ...]
    cohorts: tuple[tuple[str, str], ...]
    activity: str
    chosen: tuple[str, ...]
    none: bool
    answer: MayWords | None
    kind: str
    decision: str | None
    error: str | None = None
    cohorts_error: str | None = None


def may_page(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    unit: Pdu,
    activity: str,
    cohorts: Sequence[str],
    *,
    none: bool,
    told: Mapping[str, Any] | None,
    asked: bool,
) -> MayPage:
    """The page for a unit. `told` is the answer of `engine.may`; `asked` whether the question was sent."""
    names = Names(decision, version, organisation)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in version.activities:
        grouped.setdefault(names.part(one.id) or _(words.OTHER_WORK), []).append(
            (one.id, names.activity_title(one.id))
        )
    return MayPage(
        id=unit.id,
        name=unit.name,
        parts=tuple(Part(title, tuple(found)) for title, found in grouped.items()),
        cohorts=tuple(version.cohorts.items()),
        activity=activity,
        chosen=tuple(cohorts),
        none=none,
        answer=None if told is None else may_words(told, decision, version, organisation),
        kind="" if told is None else str(told["answer"]),
        decision=None if told is None else str(told["decision"]),
        error=_(words.CHOOSE_ACTIVITY) if asked and not activity else None,
        cohorts_error=_(words.NONE_AND_SOME) if none and cohorts else None,
    )
