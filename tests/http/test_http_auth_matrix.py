"""The whole matrix: every operation, every role, every reach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI

from api.http.app import create_app
from api.http.auth import OPEN, OPERATIONS, TABLE, Person, Requires, acting, may, needs
from api.http.problems import Refusal
from api.http.routing import router
from api.http.settings import ROLES
from tests.http.issuer import Issuer
from tests.http.kit import Service, ask, problem

# Written out by hand, so that a slip in the table shows: who may do it to everyone, their own region, their own PDU.
EVERYONE, REGION, PDU = "everyone", "own region", "own pdu"
EXPECTED: dict[str, dict[str, str]] = {
    "status.read": {"viewer": EVERYONE, "pdu-head": EVERYONE, "regional-director": EVERYONE, "hq": EVERYONE},
    "frameworks.read": {
        "viewer": EVERYONE,
        "pdu-head": EVERYONE,
        "regional-director": EVERYONE,
        "hq": EVERYONE,
    },
    "planning.ask": {"viewer": EVERYONE, "pdu-head": EVERYONE, "regional-director": EVERYONE, "hq": EVERYONE},
    "evaluations.ask": {
        "viewer": EVERYONE,
        "pdu-head": EVERYONE,
        "regional-director": EVERYONE,
        "hq": EVERYONE,
    },
    "returns.write": {"pdu-head": PDU, "regional-director": REGION, "hq": EVERYONE},
    "declarations.write": {"regional-director": REGION, "hq": EVERYONE},
    "declarations.end": {"regional-director": REGION, "hq": EVERYONE},
    "suspensions.write": {"regional-director": REGION, "hq": EVERYONE},
    "suspensions.end": {"regional-director": REGION, "hq": EVERYONE},
    "record.read": {"regional-director": REGION, "hq": EVERYONE, "operator": EVERYONE},
    "info.read": {"operator": EVERYONE},
    "metrics.read": {"operator": EVERYONE},
    "documents.reload": {"operator": EVERYONE},
    "ledger.tick": {"operator": EVERYONE},
}
TARGETS: dict[str, dict[str, str | None]] = {
    "everyone": {"pdu": None, "region": None},
    "another region": {"pdu": None, "region": "south"},
    "own region": {"pdu": None, "region": "north"},
    "another's pdu": {"pdu": "leeds", "region": "south"},
    "own pdu": {"pdu": "york", "region": "north"},
    "own region's pdu": {"pdu": "hull", "region": "north"},
    "own pdu elsewhere": {"pdu": "york", "region": "south"},
}
REACHED = {
    EVERYONE: set(TARGETS),
    REGION: {"own region", "own pdu", "own region's pdu"},
    PDU: {"own pdu", "own pdu elsewhere"},
}


def person(*roles: str) -> Person:
    return Person("someone", None, frozenset(roles), frozenset({"york"}), frozenset({"north"}))


def test_the_table_has_these_operations_and_no_other() -> None:
    assert set(OPERATIONS) == set(EXPECTED)
    assert {role for roles in TABLE.values() for role in roles} == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", EXPECTED)
@pytest.mark.parametrize("target", TARGETS)
def test_matrix(operation: str, role: str, target: str) -> None:
    reach = EXPECTED[operation].get(role)
    allowed = reach is not None and target in REACHED[reach]
    assert may(person(role), operation, **TARGETS[target]) == (role if allowed else None)
    if not allowed:
        with pytest.raises(Refusal) as refusal:
            acting(person(role), operation, **TARGETS[target])
        assert (refusal.value.status_code, refusal.value.code) == (403, "PF728")


@pytest.mark.parametrize("operation", EXPECTED)
def test_without_a_role_nothing(operation: str) -> None:
    assert may(person(), operation, pdu="york", region="north") is None
    assert may(person("king"), operation, pdu="york", region="north") is None


def test_of_several_roles_the_nearest_acts() -> None:
    both = person("pdu-head", "regional-director", "hq")
    assert may(both, "returns.write", pdu="york", region="north") == "pdu-head"
    assert may(both, "returns.write", pdu="hull", region="north") == "regional-director"
    assert may(both, "returns.write", pdu="leeds", region="south") == "hq"
    actor = both.actor("pdu-head")
    assert (actor.subject, actor.role, actor.client) == ("someone", "pdu-head", None)


def test_an_open_service_lets_everything_be_done() -> None:
    assert all(may(OPEN, operation, pdu="york") for operation in OPERATIONS)


def test_an_operation_that_is_none_is_a_slip_of_ours() -> None:
    with pytest.raises(ValueError, match="no operation"):
        Requires("returns.wirte")
    with pytest.raises(ValueError, match="no operation"):
        needs("status")


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="module")
def app(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A route for each operation, written in both ways."""
    routes = router("matrix")

    def add(operation: str) -> None:
        async def asked(person: Any) -> str:
            return str(person.subject)

        asked.__annotations__["person"] = Annotated[Person, Depends(Requires(operation))]
        routes.add_api_route(f"/v1/asked/{operation}", asked)

        @routes.get(f"/v1/needs/{operation}")
        @needs(operation)
        async def needed() -> str:
            return "someone"

    for operation in OPERATIONS:
        add(operation)
    return create_app(issuer.settings(tmp_path_factory.mktemp("matrix")), Service(), [routes])


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("way", ["asked", "needs"])
def test_routes_ask_the_table(app: FastAPI, issuer: Issuer, role: str | None, way: str) -> None:
    header = issuer.bearer(*([role] if role else []))
    for operation, roles in EXPECTED.items():
        answer = ask(app, "GET", f"/v1/{way}/{operation}", headers=header)
        if role in roles:
            assert answer.json() == "someone"
        else:
            told = problem(answer, 403, "PF728")
            assert all(name in told["detail"] for name in roles)
            assert answer.headers["www-authenticate"] == 'Bearer error="insufficient_scope"'
        problem(ask(app, "GET", f"/v1/{way}/{operation}"), 401, "PF727")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("way", ["asked", "needs"])
def test_the_description_says_who_may(app: FastAPI, operation: str, way: str) -> None:
    told: dict[str, Any] = app.openapi()["paths"][f"/v1/{way}/{operation}"]["get"]
    assert told["security"] == [{"token": []}]
    assert told["x-roles"].keys() == EXPECTED[operation].keys()
    assert {"401", "403"} <= told["responses"].keys()


@pytest.mark.parametrize(
    ("pdu", "status"), [("york", 200), ("hull", 403), ("YORK", 403), ("york%20", 403), ("york/", 404)]
)
def test_a_head_of_york_may_send_york_s_returns_only(
    issuer: Issuer, tmp_path: Path, pdu: str, status: int
) -> None:
    from tests.http.kit import app_of

    app = app_of(issuer.settings(tmp_path))
    header = issuer.bearer("pdu-head", pdus=["york"])
    assert ask(app, "POST", f"/v1/own/{pdu}", headers=header).status_code == status
