"""Reports recomputed from domain.md alone, as simply as they can be: no roll-ups, no order of arrival, every event of a
product looked at anew for each question.

Times are integers: milliseconds since 1970 in UTC. A Usage or a Void is the *content* that an event's pair stands for.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from harness.exact_number import plain
from harness.metering_model import COUNT, Counted, Period, families

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


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


@dataclass(frozen=True, slots=True)
class StoredUsage:
    usage: Usage
    pair: tuple  # (source, id) in bytes


def format_time(time_ms: int) -> str:
    """As answers write a moment: yyyy-MM-ddTHH:mm:ss.SSSZ."""
    moment = EPOCH + timedelta(milliseconds=time_ms)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time_ms % 1000:03d}Z"


def parse_time(text: str) -> int:
    """The moment of an ISO-8601 text with a zone."""
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)


class ReferenceModel:
    """What is stored, and the reports that must come of it. `products` are those of a catalog as it is applied."""

    def __init__(self, products: list):
        self._products = {product["key"]: product for product in products}
        self._families = families(products)
        self._contents = {}  # (organization, source, id) -> Usage or Void
        self._counting = None  # (organization, product) -> (moments by time, intervals), of StoredUsage

    def store(self, source: str, event_id: str, content):
        """The first content of a pair counts; call this with that one."""
        self._contents.setdefault((content.organization, source, event_id), content)
        self._counting = None

    def report(self, organization: str, start_ms: int, end_ms: int, now_ms: int) -> list:
        """`usages` of the billable usage report for [start, end) at `now`."""
        return [
            {"name": product["name"], "totalUsage": plain(counted.total), "resources": listed(counted)}
            for product, counted in self.counted(organization, Period(start_ms, end_ms, now_ms))
        ]

    def concurrent_report(self, organization: str, start_ms: int, end_ms: int, now_ms: int) -> list:
        """`products` of the concurrent usage report for [start, end) at `now`."""
        return [
            {
                "name": product["name"],
                "partNumber": product["part_number"],
                "peak": counted.concurrency.peak,
                "levels": [{"count": count, "milliseconds": lasted} for count, lasted in counted.concurrency.levels],
                "hours": [{"time": format_time(hour), "max": most} for hour, most in counted.concurrency.hours],
                "resources": [
                    {**resource, "milliseconds": counted.present_ms[resource["name"]]} for resource in listed(counted)
                ],
            }
            for product, counted in self.counted(organization, Period(start_ms, end_ms, now_ms))
            if counted.concurrency
        ]

    def counted(self, organization: str, period: Period) -> list:
        """(product, Counted) of all that was used, by name in byte order."""
        counted = {}
        for family in self._families:
            used = [(product, self._inside(organization, product["key"], period)) for product in family]
            counted.update(COUNT[family[0]["metering"]["kind"]](used, period))
        by_name = sorted(counted, key=lambda key: self._products[key]["name"].encode())
        return [(self._products[key], counted[key]) for key in by_name]

    def _inside(self, organization: str, product: str, period: Period) -> list:
        """A product's events that share a moment with the period."""
        if self._counting is None:
            self._counting = self._group_by_product()
        moments, intervals = self._counting.get((organization, product), ([], []))
        first, last = (
            bisect_left(moments, bound, key=lambda stored: stored.usage.time_ms)
            for bound in (period.start_ms, period.end_ms)
        )
        return moments[first:last] + [stored for stored in intervals if period.first_moment(stored.usage) is not None]

    def _group_by_product(self) -> dict:
        voided = {
            (content.organization, *content.target)
            for content in self._contents.values()
            if isinstance(content, Void)
        }
        groups = {}
        for pair, content in self._contents.items():
            if isinstance(content, Void) or pair in voided:
                continue
            moments, intervals = groups.setdefault((content.organization, content.product), ([], []))
            _, source, event_id = pair
            stored = StoredUsage(content, (source.encode(), event_id.encode()))
            (moments if content.until_ms is None else intervals).append(stored)
        for moments, _ in groups.values():
            moments.sort(key=lambda stored: stored.usage.time_ms)
        return groups


def listed(counted: Counted) -> list:
    """The resources of a report, by name in byte order."""
    return [
        {"name": resource, "date": format_time(counted.listed[resource])}
        for resource in sorted(counted.listed, key=str.encode)
    ]
