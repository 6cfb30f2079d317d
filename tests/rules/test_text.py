"""YAML text: plain data with places, within limits; nothing but coded problems ever comes of a bad one."""

from __future__ import annotations

import time

import pytest

from rules.check.version import check_version
from rules.problems import Findings, Problem, ordered
from rules.text import Node, Scalar, Source, parse, value_of
from tests.support import PLAN


def read(data: bytes | str) -> tuple[Source | None, tuple[Problem, ...]]:
    """The parsed text and its problems."""
    findings = Findings()
    source = parse(data, "f.yaml", findings)
    return source, ordered(findings.problems)


def plain(node: Node) -> object:
    """The node as lists, dicts and texts."""
    value = value_of(node)

    def bare(inner: object) -> object:
        if isinstance(inner, dict):
            return {key: bare(one) for key, one in inner.items()}
        if isinstance(inner, list):
            return [bare(one) for one in inner]
        assert isinstance(inner, Scalar)
        return inner.text

    return bare(value)


REFUSED: list[tuple[bytes | str, str, int, int]] = [
    (b"\xff\xfea\x00:\x00", "PF101", 1, 1),
    (b"a: 1\nb: \xe9\n", "PF101", 2, 4),
    ("a: 1\nb: é".encode() + b"\xff", "PF101", 2, 5),
    (b"\xef\xbb\xbfa: \xff", "PF101", 1, 4),
    ("a: \ud800", "PF101", 1, 4),
    (b"a: \xed\xa0\x80", "PF101", 1, 4),
    ("a: b\nc: d\x07e", "PF103", 2, 5),
    ("a: b\x00", "PF103", 1, 5),
    ("é: b\r\nc: \x7f", "PF103", 2, 4),
    ("a: b\n\x1b[31mc: d", "PF103", 2, 1),
    ("", "PF104", 1, 1),
    ("\ufeff", "PF104", 1, 1),
    ("# nothing\n", "PF104", 1, 1),
    ("---\n...\n", "PF104", 1, 1),
    ("a: 1\n---\nb: 2\n", "PF104", 2, 1),
    ("a: &x 1", "PF105", 1, 4),
    ("a:\n  - &x [1]", "PF105", 2, 5),
    ("&x a: 1", "PF105", 1, 1),
    ("a: !!str 1", "PF105", 1, 4),
    ("a: !python/object:os.system x", "PF105", 1, 4),
    ("a: ! 1", "PF105", 1, 4),
    ("!!map {a: 1}", "PF105", 1, 1),
    ("a: {<<: {b: 1}}", "PF105", 1, 5),
    ("a: 1\nb: 2\na: 3", "PF106", 3, 1),
    ("a: 1\n'a': 2", "PF106", 2, 1),
    ("a: {b: 1, c: 2, b: 3}", "PF106", 1, 17),
    ("{a: 1, ? a : 2}", "PF106", 1, 10),
    ("? [a]\n: 1", "PF109", 1, 3),
    ("? {a: 1}\n: 1", "PF109", 1, 3),
    ('"a\\nb": 1', "PF109", 1, 1),
    ("? |\n  a\n: 1", "PF109", 1, 3),
]


@pytest.mark.parametrize(("data", "code", "line", "column"), REFUSED)
def test_what_is_no_plain_yaml_is_refused_at_its_place(
    data: bytes | str, code: str, line: int, column: int
) -> None:
    source, problems = read(data)
    assert source is None
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [(code, line, column)]
    assert problems[0].hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2", 1),
        ("a: 1\nb: [1, 2\nc: 3", 3),
        ("a: 1\n b: 2", 2),
        ("a: 1\nb: c: d", 2),
        ("a:\n\t- 1", 2),
        ("\ta: 1", 1),
        ("a: 1\nb: @x", 2),
        ("a: 1\nb: `x`", 2),
        ("a: 1\r\nb: }\r\n", 2),
        ("a: 'x\nb: 1\n", 3),
        ('a: "\\q"', 1),
        ('a: 1\nb: "\\ud800"', 2),
        ("%YAML 3.0\n---\na: 1", 1),
        ("a: 1\n- b", 2),
        ("a\u2028: x\nb: ]", 2),
    ],
)
def test_broken_yaml_is_refused_on_its_line(text: str, line: int) -> None:
    source, problems = read(text)
    assert source is None
    assert [(one.code, one.place.line) for one in problems] == [("PF103", line)]
    assert problems[0].hint


def test_a_bomb_of_aliases_is_refused_and_not_expanded() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
    )
    source, problems = read(bomb)
    assert source is None
    assert {one.code for one in problems} == {"PF105"}
    assert problems[0].place.line == 1


def test_all_faults_of_a_text_are_told_by_place() -> None:
    _, problems = read("a: &x 1\nb: *x\nc: !!int 3\na: 4\n? [d]\n: 5\n")
    assert [(one.code, one.place.line) for one in problems] == [
        ("PF105", 1),
        ("PF105", 2),
        ("PF105", 3),
        ("PF106", 4),
        ("PF109", 5),
    ]
    assert [(place.line, place.column) for place in problems[3].also] == [(1, 1)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("a: no", {"a": "no"}),
        ("a: ~", {"a": "~"}),
        ("a:", {"a": ""}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 012", {"a": "012"}),
        ("a: 1:30", {"a": "1:30"}),
        ("a: 2022-08-01", {"a": "2022-08-01"}),
        ("a: =", {"a": "="}),
        ('a: ""', {"a": ""}),
        ("no: 1\n0x1F: 2", {"no": "1", "0x1F": "2"}),
        ('"<<": 1', {"<<": "1"}),
        ("a: x # y", {"a": "x"}),
        ("a: x#y", {"a": "x#y"}),
        ('{"a":1,"b":[true,null]}', {"a": "1", "b": ["true", "null"]}),
        ("a:\tb", {"a": "b"}),
        ("a: [1,\n\t2]", {"a": ["1", "2"]}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}),
        ('a: "\\u0000"', {"a": "\0"}),
        ("a: b\u2028c\x85d\u2029e", {"a": "b\u2028c\x85d\u2029e"}),
        ('a: "\\L\\N\\P"', {"a": "\u2028\x85\u2029"}),
        ("a: \U0001f600", {"a": "\U0001f600"}),
        ("a: \u202eb", {"a": "\u202eb"}),
        ("\u212b: 1\n\u00c5: 2", {"\u212b": "1", "\u00c5": "2"}),
        ("%YAML 1.2\n---\na: 1\n...\n", {"a": "1"}),
        ("- \n-", ["", ""]),
    ],
)
def test_what_is_written_is_what_is_read(text: str, due: object) -> None:
    source, problems = read(text)
    assert source is not None, problems
    assert plain(source.root) == due


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "# comment\n"])
def test_places_count_lines_and_characters_as_an_editor_does(start: str, end: str) -> None:
    text = (start + "é: [x,\n  \U0001f600y]\nwords: a\u2028b\x85c\nlast: {k: v}\n").replace("\n", end)
    source, _ = read(text)
    assert source is not None
    more = 1 if start.startswith("#") else 0
    assert [
        (source.place(path).line - more, source.place(path).column)
        for path in ((), ("é", 0), ("é", 1), ("words",), ("last",), ("last", "k"))
    ] == [(1, 1), (1, 5), (2, 3), (3, 8), (4, 7), (4, 11)]
    key = source.place(("last", "k"), key=True)
    assert (key.line - more, key.column, key.path) == (4, 8, "last.k")


def test_what_is_not_there_has_the_place_of_the_nearest_thing_above() -> None:
    source, _ = read("a:\n  - b: 1\n")
    assert source is not None
    place = source.place(("a", 0, "c", "d"))
    assert (place.line, place.column, place.path) == (2, 5, "a[0].c.d")
    assert (source.place(("a", 7)).line, source.place(("z",)).line) == (2, 1)


def quickly(data: bytes | str, within: float = 5.0) -> tuple[Source | None, tuple[Problem, ...]]:
    """The outcome, which must not take long: of the processor, as others may be using the machine."""
    start = time.process_time()
    outcome = read(data)
    assert time.process_time() - start < within
    return outcome


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
def test_forty_levels_are_taken_and_no_more(opening: str, closing: str) -> None:
    assert read(opening * 40 + "x" + closing * 40)[0] is not None or opening == "? "
    source, problems = read(opening * 41 + "x" + closing * 41)
    assert source is None
    assert problems[-1].code == "PF107"
    assert (problems[-1].place.line, problems[-1].place.column) == (1, len(opening) * 40 + 1)


MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * MIB, "PF107"),
        ("{" * MIB, "PF107"),
        ("- " * (MIB // 2), "PF107"),
        ("? " * (MIB // 2), "PF107"),
        ("[{" * (MIB // 2), "PF107"),
        ("[" + "x," * 200_000 + "x]", "PF102"),
        ("- x\n" * 200_000, "PF102"),
        ("".join(f"k{n}: \n" for n in range(110_000)), "PF102"),
        ("[" + "[]," * 200_000 + "[]]", "PF102"),
        ("a: " + "x" * MIB, "PF102"),
        ("a: 1\n" + " " * MIB, "PF102"),
        ("]" * MIB, "PF103"),
        ('a: "' + "x" * (MIB - 10), "PF103"),
        ("!" * MIB, "PF105"),
        ("a: b: " * (MIB // 6), "PF103"),
        ("#" * MIB, "PF104"),
        ("\n" * MIB, "PF104"),
        ("---\n" * (MIB // 4), "PF104"),
        ("&a " * 1000 + "x", "PF103"),
    ],
    ids=lambda value: value[:12].encode("ascii", "ignore").decode().strip() if isinstance(value, str) else "",
)
def test_a_hostile_text_is_refused_in_little_time(text: str, code: str) -> None:
    source, problems = quickly(text)
    assert source is None
    assert problems[-1].code == code


def test_a_file_of_a_mebibyte_is_taken_and_one_byte_more_is_not() -> None:
    text = "a: " + "x" * (MIB - 3)
    source, _ = quickly(text)
    assert source is not None
    assert [one.code for one in quickly(text + "x")[1]] == ["PF102"]
    assert quickly("# é" + text[: MIB - 4])[1][0].place.line == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("default: 75", "default: " + "9" * 900_000, "PF209"),
        ("below: 85", "below: " + "9" * 900_000, "PF209"),
        ("default: 75", "default: 0." + "1" * 900_000, "PF209"),
        ("100 * points", "(" * 900_000, "PF211"),
        ("100 * points", "-" * 3_000 + "points", "PF211"),
        ("100 * points", "points" + " + points" * 440, "PF211"),
        ("100 * points", "9" * 3_900, "PF209"),
        ("version: v1", "version: " + "v" * 900_000, "PF202"),
        ("for: 4 weeks", "for: " + "9" * 900_000 + " weeks", "PF205"),
        ("every: 7 days", "every: 99999999999 days", "PF205"),
        ("{at_least: 95}", "{above: 1, below: 9, is: 5, at_most: 7, " + "x: 1, " * 2 + "y: 2}", "PF106"),
    ],
    ids=lambda value: value[:24],
)
def test_a_hostile_document_is_refused_in_little_time(old: str, new: str, code: str) -> None:
    start = time.process_time()
    findings = Findings()
    source = parse(PLAN.replace(old, new, 1), "f.yaml", findings)
    if source is not None:
        assert check_version(source, findings) is None
    assert findings.problems[0].code == code
    assert len(findings.problems[0].message) < 300
    assert time.process_time() - start < 5


def test_many_faulty_formulas_are_told_in_little_time() -> None:
    start = time.process_time()
    findings = Findings()
    many = "".join(f"  m{n}: {{formula: +}}\n" for n in range(900))
    source = parse(PLAN.replace("measures:\n", "measures:\n" + many), "f.yaml", findings)
    assert source is not None
    assert check_version(source, findings) is None
    assert len(findings.problems) == 900
    assert time.process_time() - start < 10
