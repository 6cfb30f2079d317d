"""Guarantees are proved for all figures, states and settings, or refuted with a witness at their line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from rules.library import check_library
from tests.prove import planted_guarantees, planted_lasting
from tests.prove.planted_policy import lay_out
from tests.prove.planted_promise import Promise
from tests.support import told

PROMISES = [*planted_guarantees.PROMISES, *planted_lasting.PROMISES]
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")


@pytest.mark.parametrize("promise", PROMISES, ids=[one.name for one in PROMISES])
def test_a_guarantee(tmp_path: Path, promise: Promise) -> None:
    places = lay_out(tmp_path, promise.files)
    problems = check_library(tmp_path, prove=True)
    found = [one for one in problems if not one.code.startswith("PF3")]
    if not promise.refuted:
        assert not found, told(found)
        return
    assert [one.code for one in found] == ["PF271"], told(found)
    assert (found[0].place.file, found[0].place.line) in places, told(found)
    assert found[0].hint.strip()
    said = found[0].message.lower()
    assert [word for word in promise.says if word not in said] == [], said
    if promise.number is not None:
        assert any(promise.number(Decimal(number)) for number in NUMBER.findall(said)), said
