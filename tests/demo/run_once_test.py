"""`./run --once` shows the figures that follow from the events it sent, twice in a row."""
import decimal
import json
import pathlib
import re
import subprocess
import sys
import unittest

import usage_model as model

ROOT = pathlib.Path(sys.argv.pop())
WEEK = (model.moment("2026-03-09T00:00:00Z"), model.moment("2026-03-14T00:00:00Z"))


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


def shown_peaks(output):
    """{product name: (peak, most at once)} of the concurrent usage report."""
    heading = r"^(.+) \(\S+\): peak (\d+) \(most at once (\d+)\)$"
    return {name: (int(peak), int(most)) for name, peak, most in re.findall(heading, output, re.MULTILINE)}


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
            march = {
                organization: model.Usage(events, organization, model.MARCH)
                for organization in (model.BLUE_HARBOR, model.CEDAR_VALLEY, model.KESTREL)
            }
            shown, invoices = outcome.stdout.split("Closing March of Blue Harbor Bank")
            reports, overviews = shown.split("What Northwind Partners sees of Blue Harbor Bank")
            self.check_reports(shown_reports(reports), march)
            self.check_peaks(shown_peaks(reports), model.Usage(events, model.BLUE_HARBOR, WEEK))
            self.check_overviews(shown_overviews(overviews), march)
            self.check_invoices(shown, invoices)
            self.assertEqual((demo / "march.pdf").read_bytes()[:5], b"%PDF-")

    def check_reports(self, shown, march):
        self.assertEqual(shown, [model.expected_report(march[of]) for of in (model.BLUE_HARBOR, model.KESTREL)])
        self.assertEqual(len(shown[0]), len(model.PRODUCTS))

    def check_peaks(self, shown, week):
        sessions = week.presence["copilot-concurrent"]
        self.assertEqual(shown, {"Agent Copilot": (model.peak(sessions), len(model.levels(sessions)))})

    def check_overviews(self, shown, march):
        in_order = [model.BLUE_HARBOR, model.BLUE_HARBOR, model.CEDAR_VALLEY, model.KESTREL]
        self.assertEqual([organization for organization, _, _ in shown], in_order)
        for organization, head, rows in shown:
            self.assertEqual(rows, model.expected_overview(march[organization], organization))
            self.assertIn("2026-03-01 to 2026-03-31", head)
            self.assertEqual("in the ramp period" in head, organization in model.RAMPING)
        has_overage = {name for name, row in shown[0][2].items() if row[3] not in ("0", "-")}
        self.assertGreater(len(has_overage), 3, "a customer with overage")
        self.assertLessEqual({"Agent Copilot", "Voice minutes"}, has_overage)
        amounts = [decimal.Decimal(row[5]) for row in shown[3][2].values() if row[5] != "-"]
        self.assertLess(sum(amounts), model.MINIMUM_OF_KESTREL, "a customer below its minimum")

    def check_invoices(self, before, shown):
        """The year is closed month by month without a gap in the numbers, and the lines of March make its invoice."""
        numbers = re.findall(r"^\d{4}-\d\d-\d\d to \S+ +NW-(\d{6}) ", before + shown, re.MULTILINE)
        self.assertEqual([int(number) for number in numbers], list(range(1, len(numbers) + 1)))
        months = re.findall(r"^(20\d\d-\d\d)-01 to \S+ +NW-\d{6} +[\d.]+ +USD$", before + shown, re.MULTILINE)
        self.assertEqual(months, [f"2025-{month:02}" for month in range(4, 13)] + ["2026-01", "2026-02", "2026-03"])
        invoiced = re.search(r"^2026-03-01 to 2026-03-31 +NW-\d{6} +([\d.]+) +USD$", shown, re.MULTILINE)[1]
        lines = re.findall(r"^(\S.*?) +(20\d\d-\d\d-\d\d)  20\d\d-\d\d-\d\d .* (-?[\d.]+)$", shown, re.MULTILINE)
        self.assertEqual(sum(decimal.Decimal(amount) for _, _, amount in lines), decimal.Decimal(invoiced))
        self.assertIn("2026-02-01", {start for _, start, _ in lines}, "what of February came late")


if __name__ == "__main__":
    unittest.main()
