"""Words for signing out, and for the record of who did what."""

from __future__ import annotations

from typing import Final

SIGNED_OUT: Final = "You have signed out of this service"
HERE_ONLY: Final = (
    "If others use this computer, sign out of your organisation’s account too, or close the browser."
)
GOING_ON: Final = (
    "Now you are signed out of your organisation’s account too. If nothing happens, follow the link."
)
GO_ON: Final = "Sign out of your organisation’s account"
SIGN_IN_AGAIN: Final = "Sign in again"
