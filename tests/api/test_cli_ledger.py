"""The commands of the ledger: what they record, what they answer, and in which words."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.api.ledger_kit import FIGURES, ROOT, TODAY, Desk, csv_of, day, rows

WHAT = ("returns", "decisions", "statuses", "changes", "records")


class TestLoad:
    def test_returns_are_recorded_and_decided_on(self, desk: Desk) -> None:
        ran = desk.load(FIGURES, "--frameworks", desk.policy)
        assert "9 returns recorded.\n" in ran.out
        assert f"decides by the documents in {desk.policy}" in ran.err
        assert {pdu: one["status"] for pdu, one in desk.statuses().items()} == {
            "hull": "green", "kent": "green", "york": "amber",
        }  # fmt: skip

    def test_a_file_may_be_loaded_twice(self, desk: Desk) -> None:
        desk.begin()
        before = desk.records()
        again = desk.load()
        assert (again.code, again.err) == (0, "")
        assert "0 returns recorded; 9 were there already.\nNothing new" in again.out
        told = json.loads(desk.load(FIGURES, "--format", "json").out)
        assert (told["unchanged"], told["records"], told["recorded_at"]) == (9, None, None)
        assert desk.records() == before

    def test_a_correction_and_what_was_known_before(self, desk: Desk) -> None:
        desk.begin()
        told = json.loads(desk.load(csv_of(rows({"york": 20})), "--format", "json").out)
        assert (told["returns"], told["corrected"]) == (1, 1)
        assert desk.status("york") == "green"
        york = desk.statuses("--known-at", _moments(desk)[0])["york"]
        assert (york["status"], york["known_at"]) == ("amber", _moments(desk)[0])
        assert "1 return recorded (1 correction)." in desk.load(csv_of(rows({"york": 19}))).out

    def test_the_actor_is_who_is_at_the_keyboard(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOGNAME", "ann")
        desk.load(FIGURES, "--frameworks", desk.policy)
        first = json.loads(desk("export", "records", "--format", "ndjson").out.splitlines()[0])
        assert json.loads(first["by"]) == {"subject": "local:ann", "role": "operator", "client": None}

    def test_events_are_recorded_once(self, desk: Desk) -> None:
        events = desk.file(
            f"declarations: [{{from: {TODAY}, until: {TODAY}, status: green, by: director, reason: x, pdu: york}}]\n"
            f"suspensions: [{{from: {day(-1)}, by: director, reason: x, region: south}}]\n",
            "events.yaml",
        )
        ran = desk.load(FIGURES, "--events", events, "--frameworks", desk.policy)
        assert ran.code == 0
        assert "2 events recorded (declaration-" in ran.out
        assert (desk.status("york"), desk.status("kent")) == ("green", "suspended")
        named = next(body["id"] for kind, body in desk.records() if kind == "suspension")
        assert desk("suspend", "--end", named, "--reason", "over").code == 0
        again = desk.load(FIGURES, "--events", events)
        assert "0 events recorded; 2 were there already." in again.out  # what was ended stays ended
        assert desk.status("kent") == "green"

    def test_bad_rows_are_left_out_where_asked(self, desk: Desk) -> None:
        text = csv_of([*rows({"york": 15}), f"nowhere,{day(-1)},PO,20,10,"])
        ran = desk.load(text, "--skip-bad-rows", "--frameworks", desk.policy)
        assert (ran.code, "1 return recorded." in ran.out) == (0, True)
        assert "PF504" in ran.err or "nowhere" in ran.err

    def test_without_a_folder_the_recorded_documents_hold(self, desk: Desk) -> None:
        desk.begin()
        assert desk.load(csv_of(rows({"kent": 10}, 0))).code == 0
        assert [kind for kind, _ in desk.records()].count("documents") == 1

    def test_where_nothing_is_recorded_the_shipped_documents_are_taken(self, desk: Desk) -> None:
        file = desk.file(f"pdu,as_of,caseload\nyork,{day(-1)},600\n")
        ran = desk("load", file)
        assert ran.code == 0, ran.err
        assert "frameworks (" in ran.err


class TestWhereTheStoreIs:
    def test_the_environment_names_it(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PRIORITISE_STORE", desk.store)
        file = desk.file(FIGURES)
        assert desk.prioritise("load", file, "--frameworks", desk.policy).code == 0
        assert Path(desk.store).is_file()
        assert "3 PDUs: 2 Green, 1 Amber." in desk.prioritise("status").out

    def test_the_settings_file_names_it(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = desk.file(f"store = {json.dumps(desk.store)}", "service.toml")
        monkeypatch.setenv("PRIORITISE_SETTINGS", str(settings))
        assert desk.prioritise("load", desk.file(FIGURES), "--frameworks", desk.policy).code == 0
        assert Path(desk.store).is_file()

    def test_a_settings_file_that_cannot_be_read_is_wrong_use(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PRIORITISE_SETTINGS", str(desk.file("store = ", "service.toml")))
        ran = desk.prioritise("status")
        assert ran.code == 2
        assert "PRIORITISE_SETTINGS" in ran.err

    def test_else_it_is_in_the_folder_of_the_user(self, desk: Desk) -> None:
        assert desk.prioritise("load", desk.file(FIGURES), "--frameworks", desk.policy).code == 0
        if sys.platform == "linux":
            assert (desk.folder / "data" / "prioritise" / "ledger.sqlite3").is_file()
        assert "As of" in desk.prioritise("status", "york").out


class TestStatus:
    def test_the_table_of_all_units(self, desk: Desk) -> None:
        desk.begin()
        ran = desk("status")
        assert (ran.code, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines())) <= 80
        (york,) = [line for line in ran.out.splitlines() if line.startswith("York")]
        assert [cell.strip() for cell in york.split("│")] == ["York", "Amber", str(day(-1)), "-", "Green"]
        assert ran.out.endswith(f"3 PDUs: 2 Green, 1 Amber.\nAs of {TODAY}.\n")

    def test_the_units_of_a_region(self, desk: Desk) -> None:
        desk.begin()
        assert set(desk.statuses("--region", "south")) == {"kent"}

    def test_csv_and_ndjson(self, desk: Desk) -> None:
        desk.begin()
        found = list(csv.DictReader(io.StringIO(desk("status", "--format", "csv").out, newline="")))
        york = next(one for one in found if one["pdu"] == "york")
        assert (york["status"], york["framework"], york["recorded"]) == ("amber", "plan", "true")
        lines = [json.loads(line) for line in desk("status", "--format", "ndjson").out.splitlines()]
        assert lines == list(desk.statuses().values())
        assert york["decision"] == next(one["decision"] for one in lines if one["pdu"] == "york")

    def test_one_unit_in_words(self, desk: Desk) -> None:
        desk.begin()
        ran = desk("status", "york")
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[0].startswith("York: Amber since ")
        assert "1 activity may be reduced." in lines
        assert f"Decision {desk.statuses()['york']['decision']}" in lines
        assert max(map(len, lines)) <= 80

    def test_a_day_to_come_is_decided_for_the_question(self, desk: Desk) -> None:
        desk.begin()
        before = desk.records()
        later = desk.statuses("--as-of", day(40))["york"]
        assert (later["status"], later["recorded"]) == ("indeterminate", False)
        assert "not recorded" in desk("status", "--as-of", day(40)).out
        assert "not recorded" in desk("status", "york", "--as-of", day(40)).out
        assert desk.records() == before

    def test_a_day_without_a_version(self, desk: Desk) -> None:
        desk.begin()
        for words, printed in (((), ""), (("--format", "json"), "[]\n"), (("york",), "")):
            ran = desk("status", *words, "--as-of", "2021-01-01")
            assert (ran.code, ran.out) == (0, printed)
            assert ran.err == "No version of plan is in force on 2021-01-01.\n"

    def test_other_documents_than_those_in_force_are_told_of(self, desk: Desk) -> None:
        desk.begin()
        assert desk("status", "--frameworks", desk.policy).err == ""
        _rename(desk)
        ran = desk("status", "--frameworks", desk.policy)
        assert (ran.code, "are not those in force" in ran.err) == (0, True)
        assert "Yorkshire" not in ran.out
        assert "From now on" in desk("tick", "--frameworks", desk.policy).err
        assert "Yorkshire" in desk("status").out


class TestPeople:
    def test_a_declaration_and_its_end(self, desk: Desk) -> None:
        desk.begin()
        ran = desk.declare("york", "green")
        assert (ran.code, ran.err) == (0, "")
        named = ran.out.split(":")[0]
        assert ran.out.startswith(f"{named}: Green is declared for York from {TODAY} until {day(5)}.\n")
        assert f"Today York is Green, since {TODAY}." in ran.out
        assert f"  {named}: Green from {TODAY} until {day(5)}" in desk("status", "york").out.splitlines()
        ended = desk("declare", "--end", named, "--reason", "The water is gone")
        assert ended.out.startswith(f"{named} is taken back")
        assert desk.status("york") == "amber"
        assert named not in desk("status", "york").out

    def test_an_end_on_a_day(self, desk: Desk) -> None:
        desk.begin()
        named = desk.declare("york", "green", start=-3).out.split(":")[0]
        ended = desk("declare", "--end", named, "--last-day", TODAY, "--reason", "x", "--format", "json")
        assert json.loads(ended.out)["events"] == [named]
        assert (desk.status("york"), desk.status("york", "--as-of", day(1))) == ("green", "amber")

    def test_for_a_region_and_for_everyone(self, desk: Desk) -> None:
        desk.begin()
        ran = desk.declare("--region", "north", "green", "--renew", "visits")
        assert "Green is declared for The North from" in ran.out
        assert "Today for The North: 2 Green." in ran.out
        ran = desk("suspend", "--everyone", "--from", TODAY, "--by", "director", "--reason", "x")
        assert "the framework is suspended for every PDU from" in ran.out
        assert "until further notice." in " ".join(ran.out.split())
        assert "Today for every PDU: 3 Suspended." in ran.out
        assert "for everyone" in desk("status", "york").out

    def test_days_to_come_change_nothing_today(self, desk: Desk) -> None:
        desk.begin()
        ran = desk.declare("york", "green", start=2)
        assert "0 decisions made; record " in ran.out
        assert desk.status("york") == "amber"
        assert desk.status("york", "--as-of", day(3)) == "green"


class TestUpkeep:
    def test_tick_and_replay(self, desk: Desk) -> None:
        desk.begin()
        assert (
            desk("tick").out
            == f"All statuses stand through {TODAY}.\nNothing new: the ledger is as it was.\n"
        )
        assert json.loads(desk("tick", "--format", "json").out)["day"] == str(TODAY)
        desk.declare("york", "green")
        desk.load(csv_of(rows({"york": 20, "kent": 3})))
        ran = desk("replay")
        assert (ran.code, ran.err) == (0, "")
        assert "each is as it was recorded" in ran.out
        told = json.loads(desk("replay", "--format", "json").out)
        assert told["records"] == len(desk.records())
        assert told["decisions"] == len([kind for kind, _ in desk.records() if kind == "decision"])

    def test_migrate(self, desk: Desk) -> None:
        assert "is new; it has the schema" in " ".join(desk("migrate").out.split())
        assert "already" in desk("migrate").out
        assert desk("status").code == 1  # a ledger without documents

    @pytest.mark.parametrize("what", WHAT)
    def test_export_in_each_format(self, desk: Desk, what: str) -> None:
        desk.begin()
        desk.declare("york", "green")
        printed = desk("export", what)
        found = list(csv.DictReader(io.StringIO(printed.out, newline="")))
        assert found
        assert f"rows of {what} written." in printed.err
        by_line = [json.loads(line) for line in desk("export", what, "--format", "ndjson").out.splitlines()]
        assert [{key: _cell(value) for key, value in one.items()} for one in by_line] == found
        file = desk.folder / "rows.parquet"
        assert desk("export", what, "--out", file).out == ""
        assert pq.read_table(file).to_pylist() == by_line
        assert not list(desk.folder.glob("*.part"))

    def test_export_of_what_is_newer(self, desk: Desk) -> None:
        desk.begin()
        count = len(desk.records())
        desk.declare("york", "green")
        ran = desk("export", "records", "--since", count, "--format", "ndjson")
        assert [json.loads(line)["seq"] for line in ran.out.splitlines()] == [count + 1, count + 2]
        assert desk("export", "changes", "--since", count + 2, "--format", "ndjson").out == ""


def test_on_postgresql(desk: Desk, postgresql_url: str) -> None:
    desk.store = postgresql_url
    assert "already" in desk("migrate").out
    desk.begin()
    assert desk.declare("york", "green").code == 0
    assert desk.load(csv_of(rows({"kent": 3}))).code == 0
    assert (desk.status("york"), desk.status("york", "--known-at", _moments(desk)[0])) == ("green", "amber")
    assert desk("replay").code == 0
    for what in WHAT:
        assert desk("export", what).code == 0


@pytest.mark.parametrize(
    "command", ["load", "status", "declare", "suspend", "tick", "replay", "export", "migrate", "serve"]
)
def test_help(desk: Desk, command: str) -> None:
    ran = desk.prioritise(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f" {command} [OPTIONS]" in ran.out
    assert "--store" in ran.out
    assert command in desk.prioritise("--help").out


@pytest.mark.parametrize("command", ["load", "status", "declare", "export", "serve"])
def test_help_loads_nothing_of_the_ledger(command: str) -> None:
    program = (
        f"import sys; sys.argv = ['prioritise', '{command}', '--help']\n"
        "from api.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'pydantic', 'uvicorn', 'engine', 'rules'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _moments(desk: Desk) -> list[str]:
    """The moments at which something was recorded, in order."""
    found = csv.DictReader(io.StringIO(desk("export", "records").out, newline=""))
    return list(dict.fromkeys(one["recorded_at"] for one in found))


def _rename(desk: Desk) -> None:
    register = desk.policy / "organisation.yaml"
    register.write_text(register.read_text().replace("name: York,", "name: Yorkshire,"))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
