from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from api.http import health
from api.http.app import create_app
from api.http.settings import SettingsError, read_settings
from rules.problems import Place, Problem, StoreError
from tests.http.issuer import Issuer
from tests.http.kit import Service, app_of, ask, problem

UNREADY = Problem("PF701", "db.internal cannot be reached.", Place("ledger"), "Ask the operator.")


def test_it_lives_whatever_else() -> None:
    service = Service()
    service.faults = [UNREADY]
    answer = ask(app_of(service=service), "GET", "/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert service.calls == []


def test_it_is_ready_when_nothing_is_wrong() -> None:
    app = app_of()
    assert ask(app, "GET", "/health/ready").json() == {"status": "ready"}
    assert "prioritise_ready 1.0" in ask(app, "GET", "/metrics").text


def test_it_is_not_ready_and_says_why_to_those_who_may_know() -> None:
    service = Service()
    service.faults = [UNREADY]
    app = app_of(service=service)
    answer = ask(app, "GET", "/health/ready")
    told = problem(answer, 503, "PF733")
    assert told["problems"][0]["message"] == "db.internal cannot be reached."
    assert "retry-after" in answer.headers
    assert "prioritise_ready 0.0" in ask(app, "GET", "/metrics").text


def test_others_are_told_the_code_only(tmp_path: Path) -> None:
    issuer, service = Issuer(), Service()
    service.faults = [UNREADY]
    app = app_of(issuer.settings(tmp_path), service)
    for header in ({}, issuer.bearer("hq"), {"Authorization": "Bearer nonsense"}):
        answer = ask(app, "GET", "/health/ready", headers=header)
        assert [one["code"] for one in problem(answer, 503, "PF733")["problems"]] == ["PF701"]
        assert "internal" not in answer.text
    operator = ask(app, "GET", "/health/ready", headers=issuer.bearer("operator"))
    assert "db.internal" in operator.text


def test_health_can_be_kept_from_the_public(tmp_path: Path) -> None:
    issuer = Issuer()
    app = app_of(issuer.settings(tmp_path, public_health=False))
    for path in ("/health/live", "/health/ready"):
        problem(ask(app, "GET", path), 401, "PF727")
        problem(ask(app, "GET", path, headers=issuer.bearer("hq")), 403, "PF728")
        assert ask(app, "GET", path, headers=issuer.bearer("operator")).status_code == 200


def test_a_ledger_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stuck(Service):
        def problems(self) -> Sequence[Problem]:
            time.sleep(0.5)
            return []

    monkeypatch.setattr(health, "_LOOKS", 0.05)
    told = problem(ask(app_of(service=Stuck()), "GET", "/health/ready"), 503, "PF733")
    assert told["problems"][0]["code"] == "PF731"


@pytest.mark.parametrize(("error", "code"), [(StoreError([UNREADY]), "PF701"), (RuntimeError("x"), "PF726")])
def test_a_look_that_fails_is_told(error: Exception, code: str) -> None:
    class Broken(Service):
        def problems(self) -> Sequence[Problem]:
            raise error

    answer = ask(app_of(service=Broken()), "GET", "/health/ready")
    if code == "PF726":
        problem(answer, 500, code)
    else:
        assert problem(answer, 503, "PF733")["problems"][0]["code"] == code


def test_info_tells_versions_and_documents() -> None:
    told = ask(app_of(), "GET", "/info").json()
    assert told["open"] is True
    assert told["documents"] == {"plan/v1.yaml": "sha256:0"}
    assert told["time_zone"] == "Europe/London"
    assert told["libraries"]["durable-rules"]


@pytest.mark.parametrize("path", ["/info", "/metrics"])
def test_operators_only(tmp_path: Path, path: str) -> None:
    issuer = Issuer()
    app = app_of(issuer.settings(tmp_path))
    problem(ask(app, "GET", path), 401, "PF727")
    for role in ("viewer", "pdu-head", "regional-director", "hq"):
        problem(ask(app, "GET", path, headers=issuer.bearer(role)), 403, "PF728")
    answer = ask(app, "GET", path, headers=issuer.bearer("operator"))
    assert answer.status_code == 200
    if path == "/info":
        assert answer.json()["open"] is False


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/info", "/metrics", "/openapi.json"])
def test_operations_are_strict_too(path: str) -> None:
    app = app_of()
    problem(ask(app, "GET", f"{path}?x=1"), 422, "PF724")
    problem(ask(app, "POST", path), 405, "PF721")


def test_what_the_state_counts_is_told() -> None:
    app = app_of()
    metrics = app.state.metrics
    metrics.decided("amber", 3)
    metrics.stale(7)
    metrics.loaded(1234.0)
    problem(ask(app, "GET", "/v1/errors/PF900"), 503, "PF900")
    text = ask(app, "GET", "/metrics").text
    for line in (
        'prioritise_decisions_total{status="amber"} 3.0',
        "prioritise_stale_units 7.0",
        "prioritise_loaded_seconds 1234.0",
        "prioritise_disagreements_total 1.0",
    ):
        assert line in text.splitlines()


def test_apps_count_apart() -> None:
    one, another = app_of(), app_of()
    one.state.metrics.decided("amber")
    assert "amber" not in ask(another, "GET", "/metrics").text


def test_an_app_beyond_loopback_is_not_even_made() -> None:
    settings = read_settings().model_copy(update={"host": "0.0.0.0"})
    with pytest.raises(SettingsError) as error:
        create_app(settings)
    assert error.value.problems[0].code == "PF734"


def test_an_app_without_anything_to_serve_is_not_ready() -> None:
    app = create_app(read_settings(access_log=False))
    assert problem(ask(app, "GET", "/health/ready"), 503, "PF733")["problems"][0]["code"] == "PF733"


def lifespan(app: Any) -> list[dict[str, Any]]:
    """What a server is told when an app starts and stops."""
    given = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    told: list[dict[str, Any]] = []

    async def receive() -> Any:
        return given.pop(0)

    async def send(message: Any) -> None:
        told.append(message)

    asyncio.run(app({"type": "lifespan", "asgi": {}, "state": {}}, receive, send))
    return told


def test_starting_and_stopping(tmp_path: Path) -> None:
    service = Service()
    app = app_of(Issuer().settings(tmp_path), service)
    assert [message["type"] for message in lifespan(app)] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert service.calls == ["start", "stop"]


def test_a_start_that_fails_is_told_without_a_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    service = Service()
    service.refuses_to_start = True
    with pytest.raises(StoreError):
        lifespan(app_of(service=service))
    logged = capfd.readouterr().err
    assert '"PF701"' in logged
    assert "Traceback" not in logged


def test_the_description_is_whole() -> None:
    document = ask(app_of(), "GET", "/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"Problem", "Fault", "Place"} <= document["components"]["schemas"].keys()
    assert "HTTPValidationError" not in str(document)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["operationId"], where
            assert {"422", "429", "500", "503"} <= operation["responses"].keys(), where
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], where
            if "requestBody" in operation:
                assert {"408", "413", "415"} <= operation["responses"].keys(), where


def test_no_page_of_the_description_fetches_scripts_from_elsewhere() -> None:
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        problem(ask(app_of(), "GET", path), 404, "PF720")


def test_the_description_can_name_the_address_of_the_service() -> None:
    app = app_of(read_settings(public_url="https://prioritise.test", access_log=False))
    assert ask(app, "GET", "/openapi.json").json()["servers"] == [{"url": "https://prioritise.test"}]
