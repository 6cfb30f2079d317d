"""Templates in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from reports.language._language import current
from reports.language._texts import gettext, ngettext, npgettext, pgettext

if TYPE_CHECKING:
    import jinja2


def install(environment: jinja2.Environment) -> None:
    """Let templates translate (`{% trans %}`, `_()`, `ngettext()`) and tell their language (`language()`).

    The environment must have the extension `jinja2.ext.i18n`.
    """
    environment.policies["ext.i18n.trimmed"] = True  # lines of a template are no lines of its text
    extended = cast(Any, environment)  # the extension adds the method at run time
    extended.install_gettext_callables(
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    environment.globals["language"] = lambda: current().tag
