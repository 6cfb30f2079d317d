"""`forecast` and `sample --pipeline` on the command line: every form, every option, and what is refused."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import SECOND

Run = Callable[..., Any]
FIRST_DAY = datetime.date(2022, 8, 1)
WEEK = datetime.timedelta(weeks=1)
STEADY = [20] * 12
FALLING = [20, 20, 19, 20, 19, 19, 18, 19, 18, 18, 18, 18]
"""Staff of twenty posts in each grade; Amber is below 88% (85% under v2) for two weeks."""


def rows(**units: list[int]) -> str:
    """Weekly returns."""
    lines = ["pdu,as_of,grade,required,in_post,points"]
    for pdu, given in units.items():
        for week, staff in enumerate(given):
            day = FIRST_DAY + week * WEEK
            lines += [f"{pdu},{day},,,,10", *(f"{pdu},{day},{grade},20,{staff}," for grade in ("PO", "PSO"))]
    return "\n".join(lines) + "\n"


LEAVERS = "events:\n" + "".join(
    f"  - {{pdu: york, on: 2022-10-{day}, kind: leaver, change: {{in_post: {{PO: -4, PSO: -4}}}}}}\n"
    for day in (24,)
)


@pytest.fixture
def forecast(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder = policy_folder()

    def call(*words: object, given: str | None = None, pipeline: str | None = None) -> Any:
        returns = tmp_path / "returns.csv"
        returns.write_text(rows(york=STEADY, hull=STEADY) if given is None else given)
        more: list[object] = []
        if pipeline is not None:
            path = tmp_path / ("pipeline.csv" if pipeline.startswith("pdu,") else "pipeline.yaml")
            path.write_text(pipeline)
            more = ["--pipeline", path]
        return prioritise(
            "forecast", "--returns", returns, "--frameworks", folder, "--futures", 200, *more, *words
        )

    return call


def told(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_text_of_one_unit(forecast: Run) -> None:
    ran = forecast("--pdu", "york", "--weeks", 8)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("The weeks ahead: York\n=====")
    assert "York is likely to be Green still on" in ran.out
    assert "No pipeline was given" in " ".join(ran.out.split())
    assert "\x1b" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_text_of_all_units(forecast: Run) -> None:
    ran = forecast("--weeks", 4)
    assert ran.code == 0
    assert ran.out.startswith("The weeks ahead: 2 PDUs\n")
    assert re.search(r"^  York +Green", ran.out, re.MULTILINE)
    assert re.search(r"^  Hull +Green", ran.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("html", "<!doctype html>"), ("markdown", "# The weeks ahead: York"), ("csv", "pdu,")],
)
def test_other_formats(forecast: Run, form: str, beginning: str) -> None:
    ran = forecast("--pdu", "york", "--weeks", 3, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(beginning)


def test_json(forecast: Run) -> None:
    whole = told(forecast("--pdu", "york", "--weeks", 5, "--format", "json"))
    assert list(whole) == ["headline", "forecasts", "score", "note"]
    (found,) = whole["forecasts"]
    assert found["pdu"] == "york"
    assert found["as_of"] == "2022-10-17"
    assert found["status"] == "green"
    assert found["framework"] == {"id": "plan", "version": "v2", "pinned": False}
    assert [week["day"] for week in found["weeks"]] == [
        str(datetime.date(2022, 10, 17) + week * WEEK) for week in range(1, 6)
    ]
    assert all(sum(week["counts"].values()) == 200 for week in found["weeks"])


def test_what_is_certain_is_certain(forecast: Run) -> None:
    """Without rates only the pipeline moves the figures: 80% is below 85 from 24 October on, for two weeks."""
    whole = told(forecast("--no-rates", "--pdu", "york", "--weeks", 4, "--format", "json", pipeline=LEAVERS))
    (found,) = whole["forecasts"]
    assert [week["counts"]["amber"] for week in found["weeks"]] == [0, 200, 200, 200]
    assert found["first_worse"] == "2022-10-31"
    assert found["drivers"][0]["id"] == "leaver"
    assert found["drivers"][0]["points"] == "100.0"
    assert "more severe status" not in whole["headline"]
    assert whole["headline"].startswith("York is likelier than not to be at Amber from 31 October 2022")


def test_a_pipeline_as_a_table_gives_the_same(forecast: Run) -> None:
    text = "pdu,on,kind,event,input,grade,change\n" + "".join(
        f"york,2022-10-24,leaver,two,in_post,{grade},-4\n" for grade in ("PO", "PSO")
    )
    ask = ("--no-rates", "--pdu", "york", "--weeks", 4, "--format", "csv")
    assert forecast(*ask, pipeline=text).out == forecast(*ask, pipeline=LEAVERS).out


def test_a_synthetic_pipeline_is_marked(forecast: Run) -> None:
    made_up = LEAVERS.replace("kind: leaver", "kind: leaver, basis: synthetic")
    assert "Synthetic pipeline." in forecast("--pdu", "york", pipeline=made_up).out
    assert "Synthetic pipeline." not in forecast("--pdu", "york", pipeline=LEAVERS).out


def test_the_same_question_has_the_same_answer(forecast: Run) -> None:
    given = rows(york=FALLING, hull=STEADY)
    one, same, other = (forecast("--format", "csv", "--seed", seed, given=given).out for seed in (1, 1, 2))
    assert one == same
    assert one != other
    alone = forecast("--format", "csv", "--pdu", "york", given=given).out
    assert [row for row in one.splitlines() if not row.startswith("hull")] == alone.splitlines()


def test_another_version_beside_it(forecast: Run) -> None:
    found = told(forecast("--pdu", "york", "--also", "plan@v1", "--format", "json", "--weeks", 2))[
        "forecasts"
    ]
    assert [one["framework"]["version"] for one in found] == ["v2", "v1"]
    assert [one["framework"]["pinned"] for one in found] == [False, True]
    assert "Under A plan" in forecast("--pdu", "york", "--also", "plan@v1", "--weeks", 2).out


def test_from_an_earlier_day(forecast: Run) -> None:
    given = rows(york=FALLING)
    found = told(forecast("--as-of", "2022-09-19", "--weeks", 2, "--format", "json", given=given))[
        "forecasts"
    ][0]
    assert found["as_of"] == found["newest_return"] == "2022-09-19"
    assert found["weeks"][0]["day"] == "2022-09-26"


def test_how_good_it_has_been(forecast: Run) -> None:
    given = rows(york=(STEADY + FALLING) * 3, hull=(FALLING + STEADY) * 3)
    ran = forecast("--score", "--weeks", 2, "--format", "json", given=given)
    score = told(ran)["score"]
    assert [one["weeks"] for one in score["horizons"]] == [4, 13, 26]
    assert score["horizons"][0]["cases"] > 0
    short = forecast("--score", "--weeks", 2, given=rows(york=[20, 20]))
    assert "The past is too short to tell how good such forecasts have been." in short.out


def test_out(forecast: Run, tmp_path: Path) -> None:
    ran = forecast("--pdu", "york", "--weeks", 2, "--format", "html", "--out", tmp_path / "york.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "york.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_unit_without_returns(forecast: Run) -> None:
    ran = forecast("--pdu", "kent", "--weeks", 2)
    assert ran.code == 0
    assert "Nothing can be told of the weeks ahead of Kent: there are no returns to go by." in " ".join(
        ran.out.split()
    )


def test_workers_change_nothing(forecast: Run) -> None:
    given = rows(york=FALLING, hull=STEADY)
    one = forecast("--format", "csv", "--weeks", 3, given=given).out
    assert forecast("--format", "csv", "--weeks", 3, "--workers", 2, given=given).out == one


WRONG = [
    pytest.param(["--weeks", 0], "0 is not in the range 1<=x<=104", id="no week"),
    pytest.param(["--weeks", 105], "105 is not in the range", id="too many weeks"),
    pytest.param(["--futures", 0], "0 is not in the range", id="no future"),
    pytest.param(["--futures", 100_001], "100001 is not in the range", id="too many futures"),
    pytest.param(["--pdu", "yorc"], "There is no PDU yorc. Did you mean york?", id="unknown PDU"),
    pytest.param(["--also", "plan"], "--also plan names no version. Write plan@VERSION.", id="no version"),
    pytest.param(["--also", "plan@v9"], "plan has no version v9.", id="unknown version"),
    pytest.param(["--also", "other@v1"], "--also other@v1 is not a version of plan", id="another framework"),
    pytest.param(["--format", "pdf"], "'pdf' is not one of", id="unknown form"),
    pytest.param(["--as-of", "soon"], "soon is no day", id="no day"),
    pytest.param(["--pipeline", "nowhere.yaml"], "nowhere.yaml cannot be opened", id="no such file"),
    pytest.param(["--seed", "x"], "'x' is not a valid int", id="no seed"),
    pytest.param(["--workers", 0], "0 is not in the range", id="no worker"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_use(forecast: Run, words: list[object], said: str) -> None:
    ran = forecast(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(re.sub(r"[│╭╮╰╯─]", " ", ran.err).split())


REFUSED = [
    pytest.param(LEAVERS.replace("york", "yorc"), "2:11: PF532 There is no PDU 'yorc'.", id="unknown PDU"),
    pytest.param(LEAVERS.replace("on: ", "at: "), "PF530", id="unknown key"),
    pytest.param(LEAVERS.replace("in_post:", "in_pest:"), "PF534", id="unknown input"),
    pytest.param("pdu,on,kind\n", "PF531", id="no columns"),
]


@pytest.mark.parametrize(("pipeline", "said"), REFUSED)
def test_a_pipeline_with_problems_is_refused(forecast: Run, pipeline: str, said: str) -> None:
    ran = forecast(pipeline=pipeline)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_problems_as_json(forecast: Run) -> None:
    ran = forecast("--format", "json", pipeline=LEAVERS.replace("york", "yorc"))
    assert (ran.code, ran.out) == (1, "")
    (problem,) = json.loads(ran.err)
    assert (problem["code"], problem["line"], problem["column"]) == ("PF532", 2, 11)


@pytest.mark.parametrize("words", [[], ["--as-of", "2022-10-17"]])
def test_returns_with_problems_are_refused(forecast: Run, words: list[object]) -> None:
    ran = forecast(*words, given=rows(york=[-1]))
    assert (ran.code, ran.out) == (1, "")
    assert "PF510" in ran.err


def test_nothing_to_go_by(forecast: Run) -> None:
    ran = forecast(given="pdu,as_of,grade,required,in_post,points\n")
    assert (ran.code, ran.out) == (1, "")
    assert "holds no returns" in ran.err


def test_nobody_is_there(forecast: Run) -> None:
    given = rows(leeds=[20])
    ran = forecast("--as-of", "2022-09-01", given=given)
    assert (ran.code, ran.out) == (1, "")
    assert "None of these PDUs exists on 2022-09-01." in ran.err


def test_sample_with_a_pipeline(prioritise: Run, tmp_path: Path) -> None:
    returns = tmp_path / "returns.csv"
    for ending in ("yaml", "json", "csv"):
        coming = tmp_path / f"coming.{ending}"
        ran = prioritise("sample", "--weeks", 30, "--out", returns, "--pipeline", coming)
        assert (ran.code, ran.out) == (0, "")
        assert "synthetic" in coming.read_text("utf-8")
    rows_ = list(csv.DictReader(io.StringIO((tmp_path / "coming.csv").read_text("utf-8"))))
    assert {row["basis"] for row in rows_} == {"synthetic"}
    same = prioritise("sample", "--weeks", 30, "--out", returns, "--pipeline", tmp_path / "again.yaml")
    assert same.code == 0
    assert (tmp_path / "again.yaml").read_bytes() == (tmp_path / "coming.yaml").read_bytes()


@pytest.mark.parametrize("name", ["coming.xlsx", "coming"])
def test_sample_with_a_pipeline_of_no_format(prioritise: Run, tmp_path: Path, name: str) -> None:
    ran = prioritise("sample", "--weeks", 2, "--out", tmp_path / "r.csv", "--pipeline", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert "names no format: use .yaml" in ran.err
    assert not (tmp_path / "r.csv").exists()


def test_a_sample_for_another_framework_has_what_it_knows(
    prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path
) -> None:
    folder = policy_folder({"plan/v2.yaml": SECOND})
    coming = tmp_path / "coming.yaml"
    ran = prioritise(
        "sample", "--frameworks", folder, "--weeks", 4, "--out", tmp_path / "r.csv", "--pipeline", coming
    )
    assert ran.code == 0
    assert coming.read_text("utf-8") == "{}\n", "it has none of the sample's figures"
