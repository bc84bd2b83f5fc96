"""The official JavaScript library as the referee: starts a server and runs javascript/*.test.js against it."""

import json
import shutil
import subprocess
import unittest
from pathlib import Path

from harness import catalog
from harness.server_process import ServerProcess, bare_environment
from harness.session import Session

FOLDER = Path(__file__).parent / "javascript"
LIBRARY = FOLDER / "node_modules" / "purecloud-platform-client-v2"

PRODUCTS = [
    *(each for each in catalog.PRODUCTS if each["key"] != "ai-tokens"),
    catalog.product("ai-tokens", "AI tokens", "sum", grouping="rollup", unit="token", fair_use=[{"organization": "2.5"}]),
    catalog.product("bot-minutes", "Bot minutes", "sum", grouping="rollup-usage", unit="minute",
                    rolls_up={"into": "ai-tokens", "units_per_token": "17"}),
]
CONTRACT = {
    "id": "33333333-3333-4333-8333-333333333333",
    "organization": catalog.ALPINE,
    "number": "00041822",
    "currency": "EUR",
    "subscription_type": "PREPAY_MONTHLY_COMMITMENT",
    "effective": "2025-04-01",
    "end": "2027-04-01",
    "ramp": {"start": "2025-04-01", "end": "2025-05-01"},
    "minimum_monthly_amount": "500",
    "items": [
        {"product": "named-user", "prepay_quantity": "4", "prepay_price": "100", "overage_price": "120"},
        {"product": "ai-tokens", "prepay_quantity": "2", "prepay_price": "0.8",
         "overage_tiers": [{"up_to": "1", "price": "1.00"}, {"price": "0.75"}]},
    ],
    "amendments": [{
        "date": "2026-01-16",
        "items": [{"product": "named-user", "prepay_quantity": "6", "prepay_price": "90.0", "overage_price": "120.00"}],
    }],
}

def licence(key, name, kind, rank):
    metering = {"kind": kind, "family": "cx", "rank": rank}
    return {**catalog.product(key, name, kind, grouping="user-license", unit="user"), "metering": metering}


# What a reseller's customer, Lakeside, uses: javascript/metering.test.js.
METERED_PRODUCTS = [
    licence("cx-1", "CX 1", "unique", 1),
    licence("cx-3", "CX 3", "unique", 3),
    licence("cx-1-seats", "CX 1 seats", "concurrent", 1),
    licence("cx-3-seats", "CX 3 seats", "concurrent", 3),
    {**catalog.product("calls", "Calls out", "duration", unit="minute"),
     "metering": {"kind": "duration", "step_seconds": 6, "unit": "minute"}},
    catalog.product("requests", "Requests", "sum", fair_use=[{"product": "cx-3-seats", "each": "182000"}]),
]
METERED_CONTRACT = {
    "id": "44444444-4444-4444-8444-444444444444",
    "organization": catalog.LAKESIDE,
    "number": "00041823",
    "currency": "USD",
    "subscription_type": "PREPAY",
    "effective": "2026-01-01",
    "end": "2027-01-01",
    "items": [
        {"product": "cx-3-seats", "prepay_quantity": "1", "prepay_price": "140", "overage_price": "160"},
        {"product": "calls", "prepay_quantity": "1000", "prepay_price": "0.25", "overage_price": "0.25"},
    ],
}

# What a customer is billed for: javascript/billing_contracts.test.js.
BILLED_PRODUCTS = [
    {**catalog.product("quay-seats", "Quay seats", "unique", grouping="user-license", unit="seat"),
     "part_number": "Q-SEATS", "list_price": {"USD": "125.00"}},
    {**catalog.product("quay-calls", "Quay voice minutes", "duration", unit="minute"),
     "part_number": "Q-CALLS", "metering": {"kind": "duration", "unit": "minute"}},
    {**catalog.product("quay-tokens", "Quay tokens", "sum", grouping="rollup", unit="token", fair_use=[{"organization": "2.5"}]),
     "part_number": "Q-TOKENS"},
    {**catalog.product("quay-bots", "Quay bot minutes", "sum", grouping="rollup-usage", unit="minute",
                       rolls_up={"into": "quay-tokens", "units_per_token": "17"}), "part_number": "Q-BOTS"},
    {**catalog.product("quay-requests", "Quay API requests", "sum", fair_use=[{"product": "quay-seats", "each": "140000"}]),
     "part_number": "Q-REQUESTS"},
]
BILLED_CONTRACT = {
    "id": "55555555-5555-4555-8555-555555555555",
    "organization": catalog.QUAY,
    "number": "Q-1",
    "currency": "USD",
    "subscription_type": "PREPAY",
    "effective": "2026-01-01",
    "end": "2027-01-01",
    "minimum_monthly_amount": "2000.00",
    "commercial_model": "Prepay",
    "payment_terms": "Net 30",
    "payment_link": "https://pay.example/quay",
    "purchase_orders": ["PO-1", "PO-2"],
    "bill_to": {"number": "Q-77", "name": "Quay Logistics, Accounts Payable",
                "address": {"line1": "Kai 7", "line2": "Hinterhaus", "city": "Hamburg", "postal_code": "20457", "country": "DE"}},
    "items": [
        {"product": "quay-seats", "prepay_quantity": "10", "prepay_price": "100.00", "overage_price": "120.00"},
        {"product": "quay-calls", "prepay_quantity": "1000", "prepay_price": "0.25", "overage_price": "0.25", "notes": "calls out"},
        {"product": "quay-tokens", "prepay_quantity": "2", "prepay_price": "0.80",
         "overage_tiers": [{"up_to": "1", "price": "1.00"}, {"price": "0.75"}]},
        {"product": "quay-requests", "overage_price": "0.0002"},
    ],
    "amendments": [{
        "date": "2026-02-15",
        "items": [{"product": "quay-seats", "prepay_quantity": "12", "prepay_price": "95.00", "overage_price": "120.00"}],
    }],
}
SUCCESSOR_CONTRACT = {
    "id": "66666666-6666-4666-8666-666666666666", "organization": catalog.QUAY, "number": "Q-2", "currency": "USD",
    "subscription_type": "PREPAY", "effective": "2027-01-01", "end": "2028-01-01", "items": [],
}


class JavaScriptInteropTest(unittest.TestCase):
    def test_the_official_library(self):
        node = shutil.which("node")
        self.assertIsNotNone(node, "node is not installed: apt-get install nodejs npm")
        self.assertTrue(LIBRARY.is_dir(), f"the official library is not installed: npm ci --prefix {FOLDER}")
        powerless = catalog.client("powerless", catalog.BLUE_HARBOR, [])
        partner = catalog.client("partner", catalog.NORTHWIND, ["affiliateOrganization:clientBilling:view"])
        reseller = catalog.client("reseller", catalog.BLUE_HARBOR, ["affiliateOrganization:clientBilling:view"])
        with ServerProcess(options=["--rate-limit", "300"]) as server:
            operator = Session.of_operator(server)
            operator.apply({
                **catalog.document(
                    (catalog.NORTHWIND, catalog.BLUE_HARBOR, catalog.ALPINE, catalog.LAKESIDE, catalog.QUAY),
                    clients=[powerless, partner, reseller],
                    products=[*PRODUCTS, *METERED_PRODUCTS, *BILLED_PRODUCTS],
                    trusts=[{"trustee": catalog.NORTHWIND, "trustor": catalog.BLUE_HARBOR, "enabled": False},
                            {"trustee": catalog.NORTHWIND, "trustor": catalog.ALPINE},
                            {"trustee": catalog.BLUE_HARBOR, "trustor": catalog.LAKESIDE}],
                ),
                "contracts": [CONTRACT, METERED_CONTRACT, BILLED_CONTRACT, SUCCESSOR_CONTRACT],
                "settings": {"close_grace_hours": 8784},  # nothing closes by itself here
            })
            clients = {role: self.client(client_id, organization, customer) for role, client_id, organization, customer in (
                ("viewer", "viewer-2222", catalog.BLUE_HARBOR, catalog.LAKESIDE),
                ("powerless", "powerless", catalog.BLUE_HARBOR, catalog.LAKESIDE),
                ("partner", "partner", catalog.NORTHWIND, catalog.ALPINE),
                ("reseller", "reseller", catalog.BLUE_HARBOR, catalog.LAKESIDE),
                ("clinic", "viewer-2b2b", catalog.LAKESIDE, catalog.LAKESIDE),
                ("quay", "viewer-2c2c", catalog.QUAY, catalog.QUAY),
            )}
            finished = subprocess.run(
                [node, "--test", *map(str, sorted(FOLDER.glob("*.test.js")))],
                env=bare_environment(server.directory, {
                    "TALLYSTICK_TEST_PORT": str(server.port),
                    "TALLYSTICK_TEST_OPERATOR_TOKEN": operator.token,
                    "TALLYSTICK_TEST_CLIENTS": json.dumps(clients),
                }),
                cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
            )
        self.assertEqual(finished.returncode, 0, "\n" + finished.stdout.decode("utf-8", "replace"))

    @staticmethod
    def client(client_id, organization, customer):
        return {
            "id": client_id,
            "secret": catalog.secret_of(client_id),
            "organization": organization,
            "organizationName": catalog.ORGANIZATION_NAMES[organization],
            "customer": customer,
            "customerName": catalog.ORGANIZATION_NAMES[customer],
        }


if __name__ == "__main__":
    unittest.main()
