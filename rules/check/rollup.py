"""What a version says of parents, beyond its shape: PF284 to PF289."""

from __future__ import annotations

import re

from rules.check.names import known_or_told
from rules.formula import Condition, ConditionReader, FigureOf, NameFault, Scope, Subject
from rules.model import Version
from rules.model._fields import read_number
from rules.model.rollup import ParentRules
from rules.policy import Level, ParentOf
from rules.problems import Findings, did_you_mean
from rules.rollup import COUNTS, UNITS, UNITS_AT, Words, counting_version
from rules.text import Path_, Source

_COUNT = re.compile(r"([A-Za-z_]+)(?:\[\s*([^\[\]]*?)\s*\])?")
_OWN = {"sums": (), "mean": ("means",), "count": ("statuses",)}
"""The keys that only one way of following from children has; it needs them."""
_WORDS = Words("unit", "units")


def check_rollup(
    version: Version, source: Source, reader: ConditionReader, findings: Findings
) -> tuple[ParentOf, ...]:
    """The parents that a version gives a status, read; what is wrong is noted.

    `reader` has read the conditions of the version: those of parents count towards the same limit.
    """
    rollup = version.rollup
    if rollup is None:
        return ()
    if rollup.region is None and rollup.country is None:
        message = "rollup names neither region nor country, so nobody gets a status by it."
        findings.add(
            "PF286", message, source.place(("rollup",), key=True), "Write one of the two, or remove it."
        )
    if rollup.country is not None and rollup.country.of == "regions" and rollup.region is None:
        message = "The country follows from the regions, and nothing says how those get a status."
        place = source.place(("rollup", "country", "of"))
        findings.add("PF287", message, place, "Write region under rollup as well, or of: units.")
    found = []
    for level, rules in (("region", rollup.region), ("country", rollup.country)):
        if rules is not None:
            found.append(_Parent(level, rules, version, source, reader, findings).read())  # type: ignore[arg-type]
    return tuple(found)


class _Parent:
    """The rules of one kind of parent being read."""

    def __init__(
        self,
        level: Level,
        rules: ParentRules,
        version: Version,
        source: Source,
        reader: ConditionReader,
        findings: Findings,
    ) -> None:
        self.level, self.rules, self.version = level, rules, version
        self.source, self.reader, self.findings = source, reader, findings
        self.path: Path_ = ("rollup", level)

    def read(self) -> ParentOf:
        self.keys()
        self.combine()
        weights = self.weights()
        if self.rules.by != "count" or not self.rules.statuses:
            return ParentOf(self.level, self.rules, weights)
        enters, exits = self.conditions()
        return ParentOf(self.level, self.rules, weights, enters, exits)

    def keys(self) -> None:
        """PF284: what belongs to another way of following from children, and what this way lacks."""
        by = self.rules.by
        for way, keys in _OWN.items():
            for key in keys:
                given = bool(getattr(self.rules, key))
                if given and way != by:
                    place = self.source.place((*self.path, key), key=True)
                    message = f"{key} belongs to by: {way}, and this {self.level} is by: {by}."
                    self.findings.add("PF284", message, place, f"Remove {key}, or write by: {way}.")
                elif way == by and not given:
                    place = self.source.place((*self.path, "by"))
                    self.findings.add("PF284", f"by: {by} needs {key}.", place, f"Add {key}.")

    def combine(self) -> None:
        """PF285: a way of bringing figures together that does not fit their input."""
        for name, way in self.rules.combine.items():
            path: Path_ = (*self.path, "combine", name)
            spec = self.version.inputs.get(name)
            if spec is None:
                hint = did_you_mean(name, self.version.inputs)
                place = self.source.place(path, key=True)
                self.findings.add("PF210", f"{name} is no input of this version.", place, hint)
            elif (spec.values is None) == (way == "most_severe"):
                if spec.values is None:
                    message, hint = f"{name} is a number, not a category.", "Write sum, largest or smallest."
                else:
                    message, hint = f"{name} is a category, not a number.", "Write most_severe, or remove it."
                self.findings.add("PF285", message, self.source.place(path), hint)

    def weights(self) -> dict[str, Subject | None]:
        """What a child weighs in each mean; None where all weigh the same."""
        found: dict[str, Subject | None] = {}
        scope = Scope(self.version)
        for name, mean in self.rules.means.items():
            path: Path_ = (*self.path, "means", name)
            if name not in self.version.measures:
                hint = did_you_mean(name, self.version.measures)
                place = self.source.place(path, key=True)
                self.findings.add("PF210", f"{name} is no measure of this version.", place, hint)
            if read_number(mean.weight.strip()) == 1:
                found[name] = None
                continue
            try:
                found[name] = scope.total(mean.weight)
            except NameFault as fault:
                hint = fault.hint if fault.code != "PF210" else fault.hint or "Write 1 for all alike."
                self.findings.add(fault.code, fault.message, self.source.place((*path, "weight")), hint)
        return found

    def conditions(self) -> tuple[tuple[Condition | None, ...], tuple[Condition | None, ...]]:
        """The conditions over counts, by level."""
        version, statuses = self.version, self.rules.statuses
        self.names()
        for id_ in statuses:
            path: Path_ = (*self.path, "statuses", id_)
            known_or_told(id_, version.status_ids, "status", path, self.source, self.findings)
        reader = ConditionReader(self.source.file, CountScope(version), self.findings)
        reader.size = self.reader.size
        enters: list[Condition | None] = []
        exits: list[Condition | None] = []
        for level, id_ in enumerate(version.status_ids):
            path = (*self.path, "statuses", id_)
            for key, found in (("enter", enters), ("exit", exits)):
                node = self.source.node((*path, key))
                if node is not None and level == 0:
                    place = self.source.place((*path, key), key=True)
                    message = (
                        f"The first status takes no {key}: a parent is there when no other status holds."
                    )
                    self.findings.add("PF220", message, place, f"Remove the {key} condition.")
                found.append(None if node is None else reader.read(node, (*path, key), f"{key}.{id_}"))
            if level > 0 and self.source.node((*path, "enter")) is None:
                place = self.source.place((*self.path, "statuses"), key=True)
                message = f"The status {id_} has no enter condition over counts."
                self.findings.add("PF288", message, place, "Each status but the first needs one.")
        self.reader.size = reader.size
        return tuple(enters), tuple(exits)

    def names(self) -> None:
        """PF289: a name of the version that the counts take."""
        for group in ("inputs", "measures", "trigger_points"):
            for name in getattr(self.version, group):
                if name in COUNTS:
                    place = self.source.place((group, name), key=True)
                    message = f"{name} is what a parent counts its children by."
                    also = [self.source.place((*self.path, "by"))]
                    self.findings.add("PF289", message, place, "Choose another name.", also)


class CountScope(Scope):
    """Names as the conditions of a parent know them: the counts as well, by any status of the version."""

    def __init__(self, version: Version) -> None:
        super().__init__(counting_version(version, _WORDS))

    def subject(self, text: str) -> Subject:
        """What a condition compares: `units`, `units_at[amber]`, or what any condition may. Raises NameFault."""
        match = _COUNT.fullmatch(text.strip())
        if match is None or match[1] not in COUNTS:
            return super().subject(text)
        name, status = match[1], match[2]
        if name == UNITS:
            if status is not None:
                raise NameFault(
                    "PF212", f"{UNITS} has no members.", f"Write {UNITS}, or {UNITS_AT}[{status}]."
                )
            return FigureOf(UNITS)
        ids = self.version.status_ids
        if status is None:
            raise NameFault("PF212", f"{name} needs a status.", f"Write {name}[{ids[-1]}].")
        if status not in ids:
            hint = did_you_mean(status, ids)
            raise NameFault("PF212", f"{status[:60] or 'This'} is no status of this version.", hint)
        return FigureOf(name, (status,))
