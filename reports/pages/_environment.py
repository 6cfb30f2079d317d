"""Setting a page, with Jinja and the components of govuk-frontend-jinja."""

from __future__ import annotations

import functools
from typing import Final

import jinja2

from reports import language
from reports._format import day
from reports.pages._assets import assets
from reports.pages._site import Site

INLINE_SCRIPT: Final = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)
"""The one script that stands in pages: it marks that scripts run. A policy for content names it by its hash."""


def page(template: str, site: Site, **values: object) -> str:
    """A page of the service: `template` is its file's name without its ends."""
    return _environment().get_template(f"pages/{template}.html.j2").render(site=site, **values)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("reports"),
                jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,  # the components ask for options that may be left out
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    language.install(environment)
    environment.filters["day"] = day
    environment.globals["asset"] = lambda name: assets()[name].path
    return environment
