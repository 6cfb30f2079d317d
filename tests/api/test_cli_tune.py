"""`tune`: numbers tried on past returns, in every format, settings written, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import FIRST, REGION, SECOND

Run = Callable[..., Any]

STATED = "  stated: {title: Stated, values: [green, amber, other]}\n  place: {title: Place, values: [here]}\n"
RATED = "  rated: {title: Rated, per: grade, values: [green, amber]}\n"
ONE = FIRST.replace("measures:\n", STATED + RATED + "measures:\n")
TWO = SECOND.replace("measures:\n", STATED + RATED + "measures:\n")
WEEKS = [f"2022-08-{day:02}" for day in (1, 8, 15, 22, 29)]
STAFF = {"york": (19, 17, 17, 17, 17), "hull": (20, 20, 18, 17, 20), "kent": (10, 10, 10, 10, 10)}


def rows(*units: str, stated: dict[str, str] | None = None) -> str:
    lines = ["pdu,as_of,grade,required,in_post,points,stated"]
    for pdu in units:
        for day, staff in zip(WEEKS, STAFF[pdu], strict=True):
            lines.append(f"{pdu},{day},,,,10,{(stated or {}).get(day, '')}")
            lines += [f"{pdu},{day},{grade},20,{staff},," for grade in ("PO", "PSO")]
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(policy_folder: Callable[..., Path]) -> Path:
    return policy_folder({"plan/v1.yaml": ONE, "plan/v2.yaml": TWO})


@pytest.fixture
def tune(prioritise: Run, folder: Path, tmp_path: Path) -> Run:
    def call(*words: object, region: str = "north", given: str | None = None) -> Any:
        returns = tmp_path / "returns.csv"
        returns.write_text(given if given is not None else rows("york", "hull", "kent"))
        return prioritise("tune", region, "--frameworks", folder, "--returns", returns, *words)

    return call


def told(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


class TestCounted:
    def test_json(self, tune: Run) -> None:
        found = told(tune("--format", "json", "--points", "low=80:95:5"))
        assert (found["region"], found["from"], found["until"], found["pdus"]) == (
            "north", "2022-08-01", "2022-09-04", ["hull", "york"],
        )  # fmt: skip
        (point,) = found["points"]
        assert (point["name"], point["now"], point["default"], point["tried"]) == (
            "low", "88", "90", ["80", "85", "90", "95"],
        )  # fmt: skip
        assert (found["aims"], found["reference"]) == (["flips", "days_above_first"], None)
        by_number = {one["trigger_points"]["low"]: one for one in found["candidates"]}
        # York is at 85% from 8 August on: below 88 for the second week on the 15th, and never below 85.
        assert by_number["88"]["days"] == {"green": 49, "amber": 21, "indeterminate": 0}
        assert by_number["85"]["days"] == {"green": 70, "amber": 0, "indeterminate": 0}
        # Hull is at 90% and 85% on the 15th and the 22nd: below 95 for the second week on the 22nd.
        assert by_number["95"]["days"] == {"green": 35, "amber": 35, "indeterminate": 0}
        assert [one["flips"] for one in found["candidates"]] == [1, 0, 0, 1, 2]
        assert found["frontier"] == [1, 2]
        assert found["checked"]["days"] > 0
        assert "recommends nothing" in found["note"]

    def test_one_at_a_time_unless_told_otherwise(self, tune: Run) -> None:
        found = told(tune("--format", "json"))
        assert found["grid"] is False
        assert [one["trigger_points"]["low"] for one in found["candidates"]] == [
            "88", *(str(low) for low in range(80, 96) if low != 88),
        ]  # fmt: skip

    def test_the_number_of_a_unit_stays(self, tune: Run, folder: Path) -> None:
        own = REGION.replace("hull: {withhold: [visits]}", "york: {trigger_points: {low: 85}}")
        (folder / "plan/regions/north.yaml").write_text(own)
        found = told(tune("--format", "json", "--points", "low=95:95:1"))
        assert found["points"][0]["own_numbers"] == ["york"]
        assert found["candidates"][1]["days"]["amber"] == 14
        assert "low: the number of its own stays for York." in tune().out

    def test_a_version_that_does_not_take_a_number_keeps_its_default(self, tune: Run, folder: Path) -> None:
        narrow = ONE.replace("{from: 80, to: 95}", "{from: 86, to: 95}")
        (folder / "plan/v1.yaml").write_text(narrow)
        ran = tune("--until", "2022-09-12", "--format", "json", "--points", "low=80:90:5")
        assert told(ran)["partly"] == ["v1"]
        pinned = told(tune("--framework", "plan@v2", "--format", "json", "--points", "low=80:90:5"))
        assert (pinned["version"], pinned["partly"]) == ("v2", [])

    def test_csv(self, tune: Run) -> None:
        ran = tune("--format", "csv", "--points", "low=85:90:5")
        found = list(csv.DictReader(io.StringIO(ran.out)))
        assert [(row["candidate"], row["now"], row["frontier"], row["low"]) for row in found] == [
            ("0", "yes", "no", "88"), ("1", "no", "yes", "85"), ("2", "no", "no", "90"),
        ]  # fmt: skip
        assert [row["days_amber"] for row in found] == ["21", "0", "21"]

    def test_table(self, tune: Run) -> None:
        ran = tune("--points", "low=85:90:5")
        assert (ran.code, ran.err) == (0, "")
        assert "2 candidates tried on 35 days of 2 PDUs." in ran.out
        assert "As set now (candidate 0): 1 change of status, and 21 PDU-days above Green." in ran.out
        assert max(map(len, ran.out.splitlines())) <= 80
        assert "\x1b" not in ran.out

    def test_html(self, tune: Run, tmp_path: Path) -> None:
        ran = tune("--format", "html", "--out", tmp_path / "page.html")
        assert (ran.code, ran.out) == (0, "")
        page = (tmp_path / "page.html").read_text("utf-8")
        assert page.startswith("<!doctype html>")
        assert '<svg class="plot"' in page

    def test_the_same_bytes_each_time(self, tune: Run) -> None:
        assert tune("--format", "json").out == tune("--format", "json").out


class TestReferences:
    def test_declared(self, tune: Run, tmp_path: Path) -> None:
        events = tmp_path / "events.yaml"
        events.write_text(
            "declarations:\n"
            "  - {from: 2022-08-08, until: 2022-08-21, status: amber, by: director, reason: A., region: north}\n"
            "  - {from: 2022-08-15, until: 2022-08-18, status: green, by: director, reason: B., pdu: hull}\n"
            "suspensions: [{from: 2022-08-20, until: 2022-08-20, by: director, reason: C., pdu: york}]\n"
        )
        found = told(tune("--format", "json", "--points", "low=85:90:5", "--reference", events))
        assert found["reference"] == {"kind": "declared", "name": str(events), "pdu_days": 27}
        assert found["aims"] == ["flips", "days_milder_than_reference"]
        now, milder, _ = found["candidates"]
        # York is Amber from the 15th on (6 of its 13 days), Hull Green as declared on 4 of its 14.
        assert (now["same"], now["same_percent"], now["days_milder_than_reference"]) == ("10/27", "37.0", 17)
        assert (milder["same"], milder["same_percent"]) == ("4/27", "14.8")

    def test_an_input(self, tune: Run) -> None:
        given = rows("york", stated={"2022-08-08": "amber", "2022-08-15": "other", "2022-08-22": "green"})
        found = told(
            tune("--format", "json", "--points", "low=85:90:5", "--reference", "stated", given=given)
        )
        # said on the 8th and on the 22nd, each until the next return
        assert found["reference"] == {"kind": "input", "name": "stated", "pdu_days": 14}
        now, milder, _ = found["candidates"]
        assert (now["same"], now["days_milder_than_reference"]) == ("0/14", 7)
        assert (milder["same"], milder["same_percent"]) == ("7/14", "50.0")

    def test_it_holds_no_longer_than_its_return(self, tune: Run) -> None:
        given = rows("york", stated={"2022-08-29": "amber"})
        found = told(tune("--format", "json", "--until", "2022-10-02", "--reference", "stated", given=given))
        assert found["reference"]["pdu_days"] == 15  # the 14 days after which a return is stale, and its own

    @pytest.mark.parametrize(
        ("reference", "code", "says"),
        [
            ("nothing.yaml", 2, "--reference nothing.yaml is neither a file nor an input of plan."),
            ("statd", 2, "Did you mean stated?"),
            ("points", 2, "points is a number: a reference is a category"),
            (
                "place",
                2,
                "No value of place is a status. Its values are here; the statuses are green, amber.",
            ),
            ("rated", 2, "rated is given for each grade"),
            ("stated", 1, "stated says nothing of north from 2022-08-01 until 2022-09-04."),
        ],
    )
    def test_refused(self, tune: Run, reference: str, code: int, says: str) -> None:
        ran = tune("--reference", reference)
        assert (ran.code, ran.out) == (code, "")
        assert says in ran.err

    @pytest.mark.parametrize(
        ("events", "says"),
        [
            ("declarations: [", "PF103"),
            ("declared: []", "PF520"),
            ("declarations: [{%s, status: purple, by: director, reason: A.}]", "PF521"),
            ("declarations: [{%s, status: amber, by: nobody, reason: A.}]", "PF522"),
            ("declarations: [{%s, status: amber, by: director, reason: A., pdu: yorc}]", "PF524"),
            (
                "declarations: [{%s, status: amber, by: director, reason: A., region: south}]",
                "says nothing of north",
            ),
            ("declarations: []", "says nothing of north"),
        ],
    )
    def test_events_that_are_refused(self, tune: Run, tmp_path: Path, events: str, says: str) -> None:
        (tmp_path / "events.yaml").write_text(events.replace("%s", "from: 2022-08-08, until: 2022-08-09"))
        ran = tune("--reference", tmp_path / "events.yaml")
        assert (ran.code, ran.out) == (1, "")
        assert says in ran.err


class TestChosen:
    def test_a_file_that_is_valid_as_it_is(self, tune: Run, prioritise: Run, folder: Path) -> None:
        file = folder / "plan/regions/north.yaml"
        file.unlink()
        ran = tune("--points", "low=80:95:5", "--choose", 1, "--write", file)
        assert ran.code == 0
        assert "its reason is left to be filled in" in ran.err
        text = file.read_text("utf-8")
        assert "New in this entry: low 80." in text
        assert "      low: 80\n" in text
        assert "reason: Say here why." in text
        checked = prioritise("check", "--strict", "--frameworks", folder, file)
        assert checked.code == 0
        assert "no problems." in checked.out + checked.err

    def test_entries_of_the_region_are_kept(
        self, tune: Run, prioritise: Run, folder: Path, tmp_path: Path
    ) -> None:
        draft = tmp_path / "next.yaml"
        assert tune("--points", "low=80:95:5", "--choose", 1, "--write", draft).code == 0
        text = draft.read_text("utf-8")
        assert text.startswith(REGION)
        assert text.count("- effective:") == 2
        assert "hull:\n        withhold: [visits]" in text
        (folder / "plan/regions/north.yaml").write_text(text)
        checked = prioritise("check", "--strict", "--frameworks", folder, folder / "plan/regions/north.yaml")
        assert checked.code == 0

    def test_nothing_is_written_over(self, tune: Run, folder: Path) -> None:
        file = folder / "plan/regions/north.yaml"
        ran = tune("--choose", 1, "--write", file)
        assert (ran.code, ran.out) == (2, "")
        assert "exists already, and is left as it is" in ran.err
        assert file.read_text() == REGION

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("--choose", 1), "--choose and --write go together"),
            (("--write", "x.yaml"), "--choose and --write go together"),
            (("--choose", 0, "--write", "x.yaml"), "Candidate 0 is what is set now"),
            (
                ("--choose", 16, "--write", "x.yaml"),
                "There is no candidate 16. They are numbered from 1 to 15.",
            ),
            (("--choose", -1, "--write", "x.yaml"), "There is no candidate -1."),
            (("--choose", 1, "--write", "none/of/these/x.yaml"), "cannot be written"),
        ],
    )
    def test_refused(
        self, tune: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[object, ...], says: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        ran = tune(*words)
        assert ran.code == 2
        assert says in ran.err
        assert not (tmp_path / "x.yaml").exists()

    def test_a_number_that_the_version_to_come_does_not_take(
        self, tune: Run, folder: Path, tmp_path: Path
    ) -> None:
        narrow = TWO.replace("{from: 80, to: 95}", "{from: 84, to: 95}")
        (folder / "plan/v2.yaml").write_text(narrow)
        ran = tune("--points", "low=80:90:5", "--choose", 1, "--write", tmp_path / "x.yaml")
        assert (ran.code, ran.out) == (2, "")
        assert "PF203 low 80 is below the 84 that the framework allows regions in v2." in ran.err
        assert not (tmp_path / "x.yaml").exists()


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("--points", "low=79:95:1"), "PF203 low 79 is below the 80"),
            (("--points", "low=80:95:0"), "a step must be above 0"),
            (("--points", "slow=80:95:1"), "PF250 slow is no trigger point of plan@v1. Did you mean low?"),
            (("--points", "low=80:95:0.0001"), "These are 150,001 candidates, and at most 20,000"),
            (
                ("--from", "2022-09-01", "--until", "2022-08-01"),
                "--until 2022-08-01 is before --from 2022-09-01.",
            ),
            (("--until", "2021-01-01"), "There is no day from"),
            (("--from", "2001-01-01"), "20 years at most"),
            (("--from", "2021-01-01", "--until", "2021-12-31"), "PF256 No version is in force on 2021-12-31"),
            (("--from", "yesterday"), "yesterday is no day"),
            (("--format", "markdown"), "markdown"),
            (("--out", "x.txt"), "A table is for the terminal"),
            (("--framework", "plan@v9"), "plan has no version v9."),
            (("--framework", "plam"), "Did you mean plan?"),
        ],
    )
    def test_wrong_use(self, tune: Run, words: tuple[object, ...], says: str) -> None:
        ran = tune(*words)
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err

    def test_unknown_region(self, tune: Run) -> None:
        ran = tune(region="nort")
        assert (ran.code, ran.out) == (2, "")
        assert "PF257 nort is no region. Did you mean north?" in ran.err

    def test_no_returns_of_the_region(self, tune: Run) -> None:
        ran = tune(given=rows("kent"))
        assert (ran.code, ran.out) == (1, "")
        assert "The file holds no returns of north: there is nothing to try." in ran.err

    def test_refused_returns(self, tune: Run) -> None:
        ran = tune("--format", "json", given=rows("york").replace("19", "many"))
        assert (ran.code, ran.out) == (1, "")
        assert {one["code"] for one in json.loads(ran.err)} == {"PF508"}

    def test_no_file(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("tune", "north", "--frameworks", folder, "--returns", folder / "none.csv")
        assert (ran.code, ran.out) == (2, "")
        assert "none.csv cannot be opened" in ran.err
