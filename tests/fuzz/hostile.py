"""Values that look like others, that break readers of YAML, or that cost much where nobody has thought of them."""

from __future__ import annotations

import json


def escaped(text: str) -> str:
    """A text in quotation marks, in which anything may stand."""
    return json.dumps(text)


ODD = [
    "\ufeff", "\x85", "\u2028", "\u202e", "\u200b", "\u0000", "\ud7ff", "\U0001f600", "é", "e\u0301", "\u00a0",
    "\x1b[31m",
]  # fmt: skip
"""Characters that are not seen, that turn the text round, that end lines for some and not for others."""
WORDS = [
    "all", "none", "any", "count", "for", "is", "<<", "~", "null", "true", "no", "=", "by-date", "from", "x[y]",
    "[key]",
]  # fmt: skip
NUMBERS = [
    "0", "-1", "-0", "0.0", "1e9", ".5", "+1", "0x1F", "1_000", ".inf", ".nan", "9" * 15, "9" * 16, "-" + "9" * 400,
    "0.000000001", "0." + "0" * 300 + "1", "123456.789012345", "1" + "0" * 14 + ".5", "12:30:45", "1" * 5_000,
]  # fmt: skip
DAYS = [
    "9999-12-31",
    "0001-01-01",
    "2022-02-30",
    "2022-13-01",
    "2022-08-22T10:00:00Z",
    "22-08-2022",
    "2024-02-29",
]
DURATIONS = ["0 days", "1 day", "36525 days", "99999 weeks", "1.5 weeks", "7", "-7 days", "7  days", "1 week"]
FORMULAS = [
    "1 / 0", "points / points", "x * x", f"{'(' * 59}points{')' * 59}", f"{'(' * 61}points{')' * 61}",
    f"{'-' * 59}points", f"points{' + points' * 199}", f"points{' * points' * 199}", f"points{' / points' * 60}",
    "in_post_fte[all]", "in_post_fte[PO, PO]", "required_fte[]", "min(points)", "max(points, 1, 2)", "staffing",
    "100 * staffing / workload", "0.1234567 * available", "in_post[all] - required[PO]", "points points", "100 * $",
    "max()", "points", "(" * 3_999,
]  # fmt: skip
YAML = [
    '""', "''", "|\n  x\n", "x" * 3_000, escaped("x\n" * 50), "&a x", "*a", "!!int 1", "? x", "- x", '"\\ud800"',
    '"\\x00"', '"\\U00110000"', "@x", "%x", "`x`", "'", '"', "#", "a: b", "a #b", "https://example.org", "\t",
]  # fmt: skip
HOSTILE = [
    *NUMBERS, *DAYS, *DURATIONS, *WORDS, *map(escaped, ODD), *(f"a{odd}b" for odd in ODD if odd.isprintable()),
    *map(escaped, FORMULAS), *YAML,
]  # fmt: skip
SNIPPETS = [
    "[", "]", "{", "}", ": ", "- ", "\n", "\n  ", "&a ", "*a", "!!int ", "<<: ", "''", '"', "#", "\0", "\ufeff",
    "\u2028", "? ", "| ", "> ", "\t", "\r", "\x85", "---\n", "...\n", "%TAG ! x\n", "\u202e", "é", ",", "\x07",
]  # fmt: skip
"""What an accident of the keyboard may put anywhere."""
