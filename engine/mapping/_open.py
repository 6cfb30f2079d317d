"""Opening an export: its bytes as a header and rows, as the mapping says they are stored."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from engine.returns.tables import (
    MAX_BYTES,
    MAX_ROWS,
    Row,
    csv_rows,
    delimiter_of,
    refuse,
    sheet_rows,
    text_of,
)
from rules.mapping_words import folded
from rules.model.mapping import ExportFile, ExportMapping
from rules.problems import Place, Problem, ReturnsError
from rules.suggestions import safe

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_CODECS = {"windows-1252": "cp1252", "utf-16": "utf-16"}
_FORMATS = {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An export's header, the row that it stands in, and the rows below it, which are read as they are asked for."""

    file: str
    names: list[str]
    header: int
    rows: Iterator[Row]

    def index(self) -> dict[str, int]:
        """Where each column stands (from 0), by its folded name. Blank headers are left out."""
        return {folded(name): number for number, name in enumerate(self.names) if name}

    def cell(self, row: int, column: int) -> Place:
        """The place of a cell."""
        name = self.names[column] if column < len(self.names) else ""
        return Place(self.file, row, column + 1, f"row {row}, {safe(name)}" if name else f"row {row}")


def open_export(data: bytes, name: str, mapping: ExportMapping) -> Opened:
    """The table that an export holds. Raises ReturnsError where it cannot be read as the mapping says."""
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB."
        raise refuse("PF516", message, Place(name), "Split it by month or region.")
    reads = mapping.reads
    format_ = reads.format or _FORMATS.get(PurePath(name).suffix.lower())
    if format_ is None:
        hint = "Write format: csv or format: xlsx under reads: in the mapping."
        raise refuse(
            "PF501", "The ending of the file's name tells no format that is read.", Place(name), hint
        )
    if format_ == "xlsx":
        rows: Iterator[Row] = iter(sheet_rows(data, name, reads.sheet))
    else:
        text = _text(data, name, reads)
        delimiter = _DELIMITERS.get(reads.delimiter or "") or delimiter_of(_below(text, reads.skip))
        rows = csv_rows(text, name, delimiter)
    for _ in range(reads.skip):
        next(rows, None)
    for header in rows:
        if any(cell is not None for cell in header.cells):
            names = [" ".join(str(cell).split()) if cell is not None else "" for cell in header.cells]
            while names and not names[-1]:
                names.pop()
            opened = Opened(name, names, header.number, _bounded(rows, name))
            _check_header(opened)
            return opened
    hint = "Look at skip: in the mapping, which passes over rows above the header."
    raise refuse("PF503", "The file has no header.", Place(name), hint)


def _text(data: bytes, file: str, reads: ExportFile) -> str:
    """The bytes of a CSV as text. An encoding that does not fit is refused, never guessed."""
    hint = f"The mapping reads {reads.encoding}; change encoding: there, or save the file so."
    if reads.encoding == "utf-8":
        return text_of(data, file, hint)
    if data[:4] == b"PK\x03\x04":
        raise refuse("PF501", "The file is a workbook or an archive.", Place(file), hint)
    if reads.encoding == "windows-1252" and not data.isascii() and _is_utf8(data):
        raise refuse("PF501", "The file is not Windows-1252; it looks like UTF-8.", Place(file), hint)
    if reads.encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse("PF501", "The file is not UTF-16 text: it has no byte order mark.", Place(file), hint)
    try:
        text = data.decode(_CODECS[reads.encoding])
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"The file is not {reads.encoding} text (byte {data[error.start]:#04x})."
        raise refuse("PF501", message, Place(file, line), hint) from None
    if "\0" in text:
        raise refuse("PF501", "The file holds a zero byte; it is no text.", Place(file), hint)
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _below(text: str, skip: int) -> str:
    """The beginning of a text below its first lines, for a look at how its cells are divided."""
    lines = io.StringIO(text, newline="")
    for _ in range(skip):
        next(lines, None)
    return "".join(line for line, _ in zip(lines, range(20), strict=False))


def _bounded(rows: Iterator[Row], file: str) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS:
            message = f"The file has more than {MAX_ROWS} rows."
            raise refuse("PF516", message, Place(file), "Split it by month or region.")
        yield row


def _check_header(opened: Opened) -> None:
    first: dict[str, int] = {}
    problems = []
    for number, name in enumerate(opened.names):
        if name and first.setdefault(folded(name), number) != number:
            also = (Place(opened.file, opened.header, first[folded(name)] + 1, safe(name)),)
            place = Place(opened.file, opened.header, number + 1, safe(name))
            message = f"The column {safe(name)} stands twice."
            problems.append(Problem("PF514", message, place, "Rename or remove one of the two.", also))
    if problems:
        raise ReturnsError(problems)
