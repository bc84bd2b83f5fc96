"""What the demo's customers used in a period and what they owe for March 2026, from the raw events.

Worked out with Python's integers and decimals by the rules of docs/domain.md and the terms of demo/catalog.yaml,
without anything of Tallystick. Moments are milliseconds since 1970.
"""
import collections
import datetime
import decimal

D = decimal.Decimal
BLUE_HARBOR = "22222222-2222-4222-8222-222222222222"
CEDAR_VALLEY = "44444444-4444-4444-8444-444444444444"
KESTREL = "55555555-5555-4555-8555-555555555555"

# As demo/catalog.yaml has them; list prices are the same in both currencies.
Product = collections.namedtuple("Product", "name metering list_price")
PRODUCTS = {
    "cx-1-named": Product("Genesys Cloud CX 1", "unique", "75.00"),
    "cx-2-named": Product("Genesys Cloud CX 2", "unique", "115.00"),
    "cx-3-named": Product("Genesys Cloud CX 3", "unique", "155.00"),
    "copilot-concurrent": Product("Agent Copilot", "concurrent", "60.00"),
    "voice-minutes": Product("Voice minutes", "duration", "0.012"),
    "phone-stations": Product("Phone stations", "unique", "4.50"),
    "edge-devices": Product("Edge devices", "unique", "210.00"),
    "trunk-channels": Product("Trunk channels", "max", "6.00"),
    "api-requests": Product("API requests", "sum", "0.0002"),
    "sms-segments": Product("SMS segments", "sum", "0.0085"),
    "recording-storage": Product("Recording storage", "latest", "0.12"),
}
# The higher counts alone for somebody who had several.
FAMILY = ["cx-1-named", "cx-2-named", "cx-3-named"]
LICENCES = {*FAMILY, "copilot-concurrent"}
CALL_STEP = 6_000
CALL_UNIT = 60_000
PEAK_LENGTH = 30 * 60_000
ALLOWED_REQUESTS = {"cx-1-named": 70_000, "cx-2-named": 105_000, "cx-3-named": 140_000}
# Of March 2026: product -> (prepay quantity, prepay price, units that one of them covers). Prices of overage are those
# of the list everywhere.
TERMS = {
    BLUE_HARBOR: {
        "cx-1-named": ("60", "70.00", 1),
        "cx-2-named": ("90", "108.00", 1),
        "cx-3-named": ("60", "145.00", 1),
        "copilot-concurrent": ("50", "52.00", 1),
        "voice-minutes": ("80000", "0.01", 1),
        "phone-stations": ("150", "4.00", 1),
        "edge-devices": ("9", "195.00", 1),
        "trunk-channels": ("100", "5.50", 1),
        "sms-segments": ("30", "7.50", 1000),
        "recording-storage": ("5000", "0.10", 1),
    },
    CEDAR_VALLEY: {
        "cx-1-named": ("70", "68.00", 1),
        "cx-2-named": ("40", "105.00", 1),
        "cx-3-named": ("15", "140.00", 1),
        "edge-devices": ("4", "200.00", 1),
    },
    KESTREL: {},
}
RAMPING = {CEDAR_VALLEY}
MINIMUM_OF_KESTREL = D("20000.00")


def moment(text):
    since = datetime.datetime.fromisoformat(text) - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return since // datetime.timedelta(milliseconds=1)


MARCH = (moment("2026-03-01T00:00:00Z"), moment("2026-04-01T00:00:00Z"))


def plain(value):
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counting_events(events, organization):
    """{(source, id): event}: each once, the first content that came, without what was voided."""
    known = {}
    for event in events:
        if event["organization"] == organization:
            known.setdefault((event["source"], event["id"]), event)
    voided = {(e["data"]["source"], e["data"]["id"]) for e in known.values() if e["type"] == "tallystick.void"}
    return {
        pair: event for pair, event in known.items() if event["type"] != "tallystick.void" and pair not in voided
    }


def merged(intervals):
    """Disjoint pieces in order; those that touch are one."""
    pieces = []
    for start, end in sorted(intervals):
        if pieces and start <= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], end)
        else:
            pieces.append([start, end])
    return pieces


def minutes(resources):
    total = sum(-(-(end - start) // CALL_STEP) * CALL_STEP for pieces in resources.values() for start, end in pieces)
    return (D(total) / CALL_UNIT).quantize(D("1e-9"), decimal.ROUND_HALF_UP)


def levels(resources):
    """For how long in all n or more were present, as a list by n - 1."""
    steps = collections.Counter()
    for pieces in resources.values():
        for start, end in pieces:
            steps[start] += 1
            steps[end] -= 1
    lengths = collections.Counter()
    level, since = 0, 0
    for at in sorted(steps):
        lengths[level] += at - since
        level, since = level + steps[at], at
    most = max(level for level, length in lengths.items() if length > 0)
    return [sum(lengths[level] for level in range(count, most + 1)) for count in range(1, most + 1)]


def peak(resources):
    return sum(1 for length in levels(resources) if length >= PEAK_LENGTH)


class Usage:
    """What one organization used in [start, end)."""

    def __init__(self, events, organization, period):
        start, end = period
        self.moments = {}  # product -> resource -> [(moment, source, id, quantity)]
        self.presence = {}  # product -> resource -> pieces
        for pair, event in counting_events(events, organization).items():
            data = event.get("data", {})
            since = moment(event["time"])
            if "until" in data:
                clipped = (max(since, start), min(moment(data["until"]), end))
                if clipped[0] < clipped[1]:
                    self.presence.setdefault(event["type"], {}).setdefault(event["subject"], []).append(clipped)
            elif start <= since < end:
                seen = self.moments.setdefault(event["type"], {}).setdefault(event["subject"], [])
                seen.append((since, *pair, D(data.get("quantity", "1"))))
        for resources in self.presence.values():
            for resource in resources:
                resources[resource] = merged(resources[resource])
        for rank, product in enumerate(FAMILY):
            for higher in FAMILY[rank + 1:]:
                for resource in self.moments.get(higher, {}):
                    self.moments.get(product, {}).pop(resource, None)

    def total(self, product):
        """(total, number of resources listed)"""
        moments = self.moments.get(product, {})
        presence = self.presence.get(product, {})
        quantities = [event[-1] for seen in moments.values() for event in seen]
        match PRODUCTS[product].metering:
            case "unique":
                return D(len(moments)), len(moments)
            case "sum":
                return sum(quantities), len(moments)
            case "max":
                return max(quantities), len(moments)
            case "latest":
                return sum(max(seen)[-1] for seen in moments.values()), len(moments)
            case "duration":
                return minutes(presence), len(presence)
            case "concurrent":
                return D(peak(presence)), peak(presence)

    def products(self):
        used = {**self.moments, **self.presence}
        return [product for product in PRODUCTS if used.get(product)]


def expected_report(usage):
    """{product name: (total, number of resources)}"""
    totals = {PRODUCTS[product].name: usage.total(product) for product in usage.products()}
    return {name: (plain(total), count) for name, (total, count) in totals.items()}


def expected_overview(usage, organization):
    """Rows of the overview of March: {product name: (usage, prepaid, prepay price, overage, overage price, amount)}"""
    used = {product: usage.total(product)[0] for product in PRODUCTS}
    nothing = ("0", "-", 1)
    terms = {product: TERMS[organization].get(product, nothing) for product in PRODUCTS}
    allowance = sum(
        each * max(used[product], D(terms[product][0])) for product, each in ALLOWED_REQUESTS.items()
    )
    rows = {}
    for key, product in PRODUCTS.items():
        quantity, price, bundle = terms[key]
        prepaid = D(quantity)
        covered = max(prepaid * bundle, allowance if key == "api-requests" else 0)
        overage = max(used[key] - covered, D(0))
        amount = overage * D(product.list_price)
        if prepaid:
            amount += prepaid * D(price)
        if organization in RAMPING and key in LICENCES:
            amount = D(0)
        cents = amount.quantize(D("0.01"), decimal.ROUND_HALF_UP)
        rows[product.name] = (plain(used[key]), quantity, price, plain(overage), product.list_price, f"{cents:f}")
    rows["API requests fair use"] = (plain(min(used["api-requests"], allowance)), "0", "-", "-", "-", "-")
    return rows
