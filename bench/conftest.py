from __future__ import annotations

import pytest

from bench._results import Results, markdown

FOUND = pytest.StashKey[Results]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOUND] = Results()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Commands are timed on the wall, as people wait for them, and so first; then what looks at this process's memory.

    A machine that is shared with others is slower for a while after minutes of work on all of its processors, and
    after the columns this process has so much memory that what is added to it would not show.
    """
    first = ("bench_command.py", "bench_flat.py")
    items.sort(key=lambda item: first.index(item.path.name) if item.path.name in first else len(first))


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
