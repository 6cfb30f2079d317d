"""`GET /v1/insights`: figures of what the ledger holds, and what is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.kit import problem
from tests.http.reads import past_weeks
from tests.http.world import World

VIEW = """\
format: 1
framework: plan
view: posts
title: Posts
figures:
  vacant: {title: Vacant, unit: FTE, decimals: 1, formula: required - in_post}
  rate: {title: Vacancy rate, unit: percent, decimals: 1, formula: 100 * (required - in_post) / required}
by: [region]
"""
POINTS = "format: 1\nframework: plan\nview: work\ntitle: Work\nfigures: {points: {formula: points}}\n"


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    changes = {"plan/views/posts.yaml": VIEW, "plan/views/work.yaml": POINTS}
    with past_weeks(tmp_path_factory.mktemp("insights"), changes=changes) as made:
        yield made


def view_of(world: World, query: str) -> dict[str, Any]:
    answer = world.get(f"/v1/insights?view=posts{query}")
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["views"]
    told: dict[str, Any] = found
    return told


def rates(world: World, query: str) -> dict[str, str | None]:
    return {
        "/".join(str(row[key]) for key in ("region", "pdu", "member") if row[key]): row["figures"]["rate"][
            "value"
        ]
        for row in view_of(world, query)["rows"]
    }


# What is told --------------------------------------------------------------------------------------------------------


def test_regions_as_known_today(weeks: World) -> None:
    # York has 15 of 20 posts filled, and Hull 20 of 20: 12.5% of the region
    assert rates(weeks, "") == {"north": "12.5", "south": "0.0"}
    cell = view_of(weeks, "&by=pdu")["rows"][1]["figures"]["rate"]
    assert cell == {
        "value": "25.0", "of_known": "25.0", "units": 1, "missing": 0, "because": None, "carried": 0, "assumed": 0,
        "region": {"value": "12.5", "of_known": "12.5"}, "country": {"value": "8.3", "of_known": "8.3"},
    }  # fmt: skip


def test_by_a_list_and_for_some(weeks: World) -> None:
    assert rates(weeks, "&by=grade") == {"PO": "16.7", "PSO": "0.0"}
    assert rates(weeks, "&pdu=york&pdu=kent") == {"north/york": "25.0", "south/kent": "0.0"}
    assert rates(weeks, "&region=south&by=grade") == {"south/PO": "0.0", "south/PSO": "0.0"}


def test_as_at_a_day_and_as_known_at_a_moment(weeks: World) -> None:
    # Kent sent nothing for 22 August, and its figures of a week before are still good
    assert rates(weeks, "&as_of=2022-08-22") == {"north": "12.5", "south": "0.0"}
    # on 29 August nobody knew yet of that day; the newest returns are of 22 August, Kent's of 15 August
    assert rates(weeks, "&as_of=2022-08-29&known_at=2022-08-29T00:00:00Z") == {
        "north": "12.5",
        "south": "0.0",
    }
    gone = view_of(weeks, "&as_of=2022-08-30&known_at=2022-08-29T00:00:00Z")
    assert gone["rows"][1]["figures"]["rate"]["missing"] == 1
    assert gone["missing"] == [{"pdu": "kent", "because": "stale", "inputs": []}]


def test_week_by_week(weeks: World) -> None:
    told = view_of(weeks, "&weeks=3&as_of=2022-08-29&by=region")
    assert [(row["region"], row["day"], row["figures"]["vacant"]["value"]) for row in told["rows"]] == [
        ("north", "2022-08-15", "0.0"), ("north", "2022-08-22", "5.0"), ("north", "2022-08-29", "5.0"),
        ("south", "2022-08-15", "0.0"), ("south", "2022-08-22", "0.0"), ("south", "2022-08-29", "0.0"),
    ]  # fmt: skip


def test_a_correction_counts_and_the_past_stays(tmp_path: Path) -> None:
    with past_weeks(tmp_path, changes={"plan/views/posts.yaml": VIEW}) as world:
        before = rates(world, "&by=pdu")
        assert world.post("/v1/returns", _return("york", 9)).status_code == 201
        assert rates(world, "&by=pdu")["north/york"] == "5.0"
        assert before["north/york"] == "25.0"
        assert rates(world, "&by=pdu&known_at=2022-08-31T09:00:00Z") == before


def _return(pdu: str, staff: int) -> dict[str, Any]:
    figures = {"required": {"PO": 10, "PSO": 10}, "in_post": {"PO": staff, "PSO": 10}, "points": 1}
    return {"pdu": pdu, "as_of": "2022-08-29", **figures}


def test_csv_and_tags(weeks: World) -> None:
    answer = weeks.get("/v1/insights?view=posts&by=grade", headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(line["grade"], line["figure"], line["value"]) for line in lines] == [
        ("PO", "vacant", "5.0"), ("PO", "rate", "16.7"), ("PSO", "vacant", "0.0"), ("PSO", "rate", "0.0"),
    ]  # fmt: skip
    tag = answer.headers["etag"]
    same = weeks.get("/v1/insights?view=posts&by=grade", headers={"accept": "text/csv", "if-none-match": tag})
    assert same.status_code == 304


def test_an_empty_ledger_knows_nothing(tmp_path: Path) -> None:
    with World(tmp_path, changes={"plan/views/posts.yaml": VIEW}) as world:
        assert set(rates(world, "").values()) == {None}
        assert {one["because"] for one in view_of(world, "")["missing"]} == {"no_return"}


def test_without_views_there_is_nothing_to_tell(still: World) -> None:
    assert still.get("/v1/insights").json()["views"] == []


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("view=post", "PF724", "plan has no view post. Did you mean posts?"),
        ("by=regon", "PF724", "Nothing can be split by regon."),
        ("by=tag", "PF724", "No PDU has tags"),
        ("view=work&by=grade", "PF724", "No figure of work can be split by grade"),
        ("pdu=yorc", "PF724", "There is no PDU yorc."),
        ("region=west", "PF724", "There is no region west."),
        ("pdu=york&region=south", "PF724", "york is no PDU of south."),
        ("weeks=0", "PF724", "weeks"),
        ("weeks=521", "PF724", "weeks"),
        ("weeks=two", "PF724", "weeks"),
        ("weeks=3&weeks=4", "PF724", "given twice"),
        ("weeks=3&from=2022-08-01", "PF724", "not both"),
        ("from=2022-09-09", "PF724", "is after the last"),
        ("from=1899-01-01", "PF730", "from"),
        ("from=soon", "PF730", "from"),
        ("as_of=2022-02-30", "PF730", "There is no day 2022-02-30."),
        ("known_at=2099-01-01T00:00:00Z", "PF730", "future"),
        ("views=posts", "PF724", "views is no parameter of this call."),
        ("by=", "PF724", "Nothing can be split by"),
        ("view=" + "x" * 3000, "PF724", "plan has no view"),
    ],
)
def test_what_is_wrong_is_refused(weeks: World, query: str, code: str, said: str) -> None:
    told = problem(weeks.get(f"/v1/insights?{query}"), 422, code)
    assert said in told["detail"]
    assert len(told["detail"]) < 600


def test_a_moment_before_everything(weeks: World) -> None:
    problem(weeks.get("/v1/insights?known_at=2000-01-01T00:00:00Z"), 404, "PF720")


def test_another_form(weeks: World) -> None:
    problem(weeks.get("/v1/insights", headers={"accept": "text/html"}), 406, "PF732")


def test_too_much_at_once(weeks: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.routes.insights.MOST_FIGURES", 100)
    told = problem(weeks.get("/v1/insights?by=pdu&weeks=100"), 422, "PF724")
    assert "at most 100 are told at once" in told["detail"]


def test_views_with_faults(tmp_path: Path) -> None:
    """They keep nobody from deciding; who asks for figures is told that it is not their fault."""
    with past_weeks(
        tmp_path, changes={"plan/views/posts.yaml": VIEW.replace("in_post}", "in_pots}")}
    ) as world:
        told = problem(world.get("/v1/insights"), 503, "PF741")
        assert told["problems"] == []
        assert world.get("/v1/statuses").status_code == 200
