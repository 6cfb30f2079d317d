"""Worlds to call the service in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.issuer import Issuer
from tests.http.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A service without tokens: the caller is HQ and operator."""
    with World(tmp_path / "world") as made:
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A service without tokens for many calls that record nothing."""
    with World(tmp_path_factory.mktemp("still")) as made:
        yield made


@pytest.fixture(scope="module")
def still_guarded(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[World]:
    """A service that asks for tokens, for calls that record nothing, or nothing that others look at."""
    with World(tmp_path_factory.mktemp("still"), issuer) as made:
        yield made


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def guarded(tmp_path: Path, issuer: Issuer) -> Iterator[World]:
    """A service that asks for tokens."""
    with World(tmp_path / "guarded", issuer) as made:
        yield made
