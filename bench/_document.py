"""The synthetic document that every contestant decides by: 4 statuses, 25 conditions, 40 activities.

Nothing in it is policy: names, numbers and texts are made up, in the size and shape of real documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.check.version import check_version
from rules.formula import Group
from rules.library import Framework
from rules.policy import Policy
from rules.problems import DocumentError, Findings
from rules.text import parse

FRAMEWORK = "comparison"

HEAD = """\
format: 1
framework: comparison
version: synthetic-1
title: Synthetic document for measuring speed
effective: 1850-01-07  # so early that thousands of weekly returns fit before today
summary: Every name, number and text is made up. It has the size of a real document and is no policy.
sources:
  synthetic: {title: Synthetic text for measuring speed}
  method: {title: Synthetic method note, published: 2020-01-06}
returns: {every: 7 days, stale_after: 14 days, grace: 7 days}
first_return: at_once
activation: automatic
steps: {down: 1}
lists:
  grade: {PO: Probation officer, PSO: Probation services officer}
inputs:
  required_fte: {title: Required staff, unit: FTE, decimals: 2, per: grade, minimum: 0}
  in_post_fte: {title: Staff in post, unit: FTE, decimals: 2, per: grade, minimum: 0, lever: {step: 0.1}}
  absent_fte: {title: Absent, unit: FTE, decimals: 2, per: grade, minimum: 0}
  wmt_points: {title: Workload points, unit: points, decimals: 0, minimum: 0, maximum: 10000000}
  wmt_available: {title: Available points, unit: points, decimals: 0, minimum: 0}
  caseload: {title: Caseload, unit: cases, decimals: 0, minimum: 0}
  local_alert: {title: Local alert, values: [none, high, very-high]}
measures:
  staffing:
    title: Staffing available against target
    unit: percent
    decimals: 1
    formula: 100 * (in_post_fte[PO, PSO] - absent_fte[PO, PSO]) / required_fte[PO, PSO]
  qualified:
    title: Qualified staffing available against target
    unit: percent
    decimals: 1
    formula: 100 * (in_post_fte[PO] - absent_fte[PO]) / required_fte[PO]
  workload: {title: Workload, unit: percent, decimals: 1, formula: 100 * wmt_points / wmt_available}
  pressure:
    title: Pressure score
    unit: points
    decimals: 0
    points:
      of: staffing
      bands: [{below: 70, give: 3}, {below: 85, give: 2}, {below: 95, give: 1}]
      otherwise: 0
trigger_points:
  amber_staffing: {title: Amber staffing, default: 90, regions: {from: 80, to: 95}, basis: illustrative}
  red_staffing: {title: Red staffing, default: 78, regions: {from: 65, to: 79}, basis: illustrative}
  amber_workload: {title: Amber workload, default: 110, regions: {from: 100, to: 120}, basis: illustrative}
  red_workload: {title: Red workload, default: 130, regions: {from: 120, to: 140}, basis: illustrative}
statuses:
  - {id: green, title: Green, colour: green, meaning: Everything is delivered in full.}
  - id: amber
    title: Amber
    colour: amber
    meaning: Some activities may be reduced.
    enter:
      any:
        - {staffing: {below: amber_staffing}, for: 2 weeks, source: synthetic}
        - {workload: {above: amber_workload}, for: 4 weeks, note: A made-up duration}
        - all: [{qualified: {below: 85}}, {caseload: {above: 1500}}]
          for: 2 weeks
    exit:
      all:
        - {staffing: {at_least: 94}, for: 2 weeks}
        - {workload: {at_most: 105}}
    minimum_stay: 14 days
    review_every: 7 days
    outstays_after: 84 days
  - id: red
    title: Red
    colour: red
    meaning: Only what must be done is delivered in full.
    enter:
      any:
        - {staffing: {below: red_staffing}, for: 2 weeks}
        - {workload: {above: red_workload}, for: 2 weeks}
        - all: [{local_alert: {is: very-high}}, {pressure: {at_least: 2}}]
    exit:
      all: [{staffing: {at_least: 82}}, {workload: {below: 120}}]
      for: 2 weeks
    minimum_stay: 14 days
    review_every: 7 days
  - id: critical
    title: Critical
    colour: black
    meaning: What must be done is done with help from elsewhere.
    enter:
      count:
        at_least: 2
        of: [{staffing: {below: 62}}, {workload: {above: 150}}, {qualified: {below: 50}}]
      for: 2 weeks
    exit: {staffing: {at_least: 68}}
    review_every: 7 days
parts: {contact: Contact and visits, risk: Risk, courts: Courts, office: Office work, learning: Learning}
cohorts: {mappa: Managed under MAPPA, very-high-rosh: Very high risk of serious harm, new: First weeks}
activities:
"""

REDUCIBLE = (
    ("routine-contact", "contact", "amber red"),
    ("home-visits", "contact", "amber red critical"),
    ("office-appointments", "contact", "amber red"),
    ("group-inductions", "contact", "red"),
    ("plan-reviews", "risk", "amber red"),
    ("routine-assessments", "risk", "amber red"),
    ("layered-assessments", "risk", "red critical"),
    ("countersigning", "risk", "amber"),
    ("case-audits", "office", "amber"),
    ("dip-samples", "office", "amber"),
    ("team-meetings", "office", "amber red"),
    ("local-briefings", "office", "amber"),
    ("performance-returns", "office", "amber red"),
    ("stakeholder-forums", "office", "amber"),
    ("data-cleaning", "office", "amber"),
    ("project-work", "office", "amber"),
    ("oral-reports", "courts", "red"),
    ("short-reports", "courts", "red critical"),
    ("court-liaison", "courts", "amber"),
    ("prison-visits", "courts", "amber red"),
    ("elective-training", "learning", "amber"),
    ("observed-practice", "learning", "amber red"),
    ("reflective-practice", "learning", "red"),
    ("mentoring", "learning", "red"),
    ("peer-reviews", "learning", "amber"),
)
"""Synthetic activities: id, part, the statuses from which each may be reduced."""

MANDATORY = (
    *("public-protection", "recall", "enforcement", "safeguarding", "victim-contact"),
    *("licence-conditions", "register-entries", "serious-incidents", "risk-escalation", "approved-premises"),
    *("parole-reports", "court-directions", "data-protection", "health-and-safety", "complaints"),
)
WHENS = {
    ("home-visits", "amber"): "{staffing: {below: 88}}",
    ("oral-reports", "red"): "{workload: {above: 100}}",
}


def comparison_text() -> str:
    """The comparison document as YAML."""
    return HEAD + "".join(
        [*map("".join, map(_reducible, range(len(REDUCIBLE)))), *map(_mandatory, MANDATORY)]
    )


def many_activities_text(count: int) -> str:
    """The document with so many activities: the reducible ones again and again, under other names."""
    lines = [HEAD]
    for number in range(count):
        lines += _reducible(number % len(REDUCIBLE), f"-{number}")
    return "".join(lines)


def _reducible(number: int, suffix: str = "") -> Iterator[str]:
    """One activity that may be reduced, with all that a reduction can say."""
    id_, part, statuses = REDUCIBLE[number]
    title = id_.replace("-", " ")
    yield f"  - id: {id_}{suffix}\n    title: {title.capitalize()}\n    part: {part}\n"
    yield f"    usual: Synthetic text. {title.capitalize()} as the made-up standard sets out.\n"
    yield "    reductions:\n"
    for place, status in enumerate(statuses.split()):
        strength = ("may", "should", "must")[place]
        yield f"      - from: {status}\n        strength: {strength}\n"
        yield f"        do: Synthetic text. From {status} on, {title} are done in a shorter form.\n"
        yield "        floor: Synthetic floor that always remains\n"
        yield f"        except: [{', '.join(('mappa', 'very-high-rosh', 'new')[: 1 + number % 3])}]\n"
        if number % 2 == 0:
            yield "        releases: {minutes: 45, per: caseload, every: month, basis: illustrative}\n"
        if number % 3 == 0:
            yield "        review_every: 28 days\n        lapses_after: 84 days\n"
        if (id_, status) in WHENS:
            yield f"        when: {WHENS[id_, status]}\n"
        yield "        source: synthetic\n"


def _mandatory(id_: str) -> str:
    title = id_.replace("-", " ").capitalize()
    why = "{because: Synthetic text. A made-up duty asks for it in every case., source: method}"
    return f"  - id: {id_}\n    title: {title}\n    part: risk\n    mandatory: {why}\n"


def policy_of(text: str, file: str = "synthetic.yaml") -> Policy:
    """The checked policy of a version's text. Raises DocumentError."""
    findings = Findings()
    source = parse(text, file, findings)
    policy = check_version(source, findings) if source is not None else None
    if policy is None:
        raise DocumentError(findings.problems)
    return policy


def comparison_framework() -> Framework:
    """The framework that has the comparison document as its only version."""
    return Framework(FRAMEWORK, (policy_of(comparison_text()),))


def condition_count(policy: Policy) -> int:
    """How many conditions a policy has, groups and their parts."""
    waiting = list(policy.conditions())
    for condition in waiting:
        if isinstance(condition, Group):
            waiting.extend(condition.parts)
    return len(waiting)
