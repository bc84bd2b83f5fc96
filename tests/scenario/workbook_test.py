"""Workbooks of every command that has tables, read by ECMA-376 and held cell by cell to the JSON and the CSV of the same command."""

import csv
import datetime
import decimal
import io
import json
import pathlib
import sys
import unittest
import uuid

from harness import catalog
from harness.billing import close_periods
from harness.server_process import ServerProcess, run_command
from harness.session import Session

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "documents"))
from workbook_reader import read_sheets  # noqa: E402

NOW = "2026-04-15T12:00:00.000Z"
CLIENT_BILLING_VIEW = "affiliateOrganization:clientBilling:view"
ORG_TRUSTOR_VIEW = "authorization:orgTrustor:view"
# One more digit than a spreadsheet shows; and one whose binary form differs in the 16th.
LONG_QUANTITY = "1234567.123456789"
SHORT_QUANTITY = "8.95"
SELLERS = [{"key": "northwind", "name": "Northwind Telephony GmbH", "invoice_prefix": "NW-",
            "address": {"line1": "Speicherstraße 7", "city": "Hamburg", "postal_code": "20457", "country": "DE"}}]


def contract(organization):
    return {
        "id": str(uuid.uuid5(uuid.UUID(organization), "contract")),
        "organization": organization,
        "number": "00041822",
        "currency": "USD",
        "subscription_type": "PREPAY",
        "effective": "2026-03-01",
        "end": "2027-03-01",
        "seller": "northwind",
        "minimum_monthly_amount": "10.00",
        "items": [
            {"product": "named-user", "prepay_quantity": "2", "prepay_price": "100.00", "overage_price": "120.00"},
            {"product": "api-requests", "overage_price": "0.01"},
        ],
    }


def value_of(text):
    """What a cell holds of a field of CSV."""
    for parse in (
        lambda: datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ"),
        lambda: datetime.date.fromisoformat(text) if len(text) == 10 else int("no date"),
        lambda: number_of(text),
    ):
        try:
            return parse()
        except (ValueError, decimal.InvalidOperation):
            pass
    return {"": None, "true": True, "false": False}.get(text, text)


def number_of(text):
    if text.endswith("%"):
        return decimal.Decimal(text[:-1]) / 100
    number = decimal.Decimal(text)
    return text if len(number.normalize().as_tuple().digits) > 15 else number


class WorkbookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ServerProcess(clock="2026-03-31T00:00:00.000Z"))
        operator = Session.of_operator(cls.server)
        operator.apply({
            **catalog.document(
                clients=[catalog.client("partner", catalog.NORTHWIND, [CLIENT_BILLING_VIEW, ORG_TRUSTOR_VIEW])],
                products=[
                    catalog.product("named-user", 'Named "users" & more', "unique"),
                    catalog.product("api-requests", "=SUM(A1)", "sum"),
                    catalog.product("storage", "Storage", "max"),
                    catalog.product("seats", "Seats", "concurrent", unit="seat"),
                ],
                trusts=[{"trustee": catalog.NORTHWIND, "trustor": catalog.BLUE_HARBOR}],
            ),
            "sellers": SELLERS,
            "contracts": [contract(catalog.BLUE_HARBOR)],
        })
        operator.send([
            *(catalog.event(f"n-{name}", catalog.BLUE_HARBOR, "named-user", name, f"2026-03-0{day}T09:15:00.250Z")
              for day, name in enumerate(("ana", "Čapek", "3.50"), 1)),
            catalog.event("a-1", catalog.BLUE_HARBOR, "api-requests", "crm", "2026-03-04T00:00:00Z", quantity=LONG_QUANTITY),
            catalog.event("s-1", catalog.BLUE_HARBOR, "storage", "disk", "2026-03-04T00:00:00Z", quantity=SHORT_QUANTITY),
            catalog.event("c-1", catalog.BLUE_HARBOR, "seats", "ana", "2026-03-10T09:00:00Z", until="2026-03-10T10:15:00Z"),
        ])
        operator.set_clock(NOW)
        operator = Session.of_operator(cls.server)
        close_periods(operator, catalog.BLUE_HARBOR)
        cls.operator = operator

    def environment(self, client):
        if client == "operator":
            name, secret = self.server.operator_credentials()
        else:
            name = catalog.viewer_of(catalog.BLUE_HARBOR) if client == "viewer" else client
            secret = catalog.secret_of(name)
        return {"TALLYSTICK_BASE_URL": self.server.base_url, "TALLYSTICK_CLIENT_ID": name, "TALLYSTICK_CLIENT_SECRET": secret}

    def run_cli(self, client, *arguments, expect=0):
        finished = run_command(arguments, home=self.server.directory, environment=self.environment(client))
        self.assertEqual(finished.returncode, expect, f"{arguments}\n{finished.stdout[-500:]}\n{finished.stderr[-500:]}")
        return finished.stdout

    def sheets(self, client, *arguments):
        file = self.server.directory / "answer.xlsx"
        file.unlink(missing_ok=True)
        self.assertEqual(self.run_cli(client, *arguments, "--output", file), "")
        sheets = read_sheets(file)
        for name, sheet in sheets.items():
            with self.subTest(arguments=arguments, sheet=name):
                self.assertEqual(sheet.frozen_rows, 1)
                columns, rows = len(sheet.rows()[0]), len(sheet.rows())
                self.assertEqual(sheet.filtered, f"A1:{chr(ord('A') + columns - 1)}{rows}")
                self.assertEqual(set(sheet.widths), set(range(1, columns + 1)))
        return sheets

    def check_against_csv(self, client, *arguments, sheet):
        """Every cell is the field of the CSV: dates as dates, numbers as numbers where they are exact."""
        found = self.sheets(client, *arguments)[sheet].rows()
        head, *records = csv.reader(io.StringIO(self.run_cli(client, *arguments, "--format", "csv")))
        self.assertEqual(found[0], head)
        texts = {"id", "number", "contract_number", "invoice_number", "resource", "item", "key"}
        expected = [[(field or None) if name in texts else value_of(field) for name, field in zip(head, record, strict=True)]
                    for record in records]
        self.assertEqual(found[1:], expected)
        self.assertTrue(expected)
        return found

    def test_report_has_products_and_resources(self):
        sheets = self.sheets("viewer", "report", "--from", "2026-03")
        self.assertEqual(list(sheets), ["Usage", "Resources"])
        report = json.loads(self.run_cli("viewer", "report", "--from", "2026-03"))
        usage = {record["product"]: record for record in sheets["Usage"].records()}
        self.assertEqual(len(usage), len(report["usages"]))
        for entry in report["usages"]:
            self.assertEqual(usage[entry["name"]], {"product": entry["name"], "total": number_of(entry["totalUsage"]),
                                                    "resources": len(entry["resources"])})
        self.assertEqual(usage["=SUM(A1)"]["total"], LONG_QUANTITY, "text where a number would lose a digit")
        self.assertEqual(usage["Storage"]["total"], decimal.Decimal(SHORT_QUANTITY))
        self.assertEqual(sheets["Resources"].records(), [
            {"product": entry["name"], "resource": resource["name"], "first_seen": value_of(resource["date"])}
            for entry in report["usages"] for resource in entry["resources"]])
        self.assertIn("3.50", [record["resource"] for record in sheets["Resources"].records()], "a name is no number")
        moment = next(place for place, value in sheets["Resources"].cells.items()
                      if isinstance(value, datetime.datetime) and value.microsecond)
        self.assertEqual(sheets["Resources"].formats[moment], "yyyy-mm-dd hh:mm:ss.000")

    def test_concurrent_usage(self):
        report = json.loads(self.run_cli("viewer", "report", "--concurrent", "--from", "2026-03"))
        arguments = ("report", "--concurrent", "--from", "2026-03")
        self.check_against_csv("viewer", *arguments, sheet="Hours")
        sheets = self.sheets("viewer", *arguments)
        self.assertEqual(list(sheets), ["Products", "Levels", "Hours", "Resources"])
        (seats,) = report["products"]
        self.assertEqual(sheets["Products"].records(), [
            {"product": "Seats", "part_number": seats["partNumber"], "peak": seats["peak"], "most_at_once": 1}])
        self.assertEqual([record["milliseconds"] for record in sheets["Levels"].records()],
                         [level["milliseconds"] for level in seats["levels"]])
        self.assertEqual([record["resource"] for record in sheets["Resources"].records()], ["ana"])

    def test_overviews(self):
        for arguments in (("overview", "Blue Harbor Bank", "--period", "1"), ("overview", "--all", "--periods", "0..3")):
            self.check_against_csv("partner", *arguments, sheet="Lines")
            sheets = self.sheets("partner", *arguments)
            self.assertEqual(list(sheets), ["Overviews", "Lines"])
        answers = json.loads(self.run_cli("partner", "overview", "--all", "--periods", "0..3"))
        overviews = sheets["Overviews"].records()
        self.assertEqual([record["index"] for record in overviews], [answer["index"] for answer in answers])
        last = overviews[-1]
        self.assertEqual(last["period_start"], datetime.datetime(2026, 3, 1))
        self.assertEqual(last["period_end"], datetime.datetime(2026, 3, 31, 23, 59, 59, 999_000))
        self.assertEqual(last["minimum_monthly_amount"], 10)
        self.assertIsNone(last["error"])

    def test_an_overview_that_failed_is_told(self):
        file = self.server.directory / "failed.xlsx"
        self.run_cli("partner", "overview", "Blue Harbor Bank", "--compare", "0,7", "--output", file, expect=1)
        self.assertEqual(list(read_sheets(file)), ["Comparison"])
        # The first index past the known ones ends a walk quietly only where one was found before it.
        self.run_cli("partner", "overview", "Blue Harbor Bank", "--periods", "5..6", "--output", file, expect=1)
        (failed,) = read_sheets(file)["Overviews"].records()
        self.assertIn("not found", failed["error"])

    def test_differences_are_numbers(self):
        rows = self.check_against_csv("partner", "overview", "Blue Harbor Bank", "--compare", "0,1", sheet="Comparison")
        users = next(row for row in rows if row[2] == 'Named "users" & more')
        record = dict(zip(rows[0], users, strict=True))
        self.assertEqual((record["usage_difference"], record["usage_percent"]), (-3, -1))
        self.assertEqual((record["first_amount_estimate"], record["second_amount_estimate"]), (200, 320))

    def test_contracts_periods_and_invoices(self):
        for arguments, sheet in (
            (("contracts",), "Contracts"),
            (("contract", "00041822"), "Items"),
            (("period", "00041822", "2026-03"), "Charges"),
            (("invoices",), "Invoices"),
            (("invoices", "--drafts"), "Invoices"),
            (("invoice-lines", "NW-000001"), "Lines"),
        ):
            self.check_against_csv("viewer", *arguments, sheet=sheet)
        self.assertEqual(list(self.sheets("viewer", "contract", "00041822")), ["Contract", "Items", "Periods"])
        self.assertEqual(list(self.sheets("viewer", "period", "00041822", "1")), ["Charges", "Wallets"])
        invoice = self.sheets("viewer", "invoices", "--numbers")["Invoices"].records()[0]
        self.assertEqual((invoice["number"], invoice["date"]), ("NW-000001", datetime.date(2026, 3, 31)))

    def test_money_that_moves(self):
        paid = self.sheets("operator", "pay", "NW-000001", "1", "--organization", catalog.BLUE_HARBOR, "--key", "k-1")
        self.assertEqual(paid["Payment"].records()[0]["amount"], 1)
        self.assertEqual(paid["Payment"].formats["C2"], "#,##0.00")
        credit = self.sheets("operator", "credit", "NW-000001", "1.5", "--organization", catalog.BLUE_HARBOR,
                             "--reason", "Outage", "--key", "k-2")
        self.assertEqual(credit["Invoices"].records()[0]["amount"], decimal.Decimal("-1.5"))
        self.assertEqual(self.sheets("operator", "close", catalog.BLUE_HARBOR)["Closed periods"].rows()[0][0], "contract_id")

    def test_who_and_whom(self):
        self.check_against_csv("partner", "trustors", sheet="Trustors")
        self.check_against_csv("partner", "whoami", sheet="Client")

    def test_a_program_may_read_it_from_standard_output(self):
        shown = run_command(["report", "--from", "2026-03", "--format", "xlsx"], home=self.server.directory,
                            environment=self.environment("viewer"))
        self.assertEqual(shown.returncode, 0)
        self.assertTrue(shown.stdout.startswith("PK\x03\x04"))


if __name__ == "__main__":
    unittest.main()
