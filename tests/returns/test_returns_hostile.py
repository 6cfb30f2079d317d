"""Files of returns in which nothing is right: each fault at its own object, and in little time."""

from __future__ import annotations

import time

import pytest

from engine.returns._objects import Objects

LISTED = b'[{"pdu": "york"},\n {"pdu": "york", "as_of": "2022-08-22"}]'
LINES = b'{"pdu": "york"}\n{"pdu": "york", "as_of": "2022-08-22"}\n'


@pytest.mark.parametrize("by_line", [False, True])
def test_a_key_that_is_missing_is_not_looked_for_in_the_next_object(by_line: bool) -> None:
    objects = Objects(LINES if by_line else LISTED, "f.json")
    for number, _ in objects.lines() if by_line else objects.listed():
        assert objects.place(1, "as_of").line == 1
        assert objects.place(number, "as_of").line == number


def test_very_many_faults_are_placed_in_little_time() -> None:
    objects = Objects(b'{"pdu": "york", "casload": 1}\n' * 20_000, "f.ndjson")
    began = time.perf_counter()
    for number, _ in objects.lines():
        assert objects.place(number, "as_of").line == number
    assert time.perf_counter() - began < 15
