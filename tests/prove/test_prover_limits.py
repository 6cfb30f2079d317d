"""A version that is too large to be looked through is told as such, in little time; nothing is taken as proved."""

from __future__ import annotations

import time

from rules.check.version import check_version
from rules.problems import Findings
from rules.prove import check_policy
from rules.text import parse
from tests.small_policy import FIRST

PART = "{staffing: {above: 1}}"


def test_a_version_beyond_the_limits_is_left_open() -> None:
    wide = f"{{any: [{', '.join([PART] * 400)}]}}"
    text = FIRST.replace("enter: {staffing: {below: low}, for: 2 weeks}", f"enter: {wide}")
    promise = (
        "guarantees:\n  - name: amber is amber\n    where: {status: amber}\n    never: {status: green}\n"
    )
    findings = Findings()
    source = parse(text + promise, "v1.yaml", findings)
    assert source is not None
    policy = check_version(source, findings)
    assert policy is not None, findings.problems
    start = time.process_time()
    check_policy(policy, source, findings, guarantees=True)
    assert time.process_time() - start < 2
    told = {(one.code, one.place.path.partition("[")[0]) for one in findings.problems}
    assert ("PF329", "statuses") in told
    assert ("PF272", "guarantees") in told
