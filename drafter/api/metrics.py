"""Metrics for Prometheus: of this process's requests, and of what the database holds, which every process tells alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from drafter.errors import StoreError
from drafter.store import Store

if TYPE_CHECKING:
    from drafter.jobs import Jobs

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_BEGINNING = date(2000, 1, 1)


class Metrics:
    """A registry of its own; labels are templates and codes, never ids or data of anybody."""

    def __init__(self, store: Store, jobs: Jobs) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "drafter_requests", "Requests answered by this process.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "drafter_request_seconds", "Time to the end of an answer.", ["method", "route"], buckets=_BUCKETS, registry=self._registry
        )
        self._registry.register(_Kept(store, jobs))

    def answered(self, method: str, route: str, *, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def page(self) -> bytes:
        """Every figure, as Prometheus reads it."""
        return generate_latest(self._registry)


class _Kept(Collector):
    """What the database knows, read when it is asked for; away, it says only that."""

    def __init__(self, store: Store, jobs: Jobs) -> None:
        self._store = store
        self._jobs = jobs

    def describe(self) -> Iterator[Metric]:
        return iter(())  # else registering would read the database

    def collect(self) -> Iterator[Metric]:
        try:
            found = [*self._counts(), *self._usage(), self._queue()]
        except StoreError:
            found = []
        yield GaugeMetricFamily("drafter_database_up", "Whether the database answers.", value=float(bool(found)))
        yield from found

    def _counts(self) -> Iterator[Metric]:
        drafts = GaugeMetricFamily("drafter_drafts", "Drafts that are kept, by state.", labels=["state"])
        for state, count in self._store.drafts.counts().items():
            drafts.add_metric([state], count)
        deliveries = GaugeMetricFamily("drafter_deliveries", "Notes and webhooks, by outcome.", labels=["kind", "state"])
        for (kind, state), count in self._store.deliveries.counts().items():
            deliveries.add_metric([kind, state], count)
        yield from (drafts, deliveries)

    def _usage(self) -> Iterator[Metric]:
        rows = self._store.usage.of(None, since=_BEGINNING)
        figures: dict[str, tuple[str, Callable[..., float]]] = {
            "drafter_calls": ("Calls that were counted, by kind.", lambda row: row.calls),
            "drafter_model_input_tokens": ("Tokens that the model read.", lambda row: row.input_tokens),
            "drafter_model_output_tokens": ("Tokens that the model wrote.", lambda row: row.output_tokens),
            "drafter_model_cost": ("What the model cost, in the currency of the house's prices.", lambda row: float(row.cost)),
        }
        for name, (words, figure) in figures.items():
            metric = CounterMetricFamily(name, words, labels=["kind"])
            for kind in sorted({row.kind for row in rows}):
                metric.add_metric([kind], sum(figure(row) for row in rows if row.kind == kind))
            yield metric

    def _queue(self) -> Metric:
        return GaugeMetricFamily("drafter_queue_depth", "Jobs that wait or run.", value=self._jobs.depth())
