"""The sample of returns: exact where figures are public, the same everywhere, and as awkward as it says."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
import time
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from engine.sample import AWKWARD, PUBLIC_VACANCIES, awkward_pdus, sample_corrections, sample_returns
from rules.figures import FigureSpec, Return
from rules.model import Organisation

GRADES = ("PO", "PSO", "SPO", "CA")
STAGES = ("PQIP1", "PQIP2", "PQIP3", "NQO")
START = datetime.date(2022, 1, 31)
ROOT = Path(__file__).parents[2]


def number(found: Return, key: str) -> Decimal:
    value = found.figures[key]
    assert isinstance(value, Decimal)
    return value


def total(found: Return, input_id: str, members: tuple[str, ...] = GRADES) -> Decimal:
    return sum((number(found, f"{input_id}[{member}]") for member in members), Decimal(0))


def staffing(found: Return) -> Decimal:
    """Officers who are there, learners by what they can carry, over those required; in percent."""
    officers = ("PO", "PSO")
    present = total(found, "in_post_fte", officers) - total(found, "absent_fte", officers)
    present += sum(
        number(found, f"learner_fte[{stage}]") * share / 100
        for stage, share in zip(STAGES, (20, 40, 60, 80), strict=True)
    )
    return 100 * present / total(found, "required_fte", officers)


def digest(returns: list[Return]) -> str:
    return hashlib.sha256("".join(found.sha256 for found in returns).encode()).hexdigest()


@pytest.fixture(scope="module")
def returns(shipped: Organisation) -> list[Return]:
    return sample_returns(shipped)


def by_pdu(returns: list[Return]) -> dict[str, list[Return]]:
    found: dict[str, list[Return]] = defaultdict(list)
    for one in returns:
        found[one.pdu].append(one)
    return found


def assert_public_sums(organisation: Organisation, returns: list[Return], start: datetime.date) -> None:
    """On average over September 2023, required less in post is the public figure of every region."""
    region = {pdu.id: pdu.region for pdu in organisation.pdus}
    month = [found for found in returns if (found.as_of.year, found.as_of.month) == (2023, 9)]
    days = {found.as_of for found in month}
    assert len(days) in (4, 5)
    assert all((day - start).days % 7 == 0 for day in days)
    vacant: dict[str, Decimal] = defaultdict(Decimal)
    for found in month:
        vacant[region[found.pdu]] += total(found, "required_fte") - total(found, "in_post_fte")
    assert {name: vacant[name] for name in PUBLIC_VACANCIES} == {
        name: vacancies * len(days) for name, vacancies in PUBLIC_VACANCIES.items()
    }


def test_public_regions_are_those_of_the_organisation(shipped: Organisation) -> None:
    assert set(PUBLIC_VACANCIES) == {region.id for region in shipped.regions}
    assert sum(PUBLIC_VACANCIES.values()) == 1286


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_vacancies_are_the_public_ones(shipped: Organisation, seed: int) -> None:
    assert_public_sums(shipped, sample_returns(shipped, seed=seed), START)


@pytest.mark.parametrize(
    "first", [datetime.date(2023, 3, 1), datetime.date(2023, 8, 4), datetime.date(2023, 9, 2)]
)
def test_vacancies_are_the_public_ones_whatever_the_first_day(
    shipped: Organisation, first: datetime.date
) -> None:
    assert_public_sums(shipped, sample_returns(shipped, start=first, weeks=33), first)


def test_vacancies_are_the_public_ones_where_pdus_begin_and_end(changing: Organisation) -> None:
    assert_public_sums(changing, sample_returns(changing), START)


def test_a_part_of_a_region_is_not_made_to_hold_all_its_vacancies(shipped: Organisation) -> None:
    part = shipped.model_copy(update={"pdus": [pdu for pdu in shipped.pdus if pdu.id == "lambeth"]})
    assert all(number(found, "in_post_fte[PO]") > 0 for found in sample_returns(part))


def test_officers_are_shorter_than_the_other_grades(returns: list[Return]) -> None:
    week = [found for found in returns if found.as_of == datetime.date(2023, 3, 27)]
    vacant = {
        grade: 1
        - sum(number(found, f"in_post_fte[{grade}]") for found in week)
        / sum(number(found, f"required_fte[{grade}]") for found in week)
        for grade in GRADES
    }
    assert Decimal("0.10") <= vacant["PO"] <= Decimal("0.20")
    assert vacant["PO"] == max(vacant.values())


def test_the_same_seed_gives_the_same_returns(shipped: Organisation, returns: list[Return]) -> None:
    assert sample_returns(shipped) == returns
    assert sample_returns(shipped, seed=2) != returns


def test_a_shorter_sample_is_the_beginning_of_a_longer_one(
    shipped: Organisation, returns: list[Return]
) -> None:
    early = sample_returns(shipped, weeks=20)
    last = START + datetime.timedelta(weeks=19)
    assert [found for found in early if found.as_of < last] == [
        found for found in returns if found.as_of < last
    ]


SCRIPT = """
import hashlib, sys
sys.path[:0] = [{root!r}, {here!r}]
from pathlib import Path
from engine.sample import sample_returns
from rules.model import Organisation
from rules.problems import Findings
from rules.text import parse, value_of
path = Path({root!r}) / "frameworks" / "organisation.yaml"
organisation = Organisation.model_validate(value_of(parse(path.read_bytes(), path.name, Findings()).root))
returns = sample_returns(organisation, weeks=30)
print(hashlib.sha256("".join(found.sha256 for found in returns).encode()).hexdigest())
"""


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_hash_seed_changes_nothing(shipped: Organisation, hash_seed: str) -> None:
    script = SCRIPT.format(root=str(ROOT), here=str(Path(__file__).parent))
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == digest(sample_returns(shipped, weeks=30))


def test_days_ascend_and_no_two_returns_are_for_one_day(returns: list[Return]) -> None:
    assert all(first.as_of <= second.as_of for first, second in pairwise(returns))
    assert len({(found.pdu, found.as_of) for found in returns}) == len(returns)


@pytest.mark.parametrize("which", ["shipped", "changing"])
def test_returns_only_while_a_pdu_exists(which: str, request: pytest.FixtureRequest) -> None:
    organisation: Organisation = request.getfixturevalue(which)
    pdus = {pdu.id: pdu for pdu in organisation.pdus}
    found = sample_returns(organisation)
    assert all(pdus[one.pdu].exists_on(one.as_of) for one in found)
    within = {
        pdu.id for pdu in organisation.pdus if pdu.exists_on(START) or (pdu.from_ and pdu.from_.year < 2024)
    }
    assert {one.pdu for one in found} == within


def test_a_split_hands_over_the_posts(changing: Organisation) -> None:
    found = by_pdu(sample_returns(changing))
    whole = total(found["east-midlands-0"][-1], "required_fte")
    halves = sum(total(found[name][0], "required_fte") for name in ("half-a", "half-b"))
    assert found["east-midlands-0"][-1].as_of == datetime.date(2022, 9, 26)
    assert found["half-a"][0].as_of == datetime.date(2022, 10, 3)
    assert abs(whole - halves) <= whole / 10


def test_figures_fit_their_inputs(returns: list[Return]) -> None:
    low = Decimal(0)
    per = {
        "required_fte": GRADES, "in_post_fte": GRADES, "absent_fte": GRADES, "on_loan_fte": GRADES,
        "learner_fte": STAGES,
    }  # fmt: skip
    specs = {
        f"{name}[{member}]": FigureSpec(name, name, "FTE", 2, None, (), low, None, None)
        for name, members in per.items()
        for member in members
    }
    for name in ("wmt_points", "wmt_available", "caseload"):
        specs[name] = FigureSpec(name, name, "", 0, None, (), low, Decimal(10_000_000), None)
    specs["local_alert"] = FigureSpec(
        "local_alert", "", "", 0, None, (), None, None, ("none", "high", "very-high")
    )
    for found in returns:
        for key, value in found.figures.items():
            assert specs[key].misfit(value) is None, (found.pdu, found.as_of, key, value)


def test_everything_is_labelled_synthetic(returns: list[Return], shipped: Organisation) -> None:
    corrected = [found.corrected for found in sample_corrections(shipped)]
    assert all(found.annotations["basis"] == "synthetic" for found in (*returns, *corrected))
    assert {len(found.annotations) for found in returns} == {1, 2}


def test_sizes_and_levels_are_realistic(returns: list[Return]) -> None:
    sizes = {}
    for found in returns:
        if "required_fte[PO]" in found.figures:
            sizes[found.pdu] = total(found, "required_fte")
        for grade in GRADES:
            assert number(found, f"absent_fte[{grade}]") <= number(found, f"in_post_fte[{grade}]") * 2 / 5
    assert min(sizes, key=lambda pdu: sizes[pdu]) == "york"
    assert all(40 <= size <= 250 for size in sizes.values())
    usual = [found for found in returns if "note" not in found.annotations]
    loads = sorted(100 * number(found, "wmt_points") / number(found, "wmt_available") for found in usual)
    assert loads[0] > 88
    assert loads[-1] < 130
    assert 100 <= loads[len(loads) // 10] <= loads[len(loads) * 9 // 10] <= 125


def test_pdus_come_under_pressure_and_come_back(shipped: Organisation, returns: list[Return]) -> None:
    region = {pdu.id: pdu.region for pdu in shipped.pdus}
    means: dict[str, list[Decimal]] = defaultdict(list)
    paths = {}
    for pdu, found in by_pdu(returns).items():
        levels = [staffing(one) for one in found if "required_fte[PO]" in one.figures]
        means[region[pdu]] += levels
        paths[pdu] = levels
    mean = {name: sum(levels) / len(levels) for name, levels in means.items()}
    short = {"london", "east-of-england", "south-central"}
    assert max(mean[name] for name in short) < min(mean[name] for name in mean if name not in short)
    assert min(mean["greater-manchester"], mean["wales"]) > 98
    deep = [path for path in paths.values() if min(path) < 75]
    back = [path for path in deep if max(path[path.index(min(path)) :]) >= 80]
    assert len(deep) >= 10
    assert len(back) >= 10
    assert sum(min(path) < 90 and max(path[path.index(min(path)) :]) >= 95 for path in paths.values()) >= 10


def test_learners_move_on_every_six_months(returns: list[Return]) -> None:
    leeds = by_pdu(returns)["leeds"]
    newest = [number(found, "learner_fte[PQIP1]") for found in leeds]
    next_stage = [number(found, "learner_fte[PQIP2]") for found in leeds]
    assert len({*newest}) > 1
    assert next_stage[35:60] == newest[9:34]


def test_every_awkward_case_is_there(shipped: Organisation, returns: list[Return]) -> None:
    pdus = {case.id: pdu for pdu, case in awkward_pdus(shipped, START).items()}
    assert set(pdus) == {case.id for case in AWKWARD} - {"split"}
    assert {case.pdu for case in AWKWARD if case.pdu} == set(pdus.values())
    noted = {found.annotations["note"] for found in returns if "note" in found.annotations}
    assert noted == {case.note() for case in AWKWARD if case.id not in ("missed", "gap", "split")}
    found = by_pdu(returns)
    assert {one.as_of.weekday() for one in found[pdus["late"]]} == {0, 1, 2}
    assert len(found[pdus["missed"]]) == 98
    gaps = [(b.as_of - a.as_of).days for a, b in pairwise(found[pdus["gap"]])]
    assert max(gaps) == 42
    assert len(found[pdus["second"]]) == 106
    assert sum("wmt_points" not in one.figures for one in found[pdus["no-workload"]]) == 5
    assert sum("required_fte[PO]" not in one.figures for one in found[pdus["unagreed"]]) == 3
    assert not any("local_alert" in one.figures for one in found[pdus["blank"]])
    assert sum(one.figures["local_alert"] == "very-high" for one in found[pdus["flood"]]) == 3
    assert sum(number(one, "on_loan_fte[PO]") > 0 for one in found[pdus["loan"]]) == 26
    ill = [number(one, "absent_fte[PO]") / number(one, "in_post_fte[PO]") for one in found[pdus["sickness"]]]
    assert sum(share > Decimal("0.2") for share in ill) == 16


def test_corrections_are_for_returns_that_were_wrong(shipped: Organisation, returns: list[Return]) -> None:
    first = {(found.pdu, found.as_of): found for found in returns}
    corrections = sample_corrections(shipped)
    assert len(corrections) == 3
    for correction in corrections:
        wrong, right = first[(correction.corrected.pdu, correction.corrected.as_of)], correction.corrected
        assert correction.recorded_on > right.as_of
        changed = {key for key in right.figures if right.figures[key] != wrong.figures[key]}
        assert "in_post_fte[PO]" in changed
        assert number(right, "in_post_fte[PO]") > number(wrong, "in_post_fte[PO]")


def test_it_is_fast(shipped: Organisation) -> None:
    started = time.perf_counter()
    sample_returns(shipped)
    assert time.perf_counter() - started < 2
