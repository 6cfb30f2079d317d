"""A small policy of another field, and returns under it: every state that a unit can be in stands there once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from rules.figures import Figure, Return, figure_key
from rules.model.scenario import Declaration, Suspension

LONG = (
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch and the Wards of the Royal Infirmary of Saint "
    "Bartholomew by the Sea, with the Day Unit for Older People and the Annexe of 1897"
)
"""A very long name, with a word that cannot be broken."""
ACTIVITIES = 40
FIRST, LAST = datetime.date(2022, 8, 29), datetime.date(2022, 11, 21)
_SHIFTS = ("early", "late", "night")
_PARTS = ("rounds", "meals", "records", "teaching", "visits")

ORGANISATION = f"""\
format: 1
unit: {{one: ward, many: wards}}
group: {{one: trust, many: trusts}}
regions:
  - {{id: coast, name: The Coast, contact: The operations room of the Coast}}
  - {{id: moor, name: The Moor}}
pdus:
  - {{id: long, name: "{LONG}", region: coast, contact: The matron}}
  - {{id: calm, name: Calm, region: coast}}
  - {{id: busy, name: Busy, region: coast}}
  - {{id: short, name: Short, region: coast}}
  - {{id: old, name: Old, region: coast}}
  - {{id: told, name: Told, region: moor}}
  - {{id: aside, name: Aside, region: moor}}
  - {{id: silent, name: Silent, region: moor}}
  - {{id: partial, name: Partial, region: moor}}
  - {{id: closed, name: Closed, region: moor}}
  - {{id: new, name: New, region: moor}}
"""

_HEAD = """\
format: 1
framework: escalation
version: winter
title: Winter plan for wards
effective: 2022-08-01
summary: What a ward may do less of when too few are there.
changes: [The night counts as the day does.]
approved: {by: The board, on: 2022-07-20}
sources:
  law: {title: A law with an address, published: 2020-01-31, url: "https://example.org/law"}
  paper: {title: A paper without one}
returns: {every: 7 days, stale_after: 14 days, grace: 14 days}
first_return: at_once
activation: automatic
declarations: {by: regional-director, may: [raise, lower], at_most: 28 days}
lists:
  shift: {early: Early shift, late: Late shift, night: Night shift}
inputs:
  needed: {title: Nurses needed, unit: FTE, decimals: 1, per: shift, minimum: 0}
  there: {title: Nurses there, unit: FTE, decimals: 1, per: shift, minimum: 0, lever: {step: 0.5}}
  beds: {title: Beds in use, unit: beds, decimals: 0, minimum: 0, maximum: 400, default: 20}
  alert: {title: Alert, values: [none, high, very-high], default: none}
measures:
  cover: {title: Cover of the shifts, unit: percent, decimals: 1, formula: "100 * there[all] / needed[all]"}
  nights: {title: Cover of the nights, unit: percent, decimals: 1, formula: "100 * there[night] / needed[night]"}
trigger_points:
  short: {title: Short below, default: 85, unit: percent, regions: {from: 80, to: 90}, basis: illustrative}
  unsafe: {title: Unsafe below, default: 70, unit: percent, regions: {from: 60, to: 75}, basis: illustrative}
statuses:
  - {id: open, title: Open, colour: green, meaning: All is done in full.}
  - id: stretched
    title: Stretched
    colour: yellow
    meaning: A little less may be done.
    enter: {cover: {below: 95}, basis: illustrative}
  - id: short
    title: Short
    colour: amber
    meaning: Less may be done.
    enter: {any: [{cover: {below: short}, for: 2 weeks}, {alert: {is: high}}]}
    exit: {all: [{cover: {at_least: 90}}, {alert: {none_of: [high]}}], for: 2 weeks, basis: illustrative}
    minimum_stay: 14 days
    review_every: 7 days
    outstays_after: 42 days
  - id: unsafe
    title: Unsafe
    colour: red
    meaning: Much less may be done.
    enter:
      any:
        - {cover: {below: unsafe}}
        - {nights: {below: 60}, for: 2 weeks, basis: illustrative}
        - {alert: {is: very-high}}
    review_every: 7 days
  - id: closing
    title: Closing
    colour: black
    meaning: The ward is about to close.
    enter: {cover: {below: 30}, basis: illustrative}
parts: {rounds: Rounds, meals: Meals, records: Records, teaching: Teaching, visits: Visits}
cohorts: {frail: Frail people, children: Children and young people, alone: People who live alone}
relief:
  shortfall: {formula: "150 * (needed[all] - there[all])", basis: illustrative}
activities:
"""


def documents() -> dict[str, str]:
    """The files of the policy."""
    return {"organisation.yaml": ORGANISATION, "escalation/winter.yaml": _HEAD + "".join(_activities())}


def _activities() -> Iterator[str]:
    """Three of ten are mandatory; the others may be reduced from one of three statuses on, some with conditions."""
    for number in range(ACTIVITIES):
        head = f"  - id: work-{number}\n    title: Piece of work {number}\n    part: {_PARTS[number % 5]}\n"
        if number % 10 in (0, 3, 7):
            source = "law" if number % 2 else "paper"
            yield f"{head}    mandatory: {{because: The law asks for it., source: {source}}}\n"
            continue
        status = ("stretched", "short", "unsafe")[number % 3]
        yield f"{head}    usual: Every day, by a nurse.\n    reductions:\n      - from: {status}\n"
        yield f"        strength: {('may', 'should', 'must', 'consider')[number % 4]}\n"
        yield "        do: Do it every other day, and ask somebody on the next shift where it was left out.\n"
        if number % 2:
            yield "        floor: Once a week.\n        except: [frail, children]\n        source: law\n"
        if number % 4 == 2:
            yield "        only: [alone]\n"
        if number % 4 == 0:
            yield "        when: {beds: {above: 10}, basis: illustrative}\n"
        yield "        releases: {minutes: 20, per: beds, every: week, basis: illustrative}\n"
        yield "        review_every: 28 days\n"
        if number % 4 == 1:
            yield "        lapses_after: 365 days\n"


DECLARATION = Declaration.model_validate(
    {
        "from": datetime.date(2022, 11, 14),
        "until": datetime.date(2022, 12, 5),
        "status": "unsafe",
        "by": "regional-director",
        "reason": "Three nurses are away at short notice.",
        "pdu": "told",
    }
)
SUSPENSION = Suspension.model_validate(
    {
        "from": datetime.date(2022, 11, 7),
        "by": "regional-director",
        "reason": "The ward has another plan for now.",
        "pdu": "aside",
    }
)


def returns() -> Iterator[Return]:
    """A return for each ward and week."""
    day = FIRST
    while day <= LAST:
        for unit, cover in _cover(day).items():
            if cover is not None:
                yield _return(unit, day, cover)
        day += datetime.timedelta(7)


def _cover(day: datetime.date) -> dict[str, int | None]:
    """How much of ten nurses is there; None where nothing was sent."""
    week = (day - FIRST).days // 7
    return {
        "long": (10, 10, 9, 9, 8, 8, 7, 7, 6, 6, 6, 6, 6)[week],
        "calm": 10,
        "busy": 9,
        "short": 9 if week < 9 else 8,
        "old": 8,
        "told": 10 if week % 3 else 9,
        "aside": 8,
        "silent": 8 if week < 8 else None,
        "partial": 9,
        "closed": 9 if week < 11 else 2,
    }


def _return(unit: str, day: datetime.date, cover: int) -> Return:
    figures: dict[str, Figure] = {figure_key("needed", shift): Decimal(10) for shift in _SHIFTS}
    figures |= {figure_key("there", shift): Decimal(cover) for shift in _SHIFTS}
    figures["beds"] = Decimal(24)
    if unit == "partial" and day > datetime.date(2022, 11, 1):
        del figures[figure_key("there", "night")]
    return Return(unit, day, figures)
