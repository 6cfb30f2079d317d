"""What a version must be beyond its shape: references, names, formulas, conditions, levels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from rules.check.formulas import read_formula
from rules.check.growth import check_growth
from rules.check.names import check_ids, check_inputs, check_names, check_trigger_points, known_or_told
from rules.check.relief import FORMULA, check_shortfall
from rules.check.rollup import check_rollup
from rules.check.sizes import check_sizes
from rules.figures import too_fine
from rules.formula import (
    Condition,
    ConditionReader,
    Formula,
    MeasureOf,
    NameFault,
    Scope,
    references,
)
from rules.model import Measure, Version
from rules.model._fields import RESERVED_STATUSES, number_text
from rules.model.read import read_model
from rules.policy import GuaranteeOf, PermittedStated, PointsOf, Policy, ReductionOf, Stated, StatusStated
from rules.problems import Findings
from rules.text import Path_, Scalar, Source

_LONGEST_CIRCLE = 8


def check_version(source: Source, findings: Findings) -> Policy | None:
    """The checked policy of a version's text, or None with every fault in `findings`."""
    with findings.reading():
        return _checked(source, findings)
    return None


def _checked(source: Source, findings: Findings) -> Policy | None:
    before = len(findings.errors)
    version = read_model(Version, source, findings)
    if version is None or not check_sizes(version, source, findings):
        return None
    check_names(version, source, findings)
    check_inputs(version, source, findings)
    check_trigger_points(version, source, findings)
    scope = Scope(version)
    measures = _measures(version, source, scope, findings)
    shortfall = check_shortfall(version, source, scope, findings)
    further = {} if shortfall is None else {FORMULA: shortfall}
    check_growth(version, measures, source, findings, further)
    reader = ConditionReader(source.file, scope, findings)
    enters, exits = _statuses(version, source, reader, findings)
    reductions = _activities(version, source, reader, findings)
    parents = check_rollup(version, source, reader, findings)
    guarantees = _guarantees(version, source, reader, findings)
    _life(version, source, findings)
    if len(findings.errors) > before:
        return None
    digest = "sha256:" + hashlib.sha256(source.text.encode()).hexdigest()
    return Policy(
        version,
        source.file,
        source.text,
        digest,
        measures,
        enters,
        exits,
        reductions,
        guarantees,
        shortfall,
        parents,
    )


def _life(version: Version, source: Source, findings: Findings) -> None:
    if version.until is not None and version.until < version.effective:
        findings.add(
            "PF229", "The last day is before the first.", source.place(("until",)), "Set a later day."
        )
    returns = version.returns
    for key in ("every", "stale_after", "longest_gap"):
        if getattr(returns, key) == 0:
            place = source.place(("returns", key))
            findings.add("PF205", f"{key} must be at least a day.", place, "Write it as 7 days or 1 week.")
    for id_, entry in version.sources.items():
        if entry.url is not None and not entry.url.startswith(("https://", "http://")):
            place = source.place(("sources", id_, "url"))
            findings.add("PF230", "A url begins with https://.", place, "Write the whole address.")


def _measures(
    version: Version, source: Source, scope: Scope, findings: Findings
) -> dict[str, Formula | PointsOf]:
    read: dict[str, Formula | PointsOf] = {}
    for name, measure in version.measures.items():
        path: Path_ = ("measures", name)
        if (measure.formula is None) == (measure.points is None):
            findings.add(
                "PF206", f"{name} needs formula or points, not both.", source.place(path), "Keep one of them."
            )
        elif measure.formula is not None:
            formula = read_formula(measure.formula, (*path, "formula"), source, scope, findings)
            if formula is not None:
                read[name] = formula
        else:
            points = _points(name, measure, source, scope, findings)
            if points is not None:
                read[name] = points
    return _in_order(read, source, findings)


def _points(name: str, measure: Measure, source: Source, scope: Scope, findings: Findings) -> PointsOf | None:
    points = measure.points
    assert points is not None
    path: Path_ = ("measures", name, "points")
    try:
        subject = scope.subject(points.of)
        if scope.categories(subject) is not None:
            raise NameFault(
                "PF213", f"{points.of} is a category, not a number.", "Use a measure or a number input."
            )
    except NameFault as fault:
        findings.add(fault.code, fault.message, source.place((*path, "of")), fault.hint)
        return None
    bands = []
    for index, band in enumerate(points.bands):
        pairs = tuple(
            (comparator, limit)
            for comparator in ("below", "at_most", "above", "at_least")
            if (limit := getattr(band, comparator)) is not None
        )
        if not pairs:
            place = source.place((*path, "bands", index))
            findings.add("PF217", "A band needs a limit.", place, "Write it as {below: 70, give: 3}.")
        bands.append((pairs, band.give))
    for where, given in [
        *((("bands", index, "give"), band.give) for index, band in enumerate(points.bands)),
        (("otherwise",), points.otherwise),
    ]:
        if -int(given.as_tuple().exponent) > measure.decimals:
            place = source.place((*path, *where))
            message = f"{number_text(given)[:60]} {too_fine(measure.decimals)}."
            findings.add("PF217", message, place, "Round it, or allow the measure more decimals.")
    return PointsOf(subject, tuple(bands), points.otherwise)


def _in_order(
    read: dict[str, Formula | PointsOf], source: Source, findings: Findings
) -> dict[str, Formula | PointsOf]:
    """The measures in an order in which each comes after those that it uses."""
    uses: dict[str, list[str]] = {}
    for name, content in read.items():
        parts: Iterable[object] = [content.subject] if isinstance(content, PointsOf) else references(content)
        uses[name] = [part.measure for part in parts if isinstance(part, MeasureOf)]
    try:
        order = list(TopologicalSorter(uses).static_order())
    except CycleError as cycle:
        names: list[str] = cycle.args[1]
        first = min(names, key=list(read).index)
        place = source.place(
            ("measures", first, "points" if isinstance(read[first], PointsOf) else "formula")
        )
        shown = names if len(names) <= _LONGEST_CIRCLE else [*names[: _LONGEST_CIRCLE - 1], "…"]
        findings.add(
            "PF214", f"These measures use each other: {' -> '.join(shown)}.", place, "Break the circle."
        )
        return {}
    return {name: read[name] for name in order if name in read}


def _statuses(
    version: Version, source: Source, reader: ConditionReader, findings: Findings
) -> tuple[tuple[Condition | None, ...], tuple[Condition | None, ...]]:
    check_ids([status.id for status in version.statuses], ("statuses",), source, findings)
    enters: list[Condition | None] = []
    exits: list[Condition | None] = []
    for level, status in enumerate(version.statuses):
        path: Path_ = ("statuses", level)
        if status.id in RESERVED_STATUSES:
            findings.add(
                "PF202",
                f"{status.id} is a word of the engine.",
                source.place((*path, "id")),
                "Choose another.",
            )
        for key, found in (("enter", enters), ("exit", exits)):
            node = source.node((*path, key))
            if node is not None and level == 0:
                place = source.place((*path, key), key=True)
                message = f"The first status takes no {key}: a unit is there when no other status holds."
                findings.add("PF220", message, place, f"Remove the {key} condition.")
            found.append(None if node is None else reader.read(node, (*path, key), f"{key}.{status.id}"))
        if level > 0 and source.node((*path, "enter")) is None:
            message = f"The status {status.id} has no enter condition."
            findings.add("PF220", message, source.place(path), "Add one under the key enter.")
    return tuple(enters), tuple(exits)


def _activities(
    version: Version, source: Source, reader: ConditionReader, findings: Findings
) -> tuple[ReductionOf, ...]:
    check_ids([activity.id for activity in version.activities], ("activities",), source, findings)
    reductions: list[ReductionOf] = []
    for index, activity in enumerate(version.activities):
        path: Path_ = ("activities", index)
        if activity.part is not None:
            known_or_told(activity.part, version.parts, "part", (*path, "part"), source, findings)
        if (activity.mandatory is None) == (activity.reductions is None):
            said = "both mandatory and reducible" if activity.mandatory else "neither mandatory nor reducible"
            hint = "Nothing reduces a mandatory activity: keep mandatory or reductions."
            findings.add("PF222", f"{activity.id} is {said}.", source.place(path), hint)
        if activity.mandatory is not None and activity.mandatory.source is not None:
            known_or_told(
                activity.mandatory.source,
                version.sources,
                "source",
                (*path, "mandatory", "source"),
                source,
                findings,
            )
        seen: dict[str, Path_] = {}
        for number, reduction in enumerate(activity.reductions or ()):
            here: Path_ = (*path, "reductions", number)
            known_or_told(reduction.from_, version.status_ids, "status", (*here, "from"), source, findings)
            if reduction.from_ in seen:
                message = f"{activity.id} has two reductions from {reduction.from_}."
                also = [source.place((*seen[reduction.from_], "from"))]
                findings.add(
                    "PF224", message, source.place((*here, "from")), "Keep one for each status.", also
                )
            seen.setdefault(reduction.from_, here)
            for key, ids in (("except", reduction.except_), ("only", reduction.only)):
                for position, cohort in enumerate(ids):
                    known_or_told(cohort, version.cohorts, "cohort", (*here, key, position), source, findings)
            if reduction.except_ and reduction.only:
                place = source.place((*here, "only"), key=True)
                findings.add("PF225", "A reduction has except or only, not both.", place, "Keep one of them.")
            for owner, where in ((reduction, here), (reduction.releases, (*here, "releases"))):
                if owner is not None and owner.source is not None:
                    known_or_told(
                        owner.source, version.sources, "source", (*where, "source"), source, findings
                    )
            if reduction.releases is not None:
                try:
                    reader.scope.total(reduction.releases.per)
                except NameFault as fault:
                    findings.add(
                        fault.code, fault.message, source.place((*here, "releases", "per")), fault.hint
                    )
            node = source.node((*here, "when"))
            when = (
                None
                if node is None
                else reader.read(node, (*here, "when"), f"when.{activity.id}.{reduction.from_}")
            )
            if reduction.from_ in version.status_ids:
                reductions.append(
                    ReductionOf(activity, reduction, version.status_ids.index(reduction.from_), when)
                )
    return tuple(reductions)


def _guarantees(
    version: Version, source: Source, reader: ConditionReader, findings: Findings
) -> tuple[GuaranteeOf, ...]:
    found = []
    for index, guarantee in enumerate(version.guarantees):
        path: Path_ = ("guarantees", index)
        node = source.node((*path, "when"))
        when = None if node is None else reader.read(node, (*path, "when"), f"guarantee.{index}")
        if (guarantee.never is None) == (guarantee.always is None):
            place = source.place(path)
            findings.add("PF270", "A guarantee says never or always.", place, "Write one of the two.")
        where, never, always = (
            _outcome(guarantee, key, (*path, key), version, source, findings)
            for key in ("where", "never", "always")
        )
        found.append(GuaranteeOf(index, guarantee.name, when, where, never, always))
    return tuple(found)


def _outcome(
    guarantee: object, key: str, path: Path_, version: Version, source: Source, findings: Findings
) -> Stated | None:
    stated = getattr(guarantee, key)
    if stated is None:
        return None
    words = ("enter", "status", "at_least", "at_most", "permitted")
    if not isinstance(stated, dict) or len(stated) != 1 or next(iter(stated)) not in words:
        findings.add("PF270", f"{key} states one outcome.", source.place(path), f"One of {', '.join(words)}.")
        return None
    word, value = next(iter(stated.items()))
    known: Sequence[str] = version.status_ids
    what = "status"
    if word == "permitted":
        known, what = [activity.id for activity in version.activities], "activity"
    if isinstance(value, list) and (not value or (len(value) > 1 and word in ("at_least", "at_most"))):
        hint = f"Name one {what}." if value else f"Name a{'n activity' if what == 'activity' else ' status'}."
        findings.add(
            "PF270", f"{word} takes {'one' if value else 'a'} {what}.", source.place((*path, word)), hint
        )
        return None
    ids = []
    for position, item in enumerate(value if isinstance(value, list) else [value]):
        where = (*path, word, position) if isinstance(value, list) else (*path, word)
        text = item.text if isinstance(item, Scalar) else ""
        known_or_told(text, known, what, where, source, findings)
        ids.append(text)
    if not set(ids) <= set(known):
        return None
    if word == "permitted":
        return PermittedStated(tuple(ids))
    levels = [version.status_ids.index(id_) for id_ in ids]
    return _status_stated(word, levels, len(version.statuses))


def _status_stated(word: str, levels: list[int], count: int) -> StatusStated:
    if word == "at_least":
        return StatusStated("at_least", frozenset(range(levels[0], count)))
    if word == "at_most":
        return StatusStated("at_most", frozenset(range(levels[0] + 1)))
    return StatusStated("enter" if word == "enter" else "status", frozenset(levels))
