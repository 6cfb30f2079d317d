"""What takes long to work out is kept under all that it follows from: made once, up to a bound, and never a failure."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from api.http.kept import Kept
from api.pages.routes import unit
from engine.ledger.view import View
from reports.pages import UnitPage
from rules.library import take_texts
from rules.model import Pdu
from tests.http.pages_kit import PagesWorld
from tests.http.world import LOADER, a_return, files


def test_a_value_is_made_once() -> None:
    kept, made = Kept[int](4), list[int]()

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.find("one", make) for _ in range(3)] == [1, 1, 1]
    assert kept.find("other", make) == 2


def test_the_one_not_asked_for_longest_goes_first() -> None:
    kept = Kept[str](2)
    for key in ("a", "b", "a", "c"):
        kept.find(key, lambda key=key: key)  # type: ignore[misc]
    assert len(kept) == 2
    assert kept.find("a", lambda: "made again") == "a"
    assert kept.find("b", lambda: "made again") == "made again"


def test_a_failure_is_not_kept() -> None:
    kept = Kept[int](2)
    with pytest.raises(ZeroDivisionError):
        kept.find("one", lambda: 1 // 0)
    assert len(kept) == 0
    assert kept.find("one", lambda: 7) == 7


def test_who_asks_for_the_same_meanwhile_waits_for_it() -> None:
    kept, made, go = Kept[int](2), list[int](), threading.Event()

    def make() -> int:
        go.wait(60)
        made.append(1)
        return len(made)

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(kept.find("one", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    assert found == [1] * 8


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    with PagesWorld(tmp_path_factory.mktemp("kept") / "world") as made:
        send(made, "york", "2022-08-15", 10)
        send(made, "york", "2022-08-22", 10)
        send(made, "hull", "2022-08-22", 10)
        yield made


@pytest.fixture
def worked_out(world: PagesWorld, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units whose pages were worked out since York's stood there."""
    page(world)
    found: list[str] = []
    really = unit._page

    def counted(view: View, pdu: Pdu) -> UnitPage:
        found.append(pdu.id)
        return really(view, pdu)

    monkeypatch.setattr(unit, "_page", counted)
    return found


def send(world: PagesWorld, pdu: str, day: str, points: int) -> None:
    assert world.post("/v1/returns", [a_return(pdu, day, points)]).status_code == 201


def page(world: PagesWorld) -> str:
    answer = world.get("/pdus/york", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_what_is_recorded_of_another_unit_leaves_a_page_as_it_is(
    world: PagesWorld, worked_out: list[str]
) -> None:
    before = page(world)
    send(world, "hull", "2022-08-29", 5)
    assert page(world) == before
    assert worked_out == []


@pytest.mark.parametrize("day", ["2022-08-15", "2022-08-29"])
def test_a_return_of_the_unit_changes_it(world: PagesWorld, worked_out: list[str], day: str) -> None:
    before = page(world)
    send(world, "york", day, 7)
    assert page(world) != before
    assert worked_out == ["york"]


def test_a_suspension_of_its_region_changes_it(world: PagesWorld, worked_out: list[str]) -> None:
    told = {"region": "north", "from": "2022-08-31", "until": "2022-09-02", "reason": "Snow.", "by": "HQ"}
    answer = world.post("/v1/suspensions", told)
    assert answer.status_code == 201, answer.text
    assert "Suspended" in page(world)
    assert worked_out == ["york"]


def test_another_day_changes_it(world: PagesWorld, worked_out: list[str]) -> None:
    world.clock.pass_days(1)
    page(world)
    assert worked_out == ["york"]


def test_other_documents_change_it(world: PagesWorld, worked_out: list[str]) -> None:
    organisation = files()["organisation.yaml"].replace("name: York", "name: Old York")
    (world.policy / "organisation.yaml").write_text(organisation)
    assert world.ledger.adopt(take_texts(world.policy), LOADER) is not None
    assert "Old York" in page(world)
    assert worked_out == ["york"]
