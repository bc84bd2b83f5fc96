"""`./run --once` shows the figures that follow from the events it sent, twice in a row.

The figures are worked out here from the NDJSON and the terms of the contracts, with Python's decimals, by the rules of
docs/domain.md.
"""
import decimal
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop())
BLUE_HARBOR = "22222222-2222-4222-8222-222222222222"
CEDAR_VALLEY = "44444444-4444-4444-8444-444444444444"
KESTREL = "55555555-5555-4555-8555-555555555555"
# Names of products as demo/catalog.yaml gives them, and how each counts.
PRODUCTS = {
    "cx-1-named": ("Genesys Cloud CX 1", "unique"),
    "cx-2-named": ("Genesys Cloud CX 2", "unique"),
    "cx-3-named": ("Genesys Cloud CX 3", "unique"),
    "phone-stations": ("Phone stations", "unique"),
    "edge-devices": ("Edge devices", "unique"),
    "trunk-channels": ("Trunk channels", "max"),
    "api-requests": ("API requests", "sum"),
    "sms-segments": ("SMS segments", "sum"),
    "recording-storage": ("Recording storage", "latest"),
}
# What a product outside a contract costs, in either currency, and the API requests that one licence allows.
LIST_PRICES = {
    "Genesys Cloud CX 1": "75.00",
    "Genesys Cloud CX 2": "115.00",
    "Genesys Cloud CX 3": "155.00",
    "Phone stations": "4.50",
    "Edge devices": "210.00",
    "Trunk channels": "6.00",
    "API requests": "0.0002",
    "SMS segments": "0.0085",
    "Recording storage": "0.12",
}
ALLOWED_REQUESTS = {"Genesys Cloud CX 1": 70_000, "Genesys Cloud CX 2": 105_000, "Genesys Cloud CX 3": 140_000}
# Of March 2026 by demo/catalog.yaml: product -> (prepay quantity, prepay price, units that one of them covers). Prices of
# overage are those of the list everywhere.
TERMS = {
    BLUE_HARBOR: {
        "Genesys Cloud CX 1": ("60", "70.00", 1),
        "Genesys Cloud CX 2": ("90", "108.00", 1),
        "Genesys Cloud CX 3": ("60", "145.00", 1),
        "Phone stations": ("150", "4.00", 1),
        "Edge devices": ("9", "195.00", 1),
        "Trunk channels": ("100", "5.50", 1),
        "SMS segments": ("30", "7.50", 1000),
        "Recording storage": ("5000", "0.10", 1),
    },
    CEDAR_VALLEY: {
        "Genesys Cloud CX 1": ("70", "68.00", 1),
        "Genesys Cloud CX 2": ("40", "105.00", 1),
        "Genesys Cloud CX 3": ("15", "140.00", 1),
        "Edge devices": ("4", "200.00", 1),
    },
    KESTREL: {},
}
RAMPING = {CEDAR_VALLEY}
MINIMUM_OF_KESTREL = decimal.Decimal("20000.00")
PRODUCT_NAMES = [name for name, _ in PRODUCTS.values()]


def plain(value):
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def expected_report(events, organization):
    """{product name: (total, number of resources)} of March 2026."""
    known = {}
    for event in events:
        if event["organization"] == organization:
            known.setdefault((event["source"], event["id"]), event)
    voided = {(e["data"]["source"], e["data"]["id"]) for e in known.values() if e["type"] == "tallystick.void"}
    used = {}
    for pair, event in known.items():
        if event["type"] == "tallystick.void" or pair in voided or not event["time"].startswith("2026-03-"):
            continue
        quantity = decimal.Decimal(event.get("data", {}).get("quantity", "1"))
        used.setdefault(event["type"], {}).setdefault(event["subject"], []).append((event["time"], *pair, quantity))
    report = {}
    for key, resources in used.items():
        name, kind = PRODUCTS[key]
        quantities = [event[-1] for seen in resources.values() for event in seen]
        total = {
            "unique": lambda: decimal.Decimal(len(resources)),
            "sum": lambda: sum(quantities),
            "max": lambda: max(quantities),
            "latest": lambda: sum(max(seen)[-1] for seen in resources.values()),
        }[kind]()
        report[name] = (plain(total), len(resources))
    return report


def expected_overview(events, organization):
    """Rows of the overview of March 2026: {product: (usage, prepaid, prepay price, overage, overage price, amount)}."""
    used = {name: decimal.Decimal(total) for name, (total, _) in expected_report(events, organization).items()}
    terms = {name: (decimal.Decimal(quantity), price, bundle)
             for name, (quantity, price, bundle) in TERMS[organization].items()}
    nothing = (decimal.Decimal(0), "-", 1)
    allowance = sum(
        each * max(used.get(name, decimal.Decimal(0)), terms.get(name, nothing)[0]) for name, each in ALLOWED_REQUESTS.items()
    )
    rows = {}
    for name in PRODUCT_NAMES:
        prepaid, price, bundle = terms.get(name, nothing)
        covered = max(prepaid * bundle, allowance if name == "API requests" else 0)
        overage = max(used[name] - covered, decimal.Decimal(0))
        amount = overage * decimal.Decimal(LIST_PRICES[name])
        if prepaid:
            amount += prepaid * decimal.Decimal(price)
        if organization in RAMPING and "CX" in name:
            amount = decimal.Decimal(0)
        cents = amount.quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
        rows[name] = (plain(used[name]), plain(prepaid), price, plain(overage), LIST_PRICES[name], f"{cents:f}")
    rows["API requests fair use"] = (plain(min(used["API requests"], allowance)), "0", "-", "-", "-", "-")
    return rows


def shown_overviews(output):
    """The overviews of the output in their order: (id of the organization, text above the lines, rows)."""
    overviews = []
    for line in output.splitlines():
        head = re.fullmatch(r".* \(([0-9a-f-]{36})\)", line)
        if head:
            overviews.append((head[1], [], {}))
        elif overviews:
            cells = re.split(r"\s{2,}", line.strip().removeprefix("! "))
            if len(cells) == 8 and cells[0] != "PRODUCT":
                overviews[-1][2][cells[0]] = tuple(cells[2:])
            else:
                overviews[-1][1].append(line)
    return [(organization, "\n".join(head), rows) for organization, head, rows in overviews]


def shown_reports(output):
    """The tables of the output, one {product name: (total, number of resources)} each."""
    reports = []
    for line in output.splitlines():
        if line.startswith("Billable usage from"):
            reports.append({})
        row = re.fullmatch(r"\s*(\S.*?)\s{2,}([\d.]+)\s{2,}(\d+)\s*", line)
        if row and reports:
            reports[-1][row[1]] = (row[2], int(row[3]))
    return reports


class RunOnce(unittest.TestCase):
    def test_twice_in_a_row(self):
        for _ in range(2):
            outcome = subprocess.run(
                [ROOT / "run", "--once"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=300
            )
            self.assertEqual(outcome.returncode, 0, outcome.stdout + outcome.stderr)
            demo = ROOT / re.search(r"data in (build/demo-run/\d)/data", outcome.stdout)[1]
            files = sorted((demo / "usage").glob("*.ndjson"))
            events = [json.loads(line) for file in files for line in file.read_text().splitlines()]
            self.assertEqual(len(events), 200_000)
            reports, overviews = outcome.stdout.split("What Northwind Partners sees of Blue Harbor Bank")
            shown = shown_reports(reports)
            self.assertEqual(shown, [expected_report(events, BLUE_HARBOR), expected_report(events, KESTREL)])
            self.assertEqual(len(shown[0]), len(PRODUCTS))
            self.check_overviews(shown_overviews(overviews), events)

    def check_overviews(self, shown, events):
        self.assertEqual([organization for organization, _, _ in shown], [BLUE_HARBOR, BLUE_HARBOR, CEDAR_VALLEY, KESTREL])
        for organization, head, rows in shown:
            self.assertEqual(rows, expected_overview(events, organization))
            self.assertIn("2026-03-01 to 2026-03-31", head)
            self.assertEqual("in the ramp period" in head, organization in RAMPING)
        has_overage = [name for name, row in shown[0][2].items() if row[3] not in ("0", "-")]
        self.assertGreater(len(has_overage), 3, "a customer with overage")
        amounts = [decimal.Decimal(row[5]) for row in shown[3][2].values() if row[5] != "-"]
        self.assertLess(sum(amounts), MINIMUM_OF_KESTREL, "a customer below its minimum")


if __name__ == "__main__":
    unittest.main()
