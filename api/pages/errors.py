"""Errors as pages: what happened in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.http.problems import Refusal, kind_of
from api.http.telling import ErrorPage
from api.pages.answers import POLICY, site_for
from reports.pages import error_page, page
from rules.model.organisation import Words

if TYPE_CHECKING:
    from api.http.service import Service


def errors_as_pages(service: Service) -> ErrorPage:
    """How a service tells of errors to people."""

    def tell(refusal: Refusal, request_id: str) -> tuple[bytes, Mapping[str, str]]:
        snapshot = service.snapshots.newest
        if snapshot is None:
            site = site_for("", Words(one="PDU", many="PDUs"), Words(one="region", many="regions"))
        else:
            site = site_for("", snapshot.organisation.unit, snapshot.organisation.group)
        code = refusal.code
        content = error_page(code, kind_of(code).title, refusal.detail, refusal.problems, request_id)
        body = page("error", site, page=content).encode()
        return body, {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}

    return tell
