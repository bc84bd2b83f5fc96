"""Reports recomputed from domain.md alone, as simply as they can be: no roll-ups, no order of arrival, Python's Decimal.

Times are integers: milliseconds since 1970 in UTC. A Usage or a Void is the *content* that an event's pair stands for.
"""

import decimal
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# Enough for any sum of quantities of 18 digits before and 9 after the point.
EXACT = decimal.Context(prec=80, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])


@dataclass(frozen=True, slots=True)
class Usage:
    organization: str
    product: str
    resource: str
    time_ms: int
    quantity: Decimal
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Void:
    organization: str
    target: tuple  # (source, id)


def format_time(time_ms: int) -> str:
    """As answers write a moment: yyyy-MM-ddTHH:mm:ss.SSSZ."""
    moment = EPOCH + timedelta(milliseconds=time_ms)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time_ms % 1000:03d}Z"


def parse_time(text: str) -> int:
    """The moment of an ISO-8601 text with a zone."""
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)


def plain(number: Decimal) -> str:
    """Plain notation: no exponent, no trailing zeros after the point."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


class ReferenceModel:
    """What is stored, and the report that must come of it. `meterings`: product key -> (name, kind)."""

    def __init__(self, meterings: dict):
        self._meterings = meterings
        self._contents = {}  # (organization, source, id) -> Usage or Void
        self._counted = None

    def store(self, source: str, event_id: str, content):
        """The first content of a pair counts; call this with that one."""
        self._contents.setdefault((content.organization, source, event_id), content)
        self._counted = None

    def report(self, organization: str, start_ms: int, end_ms: int, now_ms: int) -> list:
        """`usages` of the billable usage report for [start, end) at `now`."""
        if self._counted is None:
            self._counted = self._group_by_product()
        end_ms = min(end_ms, now_ms)
        usages = []
        for product, (name, kind) in self._meterings.items():
            instants, intervals = self._counted.get((organization, product), ([], []))
            first = bisect_left(instants, start_ms, key=lambda entry: entry[0].time_ms)
            last = bisect_left(instants, end_ms, key=lambda entry: entry[0].time_ms)
            seen = instants[first:last] if start_ms < end_ms else []
            # An interval is seen where [time, until) and [start, end) share a moment.
            seen += [
                entry for entry in intervals if max(entry[0].time_ms, start_ms) < min(entry[0].until_ms, end_ms)
            ]
            if seen:
                usages.append(self._usage(name, kind, seen, start_ms))
        usages.sort(key=lambda usage: usage["name"].encode())
        return usages

    def _group_by_product(self) -> dict:
        voided = {
            (content.organization, *content.target)
            for content in self._contents.values()
            if isinstance(content, Void)
        }
        counted = {}
        for pair, content in self._contents.items():
            if isinstance(content, Void) or pair in voided:
                continue
            instants, intervals = counted.setdefault((content.organization, content.product), ([], []))
            _, source, event_id = pair
            entry = (content, (source.encode(), event_id.encode()))
            (instants if content.until_ms is None else intervals).append(entry)
        for instants, _ in counted.values():
            instants.sort(key=lambda entry: entry[0].time_ms)
        return counted

    @staticmethod
    def _usage(name: str, kind: str, seen: list, start_ms: int) -> dict:
        first_seen, latest = {}, {}
        total, largest = Decimal(0), Decimal(0)
        for content, pair in seen:
            moment = max(content.time_ms, start_ms)
            if content.resource not in first_seen or moment < first_seen[content.resource]:
                first_seen[content.resource] = moment
            total = EXACT.add(total, content.quantity)
            largest = max(largest, content.quantity)
            order = (content.time_ms, pair)
            if content.resource not in latest or order > latest[content.resource][0]:
                latest[content.resource] = (order, content.quantity)
        if kind == "unique":
            total = Decimal(len(first_seen))
        elif kind == "max":
            total = largest
        elif kind == "latest":
            total = Decimal(0)
            for _, quantity in latest.values():
                total = EXACT.add(total, quantity)
        elif kind != "sum":
            raise ValueError(f"the reference model has no metering {kind}")
        resources = [
            {"name": resource, "date": format_time(first_seen[resource])}
            for resource in sorted(first_seen, key=str.encode)
        ]
        return {"name": name, "totalUsage": plain(total), "resources": resources}
