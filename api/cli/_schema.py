"""`prioritise schema`."""

from __future__ import annotations

import json


def run(name: str) -> None:
    """Print one JSON Schema."""
    from engine.decision_schema import schema

    print(json.dumps(schema(name), ensure_ascii=False, indent=2))
