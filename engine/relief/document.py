"""Relief as a document: codes and values, decimals as text. Sentences are made by `reports`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from engine.relief._figures import Amount, Figure
from engine.relief.build import covers, least_of
from engine.relief.values import Added, Next, Release, Relief, released, rounded, unknown
from engine.texts import day_text
from rules.measures import scaled_text
from rules.model import Version
from rules.model._fields import number_text

Told = dict[str, Any]
_BY_DAYS = ("day", "week")


def document(found: Relief, version: Version) -> Told:
    """Everything that was found, with hours rounded to 1 decimal, or to as many as the shortfall has."""
    decision, places = found.decision, found.places
    chosen = least_of(found)
    return {
        "pdu": decision["pdu"]["id"],
        "decision": decision["id"],
        "as_of": decision["as_of"],
        "status": decision["status"],
        "shortfall": _shortfall(found, version),
        "because": None if found.because is None else dict(found.because),
        "reductions": [_release(one, places) for one in found.releases],
        "released": hours_text(released(found.releases), places),
        "covers": covers(found, found.releases),
        "remaining": _remaining(found),
        "least": None
        if chosen is None
        else {
            "activities": [one.activity for one in chosen],
            "hours": hours_text(released(chosen), places),
        },
        "next_status": None if found.next_status is None else _next(found, found.next_status),
        "unknown": [_unknown(one) for one in unknown(found.releases)],
        "assumptions": assumptions(found),
    }


def hours_text(hours: Fraction, places: int) -> str:
    """Hours with so many decimals."""
    return scaled_text(rounded(hours, places), places)


def assumptions(found: Relief) -> list[Told]:
    """What the hours rest on, as codes, in a fixed order."""
    releases = found.releases if found.next_status is None else (*found.releases, *found.next_status.releases)
    stated = [one.stated for one in releases if one.stated is not None]
    amounts = [one.amount for one in releases if one.amount is not None]
    if found.shortfall is not None:
        amounts.append(found.shortfall.amount)
    carried, defaults = _stood_in(amounts, "carried"), _stood_in(amounts, "default")
    told: list[Told] = []
    if stated:
        told += [{"code": "used_in_full"}, {"code": "every_unit"}]
    if any(one.every in _BY_DAYS for one in stated):
        told.append({"code": "month_of_365_days_by_12"})
    if carried:
        told.append({"code": "carried", "figures": carried})
    if defaults:
        told.append({"code": "default", "figures": defaults})
    if found.next_status is not None and found.next_status.adds:
        told.append({"code": "conditions_as_now"})
    return told


def _stood_in(amounts: list[Amount], how: str) -> list[Told]:
    found: dict[str, Figure] = {}
    for amount in amounts:
        found.update({key: one for key, one in amount.inputs.items() if one.how == how})
    return [{"input": key, "as_of": day_text(one.as_of)} for key, one in found.items()]


def _shortfall(found: Relief, version: Version) -> Told | None:
    if found.shortfall is None or version.relief is None:
        return None
    stated = version.relief.shortfall
    return {
        "hours": hours_text(found.shortfall.hours, found.shortfall.decimals),
        "formula": stated.formula,
        "inputs": _inputs(found.shortfall.amount),
        "basis": stated.basis,
        "source": stated.source,
        "note": stated.note,
    }


def _release(one: Release, places: int) -> Told:
    told: Told = {"activity": one.activity, "title": one.title, "part": one.part, "from": one.from_}
    stated, amount = one.stated, one.amount
    if stated is None or amount is None:
        empty = ("minutes", "per", "figure", "every", "hours", "basis", "source")
        return {**told, **dict.fromkeys(empty), "inputs": {}}
    return {
        **told,
        "minutes": number_text(stated.minutes),
        "per": stated.per,
        "figure": None if amount.value is None else _fraction_text(amount.value),
        "every": stated.every,
        "hours": None if one.hours is None else hours_text(one.hours, places),
        "basis": stated.basis,
        "source": stated.source,
        "inputs": _inputs(amount),
    }


def _fraction_text(value: Fraction) -> str:
    """A figure or measure in its shortest form; it has few decimals, so its text is exact."""
    for decimals in range(10):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return scaled_text(scaled.numerator, decimals)
    raise ValueError(f"{value} has more than 9 decimals")


def _inputs(amount: Amount) -> Mapping[str, Told]:
    return {
        key: {"value": one.text, "as_of": day_text(one.as_of), "how": one.how}
        for key, one in amount.inputs.items()
    }


def _remaining(found: Relief) -> str | None:
    """The hours that are missing after all; those that are not known could make up for them."""
    if found.shortfall is None:
        return None
    left = found.shortfall.hours - Fraction(rounded(released(found.releases), found.places), 10**found.places)
    return hours_text(max(left, Fraction(0)), found.places)


def _next(found: Relief, ahead: Next) -> Told:
    return {
        "status": ahead.status,
        "adds": [_added(one, found.places) for one in ahead.adds],
        "hours": hours_text(released(ahead.releases), found.places),
        "covers": covers(found, ahead.releases),
        "unknown": [_unknown(one) for one in unknown(ahead.releases)],
    }


def _added(one: Added, places: int) -> Told:
    before = one.instead_of
    return {
        **_release(one.release, places),
        "instead_of": None if before is None else before.from_,
        "more": None if one.more is None else hours_text(one.more, places),
    }


def _unknown(one: Release) -> Told:
    told: Told = {"activity": one.activity, "from": one.from_}
    if one.amount is None:
        return {**told, "because": {"code": "not_stated"}}
    missing = list(one.amount.missing)
    return {**told, "because": {"code": "missing", "missing": missing} if missing else {"code": "no_result"}}
