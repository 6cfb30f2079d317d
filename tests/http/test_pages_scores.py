"""The page that says how good forecasts have been: what `engine.forecast` makes of the recorded returns."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import engine.forecast
from engine.forecast import origins, score
from tests.http.pages_kit import Browser, PagesWorld, seen
from tests.http.reads import given, record

FIRST = datetime.date(2022, 8, 1)
WEEKS = 96
PATH = "/regions/north/forecasts"


def staff(week: int, unit: str) -> str:
    """Officers come and go in turns, so that statuses do."""
    turn = (week + (3 if unit == "hull" else 0)) % 16
    return str(10 - turn if turn < 8 else turn - 6)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    """Some two years of two PDUs in the North; Kent in the South has sent two returns."""
    with PagesWorld(tmp_path_factory.mktemp("scores")) as made:
        made.clock.pass_days(7 * WEEKS)
        for week in range(WEEKS):
            day = (FIRST + datetime.timedelta(weeks=week)).isoformat()
            record(made.ledger, *(given(unit, day, staff(week, unit)) for unit in ("york", "hull")))
        record(made.ledger, given("kent", "2022-08-01"), given("kent", "2022-08-08"))
        yield made


def rows(world: PagesWorld, name: str) -> list[list[str]]:
    answer = Browser(world).get(f"{PATH}?csv={name}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text, newline="")))[1:]


def test_it_is_what_the_engine_finds_on_the_newest_days(world: PagesWorld) -> None:
    with world.ledger.view(None) as view:
        policy = view.policy
        units = [
            (policy.pdus[id_], [given(id_, *one) for one in sent(id_)]) for id_ in ("hull", "leeds", "york")
        ]
        days = origins(units)
        assert len(days) > 4
        found = score(policy.framework, policy.library.organisation, units, origins=days[-4:], futures=200)
    assert found is not None
    assert rows(world, "score") == [
        [str(one.weeks), str(one.cases), str(one.forecast), str(one.persistence), str(one.trend),
         "yes" if one.beats_persistence else "no"]
        for one in found.horizons
    ]  # fmt: skip
    assert max(one.cases for one in found.horizons) > 1
    page = seen(Browser(world).get(PATH))
    assert page.h1 == ["How good forecasts have been: The North"]
    assert "This is about all PDUs in The North together" in page.words
    assert "Forecasts were made for 3 PDUs" in page.words
    assert "on 4 days from" in page.words
    assert "The numbers are Brier scores" in page.words


def sent(unit: str) -> list[tuple[str, str]]:
    if unit == "leeds":
        return []
    return [
        ((FIRST + datetime.timedelta(weeks=week)).isoformat(), staff(week, unit)) for week in range(WEEKS)
    ]


def test_its_tables_have_plain_numbers(world: PagesWorld) -> None:
    (measure, weeks, cases, within) = rows(world, "score-coverage")[0]
    assert (measure, weeks) == ("Staffing", "4")
    assert int(cases) > 0
    assert 0 <= float(within) <= 100
    for row in rows(world, "score-bins"):
        assert all(cell.replace(".", "", 1).isdigit() for cell in row)
        assert int(row[1]) + 10 == int(row[2])


def test_a_past_that_is_too_short_is_told(world: PagesWorld) -> None:
    answer = Browser(world).get("/regions/south/forecasts")
    assert answer.status_code == 200
    page = seen(answer)
    assert "The past is too short to tell how good such forecasts have been." in page.words
    assert "<table" not in answer.text


def test_a_region_that_there_is_not(world: PagesWorld) -> None:
    answer = Browser(world).get("/regions/nort/forecasts")
    assert answer.status_code == 404
    assert "Did you mean north?" in seen(answer).words
    assert Browser(world).get(f"{PATH}?weeks=4").status_code == 422


def test_the_weeks_ahead_lead_to_it_and_do_not_wait_for_it(
    world: PagesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("nobody has asked for it")

    monkeypatch.setattr(engine.forecast, "score", never)
    page = seen(Browser(world).get("/pdus/york/ahead"))
    assert (PATH, "How good such forecasts have been in The North") in page.links
    assert "was not worked out here" not in page.words
    page = seen(Browser(world).get("/regions/north"))
    assert PATH in [href for href, _ in page.links]


def test_it_is_worked_out_once_until_something_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def counted(*_: Any, **more: Any) -> None:
        asked.append(more["origins"])

    monkeypatch.setattr(engine.forecast, "score", counted)
    with PagesWorld(tmp_path) as made:
        browser = Browser(made)
        assert [browser.get(PATH).status_code for _ in range(2)] == [200, 200]
        assert len(asked) == 1
        record(made.ledger, given("york", "2022-08-29"))
        assert browser.get(PATH).status_code == 200
        assert len(asked) == 2
