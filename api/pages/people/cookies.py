"""Cookies as they are written and read here."""

from __future__ import annotations


def cookie_name(name: str, *, secure: bool) -> str:
    """The name of a cookie. With the prefix browsers take it only over HTTPS, from this very host."""
    return f"__Host-{name}" if secure else name


def written(name: str, value: str, *, secure: bool, strict: bool, seconds: int | None = None) -> str:
    """A Set-Cookie header. Scripts cannot read it; an empty value takes the cookie away."""
    parts = [f"{cookie_name(name, secure=secure)}={value}", "Path=/", "HttpOnly"]
    parts.append("SameSite=Strict" if strict else "SameSite=Lax")
    if secure:
        parts.append("Secure")
    if not value:
        seconds = 0
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    return "; ".join(parts)


def read(header: str | None, name: str, *, secure: bool) -> str | None:
    """The value of a cookie of ours, if the header has it. What others have set beside it may be anything."""
    wanted = cookie_name(name, secure=secure)
    for pair in (header or "").split(";"):
        found, sign, value = pair.strip().partition("=")
        if sign and found == wanted:
            return value
    return None
