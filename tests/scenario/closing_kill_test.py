"""kill -9 while periods close, at 200 random moments: each period is open, or closed and billed once, and numbers of invoices
have no gaps."""

import http.client
import random
import threading
import time
import unittest

from harness import catalog
from harness.billing import CONTRACTS, close_periods, invoices_of, pages
from harness.server_process import ServerProcess
from harness.session import Session

KILLS = 200
SEED = 20260101
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
LAST_DAYS = {"01": 31, "02": 28, "03": 31, "04": 30, "05": 31, "06": 30, "07": 31, "08": 31, "09": 30, "10": 31, "11": 30, "12": 31}
ORGANIZATIONS = [f"7{i:07x}-0000-4000-8000-000000000000" for i in range(10)]
PREPAID, PRICE, OVER = 10, 100, 120  # 10 x 100.00, each further unit 120.00


def last_day(month: str) -> str:
    return f"{month}-{29 if month == '2024-02' else LAST_DAYS[month[5:]]}"


def contract_of(number: int) -> dict:
    return {
        "id": f"8{number:07x}-0000-4000-8000-000000000000",
        "organization": ORGANIZATIONS[number],
        "number": str(number),
        "currency": "USD",
        "subscription_type": "PREPAY",
        "effective": "2024-01-01",
        "end": "2027-01-01",
        "items": [{"product": "units", "prepay_quantity": str(PREPAID), "prepay_price": f"{PRICE}.00", "overage_price": f"{OVER}.00"}],
    }


def used(organization: int, month: int) -> int:
    return 8 + (organization * 7 + month * 3) % 9


def charge(organization: int, month: int) -> int:
    return PREPAID * PRICE + max(0, used(organization, month) - PREPAID) * OVER


class ClosingKillTest(unittest.TestCase):
    def test_two_hundred_kills(self):
        moments = random.Random(SEED)
        with ServerProcess(clock="2026-01-01T00:00:00.000Z") as server:
            tokens = self.fill(server)
            closing_s, kills_inside = 0.05, 0
            for kill in range(KILLS):
                operator, closed = self.check(server, tokens)
                number = kill % len(ORGANIZATIONS)
                month = closed[number]
                if month == len(MONTHS):
                    continue
                answered = self.close_in_the_background(operator, number, last_day(MONTHS[month]))
                time.sleep(moments.uniform(0, closing_s))
                was_under_way = not answered.is_set()
                server.kill()
                kills_inside += was_under_way
                # The window follows the machine, so that about half of the kills come before the answer.
                closing_s = max(0.002, closing_s * (1.1 if was_under_way else 0.9))
                server.start()
            self.assertGreater(kills_inside, KILLS // 5, "hardly any kill came while a period closed")

            operator, _ = self.check(server, tokens)
            for organization in ORGANIZATIONS:
                close_periods(operator, organization, through="2025-12-31")
            _, closed = self.check(server, tokens)
            self.assertEqual(closed, [len(MONTHS)] * len(ORGANIZATIONS))

    @staticmethod
    def fill(server) -> dict:
        """Tokens outlive the server: the operator's, and one for each organization."""
        operator = Session.of_operator(server)
        viewers = [catalog.client(f"viewer-{i}", each, [catalog.BILLING_VIEW]) for i, each in enumerate(ORGANIZATIONS)]
        operator.apply({
            "organizations": [{"id": each, "name": f"Customer {i}"} for i, each in enumerate(ORGANIZATIONS)],
            "clients": viewers,
            "products": [catalog.product("units", "Units", "sum")],
            "contracts": [contract_of(number) for number in range(len(ORGANIZATIONS))],
            "settings": {"close_grace_hours": 8784},
        })
        operator.send([
            {"specversion": "1.0", "source": "kill", "id": f"{number}/{month}", "type": "units", "subject": "all",
             "organization": organization, "time": f"{name}-10T00:00:00Z", "data": {"quantity": str(used(number, month))}}
            for number, organization in enumerate(ORGANIZATIONS) for month, name in enumerate(MONTHS)])
        tokens = {viewer["organization"]: Session(server.base_url, viewer["id"], viewer["secret"]).token for viewer in viewers}
        return {**tokens, "operator": operator.token}

    @staticmethod
    def close_in_the_background(operator, number, through):
        answered = threading.Event()

        def close():
            try:
                close_periods(operator.again(), ORGANIZATIONS[number], through=through)
            except (OSError, http.client.HTTPException):
                pass  # killed under way
            finally:
                answered.set()

        threading.Thread(target=close, daemon=True).start()
        return answered

    def check(self, server, tokens) -> tuple:
        """The operator's session, and how many periods of each organization are closed, after a look at all that was
        written."""
        operator = Session(server.base_url, "", "", token=tokens["operator"])
        closed_counts, numbers = [], []
        for number, organization in enumerate(ORGANIZATIONS):
            (contract,) = pages(Session(server.base_url, "", "", token=tokens[organization]), CONTRACTS)
            states = [(period["dateStart"][:7], period["status"]) for period in contract["billingPeriods"]]
            closed = [month for month, status in states if status == "Closed"]
            self.assertEqual(closed, MONTHS[: len(closed)], "periods close in the order of time")
            invoices = sorted(invoices_of(operator, organization), key=lambda each: each["dateStart"])
            self.assertEqual([each["dateStart"][:7] for each in invoices], closed, "an invoice for each closed period")
            self.assertEqual([each["amount"] for each in invoices], [charge(number, month) for month in range(len(closed))])
            numbers += [each["number"] for each in invoices]
            closed_counts.append(len(closed))
        self.assertEqual(sorted(numbers), [f"{i:06}" for i in range(1, len(numbers) + 1)], "numbers have no gaps")
        return operator, closed_counts


if __name__ == "__main__":
    unittest.main()
