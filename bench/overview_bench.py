"""How long a billing overview takes over HTTP with many events stored.

Starts a server of its own on an empty directory, ingests the usage of a partner's customers, then asks for their overviews
one after the other on one keep-alive connection, as a partner's program does. docs/performance.md has the figures.

    ./run --build
    export TALLYSTICK_BINARY=build/release/tallystick
    python3 bench/overview_bench.py
    python3 bench/overview_bench.py --customers 1 --users 2000 --months 2
"""

import argparse
import random
import statistics
import sys
import time
import uuid
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "scenario"))

from harness import catalog  # noqa: E402
from harness.server_process import ServerProcess  # noqa: E402
from harness.session import Session  # noqa: E402

NOW = "2026-04-15T12:00:00.000Z"
PERMISSION = "affiliateOrganization:clientBilling:view"
BATCH_EVENTS = 10_000
OPEN_PERIOD = date(2026, 4, 1)
LAST_DAY = date(2026, 4, 14)

PRODUCTS = [
    catalog.product("cx-1", "CX 1", "unique", grouping="user-license", unit="user"),
    catalog.product("cx-2", "CX 2", "unique", grouping="user-license", unit="user"),
    catalog.product("trunk", "Trunk channels", "max", unit="port"),
    catalog.product("storage", "Recording storage", "latest", grouping="storage", unit="gb"),
    catalog.product("api", "API requests", "sum", list_price={"USD": "0.0002"},
                    fair_use=[{"product": "cx-1", "each": "70000"}, {"organization": "10000"}]),
    catalog.product("bot", "Voice bot minutes", "sum", grouping="rollup-usage", unit="minute",
                    rolls_up={"into": "tokens", "units_per_token": "17"}),
    catalog.product("tokens", "AI tokens", "sum", grouping="rollup", unit="token", fair_use=[{"organization": "250"}]),
]


def contract_of(customer: str) -> dict:
    return {
        "id": str(uuid.uuid5(uuid.UUID(customer), "contract")),
        "organization": customer,
        "number": "1",
        "currency": "USD",
        "subscription_type": "PREPAY",
        "effective": "2025-04-01",
        "end": "2027-04-01",
        "items": [
            {"product": "cx-1", "prepay_quantity": "80", "prepay_price": "70.00", "overage_price": "75.00"},
            {"product": "cx-2", "prepay_quantity": "80", "prepay_price": "108.00", "overage_price": "115.00"},
            {"product": "tokens", "prepay_quantity": "300", "prepay_price": "0.80", "overage_price": "1.00"},
        ],
        "amendments": [{"date": "2026-03-16", "items": [
            {"product": "cx-2", "prepay_quantity": "90", "prepay_price": "105.00", "overage_price": "115.00"}]}],
    }


class Usage:
    """Events of all customers, spread evenly over the open period and the months before it."""

    def __init__(self, options, customers: list):
        first = OPEN_PERIOD
        for _ in range(options.months - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        self._days = [(first + timedelta(days=day)).isoformat() for day in range((LAST_DAY - first).days + 1)]
        self._users, self._customers, self._random = options.users, customers, random.Random(7)

    def line(self, number: int) -> str:
        pick = self._random
        product = pick.choice(("cx-1", "cx-2", "trunk", "storage", "api", "api", "api", "bot"))
        user = int(self._users * pick.random() ** 2)
        moment = f"{pick.choice(self._days)}T{pick.randrange(24):02d}:{pick.randrange(60):02d}:{pick.randrange(60):02d}Z"
        return (f'{{"specversion":"1.0","source":"bench","id":"{number}","type":"{product}","subject":"user-{user}@example.com",'
                f'"organization":"{pick.choice(self._customers)}","time":"{moment}",'
                f'"data":{{"quantity":"{pick.randrange(1, 500)}"}}}}\n')


def ingest(session: Session, usage: Usage, events: int):
    for first in range(0, events, BATCH_EVENTS):
        numbers = range(first, min(first + BATCH_EVENTS, events))
        body = "".join(map(usage.line, numbers)).encode()
        answer = session.post_events_body(body, "ndjson")
        while answer.status == 503:
            time.sleep(int(answer.header("Retry-After")))
            answer = session.post_events_body(body, "ndjson")
        if answer.status != 200 or answer.json["accepted"] != len(numbers):
            sys.exit(f"the events were not taken: {answer}")


def latencies_ms(session: Session, paths: list, requests: int) -> list:
    """Of requests that take the paths in turn; in order of size."""
    taken = []
    for number in range(requests):
        path = paths[number % len(paths)]
        begin = time.perf_counter_ns()
        answer = session.http.request("GET", path)
        taken.append((time.perf_counter_ns() - begin) / 1e6)
        if answer.status != 200:
            sys.exit(f"GET {path}: {answer}")
    return sorted(taken)


def measure(options):
    customers = [str(uuid.uuid5(uuid.NAMESPACE_DNS, f"customer-{number}")) for number in range(options.customers)]
    sealing = ["--seal-after-events", options.seal_after_events] if options.seal_after_events else []
    with ServerProcess(clock=NOW, options=sealing) as server:
        operator = Session.of_operator(server)
        operator.apply({
            "organizations": [catalog.organization(catalog.NORTHWIND),
                              *({"id": each, "name": f"Customer {each[:8]}"} for each in customers)],
            "trusts": [{"trustee": catalog.NORTHWIND, "trustor": each} for each in customers],
            "clients": [catalog.client("partner", catalog.NORTHWIND, [PERMISSION])],
            "products": PRODUCTS,
            "contracts": [contract_of(each) for each in customers],
        })
        begin = time.monotonic()
        ingest(operator, Usage(options, customers), options.events)
        print(f"{options.events:,} events of {options.customers} customers with {options.users} users each in "
              f"{options.months} months, ingested in {time.monotonic() - begin:.1f} s; {options.requests} requests for each "
              f"line, one at a time, keep-alive\n")
        partner = Session(server.base_url, "partner", catalog.secret_of("partner"))
        questions = {"organizations/me": ["/api/v2/organizations/me"]}
        for index in options.index or [0, 1, 12]:
            questions[f"overview, index {index}"] = [
                f"/api/v2/billing/trusteebillingoverview/{each}?billingPeriodIndex={index}" for each in customers]
        print(f"{'asked for':<24}{'median ms':>10}{'p99 ms':>10}{'max ms':>10}{'a second':>10}")
        for name, paths in questions.items():
            latencies_ms(partner, paths, max(20, len(paths)))  # the first ones warm caches
            taken = latencies_ms(partner, paths, options.requests)
            p99 = taken[min(len(taken) - 1, len(taken) * 99 // 100)]
            print(f"{name:<24}{statistics.median(taken):>10.2f}{p99:>10.2f}{taken[-1]:>10.2f}"
                  f"{1000 * len(taken) / sum(taken):>10.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=20)
    parser.add_argument("--users", type=int, default=200, help="of each customer; each uses every product")
    parser.add_argument("--months", type=int, default=13, help="over which the events are spread, the open one included")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seal-after-events", type=int, help="of the server; its own default without it")
    parser.add_argument("--index", type=int, action="append", help="billing periods to ask for (default 0, 1 and 12)")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
