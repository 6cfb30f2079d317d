"""The makers of files that the tests of returns have too."""

from tests.returns.conftest import parquet

__all__ = ["parquet"]
