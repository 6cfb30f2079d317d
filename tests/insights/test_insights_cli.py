"""`insights`: every format, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.insights.insights_kit import HOME, OTHERS_HOME, VIEW, view_text, written

Run = Callable[..., Any]
ROWS = """\
pdu,as_of,grade,required,in_post,basis
york,2022-08-08,PO,10,9,synthetic
york,2022-08-08,PSO,10,9,synthetic
york,2022-08-15,PO,10,8,synthetic
york,2022-08-15,PSO,10,9,synthetic
hull,2022-08-08,PO,40,32,synthetic
hull,2022-08-08,PSO,0,0,synthetic
hull,2022-08-15,PO,40,30,synthetic
hull,2022-08-15,PSO,0,0,synthetic
kent,2022-08-15,PO,10,10,synthetic
kent,2022-08-15,PSO,10,10,synthetic
"""


@pytest.fixture
def run(prioritise: Run, tmp_path: Path) -> Run:
    def call(*words: object, rows: str = ROWS, files: dict[str, str] | None = None) -> Any:
        folder, file = written(tmp_path / "policy", files), tmp_path / "returns.csv"
        file.write_text(rows)
        return prioritise("insights", "--frameworks", folder, "--returns", file, *words)

    return call


# What is told --------------------------------------------------------------------------------------------------------


def test_a_table(run: Run) -> None:
    ran = run("--view", "posts", "--by", "pdu")
    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    for said in (
        "Hull │ 40.00 │ 10.00 │ 25.0 │",
        "York │ 20.00 │ 3.00 │ 15.0 │",
        "The North, all │ 60.00 │ 13.00 │ 21.7 │",
        "Bath │ – │ – │ – │ 1 of 1",
        "Kent │ 20.00 │ 0.00 │ 0.0 │",
        "The South, all │ (20.00) │ (0.00) │ (0.0) │ 1 of 2",
        "All PDUs │ (80.00) │ (13.00) │ (16.3) │ 1 of 4",
        "Missing on 15 August 2022: Bath (no return yet).",
        "A dash: not known.",
        "1 view of 4 PDUs, on 15 August 2022.",
    ):
        assert said in lines, said
    text = " ".join(ran.out.split())
    assert "In brackets: some are missing, and this is what the others come to." in text
    assert "Synthetic figures." in text
    assert "\x1b" not in ran.out


def test_weeks_are_a_strip_of_bars(run: Run) -> None:
    ran = run("--view", "posts", "--by", "pdu", "--weeks", 3)
    (york,) = [line for line in ran.out.splitlines() if line.startswith("York")]
    assert "·▁█" in ran.out
    assert york.count("│") == 4
    days = run("--view", "posts", "--by", "week", "--pdu", "york", "--from", "2022-08-08")
    assert "The bars go from the first day" in " ".join(days.out.split())
    alone = run("--view", "posts", "--by", "week", "--weeks", 2)
    firsts = [line.split("│")[0].strip() for line in alone.out.splitlines() if "│" in line]
    assert [first for first in firsts if "2022" in first] == ["8 August 2022", "15 August 2022"]


def test_json_and_csv_say_the_same(run: Run) -> None:
    whole = json.loads(run("--format", "json", "--by", "region", "--by", "grade").out)
    assert (whole["framework"], whole["as_of"], whole["units"]) == ("plan", "2022-08-15", 4)
    flat = list(csv.DictReader(io.StringIO(run("--format", "csv", "--by", "region", "--by", "grade").out)))
    assert list(flat[0])[:6] == ["view", "day", "region", "pdu", "tag", "grade"]
    cells = [
        (view["id"], row["region"], row["member"], name, cell)
        for view in whole["views"]
        for row in view["rows"]
        for name, cell in row["figures"].items()
    ]
    assert len(cells) == len(flat) > 10
    for (view, region, member, name, cell), line in zip(cells, flat, strict=True):
        assert (view, region, member, name) == (line["view"], line["region"], line["grade"], line["figure"])
        for key in ("value", "of_known", "units", "missing", "because", "carried", "assumed"):
            assert ("" if cell[key] is None else str(cell[key])) == line[key]
        assert (cell["country"]["value"] or "") == line["country_value"]
    (others,) = [view for view in whole["views"] if view["id"] == "others"]
    assert [one["figure"] for one in others["not_split"]] == ["staff", "points", "cases"]


def test_markdown(run: Run) -> None:
    ran = run("--format", "markdown", "--view", "posts")
    assert ran.out.startswith("# Figures on 15 August 2022\n")
    assert "| The North | 60.00 | 13.00 | 21.7 |" in ran.out
    assert "Posts that nobody is in." in ran.out


class _Page(HTMLParser):
    """Checks that every tag is closed in its order, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_has_tables_and_drawings(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    ran = run("--format", "html", "--weeks", 3, "--view", "posts", "--by", "region", "--out", file)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    text = file.read_text("utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert page.seen.count("svg") == 3  # one for each figure
    assert "<title>The North</title>" in text
    assert text.count("The heavy line is all PDUs.") == 3
    assert ">None<" not in text
    without = run("--format", "html", "--view", "posts").out
    assert "<svg" not in without


def test_texts_of_a_view_do_no_harm(run: Run) -> None:
    bad = VIEW.replace("title: Posts\n", 'title: "<script>alert(1)</script> | *x* \\u202e"\n')
    page = run("--format", "html", "--view", "posts", files={HOME: bad}).out
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    plain = run("--format", "markdown", "--view", "posts", files={HOME: bad}).out
    assert "\\<script\\>" in plain


def test_another_version_and_another_day(run: Run) -> None:
    ran = run("--format", "json", "--to", "2022-08-10", "--framework", "plan@v1", "--view", "posts")
    told = json.loads(ran.out)
    assert (told["as_of"], told["units"]) == ("2022-08-10", 3)
    assert told["views"][0]["rows"][0]["figures"]["vacant"]["value"] == "10.00"
    assert (
        json.loads(run("--format", "json", "--as-of", "2022-08-10", "--view", "posts").out)["as_of"]
        == "2022-08-10"
    )


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--view", "postes"], "plan has no view postes. Did you mean posts?"),
        (["--by", "regions"], "Did you mean region?"),
        (["--by", "grade", "--by", "tenure"], "Split by one list at a time"),
        (["--view", "posts", "--by", "tenure"], "No figure of posts can be split by tenure"),
        (["--pdu", "yorck"], "Did you mean york?"),
        (["--region", "west"], "There is no region west."),
        (["--from", "2022-09-01"], "is after the last"),
        (["--from", "2022-08-01", "--weeks", 2], "not both"),
        (["--framework", "other"], "other"),
        (["--framework", "plan@v9"], "plan has no version v9"),
        (["--weeks", 0], "0 is not in the range"),
        (["--weeks", "many"], "many"),
        (["--from", "yesterday"], "yesterday is no day"),
        (["--format", "pdf"], "pdf"),
        (["--out", "x.txt"], "A table is for the terminal"),
        (["--format", "html", "--out", "."], "cannot be written"),
    ],
)
def test_wrong_use(run: Run, words: list[object], message: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_framework_without_views(run: Run) -> None:
    # without a folder, and with one that holds nothing
    ran = run(files={HOME: "", OTHERS_HOME: ""})
    assert (ran.code, ran.out) == (2, "")
    assert "plan has no views." in ran.err


def test_a_view_with_a_fault(run: Run) -> None:
    files = {HOME: view_text("in_pots"), OTHERS_HOME: view_text("fall(cases)")}
    ran = run("--view", "posts", files=files)
    assert (ran.code, ran.out) == (1, "")
    assert "PF210" in ran.err
    assert "PF292" in ran.err
    listed = json.loads(run("--format", "json", files=files).err)
    assert [one["code"] for one in listed] == ["PF292", "PF210"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (ROWS + "york,2022-08-08,PO,ten,9,\n", "PF508"),
        (ROWS + "yorc,2022-08-08,PO,10,9,\n", "PF5"),
        (ROWS.replace("in_post", "in_pots"), "PF5"),
    ],
)
def test_refused_returns(run: Run, rows: str, code: str) -> None:
    ran = run(rows=rows)
    assert (ran.code, ran.out) == (1, "")
    assert code in ran.err


def test_a_file_without_returns(run: Run) -> None:
    ran = run(rows=ROWS.splitlines()[0] + "\n")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err
