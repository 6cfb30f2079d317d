"""The description of the API: whole, true, and good enough that a client made from it works."""

from __future__ import annotations

import datetime
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute

from tests.http.issuer import Issuer
from tests.http.kit import serving
from tests.http.world import World, a_return

PUBLIC = {"/health/live", "/health/ready"}


@pytest.fixture(scope="module")
def told(still: World) -> dict[str, Any]:
    found: dict[str, Any] = still.get("/openapi.json").json()
    return found


def operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from refs(value)


def test_it_is_openapi_3_1(told: dict[str, Any]) -> None:
    assert told["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(told).validate()


def test_every_reference_leads_somewhere(told: dict[str, Any]) -> None:
    for ref in set(refs(told)):
        assert ref.startswith("#/components/schemas/")
        assert ref.rpartition("/")[2] in told["components"]["schemas"], ref


def test_every_route_is_described_and_named_once(still: World, told: dict[str, Any]) -> None:
    routes = {
        (method.lower(), route.path)
        for route in still.app.router.routes
        if isinstance(route, APIRoute) and route.path != "/openapi.json"
        for method in route.methods or ()
    }
    assert routes == {(method, path) for method, path, _ in operations(told)}
    names = [operation["operationId"] for _, _, operation in operations(told)]
    assert len(names) == len(set(names))
    for _, path, operation in operations(told):
        assert operation["summary"], path
        assert operation["tags"], path


def test_every_error_is_documented_as_a_problem(told: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for method, path, operation in operations(told):
        answers = operation["responses"]
        assert any(code.startswith("2") for code in answers), path
        due = {"422", "429", "500", "503"}
        due |= set() if path in PUBLIC else {"401", "403"}
        due |= {"404"} if "{" in path else set()
        due |= {"408", "413", "415"} if "requestBody" in operation else set()
        due |= (
            {"409"}
            if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ()))
            else set()
        )
        assert due <= answers.keys(), (method, path, due - answers.keys())
        for code, answer in answers.items():
            assert answer["description"], (path, code)
            if code >= "400":
                assert answer["content"] == problem, (path, code)
                assert "(PF" in answer["description"], (path, code)
            elif code != "304":
                for kind, content in answer["content"].items():
                    assert content["schema"], (path, code, kind)


def test_a_report_is_described_in_each_form(told: dict[str, Any]) -> None:
    call = told["paths"]["/v1/decisions/{id}/report"]["get"]
    content = call["responses"]["200"]["content"]
    assert content.keys() == {"text/html", "text/plain", "text/markdown", "application/pdf"}
    assert content["application/pdf"]["schema"] == {"type": "string", "format": "binary"}
    (form,) = [one for one in call["parameters"] if one["name"] == "format"]
    assert form["schema"]["enum"] == ["html", "text", "markdown", "pdf"]
    assert "406" not in call["responses"], "there is none that it could not give"


def test_each_call_says_who_may_make_it(told: dict[str, Any]) -> None:
    for _, path, operation in operations(told):
        assert ("security" in operation) == (path not in PUBLIC), path
        assert ("x-roles" in operation) == (path not in PUBLIC), path
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_write_takes_a_key_and_shows_an_example(told: dict[str, Any]) -> None:
    for method, path, operation in operations(told):
        if method != "post":
            continue
        keyed = any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ()))
        assert keyed == (path != "/v1/evaluations")
        for content in operation["requestBody"]["content"].values():
            assert "example" in content or content["examples"]


@pytest.mark.parametrize("path", ["/v1/declarations", "/v1/suspensions", "/v1/evaluations", "/v1/returns"])
def test_the_examples_are_what_is_described(told: dict[str, Any], path: str) -> None:
    import jsonschema

    content = told["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    for example in content["examples"].values():
        schema = {**content["schema"], "components": told["components"]}
        jsonschema.Draft202012Validator(schema).validate(example["value"])


def test_the_description_is_the_same_each_time(told: dict[str, Any], world: World) -> None:
    assert json.dumps(world.app.openapi(), sort_keys=True) == json.dumps(told, sort_keys=True)


# A client made from it ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(told: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(told))
    (folder / "config.yaml").write_text("post_hooks: []\n")
    words = ["generate", "--path", "openapi.json", "--output-path", "made_client", "--meta", "none"]
    command = [sys.executable, "-m", "openapi_python_client", *words, "--config", "config.yaml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    left = [line for line in done.stdout.splitlines() if line.startswith(("WARNING", "Unable", "Failure"))]
    assert set(left) <= {"WARNING parsing POST /v1/returns within returns."}, (
        done.stdout
    )  # NDJSON is not known to it
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("made_client")
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "made_client"]:
            del sys.modules[name]


def test_every_call_has_a_function(client: ModuleType, told: dict[str, Any]) -> None:
    folder = Path(client.__file__ or "").parent / "api"
    made = {path.stem for path in folder.glob("*/*.py")}
    assert {operation["operationId"] for _, _, operation in operations(told)} <= made


def test_the_client_works(client: ModuleType, tmp_path: Path, issuer: Issuer) -> None:
    def call(tag: str, name: str, *given: Any, **more: Any) -> Any:
        function = importlib.import_module(f"made_client.api.{tag}.{name}")
        return function.sync_detailed(*given, **more)

    models = importlib.import_module("made_client.models")
    with World(tmp_path / "world", issuer) as world, serving(world.app, world.settings) as (host, port):
        base = f"http://{host}:{port}"
        hq = client.AuthenticatedClient(base_url=base, token=issuer.token("hq"))
        director = client.AuthenticatedClient(
            base_url=base, token=issuer.token("regional-director", regions=["north"])
        )
        assert call("operations", "ready", client=hq).status_code == 200

        sent = models.StaffingReturn.from_dict(a_return(staff=5))
        receipt = call("returns", "record_returns", client=director, body=sent, idempotency_key="k")
        assert (receipt.status_code, receipt.parsed.returns) == (201, 1)
        assert receipt.parsed.decisions[0].status == "amber"
        again = call("returns", "record_returns", client=director, body=sent, idempotency_key="k")
        assert again.headers["idempotency-replayed"] == "true"
        assert again.parsed == receipt.parsed

        status = call("statuses", "pdu_status", "york", client=hq).parsed
        assert (status.status, status.decision) == ("amber", receipt.parsed.decisions[0].decision)
        decision = call("decisions", "decision", status.decision, client=hq).parsed
        assert (decision.id, decision.pdu.name, decision.as_of) == (status.decision, "York", "2022-08-29")
        assert [one.activity for one in decision.protected] == ["mappa"]

        asked = models.DeclarationAsked(
            from_=datetime.date(2022, 8, 31),
            until=datetime.date(2022, 9, 2),
            status="green",
            reason="x",
            pdu="york",
        )
        made = call("declarations", "record_declaration", client=director, body=asked)
        assert made.status_code == 201, made.content
        assert made.parsed.declaration.by == "regional-director"
        ended = call("declarations", "end_declaration", made.parsed.declaration.id, client=director,
                     body=models.EndAsked(reason="y"))  # fmt: skip
        assert ended.parsed.declaration.taken_back
        listed = call("declarations", "list_declarations", client=hq, pdu="york", limit=10).parsed
        assert [one.id for one in listed.declarations] == [made.parsed.declaration.id]

        far = call(
            "returns",
            "record_returns",
            client=director,
            body=models.StaffingReturn.from_dict(a_return("kent")),
        )
        assert (far.status_code, far.parsed.code) == (403, "PF728")
        wrong = call("declarations", "record_declaration", client=director,
                     body=models.DeclarationAsked.from_dict(asked.to_dict() | {"status": "red"}))  # fmt: skip
        assert (wrong.parsed.code, wrong.parsed.problems[0].path) == ("PF521", "/status")
        nobody = call("statuses", "pdu_status", "york", client=client.Client(base_url=base))
        assert (nobody.status_code, nobody.parsed.code) == (401, "PF727")

        what_if = models.EvaluationAsked.from_dict({"returns": [a_return(staff=5)], "version": "v2"})
        tried = call("evaluations", "evaluate", client=hq, body=what_if)
        assert [one.framework.version for one in tried.parsed.decisions] == ["v2"]
        compared = call("frameworks", "compare_versions", "plan", client=hq, from_="v1", to="v2").parsed
        assert compared.changes[0].sentence
        assert call("changes", "changes", client=hq).parsed is not None
