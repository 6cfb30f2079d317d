"""The laws of the design, over random documents and histories and over the shipped ones.

Law 5 (the two deciders agree) is in `test_oracle_agreement.py`, laws 3, 4 and 9 of files in
`test_laws_of_files.py`, law 7 in `test_laws_of_regions.py`.
"""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.course import Course
from engine.sample import sample_returns
from rules.figures import Figure, Return
from rules.library import Library, load_library
from rules.model import Events
from tests.engine.engine_kit import Asker, Decision, conditions, decide, returned, share, version
from tests.oracle.facts import version_on
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for

SEEDS = st.integers(0, 2**64 - 1)
SHIPPED = Path(__file__).parents[2] / "frameworks"


@functools.lru_cache(maxsize=1)
def library() -> Library:
    return load_library(SHIPPED)


def with_returns(course: Course, returns: Sequence[Return]) -> Course:
    return replace(course, returns=tuple(returns), days=tuple(one.as_of for one in returns))


class TestLaw1NothingReducesWhatIsMandatory:
    @share(0.3)
    @given(seed=SEEDS)
    def test_whatever_happens(self, seed: int) -> None:
        case = random_case(random.Random(seed), size=2)
        for decision in decide(course_for(case), case.asked):
            document = next(
                one for one in case.versions if one["version"] == decision["framework"]["version"]
            )
            mandatory = [one["id"] for one in document["activities"] if "mandatory" in one]
            assert [one["activity"] for one in decision["protected"]] == mandatory
            touched = {one["activity"] for one in (*decision["permitted"], *decision["not_permitted"])}
            assert not touched & set(mandatory)

    def test_a_document_that_has_both_is_refused(self) -> None:
        both = {
            "id": "mappa",
            "mandatory": {"because": "The law."},
            "reductions": [{"from": "amber", "strength": "may", "do": "x"}],
        }
        with pytest.raises(AssertionError, match="PF222"):
            Asker([], version(activities=[both]))


WORSE = ("below", "at_most")
BETTER = ("at_least", "above")


def monotone_version(rng: random.Random) -> dict[str, Any]:
    """A version in which less staff can only bring on a status, and never end one."""

    def leaf(worse: bool) -> dict[str, Any]:
        if rng.random() < 0.3:
            return {"pressure": {rng.choice(BETTER if worse else WORSE): rng.randint(0, 3)}}
        number = Decimal(rng.randint(60, 100)) + rng.choice([Decimal(0), Decimal("0.5")])
        return {rng.choice(["staffing", "s"]): {rng.choice(WORSE if worse else BETTER): number}}

    def tree(worse: bool, depth: int) -> dict[str, Any]:
        kind = rng.choice(["leaf", "any", "all", "none", "count"])
        if depth == 0 or kind == "leaf":
            node = leaf(worse)
        else:
            parts = [tree(worse != (kind == "none"), depth - 1) for _ in range(rng.randint(1, 3))]
            node = {kind: {"at_least": rng.randint(1, len(parts)), "of": parts} if kind == "count" else parts}
        # A duration turns nothing round: a run that goes on is no shorter.
        return node | ({"for": f"{rng.randint(1, 3)} weeks"} if rng.random() < 0.3 else {})

    statuses: list[dict[str, Any]] = [{"id": "l0"}]
    for level in range(1, rng.randint(2, 4)):
        status = {"id": f"l{level}", "enter": tree(True, 2)}
        if rng.random() < 0.6:
            status["exit"] = tree(False, 2)
        if rng.random() < 0.3:
            status["minimum_stay"] = f"{rng.randint(1, 20)} days"
        statuses.append(status)
    points = {"of": "staffing", "bands": [{"below": 70, "give": 3}, {"below": 85, "give": 2}], "otherwise": 0}
    return version(
        statuses=statuses,
        activities=[],
        first_return=rng.choice(["at_once", "after_duration"]),
        steps={word: rng.randint(1, 2) for word in ("up", "down") if rng.random() < 0.3},
        inputs={"s": {"decimals": 2}},
        measures={
            "staffing": {
                "decimals": rng.randint(0, 1),
                "formula": rng.choice(["s", "100 * s / 97", "min(s, 99) - 1"]),
            },
            "pressure": {"decimals": 0, "points": points},
        },
    )


class TestLaw2WorseFiguresNeverGiveAMilderStatus:
    @share(0.6)
    @given(seed=SEEDS)
    def test_random_documents(self, seed: int) -> None:
        rng = random.Random(seed)
        figures = [Decimal(rng.randint(6000, 10500)).scaleb(-2) for _ in range(rng.randint(1, 6))]
        less = figures[-1] - Decimal(rng.randint(1, 2000)).scaleb(-2)
        start = datetime.date(2022, 8, 1)
        days = [start + datetime.timedelta(days=7 * place) for place in range(len(figures))]
        asker = Asker([], monotone_version(rng))
        levels = []
        for last in (figures[-1], less):
            asker.returns = [returned(as_of, s) for as_of, s in zip(days, [*figures[:-1], last], strict=True)]
            levels.append(int(asker(days[-1].isoformat()[5:])["calculated"][1:]))
        assert levels[1] >= levels[0]

    @share(0.3)
    @given(seed=SEEDS)
    def test_shipped_documents(self, seed: int) -> None:
        rng = random.Random(seed)
        shipped = library()
        framework = shipped.framework()
        pdu = rng.choice(
            [one for one in shipped.organisation.pdus if one.from_ is None and one.until is None]
        )
        weeks = rng.randint(1, 20)
        first = datetime.date(2022, 1, 31) + datetime.timedelta(weeks=rng.randint(0, 40))
        alone = shipped.organisation.model_copy(update={"pdus": [pdu]})
        returns = sorted(
            sample_returns(alone, start=first, weeks=weeks, seed=rng.randint(0, 99)),
            key=lambda one: one.as_of,
        )
        worse = dict(returns[-1].figures)
        for key, figure in worse.items():
            assert figure is not None
            if isinstance(figure, str):
                continue
            if key.startswith("in_post_fte") and rng.random() < 0.5:
                worse[key] = (figure * rng.choice([0, 1, 2, 3]) / 4).quantize(Decimal("0.01"))
            elif key in ("wmt_points", "required_fte[PO]", "required_fte[PSO]") and rng.random() < 0.5:
                worse[key] = figure + rng.randint(0, 20)
        worse["local_alert"] = rng.choice(["high", "very-high"])
        if returns[-1].figures.get("local_alert") == "very-high":
            worse["local_alert"] = "very-high"
        course = Course(framework, pdu, (), _nothing())
        levels = []
        for last in (returns[-1], replace(returns[-1], figures=worse)):
            (decision,) = decide(with_returns(course, [*returns[:-1], last]), [last.as_of])
            policy = framework.in_force(last.as_of)
            assert policy is not None
            if decision["calculated"] != "indeterminate":
                levels.append(policy.version.status_ids.index(decision["calculated"]))
        assert levels == sorted(levels)


def _nothing() -> Any:
    from engine.active import unit_events

    return unit_events(Events(), "", "")


class TestLaw3TheOrderOfRulesChangesNothing:
    @share(0.3)
    @given(seed=SEEDS)
    def test_rules_of_a_document(self, seed: int) -> None:
        rng = random.Random(seed)
        case = random_case(rng, size=2)
        shuffled = replace(case, versions=[shuffled_rules(rng, one) for one in case.versions])
        for one, other in zip(
            decide(course_for(case), case.asked), decide(course_for(shuffled), case.asked), strict=True
        ):
            assert answer(one) == answer(other)

    @share(0.2)
    @given(seed=SEEDS)
    def test_returns_in_a_request(self, seed: int) -> None:
        rng = random.Random(seed)
        case = random_case(rng, size=1)
        mixed = replace(case, returns=rng.sample(case.returns, len(case.returns)))
        assert decide(course_for(case), case.asked) == decide(course_for(mixed), case.asked)


def shuffled_rules(rng: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with everything in another order whose order says nothing."""

    def mixed(value: Any, path: str) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            if path not in ("lists", "lists.grade"):
                rng.shuffle(keys)
            return {key: mixed(value[key], f"{path}.{key}" if path else key) for key in keys}
        if isinstance(value, list):
            found = [mixed(inner, path) for inner in value]
            word = path.rsplit(".", 1)[-1]
            if word in (
                "any",
                "all",
                "none",
                "of",
                "activities",
                "reductions",
                "one_of",
                "none_of",
                "except",
                "only",
            ):
                rng.shuffle(found)
            return found
        return value

    return dict(mixed(document, ""))


def answer(decision: Decision) -> dict[str, Any]:
    """What a decision says, whatever its rules are numbered."""
    told = {
        field: decision[field]
        for field in (
            "as_of",
            "status",
            "since",
            "previous",
            "calculated",
            "calculated_since",
            "last_determinate",
            "outstayed",
            "review_by",
        )
    }
    told["measures"] = {one["id"]: one["value"] for one in decision["measures"]}
    told["permitted"] = sorted(
        (one["activity"], one["from"], one["since"], str(one["ends"])) for one in decision["permitted"]
    )
    told["protected"] = sorted(one["activity"] for one in decision["protected"])
    told["roots"] = {node["rule"]: node["holds"] for node in decision["conditions"]}
    return told


class TestLaws6And8TheUnknown:
    @share(0.8)
    @given(seed=SEEDS)
    def test_what_follows_without_a_figure_follows_with_any(self, seed: int) -> None:
        """A figure not given is not false, zero or the first status, and giving it un-knows nothing."""
        rng = random.Random(seed)
        case = random_case(rng, size=1 + seed % 2)
        place = rng.randrange(len(case.returns)) if case.returns else 0
        asked = case.returns[place]["as_of"] if case.returns else None
        document = version_on(case.versions, asked) if asked is not None else None
        if document is None or asked is None:
            return
        course = course_for(case)
        before, after = course.returns[:place], course.returns[place + 1 :]
        name = rng.choice(list(document["inputs"]))
        members = document["lists"]["grade"] if "per" in document["inputs"][name] else [None]
        member = rng.choice(list(members))
        key = name if member is None else f"{name}[{member}]"
        figures = {one: value for one, value in course.returns[place].figures.items() if one != key}
        without = Return("p1", asked, figures)
        (unknown,) = decide(with_returns(course, [*before, without, *after]), [asked])
        if any(one.get("input") == key for one in unknown["data_quality"]):
            return  # an earlier figure or the default stands in for it
        for value in possible(rng, case, document, name, key):
            full = Return("p1", asked, figures | {key: value})
            (known,) = decide(with_returns(course, [*before, full, *after]), [asked])
            judged = conditions(known)
            for rule, node in conditions(unknown).items():
                if node["holds"] is not None:
                    assert judged[rule]["holds"] is node["holds"], (rule, key, value)
            for one, other in zip(unknown["measures"], known["measures"], strict=True):
                assert one["value"] in (None, other["value"])
            if unknown["calculated"] != "indeterminate":
                assert known["calculated"] == unknown["calculated"], (key, value)
                assert known["since"] == unknown["since"]

    def test_nothing_known_is_not_the_first_status(self) -> None:
        for document in (version(), version(first_return="after_duration")):
            for returns in ([], [returned(datetime.date(2022, 8, 1), None)]):
                decision = Asker(returns, document)("08-03")
                assert (decision["status"], decision["permitted"]) == ("indeterminate", [])
                assert decision["measures"][0]["value"] is None
                assert {node["holds"] for node in conditions(decision).values()} == {None}


def possible(rng: random.Random, case: Case, document: dict[str, Any], name: str, key: str) -> list[Figure]:
    """Some values that a figure could have."""
    spec = document["inputs"][name]
    if "values" in spec:
        return list(spec["values"])
    step = Decimal(1).scaleb(-spec["decimals"])
    seen = [one["figures"][key] for one in case.returns if one["figures"].get(key) is not None]
    return [*rng.sample(seen, min(2, len(seen))), Decimal(0), rng.randint(0, 12) + step * rng.randint(0, 9)]
