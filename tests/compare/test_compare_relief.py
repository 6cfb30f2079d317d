"""A changed block of relief is told as every other difference, and never loosens or tightens anything."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compare import compared, prover, version_side
from reports.compare import with_sentences
from tests.compare.compare_kit import FIRST, changed, policy
from tests.compare.test_compare_sentences import ORGANISATION

END = "guarantees:\n"
DO = "      - {from: amber, strength: may, do: Fewer audits.}\n"
AUDITS = (DO, DO.replace("audits.}", "audits., releases: {minutes: 9, per: staff, every: month}}"))
BLOCK = "relief:\n  shortfall:\n    formula: 2 * staff\n    basis: published\n    source: law\n    note: As it is.\n"
WITHOUT = changed(AUDITS)
WITH = changed(AUDITS, (END, BLOCK + END))


def told(older: str, newer: str) -> dict[str, Any]:
    found = compared(version_side(policy(older)), version_side(policy(newer, "plan/v2.yaml")), prover)
    return with_sentences(found, ORGANISATION)


def one(older: str, newer: str) -> dict[str, Any]:
    (change,) = told(older, newer)["changes"]
    assert change["effect"] == "neutral"
    change_: dict[str, Any] = change
    return change_


@pytest.mark.parametrize(
    ("old", "new", "path", "wording", "sentence"),
    [
        ("2 * staff", "3 * staff", "relief.shortfall.formula", False,
         "The hours that a unit lacks are worked out in another way."),
        ("2 * staff", "staff + work", "relief.shortfall.formula", False,
         "The hours that a unit lacks are worked out in another way."),
        ("2 * staff", "(2 * staff)", "relief.shortfall.formula", True,
         "The hours that a unit lacks: how it is worked out changed from 2 * staff to (2 * staff)."),
        ("As it is.", "As it was.", "relief.shortfall.note", True,
         "The hours that a unit lacks: the note changed from As it is to As it was."),
        ("basis: published\n    source: law\n    note", "basis: illustrative\n    source: law\n    note",
         "relief.shortfall.basis", True,
         "The hours that a unit lacks: whether the number was published changed from published to illustrative."),
        ("    note: As it is.\n", "    note: As it is.\n    decimals: 0\n", "relief.shortfall.decimals", False,
         "The hours that a unit lacks: how many decimals count changed from 1 to 0."),
    ],
)  # fmt: skip
def test_each_part_is_told(old: str, new: str, path: str, wording: bool, sentence: str) -> None:
    change = one(WITH, changed((old, new), text=WITH))
    assert (change["path"], change["sentence"]) == (path, sentence)
    assert all(change["places"].values())
    assert (change["group"], change["wording"]) == ("measures", wording)


@pytest.mark.parametrize(("older", "newer", "kind"), [(WITHOUT, WITH, "added"), (WITH, WITHOUT, "removed")])
def test_a_whole_block_is_told(older: str, newer: str, kind: str) -> None:
    change = one(older, newer)
    assert (change["path"], change["kind"]) == ("relief", kind)
    assert change["sentence"].startswith("The hours that a unit lacks: n")


def test_what_holds_anyway_is_no_difference() -> None:
    assert told(WITH, changed(("    note: As", "    decimals: 1\n    note: As"), text=WITH))["changes"] == []


def test_it_is_in_no_verdict() -> None:
    found = told(WITHOUT, WITH)
    assert found["verdict"]["effect"] == "neutral"
    assert told(WITH, WITHOUT)["verdict"]["effect"] == "neutral"


def test_other_differences_are_still_tried_alone() -> None:
    # Where the newer version lacks what the block of the older one needs, neither is in the way of the other.
    gone = changed((AUDITS[1], DO), (BLOCK, ""), ("default: 90", "default: 92"), text=WITH)
    effects = {one["path"]: (one["effect"], one["judged"]) for one in told(WITH, gone)["changes"]}
    assert effects["trigger_points.low.default"][0] == "loosens"
    assert effects["relief"][0] == "neutral"


def test_the_base_has_none() -> None:
    assert "relief" not in FIRST
