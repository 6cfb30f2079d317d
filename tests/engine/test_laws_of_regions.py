"""Law 7: what a region may not do cannot be done by any file of a region."""

from __future__ import annotations

import datetime
import functools
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.check.settings import check_settings, read_settings
from rules.library import Framework, Library, load_library
from rules.model import RegionSettings, SettingsEntry
from rules.problems import Findings
from rules.text import parse
from tests.engine.engine_kit import decide, share
from tests.oracle.generate import random_case
from tests.oracle.harness import course_for
from tests.oracle.text import to_yaml

SEEDS = st.integers(0, 2**64 - 1)
SHIPPED = Path(__file__).parents[2] / "frameworks"


@functools.lru_cache(maxsize=1)
def library() -> Library:
    return load_library(SHIPPED)


TAMPERED: list[dict[str, Any]] = [
    {"trigger_points": {"amber_staffing": Decimal("79.9")}},
    {"trigger_points": {"amber_staffing": Decimal("95.1")}},
    {"trigger_points": {"amber_workload": 100}},
    {"trigger_points": {"no_such": 1}},
    {"pdus": {"york": {"trigger_points": {"red_staffing": 1}}}},
    {"pdus": {"york": {"reductions": [{"from": "green", "strength": "may", "do": "x"}]}}},
    {"pdus": {"cardiff-and-vale": {"withhold": ["home-visits"]}}},
    {"withhold": ["court-advice"]},
    {"withhold": ["no-such-activity"]},
    {"activities": [{"id": "new", "reductions": [{"from": "green", "strength": "may", "do": "x"}]}]},
    {"reductions": {"home-visits": {"from": "green"}}},
    {"permit": ["home-visits"]},
    {"except": []},
    {"cohorts": {}},
    {"statuses": [{"id": "green"}]},
    {"inputs": {"absent_fte": {"default": 5}}},
]


class TestLaw7WhatARegionMayNotDo:
    @pytest.mark.parametrize("entry", TAMPERED, ids=lambda entry: str(entry)[:60])
    def test_no_file_of_a_region_does_it(self, entry: dict[str, Any]) -> None:
        assert self.problems("yorkshire-and-the-humber", entry) != []

    @share(2)
    @given(seed=SEEDS)
    def test_a_number_is_taken_within_the_bounds_only(self, seed: int) -> None:
        rng = random.Random(seed)
        newest = library().framework().policies[-1].version
        name, point = rng.choice(
            [pair for pair in newest.trigger_points.items() if pair[1].regions is not None]
        )
        assert point.regions is not None
        bound = rng.choice([point.regions.from_, point.regions.to])
        number = bound + rng.choice([0, 1, -1]) * Decimal(rng.choice(["0.1", "0.000001", "1", "1000"]))
        inside = point.regions.from_ <= number <= point.regions.to
        entry: dict[str, Any] = {"trigger_points": {name: number}}
        if rng.random() < 0.5:
            entry = {"pdus": {"york": entry}}
        assert (self.problems("yorkshire-and-the-humber", entry) == []) is inside

    @share(0.3)
    @given(seed=SEEDS)
    def test_what_it_may_do_only_withholds_and_moves_numbers(self, seed: int) -> None:
        """Entries that no check has seen: numbers out of bounds are left out, nothing new is permitted."""
        rng = random.Random(seed)
        case = random_case(rng, size=2)
        course = course_for(case)
        points = {name: Decimal(rng.randint(-50, 50)) for name in ("t1", "t2", "t3", "t9")}
        entry = SettingsEntry.model_validate(
            {
                "effective": datetime.date.min,
                "set_by": "x",
                "reason": "x",
                "trigger_points": points,
                "withhold": ["h1", "h2", "nothing"],
            }
        )
        written = RegionSettings(format=1, framework="f", region="r1", settings=[entry])
        framework: Framework = course.framework.with_settings("r1", written)
        for decision in decide(replace(course, framework=framework), case.asked):
            document = next(
                one for one in case.versions if one["version"] == decision["framework"]["version"]
            )
            assert {one["activity"] for one in decision["permitted"]}.isdisjoint({"h1", "h2"})
            mandatory = [one["id"] for one in document["activities"] if "mandatory" in one]
            assert [one["activity"] for one in decision["protected"]] == mandatory
            for name, told in decision["settings"]["trigger_points"].items():
                bounds = document["trigger_points"][name].get("regions")
                value, default = Decimal(told["value"]), document["trigger_points"][name]["default"]
                assert value == default or (bounds is not None and bounds["from"] <= value <= bounds["to"])

    def problems(self, region: str, entry: dict[str, Any]) -> list[str]:
        """What the check says of a region's file with one entry."""
        base = {"effective": datetime.date(2022, 8, 15), "set_by": "Regional director", "reason": "A reason."}
        content = {
            "format": 1,
            "framework": "sentence-management",
            "region": region,
            "settings": [base | entry],
        }
        findings = Findings()
        source = parse(to_yaml(content), "region.yaml", findings)
        assert source is not None, findings.problems
        settings = read_settings(source, findings)
        if settings is not None:
            policies = list(library().framework().policies)
            check_settings(settings, source, policies, library().organisation, findings)
        return [str(problem) for problem in findings.errors]
