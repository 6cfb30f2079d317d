"""What an export calls units and members, and which of ours they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from rules.figures import FigureSpec
from rules.mapping_words import folded, without_ends
from rules.model import Organisation, Pdu, Version
from rules.model.mapping import MemberColumn, UnitColumn
from rules.suggestions import Suggestions, safe

Wrong = tuple[str, str]
"""What is wrong with a name, and what to do about it."""


class Units:
    """Finds the unit that a text names on a day."""

    def __init__(self, column: UnitColumn, organisation: Organisation) -> None:
        self._drop, self._word = column.drop, organisation.unit.one
        units = {pdu.id: pdu for pdu in organisation.pdus}
        self._named = {folded(name): [units[id_]] for name, id_ in column.names.items() if id_ in units}
        self._known: dict[str, list[Pdu]] = {}
        names = []
        for pdu in organisation.pdus:
            text = {"name": pdu.name, "id": pdu.id, "code": pdu.code}[column.by]
            if text is not None:
                self._known.setdefault(folded(text), []).append(pdu)
                names.append(text)
        self._suggestions = Suggestions(dict.fromkeys([*names, *column.names]))
        self._found: dict[tuple[str, datetime.date | None], str | Wrong] = {}

    def find(self, text: str, day: datetime.date | None) -> str | Wrong:
        """The id of a unit, or what is wrong with its name."""
        key = (text, day)
        if key not in self._found:
            self._found[key] = self._find(text, day)
        return self._found[key]

    def _find(self, text: str, day: datetime.date | None) -> str | Wrong:
        if not text:
            return f"There is no {self._word} here.", "Name it, or leave such rows out (rows: without:)."
        plain = folded(text)
        found = self._named.get(plain) or self._known.get(plain)
        if not found and self._drop:
            plain = without_ends(plain, self._drop)
            found = self._named.get(plain) or self._known.get(plain)
        if not found:
            hint = self._suggestions.hint(text)
            hint = f"{hint} Write it under unit: names: in the mapping, or leave its rows out."
            return f"There is no {self._word} {safe(text)!r}.", hint.strip()
        there = [pdu for pdu in found if day is None or pdu.exists_on(day)]
        if len(there) > 1:
            ids = " and ".join(pdu.id for pdu in there)
            return f"{safe(text)!r} names {ids}.", "Write which under unit: names: in the mapping."
        return (there or found)[0].id  # of one that does not exist on the day the reader of returns tells


class Members:
    """Finds the member of a list that a text names."""

    def __init__(self, column: MemberColumn, spec: FigureSpec, versions: Iterable[Version]) -> None:
        self._word = spec.per or "member"
        self._ignored = {folded(text) for text in column.ignore}
        known: dict[str, str] = {}
        shown = list(column.names)
        for version in versions:
            for member, title in version.lists.get(spec.per or "", {}).items():
                if column.by != "names":
                    shown.append(member if column.by == "id" else title)
                    known[folded(shown[-1])] = member
        self._known = known | {folded(name): member for name, member in column.names.items()}
        self.all = tuple(dict.fromkeys(self._known.values()))
        self._suggestions = Suggestions(dict.fromkeys(shown))

    def ignores(self, text: str) -> bool:
        """Whether rows with this text give no figure on purpose."""
        return folded(text) in self._ignored

    def find(self, text: str) -> str | None:
        """The member's id, or None."""
        return self._known.get(folded(text))

    def wrong(self, text: str) -> Wrong:
        """What is wrong with a text that names no member."""
        do = "Write it under member: names: in the mapping, or under ignore:."
        if not text:
            return f"There is no {self._word} here.", do
        return f"There is no {self._word} {safe(text)!r}.", f"{self._suggestions.hint(text)} {do}".strip()


def category(text: str, values: Mapping[str, str]) -> str | None:
    """The category that a text means; without a table it is the text itself."""
    if not values:
        return text
    return {folded(name): one for name, one in values.items()}.get(folded(text))
