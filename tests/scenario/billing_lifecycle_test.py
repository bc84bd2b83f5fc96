"""A billing period's life over HTTP: draft, closed by itself, adjusted later, paid, credited; its document without a token."""

import json
import time
import unittest
import urllib.parse

from harness import catalog
from harness.billing import CLOSE, CONTRACTS, INVOICES, OWN_INVOICES, close_periods, drafts_of, invoices_of, lines_of, pages, post_json
from harness.http import HttpClient
from harness.server_process import ServerProcess
from harness.session import Session

CONTRACT_ID = "33333333-3333-4333-8333-333333333333"
CONTRACT = {
    "id": CONTRACT_ID,
    "organization": catalog.BLUE_HARBOR,
    "number": "00041822",
    "currency": "USD",
    "subscription_type": "PREPAY",
    "effective": "2026-01-01",
    "end": "2027-01-01",
    "seller": "northwind",
    "payment_terms": "Net 30",
    "purchase_orders": ["PO-7781"],
    "bill_to": {"number": "C-1001", "name": "Blue Harbor Bank, Accounts Payable",
                "address": {"line1": "1 Harbor Street", "city": "Boston", "postal_code": "02110", "state": "MA", "country": "US"}},
    "items": [{"product": "api-requests", "prepay_quantity": "100", "prepay_price": "2.00", "overage_price": "3.00"}],
}
SELLERS = [{"key": "northwind", "name": "Northwind Telephony GmbH", "invoice_prefix": "NW-",
            "address": {"line1": "Speicherstraße 7", "city": "Hamburg", "postal_code": "20457", "country": "DE"}}]
OVERVIEW = "/tallystick/v1/billingoverview"
CLOSING_TIMEOUT_S = 20


def document(**settings) -> dict:
    return {
        **catalog.document(products=[catalog.product("api-requests", "API requests", "sum")]),
        "sellers": SELLERS,
        "contracts": [CONTRACT],
        "settings": settings,
    }


def usage(event_id: str, day: str, quantity: str) -> dict:
    return catalog.event(event_id, catalog.BLUE_HARBOR, "api-requests", "all", f"{day}T12:00:00Z", quantity=quantity)


class BillingLifecycleTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock="2026-03-15T00:00:00.000Z"))
        self.operator = Session.of_operator(self.server)

    def log_in(self):
        """Again after each move of the clock, by which tokens expire too."""
        self.operator = Session.of_operator(self.server)
        self.bank = Session(self.server.base_url, catalog.viewer_of(catalog.BLUE_HARBOR),
                            catalog.secret_of(catalog.viewer_of(catalog.BLUE_HARBOR)))

    def states(self) -> dict:
        (contract,) = pages(self.bank, CONTRACTS)
        return {period["dateStart"][:7]: period["status"] for period in contract["billingPeriods"]}

    def wait_until_closed(self, count: int) -> dict:
        """Closing by itself happens beside the requests."""
        deadline = time.monotonic() + CLOSING_TIMEOUT_S
        while True:
            states = self.states()
            if list(states.values()).count("Closed") >= count or time.monotonic() > deadline:
                return states
            time.sleep(0.02)

    def test_it_closes_by_itself(self):
        self.operator.apply(document())
        self.log_in()
        self.operator.send([usage("jan", "2026-01-10", "130"), usage("feb", "2026-02-10", "90"), usage("mar", "2026-03-10", "101")])
        self.operator.set_clock("2026-03-17T23:59:59.999Z")  # 72 hours after the contract was first applied are not over
        self.log_in()
        self.assertEqual(self.states(), {"2026-01": "Open", "2026-02": "Open", "2026-03": "Open"})
        self.operator.set_clock("2026-03-18T00:00:00.000Z")
        self.log_in()
        self.assertEqual(self.wait_until_closed(2), {"2026-01": "Closed", "2026-02": "Closed", "2026-03": "Open"})
        self.assertEqual([(each["number"], each["amount"]) for each in self.issued()], [("NW-000001", 290), ("NW-000002", 200)])

        # A long stop, over several ends: each period once, in order, as soon as the server runs again.
        self.assertEqual(self.server.stop(), 0)
        self.server.clock = "2026-08-10T00:00:00.000Z"
        self.server.start()
        self.log_in()
        self.assertEqual(list(self.wait_until_closed(7).values()), ["Closed"] * 7 + ["Open"])
        self.assertEqual([(each["number"], each["dateStart"], each["amount"]) for each in self.issued()], [
            ("NW-000001", "2026-01-01", 290), ("NW-000002", "2026-02-01", 200), ("NW-000003", "2026-03-01", 203),
            ("NW-000004", "2026-04-01", 200), ("NW-000005", "2026-05-01", 200), ("NW-000006", "2026-06-01", 200),
            ("NW-000007", "2026-07-01", 200)])
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.log_in()
        self.assertEqual(len(self.issued()), 7, "a restart closes nothing again")

    def issued(self) -> list:
        return sorted(invoices_of(self.operator, catalog.BLUE_HARBOR), key=lambda each: each["number"])

    def test_what_is_closed_never_changes_and_late_events_are_adjusted(self):
        self.operator.apply(document(close_grace_hours=8784))
        self.log_in()
        self.operator.send([usage("jan", "2026-01-10", "130"), usage("feb", "2026-02-10", "90")])
        drafts = drafts_of(self.operator, catalog.BLUE_HARBOR)
        self.assertEqual([(each["status"], each["dateStart"], each["amount"]) for each in drafts],
                         [("Draft", "2026-03-01", 200), ("Draft", "2026-02-01", 200), ("Draft", "2026-01-01", 290)])
        self.assertNotIn("number", drafts[0])
        self.assertEqual(pages(self.bank, INVOICES), [], "drafts are in no published listing")

        closed = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-01-31")["closed"]
        self.assertEqual([(each["dateStart"], each["dateEnd"], each["amount"]) for each in closed], [("2026-01-01", "2026-01-31", 290)])
        self.assertEqual(closed[0]["invoiceId"], drafts[2]["id"], "a draft's id is that of its invoice")
        self.assertEqual(close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-01-31")["closed"], [])
        frozen = self.frozen(closed[0])

        self.operator.send([usage("late", "2026-01-20", "0.5")])
        self.assertEqual(self.frozen(closed[0]), frozen)
        self.assertEqual(self.operator.report_of(catalog.BLUE_HARBOR, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")["usages"][0]["totalUsage"], "130.5")
        feb_draft = drafts_of(self.operator, catalog.BLUE_HARBOR)[1]
        self.assertEqual((feb_draft["dateStart"], feb_draft["amount"]), ("2026-02-01", 201.5))

        (feb,) = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-02-28")["closed"]
        lines = lines_of(self.bank, feb["invoiceId"])
        self.assertEqual([(each["dateStart"], each["amount"]) for each in lines], [("2026-02-01", 200), ("2026-01-01", 1.5)])
        self.assertIn("2026-01-01", lines[1]["description"])

        # All of January's usage was a mistake: its own event, and the late one.
        self.operator.send([{**usage(f"void-{target}", "2026-03-01", "1"), "type": "tallystick.void",
                             "data": {"source": "scenario/1", "id": target}} for target in ("jan", "late")])
        self.assertEqual(self.frozen(closed[0]), frozen)
        self.operator.set_clock("2026-04-01T00:00:00.000Z")
        self.log_in()
        (march,) = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-03-31")["closed"]
        self.assertEqual([(each["dateStart"], each["amount"]) for each in lines_of(self.bank, march["invoiceId"])],
                         [("2026-03-01", 200), ("2026-01-01", -91.5)])
        # One bill of the whole time: 200 + 200 + 200.
        self.assertEqual(sum(each["amount"] for each in self.issued()), 600)

    def frozen(self, closed: dict) -> list:
        """The answers about January as they come: overview, detail, invoice, lines."""
        paths = (f"{OVERVIEW}?billingPeriodIndex=2", f"{CONTRACTS}/{closed['contractId']}/billingperiods/{closed['billingPeriodId']}",
                 f"{INVOICES}?dateEnd=2026-01-31", f"{INVOICES}/{closed['invoiceId']}/lines")
        answers = [self.bank.http.request("GET", path) for path in paths]
        self.assertEqual([each.status for each in answers], [200] * len(paths))
        return [each.body for each in answers]

    def test_a_changed_past_is_refused(self):
        self.operator.apply(document(close_grace_hours=8784))
        close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-01-31")
        cheaper = json.loads(json.dumps(document(close_grace_hours=8784)))
        cheaper["contracts"][0]["items"][0]["prepay_price"] = "1.00"
        answer = self.operator.post_apply(cheaper)
        self.assertEqual(answer.status, 409, answer)
        self.assertIn("2026-02-01", str(answer), "says from when on a change is possible")
        amended = json.loads(json.dumps(document(close_grace_hours=8784)))
        amended["contracts"][0]["amendments"] = [{"date": "2026-02-01", "items": cheaper["contracts"][0]["items"]}]
        amended["contracts"][0]["payment_terms"] = "Net 60"
        self.operator.apply(amended)
        without = {**amended, "contracts": []}
        self.assertEqual(self.operator.post_apply(without, prune=True).status, 409)

    def test_payments_and_credit_notes(self):
        self.operator.apply(document(close_grace_hours=8784))
        self.log_in()
        self.operator.send([usage("jan", "2026-01-10", "130")])
        january, february = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-02-28")["closed"]
        payments = f"{OWN_INVOICES}/{january['invoiceId']}/payments"
        first = {"idempotencyKey": "bank-1", "amount": 100, "reference": "wire 17"}
        for _ in range(2):
            self.assertEqual(post_json(self.operator, payments, first).status, 200)
        self.assertEqual(post_json(self.operator, payments, {**first, "amount": 100.01}).status, 409)
        self.assertEqual(post_json(self.operator, payments, {"idempotencyKey": "bank-2", "amount": 190.01}).status, 409, "290.00 - 100.00 are due")
        self.assertEqual(post_json(self.operator, payments, {"idempotencyKey": "bank-2", "amount": 0.001}).status, 400)
        self.assertEqual(post_json(self.operator, payments, {"idempotencyKey": "bank-2", "amount": -1}).status, 400)
        self.assertEqual(post_json(self.bank, payments, {"idempotencyKey": "mine", "amount": 1}).status, 403)
        self.assertEqual(self.payment_states(), {january["invoiceId"]: "Unpaid", february["invoiceId"]: "Unpaid"})

        credit_notes = f"{OWN_INVOICES}/{january['invoiceId']}/creditnotes"
        credit = {"idempotencyKey": "c-1", "amount": 40.5, "reason": "An outage on 12 January"}
        issued = [post_json(self.operator, credit_notes, credit) for _ in range(2)]
        self.assertEqual([each.status for each in issued], [200, 200])
        self.assertEqual([(each.json["number"], each.json["amount"]) for each in issued], [("NW-000003", -40.5)] * 2)
        self.assertEqual(post_json(self.operator, credit_notes, {**credit, "idempotencyKey": "c-2", "amount": 249.51}).status, 409)
        self.assertEqual(post_json(self.operator, payments, {"idempotencyKey": "bank-3", "amount": 149.5}).status, 200)
        self.assertEqual(self.payment_states(), {january["invoiceId"]: "Paid", february["invoiceId"]: "Unpaid", issued[0].json["id"]: "Paid"})
        (record,) = [each for each in self.issued() if each["id"] == january["invoiceId"]]
        self.assertEqual((record["amount"], record["amountPaid"], record["amountCredited"], record["amountDue"]), (290, 249.5, 40.5, 0))
        self.assertEqual([each["id"] for each in pages(self.bank, INVOICES, paymentStatus="UnPaid")], [february["invoiceId"]])

        # A misspelt member is not passed over as though it had not been there, nor is a key that is known.
        everything = {"idempotencyKey": "c-3", "ammount": 40, "reason": "x"}
        self.assertEqual(post_json(self.operator, f"{OWN_INVOICES}/{february['invoiceId']}/creditnotes", everything).status, 400)
        self.assertEqual(post_json(self.operator, CLOSE, {"organizationId": catalog.BLUE_HARBOR, "trough": "2026-02-28"}).status, 400)
        self.assertEqual(post_json(self.operator, credit_notes, {"idempotencyKey": "c-1", "reason": "all"}).status, 409)
        for reason in ("two\nlines", "nul\x00", "turned \u202e around"):
            self.assertEqual(post_json(self.operator, credit_notes, {**credit, "idempotencyKey": "c-4", "reason": reason}).status, 400)

        # A credit is a gift: it is not billed again.
        self.operator.set_clock("2026-04-01T00:00:00.000Z")
        self.log_in()
        (march,) = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-03-31")["closed"]
        self.assertEqual((march["invoiceNumber"], march["amount"]), ("NW-000004", 200))

    def payment_states(self) -> dict:
        return {each["id"]: each["paymentStatus"] for each in pages(self.bank, INVOICES)}

    def test_the_document_needs_no_token_for_ten_minutes(self):
        self.operator.apply(document(close_grace_hours=8784))
        self.log_in()
        (january,) = close_periods(self.operator, catalog.BLUE_HARBOR, through="2026-01-31")["closed"]
        answer = self.bank.http.get(f"{INVOICES}/{january['invoiceId']}/document")
        self.assertEqual(answer.status, 200, answer)
        address = urllib.parse.urlsplit(answer.json["url"])
        self.assertEqual(f"{address.scheme}://{address.netloc}", self.server.base_url)
        target = f"{address.path}?{address.query}"
        nobody = HttpClient(self.server.base_url)
        pdf = nobody.request("GET", target)
        self.assertEqual((pdf.status, pdf.header("Content-Type"), pdf.body[:5]), (200, "application/pdf", b"%PDF-"))
        self.assertIn("NW-000001", pdf.header("Content-Disposition"))
        self.assertEqual(nobody.request("GET", target).body, pdf.body)
        for format_name, start in (("xlsx", b"PK\x03\x04"), ("csv", b"")):
            other = self.bank.http.get(f"{OWN_INVOICES}/{january['invoiceId']}/document", format=format_name)
            parts = urllib.parse.urlsplit(other.json["url"])
            file = nobody.request("GET", f"{parts.path}?{parts.query}")
            self.assertEqual(file.status, 200, file)
            self.assertTrue(file.body.startswith(start))
        for i in range(len(target)):  # whatever character is another one
            if target[i] in "?&=/-._":
                continue
            changed = target[:i] + ("0" if target[i] != "0" else "1") + target[i + 1:]
            self.assertNotEqual(nobody.request("GET", changed).status, 200, changed)
        self.operator.set_clock("2026-03-15T00:10:01.000Z")
        self.assertNotEqual(nobody.request("GET", target).status, 200, "ten minutes are over")


if __name__ == "__main__":
    unittest.main()
