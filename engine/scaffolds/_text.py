"""Texts, ids and comments as YAML writes them, and the templates of scaffolds."""

from __future__ import annotations

import functools
import json
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import jinja2

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.()'’/+-]*(?:,? [A-Za-z0-9_.()'’/+-]+)*")
_FLOWING = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.()'’/+ -]*")
_WIDTH = 108


def yaml_text(text: str, *, flow: bool = False) -> str:
    """A text as YAML writes it: plain where that is safe, else in quotes. `flow` is for lists in brackets."""
    safe = (_FLOWING if flow else _PLAIN).fullmatch(text)
    return text if safe and not text.endswith(" ") else json.dumps(text, ensure_ascii=False)


def flow_list(texts: Iterable[str]) -> str:
    """A list in brackets."""
    return f"[{', '.join(yaml_text(text, flow=True) for text in texts)}]"


def comment(text: str, indent: int = 0) -> list[str]:
    """A remark as lines of comment."""
    start = " " * indent + "# "
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_on_hyphens=False,
        break_long_words=False,
    )


def render(template: str, **values: Any) -> str:
    """A template with its values."""
    return _environment().get_template(template).render(**values)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("engine.scaffolds"),
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(yaml=yaml_text, flow=flow_list)
    return environment
