"""`/distance`: asked as at a day and as known at a moment, and in the report of a decision; what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.http.models.distance import Distance
from tests.http.kit import problem
from tests.http.reads import past_weeks
from tests.http.world import World, files

PLAIN, LEVERED = (
    "in_post: {decimals: 1, per: grade, minimum: 0}",
    "in_post: {decimals: 1, per: grade, minimum: 0, lever: {step: 0.5}}",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """York is Amber since 29 August, as was recorded on 30 August; Hull and Kent are green."""
    changes = {name: text.replace(PLAIN, LEVERED) for name, text in files().items()}
    assert changes != files()
    with past_weeks(tmp_path_factory.mktemp("distance"), changes=changes) as made:
        made.get("/v1/statuses")
        yield made


def ask(world: World, query: str = "", pdu: str = "york") -> dict[str, Any]:
    answer = world.get(f"/v1/pdus/{pdu}/distance?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    Distance.model_validate(told)
    return told


def test_an_answer(world: World) -> None:
    told = ask(world)
    assert (told["pdu"], told["as_of"], told["status"]) == ("york", "2022-08-31", "amber")
    assert told["decision"] == world.get("/v1/pdus/york/status").json()["decision"]
    (back,) = told["targets"]
    assert (back["status"], back["direction"], back["without_change"]) == ("green", "less_severe", None)
    first = back["levers"][0]
    assert (first["input"], first["from"], first["to"], first["reaches"]) == ("in_post[PO]", "5", "9", True)
    begins = [one["on"] for one in told["assumptions"] if one["code"] == "version_begins"]
    assert begins == ["2022-09-05"], "the next version is known already"


def test_an_earlier_day_and_an_earlier_moment(world: World) -> None:
    assert ask(world, "as_of=2022-08-22")["targets"][0]["direction"] == "more_severe"
    known = ask(world, "as_of=2022-08-29&known_at=2022-08-29T09:00:00Z")
    assert known["status"] == "green", "the return of the 29th came on the 30th"
    assert ask(world, "as_of=2022-12-01")["because"][0]["code"] == "stale"


def test_the_same_bytes_need_not_be_sent_again(world: World) -> None:
    first = world.get("/v1/pdus/york/distance")
    again = world.get("/v1/pdus/york/distance", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("yorc/distance", 404, "PF720"),
        ("york/distance?as_of=2022-13-01", 422, "PF730"),
        ("york/distance?as_of=1800-01-01", 422, "PF730"),
        ("york/distance?known_at=2999-01-01T00:00:00Z", 422, "PF730"),
        ("york/distance?as_of=2022-07-01", 404, "PF720"),
        ("york/distance?lever=in_post", 422, "PF724"),
        ("leeds/distance", 404, "PF720"),
    ],
)
def test_refused(world: World, path: str, status: int, code: str) -> None:
    problem(world.get(f"/v1/pdus/{path}"), status, code)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_report_of_a_decision_has_the_section(world: World, form: str) -> None:
    decision = world.get("/v1/pdus/york/status").json()["decision"]
    page = world.get(f"/v1/decisions/{decision}/report?format={form}").text
    assert "What would change the status" in page
    assert "4 more (5 to 9)" in " ".join(page.split()).replace("\\", "")
