"""CSV, as people's programs write it: byte order marks, any line end, comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from engine.returns._rows import Row, Table, refuse
from rules.problems import Place
from rules.said import said

_SAVE = said("Save it as CSV UTF-8.")


def read_csv(data: bytes, file: str) -> Table:
    """The table that the bytes of a CSV hold."""
    lines = csv_rows(text_of(data, file, _SAVE), file)
    for header in lines:
        if any(cell is not None for cell in header.cells):
            return Table([str(cell or "") for cell in header.cells], header.number, lines)
    hint = said("Begin with the line {columns} and the inputs.", columns="pdu,as_of")
    raise refuse("PF503", said("The file has no header."), Place(file), hint)


def text_of(data: bytes, file: str, hint: str) -> str:
    """The bytes as text, refusing what is not UTF-8."""
    if data[:4] == b"PK\x03\x04":
        name = said("Name a workbook .xlsx.")
        raise refuse("PF501", said("The file is a workbook or an archive."), Place(file), name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:200]:
        message = said("The file is not UTF-8 text; it looks like UTF-16.")
        raise refuse("PF501", message, Place(file), hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = said(
            "The file is not UTF-8 text (byte {byte}); it looks like Windows-1252.",
            byte=f"{data[error.start]:#04x}",
        )
        raise refuse("PF501", message, Place(file, line, column), hint) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refuse("PF501", said("The file holds a zero byte."), Place(file, line), hint)
    return text


def csv_rows(text: str, file: str, delimiter: str | None = None) -> Iterator[Row]:
    """The rows, each with the line that it begins on. Surrounding spaces and empty cells are gone."""
    # `newline=""` leaves line ends within quotes alone, and ends a line at CRLF, CR and LF alike.
    delimiter = delimiter or delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = said("Look for a quotation mark that is not closed; within quotes one is written twice.")
            raise refuse("PF501", _unreadable(str(error)), Place(file, line), hint) from None
        yield Row(line, [cell.strip() or None for cell in cells])
        line = reader.line_num + 1


def _unreadable(fault: str) -> str:
    """Why a row cannot be read, from what Python's reader says of it."""
    if fault == "unexpected end of data":
        return said("This row cannot be read: unexpected end of data.")
    delimiter, is_due, _ = fault.partition(" expected after")
    if is_due:
        return said("This row cannot be read: {delimiter} expected after '\"'.", delimiter=delimiter)
    return said("This row cannot be read: {fault}.", fault=fault)


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: whichever the header line has most of, outside quotes."""
    for line in io.StringIO(text, newline=""):
        if line.strip(" \t\r\n,;"):
            outside = "".join(line.split('"')[::2])
            return max((",", ";", "\t"), key=outside.count)
    return ","
