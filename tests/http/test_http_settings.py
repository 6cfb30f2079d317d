from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api.http.settings import FILE, PREFIX, ServiceSettings, SettingsError, is_loopback, read_settings
from api.http.settings_table import table, undocumented

TOKENS: dict[str, Any] = {
    "token_issuer": "https://i",
    "jwks_url": "https://i/keys",
    "token_audiences": ("us",),
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def codes(error: pytest.ExceptionInfo[SettingsError]) -> list[tuple[str, str]]:
    return [(one.code, one.place.path) for one in error.value.problems]


def test_without_any_setting_the_service_is_open_on_loopback_only() -> None:
    settings = read_settings()
    assert settings.open
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert (settings.reads, settings.writes) == (0, 0)


def test_with_tokens_it_may_listen_anywhere_and_counts_requests() -> None:
    settings = read_settings(**TOKENS, host="0.0.0.0")
    assert not settings.open
    assert (settings.reads, settings.writes) == (1200, 120)
    assert read_settings(**TOKENS, reads_per_minute=0).reads == 0


def test_variables_go_before_the_file_and_what_is_given_before_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('port = 1\nworkers = 2\nlog_level = "debug"\ntrusted_proxies = ["10.0.0.1"]\n')
    monkeypatch.setenv(FILE, str(file))
    monkeypatch.setenv("PRIORITISE_PORT", "3")
    settings = read_settings(log_level="error")
    assert (settings.port, settings.workers, settings.log_level) == (3, 2, "error")
    assert settings.trusted_proxies == ("10.0.0.1",)


def test_lists_and_roles_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_TOKEN_ALGORITHMS", "ES256")
    monkeypatch.setenv("PRIORITISE_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2,")
    monkeypatch.setenv("PRIORITISE_ROLES", "ROLE_A=viewer, ROLE_B=hq")
    settings = read_settings()
    assert settings.token_algorithms == ("ES256",)
    assert settings.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert settings.roles == {"ROLE_A": "viewer", "ROLE_B": "hq"}


def test_roles_can_be_a_table_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[roles]\nROLE_X = "operator"\n')
    monkeypatch.setenv(FILE, str(file))
    assert read_settings().roles == {"ROLE_X": "operator"}


def test_what_a_container_platform_sets_is_no_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("PRIORITISE_PORT_80_TCP_ADDR", "10.0.0.1")
    assert read_settings().port == 8000


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "", "::ffff:127.0.0.1"])
def test_without_tokens_no_other_address_is_taken(host: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings(host=host)
    assert codes(error) == [("PF734", "PRIORITISE_HOST")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "http"),
        ("port", "tcp://10.0.0.1:80"),
        ("port", "65536"),
        ("port", "-1"),
        ("workers", "0"),
        ("workers", "1.5"),
        ("body_limit", "10"),
        ("body_timeout", "0"),
        ("handling_timeout", "nan"),
        ("handling_timeout", "inf"),
        ("reads_per_minute", "-1"),
        ("log_level", "chatty"),
        ("access_log", "perhaps"),
        ("token_algorithms", "HS256"),
        ("token_algorithms", "none"),
        ("token_algorithms", "RS256,HS256"),
        ("roles", "ROLE_A"),
        ("roles", "ROLE_A=king"),
        ("jwks_url", "http://issuer.test/keys"),
        ("jwks_url", "file:///etc/passwd"),
        ("jwks_url", "https://"),
        ("token_leeway", "3600"),
        ("hsts_seconds", "-1"),
    ],
)
def test_a_wrong_value_is_told_by_its_name_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    variable = f"PRIORITISE_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    found = {(one.code, one.place.path.split("/")[0]) for one in error.value.problems}
    assert found == {("PF735", variable)}


SECRET = "s" * 32
SIGN_IN: dict[str, Any] = {
    **TOKENS,
    "oidc_client_id": "pages",
    "session_secrets": (SECRET,),
    "public_url": "https://us",
}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"token_issuer": None, "jwks_url": None, "token_audiences": ()}, "TOKEN_ISSUER"),
        ({"session_secrets": ()}, "SESSION_SECRETS"),
        ({"session_secrets": ("s" * 31,)}, "SESSION_SECRETS"),
        ({"session_secrets": (SECRET, "short")}, "SESSION_SECRETS"),
        ({"public_url": None}, "PUBLIC_URL"),
        ({"public_url": "http://us.example"}, "PUBLIC_URL"),
        ({"public_url": "us.example"}, "PUBLIC_URL"),
        ({"public_url": "ftp://us.example"}, "PUBLIC_URL"),
        ({"oidc_scopes": ("profile",)}, "OIDC_SCOPES"),
        ({"session_minutes": 0}, "SESSION_MINUTES"),
        ({"session_minutes": 100_000}, "SESSION_MINUTES"),
    ],
)
def test_signing_in_that_is_half_configured_is_refused(changes: dict[str, Any], name: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings(**(SIGN_IN | changes))
    assert codes(error) == [("PF735", f"PRIORITISE_{name}")]
    assert SECRET not in str(error.value)
    assert "short" not in str(error.value)


def test_secrets_are_written_with_commas_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_SESSION_SECRETS", f"{SECRET}, {'t' * 40},")
    monkeypatch.setenv("PRIORITISE_OIDC_CLIENT_SECRET", "hunter2")
    settings = read_settings(**{key: value for key, value in SIGN_IN.items() if key != "session_secrets"})
    assert [len(one.get_secret_value()) for one in settings.session_secrets] == [32, 40]
    assert SECRET not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_on_this_machine_people_may_sign_in_without_https() -> None:
    for address in ("http://localhost:8000", "http://127.0.0.1", "https://us.example"):
        assert read_settings(**(SIGN_IN | {"public_url": address})).public_url == address


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"jwks_url": "https://i/keys"}, "TOKEN_ISSUER"),
        ({"token_audiences": ("us",)}, "TOKEN_ISSUER"),
        ({"token_issuer": "i", "token_audiences": ("us",)}, "JWKS_URL"),
        ({**TOKENS, "jwks_file": "keys.json"}, "JWKS_URL"),
        ({"token_issuer": "i", "jwks_file": "keys.json"}, "TOKEN_AUDIENCES"),
    ],
)
def test_half_configured_tokens_are_refused(given: dict[str, Any], name: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings(**given)
    assert codes(error) == [("PF735", f"PRIORITISE_{name}")]


def test_a_misspelt_variable_is_refused_since_it_could_leave_the_service_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRIORITISE_TOKEN_ISUER", "https://i")
    with pytest.raises(SettingsError, match=r"Did you mean PRIORITISE_TOKEN_ISSUER\?"):
        read_settings()


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_PORT", "x")
    monkeypatch.setenv("PRIORITISE_WORKERS", "x")
    monkeypatch.setenv("PRIORITISE_NONE_SUCH", "x")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert {path for _, path in codes(error)} == {
        "PRIORITISE_PORT",
        "PRIORITISE_WORKERS",
        "PRIORITISE_NONE_SUCH",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"port = ", "is not TOML"),
        (b"\xff", "is not UTF-8"),
        (b'prot = "1"', "prot is no setting. Did you mean port?"),
        (b"port = 'x'", "PRIORITISE_PORT"),
        (b"[port]\nx = 1", "PRIORITISE_PORT"),
        (None, "cannot be opened"),
    ],
)
def test_a_wrong_file_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: bytes | None, message: str
) -> None:
    file = tmp_path / "settings.toml"
    if text is not None:
        file.write_bytes(text)
    monkeypatch.setenv(FILE, str(file))
    with pytest.raises(SettingsError, match=re.escape(message)):
        read_settings()


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_STORE", "postgresql://me:hunter2@db/ledger")
    settings = read_settings()
    assert "hunter2" not in repr(settings) + str(settings) + settings.model_dump_json()
    monkeypatch.setenv("PRIORITISE_PORT", "hunter2")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.evil.test", "127.0.0.1.evil.test", "0.0.0.0", "", "2130706433"])
def test_no_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_every_setting_is_described_in_the_table() -> None:
    text = table()
    assert not undocumented(text)
    assert all(field.description for field in ServiceSettings.model_fields.values())
    missing = text.replace("`PRIORITISE_PORT`", "")
    assert undocumented(missing) == ["PRIORITISE_PORT"]
    assert len(undocumented("")) == len(ServiceSettings.model_fields)
