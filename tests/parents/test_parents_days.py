"""On which days parents have figures, over versions, gaps and changes of who there is."""

from __future__ import annotations

from engine.deciding import Engine, decide_parents
from rules.figures import Return
from rules.model import Events
from tests.parents.parents_kit import Scheme, codes, following, leaves, measure, plan, returned

SUMS = "rollup: {region: {by: sums}}\n"
COUNT = """\
rollup:
  region:
    by: count
    statuses:
      amber: {enter: {"units_at[amber]": {at_least: 1}}}
      red: {enter: {"units_at[red]": {at_least: 2}}}
"""


def week(day: str, york: float | None, hull: float | None) -> list[Return]:
    """Staff in post of two units with ten posts each."""
    given = {"york": york, "hull": hull}
    return [
        returned(unit, f"2022-{day}", required=10, in_post=number)
        for unit, number in given.items()
        if number is not None
    ]


def north(scheme: Scheme, returns: list[Return], day: str) -> tuple[str, str | None]:
    """The status and the staffing of the North."""
    found = scheme.decide([one for one in returns if str(one.as_of) <= f"2022-{day}"], f"2022-{day}")
    return found["region:north"]["status"], measure(found["region:north"], "staffing")


def test_sums_are_judged_as_those_of_one_large_unit() -> None:
    """8 of 10 and 9.5 of 10 are 87.5%: below 90 for two weeks."""
    given = week("08-01", 10, 10) + week("08-08", 8, 9.5) + week("08-15", 8, 9.5)
    assert [north(plan(SUMS), given, day) for day in ("08-01", "08-08", "08-15")] == [
        ("green", "100.0"),
        ("green", "87.5"),
        ("amber", "87.5"),
    ]


def test_units_that_return_on_different_days_count_with_their_newest() -> None:
    given = week("08-01", 10, 10) + week("08-03", 5, None) + week("08-05", None, 9)
    scheme = plan(SUMS)
    assert [north(scheme, given, day)[1] for day in ("08-02", "08-03", "08-04", "08-05")] == [
        "100.0",
        "75.0",
        "75.0",
        "70.0",
    ]


def test_two_returns_in_one_week_are_still_one_week() -> None:
    """York on Mondays, Hull on Thursdays: below 90% since Monday the 8th, for two weeks by the 15th and not before."""
    given = week("08-01", 10, 10) + week("08-08", 7, None) + week("08-11", None, 10) + week("08-15", 7, None)
    scheme = plan(SUMS)
    assert north(scheme, given, "08-11") == ("green", "85.0")
    assert north(scheme, given, "08-15") == ("amber", "85.0")


def test_a_childs_figure_may_be_carried_forward_and_the_parents_is_not() -> None:
    """Of the 8th York tells no staff: that of the 1st counts. A week later it is too old."""
    bare = [returned("york", f"2022-08-{day}", required=10) for day in ("08", "15")]
    given = week("08-01", 9, 9) + bare[:1] + week("08-08", None, 10)
    scheme = plan(SUMS)
    assert north(scheme, given, "08-08") == ("green", "95.0")
    status, staffing = north(scheme, [*given, bare[1], *week("08-15", None, 10)], "08-15")
    assert (status, staffing) == ("indeterminate", None)


def test_a_default_counts_for_each_child_that_gives_none() -> None:
    absent = returned("hull", "2022-08-01", required=10, in_post=10, absent=2)
    found = plan(SUMS).decide([*week("08-01", 10, None), absent], "2022-08-01")["region:north"]
    assert measure(found, "staffing") == "90.0"


def test_bounds_are_those_of_a_child() -> None:
    """Each input takes 20 at most; together two units may have more."""
    given = [returned(unit, "2022-08-01", required=20, in_post=15) for unit in ("york", "hull")]
    assert north(plan(SUMS), given, "08-01") == ("amber", "75.0")


def test_a_region_of_one_unit_is_decided_like_it() -> None:
    kent = [returned("kent", "2022-08-01", required=10, in_post=5)]
    found = plan(SUMS).decide(kent, "2022-08-01")
    assert found["region:south"]["status"] == "red"
    assert found["region:north"]["status"] == "indeterminate"


def test_all_returns_too_old_are_said_to_be_too_old() -> None:
    found = plan(SUMS).decide(week("08-01", 10, 10), "2022-08-20")["region:north"]
    assert found["indeterminate_because"] == [{"code": "stale", "as_of": "2022-08-01", "stale_after": 14}]


def test_the_first_version_counts_earlier_returns_in_its_durations() -> None:
    """A new parent is judged at once; then two weeks below 90% are asked for, of which July gives one."""
    settled = "rollup: {region: {by: sums}}\n"
    given = week("07-18", 10, 10) + week("07-25", 8, 8) + week("08-01", 8, 8)
    scheme = plan(settled)
    assert north(scheme, given, "08-01") == ("amber", "80.0")


def test_a_version_without_rollup_gives_no_parent_on_its_days() -> None:
    scheme = plan(SUMS, following("v2", "2022-09-05"), following("v3", "2022-10-03", SUMS))
    given = week("08-29", 5, 5) + week("09-12", 5, 5) + week("10-03", 5, 5)
    assert scheme.decide([one for one in given if str(one.as_of) < "2022-09"], "2022-09-04")["region:north"]
    with Engine(scheme.library.framework(), scheme.library.organisation) as engine:
        decisions, undecided = decide_parents(engine, given, Events(), as_of=given[2].as_of)
    assert decisions == []
    assert [one.message for one in undecided] == [
        "The version of plan in force on 2022-09-12 gives North no status of its own.",
        "The version of plan in force on 2022-09-12 gives South no status of its own.",
    ]
    assert north(scheme, given, "10-03") == ("red", "50.0")


def test_a_new_version_may_judge_parents_in_another_way() -> None:
    """By sums 70% is no Red; counted, one Red unit of two makes the North Amber from the day on."""
    scheme = plan(SUMS, following("v2", "2022-09-05", COUNT))
    given = week("08-29", 5, 9) + week("09-12", 5, 9)
    assert north(scheme, given, "08-29") == ("amber", "70.0")
    found = scheme.decide(given[:2], "2022-09-05")["region:north"]
    assert (found["status"], leaves(found)["units_at[amber]"], leaves(found)["units_at[red]"]) == (
        "amber",
        "1",
        "1",
    )
    assert found["framework"]["version"] == "v2"


def test_a_childs_clear_status_is_what_counts_and_not_what_was_declared() -> None:
    given = week("08-01", 10, 5)
    found = plan(COUNT).decide(given, "2022-08-01")["region:north"]
    assert (found["status"], leaves(found)["units_at[red]"]) == ("amber", "1")
    assert codes(found) == []


def test_a_version_named_judges_parents_on_all_days() -> None:
    scheme = plan(SUMS, following("v2", "2022-09-05", COUNT))
    framework = scheme.library.framework("plan@v2")
    with Engine(framework, scheme.library.organisation) as engine:
        decisions, _ = decide_parents(engine, week("08-01", 10, 5), Events())
    assert [one["status"] for one in decisions] == ["amber", "indeterminate"]
    assert {one["framework"]["version"] for one in decisions} == {"v2"}
