"""What intervals cost: adding them while more and more are stored, and reading a month of them back.

One organization with a concurrent product and a duration product takes intervals of a month over HTTP; then its concurrent
usage report, its billable usage report and its overview are asked for. docs/performance.md has the figures.

    ./run --build
    export TALLYSTICK_BINARY=build/release/tallystick
    python3 bench/intervals_bench.py
    python3 bench/intervals_bench.py --events 400000 --check
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "scenario"))

from harness import catalog  # noqa: E402
from harness.server_process import ServerProcess  # noqa: E402
from harness.session import Session  # noqa: E402

NOW = "2026-04-15T12:00:00.000Z"
MARCH = "startDate=2026-03-01T00:00:00Z&endDate=2026-04-01T00:00:00Z"
PART_DAYS = "startDate=2026-03-03T10:17:31.250Z&endDate=2026-03-28T17:02:10.001Z"
BATCH_EVENTS = 10_000
DAY_MS = 86_400_000
MONTH_DAYS = 31
SHORTEST_MS, LONGEST_MS = 20_000, 1_200_000

PRODUCTS = [
    {**catalog.product("at-once", "Licences at once", "concurrent"), "grouping": "billable-app-concurrent-license"},
    {**catalog.product("calls", "Calls", "duration"), "unit": "minute",
     "metering": {"kind": "duration", "step_seconds": 6, "unit": "minute"}},
]
CONTRACT = {
    "id": "33333333-3333-4333-8333-333333333333", "organization": catalog.BLUE_HARBOR, "number": "1", "currency": "USD",
    "subscription_type": "PREPAY", "effective": "2026-01-01", "end": "2027-01-01",
    "items": [{"product": "at-once", "prepay_quantity": "100", "prepay_price": "90.00", "overage_price": "110.00"},
              {"product": "calls", "prepay_quantity": "1000", "prepay_price": "0.01", "overage_price": "0.012"}],
}


def time_of(ms: int) -> str:
    """`ms` from the beginning of March."""
    day, rest = divmod(ms, DAY_MS)
    seconds, millis = divmod(rest, 1000)
    month, day = (3, day + 1) if day < MONTH_DAYS else (4, day + 1 - MONTH_DAYS)
    return f"2026-{month:02d}-{day:02d}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{millis:03d}Z"


class Intervals:
    """In the order of time, as a system that measures sends them."""

    def __init__(self, options):
        self._random, self._options = random.Random(11), options
        self.kept = [] if options.check else None

    def line(self, number: int) -> str:
        pick, options = self._random, self._options
        start = number * MONTH_DAYS * DAY_MS // options.events
        end = start + pick.randrange(SHORTEST_MS, LONGEST_MS)
        product = "at-once" if pick.random() < options.concurrent_share else "calls"
        who = pick.randrange(options.resources)
        if self.kept is not None:
            self.kept.append((product, who, start, end))
        return (f'{{"specversion":"1.0","source":"acd","id":"{number}","type":"{product}","subject":"agent-{who}@example.com",'
                f'"organization":"{catalog.BLUE_HARBOR}","time":"{time_of(start)}","data":{{"until":"{time_of(end)}"}}}}\n')


def server_cpu_s(server) -> float:
    fields = Path(f"/proc/{server.process_id}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(server) -> float:
    return int(Path(f"/proc/{server.process_id}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def ingest(server, session: Session, intervals: Intervals, events: int, step: int):
    print(f"{'stored':>12}{'us CPU an event':>17}{'MiB resident':>14}")
    for first in range(0, events, step):
        cpu = server_cpu_s(server)
        last = min(first + step, events)
        for begin in range(first, last, BATCH_EVENTS):
            numbers = range(begin, min(begin + BATCH_EVENTS, last))
            body = "".join(map(intervals.line, numbers)).encode()
            answer = session.post_events_body(body, "ndjson")
            while answer.status == 503:
                time.sleep(int(answer.header("Retry-After")))
                answer = session.post_events_body(body, "ndjson")
            if answer.status != 200 or answer.json["accepted"] != len(numbers):
                sys.exit(f"the events were not taken: {answer}")
        print(f"{last:>12,}{1e6 * (server_cpu_s(server) - cpu) / (last - first):>17.1f}{resident_mib(server):>14.0f}", flush=True)


def ask(session: Session, path: str):
    answer = session.http.request("GET", path)
    while answer.status == 200 and answer.json.get("status") == "InProgress":
        time.sleep(0.05)
        answer = session.http.request("GET", path)
    if answer.status != 200:
        sys.exit(f"GET {path}: {answer}")
    return answer.json


def check(report: dict, kept: list):
    """The peak and the levels, worked out from the intervals by a sweep of its own."""
    pieces = {}
    for product, who, start, end in kept:
        if product == "at-once":
            pieces.setdefault(who, []).append((start, min(end, MONTH_DAYS * DAY_MS)))
    changes = []
    for of_resource in pieces.values():
        until = -1
        for start, end in sorted(of_resource):
            if end > until:
                changes += [(max(start, until), 1), (end, -1)]
                until = end
    lengths, level, since = {}, 0, 0
    for moment, change in sorted(changes):
        lengths[level] = lengths.get(level, 0) + moment - since
        level, since = level + change, moment
    highest = max(count for count, length in lengths.items() if length)
    levels = [{"count": n, "milliseconds": sum(ms for count, ms in lengths.items() if count >= n)} for n in range(1, highest + 1)]
    (product,) = report["products"]
    peak = max(each["count"] for each in levels if each["milliseconds"] >= 1_800_000)
    if product["levels"] != levels or product["peak"] != peak:
        sys.exit("the concurrent usage report is wrong")
    print(f"checked: the peak of {peak} and all {highest} levels\n")


def measure(options):
    sealing = ["--seal-after-events", options.seal_after_events] if options.seal_after_events else []
    with ServerProcess(clock=NOW, options=sealing) as server:
        operator = Session.of_operator(server)
        operator.apply({**catalog.document(organizations=[catalog.BLUE_HARBOR], products=PRODUCTS), "contracts": [CONTRACT]})
        intervals = Intervals(options)
        print(f"{options.events:,} intervals of {options.resources:,} resources in March\n")
        ingest(server, operator, intervals, options.events, max(options.events // 10, BATCH_EVENTS))
        viewer = Session(server.base_url, catalog.viewer_of(catalog.BLUE_HARBOR),
                         catalog.secret_of(catalog.viewer_of(catalog.BLUE_HARBOR)))
        print()
        if options.check:
            check(ask(viewer, f"/tallystick/v1/reports/concurrentusage?{MARCH}"), intervals.kept)
        questions = {
            "concurrent usage, March": f"/tallystick/v1/reports/concurrentusage?{MARCH}",
            "concurrent usage, part days": f"/tallystick/v1/reports/concurrentusage?{PART_DAYS}",
            "concurrent usage, one hour": "/tallystick/v1/reports/concurrentusage?startDate=2026-03-10T10:00:00Z"
                                          "&endDate=2026-03-10T11:00:00Z",
            "overview of March": "/tallystick/v1/billingoverview?billingPeriodIndex=1",
        }
        print(f"{'asked for':<30}{'median s':>10}{'max s':>10}{'MiB resident':>14}")
        for name, path in questions.items():
            taken = []
            for _ in range(options.requests):
                begin = time.perf_counter()
                ask(viewer, path)
                taken.append(time.perf_counter() - begin)
            print(f"{name:<30}{statistics.median(taken):>10.3f}{max(taken):>10.3f}{resident_mib(server):>14.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--resources", type=int, default=5_000)
    parser.add_argument("--concurrent-share", type=float, default=0.8, help="of the intervals; the others are calls")
    parser.add_argument("--requests", type=int, default=5)
    parser.add_argument("--seal-after-events", type=int, help="of the server; its own default without it")
    parser.add_argument("--check", action="store_true", help="work the answer out in Python too: for up to a million")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
