"""Words for signing out."""

from __future__ import annotations

from typing import Final

from reports.language import mark as N_

SIGNED_OUT: Final = N_("You have signed out of this service")
HERE_ONLY: Final = N_(
    "If others use this computer, sign out of your organisation’s account too, or close the browser."
)
GOING_ON: Final = N_(
    "Now you are signed out of your organisation’s account too. If nothing happens, follow the link."
)
GO_ON: Final = N_("Sign out of your organisation’s account")
SIGN_IN_AGAIN: Final = N_("Sign in again")
