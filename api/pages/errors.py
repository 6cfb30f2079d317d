"""Errors as pages: what happened in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.http.auth.tokens import NO_TOKEN
from api.http.problems import Refusal, kind_of
from api.http.telling import ErrorPage
from api.pages.answers import POLICY, site_for
from api.pages.people import SIGN_IN, safe_path
from reports.pages import error_page, page
from rules.model.organisation import Words

if TYPE_CHECKING:
    from api.http.service import Service


def errors_as_pages(service: Service) -> ErrorPage:
    """How a service tells of errors to people."""

    def tell(refusal: Refusal, request_id: str, asked: str) -> tuple[bytes, Mapping[str, str]]:
        snapshot = service.snapshots.newest
        if snapshot is None:
            site = site_for("", Words(one="PDU", many="PDUs"), Words(one="region", many="regions"))
        else:
            site = site_for("", snapshot.organisation.unit, snapshot.organisation.group)
        code, detail, sign_in = refusal.code, refusal.detail, None
        if refusal.status_code == 401:
            if service.settings.oidc_client_id is not None:
                sign_in = f"{SIGN_IN}?after={quote(_back(asked), safe='/')}"
            if detail == NO_TOKEN:
                detail = ""  # it speaks to programs
        content = error_page(code, kind_of(code).title, detail, refusal.problems, request_id, sign_in)
        body = page("error", site, page=content).encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        return body, headers | {"Referrer-Policy": "same-origin"}

    return tell


def _back(asked: str) -> str:
    """Where somebody wanted to go; home, if they were about to sign in or out."""
    return "/" if asked.startswith((SIGN_IN, "/sign-out")) else safe_path(asked)
