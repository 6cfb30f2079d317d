"""Errors as pages: what happened in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import Request

from api.http.auth.tokens import NO_TOKEN
from api.http.problems import Refusal, kind_of
from api.http.telling import ErrorPage, Scope, asked
from api.pages.answers import POLICY, site_for, with_token
from api.pages.people import SIGN_IN, safe_path
from reports.pages import error_page, page
from rules.model.organisation import Words

if TYPE_CHECKING:
    from api.http.service import Service


def errors_as_pages(service: Service) -> ErrorPage:
    """How a service tells of errors to people."""

    def tell(refusal: Refusal, request_id: str, scope: Scope) -> tuple[bytes, Mapping[str, str]]:
        snapshot, request, cookie = service.snapshots.newest, Request(scope), None
        unit, group = Words(one="PDU", many="PDUs"), Words(one="region", many="regions")
        if snapshot is not None:
            unit, group = snapshot.organisation.unit, snapshot.organisation.group
        site = site_for(request, "", unit, group)
        if site.person is not None:  # whoever has signed in can sign out on every page
            site, cookie = with_token(request, site)
        code, detail, sign_in = refusal.code, refusal.detail, None
        if refusal.status_code == 401:
            if service.settings.oidc_client_id is not None:
                sign_in = f"{SIGN_IN}?after={quote(_back(asked(scope)), safe='/')}"
                site = replace(site, signs_in=False)  # one way to sign in is enough: the one that leads back
            if detail == NO_TOKEN:
                detail = ""  # it speaks to programs
        content = error_page(code, kind_of(code).title, detail, refusal.problems, request_id, sign_in)
        body = page("error", site, page=content).encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        more = {} if cookie is None else {"Set-Cookie": cookie}
        return body, {**headers, "Referrer-Policy": "same-origin", **more}

    return tell


def _back(path: str) -> str:
    """Where somebody wanted to go; home, if they were about to sign in or out."""
    return "/" if path.startswith((SIGN_IN, "/sign-out")) else safe_path(path)
