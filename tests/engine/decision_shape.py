"""The shape of a decision document, written down from the design: every field with its type."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
SHORT = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")


def text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def truth(value: Any) -> bool:
    return isinstance(value, bool)


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def matching(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def one_of(*words: Any) -> Check:
    return lambda value: any(value is word or (isinstance(word, str) and value == word) for word in words)


def many(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def either(*checks: Check) -> Check:
    return lambda value: any(check(value) for check in checks)


def keyed(check: Check) -> Check:
    return lambda value: (
        isinstance(value, dict) and all(text(key) and check(inner) for key, inner in value.items())
    )


def shaped(**fields: Check) -> Check:
    """A mapping with exactly these keys; a key that is a word of Python ends in `_`."""
    wanted = {key.removesuffix("_"): check for key, check in fields.items()}

    def check(value: Any) -> bool:
        if not isinstance(value, dict) or value.keys() != wanted.keys():
            raise AssertionError(f"keys {sorted(value)} instead of {sorted(wanted)}")
        for key, inner in wanted.items():
            assert inner(value[key]), f"{key}: {value[key]!r}"
        return True

    return check


day, digest, number, short = matching(DAY), matching(DIGEST), matching(NUMBER), matching(SHORT)
threshold = maybe(either(number, text, many(text)))
_REMARKS: dict[str, Check] = {
    "source": maybe(text),
    "note": maybe(text),
    "line": whole,
    "basis": one_of("published", "illustrative"),
}
_RUN: dict[str, Check] = {
    "rule": text,
    "holds": one_of(True, False, None),
    "run": maybe(whole),
    "needs": maybe(whole),
}


def condition(value: Any) -> bool:
    """A group or a comparison, without what stands on a root only."""
    if "parts" not in value:
        return shaped(
            **_RUN,
            **_REMARKS,
            measure=text,
            comparator=text,
            threshold=threshold,
            from_=maybe(text),
            value=maybe(text),
            distance=maybe(short),
        )(value)
    counted: dict[str, Check] = {"at_least": whole} if value["op"] == "count" else {}
    return shaped(
        **_RUN, **_REMARKS, **counted, op=one_of("any", "all", "none", "count"), parts=many(condition)
    )(value)


def root(value: Any) -> bool:
    """A condition with what it is about."""
    about = {"kind": value.pop("kind"), "status": value.pop("status")}
    if about["kind"] == "when":
        assert text(value.pop("activity"))
    assert text(about["status"])
    assert about["kind"] in ("enter", "exit", "when")
    if value.pop("implicit", False):
        assert (about["kind"], value["op"], value["parts"]) == ("exit", "none", [])
        value |= {"line": 1, "basis": "illustrative"}  # it stands nowhere in the document
    return condition(value)


def because(value: Any) -> bool:
    """Why something is indeterminate or not permitted: a code and what belongs to it."""
    fields: dict[str, dict[str, Check]] = {
        "no_return": {},
        "stale": {"as_of": day, "stale_after": whole},
        "unknown_condition": {"rule": text, "missing": many(text)},
        "could_be": {"statuses": many(text)},
        "below_status": {"needs": text},
        "condition_false": {"rule": text},
        "condition_unknown": {"rule": text, "missing": many(text)},
        "withheld": {"set_by": text},
        "lapsed": {"on": day},
        "superseded": {"by": text},
        "suspended": {},
        "undeclared": {},
        "indeterminate": {},
    }
    return shaped(code=text, **fields[value["code"]])(value)


_EVENT: dict[str, Check] = {
    "from_": day,
    "by": text,
    "reason": text,
    "pdu": maybe(text),
    "region": maybe(text),
}
_DECISION = shaped(
    schema=one_of(1),
    id=digest,
    decided_at=maybe(text),
    asked=shaped(as_of=maybe(day), known_at=maybe(text)),
    pdu=shaped(id=text, name=text, region=text),
    as_of=day,
    framework=shaped(id=text, version=text, title=text, sha256=digest),
    settings=shaped(
        sha256=maybe(digest),
        set_by=maybe(text),
        effective=maybe(day),
        withhold=many(text),
        trigger_points=keyed(
            shaped(
                value=short, default=short, set_by=one_of("default", "region", "pdu"), basis=_REMARKS["basis"]
            )
        ),
    ),
    returns=many(shaped(as_of=day, recorded_at=maybe(text), sha256=digest, annotations=keyed(text))),
    step_on=maybe(day),
    first_return=truth,
    status=text,
    since=day,
    previous=maybe(text),
    calculated=text,
    calculated_since=maybe(day),
    declared=maybe(
        shaped(**_EVENT, until=day, status=text, renew=many(text), days_without_break=whole, in_force=truth)
    ),
    suspended=maybe(shaped(**_EVENT, until=maybe(day))),
    outstayed=truth,
    review_by=maybe(day),
    indeterminate_because=many(because),
    last_determinate=maybe(shaped(status=text, as_of=day)),
    measures=many(
        shaped(
            id=text,
            title=text,
            unit=maybe(text),
            value=maybe(number),
            formula=maybe(text),
            points=maybe(text),
            inputs=keyed(
                shaped(
                    value=maybe(text),
                    as_of=maybe(day),
                    how=one_of("given", "carried", "default", "missing", "unfit"),
                )
            ),
            missing=many(text),
        )
    ),
    conditions=many(root),
    permitted=many(
        shaped(
            activity=text,
            title=text,
            from_=text,
            strength=one_of("may", "should", "must", "consider"),
            do=text,
            floor=maybe(text),
            except_=many(text),
            only=many(text),
            since=day,
            review_by=maybe(day),
            ends=maybe(day),
            releases=keyed(maybe(text)),
            source=maybe(text),
        )
    ),
    protected=many(shaped(activity=text, title=text, because=text, source=maybe(text))),
    not_permitted=many(shaped(activity=text, title=text, from_=text, because=because)),
    fired=many(text),
    data_quality=many(
        lambda note: isinstance(note, dict) and re.fullmatch(r"PF6\d\d", note["code"]) is not None
    ),
)


def check_shape(decision: dict[str, Any]) -> None:
    """Fail where a decision is not as the design writes it."""
    told = json.loads(json.dumps(decision))
    assert _DECISION(told)
    for path, value in leaves(decision):
        assert value is None or isinstance(value, str | int), (
            f"{path}: {value!r} is no text, whole number or truth"
        )


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every scalar of a value with its path."""
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in leaves(inner, f"{path}.{key}")]
    if isinstance(value, list):
        return [found for index, inner in enumerate(value) for found in leaves(inner, f"{path}.{index}")]
    return [(path, value)]


def id_by_a_reader(printed: str) -> str:
    """The id of a printed decision, computed by anyone who has read the design."""
    decision = json.loads(printed)
    for field in ("id", "decided_at", "asked"):
        del decision[field]
    canonical = json.dumps(decision, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
