"""The sections of the page: what may be reduced, what not, what stays mandatory, the data, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import _words as words
from reports._conditions import find, observed, root_check, tipping
from reports._explanation import Data, Duty, DutyPart, Line, Reduction, ReductionPart, Refusal, Table
from reports._format import capital, day, listed, sentence
from reports._headline import grace_ends, no_ground
from reports._names import Names
from reports._words.tables import unit as unit_column

Entry = Mapping[str, Any]


def _in_parts(names: Names, entries: list[Entry]) -> dict[str | None, list[Entry]]:
    """Entries by part, both in the order of the framework's document."""
    order = {activity.id: place for place, activity in enumerate(names.version.activities)}
    parts: dict[str | None, list[Entry]] = {names.version.parts[part]: [] for part in names.version.parts}
    for entry in sorted(entries, key=lambda entry: order.get(entry["activity"], len(order))):
        parts.setdefault(names.part(entry["activity"]), []).append(entry)
    return {part: found for part, found in parts.items() if found}


def _title(names: Names, entry: Entry) -> str:
    return entry.get("title") or names.activity_title(entry["activity"])


def reductions_intro(names: Names) -> tuple[str, ...]:
    """How many activities may be reduced, or that none may."""
    decision = names.decision
    status, size = decision["status"], len(decision["permitted"])
    if status == "indeterminate":
        return (*no_ground(names), *((words.sections.still_stands(size),) if size else ()))
    if size:
        return (words.sections.may_reduce(size),)
    return (words.sections.nothing_to_reduce(names.status(status), level=names.rank(status) is not None),)


def reductions(names: Names) -> tuple[ReductionPart, ...]:
    """What is permitted, part by part."""
    return tuple(
        ReductionPart(part, tuple(_reduction(names, entry) for entry in entries))
        for part, entries in _in_parts(names, names.decision["permitted"]).items()
    )


def _reduction(names: Names, entry: Entry) -> Reduction:
    activity = names.activity(entry["activity"])
    limits = [
        ("floor", sentence(entry["floor"]) if entry.get("floor") else None),
        ("except", sentence(names.cohorts(entry["except"])) if entry.get("except") else None),
        ("only", sentence(names.cohorts(entry["only"])) if entry.get("only") else None),
        ("status", words.sections.begins(names.status(entry["from"]))),
        ("when", words.sections.available(entry.get("since"), entry.get("ends"), grace_ends(names))),
        ("review", sentence(day(entry["review_by"])) if entry.get("review_by") else None),
        ("releases", names.released(entry.get("releases") or {})),
        ("usual", sentence(activity.usual) if activity is not None and activity.usual else None),
    ]
    condition = find(names.decision, f"when.{entry['activity']}.{entry['from']}")
    return Reduction(
        title=_title(names, entry),
        lead=words.sections.strength(entry["strength"]),
        do=sentence(entry["do"]),
        limits=tuple(Line(words.sections.limit(key), text) for key, text in limits if text),
        firm=sum(entry.get(key) not in (None, [], "") for key in ("floor", "except", "only")),
        check=root_check(condition, names, full=True) if condition is not None else None,
        source=names.source(entry.get("source")),
    )


def duties(names: Names) -> tuple[DutyPart, ...]:
    """What stays mandatory, part by part."""
    return tuple(
        DutyPart(
            part,
            tuple(
                Duty(_title(names, entry), sentence(entry["because"]), names.source(entry.get("source")))
                for entry in entries
            ),
        )
        for part, entries in _in_parts(names, names.decision["protected"]).items()
    )


def refusals(names: Names) -> tuple[Refusal, ...]:
    """What is not permitted, by reason. Reductions that share a reason stand together.

    Last stand the further reductions of activities that are reduced already.
    """
    reduced = {entry["activity"] for entry in names.decision["permitted"]}
    found: dict[str, list[str]] = {}
    further: dict[str, list[str]] = {}
    for entry in names.decision["not_permitted"]:
        activity = names.activity(entry["activity"])
        several = activity is not None and len(activity.reductions or ()) > 1
        title, below = _title(names, entry), entry["because"]["code"] == "below_status"
        if below and entry["activity"] in reduced:
            needs = names.status(entry["because"]["needs"])
            further.setdefault(words.sections.further(needs), []).append(title)
            continue
        found.setdefault(_refusal(names, entry["because"]), []).append(
            words.sections.reduction_from(title, names.status(entry["from"]))
            if several and not below
            else title
        )
    return tuple(Refusal(reason, tuple(titles)) for reason, titles in {**found, **further}.items())


def _refusal(names: Names, because: Entry) -> str:
    match because["code"]:
        case "below_status":
            return words.sections.below_status(names.status(because["needs"]))
        case "condition_false":
            root = find(names.decision, because.get("rule"))
            phrases = [observed(leaf, names) for leaf in tipping(root)] if root else []
            return words.sections.condition_false(listed(phrases))
        case "condition_unknown":
            return words.sections.condition_unknown(names.figures(because.get("missing") or []))
        case "withheld":
            return words.sections.withheld(because.get("set_by"), names.group, names.unit)
        case "lapsed":
            return words.sections.lapsed(because["on"])
        case "superseded":
            return words.sections.superseded(names.status(because["by"]))
        case code:
            return words.sections.refused(code)


def data(names: Names) -> tuple[str, ...]:
    """What the figures lacked, and what stood in for it."""
    decision = names.decision
    found = []
    missing = [key for measure in decision["measures"] for key in measure["missing"]]
    missing += [key for because in decision["indeterminate_because"] for key in because.get("missing") or ()]
    if missing:
        found.append(words.figures.not_given(names.figures(missing)))
    carried: dict[str, list[str]] = {}
    notes: dict[str, list[str]] = {}
    for note in decision["data_quality"]:
        code = note["code"]
        if code == "PF601":
            carried.setdefault(note["as_of"], []).append(note["input"])
        elif code in ("PF603", "PF607"):
            notes.setdefault(code, []).append(note["input"])
        else:
            found.append(_note(names, note))
    found += [words.figures.carried(names.figures(keys), as_of) for as_of, keys in sorted(carried.items())]
    if "PF603" in notes:
        found.append(words.figures.defaulted(names.figures(notes["PF603"])))
    if "PF607" in notes:
        found.append(words.figures.misfit(names.figures(notes["PF607"])))
    return tuple(dict.fromkeys(found)) or (
        words.figures.all_given() if decision["returns"] else words.figures.no_figures(),
    )


def _note(names: Names, note: Entry) -> str:
    match note["code"]:
        case "PF602":
            return words.figures.identical()
        case "PF604":
            return words.figures.returns_missing(note.get("missed"))
        case "PF605":
            return words.figures.stale_note()
        case "PF606":
            return words.headline.mapped(names.status(note["from"]), names.status(note["to"]))
        case "PF608":
            return words.figures.skipped(note.get("as_of"))
        case "PF609":
            return words.figures.number_left_out(names.trigger_title(note["trigger_point"]))
        case "PF610":
            return words.figures.settings_wait(note["effective"])
        case "PF611":
            return words.figures.child_absent(names.child(note["unit"]))
        case "PF612":
            return words.figures.child_lacks(names.child(note["unit"]), names.figures(note["inputs"]))
        case "PF613":
            return words.figures.child_unclear(names.child(note["unit"]))
        case code:
            return words.figures.other_note(code)


def settings_intro(names: Names) -> tuple[str, ...]:
    """Who set what, from which day, and what the settings take away."""
    settings = names.decision["settings"]
    points = settings.get("trigger_points") or {}
    found = [
        words.figures.settings(settings["set_by"], settings["effective"], names.group)
        if settings.get("set_by") and settings.get("effective")
        else words.figures.no_settings(names.group)
    ]
    if settings.get("withhold"):
        found.append(
            words.figures.withholds(
                listed([names.activity_title(activity) for activity in settings["withhold"]])
            )
        )
    if not points:
        found.append(words.figures.no_numbers())
    elif all(point.get("basis") != "published" for point in points.values()):
        found.append(words.figures.all_illustrative())
    return tuple(found)


def settings_table(names: Names) -> Table | None:
    """Every trigger point in force, in the order of the document."""
    points = names.decision["settings"].get("trigger_points") or {}
    order = {trigger: place for place, trigger in enumerate(names.version.trigger_points)}
    if not points:
        return None
    rows, plain = [], []
    for trigger, point in sorted(points.items(), key=lambda item: (order.get(item[0], len(order)), item[0])):
        title = names.trigger_title(trigger)
        by = capital(words.figures.set_by(point["set_by"], names.group, names.unit))
        basis = words.figures.basis(published=point.get("basis") == "published")
        value, default = (names.trigger_value(trigger, point[key]) for key in ("value", "default"))
        rows.append((title, value, default, by, basis))
        plain.append((title, point["value"], point["default"], names.trigger_unit(trigger), by, basis))
    columns = words.figures.settings_columns()
    data = Data((*columns[:3], unit_column(), *columns[3:]), tuple(plain))
    return Table(words.figures.settings_caption(), columns, tuple(rows), data)
