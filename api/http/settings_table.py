"""The table of settings for the documentation, made from the settings themselves."""

from __future__ import annotations

from typing import Any

from api.http.settings import PREFIX, ServiceSettings


def table() -> str:
    """Every setting as a Markdown table, for the documentation."""
    lines = ["| variable | in the file | default | what it does |", "|---|---|---|---|"]
    for name, field in ServiceSettings.model_fields.items():
        text = (field.description or "").replace("|", "\\|")
        lines.append(f"| `{PREFIX}{name.upper()}` | `{name}` | {_default(name, field.default)} | {text} |")
    return "\n".join(lines) + "\n"


def undocumented(text: str) -> list[str]:
    """The settings whose row the documentation lacks, or tells otherwise."""
    rows = table().splitlines()[2:]
    names = [f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields]
    return [name for name, row in zip(names, rows, strict=True) if row not in text]


def _default(name: str, value: Any) -> str:
    if value is None or value == ():
        return "–"
    if name == "roles":
        return "`ROLE_PRIORITISE_VIEWER=viewer`, and so on for each role"
    if isinstance(value, bool):
        return "`on`" if value else "`off`"
    return f"`{', '.join(value) if isinstance(value, tuple) else value}`"


if __name__ == "__main__":
    print(table(), end="")
