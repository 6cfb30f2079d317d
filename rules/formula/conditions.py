"""Conditions as written in YAML to a tree, with every fault at its place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rules.formula.scope import NameFault, Scope
from rules.formula.tree import (
    COMPARATORS,
    OPERATORS,
    Categories,
    Comparison,
    Condition,
    Constant,
    Group,
    GroupOperator,
    Remarks,
    Subject,
    Threshold,
    TriggerPointOf,
)
from rules.model._fields import (
    MAX_DAYS,
    TOO_LONG,
    plain_decimal,
    read_duration,
    read_number,
    too_long,
)
from rules.problems import Findings, Place, did_you_mean
from rules.text import Mapping, Node, Path_, Scalar, Sequence, path_text

MODIFIERS = ("for", "source", "basis", "note")
WIDEST = 4 * 10**18 - 1
"""No threshold lies beyond this once it is scaled: the deciders hold numbers in 64 bits."""
MAX_CONDITIONS = 2_000
"""Comparisons, groups and listed categories of one document. Each becomes rules, and many rules load slowly."""
NO_REMARKS = Remarks()
ORDERED = ("below", "at_most", "above", "at_least")


class ConditionReader:
    """Reads the conditions of one document. Faults go to `findings`."""

    def __init__(self, file: str, scope: Scope, findings: Findings) -> None:
        self.file = file
        self.scope = scope
        self.findings = findings
        self.every = max(1, scope.version.returns.every)
        self.size = 0

    def read(self, node: Node, path: Path_, rule: str, above: Remarks = NO_REMARKS) -> Condition | None:
        """The condition at a node, or None where it has a fault. `above` is what its group says."""
        if not self.count(1, node, path):
            return None
        if not isinstance(node, Mapping):
            self.say(
                "PF215", "A condition is due here.", node, path, "Write for example {staffing: {below: 90}}."
            )
            return None
        remarks = self.remarks(node, path, above)
        periods = self.duration(node, path)
        kinds = [key for key in node.entries if key not in MODIFIERS]
        if len(kinds) != 1:
            hint = (
                "Combine several with all: or any:."
                if kinds
                else "Name one measure, or any, all, none or count."
            )
            self.say(
                "PF215", f"A condition has exactly one measure or group, not {len(kinds)}.", node, path, hint
            )
            return None
        kind = kinds[0]
        value = node.entries[kind]
        if kind in OPERATORS:
            return self.group(OPERATORS[kind], value, (*path, kind), rule, periods, remarks)
        return self.comparison(kind, node.keys[kind], value, (*path, kind), rule, periods, remarks)

    def count(self, more: int, node: Node, path: Path_) -> bool:
        """Whether the document takes so much more; that it does not is noted once."""
        before, self.size = self.size, self.size + more
        if before <= MAX_CONDITIONS < self.size:
            message = f"The conditions of a version have at most {MAX_CONDITIONS:,} parts."
            self.say("PF228", message, node, path, "Use measures and activities for fewer cases.")
        return self.size <= MAX_CONDITIONS

    def say(self, code: str, message: str, node: Node, path: Path_, hint: str = "") -> None:
        """Note a fault at a node."""
        self.findings.add(code, message, Place(self.file, node.line, node.column, path_text(path)), hint)

    def scalar(self, node: Mapping, key: str, path: Path_) -> Scalar | None:
        """The one value of a modifier."""
        value = node.entries.get(key)
        if value is None:
            return None
        if not isinstance(value, Scalar) or value.empty:
            self.say("PF201", f"{key} takes one value.", value, (*path, key), "Write one value.")
            return None
        return value

    def remarks(self, node: Mapping, path: Path_, above: Remarks) -> Remarks:
        """What the condition says about itself, or its group's words where it says nothing."""
        source, basis = above.source, above.basis
        own_source = self.scalar(node, "source", path)
        if own_source is not None:
            source = own_source.text
            if source not in self.scope.version.sources:
                hint = did_you_mean(source, self.scope.version.sources)
                self.say(
                    "PF223",
                    f"{source[:60]} is no source of this version.",
                    own_source,
                    (*path, "source"),
                    hint,
                )
        own_basis = self.scalar(node, "basis", path)
        if own_basis is not None:
            basis = own_basis.text
            if basis not in ("published", "illustrative"):
                hint = "Write published or illustrative."
                self.say("PF208", f"{basis[:60]!r} is no basis.", own_basis, (*path, "basis"), hint)
        note = self.scalar(node, "note", path)
        return Remarks(source, basis, note.text if note else None, node.line)

    def duration(self, node: Mapping, path: Path_) -> int | None:
        """The condition's duration in return periods."""
        value = self.scalar(node, "for", path)
        if value is None:
            return None
        days = read_duration(value.text)
        if not days:
            message, hint = (
                f"A duration is due here, not {value.text[:60]}.",
                "Write it as 14 days or 2 weeks.",
            )
            self.say("PF205", message, value, (*path, "for"), hint)
            return None
        if days > MAX_DAYS:
            self.say("PF205", TOO_LONG[0], value, (*path, "for"), TOO_LONG[1])
            return None
        if days % self.every:
            message = f"A duration must be a multiple of returns.every, which is {self.every} days."
            below = days // self.every * self.every
            hint = f"Write {below} or {below + self.every} days." if below else f"Write {self.every} days."
            self.say("PF216", message, value, (*path, "for"), hint)
            return None
        return days // self.every

    def group(
        self,
        operator: GroupOperator,
        value: Node,
        path: Path_,
        rule: str,
        periods: int | None,
        remarks: Remarks,
    ) -> Condition | None:
        """`any`, `all`, `none` or `count`."""
        at_least = 0
        parts_node, parts_path = value, path
        if operator == "count":
            if not isinstance(value, Mapping) or set(value.entries) != {"at_least", "of"}:
                self.say(
                    "PF215",
                    "count takes at_least and of.",
                    value,
                    path,
                    "As in count: {at_least: 2, of: [..]}.",
                )
                return None
            number = value.entries["at_least"]
            exact = read_number(number.text) if isinstance(number, Scalar) and number.plain else None
            parts_node, parts_path = value.entries["of"], (*path, "of")
            size = len(parts_node.items) if isinstance(parts_node, Sequence) else 0
            if exact is None or exact != exact.to_integral_value() or not 1 <= exact <= max(size, 1):
                hint = f"Write a whole number from 1 to {max(size, 1)}."
                self.say(
                    "PF215", "at_least must be a number of the parts.", number, (*path, "at_least"), hint
                )
                return None
            at_least = int(exact)
        if not isinstance(parts_node, Sequence) or not parts_node.items:
            self.say(
                "PF215", f"{operator} takes a list of conditions.", parts_node, parts_path, "Write [..]."
            )
            return None
        parts = [
            self.read(item, (*parts_path, index), f"{rule}.{index}", remarks)
            for index, item in enumerate(parts_node.items)
        ]
        good = tuple(part for part in parts if part is not None)
        if len(good) < len(parts):
            return None
        return Group(rule, operator, good, at_least, periods, remarks)

    def comparison(
        self,
        name: str,
        key: Scalar,
        value: Node,
        path: Path_,
        rule: str,
        periods: int | None,
        remarks: Remarks,
    ) -> Condition | None:
        """`measure: {comparator: value}`; two comparators are a group of both."""
        try:
            subject = self.scope.subject(name)
        except NameFault as fault:
            self.say(fault.code, fault.message, key, path, fault.hint)
            return None
        if not isinstance(value, Mapping) or not value.entries:
            self.say("PF215", "A comparison is due here.", value, path, "Write for example {below: 90}.")
            return None
        found: list[tuple[str, Threshold]] = []
        for comparator, threshold in value.entries.items():
            place = (*path, comparator)
            if comparator not in COMPARATORS:
                hint = did_you_mean(comparator, COMPARATORS)
                self.say("PF215", f"{comparator[:60]} is no comparator.", value.keys[comparator], place, hint)
                continue
            read = self.threshold(subject, comparator, threshold, place)
            if read is not None:
                found.append((comparator, read))
        if len(found) < len(value.entries):
            return None
        if len(found) == 1:
            return Comparison(rule, subject, found[0][0], found[0][1], periods, remarks)
        both = tuple(
            Comparison(f"{rule}.{index}", subject, comparator, threshold, None, remarks)
            for index, (comparator, threshold) in enumerate(found)
        )
        return Group(rule, "all", both, 0, periods, remarks)

    def threshold(self, subject: Subject, comparator: str, node: Node, path: Path_) -> Threshold | None:
        """What the subject is compared with."""
        categories = self.scope.categories(subject)
        if categories is not None:
            return self.category(comparator, node, path, categories)
        if comparator in ("one_of", "none_of"):
            self.say(
                "PF213",
                f"{comparator} fits categories; {subject} is a number.",
                node,
                path,
                "Use is or below.",
            )
            return None
        if not isinstance(node, Scalar) or node.empty:
            self.say(
                "PF215", "One number or name is due here.", node, path, "Write a number or a trigger point."
            )
            return None
        number = read_number(node.text)
        if number is not None and not node.plain:
            self.say("PF209", f"{node.text[:60]!r} is text, not a number.", node, path, "Remove the quotes.")
            return None
        if number is not None:
            if too_long(number):
                self.say("PF209", "A number has at most 15 digits.", node, path, "Write a shorter number.")
                return None
            return None if self.too_wide(subject, [number], node, path) else Constant(plain_decimal(number))
        try:
            named = self.scope.threshold(node.text)
        except NameFault as fault:
            self.say(fault.code, fault.message, node, path, fault.hint)
            return None
        if isinstance(named, TriggerPointOf):
            point = self.scope.version.trigger_points[named.name]
            numbers = [point.default, *((point.regions.from_, point.regions.to) if point.regions else ())]
            return None if self.too_wide(subject, numbers, node, path) else named
        return named

    def too_wide(self, subject: Subject, numbers: list[Decimal], node: Node, path: Path_) -> bool:
        """Note a threshold that is too large to be compared exactly."""
        decimals = self.scope.decimals(subject)
        if max(abs(Fraction(number)) for number in numbers) * 10**decimals <= WIDEST:
            return False
        hint = "Give the measure or input fewer decimals, or compare with a smaller number."
        self.say("PF209", f"With {decimals} decimals this is too large a number.", node, path, hint)
        return True

    def category(self, comparator: str, node: Node, path: Path_, known: tuple[str, ...]) -> Threshold | None:
        """The categories of `is`, `one_of` or `none_of`."""
        if comparator in ORDERED:
            self.say(
                "PF213",
                f"{comparator} fits numbers, not categories.",
                node,
                path,
                "Use is, one_of or none_of.",
            )
            return None
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items or isinstance(node, Sequence) == (comparator == "is"):
            hint = "Write one category." if comparator == "is" else "Write a list: [high, very-high]."
            self.say(
                "PF215",
                f"{comparator} takes {'one category' if comparator == 'is' else 'a list'}.",
                node,
                path,
                hint,
            )
            return None
        if not self.count(len(items), node, path):
            return None
        ids: list[str] = []
        for item in items:
            if not isinstance(item, Scalar) or item.text not in known:
                shown = item.text[:60] if isinstance(item, Scalar) else "this"
                hint = did_you_mean(shown, known)
                self.say("PF213", f"{shown} is no category of this input.", item, path, hint)
                return None
            ids.append(item.text)
        return Categories(tuple(dict.fromkeys(ids)))
