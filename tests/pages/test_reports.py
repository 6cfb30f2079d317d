"""The reports that are files of their own, as a browser shows them: drawings, contrast, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from api.cli._app import app
from tests.pages.chromium import Chromium
from tests.pages.looking import open_window

_UNITS = ("york", "leeds", "croydon", "lewisham-and-bromley", "ealing-and-hillingdon")
_REPORTS = {
    "forecast": ("forecast", "--pdu", "york", "--futures", "200"),
    "forecast-of-many": ("forecast", "--pdu", "york", "--pdu", "leeds", "--futures", "200"),
    "insights": ("insights", "--region", "london", "--weeks", "20"),
    "tune": ("tune", "london"),
    "backtest": ("backtest", "--by", "region"),
    "explain": ("explain", "york"),
}


_DRAWN = ("forecast", "forecast-of-many", "insights", "tune")


@pytest.fixture(scope="session")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures of a few units over half a year."""
    path = tmp_path_factory.mktemp("figures") / "returns.csv"
    _run("sample", "--weeks", "26", "--from", "2022-08-08", "--out", str(path))
    head, *rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(head + "".join(row for row in rows if row.split(",")[0] in _UNITS), "utf-8")
    return path


def _run(*words: str) -> None:
    """Call the program; it must end well."""
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("name", _REPORTS)
def test_report(name: str, returns: Path, tmp_path: Path, chromium: Chromium) -> None:
    page = tmp_path / "page.html"
    _run(*_REPORTS[name], "--returns", str(returns), "--format", "html", "--out", str(page))

    def look(browser: Browser) -> tuple[list[str], int]:
        visit = open_window(browser, tmp_path.as_uri())
        visit.go("/page.html")
        drawings = visit.page.locator("svg").count()
        faults = visit.found()
        visit.page.context.close()
        return faults, drawings

    faults, drawings = chromium.do(look)
    assert faults == []
    assert (drawings > 0) == (name in _DRAWN)
