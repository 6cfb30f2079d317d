from __future__ import annotations

import asyncio
import base64
import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from fastapi import FastAPI

from api.http.auth import tokens
from api.http.auth.person import Person
from api.http.auth.tokens import Verifier
from api.http.problems import Refusal
from tests.http.issuer import AUDIENCE, ISSUER, Issuer, forged, rsa_key
from tests.http.kit import app_of, ask, problem

issuer = Issuer()


def at(claims: dict[str, Any]) -> dict[str, Any]:
    """Claims with small numbers of seconds counted from now."""
    now = int(time.time())
    times = {name: claims[name] for name in ("exp", "nbf", "iat") if isinstance(claims.get(name), int)}
    return claims | {name: now + value for name, value in times.items() if abs(value) < 10_000}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("issuer")


@pytest.fixture(scope="module")
def app(folder: Path) -> FastAPI:
    return app_of(issuer.settings(folder))


def refused(app: FastAPI, token: str) -> str:
    """What is said of a token that is refused."""
    answer = ask(app, "GET", "/v1/me", headers={"Authorization": f"Bearer {token}"})
    told = problem(answer, 401, "PF727")
    challenge = answer.headers["www-authenticate"]
    assert challenge.startswith('Bearer realm="prioritise", error="invalid_token", error_description="')
    assert token not in answer.text + challenge
    return str(told["detail"])


@pytest.mark.parametrize("kid", ["rsa", "ec"])
@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "application/at+jwt", None])
def test_a_good_token(app: FastAPI, kid: str, kind: str | None) -> None:
    answer = ask(app, "GET", "/v1/me", headers=issuer.bearer("viewer", kid=kid, head={"typ": kind}))
    assert answer.json() == {"subject": "someone", "client": "a-client", "roles": ["viewer"]}


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_is_written_anyhow(app: FastAPI, scheme: str) -> None:
    token = issuer.token("viewer")
    assert ask(app, "GET", "/v1/quick", headers={"Authorization": f"{scheme} {token}"}).json() == "someone"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Token x"])
def test_without_a_token_a_plain_challenge(app: FastAPI, header: str | None) -> None:
    answer = ask(app, "GET", "/v1/me", headers={} if header is None else {"Authorization": header})
    problem(answer, 401, "PF727")
    assert answer.headers["www-authenticate"] == 'Bearer realm="prioritise"'


@pytest.mark.parametrize("path", ["/v1/me", "/v1/quick", "/info", "/metrics"])
def test_every_route_that_needs_somebody_asks(app: FastAPI, path: str) -> None:
    problem(ask(app, "GET", path), 401, "PF727")


def test_a_public_route_answers_whatever_the_token(app: FastAPI) -> None:
    assert ask(app, "GET", "/v1/plain", headers={"Authorization": "Bearer nonsense"}).status_code == 200


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"exp": -60}, "expired"),
        ({"exp": None}, "has no exp"),
        ({"exp": "soon"}, "wrong"),
        ({"nbf": 120}, "not valid yet"),
        ({"iat": 120}, "not valid yet"),
        ({"iat": "then"}, "wrong"),
        ({"iss": "https://other.test"}, "somebody else"),
        ({"iss": ISSUER + "/"}, "somebody else"),
        ({"iss": None}, "has no iss"),
        ({"iss": [ISSUER]}, "somebody else"),
        ({"aud": "another"}, "another service"),
        ({"aud": []}, "has no aud"),
        ({"aud": None}, "has no aud"),
        ({"aud": {"prioritise": 1}}, "another service"),
        ({"sub": None}, "has no sub"),
        ({"sub": ""}, "names nobody"),
        ({"sub": "a\nb"}, "names nobody"),
        ({"sub": "x" * 500}, "names nobody"),
        ({"client_id": 7}, "names nobody"),
    ],
)
def test_claims_that_are_not_believed(app: FastAPI, claims: dict[str, Any], said: str) -> None:
    if claims.get("iss") == [ISSUER]:  # the library refuses to write it
        key = issuer.keys["rsa"]
        payload = json.dumps(issuer.claims("viewer", **claims)).encode()
        token = jwt.api_jws.encode(payload, key, "RS256", {"kid": "rsa"})
    else:
        token = issuer.token("viewer", **at(claims))
    assert said in refused(app, token)


@pytest.mark.parametrize(
    "claims",
    [{"exp": 10**400}, {"exp": -10}, {"nbf": 10}, {"iat": 10}, {"aud": ["x", AUDIENCE]}],
)
def test_clocks_may_differ_a_little(app: FastAPI, claims: dict[str, Any]) -> None:
    assert ask(app, "GET", "/v1/me", headers=issuer.bearer("viewer", **at(claims))).status_code == 200


def public_pem() -> bytes:
    return (
        rsa_key("rsa")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def hmac_of(head: dict[str, Any], secret: bytes) -> str:
    """A token signed with a shared secret: the public key taken for one, an old trick."""
    import hashlib
    import hmac

    unsigned = forged(head, issuer.claims("hq")).rsplit(".", 1)[0]
    signature = hmac.new(secret, unsigned.encode(), hashlib.sha256).digest()
    return unsigned + "." + base64.urlsafe_b64encode(signature).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "alg", ["none", "None", "HS256", "HS512", "RS512", "PS256", "ES384", "EdDSA", "", None, 1]
)
def test_no_other_signature_is_believed(app: FastAPI, alg: Any) -> None:
    head = {"alg": alg, "kid": "rsa", "typ": "JWT"}
    for token in (forged(head, issuer.claims("hq")), hmac_of(head, public_pem()), hmac_of(head, b"")):
        refused(app, token)


def test_a_key_of_another_kind_is_not_believed(app: FastAPI) -> None:
    assert "does not name" in refused(app, issuer.token("hq", kid="rsa", head={"kid": "ec"}))
    assert "does not name" in refused(app, issuer.token("hq", kid="ec", head={"kid": "rsa"}))


def test_another_s_key_is_not_believed(app: FastAPI) -> None:
    token = jwt.encode(issuer.claims("hq"), rsa_key("another"), "RS256", {"kid": "rsa"})
    assert "signature or claims" in refused(app, token)
    assert "does not name" in refused(
        app, jwt.encode(issuer.claims("hq"), rsa_key("another"), "RS256", {"kid": "x"})
    )
    assert "does not name" in refused(app, jwt.encode(issuer.claims("hq"), rsa_key("rsa"), "RS256"))


@pytest.mark.parametrize(
    "head",
    [
        {"typ": "JWS"},
        {"typ": "id+jwt"},
        {"crit": ["b64"], "b64": False},
        {"crit": ["x"], "x": 1},
        {"jwk": {"kty": "oct", "k": "AA"}, "kid": "other"},
        {"jku": "https://evil.test/keys", "kid": "other"},
        {"kid": "../../etc/passwd"},
    ],
)
def test_heads_that_want_something_else(app: FastAPI, head: dict[str, Any]) -> None:
    refused(app, forged({"alg": "RS256", "kid": "rsa"} | head, issuer.claims("hq"), b"x" * 256))


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "a.b.c",
        "..",
        "e30.e30.",
        "x" * 9000,
        "a b.c d",
        "\u00e9.e30.x",
        base64.urlsafe_b64encode(b"[" * 3000).decode() + ".e30.x",
        base64.urlsafe_b64encode(b'{"alg": "RS256", "kid": {"a": 1}}').decode() + ".e30.x",
        base64.urlsafe_b64encode(b'{"alg": ["RS256"]}').decode() + ".e30.x",
    ],
)
def test_what_is_no_token(app: FastAPI, token: str) -> None:
    answer = ask(app, "GET", "/v1/me", headers={"Authorization": f"Bearer {token}".encode()})
    problem(answer, 401, "PF727")


def test_a_tampered_token(app: FastAPI) -> None:
    head, _, signature = issuer.token("viewer").split(".")
    claims = base64.urlsafe_b64encode(json.dumps(issuer.claims("hq")).encode()).rstrip(b"=").decode()
    assert "signature or claims" in refused(app, f"{head}.{claims}.{signature}")
    token = issuer.token("viewer")
    assert ask(app, "GET", "/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    refused(app, token[:-8] + "AAAAAAAA")  # its good sister is remembered, which helps it nothing


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        (["ROLE_PRIORITISE_HQ", "ROLE_OTHER"], {"hq"}),
        ("ROLE_PRIORITISE_HQ ROLE_PRIORITISE_VIEWER", {"hq", "viewer"}),
        (["hq", "ROLE_PRIORITISE_hq", "PRIORITISE_HQ"], set()),
        (None, set()),
        ({"ROLE_PRIORITISE_HQ": True}, set()),
        ([["ROLE_PRIORITISE_HQ"], 7, None], set()),
        (7, set()),
    ],
)
def test_roles_are_those_that_the_claim_lists(folder: Path, claim: Any, roles: set[str]) -> None:
    verifier = Verifier(issuer.settings(folder))
    token = issuer.token(authorities=claim, pdus=["york", 3], regions="north south")
    person = asyncio.run(verifier.verify(f"Bearer {token}".encode()))
    assert isinstance(person, Person)
    assert person.roles == roles
    assert person.pdus == {"york"}
    assert person.regions == {"north", "south"}


def test_claims_can_have_other_names(folder: Path) -> None:
    given = issuer.settings(
        folder,
        claim_roles="groups",
        claim_subject="oid",
        claim_client="appid",
        roles={"G1": "hq"},
        token_audience_checked=False,
    )
    token = issuer.token(groups=["G1"], oid="me", azp="an-app", client_id=None, aud=None)
    person = asyncio.run(Verifier(given).verify(f"Bearer {token}".encode()))
    assert isinstance(person, Person)
    assert person == Person("me", "an-app", frozenset({"hq"}))


def test_only_the_signatures_that_are_set_are_believed(folder: Path) -> None:
    verifier = Verifier(issuer.settings(folder, token_algorithms=("ES256",)))
    for kid, kind in (("rsa", Refusal), ("ec", Person)):
        token = issuer.token("viewer", kid=kid)
        assert isinstance(asyncio.run(verifier.verify(f"Bearer {token}".encode())), kind)


def test_a_token_is_remembered_until_it_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = Verifier(issuer.settings(folder, token_leeway=0))
    end = int(time.time()) + 100
    header = f"Bearer {issuer.token('viewer', exp=end)}".encode()
    assert verifier.remembered(header) is None
    person = asyncio.run(verifier.verify(header))
    assert verifier.remembered(header) is person
    assert verifier.remembered(header + b" ") is None
    monkeypatch.setattr("api.http.auth.tokens.time.time", lambda: end + 1)
    assert verifier.remembered(header) is None


def test_what_is_remembered_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "REMEMBERED", 10)
    verifier = Verifier(issuer.settings(folder))
    for number in range(25):
        header = f"Bearer {issuer.token('viewer', kid='ec', jti=str(number))}".encode()
        assert isinstance(asyncio.run(verifier.verify(header)), Person)
        assert verifier.remembered(header)
        assert len(verifier._known) <= 10


def test_a_refused_token_is_not_remembered(folder: Path) -> None:
    verifier = Verifier(issuer.settings(folder))
    header = f"Bearer {issuer.token('viewer', exp=1_000)}".encode()
    assert isinstance(asyncio.run(verifier.verify(header)), Refusal)
    assert not verifier._known
