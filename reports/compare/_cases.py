"""One case in which two versions differ, in words: the parts that the prover tells, with names in place of ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.compare import Case, Comparison
from reports._format import capital
from reports._words import cases as words
from reports._words import compare as compare_words
from reports.compare._titles import Titles
from reports.language import gettext as _

if TYPE_CHECKING:
    from rules.prove.told import ConditionTold, EndTold, PointTold

_OPEN = re.compile(
    r"whether the (first|second) version permits (more cases of )?the reduction of (\S+) from (\S+) where .*"
)
_Names = tuple[str, str]


class Cases:
    """Puts names in place of ids, for one comparison."""

    def __init__(self, comparison: Comparison, titles: Titles, names: _Names) -> None:
        self._titles, self._names = titles, names
        found: dict[str, str] = {"indeterminate": titles.status("indeterminate")}
        for version in titles.versions:
            found |= {id_: titles.figure(id_) for id_ in (*version.measures, *version.inputs)}
            found |= {id_: titles.trigger(id_) for id_ in version.trigger_points}
            found |= {one.id: words.quoted(titles.activity(one.id)) for one in version.activities}
            found |= {id_: titles.status(id_) for id_ in version.status_ids}
        self._fixed = any(side.region is not None for side in (comparison.before, comparison.after))
        self._found: Mapping[str, str] = found
        ids = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w-])(?:{ids})(?:\[[^\]]*\])?(?![\w-])")

    def words(self, case: Case, *, alone: bool = False) -> str:
        """A case in a sentence. `alone` is one of a single change, in which both versions have the same name."""
        names = (self._names[0], _(compare_words.WITH_THIS)) if alone else self._names
        ends = [
            self._end(end, case.told.activity, name) for end, name in zip(case.told.ends, names, strict=True)
        ]
        return capital(words.whole(self._start(case, names), (ends[0], ends[1])))

    def start(self, case: Case) -> str:
        """Where the unit stands in a case, and on which figures."""
        return capital(self._start(case, self._names))

    def question(self, text: str) -> str:
        """What was left open, as the prover puts it, with names."""
        match = _OPEN.fullmatch(text)
        if match is None:
            return capital(self._name(text))
        second = match[1] == "second"
        told = words.open_(
            self._names[second], second, match[2] is not None, self._name(match[3]), self._name(match[4])
        )
        return capital(told)

    def _name(self, text: str) -> str:
        """A text of the prover with names in place of the ids in it."""
        return self._pattern.sub(
            lambda match: self._found.get(match[0]) or self._titles.figure(match[0]), text
        )

    def _all(self, texts: tuple[str, ...]) -> list[str]:
        return [self._name(text) for text in texts]

    def _start(self, case: Case, names: _Names) -> str:
        told = case.told

        def where(side: int | None) -> str | None:
            return None if side is None else names[side]

        values = [
            words.value(self._name(one.name), one.value and self._name(one.value), where(one.side))
            for one in told.values
        ]
        runs = [words.held(self._condition(one.condition), one.days, where(one.side)) for one in told.runs]
        clocks = [
            words.permitted(self._name(one.activity), self._name(one.from_), one.days) for one in told.clocks
        ]
        figures = words.parts([values or [words.any_figures()], runs, clocks])
        one, other = told.standing
        if one is None:
            start = words.first_return(figures) if told.at_once else words.before_first(figures)
        else:
            second = None if other is None or other == one else self._name(other)
            start = words.standing(self._name(one), second, names[1], told.stayed, figures)
        if not told.points or self._fixed:  # the numbers of both sides are told by themselves
            return start
        return words.with_points(start, [self._point(point, names) for point in told.points])

    def _condition(self, told: ConditionTold) -> str:
        subjects = self._all(told.subjects)
        if told.operator is not None:
            return words.group(told.operator, subjects)
        return words.compared(subjects[0], [(one, self._all(values)) for one, values in told.limits])

    def _point(self, point: PointTold, names: _Names) -> str:
        if len(point.numbers) == 1:
            return words.point(self._name(point.name), point.numbers[0])
        return words.points(self._name(point.name), (point.numbers[0], point.numbers[1]), names)

    def _end(self, end: EndTold, activity: str | None, name: str) -> str:
        status = self._name(end.status)
        if activity is None:
            return words.gives(name, status)
        if end.from_ is None:
            return words.permits_none(name, status, self._name(activity))
        told = words.permits(name, status, self._name(activity), self._name(end.from_))
        return words.for_cases(told, self._all(end.except_), self._all(end.only)) if end.scope else told
