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


class JavaScriptInteropTest(unittest.TestCase):
    def test_the_official_library(self):
        node = shutil.which("node")
        self.assertIsNotNone(node, "node is not installed: apt-get install nodejs npm")
        self.assertTrue(LIBRARY.is_dir(), f"the official library is not installed: npm ci --prefix {FOLDER}")
        powerless = catalog.client("powerless", catalog.BLUE_HARBOR, [])
        partner = catalog.client("partner", catalog.NORTHWIND, ["affiliateOrganization:clientBilling:view"])
        with ServerProcess(options=["--rate-limit", "300"]) as server:
            operator = Session.of_operator(server)
            operator.apply({
                **catalog.document(
                    (catalog.NORTHWIND, catalog.BLUE_HARBOR, catalog.ALPINE),
                    clients=[powerless, partner],
                    products=PRODUCTS,
                    trusts=[{"trustee": catalog.NORTHWIND, "trustor": catalog.BLUE_HARBOR, "enabled": False},
                            {"trustee": catalog.NORTHWIND, "trustor": catalog.ALPINE}],
                ),
                "contracts": [CONTRACT],
            })
            clients = {role: self.client(client_id, organization) for role, client_id, organization in
                       (("viewer", "viewer-2222", catalog.BLUE_HARBOR), ("powerless", "powerless", catalog.BLUE_HARBOR),
                        ("partner", "partner", catalog.NORTHWIND))}
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
    def client(client_id, organization):
        return {
            "id": client_id,
            "secret": catalog.secret_of(client_id),
            "organization": organization,
            "organizationName": catalog.ORGANIZATION_NAMES[organization],
            "customer": catalog.ALPINE,
            "customerName": catalog.ORGANIZATION_NAMES[catalog.ALPINE],
        }


if __name__ == "__main__":
    unittest.main()
