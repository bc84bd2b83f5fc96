"""The contenders without HTTP: our store, and the peers that do the same job."""

import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path

from suite import postgresql, workplace
from suite.process_figures import disk_bytes


@dataclass(frozen=True)
class Kind:
    name: str
    title: str
    settings: str


KINDS = [
    Kind("store", "tallystick, its store alone", "default settings"),
    Kind("postgresql", "PostgreSQL 15", ", ".join(f"{name} {value}" for name, value in postgresql.SETTINGS.items())),
    Kind("sqlite", "SQLite", "WAL, synchronous full, cache 4 GB, checkpoints after 20,000 pages, exclusive"),
    Kind("rocksdb-rows", "RocksDB, a row each", "WAL synced, cache 2 GiB, ribbon filters, LZ4"),
]


def run(kind: Kind, options, work: Path, say) -> dict:
    """Takes the load and returns the figures. A program that finds a wrong answer fails, and so does this."""
    if kind.name == "postgresql":
        with postgresql.Postgresql(work / kind.name) as server:
            # Its tables and indexes: the log that it keeps for reuse does not grow with what is stored.
            return _measure(kind, options, server.connection, server.data / "base", say)
    directory = work / kind.name
    directory.mkdir()
    try:
        return _measure(kind, options, str(directory), directory, say)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _measure(kind: Kind, options, where: str, directory: Path, say) -> dict:
    events = getattr(options, kind.name.replace("-", "_") + "_events")
    arguments = ["--contender", kind.name, "--where", where, "--events", events, "--segment-events", options.segment_events,
                 "--group-events", options.group_events]
    arguments += [part for number in options.check_organizations for part in ("--check-organization", number)]
    curve, total = [], None
    say(f"{kind.title}: {events:,} events in groups of {options.group_events:,}")
    for line in workplace.lines_of("contender", *arguments):
        if line.pop("kind") == "segment":
            line["disk_bytes"] = disk_bytes(directory)
            curve.append(line)
            say(f"{line['events']:>12,} events  {line['events_per_second']:>9,.0f}/s  p99 {line['p99_ms']:6.1f} ms  "
                f"{line['disk_bytes'] / line['events']:5.1f} bytes an event")
        else:
            total = line
    first, *further = total["report"]["each_ms"]
    return {**total, "title": kind.title, "settings": kind.settings, "curve": curve,
            "last_segment_events_per_second": curve[-1]["events_per_second"],
            "disk_bytes_per_event": disk_bytes(directory) / total["events"],
            "report_resources": total["report"]["resources"], "report_first_ms": first,
            "report_ms": statistics.median(further)}
