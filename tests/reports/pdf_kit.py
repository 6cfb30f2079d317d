"""Reading a PDF as a program that reads it aloud does: its structure, its text, and what the standards ask of both.

A validator says whether the standards are met (`pdf_validator`). What it cannot see, such as whether a table's heads
are the right ones, is looked at here.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NumberObject, StreamObject

from tests.reports.pdf_validator import faults

PDFA, PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
DC, RDF = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_FORBIDDEN = {"/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFiles", "/SubmitForm", "/XFA", "/RichMedia"}
FOOTER = 20 * 72 / 25.4
"""The text of a page ends above this, in points."""


@dataclass
class Element:
    """An element of the structure."""

    tag: str
    alt: str | None
    attributes: dict[str, Any]
    children: list[Element] = field(default_factory=list)
    marks: list[tuple[Any, int]] = field(default_factory=list)
    """Pieces of pages: the page, and the number of the piece on it."""

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.walk() if one.tag in tags]


class Pdf:
    """A PDF, read."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.reader = reader_of(body)
        self.catalog = self.reader.trailer["/Root"]
        self.root = self._element(self.catalog["/StructTreeRoot"], None)
        self.placed: list[list[tuple[float, float, str]]] = []
        """Where each text of each page begins, above the footer."""
        told = []
        for page in self.reader.pages:
            text, where = _placed(page)
            told.append(text)
            self.placed.append(where)
        self.text = "\n".join(told)
        self._pieces = [pieces_of(page, self.reader) for page in self.reader.pages]
        self._pages = {page.indirect_reference.idnum: place for place, page in enumerate(self.reader.pages)}

    @property
    def plain(self) -> str:
        """All text without any gaps: where a line ends is no matter."""
        return re.sub(r"\s", "", self.text)

    def says(self, text: str) -> bool:
        return re.sub(r"\s", "", text) in self.plain

    def headings(self) -> list[tuple[int, str]]:
        """Each heading's level and text, in the order of reading."""
        return [(int(one.tag[1]), self.text_of(one)) for one in self.root.all(*HEADINGS)]

    def text_of(self, element: Element) -> str:
        """The text of an element, from the pieces of pages that are its own."""
        told = []
        for one in element.walk():
            for page, mark in one.marks:
                told.append(self._pieces[self._pages[page]].get(mark, ""))
        return " ".join("".join(told).split())

    def _element(self, node: Any, page: Any) -> Element:
        node = node.get_object()
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        attributes: dict[str, Any] = {}
        own = node.get("/A")
        for given in own if isinstance(own, ArrayObject) else [] if own is None else [own]:
            attributes |= {str(key): value for key, value in given.get_object().items()}
        made = Element(str(node.get("/S", "/Root"))[1:], node.get("/Alt"), attributes)
        kids: Any = node.get("/K")
        kids = [] if kids is None else kids.get_object()
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, NumberObject):
                made.marks.append((page, int(kid)))
            elif "/S" in kid:
                made.children.append(self._element(kid, page))
            elif kid.get("/Type") == "/MCR":
                where = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
                made.marks.append((where, int(kid["/MCID"])))
        return made

    def metadata(self) -> ElementTree.Element:
        text = self.catalog["/Metadata"].get_data().decode().strip("\ufeff")
        return ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", text))

    def xmp(self, name: str) -> str | None:
        """The first value of a name in the metadata, as text or in its list."""
        found = next(self.metadata().iter(name), None)
        if found is None:
            return None
        item = next(found.iter(f"{RDF}li"), found)
        return item.text

    def fonts(self) -> Iterator[tuple[str, Any, Any]]:
        """Each font of each page: its name, itself, and its description."""
        for page in self.reader.pages:
            for one in page["/Resources"].get("/Font", {}).values():
                font = one.get_object()
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                yield font["/BaseFont"], font, inner["/FontDescriptor"].get_object()

    def objects(self) -> Iterator[Any]:
        """Every object of the file."""
        for number in range(1, int(self.reader.trailer["/Size"])):
            found = self.reader.get_object(number)
            if found is not None:
                yield found


def reader_of(body: bytes) -> Any:
    """What reads a file; its types say little of what a PDF holds."""
    return pypdf.PdfReader(io.BytesIO(body), strict=True)


def pieces_of(page: Any, reader: pypdf.PdfReader) -> dict[int, str]:
    """The text of each marked piece of a page, by its number; -1 has what nobody marked."""
    found: dict[int, str] = {}
    stack: list[int | None] = []
    fonts: dict[str, Any] = {
        name: one.get_object() for name, one in page["/Resources"].get("/Font", {}).items()
    }
    shapes = {name: _signs(one) for name, one in fonts.items()}
    font = ""
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else None
            number = properties.get("/MCID") if isinstance(properties, DictionaryObject) else None
            artifact = operands[0] == "/Artifact"
            stack.append(
                None if artifact else int(number) if number is not None else stack[-1] if stack else -1
            )
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            font = operands[0]
        elif operator in (b"Tj", b"TJ"):
            number = stack[-1] if stack else -1
            if number is not None:
                parts = operands[0] if operator == b"TJ" else [operands[0]]
                told = "".join(shapes[font](part) for part in parts if not isinstance(part, int | float))
                found[number] = found.get(number, "") + told
    assert not stack, "each piece ends"
    return found


def _signs(font: Any) -> Any:
    """How the bytes of a text in a font are read."""
    told = font["/ToUnicode"].get_data().decode("latin-1")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.S):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + step] = chr(start + step)

    def read(text: Any) -> str:
        raw = text.original_bytes
        return "".join(
            table.get(int.from_bytes(raw[place : place + 2], "big"), "") for place in range(0, len(raw), 2)
        )

    return read


def conforms(body: bytes) -> Pdf:
    """A report, once all is found that PDF/UA-1 and PDF/A-2a ask of it."""
    assert body.startswith(b"%PDF-1.7")
    assert faults(body) == []
    pdf = Pdf(body)
    _check_document(pdf)
    _check_fonts(pdf)
    _check_structure(pdf)
    _check_pages(pdf)
    return pdf


def _check_document(pdf: Pdf) -> None:
    catalog = pdf.catalog
    assert catalog["/MarkInfo"]["/Marked"] is not False
    assert str(catalog["/MarkInfo"]["/Marked"]) == "True"
    assert catalog["/Lang"] == "en-GB"
    assert str(catalog["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    title = pdf.reader.metadata.title
    assert title
    assert pdf.xmp(f"{DC}title") == title
    assert pdf.xmp(f"{PDFUA}part") == "1"
    assert (pdf.xmp(f"{PDFA}part"), pdf.xmp(f"{PDFA}conformance")) == ("2", "A")
    assert [one.get_object()["/S"] for one in catalog["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert not pdf.reader.is_encrypted
    assert "/ID" in pdf.reader.trailer
    for found in pdf.objects():
        if isinstance(found, DictionaryObject):
            assert _FORBIDDEN.isdisjoint(found), found
            assert found.get("/S") not in _FORBIDDEN, found
        if isinstance(found, StreamObject):
            assert "/F" not in found, "nothing lies outside of the file"


def _check_fonts(pdf: Pdf) -> None:
    names = set()
    for name, font, description in pdf.fonts():
        names.add(name.partition("+")[2])
        assert re.fullmatch(r"/[A-Z]{6}\+Liberation.*", name)
        assert "/FontFile2" in description or "/FontFile3" in description, f"{name} is not within the file"
        assert "/ToUnicode" in font, f"the text in {name} could not be copied"
    assert "LiberationSans" in names


def _check_structure(pdf: Pdf) -> None:
    (document,) = pdf.root.children
    assert document.tag == "Document"
    levels = [level for level, _ in pdf.headings()]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(next_ <= level + 1 for level, next_ in itertools.pairwise(levels)), levels
    assert all(text for _, text in pdf.headings()), "no heading is empty"
    for table in pdf.root.all("Table"):
        _check_table(table)
    for figure in pdf.root.all("Figure"):
        assert figure.alt, "whoever does not see a figure is told what it shows"
    for one in pdf.root.all("L"):
        assert {item.tag for item in one.children} <= {"LI", "L", "Caption"}
    for one in pdf.root.all("LI"):
        assert {part.tag for part in one.children} <= {"Lbl", "LBody"}
    for page in pdf.reader.pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            assert link["/Subtype"] == "/Link"
            assert link.get("/Contents"), "a link says where it leads"
            assert "/StructParent" in link
            assert link["/A"]["/S"] == "/URI"
            assert link["/A"]["/URI"].startswith("https://")


def _check_table(table: Element) -> None:
    rows = table.all("TR")
    heads = [row for row in rows if all(cell.tag == "TH" for cell in row.children)]
    assert len(heads) == 1, "a table has one row of headings"
    assert rows[0] is heads[0]
    assert all(cell.attributes.get("/Scope") == "/Column" for cell in heads[0].children)
    assert {len(row.children) for row in rows} == {len(heads[0].children)}, "every row has all cells"
    assert all(cell.tag in ("TH", "TD") for row in rows for cell in row.children)


def _check_pages(pdf: Pdf) -> None:
    for place, page in enumerate(pdf.reader.pages):
        assert page["/Tabs"] == "/S"
        assert "/StructParents" in page
        assert -1 not in pdf._pieces[place], "all text is part of the structure, or an ornament"
    for place, words in enumerate(pdf.placed):
        assert words, f"page {place + 1} is not empty"
        width = float(pdf.reader.pages[place].mediabox.width)
        where = [(x, y) for x, y, _ in words]
        assert all(0 < x < width for x, _ in where), "text stays on its page"
        twice = {one for one in where if where.count(one) > 1} if len(set(where)) < len(where) else set()
        assert not twice, f"texts lie upon each other on page {place + 1}: {twice}"


def _placed(page: Any) -> tuple[str, list[tuple[float, float, str]]]:
    found: list[tuple[float, float, str]] = []

    def visit(text: str, matrix: Any, own: Any, *_: Any) -> None:
        x = own[4] * matrix[0] + own[5] * matrix[2] + matrix[4]
        y = own[4] * matrix[1] + own[5] * matrix[3] + matrix[5]
        if text.strip() and y > FOOTER:
            found.append((round(x, 2), round(y, 2), text))

    return page.extract_text(visitor_text=visit), found
