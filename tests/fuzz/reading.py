"""A text through all that a document goes through, and what must hold of whatever comes of it."""

from __future__ import annotations

import datetime
import functools
import re
from decimal import Decimal
from typing import NamedTuple

from engine.returns import read_events
from rules.check.organisation import check_organisation
from rules.check.scenarios import check_scenarios
from rules.check.settings import check_settings, read_settings
from rules.check.version import check_version
from rules.check.warnings import warn_of_version
from rules.decide import NONE, Agreement, PlainDecider, ReteDecider, Situation, compile_policy
from rules.figures import Figure, Return
from rules.library import load_library
from rules.model import Organisation
from rules.policy import Policy
from rules.problems import Findings, Problem, ReturnsError, ordered
from rules.reading import Reader
from rules.text import parse
from tests.support import FRAMEWORKS, ORGANISATION, PLAN, policy_of

KINDS = ("version", "regions", "scenarios", "organisation", "events")
FAMILIES = {kind: re.compile(r"PF[12][0-9]{2}") for kind in KINDS}
FAMILIES["version"] = re.compile(r"PF[123][0-9]{2}")
FAMILIES["scenarios"] = re.compile(r"PF[124][0-9]{2}")
FAMILIES["events"] = re.compile(r"PF(1[0-9]{2}|5[0-9]{2})")
LONGEST = 600
"""Characters of a message or a hint: what is longer helps nobody."""
INNARDS = re.compile(
    r"Traceback|0x[0-9a-f]{6}|<class|object at|pydantic|Decimal\(|Scalar\(|=None|NoneType|site-packages"
)
"""Signs that a message shows the inside of the program, where the document itself does not say the same."""


class Read(NamedTuple):
    """What came of a text: every problem by its place, and the document where it was accepted."""

    problems: tuple[Problem, ...]
    found: object


class Background(NamedTuple):
    """What settings, scenarios and events are held against."""

    framework: str
    policies: list[Policy]
    organisation: Organisation


@functools.cache
def shipped() -> Background:
    """The shipped policy."""
    library = load_library(FRAMEWORKS)
    framework = library.framework("sentence-management")
    return Background(framework.id, list(framework.policies), library.organisation)


@functools.cache
def small() -> Background:
    """The small documents of the tests."""
    findings = Findings()
    source = parse(ORGANISATION, "o.yaml", findings)
    organisation = check_organisation(source, findings) if source is not None else None
    assert organisation is not None, findings.problems
    return Background("plan", [policy_of(PLAN)], organisation)


def read(kind: str, data: bytes) -> Read:
    """Read the text as a kind of document, as the library reads the files of a folder."""
    framework, policies, organisation = shipped() if b"sentence-management" in data else small()
    if kind == "events":
        versions = [policy.version for policy in policies]
        try:
            return Read((), read_events(data, "f.yaml", organisation=organisation, versions=versions))
        except ReturnsError as refused:
            return Read(refused.problems, None)
    findings = Findings()
    source = parse(data, "f.yaml", findings)
    found: object = None
    if source is None:
        pass
    elif kind == "version":
        found = policy = check_version(source, findings)
        if policy is not None:
            warn_of_version(policy, source, findings)
    elif kind == "organisation":
        found = check_organisation(source, findings)
    elif kind == "regions":
        found = settings = read_settings(source, findings)
        if settings is not None:
            check_settings(settings, source, policies, organisation, findings)
    else:
        found = check_scenarios(source, framework, policies, organisation, findings)
    return Read(ordered(findings.problems), None if findings.errors else found)


def decide(policy: Policy) -> None:
    """Decide one step without figures by both deciders, which must agree."""
    points = policy.version.trigger_points
    program = compile_policy(policy, {name: point.default for name, point in points.items()})
    reader = Reader(program)
    given: dict[str, Figure] = {
        key: spec.values[0] if spec.values else spec.maximum or Decimal(10**15 - 1).scaleb(-spec.decimals)
        for key, spec in zip(reader.keys, reader.specs, strict=True)
    }
    reader.read(Return("york", datetime.date(2022, 8, 22), given), {})
    slots = len(program.slots)
    rete = ReteDecider(program)
    both = Agreement(program, rete, PlainDecider(program))
    blocked = (0,) * len(policy.reductions)
    actives = (*range(program.levels), NONE)
    runs = (9,) * len(program.runs)
    try:
        for value in (None, 0, -1, 10**12):
            values = (value,) * slots
            both.decide(Situation(values, runs, NONE, True, True, program.at_once, actives, blocked))
    finally:
        rete.close()


def faults(kind: str, data: bytes, outcome: Read) -> list[str]:
    """What is wrong with the answer itself: nothing, where the program is right."""
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8", "replace"))
    wrong = []
    if outcome.found is None and not outcome.problems:
        wrong.append("neither a document nor a problem")
    for problem in outcome.problems:
        place = problem.place
        quoted = str(problem.message) + " " + problem.hint
        if not FAMILIES[kind].fullmatch(problem.code):
            wrong.append(f"the code: {problem}")
        elif not problem.message.strip() or not problem.hint.strip():
            wrong.append(f"nothing said: {problem}")
        elif len(problem.message) > LONGEST or len(problem.hint) > LONGEST:
            wrong.append(f"too much said: {problem.code} {quoted[:200]}")
        elif not quoted.isprintable():
            wrong.append(f"no plain line: {problem!r}")
        elif (inside := INNARDS.search(quoted)) and inside[0].encode() not in data:
            wrong.append(f"the inside of the program: {problem}")
        for one in (place, *problem.also):
            if one.file == "f.yaml" and not (
                1 <= one.line <= len(lines) and 1 <= one.column <= len(lines[one.line - 1]) + 1
            ):
                wrong += [f"no place of the text: {one.line}:{one.column} {problem.code}"]
    return wrong
