"""The commands of a ledger with a unit that cannot be decided: what they record, say, and end with."""

from __future__ import annotations

import json

from tests.api.ledger_kit import TODAY, Desk, csv_of, day, rows
from tests.ledger.plant import BAD, Plant, plant

__all__ = ["plant"]
LINES = rows({"hull": 20}, 0)
SENT = csv_of([LINES[0].removesuffix("10") + str(BAD), *LINES[1:], *rows({"york": 20}, 0)])
"""York and Hull, of which Hull cannot be decided."""
SAID = f"PF900 hull cannot be decided from {TODAY} on. The two deciders differ in reductions under plan@v2. What was"


def test_load_records_all_and_names_the_one(desk: Desk, plant: Plant) -> None:
    desk.begin()
    ran = desk.load(SENT)
    assert ran.code == 1
    assert ran.out.startswith("2 returns recorded")
    assert SAID in " ".join(ran.err.split())
    kinds = [kind for kind, _ in desk.records()]
    assert kinds[-1] == "undecided"
    again = desk.load(SENT, "--format", "json")
    assert (again.code, json.loads(again.out)["unchanged"]) == (0, 2), "nothing was to be decided"


def test_load_as_json_names_it(desk: Desk, plant: Plant) -> None:
    desk.begin()
    ran = desk.load(SENT, "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["undecided"] == [{"pdu": "hull", "first": str(TODAY), "code": "PF900"}]
    assert [one["code"] for one in json.loads(ran.err)] == ["PF900"]


def test_tick_tries_again(desk: Desk, plant: Plant) -> None:
    desk.begin()
    desk.load(SENT)
    ran = desk("tick")
    assert ran.code == 1
    assert ran.out.startswith(f"All other statuses stand through {TODAY}.")
    assert SAID in " ".join(ran.err.split())
    plant.on = False
    ran = desk("tick")
    assert (ran.code, ran.err) == (0, "")
    assert desk.status("hull") == "green"
    assert desk("replay").code == 0


def test_status_gives_the_others(desk: Desk, plant: Plant) -> None:
    desk.begin()
    desk.load(SENT)
    ran = desk("status", "--format", "json")
    assert ran.code == 1
    assert [one["pdu"] for one in json.loads(ran.out)] == ["kent", "york"]
    assert [(one["code"], one["path"]) for one in json.loads(ran.err)] == [("PF900", "hull")]
    table = desk("status")
    assert table.code == 1
    assert "Hull" not in table.out
    assert SAID in " ".join(table.err.split())
    one = desk("status", "hull")
    assert (one.code, one.out) == (1, "")
    assert "PF900" in one.err
    assert desk("status", "york").code == 0
    assert desk.status("hull", "--as-of", day(-1)) == "green"


def test_what_is_declared_for_everyone_is_recorded(desk: Desk, plant: Plant) -> None:
    desk.begin()
    desk.load(SENT)
    ran = desk.declare("amber", "--everyone")
    assert ran.code == 1
    assert "PF900" in ran.err
    assert "2 Amber" in ran.out
    plant.on = False
    desk("tick")
    assert desk.status("hull") == "amber"
