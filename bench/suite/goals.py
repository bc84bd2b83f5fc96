"""What the figures are held against."""

from dataclasses import dataclass


@dataclass
class Goal:
    name: str
    unit: str
    goal: float
    least: float  # what is still accepted
    path: tuple   # where in the results it stands
    scale: float = 1.0
    more_is_better: bool = False

    def value(self, results: dict):
        """Absent where the run did not measure it."""
        found = results
        for step in self.path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found * self.scale

    def verdict(self, value: float) -> str:
        def met(bound):
            return value >= bound if self.more_is_better else value <= bound

        return "goal" if met(self.goal) else "enough" if met(self.least) else "MISSED"


MIB = 1 / 2**20
GOALS = [
    Goal("ingest over HTTP", "events/s", 250_000, 150_000, ("http", "ingest", "events_per_second"), more_is_better=True),
    Goal("ingest, last to first quarter", "of the rate", 0.9, 0.7, ("http", "flatness"), more_is_better=True),
    Goal("against PostgreSQL, equal sizes", "times", 6, 3.5, ("ratios", "postgresql", "over_http"), more_is_better=True),
    Goal("against PostgreSQL, whole runs", "times", 6, 3.5, ("ratios", "postgresql", "over_http_whole_run"), more_is_better=True),
    Goal("batch of 100, p99", "ms", 50, 100, ("http", "ingest", "p99_ms")),
    Goal("longest stop", "ms", 200, 500, ("http", "ingest", "longest_stop_ms")),
    Goal("resident memory, most", "MiB", 1_024, 1_536, ("http", "ingest", "resident_max_bytes"), MIB),
    Goal("on disk as the load ends", "bytes an event", 60, 80, ("http", "ingest", "disk_bytes_per_event")),
    Goal("on disk after the idle reads", "bytes an event", 60, 80, ("http", "settled_disk_bytes_per_event")),
    Goal("overview during the load, p99", "ms", 5, 5, ("http", "overviews_during_load", "p99_ms")),
    Goal("overview idle, p99", "ms", 2, 2, ("http", "overviews_idle", "p99_ms")),
    Goal("report of 100,000 resources, first", "ms", 50, 100, ("http", "reports", 0, "first_ms")),
    Goal("report of 1,000,000 resources, first", "ms", 1_000, 1_000, ("http", "reports", 1, "first_ms")),
    Goal("trivial GET, 1 connection, of bare Beast", "of its rate", 0.6, 0.6, ("trivial_get", "1", "held"), more_is_better=True),
    Goal("trivial GET, 16 connections, of bare Beast", "of its rate", 0.6, 0.6, ("trivial_get", "16", "held"), more_is_better=True),
    Goal("start after kill -9", "s", 3, 3, ("http", "start_after_kill", "median_seconds")),
]
