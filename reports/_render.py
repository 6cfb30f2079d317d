"""Setting an explanation in one of its forms, with Jinja. Templates are loaded at the first use."""

from __future__ import annotations

import functools
import itertools
import re
import textwrap
from collections.abc import Sequence
from typing import Final, Literal

import jinja2

from reports import language
from reports._explanation import Explanation, Table
from reports._format import day

Form = Literal["text", "markdown", "html"]

WIDTH: Final = 80
_TEMPLATES: Final[dict[Form, str]] = {
    "text": "explanation.txt.j2",
    "markdown": "explanation.md.j2",
    "html": "explanation.html.j2",
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~&$!#])")
_LIST_START = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")


def render(explanation: Explanation, form: Form) -> str:
    """The explanation as text, Markdown or one HTML file."""
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of an explanation. Use one of {', '.join(_TEMPLATES)}.")
    return set_page(_TEMPLATES[form], e=explanation)


def set_page(template: str, **values: object) -> str:
    """A template with its values set in, without blank ends and double gaps."""
    page = load_template(template).render(**values)
    # Blocks that are empty leave blank lines behind; one is enough between paragraphs.
    lines = "\n".join(line.rstrip() for line in page.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def load_template(name: str) -> jinja2.Template:
    """A template, compiled at its first use."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("reports"),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    language.install(environment)
    environment.globals["between_thousands"] = lambda: language.number("1000")[1:-3]
    environment.filters.update(
        fill=fill, rule=rule, md=markdown, code=code, columns=columns, command=command, day=day
    )
    return environment


def fill(text: str, indent: int = 0, first: str = "") -> str:
    """A paragraph of at most 80 columns; `first` stands before it and the rest is set under the text."""
    margin = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin + first,
        subsequent_indent=margin + " " * len(first),
        break_on_hyphens=False,
    )


def command(text: str) -> str:
    """A command that can be copied, in lines of at most 80 columns where its words allow it."""
    if '"' in text or "'" in text:
        return f"    {text}"  # a line may not be broken within quotes
    return " \\\n".join(
        textwrap.wrap(
            text,
            WIDTH - 2,
            initial_indent=" " * 4,
            subsequent_indent=" " * 6,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def rule(text: str, sign: str) -> str:
    """A heading with a line under it."""
    lines = textwrap.wrap(text, WIDTH, break_on_hyphens=False)
    return "\n".join([*lines, sign * max(map(len, lines), default=0)])


def columns(table: Table) -> str:
    """A table as text. Columns that are too wide are made narrower, and their cells take several lines."""
    cells = [table.columns, *table.rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    room = WIDTH - 2 * len(widths)
    while sum(widths) > room and max(widths) > 1:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    rule_ = tuple("-" * width for width in widths)
    return "\n".join(_row(row, widths) for row in [table.columns, rule_, *table.rows])


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) for cell, width in zip(row, widths, strict=True)
    ]
    lines = itertools.zip_longest(*wrapped, fillvalue="")
    return "\n".join(
        "".join(f"  {part.ljust(width)}" for part, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown(text: str) -> str:
    """A text without any meaning to Markdown: no markup, no HTML, no broken table."""
    return _LIST_START.sub(_escape_start, _MARKDOWN.sub(r"\\\1", text))


def _escape_start(match: re.Match[str]) -> str:
    start = match[1]
    # A number is kept, and the sign after it is escaped: `1\.` begins no list.
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def code(text: str) -> str:
    """A text as code in Markdown, fenced by more backticks than it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inner}{fence}" if text else ""
