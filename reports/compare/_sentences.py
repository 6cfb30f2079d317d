"""Each difference as a sentence. A kind that matters has one of its own; anything else is told plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.compare import Change, Comparison
from reports._format import clean, plain, sentence
from reports._words import altered, documents, fields
from reports._words import differences as words
from reports.compare._said import said, whole
from reports.compare._titles import Titles

_REMARKS = ("source", "basis", "note")
_LONG = 60
_KINDS = ("any", "all", "none", "count")


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words; before and after are given where the sentence does not say them."""

    sentence: str
    before: str | None = None
    after: str | None = None
    about: str = ""
    """What has changed, where that can be told in a few words."""


class Sentences:
    """Makes the sentences of one comparison."""

    def __init__(
        self, comparison: Comparison, documents: tuple[Any, Any], titles: Titles, regions: Mapping[str, str]
    ) -> None:
        self.titles, self.documents = titles, documents
        region = comparison.after.region
        self.region = None if region is None else regions.get(region, region)
        self.set_there = comparison.after.places
        self._of: dict[str, Callable[[Change, tuple[str, ...]], Told | str]] = {
            "trigger_points": self._trigger_point,
            "statuses": self._status,
            "activities": self._activity,
            "cohorts": self._cohort,
            "guarantees": self._guarantee,
            "relief": self._relief,
            "rollup": self._rollup,
            "settings": lambda change, rest: words.withheld(
                self.titles.activity(rest[-1]), change.kind == "added"
            ),
            "changes": lambda change, rest: self._change_line(change),
            "inputs": self._figure,
            "measures": self._figure,
            "sources": self._source,
            "lists": self._list,
            "parts": self._part,
        }

    def of(self, change: Change) -> Told:
        """The sentence for a change, with what stood there before and what stands there now."""
        tell = self._of.get(change.keys[0])
        found = self._rule(change) if tell is None else tell(change, change.keys[1:])
        told = Told(found) if isinstance(found, str) else found
        before, after = (None if one is None else clean(one) for one in (told.before, told.after))
        return Told(clean(told.sentence), before, after, clean(told.about))

    def _plainly(self, change: Change, what: str) -> Told:
        """The sentence for what has no own one: short values stand in it, long ones beside it."""
        before, after = self._values(change)
        if change.kind == "moved":
            return Told(words.order(what), before, after)
        if max(len(before or ""), len(after or "")) <= _LONG and "\n" not in f"{before}{after}":
            short = (None if one is None else one.rstrip(".") for one in (before, after))
            return Told(words.set_to(what, *short), about=what)
        if before is None or after is None:
            return Told(
                (words.said_anew if before is None else words.said_no_more)(what), before, after, what
            )
        return Told(words.in_other_words(what), before, after)

    def _values(self, change: Change) -> tuple[str | None, str | None]:
        before, after = (
            None if one is None else said(change.keys, one, self.titles)
            for one in (change.before, change.after)
        )
        return before, after

    def _rule(self, change: Change) -> Told:
        keys = change.keys
        if keys[:2] == ("declarations", "may") and len(keys) == 3:
            return Told(words.may_declare(keys[2], change.kind == "added"))
        return self._plainly(
            change, fields.rule(keys) or fields.field(keys[-1] if len(keys) > 1 else keys[0])
        )

    def _change_line(self, change: Change) -> Told:
        if change.kind == "moved":
            return self._plainly(change, fields.field("changes"))
        text = change.after if change.kind == "added" else change.before
        return Told(words.changes_line(sentence(str(text)), change.kind == "added"))

    def _named(self, change: Change, name: str) -> Told | None:
        """What is new, gone, renamed or in another order as a whole."""
        section = change.keys[0]
        if len(change.keys) == 1:
            return self._plainly(change, words.many(section))
        if change.kind == "renamed":
            return Told(words.renamed(section, name, str(change.before), str(change.after)))
        if len(change.keys) == 2 and change.kind in ("added", "removed"):
            value = change.after if change.kind == "added" else change.before
            told = "" if isinstance(value, str) else said(change.keys, _untitled(value), self.titles)
            more = None if told in ("", documents.nothing()) else sentence(told)
            if change.kind == "added":
                return Told(words.new(section, name), None, more)
            return Told(words.gone(section, name), more, None)
        return None

    def _trigger_point(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        name = self.titles.trigger(rest[0]) if rest else ""
        found = self._named(change, name)
        if found is not None:
            return found
        before, after = self._values(change)
        if rest[1:] == ("default",) and before and after:
            if self.region is not None and rest[0] in self.set_there:
                return words.number_of_region(name, before, after, self.region)
            return words.number(name, before, after)
        if rest[1] == "regions" and len(rest) == 3 and before and after:
            return words.bound(name, rest[2] == "from", before, after)
        if rest[1:] == ("regions",):
            return (
                words.bounds_taken(name)
                if after is None
                else words.bounds_given(name, self._bounds(change, rest[0]))
            )
        return self._plainly(change, documents.part_of(name, fields.field(rest[-1])))

    def _bounds(self, change: Change, name: str) -> str:
        keys = ("trigger_points", name, "default")
        low, high = (said(keys, change.after[word], self.titles) for word in ("from", "to"))
        return documents.bounds(low, high)

    def _status(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        if not rest:
            before, after = (
                ", ".join(self.titles.status(one) for one in order) for order in (change.before, change.after)
            )
            return words.severity(before, after)
        name = self.titles.status(rest[0])
        if len(rest) > 1 and rest[1] in ("enter", "exit"):
            return self._condition(change, 2, altered.root(rest[1], name))
        found = self._named(change, name)
        return (
            found
            if found is not None
            else self._plainly(change, documents.part_of(name, fields.field(rest[-1])))
        )

    def _cohort(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        found = self._named(change, self.titles.cohort(rest[0]) if rest else "")
        return found or Told(words.cohort_reworded(rest[0]), str(change.before), str(change.after))

    def _guarantee(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        if len(rest) == 1 and change.kind in ("added", "removed"):
            return words.guarantee(rest[0], change.kind == "added")
        if len(rest) > 1 and rest[1] == "when":
            return self._condition(change, 2, altered.root("guarantee", rest[0]))
        if len(rest) < 2:
            found = self._named(change, rest[0] if rest else "")
            if found is not None:
                return found
        return self._plainly(change, documents.guarantee(rest[0], fields.field(rest[-1])))

    def _relief(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        if rest[-1:] == ("formula",) and not change.wording:
            return Told(words.shortfall_otherwise(), *self._values(change))
        if len(rest) == 2:
            return self._plainly(change, documents.part_of(fields.field("relief"), fields.field(rest[-1])))
        return self._plainly(change, fields.field("relief"))

    def _rollup(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        if not rest:
            return self._plainly(change, fields.field("rollup"))
        parent = fields.parent(rest[0])
        if len(rest) > 3 and rest[1] == "statuses" and rest[3] in ("enter", "exit"):
            return self._condition(
                change, 4, documents.part_of(parent, altered.root(rest[3], self.titles.status(rest[2])))
            )
        inner = {"statuses": self.titles.status, "combine": self.titles.figure, "means": self.titles.figure}
        told = [parent]
        for place, key in enumerate(rest[1:]):
            named = inner.get(rest[1]) if place == 1 else None
            told.append(fields.parent_field(key) if named is None else named(key))
        return self._plainly(change, ": ".join(told))

    def _figure(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        name = self.titles.figure(rest[0]) if rest else ""
        found = self._named(change, name)
        if found is not None:
            return found
        if rest[1:2] == ("values",) and len(rest) == 3:
            return self._plainly(change, documents.category(name, plain(rest[2])))
        told = self._plainly(change, documents.part_of(name, fields.field(rest[-1])))
        if rest[-1] == "formula" and not change.wording:
            return Told(documents.otherwise(name), *self._values(change))
        return told

    def _source(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        name = self.titles.source(rest[0]) if rest else ""
        return self._named(change, name) or self._plainly(
            change, documents.source(name, fields.field(rest[-1]))
        )

    def _list(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        if len(rest) < 2:
            found = self._named(change, plain(rest[0]) if rest else "")
            return found or self._plainly(change, documents.list_(plain(rest[0])))
        if change.kind == "renamed":
            return words.renamed(
                "members", self.titles.member(rest[1]), str(change.before), str(change.after)
            )
        return self._plainly(change, documents.of_list(plain(rest[0]), rest[1]))

    def _part(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        name = self.titles.part(rest[0]) if rest else ""
        return self._named(change, name) or self._plainly(change, documents.part_of_work(plain(rest[0])))

    def _activity(self, change: Change, rest: tuple[str, ...]) -> Told | str:
        name = self.titles.activity(rest[0]) if rest else ""
        if len(rest) == 1 and change.kind == "removed":
            return words.activity_gone(name, bool(change.before.get("mandatory")))
        if len(rest) == 1 and change.kind == "added":
            return words.new("activities", name, whole(change.after, self.titles))
        if len(rest) < 2 or rest[1] == "id":
            found = self._named(change, name)
            if found is not None:
                return found
        if rest[1:] == ("mandatory",):
            return words.must_be_done(name) if change.kind == "added" else words.need_not_be_done(name)
        if rest[1] == "reductions" and len(rest) > 2:
            return self._reduction(change, name, rest[2:])
        return self._plainly(change, documents.part_of(name, fields.field(rest[-1])))

    def _reduction(self, change: Change, name: str, rest: tuple[str, ...]) -> Told | str:
        status = self.titles.status(rest[0])
        if len(rest) == 1:
            value = change.after if change.kind == "added" else change.before
            made = altered.reduction_new if change.kind == "added" else altered.reduction_gone
            return made(name, status, str(value["do"]).rstrip("."))
        key = rest[1]
        before, after = self._values(change)
        if key == "from" and before and after:
            return altered.begins_at(name, before, after)
        if key in ("do", "floor", "strength"):
            return Told(altered.judge(name, status, key), before or "", after or "")
        if key in ("except", "only") and len(rest) == 3:
            tell = altered.spared if key == "except" else altered.limited
            return tell(name, status, self.titles.cohort(rest[2]), change.kind == "added")
        if key == "lapses_after":
            return altered.lapses(name, status, before, after)
        if key == "when":
            return self._condition(change, 4, altered.root("when", name, status))
        return self._plainly(change, altered.of_reduction(name, status, fields.field(rest[-1])))

    def _condition(self, change: Change, size: int, root: str) -> Told | str:
        """A difference within a condition; `size` keys and the one after them lead to its root."""
        keys, last = change.keys, change.keys[-1]
        before, after = (
            self.titles.condition(one) if isinstance(one, dict) else one
            for one in (change.before, change.after)
        )
        inner = keys[size + 1 :]
        if last == "for" or last in _REMARKS:
            owner = self._located(keys[:-1], waits=last != "for")
            if last == "for":
                lengths = [None if one is None else documents.length(str(one)) for one in (before, after)]
                return altered.held(root, owner, lengths[0], lengths[1])
            old, new = self._values(change)
            return Told(altered.remark(root, owner, fields.field(last)), old or "", new or "")
        if change.kind == "moved":
            return words.order(documents.parts(root))
        if inner[-2:] == ("count", "at_least"):
            return altered.at_least(root, str(before), str(after))
        if inner and inner[-1].isdigit() and change.kind in ("added", "removed"):
            within = self._located(keys[:-2]) if len(inner) > 2 else None
            tell = altered.part_new if change.kind == "added" else altered.part_gone
            return tell(root, str(after if change.kind == "added" else before), within)
        if not isinstance(change.before if change.before is not None else change.after, dict):
            told = (self.titles.comparison(inner[-2], last, one) for one in (change.before, change.after))
            old, new = (documents.compared(self.titles.figure(inner[-2]), [one]) for one in told)
            return altered.threshold(root, old, new)
        if not inner and (before is None or after is None):
            return (
                altered.condition_new(root, str(after))
                if before is None
                else altered.condition_gone(root, str(before))
            )
        return altered.condition_other(root, str(before), str(after))

    def _located(self, keys: tuple[str, ...], *, waits: bool = True) -> str:
        """The condition at a path, in words, from the side that has it; without its own duration, if asked."""
        for document in reversed(self.documents):  # parts bear the numbers that they have in the newer one
            found = _at(document, keys)
            if isinstance(found, dict):
                kept = {key: one for key, one in found.items() if waits or key != "for"}
                return self.titles.condition(kept)
        return documents.this()


def _at(document: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if isinstance(document, list) and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        elif isinstance(document, dict) and key in document:
            document = document[key]
            document = document["of"] if key == "count" and "of" in document else document
        else:
            return None
    return document


def _untitled(value: Any) -> Any:
    return {key: one for key, one in value.items() if key != "title"} if isinstance(value, dict) else value
