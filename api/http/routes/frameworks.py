"""Frameworks: what is in force, each version as JSON or as its own YAML, and two versions compared."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Annotated, Any

import orjson
from fastapi import Path, Query, Request, Response

from api.http.answers import JSON, Tagged, form_asked, tagged
from api.http.auth import needs
from api.http.models import frameworks as models
from api.http.problems import not_found, wrong
from api.http.routes._asking import service_of
from api.http.routing import refusals, router
from api.http.threads import computing, reading
from engine.compare import canonical_document, compared, prover, version_side
from engine.ledger.documents import texts_of
from engine.ledger.view import View
from reports.compare import with_sentences
from rules.framework import Framework
from rules.model import Organisation
from rules.policy import Policy
from rules.problems import did_you_mean
from rules.said import said

routes = router("frameworks")
YAML = "application/yaml"
FrameworkId = Annotated[str, Path(description="The id of a framework.", examples=["sentence-management"])]
VersionId = Annotated[str, Path(description="A version of it.", examples=["phase-3-v8"])]
_MOST_KEPT = 64


@routes.get(
    "/v1/frameworks",
    operation_id="list_frameworks",
    summary="All frameworks and their versions",
    responses={**tagged(models.Frameworks, "All frameworks."), **refusals("PF710")},
)
@needs("frameworks.read")
async def list_frameworks(request: Request) -> Response:
    """All frameworks that the ledger's documents hold."""
    ledger = service_of(request).ledger

    def ask() -> Tagged:
        with ledger.view() as view:
            held = view.policy.library.frameworks
            return Tagged(orjson.dumps({"frameworks": [_told(held[id_], view) for id_ in sorted(held)]}))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/frameworks/{id}",
    operation_id="framework",
    summary="A framework and its versions",
    responses={**tagged(models.FrameworkTold, "The framework."), **refusals("PF720", "PF710")},
)
@needs("frameworks.read")
async def framework(id: FrameworkId, request: Request) -> Response:
    """One framework."""
    ledger = service_of(request).ledger

    def ask() -> Tagged:
        with ledger.view() as view:
            return Tagged(orjson.dumps(_told(_framework(view, id), view)))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/frameworks/{id}/versions/{version}",
    operation_id="framework_version",
    summary="A version, as JSON or as its own YAML",
    description="With `Accept: application/yaml` the document as its author wrote it, byte for byte; else as JSON, "
    "with every default written out.",
    responses={
        **tagged(models.VersionDocument, "The version.", YAML),
        **refusals("PF720", "PF732", "PF710"),
    },
)
@needs("frameworks.read")
async def framework_version(id: FrameworkId, version: VersionId, request: Request) -> Response:
    """One version's document."""
    form = form_asked(request, (JSON, YAML))
    ledger = service_of(request).ledger

    def ask() -> Tagged:
        with ledger.view() as view:
            held = _framework(view, id)
            policy = _version(held, version)
            if form == YAML:
                return Tagged(
                    texts_of(view.connection, view.documents).documents[policy.file], YAML, varies=True
                )
            told = {
                "framework": held.id,
                **_in_short(held, policy),
                "file": policy.file,
                "document": canonical_document(version_side(policy)),
            }
            return Tagged(orjson.dumps(told), varies=True)

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/frameworks/{id}/compare",
    operation_id="compare_versions",
    summary="Everything that differs between two versions, and what it does",
    description="Each difference is a sentence that says whether it loosens or tightens protection. Proving that takes "
    "time: the first answer may take longer than is waited for (503), and then comes at once when asked again.",
    responses={**tagged(models.Compared, "The comparison."), **refusals("PF720", "PF724", "PF710")},
)
@needs("frameworks.read")
async def compare_versions(
    id: FrameworkId,
    request: Request,
    before: Annotated[str, Query(alias="from", description="The version that is compared.", max_length=80)],
    after: Annotated[
        str, Query(alias="to", description="The version that it is compared with.", max_length=80)
    ],
) -> Response:
    """The comparison, as `prioritise compare` makes it."""
    ledger = service_of(request).ledger

    def find() -> tuple[Policy, Policy, Organisation]:
        with ledger.view() as view:
            held = _framework(view, id)
            return _named(held, before, "from"), _named(held, after, "to"), view.policy.library.organisation

    one, other, organisation = await reading(find)
    key = (one.sha256, other.sha256)
    found = _comparisons.kept(key)
    if found is None:
        found = await computing(lambda: _comparisons.made(key, one, other, organisation))
    return found.to(request)


class _Comparisons:
    """Comparisons that were made, by the hashes of the two texts; each is made once, however many ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[str, str], Tagged] = OrderedDict()
        self._making: dict[tuple[str, str], threading.Lock] = {}

    def kept(self, key: tuple[str, str]) -> Tagged | None:
        """The comparison, if it was made."""
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                self._made.move_to_end(key)
            return found

    def made(self, key: tuple[str, str], one: Policy, other: Policy, organisation: Organisation) -> Tagged:
        """The comparison, which takes long."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            found = self.kept(key)
            if found is None:
                comparison = compared(version_side(one), version_side(other), prover)
                found = Tagged(orjson.dumps(with_sentences(comparison, organisation)))
        with self._lock:
            self._made[key] = found
            self._making.pop(key, None)
            while len(self._made) > _MOST_KEPT:
                self._made.popitem(last=False)
        return found


_comparisons = _Comparisons()


def _framework(view: View, id_: str) -> Framework:
    held = view.policy.library.frameworks
    if id_ not in held:
        hint = did_you_mean(id_[:80], held)
        raise not_found(said("There is no framework {framework}. {hint}", framework=id_[:80], hint=hint))
    return held[id_]


def _version(held: Framework, version: str) -> Policy:
    found = held.version(version)
    if found is None:
        hint = did_you_mean(version[:80], [one.version.version for one in held.policies])
        raise not_found(
            said(
                "{framework} has no version {version}. {hint}",
                framework=held.id,
                version=version[:80],
                hint=hint,
            )
        )
    return found


def _named(held: Framework, version: str, name: str) -> Policy:
    found = held.version(version)
    if found is None:
        hint = did_you_mean(version, [one.version.version for one in held.policies])
        message = said("{framework} has no version {version}.", framework=held.id, version=repr(version))
        raise wrong("query", name, message, hint)
    return found


def _told(held: Framework, view: View) -> dict[str, Any]:
    current = held.in_force(view.day)
    return {
        "id": held.id,
        "in_force": None if current is None else current.version.version,
        "decided": held.id == view.policy.framework.id,
        "versions": [_in_short(held, policy) for policy in held.policies],
    }


def _in_short(held: Framework, policy: Policy) -> dict[str, Any]:
    version = policy.version
    last = held.last_day(policy)
    return {
        "version": version.version,
        "title": version.title,
        "effective": version.effective.isoformat(),
        "last_day": None if last is None else last.isoformat(),
        "sha256": policy.sha256,
    }
