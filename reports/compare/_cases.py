"""One case in which two versions differ, in words: the prover's sentence with names in place of ids."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.compare import Case, Comparison
from reports._format import capital
from reports._words import compare as words
from reports.compare._titles import Titles

_FIRST, _SECOND = "the first version", "the second version"


class Cases:
    """Puts names in place of ids, for one comparison."""

    def __init__(self, comparison: Comparison, titles: Titles, names: tuple[str, str]) -> None:
        self._titles, self._names = titles, names
        found: dict[str, str] = {"indeterminate": titles.status("indeterminate")}
        for version in titles.versions:
            found |= {id_: titles.figure(id_) for id_ in (*version.measures, *version.inputs)}
            found |= {id_: titles.trigger(id_) for id_ in version.trigger_points}
            found |= {one.id: f"“{titles.activity(one.id)}”" for one in version.activities}
            found |= {id_: titles.status(id_) for id_ in version.status_ids}
        sides = (comparison.before, comparison.after)
        self._ids = [side.policy.version.version for side in sides]
        self._fixed = any(side.region is not None for side in sides)
        self._found: Mapping[str, str] = found
        known = [*found, *self._ids, _FIRST, _SECOND]
        ids = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w-])(?:{ids})(?:\[[^\]]*\])?(?![\w-])")

    def words(self, case: Case, *, alone: bool = False) -> str:
        """A case in a sentence. `alone` is one of a single change, in which both versions have the same name."""
        names = (self._names[0], words.WITH_THIS) if alone else self._names
        own = {_FIRST: names[0], _SECOND: names[1]}
        if self._ids[0] != self._ids[1]:
            own |= dict(zip(self._ids, names, strict=True))

        def named(match: re.Match[str]) -> str:
            text = match[0]
            return own.get(text) or self._found.get(text) or self._titles.figure(text)

        start, colon, end = case.sentence.partition(": ")
        if self._fixed and ", with " in start:
            start = start.rpartition(", with ")[0]  # the numbers of both sides are told by themselves
        return capital(self._pattern.sub(named, f"{start}{colon}{end}"))
