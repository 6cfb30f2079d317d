"""Documents to break and to build on, and short ways to read them, for the tests of the rule language."""

from __future__ import annotations

from pathlib import Path

from hypothesis import settings

from rules.check.version import check_version
from rules.decide import Program, compile_policy
from rules.library import check_library
from rules.policy import Policy
from rules.problems import Findings, Problem, ordered
from rules.text import parse

FRAMEWORKS = Path(__file__).parents[1] / "frameworks"
"""The shipped policy."""


def seeds(usual: int, many: int) -> range:
    """Seeds of random cases: some in every run, and many under the profile of `make fuzz`."""
    return range(many if settings().max_examples > 1_000 else usual)


MARK = "§"
"""Stands in the text of a test where a problem is due; it is taken out before the text is read."""

PLAN = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
summary: What this edition is for.
sources:
  law:
    title: A law
    published: 2020-01-31
    url: https://example.org/law
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
declarations: {by: director, may: [raise, lower], at_most: 28 days}
steps: {down: 1}
lists:
  grade: {PO: Officer, PSO: Services officer}
inputs:
  required_fte: {title: Required, unit: FTE, decimals: 2, per: grade, minimum: 0}
  in_post_fte: {title: In post, unit: FTE, decimals: 2, per: grade, minimum: 0, lever: {step: 0.1}}
  points: {title: Points, unit: points, decimals: 0, minimum: 0, maximum: 1000000, carry_forward: 14 days}
  available: {title: Available, unit: points, decimals: 0, minimum: 0}
  alert: {title: Alert, values: [none, high, very-high], default: none}
measures:
  staffing:
    title: Staffing
    unit: percent
    decimals: 1
    formula: 100 * in_post_fte[PO, PSO] / required_fte[all]
  workload:
    title: Workload
    decimals: 2
    formula: 100 * points / available
  pressure:
    title: Pressure
    points: {of: staffing, bands: [{below: 70, give: 3}, {below: 85, give: 2}], otherwise: 0}
trigger_points:
  amber_staffing: {title: Amber, default: 90, regions: {from: 80, to: 95}, basis: illustrative}
  red_staffing: {title: Red, default: 75}
statuses:
  - id: green
    title: Green
    colour: green
  - id: amber
    title: Amber
    colour: amber
    enter:
      any:
        - staffing: {below: amber_staffing}
          for: 2 weeks
        - workload: {above: 110}
          for: 4 weeks
          source: law
          basis: published
    exit:
      staffing: {at_least: 95}
      for: 2 weeks
    minimum_stay: 14 days
    review_every: 7 days
    outstays_after: 84 days
  - id: red
    title: Red
    enter:
      any:
        - {staffing: {below: red_staffing}, for: 2 weeks}
        - all: [{alert: {is: very-high}}, {pressure: {at_least: 2}}]
        - count: {at_least: 2, of: [{workload: {above: 99}}, {alert: {one_of: [high]}}, {points: {is: 9}}]}
    binding: true
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
        when: {staffing: {below: 85}}
        except: [mappa]
        releases: {minutes: 60, per: points, every: month, basis: illustrative}
        review_every: 28 days
        lapses_after: 84 days
        source: law
      - from: red
        strength: should
        do: Visit least.
  - id: reports
    part: contact
    mandatory: {because: The law asks for it., source: law}
guarantees:
  - name: nobody enters Red while nine of ten are there
    when: {staffing: {at_least: 90}}
    never: {enter: red}
"""

ORGANISATION = """\
format: 1
regions:
  - {id: north, name: The North}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York, region: north}
  - {id: hull, name: Hull, region: north, from: 2022-01-01, until: 2030-12-31}
  - {id: kent, name: Kent, region: south}
"""

NORTH = """\
format: 1
framework: plan
region: north
settings:
  - effective: 2022-08-08
    set_by: Regional director
    reason: Staff left.
    trigger_points: {amber_staffing: 88}
    withhold: [visits]
    pdus:
      york: {trigger_points: {amber_staffing: 92}, withhold: [visits]}
"""

SCENARIOS = """\
format: 1
framework: plan
version: v1
scenarios:
  - name: enough staff is green
    region: north
    pdu: york
    trigger_points: {amber_staffing: 85}
    inputs: {required_fte: {PO: 20, PSO: 20}, in_post_fte: {PO: 20, PSO: 20}, points: 100, available: 100}
    returns:
      - {as_of: 2022-08-08}
      - {as_of: 2022-08-15, in_post_fte: {PO: 13}, alert: high}
    expect:
      status: green
      permitted: []
      protected: [reports]
      measures: {staffing: 82.5}
  - name: a director may declare amber
    returns: [{as_of: 2022-08-08}]
    declarations:
      - {from: 2022-08-08, until: 2022-08-14, status: amber, by: director, reason: A flood}
    suspensions:
      - {from: 2022-09-01, until: 2022-09-02, by: director, reason: A strike}
    expect:
      - {as_of: 2022-08-08, status: amber}
      - {as_of: 2022-09-01, status: suspended, reductions: {visits: amber}, ends: {visits: 2022-10-31}}
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each old part, which must stand in it once, replaced by the new one."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of each."""
    places = []
    while MARK in text:
        before, _, after = text.partition(MARK)
        lines = before.split("\n")
        places.append((len(lines), len(lines[-1]) + 1))
        text = before + after
    return text, places


def read_version(text: str | bytes, file: str = "v1.yaml") -> tuple[Policy | None, tuple[Problem, ...]]:
    """A version's text as a policy, and every problem by its place."""
    findings = Findings()
    source = parse(text, file, findings)
    policy = None if source is None else check_version(source, findings)
    return policy, ordered(findings.problems)


def policy_of(text: str, *changes: tuple[str, str]) -> Policy:
    """The policy of a text that is good."""
    policy, problems = read_version(changed(text, *changes))
    assert policy is not None, [str(problem) for problem in problems]
    return policy


def program_of(policy: Policy) -> Program:
    """The program of a policy under the defaults of its trigger points."""
    return compile_policy(
        policy, {name: point.default for name, point in policy.version.trigger_points.items()}
    )


def write_library(folder: Path, files: dict[str, str]) -> Path:
    """A folder of policy. `organisation.yaml` is there unless it is given as an empty text."""
    for name, text in {"organisation.yaml": ORGANISATION, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, "utf-8")
    return folder


def library_problems(folder: Path, files: dict[str, str]) -> tuple[list[Problem], list[tuple[str, int, int]]]:
    """The errors of a folder of marked files, and the file, line and column of each mark, by place."""
    plain = {name: marked(text) for name, text in files.items()}
    write_library(folder, {name: text for name, (text, _) in plain.items()})
    places = [(str(folder / name), *place) for name, (_, found) in plain.items() for place in found]
    errors = [problem for problem in check_library(folder) if not problem.is_warning]
    return errors, sorted(places)


def told(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """The problems as lines, to be shown where a test fails."""
    return [str(problem) for problem in problems]
