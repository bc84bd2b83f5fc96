"""Intervals [time, until) of sessions from a seed: so close that they overlap, touch and nest, across midnight, the ends
of months and the clock, a millisecond and a year long, late and ahead of the clock."""

import random

from harness.random_ranges import DAY_MS, month_starts

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
UNTIL_MAX_MS = 366 * DAY_MS  # after the begin
GRID_MS = 5 * MINUTE_MS


class SessionTimes:
    def __init__(self, seed: int, from_ms: int, now_ms: int):
        self._random = random.Random(seed)
        self._from_ms, self._now_ms = from_ms, now_ms
        midnights = range(from_ms // DAY_MS * DAY_MS, now_ms, DAY_MS)
        self._midnights = list(midnights)
        # Most happens on few days, so that sessions meet.
        self._busy_days = [*self._random.sample(midnights, 8), midnights[-1]]
        self._shift_days = self._random.sample(midnights, 4)
        self._month_starts = month_starts(from_ms, now_ms)[1:-1]
        self._forms = {
            self._on_a_grid: 35,
            self._shift: 12,
            self._any: 15,
            self._over_midnight: 10,
            self._around_now: 10,
            self._over_the_end_of_a_month: 8,
            self._long: 5,
            self._late: 4,
            self._ahead: 3,
        }

    def interval(self) -> tuple:
        (form,) = self._random.choices(list(self._forms), self._forms.values())
        begin, length = form()
        begin = min(begin, self._now_ms + DAY_MS)  # what begins later is refused
        return begin, begin + min(length, UNTIL_MAX_MS)

    def _on_a_grid(self):
        """Many begin when others end, and levels last for half an hour to the millisecond."""
        begin = self._random.choice(self._busy_days) + self._random.randrange(96, 156) * GRID_MS
        return begin, GRID_MS * self._random.choice([1, 2, 3, 5, 6, 12, self._random.randrange(1, 60)])

    def _shift(self):
        """Of equal length for everybody, one after the other."""
        return self._random.choice(self._shift_days) + self._random.randrange(18, 21) * 30 * MINUTE_MS, 30 * MINUTE_MS

    def _any(self):
        begin = self._random.randrange(self._from_ms, self._now_ms)
        return begin, self._random.choice([1, 999, 6_000, 6_001, self._random.randrange(1, 3 * HOUR_MS)])

    def _over_midnight(self):
        before = self._random.choice([0, 1, 3_000, self._random.randrange(1, 3 * HOUR_MS)])
        return self._random.choice(self._midnights) - before, before + self._random.choice(
            [1, 3_000, self._random.randrange(1, 3 * HOUR_MS), self._random.randrange(1, 3) * DAY_MS])

    def _around_now(self):
        before = self._random.choice([0, 1, GRID_MS, self._random.randrange(1, DAY_MS)])
        return self._now_ms - before, self._random.choice(
            [max(before, 1), before + 1, before + self._random.randrange(1, DAY_MS)])

    def _over_the_end_of_a_month(self):
        before = self._random.randrange(1, 3 * DAY_MS)
        return self._random.choice(self._month_starts) - before, before + self._random.choice(
            [1, self._random.randrange(1, 2 * DAY_MS)])

    def _long(self):
        length = self._random.choice([UNTIL_MAX_MS, self._random.randrange(DAY_MS, 60 * DAY_MS)])
        return self._random.randrange(self._from_ms - 200 * DAY_MS, self._now_ms), length

    def _late(self):
        return self._from_ms - self._random.randrange(300 * DAY_MS), self._random.randrange(1, 10 * DAY_MS)

    def _ahead(self):
        return self._now_ms + self._random.randrange(1, DAY_MS), self._random.randrange(1, DAY_MS)
