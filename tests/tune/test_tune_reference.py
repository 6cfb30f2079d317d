"""What candidates are compared with: declared statuses, and a category of the returns, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.columns import frame_of
from engine.tune import Reference, check_input, declared_reference, input_reference
from engine.tune._reference import NONE
from rules.figures import Return
from rules.library import Framework, Library, load_library
from rules.model import Events
from rules.problems import UsageError
from tests.small_policy import FIRST

Folder = Callable[..., Path]
FROM, UNTIL = datetime.date(2022, 8, 29), datetime.date(2022, 9, 11)
"""The second version, which has Red in place of Amber, begins on 5 September."""
DAYS = (UNTIL - FROM).days + 1
INPUT = "  stated: {title: Stated, values: [green, amber, red, none], default: none}\n"


@pytest.fixture
def library(policy_folder: Folder) -> Library:
    first = FIRST.replace("measures:\n", f"{INPUT}measures:\n")
    second = first.replace("v1", "v2").replace("2022-08-01", "2022-09-05")
    second = second.replace("id: amber", "id: red").replace("from: amber", "from: red")
    return load_library(
        policy_folder({"plan/v1.yaml": first, "plan/v2.yaml": second, "plan/regions/north.yaml": SET})
    )


SET = """\
format: 1
framework: plan
region: north
settings: [{effective: 2022-08-01, set_by: A, reason: B}]
"""


def said(framework: Framework, reference: Reference) -> list[str | None]:
    ids = ("green", "amber", "red")
    assert tuple(dict.fromkeys(id_ for one in framework.policies for id_ in one.version.status_ids)) == ids
    (codes,) = reference.codes.T.tolist()
    assert reference.unit_days == len(codes) - codes.count(NONE)
    return [None if code == NONE else ids[code] for code in codes]


def on(number: int) -> datetime.date:
    return FROM + datetime.timedelta(days=number)


def given(library: Library, words: dict[int, str | None]) -> list[str | None]:
    york = next(pdu for pdu in library.organisation.pdus if pdu.id == "york")
    returns = [
        Return("york", on(day), {} if word is None else {"stated": word}) for day, word in words.items()
    ]
    framework = library.framework()
    return said(framework, input_reference("stated", framework, frame_of([(york, returns)], 7), FROM, UNTIL))


class TestInputs:
    def test_it_holds_until_the_next_return(self, library: Library) -> None:
        assert given(library, {0: "green", 2: "amber", 4: "green"})[:7] == [
            "green", "green", "amber", "amber", "green", "green", "green",
        ]  # fmt: skip

    def test_a_status_that_is_gone_is_the_nearest_less_severe(self, library: Library) -> None:
        assert given(library, {0: "amber"}) == ["amber"] * 7 + ["green"] * 7

    def test_a_status_that_is_still_to_come(self, library: Library) -> None:
        assert given(library, {0: "red"}) == ["green"] * 7 + ["red"] * 7

    def test_before_the_first_return_nothing_is_said(self, library: Library) -> None:
        assert given(library, {9: "red"}) == [None] * 9 + ["red"] * 5

    @pytest.mark.parametrize("word", [None, "none"])
    def test_a_return_that_says_nothing(self, library: Library, word: str | None) -> None:
        assert given(library, {0: "green", 3: word}) == ["green"] * 3 + [None] * 11

    def test_a_return_from_before_counts_until_it_is_too_old(self, library: Library) -> None:
        assert given(library, {-10: "green"}) == ["green"] * 5 + [None] * 9

    def test_no_category(self, library: Library) -> None:
        with pytest.raises(UsageError, match="points is a number"):
            check_input("points", library.framework())

    def test_per_member(self, library: Library) -> None:
        with pytest.raises(UsageError, match="required is a number"):
            check_input("required", library.framework())


class TestDeclared:
    @staticmethod
    def codes(library: Library, *declared: tuple[int, int, str, str | None]) -> list[str | None]:
        york = next(pdu for pdu in library.organisation.pdus if pdu.id == "york")
        frame = frame_of([(york, [Return("york", FROM, {})])], 7)
        events = Events.model_validate(
            {
                "declarations": [
                    {
                        "from": on(first),
                        "until": on(last),
                        "status": status,
                        "by": "a",
                        "reason": "b",
                        "pdu": pdu,
                    }
                    for first, last, status, pdu in declared
                ],
                "suspensions": [{"from": on(5), "until": on(5), "by": "a", "reason": "b"}],
            }
        )
        framework = library.framework()
        return said(framework, declared_reference("events.yaml", events, framework, frame, FROM, UNTIL))

    def test_days_of_a_declaration(self, library: Library) -> None:
        found = self.codes(library, (-3, 1, "amber", None), (3, 6, "green", "york"))
        assert found == ["amber", "amber", None, "green", "green", None, "green", *[None] * 7]

    def test_the_units_own_goes_first(self, library: Library) -> None:
        assert self.codes(library, (0, 2, "green", "york"), (1, 3, "amber", None))[:4] == ["green"] * 3 + [
            "amber"
        ]

    def test_it_goes_on_under_another_version(self, library: Library) -> None:
        assert self.codes(library, (6, 9, "amber", None))[6:11] == ["amber", "green", "green", "green", None]

    def test_of_others(self, library: Library) -> None:
        assert self.codes(library, (0, 9, "amber", "hull")) == [None] * DAYS
