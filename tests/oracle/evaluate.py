"""Formulas and conditions: exact (fractions) and three-valued (true, false, unknown as None).

A *document* is the plain Python form of a version's YAML. A *history* is a list of rows, one for each
return from the oldest to the newest; a row gives the value of every input and measure by its name
(`wmt_points`, `in_post_fte[PO]`, `staffing`), or None where it is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

Document = dict[str, Any]
Return = dict[str, Any]
Value = Fraction | str | None
Row = dict[str, Value]
Truth = bool | None

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>[-+*/(),\[\]]))"
)
_ANNOTATIONS = ("for", "source", "basis", "note")
_GROUPS = ("any", "all", "none", "count")


def number(value: Any) -> Fraction:
    """The exact number that stands in a document or a return (an int or a Decimal)."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"not an exact number: {value!r}")
    return Fraction(value)


def days(duration: str) -> int:
    """The days in a duration such as `2 weeks`."""
    count, unit = duration.split()
    return int(count) * {"day": 1, "days": 1, "week": 7, "weeks": 7}[unit]


def half_away(value: Fraction, decimals: int) -> Fraction:
    """The value rounded to so many decimals, half away from zero."""
    scale = 10**decimals
    whole = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole if value >= 0 else -whole, scale)


def as_text(value: Fraction, decimals: int) -> str:
    """A value on the grid of its decimals, as text with exactly these decimals."""
    whole = value * 10**decimals
    if whole.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals")
    digits = str(abs(whole.numerator)).rjust(decimals + 1, "0")
    sign = "-" if whole < 0 else ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


# Formulas: a tree of tuples.


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Any, ...]:
    """The tree of a formula."""
    tokens: list[str] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read {text[at:]!r}")
        tokens.append(match.group().strip())
        at = match.end()
    tree, rest = _sum(tokens)
    if rest:
        raise ValueError(f"unexpected {rest[0]!r} in {text!r}")
    return tree


def _sum(tokens: list[str]) -> tuple[tuple[Any, ...], list[str]]:
    left, tokens = _product(tokens)
    while tokens and tokens[0] in "+-":
        right, rest = _product(tokens[1:])
        left, tokens = (tokens[0], left, right), rest
    return left, tokens


def _product(tokens: list[str]) -> tuple[tuple[Any, ...], list[str]]:
    left, tokens = _atom(tokens)
    while tokens and tokens[0] in "*/":
        right, rest = _atom(tokens[1:])
        left, tokens = (tokens[0], left, right), rest
    return left, tokens


def _atom(tokens: list[str]) -> tuple[tuple[Any, ...], list[str]]:
    if not tokens:
        raise ValueError("a formula ends too early")
    head, rest = tokens[0], tokens[1:]
    if head == "-":
        inner, rest = _atom(rest)
        return ("-", ("number", Fraction(0)), inner), rest
    if head == "(":
        inner, rest = _sum(rest)
        return inner, _expect(")", rest)
    if head[0].isdigit():
        return ("number", Fraction(head)), rest
    if head in ("min", "max"):
        parts: list[tuple[Any, ...]] = []
        rest = [",", *_expect("(", rest)]
        while rest[0] == ",":
            part, rest = _sum(rest[1:])
            parts.append(part)
        return (head, *parts), _expect(")", rest)
    if rest and rest[0] == "[":
        end = rest.index("]")
        return ("members", head, tuple(token for token in rest[1:end] if token != ",")), rest[end + 1 :]
    return ("name", head), rest


def _expect(token: str, tokens: list[str]) -> list[str]:
    if not tokens or tokens[0] != token:
        raise ValueError(f"{token!r} expected, not {tokens[:1]}")
    return tokens[1:]


def _members(document: Document, name: str) -> list[str]:
    return list(document["lists"][document["inputs"][name]["per"]])


def _compute(tree: tuple[Any, ...], document: Document, row: Row) -> Fraction | None:
    kind = tree[0]
    if kind == "number":
        exact: Fraction = tree[1]
        return exact
    if kind == "name":
        return _number_of(tree[1], document, row)
    if kind == "members":
        wanted = _members(document, tree[1]) if tree[2] == ("all",) else tree[2]
        parts = [_number_of(f"{tree[1]}[{member}]", document, row) for member in wanted]
    else:
        parts = [_compute(part, document, row) for part in tree[1:]]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if kind in ("min", "max"):
        return min(known) if kind == "min" else max(known)
    if kind == "members":
        return sum(known, Fraction(0))
    left, right = known
    if kind == "/":
        return left / right if right else None
    return left + right if kind == "+" else left - right if kind == "-" else left * right


def _number_of(name: str, document: Document, row: Row) -> Fraction | None:
    if name not in row:
        _measure(name, document, row)
    value = row[name]
    if isinstance(value, str):
        raise TypeError(f"{name} is a category")
    return value


def _measure(name: str, document: Document, row: Row) -> None:
    """Put a measure into the row; measures that it uses are put there first."""
    spec = document["measures"][name]
    if "formula" in spec:
        value = _compute(parse(spec["formula"]), document, row)
    else:
        value = _points(spec["points"], _number_of(spec["points"]["of"], document, row))
    row[name] = None if value is None else half_away(value, spec.get("decimals", 0))


def _points(points: dict[str, Any], value: Fraction | None) -> Fraction | None:
    if value is None:
        return None
    for band in points["bands"]:
        tests = [(word, limit) for word, limit in band.items() if word != "give"]
        if all(compare(value, word, number(limit)) for word, limit in tests):
            return number(band["give"])
    return number(points["otherwise"])


# Figures of a return.


def row_of(document: Document, returns: list[Return], index: int) -> Row:
    """Every input and measure at one return, as this document reads the returns up to it."""
    row: Row = {}
    for name, spec in document["inputs"].items():
        for key in [f"{name}[{member}]" for member in _members(document, name)] if "per" in spec else [name]:
            row[key] = _figure(key, spec, returns, index)
    for name in document["measures"]:
        if name not in row:
            _measure(name, document, row)
    return row


def _figure(key: str, spec: dict[str, Any], returns: list[Return], index: int) -> Value:
    here: date = returns[index]["as_of"]
    reach = days(spec["carry_forward"]) if "carry_forward" in spec else 0
    for earlier in reversed(returns[: index + 1]):
        given = earlier["figures"].get(key)
        if given is not None and (here - earlier["as_of"]).days <= reach:
            return given if isinstance(given, str) else number(given)
    default = spec.get("default")
    return default if default is None or isinstance(default, str) else number(default)


# Conditions.


def compare(value: Fraction, word: str, limit: Fraction) -> bool:
    """Whether a known number stands so to a known limit."""
    return {
        "below": value < limit,
        "at_most": value <= limit,
        "above": value > limit,
        "at_least": value >= limit,
        "is": value == limit,
    }[word]


def _compared(value: Value, word: str, limit: Any, triggers: dict[str, Fraction], row: Row) -> Truth:
    """One comparison; `triggers` are the trigger points in force."""
    if value is None:
        return None
    if isinstance(value, str):
        return bool({"is": value == limit, "one_of": value in limit, "none_of": value not in limit}[word])
    if isinstance(limit, str):
        other = triggers[limit] if limit in triggers else row[limit]
        if isinstance(other, str):
            raise TypeError(f"{limit} is a category")
        return None if other is None else compare(value, word, other)
    return compare(value, word, number(limit))


def _combine(group: str, needed: int, parts: list[Truth]) -> Truth:
    """The truth of a group by Kleene's logic."""
    yes, unknown = parts.count(True), parts.count(None)
    if group == "none":
        return False if yes else None if unknown else True
    least = {"any": 1, "all": len(parts), "count": needed}[group]
    return True if yes >= least else None if yes + unknown >= least else False


@dataclass(frozen=True)
class Rhythm:
    """What a version says about the time between returns, in days."""

    every: int
    longest_gap: int


def rhythm(document: Document) -> Rhythm:
    """The rhythm of a version's returns."""
    spec = document["returns"]
    return Rhythm(days(spec["every"]), days(spec.get("longest_gap", spec["stale_after"])))


@dataclass
class Judged:
    """Truths and runs by rule path, each a list with one entry for each return."""

    truths: dict[str, list[Truth]] = field(default_factory=dict)
    runs: dict[str, list[int]] = field(default_factory=dict)


def judge(
    node: dict[str, Any],
    path: str,
    history: list[Row],
    dates: list[date],
    pace: Rhythm,
    triggers: dict[str, Fraction],
    durations: bool = True,
) -> Judged:
    """A condition and all its nodes at every return; without `durations` every `for` is left out."""
    (subject,) = [key for key in node if key not in _ANNOTATIONS]
    judged = Judged()
    if subject in _GROUPS:
        parts = node[subject]["of"] if subject == "count" else node[subject]
        needed = node[subject]["at_least"] if subject == "count" else 0
    elif len(node[subject]) > 1:
        # Two comparators on one measure: both must hold, each is a part of its own.
        parts, needed = [{subject: {word: limit}} for word, limit in node[subject].items()], 0
        subject = "all"
    else:
        ((word, limit),) = node[subject].items()
        parts, needed = [], 0
        inner = [_compared(row[subject], word, limit, triggers, row) for row in history]
    if parts:
        for place, part in enumerate(parts):
            below = judge(part, f"{path}.{place}", history, dates, pace, triggers, durations)
            judged.truths.update(below.truths)
            judged.runs.update(below.runs)
        columns = [judged.truths[f"{path}.{place}"] for place in range(len(parts))]
        inner = [_combine(subject, needed, [column[at] for column in columns]) for at in range(len(history))]
    if durations and "for" in node:
        runs = run_lengths(inner, dates, pace)
        needs = days(node["for"]) // pace.every
        judged.runs[path] = runs
        judged.truths[path] = [truth and run >= needs for truth, run in zip(inner, runs, strict=True)]
    else:
        judged.truths[path] = inner
    return judged


def run_lengths(inner: list[Truth], dates: list[date], pace: Rhythm) -> list[int]:
    """How many whole periods the condition has held, at each return; 0 where it is not true."""
    lengths: list[int] = []
    total = 0
    for at, truth in enumerate(inner):
        gap = (dates[at] - dates[at - 1]).days if at else 0
        if truth is not True:
            total = 0
        elif total == 0 or gap > pace.longest_gap:
            total = pace.every
        else:
            total += min(gap, pace.every)
        lengths.append((2 * total + pace.every) // (2 * pace.every))
    return lengths
