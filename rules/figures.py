"""Figures: what a staffing return carries, and whether a figure is fit for its input."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from rules.model._fields import MAX_DIGITS, digits, number_text, plain_decimal
from rules.model.version import Version
from rules.problems import FEW, did_you_mean
from rules.said import said, said_of

MAX_TEXTS = 1 << 13
Figure = Decimal | str
"""A number, or a category's id."""


def figure_key(input_id: str, member: str | None = None) -> str:
    """The key of a figure: `wmt_points`, or `in_post_fte[PO]`."""
    return input_id if member is None else f"{input_id}[{member}]"


def too_fine(decimals: int) -> str:
    """What is wrong with a number that has more than so many decimals: `is no whole number`."""
    return f"has more than {_decimals(decimals)}" if decimals else "is no whole number"


def _decimals(size: int) -> str:
    return "1 decimal" if size == 1 else f"{size} decimals"


@dataclass(frozen=True, slots=True)
class Return:
    """A staffing return: the figures of one unit on one day. A figure that is not given is not there.

    `figures` is keyed by `figure_key`. `annotations` may hold `source`, `basis` and `note`; they explain
    the return and decide nothing.
    """

    pdu: str
    as_of: datetime.date
    figures: Mapping[str, Figure]
    annotations: Mapping[str, str] = field(default_factory=dict)
    recorded_at: str | None = None
    _known: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def texts(self) -> Mapping[str, str]:
        """Each figure as text, a number in its shortest form: read, hashed and told from, so written once."""
        texts: dict[str, str] | None = self._known.get("texts")
        if texts is None:
            figures = self.figures
            texts = self._known["texts"] = dict(
                zip(figures, map(_TEXTS.__getitem__, figures.values()), strict=True)
            )
        return texts

    @property
    def sha256(self) -> str:
        """The hash of the facts of the return, in the canonical form of decisions."""
        digest: str | None = self._known.get("sha256")
        if digest is None:
            digest = self._known["sha256"] = self._digest()
            self._known.pop("texts", None)  # mostly read by now, and returns are many
        return digest

    def _digest(self) -> str:
        facts = {"pdu": self.pdu, "as_of": self.as_of.isoformat(), "figures": self.texts}
        if self.annotations:
            facts["annotations"] = dict(self.annotations)
        return "sha256:" + hashlib.sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()


class _Texts(dict[Figure, str]):
    """Figures as text. They come back, so each that was met is kept, up to a bound.

    Two numbers that are equal have one shortest form, and so it is no matter which of them was met first.
    """

    def __missing__(self, figure: Figure) -> str:
        if len(self) >= MAX_TEXTS:
            self.clear()
        text = self[figure] = figure if isinstance(figure, str) else number_text(figure)
        return text


_TEXTS = _Texts()


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a figure is not fit for its input."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """What an input takes, in one version. `members` is empty unless the input is `per` a list."""

    id: str
    title: str
    unit: str
    decimals: int
    per: str | None
    members: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    values: tuple[str, ...] | None

    def misfit(self, value: Figure) -> Misfit | None:
        """Why `value` is not fit for this input, or None where it is."""
        if self.values is not None:
            if isinstance(value, str) and value in self.values:
                return None
            hint = did_you_mean(str(value), self.values)
            return Misfit("PF511", self._unknown(repr(str(value)[:60])), hint)
        if isinstance(value, str) or not value.is_finite():
            message = said("{input} takes a number, not {shown}.", input=self.id, shown=repr(str(value)[:60]))
            return Misfit("PF508", message, said("Write digits, as in 82.5, or nothing."))
        if digits(value) > MAX_DIGITS:
            message = said("{input} has more than 15 digits.", input=self.id)
            return Misfit("PF517", message, said("Write a shorter number."))
        number = plain_decimal(value)
        figure = number_text(number)
        if -int(number.as_tuple().exponent) > self.decimals:
            return self._too_fine(figure)
        if self.minimum is not None and number < self.minimum:
            low = number_text(self.minimum)
            message = said("{input} {figure} is below {low}.", input=self.id, figure=figure, low=low)
            return Misfit("PF510", message, said("Send {low} or more.", low=low))
        if self.maximum is not None and number > self.maximum:
            high = number_text(self.maximum)
            message = said("{input} {figure} is above {high}.", input=self.id, figure=figure, high=high)
            return Misfit("PF510", message, said("Send {high} or less.", high=high))
        return None

    def _unknown(self, shown: str) -> str:
        """That this input takes no such category."""
        known = self.values or ()
        if len(known) <= FEW:
            names = ", ".join(known)
            return said("{input} takes one of {known}, not {shown}.", input=self.id, known=names, shown=shown)
        return said(
            "{input} takes one of {number} categories, not {shown}.",
            input=self.id,
            number=len(known),
            shown=shown,
        )

    def _too_fine(self, figure: str) -> Misfit:
        """That a figure has more decimals than this input takes."""
        if not self.decimals:
            message = said("{input} {figure} is no whole number.", input=self.id, figure=figure)
            return Misfit("PF509", message, said("Round it to whole numbers before it is sent."))
        message = said_of(
            self.decimals,
            "{input} {figure} has more than {number} decimal.",
            "{input} {figure} has more than {number} decimals.",
            input=self.id,
            figure=figure,
            number=self.decimals,
        )
        hint = said_of(
            self.decimals,
            "Round it to {number} decimal before it is sent.",
            "Round it to {number} decimals before it is sent.",
            number=self.decimals,
        )
        return Misfit("PF509", message, hint)


def figure_specs(version: Version) -> dict[str, FigureSpec]:
    """What each input of a version takes, by the input's id."""
    return {
        input_id: FigureSpec(
            id=input_id,
            title=spec.title or input_id,
            unit=spec.unit or "",
            decimals=spec.decimals,
            per=spec.per,
            members=tuple(version.lists.get(spec.per, ())) if spec.per else (),
            minimum=spec.minimum,
            maximum=spec.maximum,
            values=tuple(spec.values) if spec.values is not None else None,
        )
        for input_id, spec in version.inputs.items()
    }


class Vocabulary:
    """Every input that any version of a framework has, as the version of a given day takes it."""

    def __init__(self, versions: Iterable[Version]) -> None:
        self.versions = sorted(versions, key=lambda version: version.effective)
        self._specs = [(version.effective, figure_specs(version)) for version in self.versions]

    @property
    def inputs(self) -> dict[str, FigureSpec]:
        """Every input, as the newest version that has it takes it."""
        merged: dict[str, FigureSpec] = {}
        for _, specs in self._specs:
            merged.update(specs)
        return merged

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Every list and its members, over all versions."""
        merged: dict[str, dict[str, None]] = {}
        for version in self.versions:
            for list_id, members in version.lists.items():
                merged.setdefault(list_id, {}).update(dict.fromkeys(members))
        return {list_id: tuple(members) for list_id, members in merged.items()}

    def spec(self, input_id: str, day: datetime.date) -> FigureSpec | None:
        """The input as the version in force on `day` takes it; else as the nearest version that has it."""
        found: FigureSpec | None = None
        for effective, specs in self._specs:
            if input_id in specs and (found is None or effective <= day):
                found = specs[input_id]
        return found
