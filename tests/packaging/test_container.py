"""The container brings in nothing but what the lock files name, and does not run as root."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
FETCHES = re.compile(r"\b(curl|wget|git clone|npm|uv pip|ADD https?:)")


def instructions() -> list[str]:
    """The instructions of the Dockerfile, each on one line, without its remarks."""
    lines = [
        line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def installs() -> list[list[str]]:
    """The words of each call of pip that installs something."""
    calls = [part for line in instructions() if line.startswith("RUN") for part in line[4:].split("&&")]
    return [shlex.split(call) for call in calls if re.search(r"\bpip install\b", call)]


def locked(name: str) -> dict[str, str]:
    return dict(LOCKED.findall((ROOT / name).read_text("utf-8")))


def test_every_installation_is_locked_or_is_the_project_itself() -> None:
    assert len(installs()) == 3
    for words in installs():
        assert "--no-deps" in words, words
        assert words[-1] == "." or ("--require-hashes" in words and words[-1].endswith(".lock")), words


def test_nothing_is_fetched_by_other_means() -> None:
    assert [line for line in instructions() if FETCHES.search(line)] == []


def test_what_runs_is_what_was_tested() -> None:
    run, tested = locked("requirements-run.lock"), locked("requirements.lock")
    assert run
    assert {name: version for name, version in run.items() if tested.get(name) != version} == {}
    assert not {"pytest", "hypothesis", "mypy", "schemathesis", "zen-engine"} & run.keys()


def test_what_is_copied_is_there() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in instructions():
        if line.startswith("COPY") and "--from" not in line:
            for name in shlex.split(line)[1:-1]:
                assert (ROOT / name).exists(), name
                assert f"!{name}" in ignored, name


def test_it_does_not_run_as_root_and_keeps_its_ledger_outside() -> None:
    lines = instructions()
    assert "USER 10001" in lines
    assert lines.index("USER 10001") > max(
        place for place, line in enumerate(lines) if line.startswith("RUN")
    )
    assert "VOLUME /data" in lines
    assert any("PRIORITISE_STORE=/data/" in line for line in lines)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock", "requirements-run.lock"])
def test_a_lock_has_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert text.count("==") <= text.count("--hash=sha256:")
