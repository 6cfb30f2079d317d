"""GET /v1/pdus/{pdu}/forecast: what it tells, what it rests on, what it keeps, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from api.http.models import forecast as models
from tests.http.kit import problem
from tests.http.world import World, a_return

QUICK = "weeks=3&futures=50"
LEAVERS = """\
events:
  - {pdu: york, on: 2022-09-01, kind: leaver, change: {in_post: {PO: -8}}, basis: synthetic}
"""


def filled(world: World) -> World:
    """York and Hull have been green for four weeks; the newest returns are of 29 August, and today is the 31st."""
    days = ("2022-08-08", "2022-08-15", "2022-08-22", "2022-08-29")
    body = [a_return(pdu, day) for pdu in ("york", "hull") for day in days]
    assert world.post("/v1/returns", body).status_code == 201
    return world


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("ahead")) as made:
        yield filled(made)


@pytest.fixture
def coming(tmp_path: Path) -> Iterator[World]:
    """A service that was given a pipeline."""
    path = tmp_path / "coming.yaml"
    path.write_text(LEAVERS)
    with World(tmp_path / "coming", pipeline=path) as made:
        made.file = path  # type: ignore[attr-defined]
        yield filled(made)


def ahead(world: World, query: str = QUICK, pdu: str = "york") -> Any:
    answer = world.get(f"/v1/pdus/{pdu}/forecast?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_it_tells(told: World) -> None:
    whole = ahead(told)
    jsonschema.Draft202012Validator(models.Forecast.model_json_schema(by_alias=True)).validate(whole)
    found = whole["forecast"]
    assert (found["pdu"], found["as_of"], found["status"]) == ("york", "2022-08-31", "green")
    assert (found["futures"], found["seed"], len(found["weeks"])) == (50, 1, 3)
    assert all(sum(week["counts"].values()) == 50 for week in found["weeks"])
    assert whole["asked"] == {"as_of": None, "known_at": None}
    assert whole["pipeline"] is None
    assert whole["headline"].startswith("York is likely to be Green still on 21 September 2022")
    assert "declarations and suspensions play no part" in whole["note"]


def test_without_parameters_it_looks_half_a_year_ahead(told: World) -> None:
    found = ahead(told, "")["forecast"]
    assert (len(found["weeks"]), found["futures"], found["seed"]) == (26, 10_000, 1)


def test_as_at_a_day_and_by_another_version(told: World) -> None:
    early = ahead(told, f"{QUICK}&as_of=2022-08-16")
    assert early["asked"]["as_of"] == early["forecast"]["as_of"] == "2022-08-16"
    assert early["forecast"]["newest_return"] == "2022-08-15"
    pinned = ahead(told, f"{QUICK}&version=v2")["forecast"]
    assert pinned["framework"] == {"id": "plan", "version": "v2", "pinned": True}


def test_a_unit_without_returns_has_no_status_ahead(told: World) -> None:
    found = ahead(told, pdu="kent")
    assert found["forecast"]["weeks"][0]["counts"]["indeterminate"] == 50
    assert "there are no returns to go by" in found["headline"]


def test_the_same_question_is_answered_once(told: World) -> None:
    query = f"/v1/pdus/york/forecast?{QUICK}&seed=7"
    first = told.get(query)
    kept = len(told.service.outlooks.answers)
    again = told.get(query)
    assert again.content == first.content
    assert len(told.service.outlooks.answers) == kept
    same = told.get(query, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = told.get(f"/v1/pdus/york/forecast?{QUICK}&seed=8")
    assert other.headers["etag"] != first.headers["etag"]
    assert len(told.service.outlooks.answers) == kept + 1


def test_many_who_ask_at_once_are_answered_alike(told: World) -> None:
    call: tuple[str, str, dict[str, Any]] = ("GET", f"/v1/pdus/hull/forecast?{QUICK}&seed=99", {})
    answers = told.at_once([call] * 8)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_a_new_return_counts_at_once(world: World) -> None:
    filled(world)
    before = ahead(world)["forecast"]
    assert world.post("/v1/returns", a_return("york", "2022-08-30", 1)).status_code == 201
    after = ahead(world)["forecast"]
    assert (before["newest_return"], after["newest_return"]) == ("2022-08-29", "2022-08-30")
    assert after["weeks"] != before["weeks"]


def test_a_pipeline_counts(coming: World) -> None:
    whole = ahead(coming)
    assert whole["pipeline"]["synthetic"] is True
    assert whole["pipeline"]["sha256"].startswith("sha256:")
    codes = {one["code"] for one in whole["forecast"]["assumptions"]}
    assert "events" in codes
    assert whole["forecast"]["weeks"][-1]["counts"]["amber"] == 50


def test_a_pipeline_is_read_again_when_it_changes(coming: World) -> None:
    before = ahead(coming)
    coming.file.write_text(LEAVERS.replace("-8", "-9"))  # type: ignore[attr-defined]
    after = ahead(coming)
    assert before["pipeline"]["sha256"] != after["pipeline"]["sha256"]


def test_what_was_known_then_of_the_weeks_ahead_is_not_known(coming: World) -> None:
    moment = coming.get("/v1/pdus/york/decision").json()["decided_at"]
    whole = ahead(coming, f"{QUICK}&known_at={moment}")
    assert whole["pipeline"] is None
    assert "events" not in {one["code"] for one in whole["forecast"]["assumptions"]}


@pytest.mark.parametrize(
    "text", ["events: 3\n", LEAVERS.replace("york", "yorc"), "", "events: [", LEAVERS.replace("-8", "0")]
)
def test_a_pipeline_with_problems_gives_no_forecast(coming: World, text: str) -> None:
    coming.file.write_text(text)  # type: ignore[attr-defined]
    told = problem(coming.get(f"/v1/pdus/york/forecast?{QUICK}"), 503, "PF737")
    assert told["problems"] == []
    assert "coming" not in told["detail"], "what the file says is for the log"
    assert coming.get("/v1/pdus/york/status").status_code == 200
    coming.file.write_text(LEAVERS)  # type: ignore[attr-defined]
    assert ahead(coming)["pipeline"] is not None


def test_a_pipeline_that_is_gone_gives_no_forecast(coming: World) -> None:
    coming.file.unlink()  # type: ignore[attr-defined]
    problem(coming.get(f"/v1/pdus/york/forecast?{QUICK}"), 503, "PF737")


WRONG = [
    pytest.param("weeks=0", 422, "PF724", id="no week"),
    pytest.param("weeks=53", 422, "PF724", id="more than a year"),
    pytest.param("weeks=many", 422, "PF724", id="no number of weeks"),
    pytest.param("futures=0", 422, "PF724", id="no future"),
    pytest.param("futures=10001", 422, "PF724", id="too many futures"),
    pytest.param("futures=1.5", 422, "PF724", id="half a future"),
    pytest.param("seed=-1", 422, "PF724", id="a seed below nought"),
    pytest.param("seed=2147483648", 422, "PF724", id="a seed that is too large"),
    pytest.param("version=v9", 422, "PF724", id="unknown version"),
    pytest.param(f"version={'v' * 81}", 422, "PF724", id="a version that is too long"),
    pytest.param("week=3", 422, "PF724", id="unknown parameter"),
    pytest.param("seed=1&seed=2", 422, "PF724", id="a parameter twice"),
    pytest.param("as_of=soon", 422, "PF730", id="no day"),
    pytest.param("as_of=1899-12-31", 422, "PF730", id="before all days"),
    pytest.param("known_at=2022-08-31", 422, "PF730", id="no moment"),
    pytest.param("known_at=2099-01-01T00:00:00Z", 422, "PF730", id="a moment to come"),
    pytest.param("as_of=2022-01-01", 404, "PF720", id="before the framework"),
    pytest.param("known_at=2021-01-01T00:00:00Z", 404, "PF720", id="before the ledger"),
]


@pytest.mark.parametrize(("query", "status", "code"), WRONG)
def test_what_is_wrong_is_refused(told: World, query: str, status: int, code: str) -> None:
    problem(told.get(f"/v1/pdus/york/forecast?{query}"), status, code)


@pytest.mark.parametrize("pdu", ["yorc", "York", "leeds", "north"])
def test_a_unit_that_is_not_there_is_refused(told: World, pdu: str) -> None:
    problem(told.get(f"/v1/pdus/{pdu}/forecast?{QUICK}"), 404, "PF720")


def test_it_is_asked_for_and_not_sent(told: World) -> None:
    problem(told.post(f"/v1/pdus/york/forecast?{QUICK}", {}), 405, "PF721")


def test_the_description_has_it(told: World) -> None:
    call = told.get("/openapi.json").json()["paths"]["/v1/pdus/{pdu}/forecast"]["get"]
    assert call["operationId"] == "pdu_forecast"
    names = [one["name"] for one in call["parameters"]]
    assert names == ["pdu", "as_of", "known_at", "weeks", "futures", "seed", "version"]
    assert "503" in call["responses"]
    assert json.dumps(call)
