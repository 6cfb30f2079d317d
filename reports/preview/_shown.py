"""What statuses, figures and numbers of two worlds are called and how they look."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from engine.preview import Preview
from reports._colours import NEUTRAL, pair
from reports._format import capital, clean, plain, quantity
from reports._names import Names
from reports._page import Level
from reports._words import headline as common
from reports._words import preview as words
from reports.language import gettext as _
from rules.model import Organisation
from rules.policy import Policy


class Shown:
    """The names of a preview's things. What the newest version calls them goes first."""

    def __init__(self, preview: Preview, organisation: Organisation) -> None:
        self.preview = preview
        self.organisation = organisation
        question = preview.question
        first, last = preview.first, preview.last
        after = in_force_between(question.after.policies, first, last)
        before = in_force_between(question.before.policies, first, last)
        self.policies = list(dict.fromkeys((*reversed(after), *reversed(before))))
        self.names = [Names({}, policy.version, organisation) for policy in self.policies]
        self.levels = self._levels()
        self.regions = {region.id: region.name for region in organisation.regions}
        self.units = {pdu.id: pdu.name for pdu in organisation.pdus}

    def level(self, status: str | None) -> Level:
        """How a status is shown."""
        return self.levels[status]

    def figure(self, measure: str) -> Names:
        """The names of a version that has a figure."""
        return next((names for names in self.names if names.measured(measure) is not None), self.names[0])

    def trigger(self, name: str) -> str:
        """What a trigger point is called."""
        names = next((one for one in self.names if name in one.version.trigger_points), None)
        return capital(plain(name)) if names is None else names.trigger_title(name)

    def number(self, name: str, value: str) -> str:
        """A trigger point's number with its unit."""
        names = next((one for one in self.names if name in one.version.trigger_points), None)
        return quantity(value, None) if names is None else names.trigger_value(name, value)

    def activity(self, activity: str) -> str:
        """What an activity is called."""
        names = next((one for one in self.names if one.activity(activity) is not None), self.names[0])
        return names.activity_title(activity)

    def whom(self, units: Iterable[str]) -> str:
        """Units by name; all of them in one word."""
        ids = list(units)
        others = [unit.pdu.name for unit in self.preview.units if unit.pdu.id not in ids]
        if len(ids) > 2 >= len(others) or (len(ids) == 2 and not others):
            return words.everyone(self.organisation.unit.many, others)
        return words.named([self.units[id_] for id_ in ids])

    def _levels(self) -> dict[str | None, Level]:
        """Every status that appears, least severe first, each with a letter of its own."""
        used = {stretch.status for unit in self.preview.units for stretch in (*unit.before, *unit.after)}
        return levels_of(self.names, used)


def levels_of(names: Sequence[Names], used: Collection[str | None]) -> dict[str | None, Level]:
    """The statuses in use, least severe first, as the first of some versions that has each calls it."""
    found: dict[str | None, Level] = {}
    taken = {*common.NO_LEVEL_LETTERS.values(), words.NO_DECISION_LETTER}
    for place, id_ in enumerate(merged([one.version.status_ids for one in names])):
        own = next(one for one in names if id_ in one.version.status_ids)
        word, status = own.status(id_), own.level(id_)
        letter = letter_of(word, taken)
        taken.add(letter)
        colour = pair(status.colour if status is not None else None)
        found[id_] = Level(clean(word), letter, colour, f"s{place}")
    for id_, letter in common.NO_LEVEL_LETTERS.items():
        found[id_] = Level(_(common.NO_LEVELS[id_]), letter, NEUTRAL, "none")
    found[None] = Level(_(words.NO_DECISION), words.NO_DECISION_LETTER, NEUTRAL, "none")
    return {id_: level for id_, level in found.items() if id_ in used}


def in_force_between(policies: Iterable[Policy], first: datetime.date, last: datetime.date) -> list[Policy]:
    """The versions in force on some of the days; all where there is none."""
    given = list(policies)
    begun = [one for one in given if one.version.effective <= last]
    later = [one for one in begun if one.version.effective > first]
    kept = [*begun[: len(begun) - len(later)][-1:], *later]
    return kept or given


def merged(orders: Iterable[Sequence[str]]) -> list[str]:
    """Statuses of several versions in one order: one that is new stands after the one before it in its version."""
    found: list[str] = []
    for order in orders:
        for place, id_ in enumerate(order):
            if id_ not in found:
                found.insert(found.index(order[place - 1]) + 1 if place else 0, id_)
    return found


def letter_of(word: str, taken: set[str]) -> str:
    """A sign for a status: a letter of its word that no other has, else a digit or any letter."""
    signs = [*word.upper(), *"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", *word.lower()]
    return next((sign for sign in signs if sign.isalnum() and sign.isascii() and sign not in taken), "#")
