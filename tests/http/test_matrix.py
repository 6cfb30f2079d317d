"""Every call, every role, own and other PDUs and regions, and no token: what is allowed is written out here by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi.routing import APIRoute

from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.world import World, a_return, files

PEOPLE: dict[str, tuple[list[str], dict[str, Any]] | None] = {
    "nobody": None,
    "viewer": (["viewer"], {}),
    "head": (["pdu-head"], {"pdus": ["york"]}),
    "director": (["regional-director"], {"regions": ["north"]}),
    "hq": (["hq"], {}),
    "operator": (["operator"], {}),
    "no-role": ([], {}),
    "head-of-none": (["pdu-head"], {}),
    "director-of-none": (["regional-director"], {}),
    "swapped": (["pdu-head", "regional-director"], {"pdus": ["north"], "regions": ["york"]}),
}
READERS = "viewer head director hq head-of-none director-of-none swapped"
ALL = " ".join(PEOPLE)
DECLARED = {
    "from": "2022-08-31",
    "until": "2022-09-02",
    "status": "amber",
    "by": "regional-director",
    "reason": "x",
}
SUSPENDED = {"from": "2022-08-31", "reason": "x"}
OWN, NEAR, FAR = "york", "hull", "kent"
"""The head's and the director's; the director's alone; nobody's but HQ's."""


class Row(NamedTuple):
    """A call, to whom it is about, and who may make it. Everybody else is refused."""

    method: str
    route: str
    about: str
    allowed: str
    make: Callable[[World, dict[str, str]], tuple[str, Any]]


def plain(path: str, body: Any = None) -> Callable[[World, dict[str, str]], tuple[str, Any]]:
    return lambda world, hq: (path, body)


def of_decision(rest: str) -> Callable[[World, dict[str, str]], tuple[str, Any]]:
    def make(world: World, hq: dict[str, str]) -> tuple[str, Any]:
        world.post("/v1/returns", a_return(), headers=hq)
        id_ = world.get("/v1/pdus/york/status", headers=hq).json()["decision"]
        return f"/v1/decisions/{id_}{rest}", None

    return make


def of_event(
    path: str, event: dict[str, Any], rest: str, body: Any
) -> Callable[[World, dict[str, str]], tuple[str, Any]]:
    def make(world: World, hq: dict[str, str]) -> tuple[str, Any]:
        return world.post(path, event, headers=hq).headers["location"] + rest, body

    return make


def about(whom: str) -> dict[str, Any]:
    """Whom an event is for."""
    if whom == "everyone":
        return {}
    return {"region" if whom in ("north", "south") else "pdu": whom}


READS = [
    ("/v1/pdus", "/v1/pdus"),
    ("/v1/pdus/{pdu}", "/v1/pdus/{pdu}"),
    ("/v1/pdus/{pdu}/status", "/v1/pdus/{pdu}/status"),
    ("/v1/pdus/{pdu}/decision", "/v1/pdus/{pdu}/decision"),
    ("/v1/pdus/{pdu}/decisions", "/v1/pdus/{pdu}/decisions"),
    ("/v1/pdus/{pdu}/history", "/v1/pdus/{pdu}/history"),
    ("/v1/pdus/{pdu}/may", "/v1/pdus/{pdu}/may?activity=visits"),
    ("/v1/pdus/{pdu}/distance", "/v1/pdus/{pdu}/distance"),
    ("/v1/pdus/{pdu}/relief", "/v1/pdus/{pdu}/relief"),
    ("/v1/pdus/{pdu}/forecast", "/v1/pdus/{pdu}/forecast?weeks=2&futures=10"),
    ("/v1/parents", "/v1/parents"),
    ("/v1/parents/{parent}", "/v1/parents/region:north"),
    ("/v1/parents/{parent}/status", "/v1/parents/region:north/status"),
    ("/v1/parents/{parent}/decision", "/v1/parents/region:north/decision"),
    ("/v1/parents/{parent}/history", "/v1/parents/region:north/history"),
    ("/v1/statuses", "/v1/statuses"),
    ("/v1/insights", "/v1/insights?pdu={pdu}"),
    ("/v1/overdue", "/v1/overdue"),
    ("/v1/changes", "/v1/changes"),
    ("/v1/declarations", "/v1/declarations?pdu={pdu}"),
    ("/v1/suspensions", "/v1/suspensions?pdu={pdu}"),
    ("/v1/frameworks", "/v1/frameworks"),
    ("/v1/frameworks/{id}", "/v1/frameworks/plan"),
    ("/v1/frameworks/{id}/versions/{version}", "/v1/frameworks/plan/versions/v1"),
    ("/v1/frameworks/{id}/compare", "/v1/frameworks/plan/compare?from=v1&to=v1"),
]
END = {"reason": "x"}
WRITERS = {  # of declarations and suspensions: to whom it is about, and who may
    OWN: "director hq",
    NEAR: "director hq",
    FAR: "hq",
    "north": "director hq",
    "south": "hq",
    "everyone": "hq",
}
ROWS = [
    *(Row("GET", route, pdu, READERS, plain(path.replace("{pdu}", pdu)))
      for route, path in READS for pdu in (OWN, FAR)),
    Row("GET", "/v1/decisions/{id}", OWN, READERS, of_decision("")),
    Row("GET", "/v1/decisions/{id}/report", OWN, READERS, of_decision("/report?format=text")),
    Row("GET", "/v1/decisions/{id}/report", OWN, READERS, of_decision("/report?format=pdf")),
    Row("GET", "/v1/declarations/{id}", FAR, READERS, of_event("/v1/declarations", DECLARED | about(FAR), "", None)),
    Row("GET", "/v1/suspensions/{id}", FAR, READERS, of_event("/v1/suspensions", SUSPENDED | about(FAR), "", None)),
    *(Row("POST", "/v1/evaluations", pdu, READERS, plain("/v1/evaluations", {"returns": [a_return(pdu)]}))
      for pdu in (OWN, FAR)),
    Row("POST", "/v1/returns", OWN, "head director hq", plain("/v1/returns", a_return(OWN))),
    Row("POST", "/v1/returns", NEAR, "director hq", plain("/v1/returns", a_return(NEAR))),
    Row("POST", "/v1/returns", FAR, "hq", plain("/v1/returns", a_return(FAR))),
    Row("POST", "/v1/returns", "own and near", "director hq", plain("/v1/returns", [a_return(OWN), a_return(NEAR)])),
    Row("POST", "/v1/returns", "own and far", "hq", plain("/v1/returns", [a_return(OWN), a_return(FAR)])),
    *(Row("POST", "/v1/declarations", whom, may, plain("/v1/declarations", DECLARED | about(whom)))
      for whom, may in WRITERS.items()),
    *(Row("POST", "/v1/suspensions", whom, may, plain("/v1/suspensions", SUSPENDED | about(whom)))
      for whom, may in WRITERS.items()),
    *(Row("POST", "/v1/declarations/{id}/end", whom, may,
          of_event("/v1/declarations", DECLARED | about(whom), "/end", END)) for whom, may in WRITERS.items()),
    *(Row("POST", "/v1/suspensions/{id}/end", whom, may,
          of_event("/v1/suspensions", SUSPENDED | about(whom), "/end", END)) for whom, may in WRITERS.items()),
    Row("GET", "/info", "-", "operator", plain("/info")),
    Row("GET", "/metrics", "-", "operator", plain("/metrics")),
    Row("GET", "/health/live", "-", ALL, plain("/health/live")),
    Row("GET", "/health/ready", "-", ALL, plain("/health/ready")),
    Row("GET", "/openapi.json", "-", ALL, plain("/openapi.json")),
]  # fmt: skip


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[World]:
    changes = {"plan/v1.yaml": f"{files()['plan/v1.yaml']}rollup: {{region: {{by: sums}}}}\n"}
    limits: dict[str, Any] = {"reads_per_minute": 0, "writes_per_minute": 0, "changes": changes}
    with World(tmp_path_factory.mktemp("matrix"), issuer, **limits) as made:
        yield made


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route} {row.about}")
def test_who_may_do_what(matrix: World, issuer: Issuer, row: Row, person: str) -> None:
    path, body = row.make(matrix, issuer.bearer("hq"))
    known = PEOPLE[person]
    headers = {} if known is None else issuer.bearer(*known[0], **known[1])
    before = matrix.head()
    answer = send(matrix, row.method, path, body, headers)
    if person in row.allowed.split():
        assert answer.status_code in (200, 201), answer.text
        return
    problem(answer, 401 if known is None else 403, "PF727" if known is None else "PF728")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert matrix.head() == before


def send(world: World, method: str, path: str, body: Any, headers: dict[str, str]) -> httpx.Response:
    return world.get(path, headers=headers) if method == "GET" else world.post(path, body, headers=headers)


def test_no_route_is_missing(matrix: World) -> None:
    there = {
        (method, route.path)
        for route in matrix.app.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert there == {(row.method, row.route) for row in ROWS}
    assert all(isinstance(route, APIRoute) for route in matrix.app.router.routes)


def test_the_description_says_the_same_of_roles(matrix: World) -> None:
    """Whoever is allowed somewhere by this table has a role that the description names, and no other has."""
    roles = {
        "viewer": "viewer",
        "head": "pdu-head",
        "director": "regional-director",
        "hq": "hq",
        "operator": "operator",
    }
    told = matrix.app.openapi()["paths"]
    for method, path in {(row.method, row.route) for row in ROWS} - {("GET", "/openapi.json")}:
        allowed = {
            one for row in ROWS if (row.method, row.route) == (method, path) for one in row.allowed.split()
        }
        operation = told[path][method.lower()]
        if "nobody" in allowed:
            assert "security" not in operation
        else:
            assert operation["security"] == [{"token": []}]
            assert set(operation["x-roles"]) == {roles[one] for one in allowed if one in roles}


def test_nothing_in_a_body_or_a_query_gives_a_role(matrix: World, issuer: Issuer) -> None:
    headers = issuer.bearer("viewer") | {"X-Role": "hq", "X-Forwarded-User": "root"}
    answer = matrix.post("/v1/returns", a_return() | {"role": "hq", "roles": ["hq"]}, headers=headers)
    problem(answer, 403, "PF728")
    problem(matrix.get("/v1/pdus/york/status?role=hq"), 401, "PF727")
