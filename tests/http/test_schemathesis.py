"""A short round of schemathesis with all its checks; `python -m tests.http.fuzz` is the long one."""

from __future__ import annotations

from tests.http.fuzz import fuzz


def test_nothing_that_schemathesis_makes_up_breaks_the_service() -> None:
    found = fuzz(1, examples=10, phases="examples,fuzzing,stateful")
    assert not found.failures, found.failures
    assert found.requests > 200
    assert {200, 201, 401, 404, 422} <= found.statuses.keys()
    assert not any(status >= 500 and status != 501 for status in found.statuses)
