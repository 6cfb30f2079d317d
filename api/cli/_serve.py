"""`prioritise serve`: the API and the pages."""

from __future__ import annotations

import sys
from pathlib import Path

from api.cli._terminal import FOUND_PROBLEMS, WRONG_USE, end, list_problems


def run(
    host: str | None,
    port: int | None,
    store: str | None,
    workers: int | None,
    frameworks: Path | None,
    framework: str | None,
    pipeline: Path | None = None,
) -> None:
    """Serve until stopped. What is not given comes from the settings."""
    from api.http.serve import serve, settings_with
    from api.http.settings import SettingsError
    from rules.problems import UsageError

    given = {
        "host": host,
        "port": port,
        "store": store,
        "workers": workers,
        "frameworks": frameworks,
        "framework": framework,
        "pipeline": pipeline,
    }
    try:
        began = serve(settings_with(given))
    except SettingsError as error:
        list_problems(error.problems, as_json=False)
        sys.exit(WRONG_USE)
    except UsageError as error:
        end(error.message)
    if not began:
        sys.exit(FOUND_PROBLEMS)  # why has been logged
