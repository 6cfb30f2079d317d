"""The commands of the ledger where something is wrong: how they end, what they say, and that nothing is recorded."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path

import pytest

from tests.api.ledger_kit import FIGURES, TODAY, Desk, csv_of, day, rows

WHEN = f"--from {TODAY} --until {day(5)} --by director --reason x"
WRONG = [
    "load",
    "load none.csv",
    "load policy",
    "load returns.csv extra",
    "load returns.csv --events none.yaml",
    "load returns.csv --frameworks none",
    "load returns.csv --framework none",
    "load returns.csv --framework plan@v1",
    "load returns.csv --format csv",
    "status nowhere",
    "status york extra",
    "status --region nowhere",
    "status york --region north",
    "status --as-of yesterday",
    "status --as-of 9999-12-31",
    "status --known-at 2022-08-29",
    "status --known-at 2022-08-29T09:30:00",
    "status --known-at 2022-13-29T09:30:00Z",
    "status --known-at 0001-01-01T00:00:00+14:00",
    "status --known-at 9000-01-01T00:00:00Z",
    "status --framework plan@v1",
    "status --framework none",
    "status --frameworks none",
    "status --format text",
    "declare",
    "declare york",
    "declare york amber",
    f"declare amber {WHEN}",
    f"declare york amber now {WHEN}",
    f"declare --region north york amber {WHEN}",
    f"declare --region north --everyone amber {WHEN}",
    f"declare york amber --last-day {TODAY} {WHEN}",
    f"declare york amber {WHEN.replace('--reason x', '')}",
    f"declare york amber {WHEN.replace(str(TODAY), 'today')}",
    "declare --end declaration-1",
    "declare --end declaration-1 --reason x york",
    f"declare --end declaration-1 --reason x --from {TODAY}",
    "declare --end declaration-1 --reason x --renew visits",
    "suspend",
    f"suspend york kent --from {TODAY} --by director --reason x",
    f"suspend york --everyone --from {TODAY} --by director --reason x",
    f"suspend york --from {TODAY} --by director",
    "suspend --end suspension-1 --reason x --everyone",
    "tick extra",
    "tick --frameworks none",
    "replay extra",
    "replay --framework plan@v1",
    "export",
    "export people",
    "export returns --format xlsx",
    "export returns --format parquet",
    "export returns --out policy",
    "export returns --out none/rows.csv",
    "export returns --since -1",
    "export statuses --since 1",
    "migrate extra",
    "serve extra",
    "serve --port 70000",
    "serve --workers 0",
]


@pytest.fixture
def here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A ledger with returns, in the folder in which the calls are made."""
    desk.begin()
    monkeypatch.chdir(desk.folder)
    return desk


@pytest.mark.parametrize("call", WRONG)
def test_wrong_calls(here: Desk, call: str) -> None:
    before = Path(here.store).read_bytes()
    ran = here(*call.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert Path(here.store).read_bytes() == before
    assert not list(here.folder.glob("*.part"))


class TestStores:
    @pytest.mark.parametrize(
        "command", ["status", "replay", "tick", "export records", f"declare york green {WHEN}"]
    )
    def test_a_slip_in_the_name_makes_no_ledger(self, desk: Desk, command: str) -> None:
        ran = desk(*command.split())
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{desk.store}: PF701 There is no ledger here yet.")
        assert not Path(desk.store).exists()

    @pytest.mark.parametrize(
        "store", ["", ":memory:", "mysql://host/db", "sqlite://x", "none/ledger.db", "policy"]
    )
    def test_stores_that_cannot_be_opened(
        self, desk: Desk, store: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(desk.folder)
        desk.store = store
        for ran in (desk.load(FIGURES, "--frameworks", desk.policy), desk("status"), desk("migrate")):
            assert (ran.code, ran.out) == (2, ""), ran.err
            assert "PF701" in ran.err

    def test_a_server_that_is_not_there(self, desk: Desk) -> None:
        desk.store = "postgresql://me:secret@127.0.0.1:1/ledger"
        ran = desk("status")
        assert (ran.code, ran.out, "PF701" in ran.err) == (2, "", True)
        assert "secret" not in ran.err

    def test_a_file_that_is_no_database(self, desk: Desk) -> None:
        Path(desk.store).write_text("pdu,as_of\n" * 100)
        for command in ("status", "replay", "migrate"):
            ran = desk(command)
            assert (ran.code, ran.out, "PF701" in ran.err) == (2, "", True)
        assert Path(desk.store).read_text() == "pdu,as_of\n" * 100

    def test_a_database_of_something_else(self, desk: Desk) -> None:
        with sqlite3.connect(desk.store) as connection:
            connection.execute("CREATE TABLE letters (text)")
        connection.close()
        for ran in (desk("status"), desk("migrate"), desk.load(FIGURES, "--frameworks", desk.policy)):
            assert (ran.code, ran.out, "something else" in ran.err) == (2, "", True)

    def test_a_newer_schema(self, here: Desk) -> None:
        here.tamper("UPDATE alembic_version SET version_num = '9999'")
        for command in ("status", "tick", "migrate"):
            ran = here(command)
            assert (ran.code, ran.out, "PF703" in ran.err) == (2, "", True)

    def test_an_empty_database_of_postgresql(self, desk: Desk, postgresql_url: str) -> None:
        from tests.ledger import postgres

        desk.store = postgres.fresh(schema=False)
        ran = desk("status")
        assert (ran.code, ran.out) == (2, "")
        assert "Run `prioritise migrate`." in ran.err
        assert desk("migrate").code == 0
        assert desk("status").code == 1

    def test_a_clock_that_is_behind(self, here: Desk) -> None:
        later = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)).strftime(
            "%Y-%m-%dT%H:%M:%S.%fZ"
        )
        here.tamper(f"UPDATE records SET recorded_at = '{later}'")
        ran = here.load(csv_of(rows({"york": 20})))
        assert (ran.code, ran.out, "PF704" in ran.err) == (1, "", True)


class TestRefusedFiles:
    BAD = csv_of([f"york,{day(-1)},PO,20,-3,", f"nowhere,{day(-1)},PO,20,3,", f"kent,{day(9)},PO,20,3,"])

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_returns(self, here: Desk, form: str) -> None:
        before = here.records()
        ran = here.load(self.BAD, "--format", form)
        assert (ran.code, ran.out) == (1, "")
        if form == "json":
            assert [one["line"] for one in json.loads(ran.err)] == [2, 3, 4]
        else:
            assert len(ran.err.splitlines()) == 3
        assert here.records() == before

    def test_returns_for_a_ledger_that_is_new(self, desk: Desk) -> None:
        ran = desk.load(self.BAD, "--frameworks", desk.policy)
        assert (ran.code, ran.out) == (1, "")
        assert not Path(desk.store).exists()

    def test_events(self, here: Desk) -> None:
        before = here.records()
        events = here.file(
            f"suspensions: [{{from: {TODAY}, by: x, reason: y, pdu: atlantis}}]\n", "events.yaml"
        )
        ran = here.load(csv_of(rows({"york": 20})), "--events", events)
        assert (ran.code, ran.out, "PF524" in ran.err) == (1, "", True)
        assert here.records() == before  # the good returns are not recorded either

    def test_documents(self, here: Desk) -> None:
        before = here.records()
        broken = here.policy / "plan" / "v3.yaml"
        broken.write_text("format: 1\n")
        for command in ("load returns.csv", "tick", "status", f"declare york green {WHEN}"):
            ran = here(*command.split(), "--frameworks", here.policy)
            assert (ran.code, ran.out) == (1, "")
            assert str(broken) in ran.err
        assert here.records() == before

    def test_two_frameworks(self, desk: Desk) -> None:
        other = desk.policy / "other" / "v1.yaml"
        other.parent.mkdir()
        other.write_text(
            (desk.policy / "plan" / "v1.yaml").read_text().replace("framework: plan", "framework: other")
        )
        ran = desk.load(FIGURES, "--frameworks", desk.policy)
        assert (ran.code, ran.out, "other" in ran.err) == (2, "", True)
        assert desk.load(FIGURES, "--frameworks", desk.policy, "--framework", "plan").code == 0
        assert desk("status").code == 2
        assert desk("status", "--framework", "plan").code == 0


class TestRefusedEvents:
    @pytest.mark.parametrize(
        ("call", "code", "place"),
        [
            (f"declare york purple {WHEN}", "PF521", "STATUS"),
            (f"declare york green {WHEN.replace('director', 'me')}", "PF522", "--by"),
            (f"declare york green {WHEN.replace(str(day(5)), str(day(40)))}", "PF522", "--until"),
            (f"declare york green {WHEN.replace(str(day(5)), str(day(-5)))}", "PF523", "--until"),
            (f"declare york green {WHEN.replace(str(TODAY), '2021-01-01')}", "PF522", "--from"),
            (f"declare yrok green {WHEN}", "PF524", "PDU"),
            (f"declare --region west green {WHEN}", "PF524", "--region"),
            (f"declare york green {WHEN} --renew tea", "PF525", "--renew"),
            (f"declare leeds green {WHEN}", "PF515", "PDU"),
            (f"declare york green {WHEN.replace('director', 'the/director')}", "PF520", "--by"),
            (f"suspend yrok --from {TODAY} --by director --reason x", "PF524", "PDU"),
            (f"suspend york --from {TODAY} --until {day(-1)} --by director --reason x", "PF523", "--until"),
        ],
    )  # fmt: skip
    def test_what_is_not_fit(self, here: Desk, call: str, code: str, place: str) -> None:
        before = here.records()
        ran = here(*call.split())
        assert (ran.code, ran.out) == (1, "")
        assert f"{place}: {code} " in ran.err
        told = json.loads(here(*call.split(), "--format", "json").err)
        assert (code, place) in {(one["code"], one["file"]) for one in told}
        assert here.records() == before

    def test_all_at_once(self, here: Desk) -> None:
        ran = here.declare("york", "purple", "--renew", "tea", end=50)
        assert {line.split(":")[0] for line in ran.err.splitlines()} == {"STATUS", "--renew", "--until"}

    @pytest.mark.parametrize("reason", ["", " ", "a\x07bell", "\udcff"])
    def test_reasons(self, here: Desk, reason: str) -> None:
        before = here.records()
        ran = here("suspend", "york", "--from", TODAY, "--by", "director", "--reason", reason)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("--reason: ") or "PF1" in ran.err
        assert here.records() == before

    def test_ends(self, here: Desk) -> None:
        named = here.declare("york", "green").out.split(":")[0]
        before = here.records()
        for words, code in (
            (("declare", "--end", "declaration-1"), "PF708"),
            (("declare", "--end", "x" * 5000), "PF708"),
            (("suspend", "--end", named), "PF708"),
            (("declare", "--end", named, "--last-day", day(5)), "PF709"),
            (("declare", "--end", named, "--last-day", day(500)), "PF709"),
        ):
            ran = here(*words, "--reason", "over")
            assert (ran.code, ran.out, code in ran.err) == (1, "", True), words
        assert here("declare", "--end", named, "--reason", "a\x07bell").code == 1
        assert here.records() == before
        assert here("declare", "--end", named, "--last-day", TODAY, "--reason", "over").code == 0
        again = here("declare", "--end", named, "--reason", "over", "--format", "json")
        assert (again.code, [one["code"] for one in json.loads(again.err)]) == (1, ["PF709"])


class TestAsking:
    def test_a_moment_before_the_first_record(self, here: Desk) -> None:
        ran = here("status", "--known-at", "2022-08-29T09:30:00Z")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "At 2022-08-29T09:30:00.000000Z nothing was recorded yet.\n"

    def test_a_ledger_without_documents(self, desk: Desk) -> None:
        desk("migrate")
        for words in (
            ("status",),
            ("status", "york"),
            ("tick",),
            ("declare", "york", "green", *WHEN.split()),
        ):
            ran = desk(*words)
            assert (ran.code, ran.out, "PF710" in ran.err) == (1, "", True)
        assert [one["code"] for one in json.loads(desk("status", "--format", "json").err)] == ["PF710"]


class TestReplay:
    @pytest.mark.parametrize(
        ("statement", "told"),
        [
            ("UPDATE records SET by = '{}' WHERE seq = 5", "Record 5 (return) is not as it was recorded"),
            ("UPDATE decisions SET status = 'red' WHERE pdu = 'york'", "the index decisions has 'red'"),
            ("UPDATE texts SET text = X'78'", "the text of"),
        ],
    )
    def test_a_ledger_that_was_changed(self, here: Desk, statement: str, told: str) -> None:
        here.tamper(statement)
        ran = here("replay")
        assert (ran.code, ran.out) == (1, "")
        assert f"{here.store}: PF705 " in ran.err
        assert told in ran.err
        assert [one["code"] for one in json.loads(here("replay", "--format", "json").err)] == ["PF705"]


class TestServe:
    @pytest.mark.parametrize(
        ("words", "code"), [(("--host", "0.0.0.0"), "PF734"), (("--host", "none.invalid"), "")]
    )
    def test_what_cannot_be_served(self, here: Desk, words: tuple[str, ...], code: str) -> None:
        ran = here("serve", *words)
        assert (ran.code, ran.out, code in ran.err) == (2, "", True)
        assert ran.err.strip()
