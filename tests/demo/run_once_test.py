"""`./run --once` shows the figures that follow from the events it sent, twice in a row.

The figures are worked out here from the NDJSON alone, with Python's decimals, by the rules of docs/domain.md.
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
            shown = shown_reports(outcome.stdout)
            self.assertEqual(shown, [expected_report(events, BLUE_HARBOR), expected_report(events, KESTREL)])
            self.assertEqual(len(shown[0]), len(PRODUCTS))


if __name__ == "__main__":
    unittest.main()
