"""Who owes a return: each rule at its edges, on returns made for it, and on the sample."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from gettext import NullTranslations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.owing import KINDS, Options, Owing, owing
from engine.sample import AWKWARD, awkward_pdus, sample_returns
from reports.language import Language, speaking
from reports.owing import document, says
from rules.check.organisation import check_organisation
from rules.figures import Return
from rules.framework import Framework
from rules.library import load_library
from rules.model import Organisation
from rules.policy import Policy
from rules.problems import Findings, UsageError
from rules.text import parse
from tests.support import FRAMEWORKS, PLAN, policy_of

REGISTER = """\
format: 1
regions:
  - {id: north, name: The North, contact: north@example.org}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York, region: north, contact: york@example.org}
  - {id: hull, name: Hull, region: north, from: 2023-01-02}
  - {id: kent, name: Kent, region: south}
  - {id: deal, name: Deal, region: south, until: 2022-07-31}
"""
FIRST = datetime.date(2022, 8, 1)
WEEK = datetime.timedelta(weeks=1)
FIGURES = {
    "required_fte[PO]": "20", "required_fte[PSO]": "20", "in_post_fte[PO]": "18", "in_post_fte[PSO]": "18",
    "points": "100", "available": "100",
}  # fmt: skip


def register(text: str = REGISTER) -> Organisation:
    findings = Findings()
    source = parse(text, "organisation.yaml", findings)
    found = None if source is None else check_organisation(source, findings)
    assert found is not None
    return found


def policy() -> Policy:
    return policy_of(PLAN, ("summary: What this edition is for.\n", "until: 2024-12-31\n"))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def one(pdu: str, on: datetime.date, **more: str | None) -> Return:
    given_ = {
        **FIGURES,
        **{key.replace("__", "[") + ("]" if "__" in key else ""): value for key, value in more.items()},
    }
    return Return(pdu, on, {key: Decimal(value) for key, value in given_.items() if value is not None}, {})


def asked(returns: list[Return], on: str, **more: Any) -> Owing:
    options = more.pop("options", None)
    return owing(Framework("plan", (policy(),)), register(), returns, day(on), options=options, **more)


def kinds(found: Owing) -> dict[str, list[str]]:
    """What each unit owes."""
    told: dict[str, list[str]] = {}
    for owed in found.owed:
        told.setdefault(owed.pdu.id, []).append(owed.kind)
    return told


def weekly(pdu: str, values: list[str], key: str = "points") -> list[Return]:
    return [one(pdu, FIRST + number * WEEK, **{key: value}) for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2022-08-08", []),  # sent a week ago: the next one is due today
        ("2022-08-09", ["late"]),
        ("2022-08-15", ["late"]),  # two weeks old: the figures still count
        ("2022-08-16", ["stale"]),
        ("2023-08-16", ["stale"]),
        ("2022-08-01", []),
    ],
)
def test_late_and_then_too_old(on: str, expected: list[str]) -> None:
    found = asked([one("york", FIRST), one("kent", day(on))], on)
    assert kinds(found).get("york", []) == expected
    for owed in found.owed:
        if owed.pdu.id == "york":
            assert owed.due == FIRST + WEEK
            assert owed.days == (day(on) - FIRST).days - 7


def test_late_is_what_the_option_says() -> None:
    returns = [one("york", FIRST), one("kent", FIRST)]
    assert kinds(asked(returns, "2022-08-11", options=Options(late_after=3))) == {}
    assert kinds(asked(returns, "2022-08-12", options=Options(late_after=3))) == {
        "york": ["late"],
        "kent": ["late"],
    }


def test_a_unit_without_any_return_owes_it_since_its_first_day() -> None:
    found = asked([one("kent", day("2023-01-02"))], "2023-01-07")
    assert {owed.pdu.id: (owed.kind, str(owed.due), owed.days) for owed in found.owed} == {
        "york": ("missing", "2022-08-01", 159),
        "hull": ("missing", "2023-01-02", 5),
    }
    assert "2022-08-01" in says(found.owed[0])


def test_units_that_do_not_exist_owe_nothing() -> None:
    found = asked([], "2022-08-25")
    assert set(kinds(found)) == {"york", "kent"}
    assert found.units == 2


def test_returns_after_the_day_do_not_count() -> None:
    assert kinds(asked([one("york", day("2022-08-15")), one("kent", FIRST)], "2022-08-02")) == {
        "york": ["missing"]
    }


def test_figures_that_decisions_miss_are_named() -> None:
    returns = [one("york", FIRST, points=None, in_post_fte__PO=None), one("kent", FIRST)]
    found = asked(returns, "2022-08-02")
    assert sorted(str(owed.figure) for owed in found.owed) == ["in_post_fte[PO]", "points"]
    assert {owed.kind for owed in found.owed} == {"not_given"}


def test_a_figure_that_an_earlier_one_stands_in_for_is_not_missing() -> None:
    returns = [
        one("york", FIRST),
        one("york", FIRST + WEEK, points=None, available=None),
        one("kent", FIRST + WEEK),
    ]
    assert [owed.figure for owed in asked(returns, "2022-08-08").owed] == [
        "available"
    ]  # points are carried forward


def test_a_figure_that_the_version_does_not_take_is_named() -> None:
    returns = [one("york", FIRST, points="1.5"), one("kent", FIRST)]
    (owed,) = asked(returns, "2022-08-02").owed
    assert (owed.kind, owed.figure, owed.details) == ("not_given", "points", {"how": "unfit"})
    assert "does not fit" in says(owed)


WAVE = ["100", "104", "98", "101", "97", "103", "99", "102", "100", "96"]
"""Its largest change is 6."""


@pytest.mark.parametrize(
    ("last", "jumps"),
    [
        ("100", False), ("108", False), ("115", False), ("116", True), ("84", False), ("77", False), ("76", True),
        ("1000", True), ("0", True),
    ],
)  # fmt: skip
def test_a_jump_is_further_than_twice_and_than_a_fifth(last: str, jumps: bool) -> None:
    # From 96: twice the largest change is 12, a fifth is 19.2.
    returns = weekly("york", [*WAVE, last])
    found = asked([*returns, one("kent", returns[-1].as_of)], str(returns[-1].as_of))
    assert ("jump" in kinds(found).get("york", [])) == jumps


def test_a_jump_says_what_it_is_held_against() -> None:
    returns = weekly("york", [*WAVE, "960"])
    (owed,) = asked([*returns, one("kent", returns[-1].as_of)], str(returns[-1].as_of)).owed
    assert (owed.kind, owed.figure) == ("jump", "points")
    assert owed.details == {
        "value": "960", "before": "96", "before_as_of": "2022-10-03", "change": "864", "largest": "6", "changes": 9,
    }  # fmt: skip
    assert says(owed).startswith(
        "points went from 96 on 2022-10-03 to 960 on 2022-10-10; its largest change in 9"
    )


def test_too_short_a_history_says_nothing() -> None:
    returns = weekly("york", [*WAVE[:8], "960"])  # seven changes
    assert "york" not in kinds(asked([*returns, one("kent", returns[-1].as_of)], str(returns[-1].as_of)))


@pytest.mark.parametrize(
    ("last", "jumps"), [("79", False), ("80", True), ("5", True), ("6", False), ("20", False), ("0", False)]
)
def test_a_figure_that_seldom_moves_jumps_by_many_times(last: str, jumps: bool) -> None:
    returns = weekly("york", ["20"] * 10 + [last])
    found = asked([*returns, one("kent", returns[-1].as_of)], str(returns[-1].as_of))
    assert ("jump" in kinds(found).get("york", [])) == jumps


def test_the_history_is_bounded_by_the_option() -> None:
    returns = weekly("york", ["10", "900", *WAVE, "960"])
    on = str(returns[-1].as_of)
    kent = one("kent", returns[-1].as_of)
    assert "york" not in kinds(asked([*returns, kent], on))
    assert "york" in kinds(asked([*returns, kent], on, options=Options(history=9)))


def moving(pdu: str, count: int, key: str = "in_post_fte__PO") -> list[Return]:
    return weekly(pdu, [str(18 + number % 2) for number in range(count)], key)


def test_what_stands_still_while_it_moves_elsewhere() -> None:
    still = [one("york", FIRST + number * WEEK, points=str(100 + number)) for number in range(8)]
    other = [
        one("kent", FIRST + number * WEEK, points=str(100 + number), in_post_fte__PO=str(18 + number % 2))
        for number in range(8)
    ]
    found = asked([*still, *other], str(still[-1].as_of))
    (owed,) = found.owed
    assert (owed.pdu.id, owed.kind, owed.figure) == ("york", "unchanged", "in_post_fte")
    assert owed.details == {"returns": 8, "since": "2022-08-01", "others_changed": True}


def test_a_return_sent_again_and_again_says_so() -> None:
    still = [one("york", FIRST + number * WEEK) for number in range(8)]
    (owed,) = asked([*still, *moving("kent", 8)], str(still[-1].as_of)).owed
    assert owed.details["others_changed"] is False
    assert "nor has anything else" in says(owed)


def test_what_stands_still_everywhere_is_no_fault() -> None:
    returns = [one(pdu, FIRST + number * WEEK) for pdu in ("york", "kent") for number in range(9)]
    assert kinds(asked(returns, str(returns[-1].as_of))) == {}


@pytest.mark.parametrize(("count", "told"), [(7, False), (8, True)])
def test_so_many_returns_must_be_alike(count: int, told: bool) -> None:
    still = [one("york", FIRST + number * WEEK) for number in range(count)]
    found = asked([*still, *moving("kent", 12)][: count + 12], str(still[-1].as_of))
    assert ("unchanged" in kinds(found).get("york", [])) == told


def test_a_list_is_by_region_and_may_be_of_one() -> None:
    told = document(asked([], "2022-08-10"))
    assert [(one_["region"], one_["contact"], len(one_["owed"])) for one_ in told["regions"]] == [
        ("north", "north@example.org", 1),
        ("south", None, 1),
    ]
    assert told["counts"]["missing"] == 2
    assert (told["pdus"], told["fine"]) == (2, 0)
    assert told["regions"][0]["owed"][0]["contact"] == "york@example.org"
    north = document(asked([], "2022-08-10", region="north"))
    assert [one_["region"] for one_ in north["regions"]] == ["north"]
    assert north["pdus"] == 1


def test_only_some_kinds() -> None:
    returns = [one("york", FIRST, points=None)]
    assert kinds(asked(returns, "2022-08-10", kinds=["late"])) == {"york": ["late"]}


def test_no_version_in_force_is_no_list() -> None:
    with pytest.raises(UsageError, match="No version of plan is in force on 2025-01-01"):
        asked([], "2025-01-01")
    with pytest.raises(UsageError):
        asked([], "2022-07-31")


@pytest.mark.parametrize(
    "wrong",
    [
        {"late_after": -1}, {"needs": 0}, {"history": 3}, {"unchanged_for": 1}, {"times": Decimal(0)},
        {"least": Decimal(-1)}, {"factor": Decimal(1)}, {"among": 101}, {"among": -1},
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="out of its range"):
        Options(**wrong)


@given(st.randoms(use_true_random=False))
def test_the_order_of_returns_changes_nothing(shuffle: random.Random) -> None:
    returns = [*weekly("york", [*WAVE, "960"]), *moving("kent", 8)]
    found = asked(returns, "2022-10-12").document()
    shuffle.shuffle(returns)
    assert asked(returns, "2022-10-12").document() == found


def test_in_the_sample_what_is_awkward_is_found_and_little_else() -> None:
    library = load_library(FRAMEWORKS)
    framework, organisation = library.framework(), library.organisation
    returns = sample_returns(organisation, weeks=60)
    awkward = awkward_pdus(organisation, returns[0].as_of)
    assert len(AWKWARD) > 3
    found: dict[str, set[str]] = {}
    for week in range(20, 60):
        on = returns[0].as_of + week * WEEK
        for owed in owing(
            framework, organisation, returns, on, kinds=("jump", "missing", "stale", "late")
        ).owed:
            found.setdefault(owed.kind, set()).add(owed.pdu.id)
    assert set(found) == {"jump", "stale", "late"}
    assert "devon-and-torbay" in found["jump"]  # ten times the points
    assert len(set.union(*found.values()) - set(awkward)) <= 2


def test_kinds_have_one_order() -> None:
    assert KINDS == ("missing", "stale", "late", "not_given", "jump", "unchanged")


class Loud(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper().replace("{DUE}", "{due}")


def test_a_program_is_told_in_english_whatever_people_speak() -> None:
    found = asked([], "2022-08-20")
    with speaking(Language("cy", Loud())):
        told = document(found)
        spoken = says(found.owed[0])
    assert told == document(found)
    assert spoken == "NO RETURN HAS COME SINCE 2022-08-01, THE FIRST DAY THAT ONE WAS DUE."
    assert told["regions"][0]["owed"][0]["says"].startswith("No return has come since 2022-08-01")
