"""A small folder of policy in which nothing is wrong and nothing is doubtful, as texts to plant faults in.

A mark (§) in a text says where a problem may stand; it is taken out before the text is read.
"""

from __future__ import annotations

from pathlib import Path

from tests.support import changed, marked

VERSION = "plan/v1.yaml"
ORGANISATION = "organisation.yaml"
REGION = "plan/regions/north.yaml"
SCENARIOS = "plan/scenarios/first.yaml"

Change = tuple[str, str]
Files = dict[str, str]

CLEAN: Files = {
    ORGANISATION: """\
format: 1
regions:
  - {id: north, name: The North}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York, region: north}
  - {id: hull, name: Hull, region: north}
  - {id: kent, name: Kent, region: south}
""",
    VERSION: """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
sources:
  law: {title: A law, published: 2020-01-31}
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
inputs:
  required: {title: Posts, unit: FTE, decimals: 1, minimum: 0}
  in_post: {title: In post, unit: FTE, decimals: 1, minimum: 0}
  strain: {title: Strain, unit: points, minimum: 0, maximum: 9}
  alert: {title: Alert, values: [none, high, very-high], default: none}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: 100 * in_post / required}
  pressure:
    title: Pressure
    unit: points
    points:
      of: staffing
      bands:
        - {below: 70, give: 3}
        - {below: 85, give: 2}
      otherwise: 0
trigger_points:
  amber_point: {title: Amber below, default: 90, regions: {from: 85, to: 95}, basis: illustrative}
  red_point: {title: Red below, default: 70, regions: {from: 60, to: 75}, basis: illustrative}
statuses:
  - id: green
    title: Green
    colour: green
  - id: amber
    title: Amber
    colour: amber
    enter:
      any:
        - {staffing: {below: amber_point}, for: 2 weeks}
        - {strain: {above: 7}, for: 2 weeks, basis: illustrative}
    exit:
      all:
        - {staffing: {at_least: amber_point}}
        - {strain: {at_most: 7}, basis: illustrative}
      for: 2 weeks
  - id: red
    title: Red
    colour: red
    enter:
      any:
        - {staffing: {below: red_point}, for: 2 weeks}
        - all: [{alert: {is: very-high}}, {pressure: {at_least: 2}, basis: illustrative}]
          for: 2 weeks
    exit:
      all: [{staffing: {at_least: red_point}}, {alert: {none_of: [very-high]}}]
      for: 2 weeks
parts: {contact: Contact}
cohorts: {mappa: Cases under MAPPA, early: Early in the order}
activities:
  - id: visits
    title: Home visits
    part: contact
    reductions:
      - from: amber
        strength: may
        do: Visit less.
        except: [mappa]
        when:
          any:
            - {strain: {below: 5}, basis: illustrative}
            - {alert: {one_of: [high, very-high]}}
      - {from: red, strength: may, do: Visit least., only: [early], lapses_after: 84 days}
  - {id: reports, title: Reports, part: contact, mandatory: {because: The law asks for it., source: law}}
guarantees:
  - name: nobody becomes Red while nine of ten posts are filled
    when: {staffing: {at_least: 90}}
    never: {enter: red}
""",
    REGION: """\
format: 1
framework: plan
region: north
settings:
  - effective: 2022-08-08
    set_by: Regional director
    reason: As agreed.
    trigger_points: {amber_point: 88}
    pdus: {york: {trigger_points: {amber_point: 92}}}
""",
    SCENARIOS: """\
format: 1
framework: plan
version: v1
scenarios:
  - name: too few staff for two weeks are Red
    inputs: {required: 10, in_post: 5, strain: 1}
    returns: [{as_of: 2022-08-01}, {as_of: 2022-08-08}]
    expect: {status: red, permitted: [visits]}
""",
}

AMBER = """\
    enter:
      any:
        - {staffing: {below: amber_point}, for: 2 weeks}
        - {strain: {above: 7}, for: 2 weeks, basis: illustrative}
    exit:
      all:
        - {staffing: {at_least: amber_point}}
        - {strain: {at_most: 7}, basis: illustrative}
      for: 2 weeks
"""
"""The conditions of Amber in the clean text."""
RED = """\
    enter:
      any:
        - {staffing: {below: red_point}, for: 2 weeks}
        - all: [{alert: {is: very-high}}, {pressure: {at_least: 2}, basis: illustrative}]
          for: 2 weeks
    exit:
      all: [{staffing: {at_least: red_point}}, {alert: {none_of: [very-high]}}]
      for: 2 weeks
"""
"""The conditions of Red in the clean text."""
WHEN = "            - {alert: {one_of: [high, very-high]}}\n"
"""The last part of the condition of a reduction: another may follow it."""
GUARANTEE = """\
  - name: nobody becomes Red while nine of ten posts are filled
    when: {staffing: {at_least: 90}}
    never: {enter: red}
"""
EXIT_OF_AMBER = AMBER[AMBER.index("    exit") :]
EXIT_OF_RED = RED[RED.index("    exit") :]
AMBER_POINT = "default: 90, regions: {from: 85, to: 95}"
RED_POINT = "default: 70, regions: {from: 60, to: 75}"


def with_changes(*changes: Change, files: Files | None = None) -> dict[str, str]:
    """The clean folder with changes to its version, and further files or other texts for its own."""
    return {**CLEAN, VERSION: changed(CLEAN[VERSION], *changes), **(files or {})}


def lay_out(folder: Path, files: Files) -> list[tuple[str, int]]:
    """Write the files without their marks, but none that has no text; the file and line of each mark."""
    places = []
    for name, text in files.items():
        if not text:
            continue
        plain, marks = marked(text)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plain, "utf-8")
        places += [(str(path), line) for line, _ in marks]
    return places
