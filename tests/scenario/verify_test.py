"""`tallystick verify` over what a real server left behind: all right after usage, voids, kills, closings, payments; a
directory that is in use, or is none, is neither touched nor made."""

import unittest

from harness import catalog
from harness.billing import OWN_INVOICES, close_periods, post_json
from harness.server_process import ServerProcess, run_command
from harness.session import Session

CONTRACT = {
    "id": "33333333-3333-4333-8333-333333333333",
    "organization": catalog.BLUE_HARBOR,
    "number": "00041822",
    "currency": "USD",
    "subscription_type": "PREPAY",
    "effective": "2026-01-01",
    "end": "2027-01-01",
    "seller": "northwind",
    "items": [{"product": "api-requests", "prepay_quantity": "100", "prepay_price": "2.00", "overage_price": "3.00"}],
}
PRODUCTS = [
    catalog.product("api-requests", "API requests", "sum"),
    catalog.product("calls", "Calls", "duration"),
    catalog.product("ports", "Ports", "max"),
]
ALL_RIGHT = ": all totals follow from their events, all texts are as they were written\n"


def document() -> dict:
    return {
        **catalog.document(products=PRODUCTS),
        "sellers": [{"key": "northwind", "name": "Northwind Telephony GmbH", "invoice_prefix": "NW-"}],
        "contracts": [CONTRACT],
        "settings": {"close_grace_hours": 8784},
    }


def requests(event_id: str, day: str, quantity: str) -> dict:
    return catalog.event(event_id, catalog.BLUE_HARBOR, "api-requests", "all", f"{day}T12:00:00Z", quantity=quantity)


class VerifyTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock="2026-03-15T00:00:00.000Z", options=["--seal-after-events", "1000"]))
        self.operator = Session.of_operator(self.server)

    def verify(self, *arguments, environment=None):
        return run_command(["verify", *arguments], home=self.server.directory, environment=environment, timeout_s=60)

    def assert_all_right(self, counts: str):
        finished = self.verify("--data", self.server.data)
        self.assertEqual((finished.returncode, finished.stdout, finished.stderr), (0, counts + ALL_RIGHT, ""))

    def test_a_directory_without_usage(self):
        self.assertEqual(self.server.stop(), 0)
        self.assert_all_right("0 organizations, 0 events, 0 closed periods, 0 invoices")

    def test_usage_sealed_and_not_with_voids_after_a_kill(self):
        self.operator.apply(document())
        # Enough to be sealed twice, over two months and two organizations; then voids of sealed events, and a tail.
        for month in ("01", "02"):
            self.operator.send([
                catalog.event(f"{month}-{number}", owner, "api-requests", f"user-{number % 7}",
                              f"2026-{month}-{number % 28 + 1:02}T08:00:00Z", quantity="0.25")
                for number in range(600) for owner in (catalog.BLUE_HARBOR, catalog.NORTHWIND)])
        self.operator.send([
            catalog.event(f"call-{number}", catalog.BLUE_HARBOR, "calls", f"user-{number % 3}", f"2026-01-{number + 1:02}T23:00:00Z",
                          until=f"2026-01-{number + 2:02}T01:00:00Z") for number in range(29)])
        self.operator.send([catalog.void(f"void-{number}", catalog.BLUE_HARBOR, f"01-{number}") for number in range(100)])
        self.operator.send([catalog.void("void-call", catalog.BLUE_HARBOR, "call-5"), catalog.void("early", catalog.BLUE_HARBOR, "to-come")])
        self.operator.send([requests("to-come", "2026-02-02", "8"), requests("last", "2026-02-03", "9")])
        self.server.kill()
        # 2,400 and 29 and 2, of which 102 were voided.
        self.assert_all_right("2 organizations, 2,329 events, 0 closed periods, 0 invoices")
        self.assert_all_right("2 organizations, 2,329 events, 0 closed periods, 0 invoices")
        self.server.start()
        self.assertEqual(Session.of_operator(self.server).send([requests("last", "2026-02-03", "9")])["duplicates"], 1)

    def test_bills(self):
        self.operator.apply(document())
        self.operator.send([requests("jan", "2026-01-10", "130"), requests("feb", "2026-02-10", "90")])
        (january,) = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-01-31")["closed"]
        self.operator.send([requests("late", "2026-01-11", "0.5"), catalog.void("void-feb", catalog.BLUE_HARBOR, "feb")])
        close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-02-28")
        payment = {"idempotencyKey": "bank-1", "amount": 100}
        self.assertEqual(post_json(self.operator, f"{OWN_INVOICES}/{january['invoiceId']}/payments", payment).status, 200)
        credit = {"idempotencyKey": "c-1", "amount": 40.5, "reason": "An outage on 12 January"}
        self.assertEqual(post_json(self.operator, f"{OWN_INVOICES}/{january['invoiceId']}/creditnotes", credit).status, 200)
        self.assertEqual(self.server.stop(), 0)
        self.assert_all_right("2 organizations, 2 events, 2 closed periods, 3 invoices")

    def test_a_directory_in_use(self):
        finished = self.verify("--data", self.server.data)
        self.assertEqual((finished.returncode, finished.stdout), (1, ""))
        self.assertIn(f"{self.server.data} is in use by another tallystick", finished.stderr)
        self.assertEqual(self.operator.http.get("/health/ready").status, 200, "the server goes on")

    def test_what_is_no_data_directory_stays_as_it_is(self):
        missing = self.server.directory / "missing"
        empty = self.server.directory / "empty"
        empty.mkdir()
        for directory in (missing, empty):
            finished = self.verify("--data", directory)
            self.assertEqual((finished.returncode, finished.stdout), (2, ""))
            self.assertIn(f"{directory} is no data directory of tallystick", finished.stderr)
        self.assertFalse(missing.exists())
        self.assertEqual(list(empty.iterdir()), [])

    def test_the_directory_from_the_environment(self):
        self.assertEqual(self.server.stop(), 0)
        finished = self.verify(environment={"TALLYSTICK_DATA": str(self.server.data)})
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertEqual(self.verify().returncode, 0, "./data, where nothing is said")

    def test_a_damaged_file_is_found_or_refused(self):
        self.operator.apply(document())
        for part in range(3):
            self.operator.send([requests(f"{part}-{number}", "2026-01-10", "1") for number in range(1000)])
        self.assertEqual(self.server.stop(), 0)
        tables = list((self.server.data / "db").glob("*.sst"))
        self.assertTrue(tables, "something was sealed")
        for table in tables:
            with self.subTest(table.name):
                right = table.read_bytes()
                damaged = bytearray(right)
                damaged[len(damaged) // 4] ^= 0xFF
                table.write_bytes(damaged)
                finished = self.verify("--data", self.server.data)
                self.assertEqual(finished.returncode, 1, finished.stdout)
                self.assertNotIn(ALL_RIGHT, finished.stdout)
                table.write_bytes(right)
        self.assert_all_right("2 organizations, 3,000 events, 0 closed periods, 0 invoices")

    def test_help_has_an_example(self):
        finished = self.verify("--help")
        self.assertEqual(finished.returncode, 0)
        self.assertIn("tallystick verify --data ./data", finished.stdout)


if __name__ == "__main__":
    unittest.main()
