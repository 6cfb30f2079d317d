"""Running the service: a socket, and one or several workers behind it.

Workers are processes of their own. Each reads the settings from the environment, so whatever was said on the
command line is put there first.
"""

from __future__ import annotations

import math
import os
import shutil
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from api.http import logs
from api.http.front import Front
from api.http.settings import PREFIX, ServiceSettings, SettingsError, is_loopback, read_settings
from rules.problems import Place, Problem, UsageError

APP = "api.http.app:from_environment"
_BACKLOG = 2048


def settings_with(given: Mapping[str, object | None]) -> ServiceSettings:
    """The settings, with what was said on the command line put into the environment before them."""
    for name, value in given.items():
        if value is not None:
            os.environ[f"{PREFIX}{name.upper()}"] = str(value)
    return read_settings()


def serve(settings: ServiceSettings) -> bool:
    """Serve until told to stop; whether it ever began. The settings must be those of the environment."""
    logs.configure(settings)
    listening = listen(settings)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    logs.log().info("listening", url=f"http://{shown}:{port}", workers=settings.workers, open=settings.open)
    config = configured(APP, settings)
    if settings.workers == 1:
        server = uvicorn.Server(config)
        server.run([listening])
        return server.started
    folder = Path(tempfile.mkdtemp(prefix="prioritise-metrics-"))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        Multiprocess(config, [listening]).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def configured(app: Any, settings: ServiceSettings) -> uvicorn.Config:
    """How the server is to run: an app, or where its factory is."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        http=Front,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        workers=settings.workers,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or None,
        backlog=_BACKLOG,
        timeout_keep_alive=math.ceil(settings.keep_alive),
        timeout_graceful_shutdown=math.ceil(settings.shutdown_timeout),
    )


def listen(settings: ServiceSettings) -> socket.socket:
    """The socket of the settings. Raises UsageError where it cannot be had."""
    shown = f"{settings.host}:{settings.port}"
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        if settings.open and not is_loopback(str(address[0])):  # whatever the name means on this machine
            message = f"Without tokens the service listens on this machine only, not at {address[0]}."
            raise SettingsError([Problem("PF734", message, Place("settings", path=f"{PREFIX}HOST"))])
        listening = socket.create_server(address, family=family, backlog=_BACKLOG)
    except OSError as error:
        is_gai = isinstance(error, socket.gaierror)
        reason = error.strerror if is_gai or not error.errno else os.strerror(error.errno)
        raise UsageError(f"{shown} cannot be listened at: {reason}.") from None
    listening.set_inheritable(True)
    return listening
