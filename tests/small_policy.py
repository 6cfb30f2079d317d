"""A small folder of policy, as texts: a framework of two versions, a region and scenarios."""

from __future__ import annotations

ORGANISATION = """\
format: 1
regions:
  - {id: north, name: The North}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York, region: north}
  - {id: hull, name: Hull, region: north}
  - {id: kent, name: Kent, region: south}
  - {id: leeds, name: Leeds, region: north, until: 2022-08-10}
"""

FIRST = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
sources: {law: {title: A law}}
declarations: {by: director, may: [raise, lower], at_most: 28 days}
lists: {grade: {PO: Officer, PSO: Services officer}}
inputs:
  required: {decimals: 1, per: grade, minimum: 0}
  in_post: {decimals: 1, per: grade, minimum: 0}
  points: {decimals: 0, minimum: 0, maximum: 1000}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: "100 * in_post[all] / required[all]"}
trigger_points:
  low: {title: Low, default: 90, unit: percent, regions: {from: 80, to: 95}, basis: illustrative}
statuses:
  - {id: green, title: Green, colour: green, meaning: All is done.}
  - id: amber
    title: Amber
    colour: amber
    meaning: Some is not.
    enter: {staffing: {below: low}, for: 2 weeks}
    exit: {staffing: {at_least: 95}, for: 2 weeks, basis: illustrative}
activities:
  - id: visits
    title: Home visits
    reductions:
      - from: amber
        strength: may
        do: Fewer visits.
        when: {points: {below: 500}, basis: illustrative}
        lapses_after: 84 days
  - {id: mappa, title: MAPPA meetings, mandatory: {because: The law asks for it., source: law}}
"""

SECOND = FIRST.replace("v1", "v2").replace("2022-08-01", "2022-09-05").replace("default: 90", "default: 85")

REGION = """\
format: 1
framework: plan
region: north
settings:
  - effective: 2022-08-01
    set_by: Regional director
    reason: As agreed.
    trigger_points: {low: 88}
    pdus: {hull: {withhold: [visits]}}
"""

SCENARIOS = """\
format: 1
framework: plan
version: v1
scenarios:
  - name: two weeks below the trigger point
    inputs: {required: {PO: 10, PSO: 10}, in_post: {PO: 10, PSO: 10}, points: 1}
    returns:
      - {as_of: 2022-08-01}
      - {as_of: 2022-08-08, in_post: {PO: 5}}
      - {as_of: 2022-08-15, in_post: {PO: 5}}
    expect: {status: amber, since: 2022-08-15, permitted: [visits], measures: {staffing: 75}}
"""

ROWS = """\
pdu,as_of,grade,required,in_post,points
york,2022-08-08,,,,10
york,2022-08-08,PO,10,7,
york,2022-08-08,PSO,10,10,
"""
"""Returns of one unit, which is amber by them."""
