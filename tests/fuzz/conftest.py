"""Says at the end of a run how many documents were read."""

from __future__ import annotations

import pytest

from tests.fuzz.counting import READ


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if READ.documents:
        terminalreporter.section("documents")
        for line in READ.lines():
            terminalreporter.write_line(line)
