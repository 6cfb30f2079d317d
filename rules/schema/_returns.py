"""The JSON Schema of staffing returns in JSON: what the inputs of a framework take."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rules.figures import FigureSpec, Vocabulary, figure_specs
from rules.schema._models import title_of
from rules.schema._values import ID_CHARACTERS, LARGEST, Schema, described, ref, value


def returns_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of one return or a list of them, with the inputs of a framework.

    A return of any day is taken: where versions differ, what some version takes.
    """
    specs: dict[str, list[FigureSpec]] = {}
    for version in vocabulary.versions:
        for name, spec in figure_specs(version).items():
            specs.setdefault(name, []).append(spec)
    member_titles = {
        member: title
        for version in vocabulary.versions
        for members in version.lists.values()
        for member, title in members.items()
    }
    properties: dict[str, Schema] = {
        "pdu": described("PDU", "The id of the unit.", type="string", pattern=f"^{ID_CHARACTERS}$"),
        "as_of": value("Day", **described("As of", "The day that the figures are about.")),
        **{name: _input(found, vocabulary, member_titles) for name, found in specs.items()},
        **{
            name: described(
                title_of(name), f"{meaning} It decides nothing.", type=["string", "number", "null"]
            )
            for name, meaning in (
                ("source", "Where the figures come from."),
                ("basis", "What the figures rest on, such as published or illustrative."),
                ("note", "A remark about the figures."),
            )
        },
    }
    one = described(
        "Return",
        "The figures of one unit on one day. A figure that is left out or null is not given.",
        type="object",
        properties=properties,
        required=["pdu", "as_of"],
        additionalProperties=False,
    )
    return {
        **described("Staffing returns", "One return, or a list of them."),
        "anyOf": [ref("Return"), {"type": "array", "items": ref("Return")}],
        "$defs": {"Return": one},
    }


def _input(specs: Sequence[FigureSpec], vocabulary: Vocabulary, member_titles: dict[str, str]) -> Schema:
    """What an input takes in any of its versions."""
    kinds: dict[tuple[bool, str | None], list[FigureSpec]] = {}
    for spec in specs:
        kinds.setdefault((spec.values is None, spec.per), []).append(spec)
    ways = []
    for (_, per), alike in kinds.items():
        figure = _figure(alike)
        if per is not None:
            members = {
                member: {**figure, **described(member_titles.get(member, member), _meaning(alike))}
                for member in vocabulary.lists.get(per, ())
            }
            figure = {"type": ["object", "null"], "properties": members, "additionalProperties": False}
        ways.append(figure)
    newest = specs[-1]
    meaning = (
        f"{newest.title}, one figure for each {newest.per}." if newest.per else _meaning(kinds.popitem()[1])
    )
    content = ways[0] if len(ways) == 1 else {"anyOf": ways}
    return {**described(newest.title, meaning), **content}


def _figure(specs: Sequence[FigureSpec]) -> Schema:
    """A figure as the most generous of some versions takes it."""
    if specs[0].values is not None:
        values = dict.fromkeys(value for spec in specs for value in spec.values or ())
        return {"type": ["string", "null"], "enum": [*values, None]}
    whole = all(spec.decimals == 0 for spec in specs)
    lowest = min(Decimal(-LARGEST) if spec.minimum is None else spec.minimum for spec in specs)
    highest = max(Decimal(LARGEST) if spec.maximum is None else spec.maximum for spec in specs)
    return {
        "type": ["integer" if whole else "number", "null"],
        "minimum": _plain(lowest),
        "maximum": _plain(highest),
    }


def _plain(number: Decimal) -> int | float:
    """A number as JSON writes it: a bound that an editor shows. No decision reads a schema."""
    return int(number) if number == number.to_integral_value() else float(number)


def _meaning(specs: Sequence[FigureSpec]) -> str:
    """What a figure is, in a sentence."""
    newest = specs[-1]
    if newest.values is not None:
        return f"{newest.title}, as one of the categories."
    decimals = max(spec.decimals for spec in specs)
    unit = f" in {newest.unit}" if newest.unit else ""
    return (
        f"{newest.title}{unit}, with at most {decimals} decimals." if decimals else f"{newest.title}{unit}."
    )
