"""Worlds to call the service in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.issuer import Issuer
from tests.http.pages_kit import PagesWorld, guarded_world
from tests.http.provider import Provider, provider_of
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


@pytest.fixture(scope="module")
def any_provider(issuer: Issuer) -> Iterator[Provider]:
    with provider_of(issuer) as made:
        yield made


@pytest.fixture
def provider(any_provider: Provider) -> Provider:
    """A provider that answers as it should."""
    any_provider.begin_anew()
    return any_provider


@pytest.fixture(scope="module")
def any_signing_in(
    tmp_path_factory: pytest.TempPathFactory, issuer: Issuer, any_provider: Provider
) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("sign-in"), issuer, token_issuer=any_provider.url) as made:
        yield made


@pytest.fixture
def signing_in(any_signing_in: PagesWorld) -> PagesWorld:
    """A world that knows nothing of the provider yet."""
    any_signing_in.app.state.sign_in._known = None
    return any_signing_in
