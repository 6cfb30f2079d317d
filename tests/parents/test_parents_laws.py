"""What holds of parents whatever the framework and the figures.

The reading of a child's figures is done again here by the oracle's, from the text of the rules alone.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.course import course_of
from engine.deciding import Engine, decide_parents
from engine.decision import Decision
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Organisation
from tests.engine.engine_kit import policy_of, share
from tests.oracle.evaluate import row_of
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for

SEEDS = st.integers(0, 2**64 - 1)
UNITS = ("p1", "p2", "p3")
ORGANISATION = Organisation.model_validate(
    {
        "format": 1,
        "regions": [{"id": "r1", "name": "R1"}],
        "pdus": [{"id": unit, "name": unit, "region": "r1"} for unit in UNITS],
    }
)
PARENT = ORGANISATION.pdus[0].model_copy(update={"id": "region:r1", "name": "R1"})
Document = dict[str, Any]


def first_version(seed: int) -> tuple[random.Random, Case]:
    """A random case of one version; and dice to go on with."""
    rng = random.Random(seed)
    case = random_case(rng)
    return rng, replace(case, versions=case.versions[:1])


def keys_of(version: Document) -> Iterator[tuple[str, Document]]:
    """Every figure of a version, with what its input says."""
    for name, spec in version["inputs"].items():
        members = version.get("lists", {}).get(spec.get("per"), {})
        for key in [f"{name}[{member}]" for member in members] or [name]:
            yield key, spec


def varied(rng: random.Random, spec: Document, value: Any) -> Any:
    """Another figure that the input takes, or none."""
    if rng.random() < 0.08:
        return None
    if value is None or "values" in spec:
        return rng.choice(spec["values"]) if "values" in spec and rng.random() < 0.5 else value
    step = Decimal(1).scaleb(-int(spec.get("decimals", 0)))
    moved = Decimal(str(value)) + rng.randint(-20, 20) * step
    low, high = (None if spec.get(key) is None else Decimal(str(spec[key])) for key in ("minimum", "maximum"))
    return value if (low is not None and moved < low) or (high is not None and moved > high) else moved


def histories(rng: random.Random, case: Case) -> dict[str, list[Document]]:
    """Returns of each unit on the days of the case, in the oracle's form."""
    version, first = case.versions[0], list(case.returns)
    found = {UNITS[0]: first}
    for unit in UNITS[1:]:
        found[unit] = [
            {
                "as_of": one["as_of"],
                "figures": {
                    key: varied(rng, spec, one["figures"].get(key)) for key, spec in keys_of(version)
                },
            }
            for one in first
        ]
    return found


def as_returns(told: dict[str, list[Document]]) -> list[Return]:
    """Returns as the engine has them."""
    return [
        Return(unit, one["as_of"], {key: value for key, value in one["figures"].items() if value is not None})
        for unit, listed in told.items()
        for one in listed
    ]


def summed(version: Document, told: dict[str, list[Document]]) -> list[Return]:
    """The returns of one unit that has all that the children have, as the oracle reads them."""
    found = []
    for index, one in enumerate(told[UNITS[0]]):
        rows = [row_of(version, listed, index) for listed in told.values()]
        figures: dict[str, Any] = {}
        for key, spec in keys_of(version):
            values = [row[key] for row in rows]
            if any(value is None for value in values):
                continue
            if "values" in spec:
                figures[key] = max(values, key=spec["values"].index)
            else:
                figures[key] = exact(sum((one for one in values if isinstance(one, Fraction)), Fraction(0)))
        found.append(Return("region:r1", one["as_of"], figures))
    return found


def exact(value: Fraction) -> Decimal:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(number) == value
    return number


def framework(case: Case, version: Document) -> Framework:
    """The case's framework, with another version and its settings."""
    regions = course_for(case).framework.regions
    return Framework("f", (policy_of(version),), regions)


def with_rollup(version: Document, **rules: Any) -> Document:
    return {**version, "rollup": {"region": {"by": "sums", **rules}}}


def most_severe(version: Document) -> dict[str, str]:
    return {name: "most_severe" for name, spec in version["inputs"].items() if "values" in spec}


def opened(version: Document) -> Document:
    """The version with inputs that take any sum, and in which nothing stands in for a missing figure."""
    taken = ("minimum", "maximum", "default", "carry_forward")
    inputs = {
        name: {key: value for key, value in spec.items() if key not in taken}
        for name, spec in version["inputs"].items()
    }
    return {**version, "inputs": inputs}


def events(case: Case) -> Events:
    return Events.model_validate({"declarations": case.declarations, "suspensions": case.suspensions})


def parents(
    case: Case, version: Document, returns: Sequence[Return], days: Iterable[datetime.date]
) -> Iterator[tuple[datetime.date, list[Decision]]]:
    """The decisions of parents on some days."""
    with Engine(framework(case, version), ORGANISATION) as engine:
        for day in days:
            yield day, decide_parents(engine, returns, events(case), as_of=day)[0]


def plain(decision: Decision) -> Any:
    """A decision without what tells which text it was made by, and what was noted of the children."""
    facts = {key: value for key, value in decision.items() if key not in ("id", "framework", "pdu")}
    facts["data_quality"] = [one for one in facts["data_quality"] if "unit" not in one]
    return json.loads(
        json.dumps(facts), object_hook=lambda one: {k: v for k, v in one.items() if k != "line"}
    )


@share(0.5)
@given(seed=SEEDS)
def test_a_parent_by_sums_is_a_unit_with_the_summed_figures(seed: int) -> None:
    rng, case = first_version(seed)
    version, told = case.versions[0], histories(rng, case)
    other, given_ = framework(case, opened(version)), summed(version, told)
    whole = with_rollup(version, combine=most_severe(version))
    with Engine(other, ORGANISATION) as engine:
        for day, found in parents(case, whole, as_returns(told), case.asked):
            known = [one for one in given_ if one.as_of <= day]
            expected = engine.decision(course_of(other, PARENT, known, events(case)), day, asked=day)
            assert [plain(one) for one in found] == ([plain(expected)] if isinstance(expected, dict) else [])


@share(0.3)
@given(seed=SEEDS, by=st.sampled_from(["sums", "mean", "count"]), complete=st.sampled_from([100, 60, 30]))
def test_the_order_of_children_changes_nothing(seed: int, by: str, complete: int) -> None:
    rng, case = first_version(seed)
    version, told = case.versions[0], histories(rng, case)
    whole = with_rollup(version, **rules_of(rng, version, by), complete=complete)
    returns = [one for one in as_returns(told) if rng.random() < 0.9]
    turned = ORGANISATION.model_copy(update={"pdus": ORGANISATION.pdus[::-1]})
    day = case.asked[-1]
    ids = []
    for organisation in (ORGANISATION, turned):
        rng.shuffle(returns)
        with Engine(framework(case, whole), organisation) as engine:
            found, _ = decide_parents(engine, returns, events(case), as_of=day)
            ids.append([one["id"] for one in found])
    assert ids[0] == ids[1]


@share(0.5)
@given(seed=SEEDS)
def test_what_one_child_lacks_is_unknown_and_never_0(seed: int) -> None:
    rng, case = first_version(seed)
    version = opened(case.versions[0])
    told = histories(rng, case)
    if not case.returns:
        return
    last = told[UNITS[1]][-1]
    numbers = [key for key, spec in keys_of(version) if "values" not in spec]
    gone = rng.choice(numbers)
    last["figures"] = {**last["figures"], gone: None}
    day = last["as_of"]
    for decision in chain.from_iterable(
        one for _, one in parents(case, with_rollup(version), as_returns(told), [day])
    ):
        assert decision["returns"][0]["as_of"] == day.isoformat()
        for measure in decision["measures"]:
            if gone in measure["inputs"]:
                assert measure["inputs"][gone]["value"] is None
                assert gone in measure["missing"]
                assert measure["value"] is None


@share(0.3)
@given(seed=SEEDS, by=st.sampled_from(["sums", "mean", "count"]), complete=st.sampled_from([100, 60, 30]))
def test_nothing_mandatory_is_reduced_by_a_parent(seed: int, by: str, complete: int) -> None:
    rng, case = first_version(seed)
    version, told = case.versions[0], histories(rng, case)
    mandatory = [one["id"] for one in version["activities"] if "mandatory" in one]
    whole = with_rollup(version, **rules_of(rng, version, by), complete=complete)
    for _, found in parents(case, whole, as_returns(told), case.asked):
        for decision in found:
            assert [one["activity"] for one in decision["protected"]] == mandatory
            touched = {one["activity"] for one in (*decision["permitted"], *decision["not_permitted"])}
            assert not touched & set(mandatory)


@share(0.3)
@given(seed=SEEDS)
def test_units_are_decided_the_same_with_parents_and_without(seed: int) -> None:
    """The text of the version is another one, and nothing else."""
    rng, case = first_version(seed)
    version, told = case.versions[0], histories(rng, case)
    answers = []
    for one in (version, with_rollup(version)):
        with Engine(framework(case, one), ORGANISATION) as engine:
            course = engine.course(ORGANISATION.pdus[0], as_returns({"p1": told["p1"]}), events(case))
            decision = engine.decision(course, case.asked[-1])
            answers.append(plain(decision) if isinstance(decision, dict) else decision)
    assert answers[0] == answers[1]


def rules_of(rng: random.Random, version: Document, by: str) -> Document:
    """Random rules of one way."""
    if by == "mean":
        name = rng.choice(list(version["measures"]))
        weights = [
            name for name, spec in version["inputs"].items() if "values" not in spec and "per" not in spec
        ]
        return {"by": by, "means": {name: {"weight": rng.choice([*weights, 1])}}}
    if by == "count":
        ids = [one["id"] for one in version["statuses"]]
        enter = [{f"units_at[{rng.choice(ids)}]": {"at_least": rng.randint(1, 3)}} for _ in ids]
        statuses = {id_: {"enter": one} for id_, one in zip(ids[1:], enter[1:], strict=True)}
        return {"by": by, "statuses": statuses} if statuses else {}
    return {}
