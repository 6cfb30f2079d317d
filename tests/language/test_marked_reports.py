"""Every report in every form in a language that is none: what is still English in it was not marked."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from api.cli._app import app
from tests.language import policy
from tests.language.pseudo import pieces_of, speaking_nothing, told_plainly
from tests.language.test_marked_pages import FORMULAS, NAMES, VALUES

AS_OF = "2022-11-21"
RETURNS = "--returns returns.csv"
FORMS = ("text", "markdown", "html")
TABLES = ("table", "markdown", "html")
COMPARE = "compare sentence-management@version-3 sentence-management@phase-3-v8"
PREVIEW = f"preview policy/sentence-management/regions/london.yaml {RETURNS}"
TUNE = (
    f"tune london {RETURNS} --points amber_staffing=84:92:4 --points red_staffing=70:76:3 --from 2022-08-03"
)
EVENT = "--events events.yaml"
CASES = [
    *((f"explain york {RETURNS}", form) for form in (*FORMS, "pdf")),
    *((f"explain brent {RETURNS} {EVENT}", form) for form in FORMS),
    *((f"explain barnsley-and-rotherham {RETURNS} {EVENT}", form) for form in FORMS),
    *((f"explain york {RETURNS} --as-of 2022-12-30", form) for form in FORMS),
    *((f"distance york {RETURNS}", form) for form in FORMS),
    (f"distance --all {RETURNS}", "text"),
    *((f"relief york {RETURNS}", form) for form in FORMS),
    (f"relief --all {RETURNS}", "text"),
    (f"may york home-visits {RETURNS}", "text"),
    (f"may york mappa-level-2-3 {RETURNS} --no-cohort", "text"),
    *((f"{COMPARE} {RETURNS}", form) for form in FORMS),
    (COMPARE, "pdf"),
    ("compare sentence-management@phase-3-v8 sentence-management@phase-3-v8:london", "text"),
    *((PREVIEW, form) for form in FORMS),
    (f"preview policy/sentence-management/phase-3-v8.yaml {RETURNS}", "text"),
    *((f"backtest {RETURNS} --by {what}", form) for what in ("pdu", "region") for form in ("table", "html")),
    *((TUNE, form) for form in ("table", "html")),
    *((f"forecast --pdu york {RETURNS} --weeks 6 --futures 200 --score", form) for form in FORMS),
    (f"forecast --pdu york {RETURNS} --weeks 6 --futures 200 --pipeline pipeline.yaml", "text"),
    *((f"insights {RETURNS}", form) for form in TABLES),
    *((f"insights {RETURNS} --by region --by grade --weeks 4", form) for form in TABLES),
    *((f"overdue {RETURNS} --as-of 2022-12-20", form) for form in ("table", "markdown")),
]
_CODE = re.compile(r"```.*?```|`[^`]*`|^ *prioritise .*?(\n *\n|\Z)", re.MULTILINE | re.DOTALL)
"""Commands and code in Markdown and in text."""
_FIGURES = re.compile(r"\b(fall|rise|before)\([^)]*\)")
"""What a view works out of earlier returns, as its formula says it."""
_COMMAND = re.compile(r"prioritise |--")
_ESCAPED = re.compile(r"\\(\W|_)")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the policy, returns, events and a pipeline, in which the language is spoken."""
    folder = tmp_path_factory.mktemp("desk")
    policy.write(folder / "policy", policy.shipped())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run(
            "sample --frameworks policy --weeks 30 --from 2022-05-02 --out returns.csv --pipeline pipeline.yaml"
        )
        table = folder / "returns.csv"
        table.write_text(policy.veiled_notes(table.read_text("utf-8")), "utf-8")
        (folder / "events.yaml").write_text(EVENTS, "utf-8")
        with speaking_nothing():
            yield folder


MEASURE = "points by staffing"
"""How a decision says in its audit that points were given for a measure."""
EVENTS = """\
declarations:
  - {pdu: brent, from: 2022-11-14, until: 2022-12-05, status: red, by: regional-director, reason: "1 + 1"}
suspensions:
  - {pdu: barnsley-and-rotherham, from: 2022-11-07, by: regional-director, reason: "1 + 1"}
"""


def run(line: str) -> bytes:
    """What a command prints."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with redirect_stdout(printed):
        app(line.split(), standalone_mode=False)
    found: bytes = printed.buffer.getvalue()
    return found


def told(body: bytes, form: str) -> list[str]:
    """The texts of a report."""
    if form == "pdf":
        import pypdf

        reader = pypdf.PdfReader(io.BytesIO(body))
        lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
        return [line for line in lines if not _COMMAND.match(line)]
    if form == "html":
        return [_FIGURES.sub(" ", piece) for piece in pieces_of(body.decode())]
    text = _ESCAPED.sub(r"\1", _CODE.sub("\n", body.decode()))
    return _FIGURES.sub(" ", text).splitlines()


@pytest.mark.parametrize(("line", "form"), CASES, ids=lambda one: str(one))
def test_reports(desk: Path, line: str, form: str) -> None:
    out = desk / "report"
    out.unlink(missing_ok=True)
    line = f"{line} --frameworks policy --format {form}"
    if form == "table":  # it is for the terminal alone
        body = run(line)
    else:
        run(f"{line} --out {out}")
        body = out.read_bytes()
    assert len(body) > 100
    assert told_plainly(told(body, form), NAMES | VALUES, FORMULAS | {MEASURE}) == {}


def test_the_language_is_spoken(desk: Path) -> None:
    assert "Δεκεμβρίου" in run(f"explain york {RETURNS} --frameworks policy --as-of 2022-12-01").decode()
    assert sys.stdout is not None
