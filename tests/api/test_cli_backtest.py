"""`backtest`: how long each status held, in every format, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from engine.bulk import _past
from engine.columns import Daily, daily
from tests.api.test_cli_preview import BELOW, LATER, MILDER, rows
from tests.small_policy import REGION

Run = Callable[..., Any]
FULL = dict.fromkeys(BELOW, 20)
GIVEN = rows(york=BELOW, hull=FULL, kent=BELOW)
"""York is Amber from 15 August (low is 88 there), Kent too (90), Hull never."""


@pytest.fixture
def backtest(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder = policy_folder()
    file = tmp_path / "returns.csv"
    file.write_text(GIVEN)

    def call(*words: object, given: str | None = None) -> Any:
        if given is not None:
            file.write_text(given)
        return prioritise("backtest", "--frameworks", folder, "--returns", file, *words)

    return call


def told(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_table(backtest: Run) -> None:
    ran = backtest()
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    assert "Of all days of 3 PDUs: Green on 60.0% and Amber on 40.0%." in ran.out
    assert "These are calculated statuses: declarations and suspensions play no part." in ran.out
    york = next(line for line in ran.out.splitlines() if line.startswith("York"))
    assert re.findall(r"\d+ \w+|\d+", york) == ["14", "21", "1", "21 Amber"]
    assert max(map(len, ran.out.splitlines())) <= 80


def test_json(backtest: Run) -> None:
    found = told(backtest("--format", "json"))
    assert list(found) == [
        "framework", "version", "calculated", "from", "until", "days", "statuses", "synthetic", "pdus",
        "regions", "totals", "checked", "headline", "note",
    ]  # fmt: skip
    assert (found["from"], found["until"], found["days"]) == ("2022-08-01", "2022-09-04", 35)
    assert (found["framework"], found["version"], found["synthetic"]) == ("plan", None, False)
    york = found["pdus"][2]
    assert york == {
        "pdu": "york",
        "name": "York",
        "region": "north",
        "days": {"green": 14, "amber": 21, "indeterminate": 0},
        "judged": 35,
        "indeterminate_share": "0.0",
        "flips": 1,
        "longest": {"pdu": "york", "status": "amber", "days": 21},
        "weeks": ["green", "green", "amber", "amber", "amber"],
    }
    north, south = found["regions"]
    assert (north["region"], north["name"], north["pdus"]) == ("north", "The North", 2)
    assert north["days"] == {"green": 49, "amber": 21, "indeterminate": 0}
    assert north["longest"] == {"pdu": "hull", "status": "green", "days": 35}
    assert (south["pdus"], found["totals"]["pdus"], found["totals"]["flips"]) == (1, 3, 2)
    assert len(found["checked"]["pdus"]) == 2
    assert found["checked"]["days"] > 20


def test_by_region(backtest: Run) -> None:
    found = told(backtest("--format", "json", "--by", "region"))
    assert "pdus" not in found
    assert [one["region"] for one in found["regions"]] == ["north", "south"]


@pytest.mark.parametrize("by", ["pdu", "region"])
def test_csv_and_parquet_say_the_same(backtest: Run, tmp_path: Path, by: str) -> None:
    import pyarrow.parquet as pq

    ran = backtest("--format", "csv", "--by", by)
    assert ran.err == ""
    lines = list(csv.DictReader(io.StringIO(ran.out)))
    assert lines[0]["from"] == "2022-08-01"
    for name in ("a.parquet", "b.parquet"):
        assert backtest("--format", "parquet", "--by", by, "--out", tmp_path / name).code == 0
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    weeks = [row.pop("weeks", None) for row in table]
    assert [{key: str(cell) for key, cell in row.items()} for row in table] == lines
    assert (weeks[-1] == ["green", "green", "amber", "amber", "amber"]) == (by == "pdu")


class _Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.heads: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("src", "href") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        if re.fullmatch("h[1-6]", tag):
            self.heads.append(int(tag[1]))


@pytest.mark.parametrize("by", ["pdu", "region"])
def test_html(backtest: Run, by: str) -> None:
    ran = backtest("--format", "html", "--by", by)
    assert (ran.code, ran.err) == (0, "")
    page = _Page()
    page.feed(ran.out)
    assert "script" not in page.tags
    assert page.links == ["#backtest"], "it stands alone"
    assert len(set(page.ids)) == len(page.ids)
    assert page.heads[0] == 1
    assert all(later - before <= 1 for before, later in zip(page.heads, page.heads[1:], strict=False))
    body = ran.out[ran.out.index("<main") :]
    assert body.index("Of all days of 3 PDUs") < body.index("<table")
    assert ("week s1" in body) == (by == "pdu")
    if by == "pdu":
        strips = re.findall(r'<span class="week (\w+)">(.)</span>', body)
        assert dict(strips) == {"s0": "G", "s1": "A"}, "never colour alone"
        assert "Green for 2 weeks from 1 August 2022." in body
        assert "Amber for 3 weeks from 15 August 2022." in body


def test_the_look_is_that_of_the_register(backtest: Run, policy_folder: Callable[..., Path]) -> None:
    from tests.small_policy import ORGANISATION

    policy_folder({"organisation.yaml": ORGANISATION.replace("name: York", "name: <b>York & Co</b>")})
    ran = backtest("--format", "html")
    assert "<b>York" not in ran.out
    assert "&lt;b&gt;York &amp; Co&lt;/b&gt;" in ran.out


def test_from_and_until(backtest: Run) -> None:
    found = told(backtest("--format", "json", "--from", "2022-08-14", "--until", "2022-08-15"))
    assert found["pdus"][2]["days"] == {"green": 1, "amber": 1, "indeterminate": 0}
    assert found["pdus"][2]["weeks"] == ["amber"]


def test_days_without_figures_and_without_a_unit(backtest: Run) -> None:
    given = rows(leeds={"2022-08-01": 20}, kent={"2022-08-01": 20})
    found = told(backtest("--format", "json", "--until", "2022-08-31", given=given))
    kent, leeds = found["pdus"]
    assert (kent["days"]["indeterminate"], kent["judged"], kent["indeterminate_share"]) == (16, 31, "51.6")
    assert (leeds["judged"], leeds["days"]["green"]) == (10, 10)
    assert leeds["weeks"] == ["green", None, None, None, None]


def test_days_before_any_version(backtest: Run) -> None:
    ran = backtest("--until", "2022-07-31", "--from", "2022-07-25")
    assert ran.code == 0
    assert "There is no decision for 3 PDUs on any of these days" in ran.out
    assert told(backtest("--until", "2022-07-31", "--from", "2022-07-25", "--format", "json"))["totals"] == {
        "pdus": 3, "days": {"green": 0, "amber": 0, "indeterminate": 0}, "judged": 0,
        "indeterminate_share": None, "flips": 0, "longest": None,
    }  # fmt: skip


def test_one_version(backtest: Run) -> None:
    found = told(backtest("--format", "json", "--framework", "plan@v2"))
    assert found["version"] == "v2"
    assert found["pdus"][1]["days"]["amber"] == 0, "Kent's 85% is not below 85%"
    assert found["pdus"][2]["days"]["amber"] == 21, "the region has set another number"
    assert "All days are judged by version v2." in backtest("--framework", "plan@v2").out


def test_other_settings(backtest: Run, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    file.write_text(MILDER)
    found = told(backtest("--format", "json", "--settings", file))
    assert found["pdus"][2]["days"]["amber"] == 0
    assert found["pdus"][1]["days"]["amber"] == 21, "Kent lies elsewhere"


def test_events_are_checked_and_play_no_part(backtest: Run, tmp_path: Path) -> None:
    events = tmp_path / "events.yaml"
    events.write_text("suspensions: [{from: 2022-08-01, by: director, reason: A flood., region: north}]\n")
    ran = backtest("--events", events)
    assert (ran.code, ran.out) == (0, backtest().out)
    assert ran.err.startswith("The events were checked. They play no part here")
    events.write_text("suspensions: [{from: 2022-08-01, by: director, reason: A flood., region: west}]\n")
    ran = backtest("--events", events)
    assert (ran.code, ran.out) == (1, "")
    assert "PF524" in ran.err


def test_the_order_of_rows_changes_nothing(backtest: Run) -> None:
    header, *lines = GIVEN.splitlines(keepends=True)
    assert (
        backtest("--format", "json").out
        == backtest("--format", "json", given=header + "".join(reversed(lines))).out
    )


def test_a_wide_file_says_the_same(backtest: Run) -> None:
    wide = ["pdu,as_of,required[PO],required[PSO],in_post[PO],in_post[PSO],points\n"]
    for pdu, staff in (("york", BELOW), ("hull", FULL), ("kent", BELOW)):
        wide += [f"{pdu},{day},20,20,{number},{number},10\n" for day, number in staff.items()]
    assert (
        backtest("--format", "json", given="".join(wide)).out == backtest("--format", "json", given=GIVEN).out
    )


def test_a_disagreement_fails_the_run(backtest: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def wrong(*given: Any) -> Daily:
        found = daily(*given)
        return Daily(1 - found.codes, found.ids, found.first)

    monkeypatch.setattr(_past, "daily", wrong)
    ran = backtest("--format", "csv", "--out", tmp_path / "out.csv")
    assert (ran.code, ran.out) == (1, "")
    assert re.search(r"PF902 \w+ is (green|amber) on [-0-9]+ when all units are judged at once, and", ran.err)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--from", "2022-08-09", "--until", "2022-08-08"], 2, "--until 2022-08-08 is before --from"),
        (["--until", "2022-07-01"], 2, "There is no day from 2022-08-01 until 2022-07-01."),
        (["--until", "2092-07-01"], 2, "is too long: 20 years at most are looked at."),
        (["--framework", "plam"], 2, "There is no framework plam."),
        (["--framework", "plan@v9"], 2, "plan has no version v9."),
        (["--format", "parquet"], 2, "Parquet is not for a terminal"),
        (["--out", "table.txt"], 2, "A table is for the terminal"),
        (["--executor", "dask"], 2, "are for a folder of parts."),
        (["--workers", "2"], 2, "are for a folder of parts."),
        (["--scheduler", "tcp://127.0.0.1:1"], 2, "--scheduler is for --executor dask."),
        (["--settings", "nowhere.yaml"], 2, "nowhere.yaml cannot be opened"),
        (["--by", "grade"], 2, "Invalid value"),
        (["--from", "2022-13-01"], 2, "is no day"),
    ],
)
def test_wrong_use(backtest: Run, words: list[str], code: int, message: str) -> None:
    ran = backtest(*words)
    assert (ran.code, ran.out) == (code, "")
    assert message in " ".join(re.sub(r"[│╭╮╰╯─]", " ", ran.err).split())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("pdu,as_of,points\n", "PF503"),
        ("pdu,as_of,points\nyork,2022-08-01,many\n", "PF508"),
        ("pdu,as_of,points\nyrok,2022-08-01,1\n", "PF504"),
        ("pdu,as_of,points\nyork,2022-08-01,1\nyork,2022-08-01,2\n", "PF512"),
        ("pdu,as_of,points\nleeds,2022-08-11,1\n", "PF515"),
        ("pdu,as_of,grade,in_post,in_post[PO]\nyork,2022-08-01,PO,1,1\n", "PF514"),
        ("pdu,as_of,in_post[XO]\nyork,2022-08-01,1\n", "PF507"),
    ],
)
def test_returns_that_are_refused(backtest: Run, given: str, code: str) -> None:
    ran = backtest(given=given)
    assert (ran.code, ran.out) == (1, "")
    assert code in ran.err
    problems = json.loads(backtest("--format", "json").err)
    assert problems[0]["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (REGION.replace("low: 88", "low: 97"), "PF203"),
        (REGION.replace("low: 88", "lowest: 88"), "PF250"),
        (REGION.replace("region: north", "region: nord"), "PF25"),
        ("format: 1\n", "PF206"),
    ],
)
def test_settings_that_are_refused(backtest: Run, tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "north.yaml"
    file.write_text(text)
    ran = backtest("--settings", file)
    assert (ran.code, ran.out) == (1, "")
    assert code in ran.err


def test_later_settings_are_read_too(backtest: Run, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    file.write_text(LATER)
    found = told(backtest("--format", "json", "--settings", file))
    assert found["pdus"][2]["days"]["amber"] == 21


def test_no_file(backtest: Run, prioritise: Run, policy_folder: Callable[..., Path]) -> None:
    ran = prioritise("backtest", "--frameworks", policy_folder(), "--returns", "nowhere.csv")
    assert (ran.code, ran.out, ran.err) == (
        2, "", "nowhere.csv cannot be opened: No such file or directory.\n",
    )  # fmt: skip
