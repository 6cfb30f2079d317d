"""A small version, and comparisons of it with itself changed."""

from __future__ import annotations

from engine.compare import Change, Comparison, compared, prover, version_side
from rules.check.version import check_version
from rules.policy import Policy
from rules.problems import Findings
from rules.text import parse

FIRST = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
declarations: {by: director, may: [raise, lower], at_most: 28 days}
sources:
  law: {title: A law}
  study: {title: A study, published: 2021-03-30}
lists: {grade: {PO: Officer, PSO: Services officer}}
inputs:
  staff: {title: Staff, unit: percent, decimals: 0, minimum: 0, maximum: 200}
  work: {title: Work, unit: percent, decimals: 0, minimum: 0, maximum: 200, carry_forward: 14 days}
  alert: {title: Alert, values: [none, high], default: none}
measures:
  strain: {title: Strain, unit: percent, decimals: 0, formula: work - staff + 100}
trigger_points:
  low: {title: Amber below, default: 90, unit: percent, regions: {from: 80, to: 95}, basis: illustrative}
  lowest: {title: Red below, default: 70, unit: percent}
statuses:
  - {id: green, title: Green, colour: green, meaning: All is done.}
  - id: amber
    title: Amber
    colour: amber
    meaning: Some is not.
    enter:
      any:
        - staff: {below: low}
        - work: {above: 110}
          source: study
          basis: published
        - alert: {is: high}
    exit: {staff: {at_least: 95}}
  - id: red
    title: Red
    colour: red
    meaning: Little is.
    enter: {staff: {below: lowest}}
    minimum_stay: 14 days
parts: {contact: Contact, other: Other work}
cohorts: {mappa: Cases under MAPPA, high: High risk, new: Newly released}
activities:
  - id: visits
    title: Home visits
    part: contact
    reductions:
      - from: amber
        strength: may
        do: Fewer visits.
        floor: One a month.
        when: {staff: {below: 85}}
        except: [mappa, high]
        lapses_after: 84 days
      - {from: red, strength: should, do: One visit., except: [mappa]}
  - id: meetings
    title: Team meetings
    part: other
    reductions:
      - {from: red, strength: may, do: None., only: [new]}
  - id: audits
    title: Audits
    part: other
    reductions:
      - {from: amber, strength: may, do: Fewer audits.}
  - {id: reports, title: Reports, part: other, mandatory: {because: The law asks for it., source: law}}
guarantees:
  - {name: visits are kept in Green, where: {status: green}, never: {permitted: [visits]}}
"""


def policy(text: str = FIRST, file: str = "plan/v1.yaml") -> Policy:
    findings = Findings()
    source = parse(text, file, findings)
    read = None if source is None else check_version(source, findings)
    assert read is not None, findings.problems
    return read


def changed(*pairs: tuple[str, str], text: str = FIRST) -> str:
    """The text with some words in place of others, each of which must stand there once."""
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def comparison(*pairs: tuple[str, str], older: str = FIRST) -> Comparison:
    """The first version compared with itself changed."""
    after = policy(changed(*pairs, text=older), "plan/v2.yaml")
    return compared(version_side(policy(older)), version_side(after), prover)


def only(found: Comparison) -> Change:
    """The one change of a comparison."""
    (change,) = found.changes
    return change
