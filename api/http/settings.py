"""The settings of the service: variables `PRIORITISE_…`, and a TOML file that PRIORITISE_SETTINGS may name.

The variable goes before the file, and the file before the default. A wrong setting is told by its name (PF735),
and its value is never shown: it may be a secret. The time zone is no setting: days are Europe/London's.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from rules.problems import Place, PrioritiseError, Problem, did_you_mean

PREFIX = "PRIORITISE_"
FILE = "PRIORITISE_SETTINGS"
TIME_ZONE = "Europe/London"
ROLES = ("viewer", "pdu-head", "regional-director", "hq", "operator")
_OF_OTHERS = re.compile(r"PRIORITISE_(SERVICE_(HOST|PORT).*|PORT_\d+_.*)", re.ASCII)
"""What a container platform sets by itself beside a service of this name."""

Words = Annotated[tuple[str, ...], NoDecode]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]


class SettingsError(PrioritiseError):
    """Settings that the service cannot start with (PF734, PF735)."""


class ServiceSettings(BaseSettings):
    """Every setting, with what it does."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    store: SecretStr | None = Field(
        None, description="The ledger: a path (SQLite) or postgresql://… Default: a file in the data folder."
    )
    frameworks: Path | None = Field(None, description="The folder of policy. Default: the shipped one.")
    framework: str | None = Field(
        None, description="The framework that is served. Default: the only one in the folder."
    )
    pipeline: Path | None = Field(
        None, description="What is known of the weeks ahead, for forecasts: a YAML, JSON or CSV file."
    )
    language: str = Field(
        "en-GB",
        description="The language of pages and reports: its tag, of those that there is a translation for.",
    )
    host: str = Field("127.0.0.1", description="The address to listen at. Beyond loopback tokens are needed.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen at; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=64, description="How many processes serve.")
    trusted_proxies: Words = Field(
        (), description="Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."
    )

    token_issuer: str | None = Field(None, description="Who issues access tokens: the exact `iss` of each.")
    token_audiences: Words = Field((), description="A token must be meant for one of these (`aud`).")
    token_audience_checked: bool = Field(
        True, description="Off only where the issuer puts no `aud` into its tokens."
    )
    jwks_url: str | None = Field(None, description="Where the issuer's public keys are (https).")
    jwks_file: Path | None = Field(
        None, description="Or a file with the public keys, read again when it changes."
    )
    jwks_max_age: Seconds = Field(600, description="So many seconds the keys of jwks_url are kept.")
    jwks_min_interval: Seconds = Field(
        30, description="An unknown key is looked for again at most once in so many seconds."
    )
    jwks_timeout: Seconds = Field(5, description="So many seconds fetching the keys may take.")
    token_algorithms: Annotated[tuple[Literal["RS256", "ES256"], ...], NoDecode] = Field(
        ("RS256", "ES256"), min_length=1, description="The signatures that are accepted."
    )
    token_leeway: float = Field(
        30, ge=0, le=300, description="So many seconds the issuer's clock may differ from this one."
    )
    claim_subject: str = Field("sub", description="The claim that names the person or program.")
    claim_client: str = Field("client_id", description="The claim that names the client; else `azp`.")
    claim_roles: str = Field("authorities", description="The claim that lists the roles.")
    claim_pdus: str = Field("pdus", description="The claim that lists a PDU head's own PDUs, by id.")
    claim_regions: str = Field("regions", description="The claim that lists a director's own regions, by id.")
    roles: Annotated[dict[str, str], NoDecode] = Field(
        {f"ROLE_PRIORITISE_{role.upper().replace('-', '_')}": role for role in ROLES},
        description="Which value of claim_roles gives which role: VALUE=role, with commas between.",
    )

    oidc_client_id: str | None = Field(
        None, description="The name of this service at the issuer; with it people sign in to the pages there."
    )
    oidc_client_secret: SecretStr | None = Field(
        None, description="Its secret there, if it has one. Signing in is always proved by PKCE."
    )
    oidc_scopes: Words = Field(("openid",), description="The scopes that are asked for when people sign in.")
    session_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description="Secrets of at least 32 characters that seal the cookies of pages. The first seals, all open: "
        "put a new one in front, and take the old one away a day later. The same for all workers.",
    )
    session_minutes: int = Field(
        480,
        ge=5,
        le=1440,
        description="So many minutes a session lasts at most; never longer than its token.",
    )

    reads_per_minute: int | None = Field(
        None, ge=0, description="Reads a minute for each client and worker; 0: no limit. "
        "Default: 1200, and no limit where no tokens are configured."
    )  # fmt: skip
    writes_per_minute: int | None = Field(
        None, ge=0, description="Writes a minute for each client and worker; 0: no limit. "
        "Default: 120, and no limit where no tokens are configured."
    )  # fmt: skip
    body_limit: int = Field(1 << 20, ge=1024, le=1 << 30, description="The largest request body, in bytes.")
    returns_body_limit: int = Field(
        32 << 20, ge=1024, le=1 << 30, description="The largest body of returns (or of a what-if), in bytes."
    )
    body_timeout: Seconds = Field(30, description="So many seconds a request body may take to arrive.")
    handling_timeout: Seconds = Field(30, description="So many seconds until an answer must have begun.")
    header_timeout: Seconds = Field(
        10, description="So many seconds the head of a request may take to arrive."
    )
    keep_alive: Seconds = Field(20, description="An idle connection is closed after so many seconds.")
    shutdown_timeout: Seconds = Field(20, description="Requests under way are given so long when stopping.")
    concurrency: int = Field(
        512, ge=1, le=100_000, description="Connections of each worker; beyond them the answer is 503."
    )
    reload_interval: Seconds = Field(
        5, description="So often, in seconds, the folder of policy and the ledger are looked at for changes."
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What is logged. At debug the texts of unexpected errors are logged too."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="How it is logged; auto: text on a terminal, else JSON."
    )
    access_log: bool = Field(True, description="A line for each request: route, status and time, no names.")
    public_health: bool = Field(
        True, description="/health/… answers without a token (what is wrong is told to operators only)."
    )
    public_url: str | None = Field(
        None, description="The address at which clients reach the service, for the API's description."
    )
    hsts_seconds: int = Field(
        0,
        ge=0,
        le=63_072_000,
        description="Strict-Transport-Security for so long; 0: the header is not sent.",
    )

    @field_validator(
        "trusted_proxies",
        "token_audiences",
        "token_algorithms",
        "oidc_scopes",
        "session_secrets",
        mode="before",
    )
    @classmethod
    def _words(cls, given: Any) -> Any:
        if isinstance(given, str):
            return tuple(word.strip() for word in given.split(",") if word.strip())
        return given

    @field_validator("roles", mode="before")
    @classmethod
    def _pairs(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        pairs = [word.split("=", 1) for word in given.split(",") if word.strip()]
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError("Write VALUE=role, with commas between")
        return {value.strip(): role.strip() for value, role in pairs}

    @field_validator("roles")
    @classmethod
    def _known_roles(cls, given: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(given.values()) - set(ROLES)):
            raise ValueError(f"There is no role {unknown[0]}. {did_you_mean(unknown[0], ROLES)}")
        return given

    @field_validator("language")
    @classmethod
    def _known_language(cls, given: str) -> str:
        from reports.language import language_of, languages

        if given not in (known := languages()):
            raise ValueError(f"It must be one of these: {', '.join(known)}")
        language_of(given)  # a translation that cannot be used is told now, and not by each worker
        return given

    @field_validator("jwks_url")
    @classmethod
    def _safe_url(cls, given: str | None) -> str | None:
        if given is None or _is_safe(given):
            return given
        raise ValueError("It must be an https:// address")

    @model_validator(mode="after")
    def _whole(self) -> ServiceSettings:
        keys = [name for name in ("jwks_url", "jwks_file") if getattr(self, name) is not None]
        if not self.token_issuer and (keys or self.token_audiences):
            raise ValueError("token_issuer: It is needed where tokens are configured")
        if self.token_issuer and len(keys) != 1:
            raise ValueError("jwks_url: Beside token_issuer, one of jwks_url and jwks_file is needed")
        if self.token_issuer and self.token_audience_checked and not self.token_audiences:
            raise ValueError("token_audiences: It is needed (or token_audience_checked must be off)")
        if self.oidc_client_id is not None:
            self._can_sign_in()
        return self

    def _can_sign_in(self) -> None:
        """What signing in takes beside a client's name."""
        if not self.token_issuer:
            raise ValueError("token_issuer: It is needed where people sign in")
        if not self.session_secrets:
            raise ValueError("session_secrets: It is needed where people sign in")
        if any(len(one.get_secret_value()) < 32 for one in self.session_secrets):
            raise ValueError("session_secrets: Each has at least 32 characters")
        if self.public_url is None:
            raise ValueError("public_url: It is needed where people sign in: they are sent back to it")
        if not _is_safe(self.public_url):
            raise ValueError("public_url: It must be an https:// address where people sign in")
        if "openid" not in self.oidc_scopes:
            raise ValueError("oidc_scopes: openid must be among them")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was handed over, then the variables. The file is read by `read_settings`."""
        return (init_settings, env_settings, _FromFile(settings_cls))

    @property
    def open(self) -> bool:
        """Whether everyone who reaches the service may do everything: no tokens are configured."""
        return self.token_issuer is None

    @property
    def reads(self) -> int:
        """Reads a minute, 0 for no limit."""
        return (0 if self.open else 1200) if self.reads_per_minute is None else self.reads_per_minute

    @property
    def writes(self) -> int:
        """Writes a minute, 0 for no limit."""
        return (0 if self.open else 120) if self.writes_per_minute is None else self.writes_per_minute


class _FromFile(PydanticBaseSettingsSource):
    """The TOML file that PRIORITISE_SETTINGS names, if it names one."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """Not asked: the file is taken whole."""
        raise NotImplementedError

    def __call__(self) -> dict[str, Any]:
        import tomllib

        path = os.environ.get(FILE)
        if not path:
            return {}
        try:
            return tomllib.loads(Path(path).read_text("utf-8"))
        except OSError as error:
            raise _wrong(FILE, f"{path} cannot be opened: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise _wrong(FILE, f"{path} is not UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise _wrong(FILE, f"{path} is not TOML: {error}.") from None


def read_settings(**given: Any) -> ServiceSettings:
    """The settings, with what is given before all else. Raises SettingsError with every wrong one."""
    strays = list(_strays(os.environ))
    try:
        settings = ServiceSettings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(
            [*strays, *map(_told, error.errors(include_url=False, include_input=False))]
        ) from None
    if strays:
        raise SettingsError(strays)
    check_binding(settings)
    return settings


def check_binding(settings: ServiceSettings) -> None:
    """Refuse to listen beyond this machine without tokens (PF734)."""
    if settings.open and not is_loopback(settings.host):
        place = Place("settings", path=f"{PREFIX}HOST")
        message = f"Without tokens the service listens on this machine only, not at {settings.host}."
        hint = "Configure tokens (PRIORITISE_TOKEN_ISSUER and what belongs to it), or listen at 127.0.0.1."
        raise SettingsError([Problem("PF734", message, place, hint)])


def _is_safe(url: str) -> bool:
    """Whether nobody on the way to an address can read or change what is said there."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(str(parts.hostname)))
    )


def is_loopback(host: str) -> bool:
    """Whether a host's name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _strays(environment: Mapping[str, str]) -> Iterator[Problem]:
    """Variables that look like settings and are none: a slip there could leave the service open."""
    known = {f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields} | {FILE}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known and not _OF_OTHERS.fullmatch(name):
            yield Problem(
                "PF735", f"{name} is no setting.", Place("settings", path=name), did_you_mean(name, known)
            )


def _wrong(name: str, message: str, hint: str = "") -> SettingsError:
    return SettingsError([Problem("PF735", message, Place("settings", path=name), hint)])


def _told(error: Mapping[str, Any]) -> Problem:
    """An error of pydantic in our words, with the setting's name and without its value."""
    text = str(error["msg"]).removeprefix("Value error, ")
    place: Sequence[Any] = error["loc"]
    if not place and ": " in text:  # of several settings together: the message begins with one's name
        first, text = text.split(": ", 1)
        place = (first,)
    name = str(place[0]) if place else FILE
    shown = f"{PREFIX}{name.upper()}"
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(name, ServiceSettings.model_fields)
        return Problem("PF735", f"{name} is no setting.", Place("settings", path=name), hint)
    hint = ""
    if name == "port" and error["type"] == "int_parsing":
        hint = "A container platform may have set it beside a service of this name: turn its links off."
    return Problem("PF735", f"{shown}: {text.rstrip('.')}.", Place("settings", path=shown), hint)
