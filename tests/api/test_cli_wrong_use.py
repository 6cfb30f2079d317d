"""Wrong calls end with 2 and a sentence, never a traceback; help is quick; stdout is for results alone."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
COMMANDS = ["demo", "evaluate", "explain", "check", "test", "sample", "template", "schema"]

BAD: list[str] = [
    "nonsense",
    "--nonsense",
    "evaluate",
    "evaluate --returns",
    "evaluate --returns none.csv",
    "evaluate --returns policy",
    "evaluate --returns returns.csv extra",
    "evaluate --returns returns.csv --nonsense",
    "evaluate --returns returns.csv --frameworks none",
    "evaluate --returns returns.csv --frameworks returns.csv",
    "evaluate --returns returns.csv --framework none",
    "evaluate --returns returns.csv --framework plan@none",
    "evaluate --returns returns.csv --framework plan@",
    "evaluate --returns returns.csv --framework @v1",
    "evaluate --returns returns.csv --framework plan@v1@v2",
    "evaluate --returns returns.csv --as-of yesterday",
    "evaluate --returns returns.csv --as-of 2022-02-30",
    "evaluate --returns returns.csv --as-of 20220801",
    "evaluate --returns returns.csv --as-of 9999-12-31",
    "evaluate --returns returns.csv --as-of 2022-W31-1",
    "evaluate --returns returns.csv --as-of 2022-08-1",
    "evaluate --returns returns.csv --as-of 2022-\u0660\u0668-\u0660\u0661",  # Arabic digits
    "evaluate --returns returns.csv --pdu none",
    "evaluate --returns returns.csv --format xml",
    "evaluate --returns returns.csv --events none.yaml",
    "evaluate --returns returns.csv --events policy",
    "explain",
    "explain york",
    "explain none --returns returns.csv",
    "explain york hull --returns returns.csv",
    "explain york --returns none.csv",
    "explain york --returns returns.csv --format docx",
    "explain york --returns returns.csv --out policy",
    "explain york --returns returns.csv --out none/page.html",
    "check none.yaml",
    "check returns.csv",
    "check --frameworks none",
    "check --format xml",
    "test none.yaml",
    "test returns.csv",
    "test --frameworks none",
    "test --framework none",
    "test --fail-under 101",
    "sample --weeks 0",
    "sample --from never",
    "sample --out none/sample.csv",
    "sample --framework none",
    "template --format pdf",
    "template --frameworks none",
    "schema none",
    "demo --weeks 0",
]


@pytest.fixture
def here(policy_folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy and returns, in which the calls are made."""
    policy_folder()
    (tmp_path / "returns.csv").write_text("pdu,as_of,points\nyork,2022-08-01,1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("call", BAD)
def test_wrong_calls(prioritise: Run, here: Path, call: str) -> None:
    words = call.split()
    if "--frameworks" not in words and words[0] in ("evaluate", "explain", "test", "template", "sample"):
        words += (
            []
            if words[0] == "test" and len(words) > 1 and words[1].endswith((".yaml", ".csv"))
            else ["--frameworks", "policy"]
        )
    before = sorted(here.rglob("*"))
    ran = prioritise(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("words", [("evaluate",), ("explain", "york"), ("sample",)])
def test_days_at_the_ends_of_the_calendar(prioritise: Run, here: Path, words: tuple[str, ...]) -> None:
    more = () if words == ("sample",) else ("--returns", "returns.csv")
    for day in ("0001-01-01", "9999-12-31"):
        option = "--from" if words == ("sample",) else "--as-of"
        for version in ("plan", "plan@v1"):
            ran = prioritise(
                *words,
                *more,
                option,
                day,
                "--frameworks",
                "policy",
                "--framework",
                version,
                *([] if more else ["--weeks", 1]),
            )
            assert ran.code in (0, 1, 2)


@pytest.fixture
def without_rights(here: Path) -> Iterator[Callable[[str], Path]]:
    """Takes the rights on a file or folder away, and the user's power over them where that is root."""
    folder = Path(tempfile.mkdtemp())  # in which any user may look, unlike pytest's own
    shutil.copytree(here, folder, dirs_exist_ok=True)
    folder.chmod(0o755)
    found: list[Path] = []
    user = os.geteuid()

    def lock(name: str) -> Path:
        path = folder / name
        path.chmod(0)
        found.append(path)
        if user == 0:
            os.seteuid(65534)
        return path

    yield lock
    os.seteuid(user)
    for path in found:
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
@pytest.mark.parametrize(
    "name",
    [
        "policy",
        "policy/plan",
        "policy/plan/regions",
        "policy/plan/v1.yaml",
        "policy/organisation.yaml",
    ],
)
@pytest.mark.parametrize("command", ["evaluate", "check", "test"])
def test_what_cannot_be_read_is_named(
    prioritise: Run, without_rights: Callable[[str], Path], here: Path, name: str, command: str
) -> None:
    words = [command, *(["--returns", "returns.csv"] if command == "evaluate" else [])]
    # What the command imports is imported before the rights are gone.
    assert prioritise(*words, "--frameworks", "policy").code == 0
    path = without_rights(name)
    root = path.parents[len(Path(name).parts) - 1]
    words = [str(root / word) if word == "returns.csv" else word for word in words]
    ran = prioritise(*words, "--frameworks", root / "policy")
    assert (ran.code, ran.out) == (2, "")
    assert path.name in ran.err


def test_returns_that_cannot_be_read(
    prioritise: Run, without_rights: Callable[[str], Path], here: Path
) -> None:
    words = ("evaluate", "--frameworks", here / "policy")
    assert prioritise(*words, "--returns", "returns.csv").code == 0
    path = without_rights("returns.csv")
    ran = prioritise("evaluate", "--frameworks", path.parent / "policy", "--returns", path)
    assert (ran.code, ran.out) == (2, "")
    assert "Permission denied" in ran.err


class TestHelp:
    @pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
    def test_help(self, prioritise: Run, command: list[str]) -> None:
        ran = prioritise(*command, "--help")
        assert (ran.code, ran.err) == (0, "")
        for word in COMMANDS if not command else ["Usage", command[0]]:
            assert word in ran.out
        assert prioritise(*command, "-h").out == ran.out

    def test_version(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "api", "--version"], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert "Traceback" not in done.stderr

    def test_help_loads_nothing_of_the_engine(self) -> None:
        program = (
            "import sys; sys.argv = ['prioritise', 'evaluate', '--help']\n"
            "import typer\n"
            "before = set(sys.modules)\n"
            "from api.cli import main\n"
            "try: main()\n"
            "except SystemExit: pass\n"
            "heavy = {'rules', 'engine', 'reports', 'yaml', 'durable_rules_engine', 'pyarrow', 'openpyxl'}\n"
            "print(sorted(heavy & set(sys.modules) - before), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert done.stderr.strip() == "[]"

    def test_help_is_quick(self) -> None:
        """Beside the library of the command line itself, which takes most of the time."""

        def seconds(*words: str) -> float:
            best = float("inf")
            for _ in range(3):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([sys.executable, *words], capture_output=True, cwd=ROOT, check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            return best

        assert seconds("-m", "api", "--help") < 3 * seconds(
            "-c", "import typer, rich.console, rich.table, rich.panel"
        )


def test_a_pipe_that_closes(here: Path) -> None:
    call = f'"{sys.executable}" -m api sample --weeks 5 | head -1'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", call], capture_output=True, text=True, cwd=here, env=environment, check=False
    )
    assert done.stdout.startswith("pdu,as_of")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_progress_and_messages_only_on_stderr(here: Path) -> None:
    """Not even a progress bar where stderr is no terminal."""
    call = [
        sys.executable,
        "-m",
        "api",
        "evaluate",
        "--frameworks",
        "policy",
        "--returns",
        "returns.csv",
        "--format",
        "json",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FORCE_COLOR": ""}
    done = subprocess.run(
        [*call, "--as-of", "2022-07-01"], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert done.stderr == "No version of plan is in force on 2022-07-01.\n"
