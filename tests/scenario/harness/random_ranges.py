"""Ranges to ask reports for: of any length, part days, whole days, whole months, the moments and days of events, a year."""

import random
from datetime import datetime

from harness.reference_model import format_time, parse_time

DAY_MS = 86_400_000
YEAR_MS = 366 * DAY_MS  # the most that a report takes


def random_ranges(pick: random.Random, count: int, from_ms: int, now_ms: int, times_of_events: list) -> list:
    """Half-open ranges in milliseconds around the months from `from_ms` to `now_ms`."""
    months = month_starts(from_ms, now_ms)
    first_day = from_ms // DAY_MS * DAY_MS
    ranges = []
    for number in range(count):
        kind = number % 7
        if kind == 0:
            start = pick.randrange(from_ms - YEAR_MS, now_ms)
            end = start + pick.randrange(1, YEAR_MS + 1)
        elif kind == 1:
            start = first_day + pick.randrange(-30, 100) * DAY_MS
            end = start + pick.randrange(1, 60) * DAY_MS
        elif kind == 2:
            start, end = sorted(pick.sample(months, 2))
        elif kind == 3:  # an event at the first moment is inside, one at the end is not
            start = pick.choice(times_of_events)
            end = start + pick.choice([1, 2, 1000, DAY_MS])
        elif kind == 4:
            end = pick.choice(times_of_events)
            start = end - pick.choice([1, 2, 1000, DAY_MS])
        elif kind == 5:  # the day of an event
            start = pick.choice(times_of_events) // DAY_MS * DAY_MS
            end = start + DAY_MS
        else:
            start = pick.choice([pick.choice(times_of_events), pick.choice(months)])
            end = start + pick.choice([pick.randrange(1, DAY_MS), pick.randrange(1, 40 * DAY_MS), YEAR_MS])
        ranges.append((start, end))
    return ranges


def month_starts(from_ms: int, now_ms: int) -> list:
    """The first moments of the months from that of `from_ms` to the one after `now_ms`."""
    first, last = (datetime.fromisoformat(format_time(each)) for each in (from_ms, now_ms))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    return [parse_time(f"{number // 12}-{number % 12 + 1:02d}-01T00:00:00Z") for number in numbers]
