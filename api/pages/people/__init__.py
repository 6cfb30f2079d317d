"""Who uses the pages: sessions in cookies, forms that only our own pages can send, and signing in elsewhere."""

from __future__ import annotations

from fastapi import FastAPI

from api.http.settings import ServiceSettings
from api.pages.people.forms import FIELD, Form, form_token, read_form
from api.pages.people.oidc import CALLBACK, SIGN_IN, SignIn, safe_path
from api.pages.people.session import Sessions

__all__ = [
    "CALLBACK",
    "FIELD",
    "SIGN_IN",
    "Form",
    "Sessions",
    "SignIn",
    "form_token",
    "prepare",
    "read_form",
    "safe_path",
    "sessions_of",
]


def sessions_of(settings: ServiceSettings) -> Sessions | None:
    """The sessions of a service; None where people cannot sign in to it."""
    if settings.oidc_client_id is None:
        return None
    return Sessions(_secrets(settings), secure=_is_secure(settings), seconds=60 * settings.session_minutes)


def prepare(app: FastAPI, settings: ServiceSettings, sessions: Sessions | None) -> None:
    """Put what the routes of signing in need where they find it."""
    app.state.sessions = sessions
    app.state.sign_in = None
    if sessions is not None:
        app.state.sign_in = SignIn(settings, _secrets(settings), app.state.verifier)


def _secrets(settings: ServiceSettings) -> tuple[str, ...]:
    return tuple(one.get_secret_value() for one in settings.session_secrets)


def _is_secure(settings: ServiceSettings) -> bool:
    return (settings.public_url or "").startswith("https://")
