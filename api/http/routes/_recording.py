"""What every write has in common: once only, under the policy that it was judged by, and what is in force then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import Request

from api.http.once import Kept, Once, recall, recalled
from api.http.problems import Refusal
from api.http.threads import still_wanted
from engine.deciding import Undecided
from engine.ledger.fresh import Fresh
from engine.ledger.overview import Overview
from engine.ledger.recording import Act, Receipt
from engine.ledger.records import Actor
from engine.ledger.view import View
from rules.said import said

if TYPE_CHECKING:
    from api.http.service import Service

Given = TypeVar("Given")
_ATTEMPTS = 5


def media_type(request: Request, *taken: str) -> str:
    """The kind of body that a request says it has, without parameters. Raises Refusal (415) for any other."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in taken:
        forms = reduce(lambda one, other: said("{one} or {other}", one=one, other=other), taken)
        raise Refusal("PF723", said("The body is taken as {forms}. Say so in Content-Type.", forms=forms))
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise Refusal("PF723", said("The body is taken in UTF-8 only."))
    return kind


def record(
    service: Service,
    asked: Once | None,
    prepare: Callable[[View], tuple[Actor, Given]],
    write: Callable[[Act, Given], Kept],
) -> Kept:
    """Judge what was sent, then write it; or give the answer that it was given before.

    It is judged before the writer's lock is taken, since that may take long, and again where the documents have
    been changed meanwhile. Raises Refusal, ReturnsError, StoreError.
    """
    ledger = service.ledger
    found = recalled(ledger, asked)
    if found is not None:
        return found
    for _ in range(_ATTEMPTS):
        with ledger.view() as view:
            actor, given = prepare(view)
            judged_by = view.policy.sha256
        with ledger.act(actor) as act:
            found = recall(act, asked)
            if found is not None:
                return found
            is_same = act.policy.sha256 == judged_by
            if is_same:
                kept = write(act, given)
            receipt = act.receipt()
            still_wanted()
        service.recorded(receipt)
        if is_same:
            return kept
    raise Refusal("PF733", said("The framework's documents are being changed. Try again."))


def told(act: Act, receipt: Receipt, pdus: Iterable[str]) -> dict[str, Any]:
    """What every write answers: when, which records, and the decisions now in force for some PDUs."""
    recorded = receipt.last >= receipt.first
    ids = sorted(set(pdus))
    faults = [act.undecided[id_] for id_ in ids if id_ in act.undecided]
    return {
        "recorded_at": receipt.recorded_at if recorded else None,
        "records": {"first": receipt.first, "last": receipt.last} if recorded else None,
        "decisions": _in_force(act, [id_ for id_ in ids if id_ not in act.undecided]),
        "undecided": [{"pdu": one.pdu, "first": one.first.isoformat(), "code": one.code} for one in faults],
    }


def _in_force(act: Act, pdus: Sequence[str]) -> list[dict[str, Any]]:
    assert act.documents is not None, "there is a policy, so there are documents"
    act.writing.flush()
    view = View(act.writing.connection, act.policy, act.documents, act.writing.head, act.today, Fresh())
    units = [act.policy.pdus[id_] for id_ in pdus]
    found = []
    for id_, short in Overview().shorts(view, units).items():
        if not isinstance(short, Undecided):
            now = {"as_of": short.as_of, "status": short.status, "since": short.since, "decision": short.id}
            found.append({"pdu": id_, **now})
    return sorted(found, key=lambda one: one["pdu"])
