from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from reports.compare import with_sentences
from rules.library import take_texts
from tests.http.kit import problem
from tests.http.world import LOADER, World

PATH = "/v1/frameworks"
VERSION = f"{PATH}/plan/versions/v1"
COMPARE = f"{PATH}/plan/compare"


def test_all_frameworks(still: World) -> None:
    answer = still.get(PATH)
    (plan,) = answer.json()["frameworks"]
    assert (plan["id"], plan["in_force"], plan["decided"]) == ("plan", "v1", True)
    days = [(one["version"], one["effective"], one["last_day"]) for one in plan["versions"]]
    assert days == [("v1", "2022-08-01", "2022-09-04"), ("v2", "2022-09-05", None)]
    assert still.get(f"{PATH}/plan").json() == plan
    assert still.get(PATH, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_the_version_in_force_changes_with_the_day(world: World) -> None:
    world.clock.pass_days(10)
    assert world.get(f"{PATH}/plan").json()["in_force"] == "v2"


@pytest.mark.parametrize(
    "accept", [None, "*/*", "application/json", "application/*;q=0.5, application/yaml;q=0.1"]
)
def test_a_version_as_json(still: World, accept: str | None) -> None:
    answer = still.get(VERSION, headers={} if accept is None else {"Accept": accept})
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert (told["framework"], told["version"], told["file"]) == ("plan", "v1", "plan/v1.yaml")
    assert told["document"]["returns"]["grace"] == "0 days"  # a default, written out
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("accept", ["application/yaml", "application/yaml, application/json;q=0.9"])
def test_a_version_as_its_author_wrote_it(still: World, accept: str) -> None:
    answer = still.get(VERSION, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/yaml"
    assert answer.content == Path(still.policy, "plan/v1.yaml").read_bytes()
    assert yaml.safe_load(answer.text)["version"] == "v1"
    tag = answer.headers["etag"]
    assert still.get(VERSION, headers={"Accept": accept, "If-None-Match": tag}).status_code == 304
    assert still.get(VERSION).headers["etag"] != tag


def test_the_hash_is_the_one_that_decisions_name(still: World) -> None:
    decision = still.get("/v1/pdus/york/decision").json()
    assert still.get(VERSION).json()["sha256"] == decision["framework"]["sha256"]


@pytest.mark.parametrize("accept", ["text/html", "application/pdf", "application/json;q=0", "x", "text/*"])
def test_a_form_that_there_is_not(still: World, accept: str) -> None:
    problem(still.get(VERSION, headers={"Accept": accept}), 406, "PF732")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{PATH}/paln", 404, "PF720"),
        (f"{PATH}/{'a' * 3000}", 404, "PF720"),
        (f"{PATH}/%00", 404, "PF720"),
        (f"{PATH}/plan/versions/v3", 404, "PF720"),
        (f"{PATH}/paln/versions/v1", 404, "PF720"),
        (f"{PATH}/plan/versions/..%2Forganisation.yaml", 404, "PF720"),
        (f"{PATH}/plan/versions", 404, "PF720"),
        (f"{PATH}?x=1", 422, "PF724"),
        (f"{VERSION}?format=yaml", 422, "PF724"),
        (COMPARE, 422, "PF724"),
        (f"{COMPARE}?from=v1", 422, "PF724"),
        (f"{COMPARE}?from=v1&to=v9", 422, "PF724"),
        (f"{COMPARE}?from=&to=v2", 422, "PF724"),
        (f"{COMPARE}?from=v1&to=v2&to=v1", 422, "PF724"),
        (f"{COMPARE}?from=v1&to={'v' * 81}", 422, "PF724"),
        (f"{PATH}/paln/compare?from=v1&to=v2", 404, "PF720"),
    ],
)
def test_what_cannot_be_answered(still: World, path: str, status: int, code: str) -> None:
    problem(still.get(path), status, code)


def test_what_was_probably_meant_is_told(still: World) -> None:
    assert "Did you mean plan?" in still.get(f"{PATH}/paln").json()["detail"]
    told = still.get(f"{COMPARE}?from=v1&to=v22").json()
    assert (told["problems"][0]["path"], told["problems"][0]["hint"]) == ("/to", "Did you mean v2?")


def test_two_versions_compared(still: World) -> None:
    answer = still.get(f"{COMPARE}?from=v1&to=v2")
    told = answer.json()
    assert told["verdict"]["effect"] == "tightens"
    change = next(one for one in told["changes"] if one["path"].endswith("low.default"))
    assert (change["before"], change["after"], change["effect"]) == ("90", "85", "tightens")
    assert "90" in change["sentence"]
    headers = {"If-None-Match": answer.headers["etag"]}
    assert still.get(f"{COMPARE}?from=v1&to=v2", headers=headers).status_code == 304


def test_a_comparison_with_itself_has_nothing_to_tell(still: World) -> None:
    assert still.get(f"{COMPARE}?from=v1&to=v1").json()["changes"] == []


def test_a_comparison_is_made_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.http.routes import frameworks

    made = []

    def counted(*given: Any) -> dict[str, Any]:
        made.append(1)
        return with_sentences(*given)

    monkeypatch.setattr(frameworks, "_comparisons", frameworks._Comparisons())
    monkeypatch.setattr(frameworks, "with_sentences", counted)
    answers = world.at_once([("GET", f"{COMPARE}?from=v1&to=v2", {})] * 4)
    assert len({answer.content for answer in answers}) == 1
    assert len(made) == 1


def test_other_documents_are_told_once_they_are_in_force(world: World) -> None:
    path = Path(world.policy, "plan/v1.yaml")
    path.write_text(path.read_text().replace("title: A plan", "title: A better plan"))
    assert world.get(VERSION).json()["title"] == "A plan"
    world.ledger.adopt(take_texts(world.policy), LOADER)
    assert world.get(VERSION).json()["title"] == "A better plan"
    assert json.loads(world.get(PATH).content)["frameworks"][0]["versions"][0]["title"] == "A better plan"
