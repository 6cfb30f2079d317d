"""Logs on stderr: JSON lines (or text on a terminal), without names of people, queries, bodies or tokens."""

from __future__ import annotations

import datetime
import logging
import sys
import traceback
from contextlib import suppress
from typing import Any, BinaryIO, TextIO, cast

import orjson
import structlog

from api.http.settings import ServiceSettings

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
_settled = _LEVELS["error"]
_logger: Any = None
_lines: _Quiet | None = None
"""Where lines of JSON go, if they do."""


class _Quiet:
    """A stream on which nothing fails: whoever read the log may have gone, and that is no fault of a request."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: Any) -> None:
        """Write, if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        """Flush, if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(settings: ServiceSettings, stream: TextIO | None = None) -> None:
    """Set the logs up, those of the libraries too. Without this only errors are logged."""
    global _settled, _logger, _lines
    stream = stream or sys.stderr
    _settled = _LEVELS[settings.log_level]
    is_terminal = stream.isatty()
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and is_terminal)
    _logger = _make(stream, _settled, as_text, colours=is_terminal)
    binary = getattr(stream, "buffer", None)
    _lines = None if as_text or binary is None else _Quiet(binary)
    root = logging.getLogger()
    root.handlers = [_Forward()]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(max(_settled, logging.INFO))
    logging.getLogger("uvicorn.access").handlers = []
    logging.getLogger("uvicorn.access").propagate = False


def log() -> Any:
    """The log."""
    return _logger or _make(sys.stderr, _settled, as_text=False, colours=False)


def request_logged(told: dict[str, Any]) -> None:
    """The line of one request, at level info: written by hand, since every answer waits for it."""
    if _settled > _LEVELS["info"] or _logger is None:
        return
    if _lines is None:
        _logger.info("request", **told)
        return
    moment = datetime.datetime.now(datetime.UTC).isoformat().replace("+00:00", "Z")
    _lines.write(orjson.dumps({"event": "request", "level": "info", "timestamp": moment, **told}) + b"\n")
    _lines.flush()


def _make(stream: TextIO, level: int, as_text: bool, colours: bool) -> Any:
    shape: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    binary = getattr(stream, "buffer", None)
    if as_text or binary is None:
        renderer = (
            structlog.dev.ConsoleRenderer(colors=colours) if as_text else structlog.processors.JSONRenderer()
        )
        return structlog.wrap_logger(
            structlog.PrintLogger(cast(TextIO, _Quiet(stream))),
            [*shape, renderer],
            structlog.make_filtering_bound_logger(level),
        ).bind()
    return structlog.wrap_logger(
        structlog.BytesLogger(cast(BinaryIO, _Quiet(binary))),
        [*shape, structlog.processors.JSONRenderer(serializer=_json)],
        structlog.make_filtering_bound_logger(level),
    ).bind()


def fault(error: BaseException) -> dict[str, Any]:
    """What is logged of an unexpected error: its kind and where it came from.

    Its text may hold what somebody sent (a database's errors do), so it is logged at debug only.
    """
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    where = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    told: dict[str, Any] = {"error": f"{type(error).__module__}.{type(error).__qualname__}", "where": where}
    if error.__cause__ is not None:
        told["cause"] = type(error.__cause__).__qualname__
    if _settled <= _LEVELS["debug"]:
        told["text"] = str(error)[:2000]
    return told


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def _json(value: Any, **_: Any) -> bytes:
    return orjson.dumps(value, default=str)


class _Forward(logging.Handler):
    """What libraries log, in the same form."""

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        try:
            told = fault(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
            text = record.getMessage()
            if "Traceback (most recent call last)" in text:  # an error's text, written out
                text = text.strip().splitlines()[0]
            log().log(max(record.levelno, 10), text[:500], logger=record.name, **told)
        except Exception:
            self.handleError(record)
