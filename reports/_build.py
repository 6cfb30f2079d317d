"""The context: one decision, its framework and its organisation made into words, once for all forms."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports import _words as words
from reports._audit import audit
from reports._conditions import root_check, roots
from reports._deciding import Deciding, deciding
from reports._explanation import Check, Explanation
from reports._format import clean
from reports._headline import UNKNOWN, why
from reports._labels import labels
from reports._names import Names
from reports._sections import (
    data,
    duties,
    reductions,
    reductions_intro,
    refusals,
    settings_intro,
    settings_table,
)
from rules.model import Organisation, Version

if TYPE_CHECKING:
    from reports.distance._page import Ways


def context(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    distance: Mapping[str, Any] | None = None,
) -> Explanation:
    """The words of a decision, in the order of the page. It decides nothing and compares no threshold.

    `version` is the one that the decision names; its texts and titles are used. With `distance` the page also says
    what would change the status.
    """
    names = Names(decision, version, organisation)
    decided = deciding(names)
    first, lead = why(names, decided)
    status = names.status(decision["status"])
    explanation = Explanation(
        title=words.headline.title(decision["pdu"]["name"], status, decision["since"]),
        place=words.headline.place(
            decision["as_of"], names.group, names.region, decision["framework"]["title"]
        ),
        badge=names.badge(decision["status"]),
        why=first,
        lead=lead,
        labels=labels(names, decided),
        conditions_intro=_conditions_intro(names, decided),
        deciding=tuple(root_check(root, names, full=True) for root in decided.roots),
        others=_others(names, decided),
        reductions_intro=reductions_intro(names),
        reductions=reductions(names),
        duties_intro=words.sections.duties(len(decision["protected"])),
        duties=duties(names),
        refusals_intro=words.sections.refusals(len(decision["not_permitted"])),
        refusals=refusals(names),
        data=data(names),
        settings_intro=settings_intro(names),
        settings=settings_table(names),
        audit=audit(names),
        headings=words.sections.headings(decided=bool(decided.roots)),
        distance=None if distance is None else _distance(names, distance),
    )
    made: Explanation = tidy(explanation)
    return made


def _distance(names: Names, distance: Mapping[str, Any]) -> Ways:
    from reports.distance._build import section  # it is a page of its own too, and those are made with this

    return section(names, distance)


def _conditions_intro(names: Names, decided: Deciding) -> tuple[str, ...]:
    decision = names.decision
    found = []
    calculated = decision["calculated"]
    if calculated != decision["status"] and calculated not in UNKNOWN:
        since = decision.get("calculated_since")
        found += [words.headline.calculated(names.status(calculated), since), *decided.why]
    if decision.get("step_on"):
        newest = decision["returns"][0]["as_of"] if decision["returns"] else None
        found.append(words.conditions.judged(decision["step_on"], newest))
    elif not decided.roots:
        found.append(words.headline.nothing_judged())
    return tuple(dict.fromkeys(found))


def _others(names: Names, decided: Deciding) -> tuple[Check, ...]:
    """In short: what would end the status, and what would begin the others, in the order of the document."""
    shown = [root["rule"] for root in decided.roots]
    enters, exits = roots(names.decision, "enter"), roots(names.decision, "exit")
    calculated = names.decision["calculated"]
    found = []
    if calculated in exits:
        found.append(exits[calculated])
    found += [enters[status] for status in names.version.status_ids if status in enters]
    return tuple(root_check(root, names, full=False) for root in found if root["rule"] not in shown)


def tidy(value: Any) -> Any:
    """Every text on one line and without control characters, whatever the framework's author wrote."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(tidy(item) for item in value)
    kind: Any = type(value)
    names = _fields(kind)
    return kind(**{name: tidy(getattr(value, name)) for name in names}) if names else value


@functools.cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of what a kind of value is made of; none where it is no dataclass."""
    return tuple(one.name for one in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
