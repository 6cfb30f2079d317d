"""Laws 3, 4 and 9 for files: the order of rows, the machine and refused rows change no answer."""

from __future__ import annotations

import datetime
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.canonical import canonical_bytes
from engine.deciding import Engine, decide_all
from engine.returns import read_returns
from rules.library import Library, load_library
from rules.model import Events
from rules.problems import ReturnsError

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2022, 10, 1)
HEADER = "pdu,as_of,grade,required,in_post,points,note\n"
SEEDS = st.integers(0, 2**64 - 1)
FROM_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def library(policy_folder: Callable[..., Path]) -> Library:
    return load_library(policy_folder())


def rows(rng: random.Random) -> list[str]:
    """Rows of three weeks for three units; here and there a figure is left out."""
    found = []
    for unit in ("york", "hull", "kent"):
        for day in ("2022-08-01", "2022-08-08", "2022-08-15"):
            found.append(
                f"{unit},{day},,,,{rng.choice(['', '10', '600'])},{rng.choice(['', 'counted by hand'])}"
            )
            figures = [rng.choice(["", "6", "8.5", "10"]) for _ in range(2)]
            found += [
                f"{unit},{day},{grade},10,{figure},,"
                for grade, figure in zip(("PO", "PSO"), figures, strict=True)
            ]
    return found


def decisions(
    library: Library, data: bytes, name: str = "returns.csv", skip: bool = False
) -> list[dict[str, Any]]:
    framework = library.framework()
    read = read_returns(
        data,
        name,
        vocabulary=framework.vocabulary,
        organisation=library.organisation,
        today=TODAY,
        skip_bad_rows=skip,
    )
    with Engine(framework, library.organisation) as engine:
        decided, undecided = decide_all(engine, read.returns, Events(), as_of=datetime.date(2022, 8, 16))
    assert undecided == []
    return decided


def as_csv(lines: Sequence[str]) -> bytes:
    return (HEADER + "\n".join(lines) + "\n").encode()


class TestLaw3:
    @settings(FROM_FOLDER, max_examples=30)
    @given(seed=SEEDS)
    def test_rows_of_a_table(self, library: Library, seed: int) -> None:
        rng = random.Random(seed)
        lines = rows(rng)
        one = decisions(library, as_csv(lines))
        rng.shuffle(lines)
        assert canonical_bytes(decisions(library, as_csv(lines))) == canonical_bytes(one)
        # Columns, too: the file by itself says which is which.
        order = rng.sample(range(7), 7)
        moved = [",".join(line.split(",")[place] for place in order) for line in (HEADER.strip(), *lines)]
        assert decisions(library, ("\n".join(moved) + "\n").encode()) == one

    @settings(FROM_FOLDER, max_examples=15)
    @given(seed=SEEDS)
    def test_returns_of_a_list(self, library: Library, seed: int) -> None:
        rng = random.Random(seed)
        told = [
            {
                "pdu": unit,
                "as_of": day,
                "required": {"PO": 10, "PSO": 10},
                "in_post": {"PO": rng.randint(4, 10), "PSO": 9},
            }
            for unit in ("york", "kent")
            for day in ("2022-08-01", "2022-08-08")
        ]
        one = decisions(library, json.dumps(told).encode(), "returns.json")
        rng.shuffle(told)
        by_line = "\n".join(json.dumps(dict(reversed(entry.items()))) for entry in told)
        assert decisions(library, by_line.encode(), "returns.ndjson") == one


class TestLaw4:
    MACHINES: tuple[dict[str, str], ...] = (
        {"PYTHONHASHSEED": "0", "TZ": "Europe/London", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {
            "PYTHONHASHSEED": "4242",
            "TZ": "Etc/GMT+12",
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "tr",
            "LANG": "tr_TR.UTF-8",
        },
        {"PYTHONHASHSEED": "7", "TZ": "", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "latin-1"},
    )

    @pytest.mark.parametrize("form", ["ndjson", "json", "csv", "table"])
    def test_the_same_bytes_on_any_machine(self, policy_folder: Callable[..., Path], form: str) -> None:
        folder = policy_folder()
        register = folder / "organisation.yaml"
        register.write_text(
            register.read_text().replace("name: York", "name: Ynys Môn – łódź"), encoding="utf-8"
        )
        file = folder.parent / "returns.csv"
        file.write_bytes(as_csv(rows(random.Random(1))))
        call = [
            sys.executable,
            "-m",
            "api",
            "evaluate",
            "--frameworks",
            str(folder),
            "--returns",
            str(file),
            "--format",
            form,
        ]
        bare = {
            key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LC_ALL", "LANG", "TZ")
        }
        printed = set()
        for machine in self.MACHINES:
            done = subprocess.run(call, capture_output=True, cwd=ROOT, env=bare | machine, check=False)
            assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
            printed.add(done.stdout)
        assert len(printed) == 1
        assert "Ynys Môn" in printed.pop().decode("utf-8")


class TestLaw9:
    BAD = ("york,2022-08-15,PO,10,ten,,", "york,2022-08-15,PX,10,1,,", "york,2022-08-15,,,,1001,")

    @pytest.mark.parametrize("bad", BAD)
    def test_a_refused_row_takes_its_return_away_and_changes_nothing_else(
        self, library: Library, bad: str
    ) -> None:
        good = rows(random.Random(2))
        others = [line for line in good if not line.startswith("york,2022-08-15")]
        with pytest.raises(ReturnsError):
            decisions(library, as_csv([*good, bad]))
        left = decisions(library, as_csv([*others, bad]), skip=True)
        without = decisions(library, as_csv(others))
        assert [facts(one) for one in left] == [facts(one) for one in without]

    def test_nothing_is_decided_from_a_refused_file(self, library: Library) -> None:
        good = as_csv(rows(random.Random(2)))
        for broken in (
            good.replace(b"pdu,as_of", b"pdu,day"),
            b"",
            b"\xff\xfe",
            good + b'"',
            good + b"york,2022-08-15\n",
        ):
            with pytest.raises(ReturnsError) as refused:
                decisions(library, broken)
            assert refused.value.problems


def facts(decision: dict[str, Any]) -> dict[str, Any]:
    """A decision without the notes on the rows left out."""
    kept = {key: value for key, value in decision.items() if key != "id"}
    kept["data_quality"] = [one for one in decision["data_quality"] if one["code"] != "PF608"]
    return kept
