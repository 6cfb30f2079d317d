"""`/may` and `/relief`: the decision in force asked about, as at a day and as known at a moment; what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.http.models.may import EXAMPLE, May
from api.http.models.relief import Relief
from tests.http.kit import problem
from tests.http.reads import past_weeks
from tests.http.world import World, files

RELEASES = (
    "        releases: {minutes: 60, per: points, every: month, basis: illustrative}\n        lapses_after:"
)
RELIEF = 'relief: {shortfall: {formula: "4 * (100 - staffing)", basis: illustrative}}\n'
COHORTS = "cohorts: {young: Young adults, high: High risk}\nactivities:\n"
SPARING = "        except: [high]\n        lapses_after:"


def documents() -> dict[str, str]:
    found = files()
    for name in ("plan/v1.yaml", "plan/v2.yaml"):
        text = found[name].replace("        lapses_after:", RELEASES).replace("activities:\n", COHORTS)
        found[name] = text.replace("        lapses_after:", SPARING) + RELIEF
    return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """York is Amber since 29 August, as was recorded on 30 August; Hull and Kent are green."""
    with past_weeks(tmp_path_factory.mktemp("planning"), changes=documents()) as made:
        made.get("/v1/statuses")  # which records what has changed because the day did
        yield made


def may(world: World, query: str, pdu: str = "york") -> dict[str, Any]:
    answer = world.get(f"/v1/pdus/{pdu}/may?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    May.model_validate(told)
    return told


def relief(world: World, query: str = "", pdu: str = "york") -> dict[str, Any]:
    answer = world.get(f"/v1/pdus/{pdu}/relief?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    Relief.model_validate(told)
    return told


class TestMay:
    def test_an_answer(self, world: World) -> None:
        told = may(world, "activity=visits&no_cohort=true")
        assert (told["answer"], told["status"], told["as_of"]) == ("limited", "amber", "2022-08-31")
        assert (told["until"], told["cohorts"], told["except"]) == ("2022-11-20", [], ["high"])
        assert told["decision"] == world.get("/v1/pdus/york/status").json()["decision"]

    @pytest.mark.parametrize(
        ("query", "answer", "code"),
        [
            ("activity=visits", "limited", "within_limits"),
            ("activity=visits&cohort=young", "limited", "within_limits"),
            ("activity=visits&cohort=high", "no", "excepted"),
            ("activity=visits&cohort=young&cohort=high", "no", "excepted"),
            ("activity=mappa", "no", "mandatory"),
            ("activity=visits&as_of=2022-08-16", "no", "below_status"),
            ("activity=visits&known_at=2022-08-24T00:00:00Z&as_of=2022-08-31", "no", "below_status"),
        ],
    )
    def test_answers(self, world: World, query: str, answer: str, code: str) -> None:
        told = may(world, query)
        assert (told["answer"], told["because"]["code"]) == (answer, code)

    def test_withheld_by_the_region(self, world: World) -> None:
        assert may(world, "activity=visits", "hull")["answer"] == "no"

    @pytest.mark.parametrize(
        ("query", "name", "hint"),
        [
            ("activity=visit", "/activity", "Did you mean visits?"),
            ("activity=", "/activity", "Known here"),
            ("activity=visits&cohort=hgih", "/cohort", "Did you mean high?"),
            ("activity=visits&cohort=young&cohort=", "/cohort", "Known here"),
            ("activity=mappa&cohort=none", "/cohort", "Known here"),
            ("activity=visits&cohort=high&no_cohort=true", "/no_cohort", "Leave out one of them."),
        ],
    )
    def test_an_unknown_name_is_refused_at_its_place(
        self, world: World, query: str, name: str, hint: str
    ) -> None:
        (told,) = problem(world.get(f"/v1/pdus/york/may?{query}"), 422, "PF724")["problems"]
        assert (told["file"], told["path"]) == ("query", name)
        assert hint in told["hint"]

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "cohort=high",
            "activity=visits&activity=mappa",
            "activity=visits&cohorts=high",
            "activity=visits&no_cohort=perhaps",
            "activity=visits&no_cohort=true&no_cohort=true",
        ],
    )
    def test_a_wrong_query(self, world: World, query: str) -> None:
        problem(world.get(f"/v1/pdus/york/may?{query}"), 422, "PF724")


class TestRelief:
    def test_an_answer(self, world: World) -> None:
        told = relief(world)
        assert (told["status"], told["shortfall"]["hours"], told["released"]) == ("amber", "100.0", "1.0")
        assert (told["covers"], told["as_of"]) == (False, "2022-08-31")
        assert told["decision"] == world.get("/v1/pdus/york/status").json()["decision"]

    def test_as_known_before(self, world: World) -> None:
        told = relief(world, "known_at=2022-08-24T00:00:00Z&as_of=2022-08-24")
        assert (told["status"], told["reductions"], told["next_status"]["status"]) == ("green", [], "amber")

    def test_a_day_to_come_has_figures_that_are_too_old(self, world: World) -> None:
        told = relief(world, "as_of=2022-12-31")
        assert (told["because"]["code"], told["covers"]) == ("stale", None)

    @pytest.mark.parametrize("query", ["activity=visits", "pdu=york", "as_of=2022-08-16&as_of=2022-08-17"])
    def test_a_wrong_query(self, world: World, query: str) -> None:
        problem(world.get(f"/v1/pdus/york/relief?{query}"), 422, "PF724")


@pytest.mark.parametrize("call", ["may?activity=visits", "relief?"])
class TestBoth:
    def test_the_same_is_told_by_its_tag(self, world: World, call: str) -> None:
        first = world.get(f"/v1/pdus/york/{call}")
        again = world.get(f"/v1/pdus/york/{call}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_nothing_is_recorded(self, world: World, call: str) -> None:
        before = world.head()
        world.get(f"/v1/pdus/york/{call}")
        assert world.head() == before

    @pytest.mark.parametrize(
        ("pdu", "query", "status", "code"),
        [
            ("yorc", "", 404, "PF720"),
            ("leeds", "&as_of=2022-08-20", 404, "PF720"),
            ("york", "&as_of=2022-07-31", 404, "PF720"),
            ("york", "&as_of=yesterday", 422, "PF730"),
            ("york", "&as_of=1899-12-31", 422, "PF730"),
            ("york", "&known_at=2999-01-01T00:00:00Z", 422, "PF730"),
            ("york", "&known_at=2001-01-01T00:00:00Z", 404, "PF720"),
        ],
    )
    def test_what_cannot_be_answered(
        self, world: World, call: str, pdu: str, query: str, status: int, code: str
    ) -> None:
        problem(world.get(f"/v1/pdus/{pdu}/{call}{query}"), status, code)


def test_the_example_of_the_description_fits() -> None:
    assert May.model_validate(EXAMPLE).answer == "limited"
