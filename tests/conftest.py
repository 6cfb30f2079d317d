"""Profiles of Hypothesis, and a small folder of policy for the tests of what reads one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from tests.small_policy import FIRST, ORGANISATION, REGION, SCENARIOS, SECOND

# `ci` gives the same examples each time, few enough for the whole to end in some minutes; `fuzz` (make fuzz) gives
# many new ones.
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile(
    "fuzz", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    """`serve` puts what it was told into the environment for its workers; here it would reach the tests after it."""
    before = {name: value for name, value in os.environ.items() if name.startswith("PRIORITISE_")}
    yield
    for name in [name for name in os.environ if name.startswith("PRIORITISE_")]:
        if name not in before:
            del os.environ[name]
    os.environ.update(before)


@pytest.fixture
def policy_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small folder of policy, with some files changed: `policy_folder({"plan/v1.yaml": "..."})`."""

    def write(changes: dict[str, str] | None = None) -> Path:
        folder = tmp_path / "policy"
        files = {
            "organisation.yaml": ORGANISATION,
            "plan/v1.yaml": FIRST,
            "plan/v2.yaml": SECOND,
            "plan/regions/north.yaml": REGION,
            "plan/scenarios/basics.yaml": SCENARIOS,
        }
        for name, text in (files | (changes or {})).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


class Ran(NamedTuple):
    """What a call of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def prioritise(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Runs the command line in this process. What ends in a traceback fails the test."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*words: object) -> Ran:
        from api.cli import main

        monkeypatch.setattr(sys, "argv", ["prioritise", *map(str, words)])
        code: object = 0
        try:
            main()
        except SystemExit as stopped:
            code = 0 if stopped.code is None else stopped.code
        assert isinstance(code, int), f"ended with {code!r}"
        printed = capsysbinary.readouterr()
        return Ran(code, printed.out.decode("utf-8"), printed.err.decode("utf-8"))

    return call
