from __future__ import annotations

import pytest

from bench._results import Results, markdown

FOUND = pytest.StashKey[Results]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOUND] = Results()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Commands are timed on the wall, as people wait for them, and so first.

    A machine that is shared with others is slower for a while after minutes of work on all of its processors.
    """
    items.sort(key=lambda item: item.path.name != "bench_command.py")


@pytest.fixture(scope="session")
def results(pytestconfig: pytest.Config) -> Results:
    """Where the benchmarks note what they found."""
    return pytestconfig.stash[FOUND]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash[FOUND]
    if found.speed or found.checks:
        found.save()
        terminalreporter.section("benchmarks (synthetic)")
        terminalreporter.write_line(markdown(found))
