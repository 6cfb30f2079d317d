"""Checks of names and numbers within a version: ids, inputs, trigger points."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from rules.figures import figure_specs, too_fine
from rules.model import Version
from rules.model._fields import RESERVED_NAMES, number_text, read_number
from rules.problems import Findings, did_you_mean
from rules.text import Path_, Scalar, Source


def known_or_told(
    id_: str, known: Collection[str], what: str, path: Path_, source: Source, findings: Findings
) -> None:
    """Note PF223 where an id names nothing."""
    if id_ not in known:
        hint = did_you_mean(id_, known)
        findings.add("PF223", f"{id_[:60] or 'This'} is no {what} of this version.", source.place(path), hint)


def check_ids(ids: list[str], path: Path_, source: Source, findings: Findings) -> None:
    """Note PF221 for an id that stands twice in a list."""
    first: dict[str, int] = {}
    for index, id_ in enumerate(ids):
        if id_ in first:
            also = [source.place((*path, first[id_], "id"))]
            place = source.place((*path, index, "id"))
            findings.add("PF221", f"The id {id_} stands twice.", place, "Give each its own id.", also)
        first.setdefault(id_, index)


def check_names(version: Version, source: Source, findings: Findings) -> None:
    """Inputs, measures, list members and trigger points share one name space."""
    owner: dict[str, Path_] = {}
    places: list[tuple[str, Path_]] = []
    for group in ("inputs", "measures", "trigger_points"):
        places += [(name, (group, name)) for name in getattr(version, group)]
    members: dict[str, Path_] = {}
    for list_id, entries in version.lists.items():
        if list_id in RESERVED_NAMES or list_id in version.inputs:
            place = source.place(("lists", list_id), key=True)
            findings.add("PF221", f"{list_id} names a list and something else.", place, "Rename the list.")
        if not entries:
            findings.add("PF201", "A list needs members.", source.place(("lists", list_id)), "Add one.")
        for member in entries:
            path: Path_ = ("lists", list_id, member)
            if member in members:
                also = [source.place(members[member], key=True)]
                place = source.place(path, key=True)
                findings.add(
                    "PF221", f"{member} is a member of two lists.", place, "Rename one of them.", also
                )
            else:
                members[member] = path
                places.append((member, path))
    for name, path in sorted(places, key=lambda pair: source.place(pair[1], key=True)):
        if name in owner:
            also = [source.place(owner[name], key=True)]
            findings.add(
                "PF221", f"The name {name} is used twice.", source.place(path, key=True), "Rename one.", also
            )
        owner.setdefault(name, path)


def check_inputs(version: Version, source: Source, findings: Findings) -> None:
    """What an input says of itself must fit together."""
    specs = figure_specs(version)
    for name, spec in version.inputs.items():
        path: Path_ = ("inputs", name)
        if spec.per is not None and spec.per not in version.lists:
            place = source.place((*path, "per"))
            findings.add(
                "PF223",
                f"{spec.per} is no list of this version.",
                place,
                did_you_mean(spec.per, version.lists),
            )
        if spec.values is not None:
            for key in ("minimum", "maximum", "lever", "decimals"):
                if source.node((*path, key)) is not None:
                    place = source.place((*path, key), key=True)
                    findings.add("PF227", f"A category has no {key}.", place, "Remove it.")
            seen: set[str] = set()
            for index, value in enumerate(spec.values):
                if value in seen:
                    place = source.place((*path, "values", index))
                    findings.add(
                        "PF221", f"The category {value} stands twice.", place, "Remove one of the two."
                    )
                seen.add(value)
        if spec.minimum is not None and spec.maximum is not None and spec.maximum < spec.minimum:
            findings.add(
                "PF227", "The maximum is below the minimum.", source.place((*path, "maximum")), "Swap them."
            )
        for key in ("minimum", "maximum"):
            limit = getattr(spec, key)
            if limit is not None and -int(limit.as_tuple().exponent) > spec.decimals:
                place = source.place((*path, key))
                findings.add("PF227", f"The {key} {too_fine(spec.decimals)}.", place, "Round it.")
        if spec.lever is not None and spec.lever.step <= 0:
            place = source.place((*path, "lever", "step"))
            findings.add("PF227", "A step is above 0.", place, "As in 0.1.")
        default = default_figure(version, name)
        if source.node((*path, "default")) is not None:
            place = source.place((*path, "default"))
            if default is None:
                findings.add("PF227", "A default is one number or category.", place, "Write one value.")
            else:
                misfit = specs[name].misfit(default)
                if misfit is not None:
                    findings.add("PF227", f"The default does not fit: {misfit.message}", place, misfit.hint)


def default_figure(version: Version, input_id: str) -> Decimal | str | None:
    """The figure that counts where an input is not given, or None."""
    default = version.inputs[input_id].default
    if not isinstance(default, Scalar) or default.empty:
        return None
    if version.inputs[input_id].values is not None:
        return default.text
    number = read_number(default.text) if default.plain else None
    return number if number is not None else default.text


def check_trigger_points(version: Version, source: Source, findings: Findings) -> None:
    """A trigger point's default lies within the bounds that it gives regions."""
    for name, point in version.trigger_points.items():
        path: Path_ = ("trigger_points", name)
        if point.source is not None:
            known_or_told(point.source, version.sources, "source", (*path, "source"), source, findings)
        bounds = point.regions
        if bounds is None:
            continue
        low, high = number_text(bounds.from_), number_text(bounds.to)
        if bounds.to < bounds.from_:
            place = source.place((*path, "regions", "to"))
            findings.add(
                "PF226", f"The bounds of {name} are the wrong way round.", place, f"Swap {low} and {high}."
            )
        elif not bounds.from_ <= point.default <= bounds.to:
            place = source.place((*path, "default"))
            shown = number_text(point.default)
            findings.add(
                "PF226", f"The default {shown} lies outside {low} to {high}.", place, "Move one of them."
            )
