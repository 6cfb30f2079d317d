"""What a status means over time: examples worked out by hand from the design.

Unless an example says otherwise: a return each Monday from 1 August 2022 on, Amber below 90 for two weeks
(out at 95 or more for two weeks), Red below 75 for two weeks (no exit of its own), the first figures count
at once.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.engine_kit import (
    AMBER,
    GREEN,
    RED,
    Asker,
    conditions,
    day,
    history,
    on,
    version,
)

LATER = version(first_return="after_duration")


class TestFirstReturn:
    def test_the_first_figures_count_at_once(self) -> None:
        asker = Asker(history(80, 100))
        assert asker.on("08-01") == ("amber", "2022-08-01", None)
        first = asker("08-01")
        assert first["first_return"] is True
        rule = conditions(first)["enter.amber"]
        assert (rule["holds"], rule["run"], rule["needs"]) == (True, 1, 2)
        # From the second return on durations count: Amber's exit has held for one week.
        assert asker("08-08")["first_return"] is False
        assert asker.on("08-08") == ("amber", "2022-08-01", None)

    def test_at_once_knows_no_limit_of_steps(self) -> None:
        assert Asker(history(70), version(steps={"up": 1})).statuses("08-01") == ["red"]

    def test_after_duration_waits_and_steps_are_limited(self) -> None:
        asker = Asker(history(70, 70, 70), version(first_return="after_duration", steps={"up": 1}))
        assert asker.statuses("08-01", "08-08", "08-15") == ["green", "amber", "red"]
        assert asker.on("08-15") == ("red", "2022-08-15", "amber")

    def test_earlier_returns_count_in_runs_and_the_first_day_takes_a_step(self) -> None:
        asker = Asker(history(80, 80, first="07-18"), LATER)
        # The framework begins on 1 August, with the return of 25 July: the second week below 90.
        assert asker.on("08-01", "status", "since", "step_on") == ("amber", "2022-08-01", "2022-08-01")

    def test_at_once_never_again(self) -> None:
        gap = Asker(on(d0801=100, d0912=80))
        assert gap.statuses("08-01", "09-11", "09-12") == ["green", "indeterminate", "green"]
        after = Asker(history(100, 100, 80), suspensions=[{**SUSPENDED, "until": day("08-14")}])
        assert after.statuses("08-14", "08-15") == ["suspended", "green"]
        renewed = version(version="v2", effective=day("08-15"))
        assert Asker(history(100, 100, 80), version(), renewed).statuses("08-15") == ["green"]

    def test_an_unclear_first_return_is_not_the_first_step(self) -> None:
        asker = Asker(history(None, 80))
        assert asker.on("08-01") == ("indeterminate", "2022-08-01", None)
        assert asker.on("08-08") == ("amber", "2022-08-08", "indeterminate")
        assert asker("08-08")["first_return"] is True


SUSPENDED = {"from": day("08-03"), "by": "director", "reason": "x"}


class TestRuns:
    @pytest.mark.parametrize(
        ("returns", "asked", "run", "status"),
        [
            pytest.param(on(d0801=100, d0808=80, d0815=80), "08-15", 2, "amber", id="two weeks"),
            pytest.param(
                on(d0801=100, d0808=80, d0809=80), "08-09", 1, "green", id="twice in a week: 8 days"
            ),
            pytest.param(on(d0801=100, d0808=80, d0816=80), "08-16", 2, "amber", id="a day late: 7 + 7 days"),
            pytest.param(on(d0801=100, d0808=80, d0814=80), "08-14", 2, "amber", id="a day early: 13 days"),
            pytest.param(on(d0801=100, d0808=80, d0811=80), "08-11", 1, "green", id="10 days are 1.43 weeks"),
            pytest.param(on(d0801=100, d0808=80, d0812=80), "08-12", 2, "amber", id="11 days are 1.57 weeks"),
            pytest.param(on(d0801=100, d0808=80, d0822=80), "08-22", 2, "amber", id="a week missed"),
            pytest.param(on(d0801=100, d0808=80, d0823=80), "08-23", 1, "green", id="a gap of 15 days"),
            pytest.param(
                on(d0801=100, d0808=80, d0815=100, d0822=80), "08-22", 1, "green", id="false between"
            ),
            pytest.param(
                on(d0801=100, d0808=80, d0815=None, d0822=80), "08-22", 1, "green", id="unknown between"
            ),
        ],
    )
    def test_how_long_a_condition_has_held(
        self, returns: list[object], asked: str, run: int, status: str
    ) -> None:
        asker = Asker(returns)  # type: ignore[arg-type]
        rule = conditions(asker(asked))["enter.amber"]
        assert (rule["run"], rule["holds"], asker(asked)["status"]) == (run, status == "amber", status)

    @pytest.mark.parametrize(("second", "status"), [("d0821", "green"), ("d0822", "amber")])
    def test_half_a_period_is_rounded_up(self, second: str, status: str) -> None:
        amber = {"id": "amber", "enter": {"staffing": {"below": 90}, "for": "28 days"}}
        document = version(
            returns={"every": "14 days", "stale_after": "28 days"}, statuses=[GREEN, amber], activities=[]
        )
        # 14 days and 7 more are one and a half periods.
        asker = Asker(on(**{"d0801": 100, "d0815": 80, second: 80}), document)
        assert asker.statuses(f"08-{second[-2:]}") == [status]

    def test_a_longer_gap_may_be_allowed(self) -> None:
        document = version(returns={"every": "7 days", "stale_after": "14 days", "longest_gap": "15 days"})
        assert Asker(on(d0801=100, d0808=80, d0823=80), document).statuses("08-23") == ["amber"]

    def test_a_group_may_hold_by_one_part_and_then_the_other(self) -> None:
        parts = [{"staffing": {"below": 90}}, {"t": {"above": 5}}]
        amber = {"id": "amber", "enter": {"any": parts, "for": "2 weeks"}}
        returns = history({"s": 100, "t": 1}, {"s": 80, "t": 1}, {"s": 100, "t": 9})
        asker = Asker(returns, version(statuses=[GREEN, amber], activities=[]))
        assert asker.statuses("08-08", "08-15") == ["green", "amber"]
        each = [{**part, "for": "2 weeks"} for part in parts]
        apart = version(statuses=[GREEN, {"id": "amber", "enter": {"any": each}}], activities=[])
        assert Asker(returns, apart).statuses("08-15") == ["green"]

    def test_a_rounded_measure_is_what_is_compared(self) -> None:
        # 89.95 is 90.0, which is not below 90; 89.94 is 89.9.
        asker = Asker(history("89.95"))
        assert asker("08-01")["measures"][0]["value"] == "90.0"
        assert asker.statuses("08-01") == ["green"]
        assert Asker(history("89.94")).statuses("08-01") == ["amber"]


class TestWayDown:
    def test_two_weeks_at_the_exit(self) -> None:
        asker = Asker(history(80, 96, 96))
        assert asker.on("08-08") == ("amber", "2022-08-01", None)
        assert asker.on("08-15") == ("green", "2022-08-15", "amber")

    def test_a_minimum_stay_is_counted_in_days_from_since(self) -> None:
        stay = version(statuses=[GREEN, AMBER | {"minimum_stay": "21 days"}, RED])
        asker = Asker(on(d0801=80, d0808=96, d0815=96, d0821=96, d0822=96), stay)
        assert asker.statuses("08-15", "08-21", "08-22") == ["amber", "amber", "green"]

    def test_held_at_amber(self) -> None:
        # Red has no exit of its own: not below 75 is enough. Amber's exit has not held for two weeks.
        asker = Asker(history(70, 92, 96, 96))
        assert asker.on("08-08") == ("amber", "2022-08-08", "red")
        assert asker.statuses("08-15", "08-22") == ["amber", "green"]

    def test_one_level_at_a_time(self) -> None:
        plain = AMBER | {"exit": {"staffing": {"at_least": 95}}}
        assert Asker(history(70, 100), version(statuses=[GREEN, plain, RED])).statuses("08-08") == ["green"]
        limited = version(statuses=[GREEN, plain, RED], steps={"down": 1})
        assert Asker(history(70, 100, 100), limited).statuses("08-08", "08-15") == ["amber", "green"]

    def test_an_exit_that_holds_does_not_end_what_is_entered(self) -> None:
        both = AMBER | {"exit": {"staffing": {"above": 0}}}
        assert Asker(history(80, 80, 80), version(statuses=[GREEN, both, RED])).statuses("08-15") == ["amber"]
        # With one week below 90 `enter` does not hold for its two weeks, and the exit decides.
        assert Asker(history(80, 100, 80), version(statuses=[GREEN, both, RED])).statuses("08-08") == [
            "green"
        ]


EITHER = {"id": "amber", "enter": {"any": [{"staffing": {"below": 90}}, {"t": {"above": 5}}]}}


class TestUnknown:
    def test_indeterminate_or_the_same_answer(self) -> None:
        document = version(statuses=[GREEN, EITHER], activities=[])
        assert Asker(history({"s": 80}), document).statuses("08-01") == ["amber"]
        unclear = Asker(history({"s": 100, "t": 1}, {"s": 100}), document)
        assert unclear.on("08-08") == ("indeterminate", "2022-08-08", "green")
        # Unknown is not the first status: from Amber it may stay or go, too.
        assert Asker(history({"s": 80}, {"s": 100}), document).statuses("08-08") == ["indeterminate"]
        # Where Amber may not be left yet both ways give Amber.
        stay = version(statuses=[GREEN, EITHER | {"minimum_stay": "8 days"}], activities=[])
        assert Asker(history({"s": 80}, {"s": 100}), stay).statuses("08-08") == ["amber"]

    def test_what_it_could_be_and_what_it_was(self) -> None:
        asker = Asker(history(80, None))
        decision = asker("08-10")
        assert (decision["status"], decision["since"], decision["previous"]) == (
            "indeterminate",
            "2022-08-08",
            "amber",
        )
        assert (decision["calculated"], decision["calculated_since"]) == ("indeterminate", "2022-08-08")
        assert decision["last_determinate"] == {"status": "amber", "as_of": "2022-08-07"}
        assert decision["indeterminate_because"][-1] == {
            "code": "could_be",
            "statuses": ["green", "amber", "red"],
        }

    def test_what_was_before_goes_on_when_it_is_known_again(self) -> None:
        asker = Asker(history(80, None, 92))
        assert asker.on("08-15") == ("amber", "2022-08-01", None)

    def test_an_old_return_makes_it_indeterminate(self) -> None:
        asker = Asker(history(80))
        assert asker.on("08-15") == ("amber", "2022-08-01", None)
        assert asker.on("08-16") == ("indeterminate", "2022-08-16", "amber")
        decision = asker("09-30")
        assert decision["since"] == "2022-08-16"
        assert decision["indeterminate_because"] == [
            {"code": "stale", "as_of": "2022-08-01", "stale_after": 14}
        ]
        assert decision["last_determinate"] == {"status": "amber", "as_of": "2022-08-15"}

    def test_no_return_at_all(self) -> None:
        decision = Asker([])("08-20")
        assert (decision["status"], decision["since"], decision["previous"]) == (
            "indeterminate",
            "2022-08-01",
            None,
        )
        assert (decision["calculated"], decision["calculated_since"]) == ("indeterminate", "2022-08-01")
        assert (decision["indeterminate_because"], decision["last_determinate"]) == (
            [{"code": "no_return"}],
            None,
        )
        assert (decision["returns"], decision["permitted"], decision["step_on"]) == ([], [], None)

    def test_what_was_permitted_stands_for_the_grace(self) -> None:
        grace = version(returns={"every": "7 days", "stale_after": "14 days", "grace": "7 days"})
        asker = Asker(history(80), grace)
        assert asker.on("08-16", "status") == ("indeterminate",)
        assert asker.permitted("08-16") == asker.permitted("08-22") == [("visits", "amber")]
        assert asker.permitted("08-23") == []
        assert asker.why_not("08-23")["visits", "amber"] == {"code": "indeterminate"}
        assert asker.why_not("08-16")["meetings", "red"] == {"code": "indeterminate"}
        assert Asker(history(80)).permitted("08-16") == []

    def test_grace_does_not_bring_back_what_had_lapsed(self) -> None:
        rhythm = {"every": "7 days", "stale_after": "14 days", "grace": "7 days"}
        short = {"from": "amber", "strength": "may", "do": "x", "lapses_after": "7 days"}
        first = version(returns=rhythm, activities=[{"id": "visits", "reductions": [short]}])
        second = version(returns=rhythm, version="v2", effective=day("08-12"))
        asker = Asker(on(d0801=80, d0812=None), first, second)
        assert asker.permitted("08-07") == [("visits", "amber")]
        assert asker.permitted("08-11") == []  # it lapsed on the 8th
        assert asker.on("08-12", "status") == ("indeterminate",)
        assert asker.permitted("08-12") == []  # though under the new version it never lapses

    def test_figures_are_carried_forward_and_count_in_runs(self) -> None:
        amber = {"id": "amber", "enter": {"t": {"above": 5}, "for": "3 weeks"}}
        inputs: dict[str, Any] = {"s": {"decimals": 2}, "t": {"decimals": 1, "carry_forward": "14 days"}}
        document = version(
            statuses=[GREEN, amber], inputs=inputs, activities=[], first_return="after_duration"
        )
        asker = Asker(history({"t": 9}, {"s": 1}, {"s": 1}, {"s": 1}), document)
        assert asker.statuses("08-01", "08-08", "08-15") == ["green", "green", "amber"]
        assert {"code": "PF601", "input": "t", "as_of": "2022-08-01"} in asker("08-15")["data_quality"]
        assert asker.statuses("08-22") == ["indeterminate"]  # 21 days old
        inputs["t"]["default"] = 9
        assert Asker(asker.returns, document | {"inputs": inputs}).statuses("08-22") == ["amber"]
