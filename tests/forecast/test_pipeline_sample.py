"""The synthetic pipeline: what it tells is what the sample goes on to do."""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from engine.forecast import Pipeline, read_pipeline
from engine.forecast.writing import Form, write_pipeline
from engine.sample import START, awkward_pdus, sample_pipeline, sample_returns
from rules.figures import Figure
from rules.library import load_library

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
LIBRARY = load_library(FRAMEWORKS)
WEEK = datetime.timedelta(weeks=1)
WEEKS = 50
LAST = START + (WEEKS - 1) * WEEK


@cache
def pipeline(seed: int = 1) -> Pipeline:
    return sample_pipeline(LIBRARY.organisation, weeks=WEEKS, seed=seed)


@cache
def longer() -> dict[tuple[str, datetime.date], dict[str, Figure]]:
    returns = sample_returns(LIBRARY.organisation, weeks=WEEKS + 26)
    return {(one.pdu, one.as_of): dict(one.figures) for one in returns}


@cache
def plain() -> list[str]:
    """Some units whose returns are as they should be."""
    awkward = awkward_pdus(LIBRARY.organisation, START)
    whole = [pdu.id for pdu in LIBRARY.organisation.pdus if pdu.from_ is None and pdu.until is None]
    return [id_ for id_ in whole if id_ not in awkward][:40]


def moved(pdu: str, key: str, since: datetime.date, until: datetime.date) -> Decimal:
    """By how much a figure of the sample moves from one week to another."""
    before, after = (longer()[pdu, day][key] for day in (since, until))
    assert isinstance(before, Decimal)
    assert isinstance(after, Decimal)
    return after - before


@pytest.mark.parametrize("form", ["yaml", "json", "csv"])
def test_it_is_a_pipeline_that_is_read_back(form: Form) -> None:
    whole = sample_pipeline(LIBRARY.organisation)
    vocabulary = LIBRARY.framework().vocabulary
    data = write_pipeline(whole, form, vocabulary)
    found = read_pipeline(data, f"pipeline.{form}", vocabulary=vocabulary, organisation=LIBRARY.organisation)
    assert found == whole
    assert {event.pdu for event in whole.known} > {"york", "cumbria", "gwent"}


def test_every_entry_says_that_it_is_made_up_and_lies_ahead() -> None:
    for event in pipeline().known:
        assert event.basis == "synthetic"
        assert LAST < event.on <= LAST + 26 * WEEK
    assert {trend.basis for trend in pipeline().trends} == {"synthetic"}


def test_what_is_certain_happens_in_the_longer_sample() -> None:
    checked = Counter(
        event.kind
        for event in pipeline().known
        if event.kind in ("moves_on", "posts") and event.pdu in plain()
        for key, amount in event.changes
        if moved(event.pdu, key, event.on - WEEK, event.on) == amount
    )
    told = Counter(
        event.kind
        for event in pipeline().known
        if event.kind in ("moves_on", "posts") and event.pdu in plain() and event.certain
        for _ in event.changes
    )
    assert checked == told
    assert checked["moves_on"] > 5
    assert checked["posts"] > 5


def test_starters_and_leavers_add_up_to_what_the_sample_does() -> None:
    checked = 0
    for pdu in plain():
        for grade in ("PO", "PSO"):
            key = f"in_post_fte[{grade}]"
            told = sorted(
                (event.on, amount)
                for event in pipeline().known
                if event.pdu == pdu and event.likelihood >= 90
                for changed, amount in event.changes
                if changed == key
            )
            total = Decimal(0)
            for day, amount in told:
                total += amount
                assert moved(pdu, key, LAST, day) == total, (pdu, key, day)
                checked += 1
    assert checked > 20


def test_a_long_absence_ends_as_in_the_sample() -> None:
    (event,) = [
        event
        for event in pipeline().known
        if event.pdu == "cardiff-and-the-vale" and event.kind == "absence_ends" and event.likelihood == 80
    ]
    for key, amount in event.changes:
        assert amount < 0
        assert moved(event.pdu, key, event.on - WEEK, event.on) == amount


def test_some_of_it_may_come_to_nothing() -> None:
    likelihoods = {event.likelihood for event in pipeline().known}
    assert {Decimal(25), Decimal(60), Decimal(90), Decimal(100)} <= likelihoods
    assert any(event.spread for event in pipeline().known)


def test_the_same_seed_gives_the_same() -> None:
    assert sample_pipeline(LIBRARY.organisation, weeks=WEEKS, seed=1) == pipeline()
    assert sample_pipeline(LIBRARY.organisation, weeks=WEEKS, seed=2) != pipeline()


@pytest.mark.parametrize("weeks", [1, 2, 60, 104, 500])
def test_any_length_has_one(weeks: int) -> None:
    found = sample_pipeline(LIBRARY.organisation, weeks=weeks)
    last = START + (weeks - 1) * WEEK
    assert found.known
    assert all(event.on > last for event in found.known)
