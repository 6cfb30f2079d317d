from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.canonical import canonical_bytes, decision_id
from engine.decision_schema import decision_schema
from rules.library import take_texts
from tests.http.kit import problem
from tests.http.world import LOADER, World, a_return
from tests.reports.pdf_kit import conforms
from tests.small_policy import FIRST

NOTHING = "sha256:" + "0" * 64


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """York: green on 8 August, Amber from 22 August, corrected to green again; nothing of Kent."""
    with World(tmp_path_factory.mktemp("told")) as made:
        made.moments = []  # type: ignore[attr-defined]
        for day, staff in [("2022-08-08", 10), ("2022-08-15", 5), ("2022-08-22", 5), ("2022-08-22", 10)]:
            answer = made.post("/v1/returns", a_return(as_of=day, staff=staff)).json()
            made.moments.append(answer["recorded_at"])  # type: ignore[attr-defined]
        yield made


def moment(told: World, index: int) -> str:
    found: str = told.moments[index]  # type: ignore[attr-defined]
    return found


# In force ----------------------------------------------------------------------------------------------------------


def test_the_decision_is_canonical_and_is_what_its_id_says(told: World) -> None:
    answer = told.get("/v1/pdus/york/decision")
    decision = answer.json()
    jsonschema.Draft202012Validator(decision_schema()).validate(decision)
    assert answer.content == canonical_bytes(decision)
    assert decision["id"] == decision_id(decision)
    assert decision["status"] == "green"
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("query", "status", "asked"),
    [
        ({"as_of": "2022-08-08"}, "green", {"as_of": "2022-08-08", "known_at": None}),
        ({"as_of": "2022-08-01"}, "indeterminate", {"as_of": "2022-08-01", "known_at": None}),
        ({"as_of": "2022-12-31"}, "indeterminate", {"as_of": "2022-12-31", "known_at": None}),
        ({"as_of": "9800-12-31"}, "indeterminate", {"as_of": "9800-12-31", "known_at": None}),
        ({"known_at": 2}, "amber", {"as_of": None}),
        ({"known_at": 1}, "indeterminate", {"as_of": None}),
        ({"known_at": 2, "as_of": "2022-08-21"}, "green", {"as_of": "2022-08-21"}),
        ({"known_at": 0, "as_of": "2022-08-29"}, "indeterminate", {"as_of": "2022-08-29"}),
    ],
)
def test_as_at_a_day_and_as_known_at_a_moment(
    told: World, query: dict[str, Any], status: str, asked: dict[str, Any]
) -> None:
    if "known_at" in query:
        query = query | {"known_at": moment(told, query["known_at"])}
        asked = asked | {"known_at": query["known_at"]}
    decision = told.get("/v1/pdus/york/decision", params=query).json()
    assert (decision["status"], decision["asked"]) == (status, asked)


def test_the_same_is_not_sent_twice(told: World) -> None:
    tag = told.get("/v1/pdus/york/decision").headers["etag"]
    answer = told.get("/v1/pdus/york/decision", headers={"If-None-Match": f'"x", W/{tag}'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert told.get("/v1/pdus/york/decision", headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("atlantis/decision", 404, "PF720"),
        ("%00/decision", 404, "PF720"),
        ("y%20ork/decision", 404, "PF720"),
        ("leeds/decision", 404, "PF720"),
        ("york/decision?as_of=2022-07-31", 404, "PF720"),
        ("york/decision?as_of=1900-01-01", 404, "PF720"),
        ("york/decision?as_of=1899-12-31", 422, "PF730"),
        ("york/decision?as_of=9999-12-31", 422, "PF730"),
        ("york/decision?as_of=0001-01-01", 422, "PF730"),
        ("york/decision?as_of=2022-02-30", 422, "PF730"),
        ("york/decision?as_of=today", 422, "PF730"),
        ("york/decision?as_of=", 422, "PF730"),
        ("york/decision?as_of=2022-08-08&as_of=2022-08-09", 422, "PF724"),
        ("york/decision?asof=2022-08-08", 422, "PF724"),
        ("york/decision?known_at=yesterday", 422, "PF730"),
        ("york/decision?known_at=2022-08-08", 422, "PF730"),
        ("york/decision?known_at=2099-01-01T00:00:00Z", 422, "PF730"),
        ("york/decision?known_at=2000-01-01T00:00:00Z", 404, "PF720"),
        ("atlantis/decisions", 404, "PF720"),
        ("york/decisions?after=x", 422, "PF729"),
        ("york/decisions?limit=0", 422, "PF724"),
        ("york/decisions?limit=1001", 422, "PF724"),
        ("york/decisions?limit=-1", 422, "PF724"),
        ("york/decisions?limit=x", 422, "PF724"),
        ("york/decisions?known_at=x", 422, "PF730"),
        ("atlantis/history", 404, "PF720"),
        ("york/history?from=x", 422, "PF730"),
        ("york/history?until=x", 422, "PF730"),
        ("york/history?from=2022-08-30&until=2022-08-29", 422, "PF730"),
        ("york/history?from=2023-01-01", 422, "PF730"),
        ("york/history?from=1899-01-01", 422, "PF730"),
        ("york/history?until=1900-01-01", 200, ""),
        ("york/history?until=9800-12-31", 200, ""),
    ],
)
def test_what_cannot_be_answered(told: World, path: str, status: int, code: str) -> None:
    answer = told.get(f"/v1/pdus/{path}")
    if status == 200:
        assert answer.status_code == 200
    else:
        problem(answer, status, code)


# Past ones ---------------------------------------------------------------------------------------------------------


def test_the_decisions_of_a_pdu_in_pages(told: World) -> None:
    whole = told.get("/v1/pdus/york/decisions").json()
    assert (whole["pdu"], whole["next"]) == ("york", None)
    kept = [(one["as_of"], one["status"]) for one in whole["decisions"]]
    assert ("2022-08-22", "green") in kept
    assert ("2022-08-22", "amber") in kept
    found: list[Any] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = told.get("/v1/pdus/york/decisions", params=query).json()
        found += page["decisions"]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert found == whole["decisions"]
    assert [one["recorded_at"] for one in found] == sorted(one["recorded_at"] for one in found)


def test_the_decisions_as_they_were_known(told: World) -> None:
    params = {"known_at": moment(told, 1)}
    earlier = told.get("/v1/pdus/york/decisions", params=params).json()["decisions"]
    whole = told.get("/v1/pdus/york/decisions").json()["decisions"]
    assert earlier == whole[: len(earlier)]
    assert 0 < len(earlier) < len(whole)


def test_a_pdu_of_which_nothing_is_known_has_no_decisions(told: World) -> None:
    assert told.get("/v1/pdus/kent/decisions").json() == {"pdu": "kent", "decisions": [], "next": None}
    assert told.get("/v1/pdus/kent/decision").json()["status"] == "indeterminate"


def test_a_cursor_serves_one_pdu(told: World) -> None:
    cursor = told.get("/v1/pdus/york/decisions", params={"limit": 1}).json()["next"]
    problem(told.get("/v1/pdus/kent/decisions", params={"after": cursor}), 422, "PF729")


def test_the_status_over_time(told: World) -> None:
    now = told.get("/v1/pdus/york/history", params={"from": "2022-08-10", "until": "2022-08-25"}).json()
    assert [(one["first"], one["last"], one["status"]) for one in now["stretches"]] == [
        ("2022-08-10", "2022-08-25", "green")
    ]
    params = {"from": "2022-08-10", "known_at": moment(told, 2)}
    then = told.get("/v1/pdus/york/history", params=params).json()
    assert [(one["first"], one["last"], one["status"]) for one in then["stretches"]] == [
        ("2022-08-10", "2022-08-21", "green"),
        ("2022-08-22", "2022-08-31", "amber"),
    ]
    for one in then["stretches"]:
        assert told.get(f"/v1/decisions/{one['decision']}").json()["status"] == one["status"]


# By id -------------------------------------------------------------------------------------------------------------


def test_a_decision_by_its_id_is_for_ever(told: World) -> None:
    for short in told.get("/v1/pdus/york/decisions").json()["decisions"]:
        answer = told.get(f"/v1/decisions/{short['decision']}")
        decision = answer.json()
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert decision_id(decision) == decision["id"] == short["decision"]
        assert decision["asked"] == {"as_of": None, "known_at": None}
        assert decision["decided_at"] == short["recorded_at"]
        headers = {"If-None-Match": answer.headers["etag"]}
        again = told.get(f"/v1/decisions/{short['decision']}", headers=headers)
        assert (again.status_code, again.headers["cache-control"]) == (304, answer.headers["cache-control"])


def test_a_decision_made_for_a_question_only_is_not_kept(told: World) -> None:
    fresh = told.get("/v1/pdus/york/decision", params={"as_of": "2022-12-31"}).json()
    assert fresh["decided_at"] is None
    problem(told.get(f"/v1/decisions/{fresh['id']}"), 404, "PF720")


@pytest.mark.parametrize("id_", [NOTHING, "x", "sha256:", "%00", "😀", "a" * 3000, "sha256:%27%20OR%201=1--"])
@pytest.mark.parametrize("what", ["", "/report", "/report?format=text"])
def test_there_is_no_such_decision(told: World, id_: str, what: str) -> None:
    problem(told.get(f"/v1/decisions/{id_}{what}"), 404, "PF720")


# In words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kind", "begins"),
    [
        ("", "text/html; charset=utf-8", "<!doctype html>"),
        ("?format=html", "text/html; charset=utf-8", "<!doctype html>"),
        ("?format=text", "text/plain; charset=utf-8", "York: Green"),
        ("?format=markdown", "text/markdown; charset=utf-8", "# York"),
    ],
)
def test_a_report_in_each_form(told: World, query: str, kind: str, begins: str) -> None:
    id_ = told.get("/v1/pdus/york/decision").json()["id"]
    answer = told.get(f"/v1/decisions/{id_}/report{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.text.lower().startswith(begins.lower())
    csp = answer.headers["content-security-policy"]
    assert ("style-src 'unsafe-inline'" in csp) == kind.startswith("text/html")
    assert "script" not in csp
    same = told.get(f"/v1/decisions/{id_}/report{query}", headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [("format=PDF", 422, "PF724"), ("format=docx", 422, "PF724"), ("format=", 422, "PF724"),
     ("form=html", 422, "PF724"), ("format=html&format=text", 422, "PF724")],
)  # fmt: skip
def test_a_form_that_there_is_not(told: World, query: str, status: int, code: str) -> None:
    id_ = told.get("/v1/pdus/york/decision").json()["id"]
    problem(told.get(f"/v1/decisions/{id_}/report?{query}"), status, code)


def test_a_report_as_pdf(told: World) -> None:
    id_ = told.get("/v1/pdus/york/decision").json()["id"]
    path = f"/v1/decisions/{id_}/report?format=pdf"
    answer = told.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    pdf = conforms(answer.content)
    text = told.get(f"/v1/decisions/{id_}/report?format=text").text
    assert pdf.headings()[0][1] == text.partition("\n")[0]
    assert any("change the status" in heading for _, heading in pdf.headings())
    assert told.get(path).content == answer.content
    same = told.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert told.ask("HEAD", path).headers["content-length"] == str(len(answer.content))


def test_a_reason_with_odd_signs_and_markup_is_set_as_it_is(world: World) -> None:
    reason = 'Flooded \U0001f600 #panic("x") $1$ @a *b*'
    given = {"pdu": "york", "from": "2022-08-31", "reason": reason}
    told = world.post("/v1/suspensions", given).json()
    path = f"/v1/decisions/{told['decisions'][0]['decision']}/report?format=pdf"
    pdf = conforms(world.get(path).content)
    assert pdf.says('Flooded [U+1F600] #panic("x") $1$ @a *b*')


def test_a_reason_can_write_nothing_into_the_page(world: World) -> None:
    given = {"pdu": "york", "from": "2022-08-31", "reason": "<script>alert(1)</script>"}
    told = world.post("/v1/suspensions", given).json()
    page = world.get(f"/v1/decisions/{told['decisions'][0]['decision']}/report").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page.lower()


def test_a_report_uses_the_words_of_its_own_time(world: World) -> None:
    told = world.post("/v1/returns", a_return(staff=5)).json()
    path = f"/v1/decisions/{told['decisions'][0]['decision']}/report?format=text"
    before = world.get(path).text
    assert "Fewer visits." in before
    changed = FIRST.replace("by: director", "by: regional-director").replace(
        "Fewer visits.", "No visits at all."
    )
    Path(world.policy, "plan/v1.yaml").write_text(changed)
    assert world.ledger.adopt(take_texts(world.policy), LOADER) is not None
    assert world.get(path).text == before
    now = world.get("/v1/pdus/york/decision").json()["id"]
    assert "No visits at all." in world.get(f"/v1/decisions/{now}/report?format=text").text


def test_nothing_asked_is_recorded(told: World) -> None:
    before = told.head()
    for path in ("decision", "decision?as_of=2025-01-01", "decisions", "history"):
        assert told.get(f"/v1/pdus/york/{path}").status_code == 200
    assert told.head() == before
    assert json.loads(told.get("/v1/pdus/york/status").content)["decision"]
