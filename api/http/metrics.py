"""What is counted, for Prometheus: requests, decisions, and how the service stands.

With several workers each writes what it counts into a folder (PROMETHEUS_MULTIPROC_DIR, which `prioritise serve`
sets), and any of them answers /metrics for all.
"""

from __future__ import annotations

import os
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        own = self._registry
        self._requests = Counter(
            "prioritise_requests_total", "Requests.", ["method", "route", "status"], registry=own
        )
        self._seconds = Histogram(
            "prioritise_request_seconds",
            "Seconds until answered.",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=own,
        )
        self._decisions = Counter(
            "prioritise_decisions_total", "Decisions recorded, by status.", ["status"], registry=own
        )
        self._disagreements = Counter(
            "prioritise_disagreements_total", "Times the two deciders differed.", registry=own
        )
        self._limited = Counter("prioritise_limited_total", "Requests refused as too many.", registry=own)
        self._stale = Gauge(
            "prioritise_stale_units",
            "Units whose newest return is stale.",
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self._undecided = Gauge(
            "prioritise_undecided_units",
            "Units that cannot be decided, by a fault of the program.",
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self._loaded = Gauge(
            "prioritise_loaded_seconds",
            "When documents were last taken up.",
            multiprocess_mode="max",
            registry=own,
        )
        self._ready = Gauge(
            "prioritise_ready", "1: ready, 0: not.", multiprocess_mode="livemin", registry=own
        )
        self._children: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request, answered."""
        key = (method, route, status)
        found = self._children.get(key)
        if found is None:
            found = (self._requests.labels(method, route, str(status)), self._seconds.labels(method, route))
            self._children[key] = found
        found[0].inc()
        found[1].observe(seconds)

    def decided(self, status: str, count: int = 1) -> None:
        """Decisions were recorded."""
        self._decisions.labels(status).inc(count)

    def disagreed(self) -> None:
        """The two deciders differed."""
        self._disagreements.inc()

    def limited(self) -> None:
        """A request was refused as one too many."""
        self._limited.inc()

    def stale(self, units: int) -> None:
        """So many units have no fresh return."""
        self._stale.set(units)

    def undecided(self, units: int) -> None:
        """So many units cannot be decided."""
        self._undecided.set(units)

    def loaded(self, moment: float) -> None:
        """Documents were taken up, at a moment in seconds since 1970."""
        self._loaded.set(moment)

    def ready(self, is_ready: bool) -> None:
        """How the service stands."""
        self._ready.set(1 if is_ready else 0)

    def text(self) -> bytes:
        """Everything counted, as Prometheus reads it."""
        if os.environ.get(FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)

    @staticmethod
    def close() -> None:
        """This worker counts no more."""
        if os.environ.get(FOLDER):
            mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]
