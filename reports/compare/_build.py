"""A comparison made into words, once for all forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.compare import GROUPS, Change, Comparison, Found, Side, canonical_document
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, clean, day
from reports._words import compare as words
from reports._words import impact as impact_words
from reports.compare._cases import Cases
from reports.compare._page import ComparisonPage, Example, ImpactPage, Item, Section
from reports.compare._sentences import Sentences, Told
from reports.compare._titles import Titles
from reports.language import gettext as _
from rules.model import Organisation, Version
from rules.problems import Place


def page(comparison: Comparison, organisation: Organisation) -> ComparisonPage:
    """The words of a comparison, in the order of the page. It decides nothing."""
    made: ComparisonPage = tidy(_Page(comparison, organisation).page())
    return made


def sentences_of(comparison: Comparison, organisation: Organisation) -> tuple[list[str], list[Told]]:
    """The sentences of the verdict, and one for each change, in its order."""
    made = _Page(comparison, organisation)
    return [clean(capital(one)) for one in made.verdict()], [
        made.sentences.of(change) for change in comparison.changes
    ]


def findings_of(comparison: Comparison, organisation: Organisation) -> tuple[str, ...]:
    """What is found first about real units, in sentences; nothing where no returns were given."""
    impact = _Page(comparison, organisation).impact()
    return () if impact is None else tuple(map(clean, impact.findings))


class _Page:
    def __init__(self, comparison: Comparison, organisation: Organisation) -> None:
        self.comparison, self.organisation = comparison, organisation
        self.titles = Titles(comparison.before, comparison.after)
        sides = (comparison.before, comparison.after)
        self.regions = {region.id: region.name for region in organisation.regions}
        documents = (canonical_document(sides[0]), canonical_document(sides[1]))
        self.sentences = Sentences(comparison, documents, self.titles, self.regions)
        self.before, self.after = self._names(*sides)
        short = [self._short(side, name) for side, name in zip(sides, (self.before, self.after), strict=True)]
        self.short = short[0], short[1]
        self.cases = Cases(comparison, self.titles, self.short)

    def page(self) -> ComparisonPage:
        changes = self.comparison.changes
        headline, *lead = map(capital, self.verdict())
        impact = self.impact()
        if impact is not None:
            lead += impact.findings[:1]
        return ComparisonPage(
            title=words.title(self.before, self.after),
            headline=headline,
            lead=tuple(lead),
            labels=tuple(self._labels()),
            about=tuple(self._about()),
            first=tuple(self._first()) or ((words.nothing_first(),) if changes else ()),
            examples=tuple(self._examples()),
            counts=self._counts() if changes else None,
            changes=tuple(self._sections([change for change in changes if not change.wording])),
            wording=tuple(self._sections([change for change in changes if change.wording])),
            impact=impact,
        )

    def impact(self) -> ImpactPage | None:
        """What the comparison would mean for real units."""
        found = self.comparison.impact
        if found is None:
            return None
        from reports.compare._impact import impact_page  # wanted only where returns were given

        versions = (self.comparison.before.policy.version, self.comparison.after.policy.version)
        # a draft can have the name of the version that it is held against
        names = self.short if self.short[0] != self.short[1] else impact_words.sides()
        return impact_page(found, self.organisation, versions, names)

    def _names(self, before: Side, after: Side) -> tuple[str, str]:
        """What the sides are called: by what sets their titles apart."""
        one, other = before.policy.version, after.policy.version
        first, second = _apart(one, other)
        return self._named(first, before), self._named(second, after)

    def _short(self, side: Side, name: str) -> str:
        """What a side is called in a case: of one version as a region sets it, the region is enough."""
        sides = (self.comparison.before, self.comparison.after)
        if sides[0].policy.version.version != sides[1].policy.version.version:
            return name
        return _(words.AS_WRITTEN) if side.region is None else self.regions.get(side.region, side.region)

    def _named(self, name: str, side: Side) -> str:
        return words.region(name, self.regions.get(side.region, side.region)) if side.region else name

    def verdict(self) -> list[str]:
        """The verdict in one or two sentences, and how it is known."""
        verdict = self.comparison.verdict
        if not self.comparison.changes:
            return [words.same(self.before, self.after)]
        more, less = self._whom(verdict.loosens), self._whom(verdict.tightens)
        if verdict.effect == "loosens":
            found = [words.loosens(self.before, self.after, more)]
        elif verdict.effect == "tightens":
            found = [words.tightens(self.before, self.after, less)]
        elif verdict.effect == "mixed" and len(more) <= words.FEW:
            found = [words.mixed(self.before, self.after, more), words.also_less(less)]
        elif verdict.effect == "mixed":
            sizes = [
                len({one.activity for one in ones} - {None}) for ones in (verdict.loosens, verdict.tightens)
            ]
            found = [words.both_ways(self.before, self.after, sizes[0], sizes[1])]
        else:
            found = [words.neutral(self.before, self.after)]
        if verdict.open_:
            found.append(words.unsettled([self.cases.question(one) for one in verdict.open_]))
        else:
            fixed = self.comparison.before.region or self.comparison.after.region
            found.append(words.proved(settings=not fixed))
        return found

    def _whom(self, found: Iterable[Found]) -> list[str]:
        """The activities that something happens to, each once; a rule for all of them goes before."""
        ids = list(dict.fromkeys(one.activity for one in found))
        if None in ids:
            rules = [one.rule or "" for one in found if one.activity is None]
            told = [words.everything(list(dict.fromkeys(map(self._rule_name, rules))))]
            return [*told, *(self.titles.activity(one) for one in ids if one is not None)]
        return [self.titles.activity(one) for one in ids if one is not None]

    def _rule_name(self, path: str) -> str:
        change = next(one for one in self.comparison.changes if one.path == path)
        told = self.sentences.of(change)
        name = (told.about or told.sentence).partition(":")[0].rstrip(".")
        return name[:1].lower() + name[1:]

    def _labels(self) -> Iterator[Label]:
        points = [
            point
            for side in (self.comparison.before, self.comparison.after)
            for point in side.policy.version.trigger_points.values()
        ]
        if any(point.basis != "published" for point in points):
            yield Label(*words.illustrative())

    def _about(self) -> Iterator[str]:
        size = len(self.comparison.changes)
        if size:
            yield words.differences(size, sum(change.wording for change in self.comparison.changes))
        for side in (self.comparison.before, self.comparison.after):
            if side.region is not None and side.day is not None:
                yield words.of_region(self.regions.get(side.region, side.region), day(side.day))
                if side.left_out:
                    yield words.left_out([self.titles.trigger(one) for one in side.left_out])

    def _first(self) -> Iterator[str]:
        """What staff must know first: what moves all activities, then what each has of its own."""
        verdict, changes = self.comparison.verdict, self.comparison.changes
        for effect in ("loosens", "tightens", "mixed"):
            found = [one for one in changes if _moves_all(one) and one.effect == effect]
            if found:
                told = [self.sentences.of(one).sentence for one in found]
                yield words.for_all(effect, told[: words.FEW], len(told[words.FEW :]))
        yield from (self.sentences.of(one).sentence for one in changes if one.group == "settings")
        own = verdict.own if verdict.own is not None else verdict
        for ones, permitted, scope in (
            (own.loosens, words.may_newly, words.spares_less),
            (own.tightens, words.may_less, words.spares_more),
        ):
            for why, tell in (("permitted", permitted), ("scope", scope)):
                found_ = [one for one in ones if one.why == why]
                if found_:
                    yield tell(self._whom(found_))
        must = [one for one in changes if one.activity and _now_mandatory(one)]
        if must:
            yield words.must_now([self.titles.activity(one.activity or "") for one in must])
        gone = [one for one in changes if one.activity and _was_mandatory(one)]
        if gone:
            yield words.must_no_more([self.titles.activity(one.activity or "") for one in gone])
        if verdict.judge:
            yield words.reworded([self.titles.activity(one) for one in verdict.judge])

    def _examples(self) -> Iterator[Example]:
        """For each activity one case of each direction; activities that differ in the same case are told together."""
        verdict = self.comparison.verdict
        for effect, ones in (("loosens", verdict.loosens), ("tightens", verdict.tightens)):
            told: dict[str, list[tuple[str, str]]] = {}
            met: set[tuple[str | None, str]] = set()
            for one in ones:
                if one.why != "rule" and (one.activity, one.why) not in met:
                    met.add((one.activity, one.why))
                    alike, alone = self._example(one)
                    told.setdefault(alike, []).append((self.titles.activity(one.activity or ""), alone))
            for alike, shown in told.items():
                text = shown[0][1] if len(shown) == 1 else alike
                yield Example(words.effect(effect), effect, "; ".join(name for name, _alone in shown), text)

    def _example(self, found: Found) -> tuple[str, str]:
        """A case in words: as several activities can share it, and for this one alone."""
        if found.why == "scope":
            text = words.for_cohorts([self.titles.cohort(cohort) for cohort in found.cohorts])
            return text, text
        assert found.case is not None
        text = self.cases.words(found.case)
        outcome = found.case.document.get("outcome", {})
        statuses = [self.titles.status(outcome[end]["status"]) for end in ("from", "to") if end in outcome]
        if len(statuses) < 2:
            return words.case_of(text), words.case_of(text)
        return words.case_of(
            words.gives(self.cases.start(found.case), self.before, self.after, *statuses)
        ), words.case_of(text)

    def _counts(self) -> Table:
        rows = []
        changes = self.comparison.changes
        for group in GROUPS:
            found = [one for one in changes if one.group == group]
            if found:
                rows.append((_(words.GROUPS[group]), *_numbers(found)))
        rows.append((words.all_(), *_numbers(changes)))
        return Table(words.count_caption(), words.count_columns(), tuple(rows))

    def _sections(self, changes: Sequence[Change]) -> Iterator[Section]:
        for group in GROUPS:
            found = [one for one in changes if one.group == group]
            if not found:
                continue
            if group != "activities":
                yield Section(_(words.GROUPS[group]), ((None, tuple(map(self._item, found))),))
                continue
            parts: dict[str, list[Item]] = {}
            for one in found:
                part = self.titles.part_of(one.activity) if one.activity is not None else None
                parts.setdefault(part or _(words.OTHER_PART), []).append(self._item(one))
            yield Section(
                _(words.GROUPS[group]), tuple((part, tuple(items)) for part, items in parts.items())
            )

    def _item(self, change: Change) -> Item:
        told = self.sentences.of(change)
        word = "open" if change.judged == "open" else change.effect
        by = {"together": _(words.TOGETHER), "activity": _(words.OF_ACTIVITY)}.get(change.judged)
        whole = change.judged == "activity" and len(change.keys) == 2
        notes = [by] if by is not None and change.effect != "neutral" and not whole else []
        if change.case is not None and change.judged == "proved":
            notes.append(words.case_of(self.cases.words(change.case, alone=True)))
        return Item(
            "" if change.wording else words.effect(word),
            word,
            told.sentence,
            told.before,
            told.after,
            tuple(notes),
            _places(change.places),
        )


def _numbers(changes: Sequence[Change]) -> tuple[str, ...]:
    effects = [one.effect for one in changes if not one.wording]
    counted = [effects.count(effect) for effect in ("loosens", "tightens", "mixed", "neutral")]
    return tuple(map(str, [*counted, len(changes) - len(effects), len(changes)]))


def _moves_all(change: Change) -> bool:
    """Whether it is about when all activities may be reduced, and not about one of them."""
    return change.group not in ("activities", "cohorts", "settings") and not change.wording


def _now_mandatory(change: Change) -> bool:
    if change.kind != "added" or not isinstance(change.after, dict):
        return False
    return change.keys[2:] == ("mandatory",) or (len(change.keys) == 2 and "mandatory" in change.after)


def _was_mandatory(change: Change) -> bool:
    if change.kind != "removed" or not isinstance(change.before, dict):
        return False
    return change.keys[2:] == ("mandatory",) or (len(change.keys) == 2 and "mandatory" in change.before)


def _places(places: tuple[Place | None, Place | None]) -> str:
    """Where it stands in both files, by their names alone."""
    return " -> ".join(f"{Path(one.file).name}:{one.line}" for one in places if one is not None)


def _apart(one: Version, other: Version) -> tuple[str, str]:
    """The titles without what they begin with alike, up to a comma; with the ids of the versions if need be."""
    first, second = clean(one.title), clean(other.title)
    head, comma, tail = first.rpartition(", ")
    if comma and second.startswith(f"{head}, ") and tail != second[len(head) + 2 :]:
        return tail, second[len(head) + 2 :]
    if first != second:
        return first, second
    first = second = tail if comma else first
    if one.version != other.version:
        return f"{first} ({one.version})", f"{second} ({other.version})"
    return first, second
