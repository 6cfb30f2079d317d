"""An impact in words: the finding first, names in every cell, and how each decision is opened."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Literal

import pytest

from engine.bulk import Bulk
from engine.compare import Comparison, Proof, compared, version_side
from engine.compare.impact import impact_of
from reports.compare import tell
from rules.framework import Framework
from rules.model import Organisation, Pdu, Region
from tests.compare.compare_kit import changed, policy
from tests.compare.impact_kit import DAY, bulk_of
from tests.compare.test_impact_cases import HULL, KENT, LOWER, START, TIMED, YORK, weeks

REGISTER = Organisation(
    format=1,
    regions=[Region(id="north", name="The North"), Region(id="south", name="The South")],
    pdus=[YORK, HULL, KENT],
)


NEWER = ("version: v1", "version: v2")


def comparison(*pairs: tuple[str, str], bulk: Bulk | None = None, commands: bool = True) -> Comparison:
    """Two versions with their impact on a few returns. What they permit is not proved here."""
    older, newer = policy(changed(*TIMED)), policy(changed(*TIMED, NEWER, *pairs), "plan/v2.yaml")
    found = compared(version_side(older), version_side(newer), lambda a, b, *, numbers=None: Proof({}))
    if bulk is None:
        bulk = bulk_of([weeks(HULL, 99, 99), weeks(KENT, 60, 60), weeks(YORK, 85, 85)], 7)

    def opening(pdu: Pdu, day: datetime.date) -> tuple[str, str] | None:
        command = f"prioritise explain {pdu.id} --framework plan@v1 --as-of {day} --returns returns.csv"
        return (command, command.replace("v1", "v2")) if commands else None

    worlds = tuple(Framework("plan", (one,), pinned=True) for one in (older, newer))
    impact = impact_of((worlds[0], worlds[1]), bulk, START, START + 13 * DAY, commands=opening)
    return replace(found, impact=impact)


def told(found: Comparison, form: Literal["text", "markdown", "html", "json"] = "text") -> str:
    return re.sub(r"\s+", " ", tell(found, REGISTER, form=form))


def test_the_finding_goes_first() -> None:
    text = told(comparison(LOWER))
    assert "1 of 3 PDUs has another status on 14 August 2022. A milder one: 1. A more severe one: 0." in text
    assert text.index("1 of 3 PDUs") < text.index("What staff must know first")
    assert "These are calculated statuses: declarations and suspensions play no part." in text


def test_names_stand_in_every_cell() -> None:
    text = told(comparison(LOWER))
    assert "- Amber under A plan (v1), Green under A plan (v2) (1): York." in text
    assert "- Green under both (1): Hull." in text
    assert "- Red under both (1): Kent." in text
    page = told(comparison(LOWER), "html")
    assert '<strong>1</strong> <span class="names">York</span>' in page


def test_the_first_difference_with_its_reason_and_how_to_open_it() -> None:
    text = told(comparison(LOWER))
    assert "York, 1 August 2022: Green instead of Amber. 14 days in all. [york 2022-08-01]" in text
    assert (
        "What begins Amber: Staff is 85%. A plan (v1): below 90%, met. A plan (v2): below 80%, not met."
        in text
    )
    command = "prioritise explain PDU --framework plan@v1 --as-of DAY --returns returns.csv"
    assert command in text.replace("\\ ", "")
    page = told(comparison(LOWER), "html")
    assert "prioritise explain york --framework plan@v2 --as-of 2022-08-01 --returns returns.csv" in page


def test_decisions_that_no_command_opens() -> None:
    text = told(comparison(LOWER, commands=False))
    assert "A version in a file, or as a region sets it, has no command that opens its decisions." in text


def test_days_activities_and_hours() -> None:
    text = told(comparison(LOWER))
    assert "Statuses changed 0 times under A plan (v1), and 0 times under A plan (v2)." in text
    assert (
        "Audits Can no longer be reduced in 1 PDU, on 14 days in all. On 14 August 2022: no longer in York."
        in text
    )
    assert "releases 71.7 hours a month under A plan (v1) and 59.2 under A plan (v2): 12.5 less." in text
    assert "Some of it rests on illustrative numbers, not on published ones." in text
    assert "A plan (v2): for 1 reduction the version does not say what time is released." in text


def test_nothing_moves() -> None:
    text = told(comparison())
    assert "Each of the 3 PDUs has the same status under both versions on 14 August 2022." in text
    assert "They never part: the status is the same on each day." in text
    assert "The same activities can be reduced on each day." in text


def test_versions_of_one_name_are_told_apart() -> None:
    text = told(comparison(("version: v2", "version: v1"), LOWER))
    assert "- Amber under the first version, Green under the second version (1): York." in text


def test_figures_that_are_made_up_are_said_to_be() -> None:
    bulk = replace(bulk_of([weeks(YORK, 85)], 7), synthetic=True)
    assert "The figures are made up. They say nothing about any real PDU." in told(
        comparison(LOWER, bulk=bulk)
    )


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_page_holds_no_traces_of_a_template(form: Literal["text", "markdown", "html"]) -> None:
    page = tell(comparison(LOWER), REGISTER, form=form)
    assert "None" not in page
    assert "{{" not in page
    if form == "text":
        assert max(map(len, page.splitlines())) <= 80


def test_without_returns_there_is_no_such_part() -> None:
    page = tell(replace(comparison(LOWER), impact=None), REGISTER, form="text")
    assert "Impact" not in page
