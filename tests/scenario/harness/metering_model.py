"""How events of a period become totals and resources, by domain.md's "How products count" alone and as simply as it can
be: intervals are lists, levels are added up one by one, each hour is looked at, all numbers are integers and fractions.

Times are integers: milliseconds since 1970 in UTC. A *presence* is a sorted list of intervals (begin, end) of one
resource, end exclusive, that neither overlap nor touch.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from harness.exact_number import PLACES, half_up

HOUR_MS = 3_600_000
UNIT_MS = {"hour": HOUR_MS, "minute": 60_000, "second": 1000}
# What a level has to last in all before it is a peak.
PEAK_MS = 30 * 60_000


@dataclass(frozen=True)
class Period:
    """[start, end) as it was asked for, when the clock stood at `now`."""

    start_ms: int
    end_ms: int
    now_ms: int

    @property
    def stop_ms(self) -> int:
        """Time counts until here: none has passed yet in the clock's own millisecond."""
        return min(self.end_ms, self.now_ms)

    def first_moment(self, usage) -> int | None:
        """The first moment at which an event is seen; one of the clock's own millisecond without an end is."""
        if usage.until_ms is None:
            return usage.time_ms if self.start_ms <= usage.time_ms < min(self.end_ms, self.now_ms + 1) else None
        clipped = self.clip(usage)
        return clipped[0] if clipped else None

    def clip(self, usage) -> tuple | None:
        """The part of an interval that lies inside, as far as the clock has come."""
        begin, end = max(usage.time_ms, self.start_ms), min(usage.until_ms, self.stop_ms)
        return (begin, end) if begin < end else None


@dataclass
class Concurrency:
    peak: int
    levels: list  # (count, for how long in all that many or more were present)
    hours: list  # (full hour, the most that were present at once in it)


@dataclass
class Counted:
    """What a product's usage in a period comes to."""

    total: Fraction
    listed: dict  # resource -> the first moment at which it counts
    concurrency: Concurrency | None = None
    present_ms: dict | None = None  # resource -> for how long it was present


# ---- presence ------------------------------------------------------------------------------------------------------


def merged(intervals) -> list:
    presence = []
    for begin, end in sorted(intervals):
        if presence and begin <= presence[-1][1]:
            presence[-1] = (presence[-1][0], max(end, presence[-1][1]))
        else:
            presence.append((begin, end))
    return presence


def without(presence: list, other: list) -> list:
    """The parts of a presence during which another one is not."""
    left = []
    for begin, end in presence:
        for other_begin, other_end in other:
            if other_end <= begin or end <= other_begin:
                continue
            if begin < other_begin:
                left.append((begin, other_begin))
            begin = max(begin, other_end)
        if begin < end:
            left.append((begin, end))
    return left


def length_ms(presence: list) -> int:
    return sum(end - begin for begin, end in presence)


def presences(events: list, period: Period) -> dict:
    """resource -> its presence in the period."""
    intervals = {}
    for event in events:
        if clipped := period.clip(event.usage):
            intervals.setdefault(event.usage.resource, []).append(clipped)
    return {resource: merged(each) for resource, each in intervals.items()}


def stretches(together) -> list:
    """(begin, end, count): how many of some presences were there at once, from one change to the next."""
    changes = Counter()
    for presence in together:
        for begin, end in presence:
            changes[begin] += 1
            changes[end] -= 1
    moments, count, made = sorted(changes), 0, []
    for begin, end in zip(moments, moments[1:]):
        count += changes[begin]
        made.append((begin, end, count))
    return made


# ---- the meterings -------------------------------------------------------------------------------------------------
# Each takes the events of a family, [(product document, its events)] by rising rank, and gives a Counted for each
# product for which at least one resource counts: {product key: Counted}. A product without a family is one by itself.


def count_unique(family: list, period: Period) -> dict:
    seen, highest = {}, {}
    for product, events in family:
        first = seen[product["key"]] = first_moments(events, period)
        for resource in first:
            highest[resource] = product["key"]
    counted = {}
    for key, first in seen.items():
        listed = {resource: moment for resource, moment in first.items() if highest[resource] == key}
        if listed:
            counted[key] = Counted(Fraction(len(listed)), listed)
    return counted


def count_concurrent(family: list, period: Period) -> dict:
    counted, of_higher_rank = {}, {}
    for product, events in reversed(family):
        used = presences(events, period)
        present = {}
        for resource, presence in used.items():
            higher = of_higher_rank.get(resource, [])
            if left := without(presence, higher):
                present[resource] = left
            of_higher_rank[resource] = merged([*higher, *presence])
        if present:
            counted[product["key"]] = count_present(present, period)
    return counted


def count_present(present: dict, period: Period) -> Counted:
    together = stretches(present.values())
    levels = [
        (count, sum(end - begin for begin, end, there in together if there >= count))
        for count in range(1, max(there for _, _, there in together) + 1)
    ]
    busiest = dict.fromkeys(range(period.start_ms // HOUR_MS * HOUR_MS, period.stop_ms, HOUR_MS), 0)
    for begin, end, there in together:
        for hour in range(begin // HOUR_MS * HOUR_MS, end, HOUR_MS):
            busiest[hour] = max(busiest[hour], there)
    peak = max((count for count, length in levels if length >= PEAK_MS), default=0)
    lengths = {resource: length_ms(presence) for resource, presence in present.items()}
    longest = sorted(present, key=lambda resource: (-lengths[resource], resource.encode()))[:peak]
    return Counted(
        Fraction(peak),
        {resource: present[resource][0][0] for resource in longest},
        Concurrency(peak, levels, list(busiest.items())),
        lengths,
    )


def count_duration(family: list, period: Period) -> dict:
    ((product, events),) = family
    present = presences(events, period)
    step_ms = product["metering"].get("step_seconds", 0) * 1000 or 1
    rounded_ms = sum(-(-(end - begin) // step_ms) * step_ms for each in present.values() for begin, end in each)
    total = half_up(Fraction(rounded_ms, UNIT_MS[product["metering"].get("unit", "hour")]), PLACES)
    listed = {resource: presence[0][0] for resource, presence in present.items()}
    return {product["key"]: Counted(total, listed)} if listed else {}


def count_sum(family: list, period: Period) -> dict:
    return count_quantities(family, period, lambda events: sum(units(event) for event in events))


def count_max(family: list, period: Period) -> dict:
    return count_quantities(family, period, lambda events: max(units(event) for event in events))


def count_latest(family: list, period: Period) -> dict:
    def last_ones(events):
        last = {}
        for event in sorted(events, key=lambda each: (each.usage.time_ms, each.pair)):
            last[event.usage.resource] = units(event)
        return sum(last.values())

    return count_quantities(family, period, last_ones)


def count_quantities(family: list, period: Period, total_of) -> dict:
    ((product, events),) = family
    inside = [event for event in events if period.first_moment(event.usage) is not None]
    if not inside:
        return {}
    total = Fraction(total_of(inside), 10**PLACES)
    return {product["key"]: Counted(total, first_moments(inside, period))}


def units(event) -> int:
    """The quantity in its smallest units, of which 10^9 make one."""
    return int(event.usage.quantity.scaleb(PLACES))


def first_moments(events: list, period: Period) -> dict:
    first = {}
    for event in events:
        moment = period.first_moment(event.usage)
        if moment is not None and moment < first.get(event.usage.resource, moment + 1):
            first[event.usage.resource] = moment
    return first


COUNT = {
    "unique": count_unique,
    "sum": count_sum,
    "max": count_max,
    "latest": count_latest,
    "duration": count_duration,
    "concurrent": count_concurrent,
}


def families(products: list) -> list:
    """Lists of products of one family and kind by rising rank; of those without a family, each by itself."""
    made = {}
    for product in products:
        metering = product["metering"]
        name = ("family", metering["family"], metering["kind"]) if "family" in metering else ("product", product["key"])
        made.setdefault(name, []).append(product)
    return [sorted(each, key=lambda product: product["metering"].get("rank", 0)) for each in made.values()]
