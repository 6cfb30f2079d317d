"""What each return of a child reads as under a version: every figure of it, and every measure.

It is read as the child's own decisions read it: with older figures carried forward and defaults where the version
says so. What stands in for nothing is unknown, and stays so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import NamedTuple

from engine.course import Course
from rules.decide import compile_policy
from rules.figures import Return, figure_key, figure_specs
from rules.formula import Comparison, FigureOf, MeasureOf, Subject, references, walk
from rules.policy import PointsOf, Policy
from rules.reading import Latest, Reader


class Told(NamedTuple):
    """What a return gives: figures by key, scaled (a category its position), and measures by name, scaled."""

    figures: Mapping[str, int]
    measures: Mapping[str, int]

    def weighs(self, weight: Subject | None) -> int | None:
        """What a subject comes to, scaled; 1 without one. None where it is unknown."""
        if weight is None:
            return 1
        if isinstance(weight, MeasureOf):
            return self.measures.get(weight.measure)
        known = [self.figures[key] for key in weight.keys if key in self.figures]
        return sum(known) if len(known) == len(weight.keys) else None


class Readings:
    """Reads the returns of children under one policy. Keeps what it has read of each."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._reader = _reader_of_all(policy)
        self._read: dict[str, _Read] = {}

    def of(self, course: Course) -> Sequence[Told]:
        """What each of a child's returns reads as, in the order of their days."""
        read = self._read.get(course.pdu.id)
        if read is None or not read.begins(course.returns):  # after a correction all is read anew
            read = self._read[course.pdu.id] = _Read()
        for given in course.returns[len(read.returns) :]:
            reading = self._reader.read(given, read.latest)
            figures = zip(self._reader.keys, reading.figures, strict=True)
            measures = zip(self._reader.measures, reading.measures, strict=True)
            told = Told(
                {key: one for key, one in figures if one is not None},
                {name: one for name, one in measures if one is not None},
            )
            read.returns.append(given)
            read.told.append(told)
        return read.told


@dataclass(slots=True)
class _Read:
    """The returns of one child that were read, and what each gave."""

    returns: list[Return] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    latest: Latest = field(default_factory=dict)

    def begins(self, returns: Sequence[Return]) -> bool:
        """Whether these are the returns that were read, with more after them at the most."""
        known = self.returns
        return len(known) <= len(returns) and all(map(is_, known, returns))


def _reader_of_all(policy: Policy) -> Reader:
    """A reader of every figure that a version has, used or not."""
    defaults = {name: point.default for name, point in policy.version.trigger_points.items()}
    specs = figure_specs(policy.version).values()
    return Reader(compile_policy(policy, defaults), [FigureOf(one.id, one.members) for one in specs])


def used_keys(policy: Policy) -> frozenset[str]:
    """The figures that the decisions of a policy rest on."""
    defaults = {name: point.default for name, point in policy.version.trigger_points.items()}
    return frozenset(Reader(compile_policy(policy, defaults)).keys)


def joined_keys(policy: Policy) -> list[frozenset[str]]:
    """The figures of a version in groups: those that are worked out or compared together are in one.

    A ratio of sums means nothing where the sums are over different children.
    """
    rests: dict[str, set[str]] = {}
    groups: list[set[str]] = [
        {key}
        for spec in figure_specs(policy.version).values()
        for key in ([figure_key(spec.id, one) for one in spec.members] or [spec.id])
    ]

    def keys_of(subject: object) -> set[str]:
        if isinstance(subject, MeasureOf):
            return rests[subject.measure]
        return set(subject.keys) if isinstance(subject, FigureOf) else set()

    def join(subjects: list[object]) -> set[str]:
        together = {key for subject in subjects for key in keys_of(subject)}
        groups.append(together)
        return together

    for name, content in policy.measures.items():
        parts = [content.subject] if isinstance(content, PointsOf) else list(references(content))
        rests[name] = join(list(parts))
    for condition in policy.conditions():
        for node in walk(condition):
            if isinstance(node, Comparison):
                join([node.subject, node.threshold])
    if policy.shortfall is not None:
        join(list(references(policy.shortfall)))
    return _merged(groups)


def _merged(groups: list[set[str]]) -> list[frozenset[str]]:
    """Groups that share a member made one."""
    found: list[set[str]] = []
    for group in groups:
        apart = []
        for other in found:
            if other.isdisjoint(group):
                apart.append(other)
            else:
                group = group | other
        found = [*apart, group]
    return [frozenset(group) for group in found if group]
