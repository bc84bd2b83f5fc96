"""Catalogs: YAML and JSON, dry run, prune, the same document back, whole or not at all, and a catalog at the start."""

import json
import unittest

from harness import catalog
from harness.error_body import check_error_body
from harness.server_process import ServerProcess, run_command
from harness.session import Session, request_token

YAML = """\
# A partner and its customer.
organizations:
  - {id: 11111111-1111-4111-8111-111111111111, name: Northwind Partners}
  - {id: 22222222-2222-4222-8222-222222222222, name: Blue Harbor Bank}
trusts:
  - {trustee: 11111111-1111-4111-8111-111111111111, trustor: 22222222-2222-4222-8222-222222222222, enabled: true}
clients:
  - id: partner
    organization: 11111111-1111-4111-8111-111111111111
    secret: SECRET_OF_THE_PARTNER
    permissions: ["affiliateOrganization:clientBilling:view", "billing:subscription:view"]
    token_seconds: 86400
    redirect_uris: []
products:
  - key: storage
    name: Storage
    part_number: GC-170-NV-STOR
    grouping: storage
    unit: gb
    metering: {kind: latest}
    list_price: {USD: "0.25", EUR: 1}
  - key: api-requests
    name: API requests
    part_number: GC-170-NV-API
    grouping: resource
    unit: each
    metering: {kind: sum}
    third_party: false
    cancellable: true
    fair_use: [{product: storage, each: "140000"}, {organization: "10000"}]
"""
JSON = {
    "organizations": [
        {"id": catalog.NORTHWIND, "name": "Northwind Partners"},
        {"id": catalog.BLUE_HARBOR, "name": "Blue Harbor Bank"},
    ],
    "trusts": [{"trustee": catalog.NORTHWIND, "trustor": catalog.BLUE_HARBOR, "enabled": True}],
    "clients": [
        {
            "id": "partner",
            "organization": catalog.NORTHWIND,
            "secret": "SECRET_OF_THE_PARTNER",
            "permissions": ["affiliateOrganization:clientBilling:view", "billing:subscription:view"],
            "token_seconds": 86_400,
            "redirect_uris": [],
        }
    ],
    "products": [
        {
            "key": "storage",
            "name": "Storage",
            "part_number": "GC-170-NV-STOR",
            "grouping": "storage",
            "unit": "gb",
            "metering": {"kind": "latest"},
            "list_price": {"USD": "0.25", "EUR": 1},
        },
        {
            "key": "api-requests",
            "name": "API requests",
            "part_number": "GC-170-NV-API",
            "grouping": "resource",
            "unit": "each",
            "metering": {"kind": "sum"},
            "third_party": False,
            "cancellable": True,
            "fair_use": [{"product": "storage", "each": "140000"}, {"organization": "10000"}],
        },
    ],
}
ENTITIES = 6  # two organizations, a trust, a client, two products


class ApplyTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.server = self.enterContext(ServerProcess())
        self.operator = Session.of_operator(self.server)

    def catalog_text(self) -> bytes:
        answer = self.operator.http.get("/tallystick/v1/catalog")
        self.assertEqual(answer.status, 200)
        return answer.body

    def assert_changes(self, changes, *, created=0, updated=(), removed=(), unchanged=0):
        counted = (len(changes["created"]), len(changes["updated"]), len(changes["removed"]), changes["unchanged"])
        self.assertEqual(counted, (created, len(updated), len(removed), unchanged), changes)
        for kind, keys in (("updated", updated), ("removed", removed)):
            for key in keys:
                self.assertTrue(any(key in entry for entry in changes[kind]), f"{kind} does not name {key}: {changes}")

    def test_the_same_file_again_changes_nothing(self):
        self.assert_changes(self.operator.apply(YAML), created=ENTITIES)
        self.assert_changes(self.operator.apply(YAML), unchanged=ENTITIES)
        self.assertEqual(request_token(self.server.base_url, "partner", "SECRET_OF_THE_PARTNER").status, 200)

    def test_yaml_and_json_say_the_same(self):
        self.operator.apply(YAML)
        self.assert_changes(self.operator.apply(JSON), unchanged=ENTITIES)

    def test_a_dry_run_changes_nothing(self):
        before = self.catalog_text()
        self.assert_changes(self.operator.apply(YAML, dry_run=True), created=ENTITIES)
        self.assertEqual(self.catalog_text(), before)
        self.operator.apply(YAML)
        renamed = YAML.replace("name: Storage", "name: Storage in GB")
        before = self.catalog_text()
        self.assert_changes(self.operator.apply(renamed, dry_run=True), updated=["storage"], unchanged=ENTITIES - 1)
        self.assertEqual(self.catalog_text(), before)

    def test_what_a_document_lacks_is_left_unless_pruned(self):
        self.operator.apply(YAML)
        less = {**JSON, "products": JSON["products"][:1], "trusts": []}
        self.assert_changes(self.operator.apply(less), unchanged=4)
        dry = self.operator.apply(less, prune=True, dry_run=True)
        self.assert_changes(dry, removed=["api-requests", catalog.BLUE_HARBOR], unchanged=4)
        self.assertEqual(len(json.loads(self.catalog_text())["products"]), 2)
        self.assertEqual(self.operator.apply(less, prune=True), dry)
        now = json.loads(self.catalog_text())
        self.assertEqual([entry["key"] for entry in now["products"]], ["storage"])
        self.assertFalse(now.get("trusts"))

    def test_pruning_refuses_what_has_usage(self):
        self.operator.apply(YAML)
        self.operator.send([catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00Z")])
        less = {**JSON, "products": JSON["products"][:1]}
        before = self.catalog_text()
        for dry_run in (True, False):
            answer = self.operator.post_apply(less, prune=True, dry_run=dry_run)
            check_error_body(self, answer, 409, "conflict", says=("api-requests",))
            self.assertTrue(answer.json["details"], "details say what")
        self.assertEqual(self.catalog_text(), before)

    def test_a_voided_event_is_usage_too(self):
        """Its pair stays known for ever, so its product stays."""
        self.operator.apply(YAML)
        self.operator.send([catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00Z"),
                            catalog.void("2", catalog.BLUE_HARBOR, "1")])
        changed = [{**JSON["products"][1], "metering": {"kind": "max"}}]
        check_error_body(self, self.operator.post_apply({"products": changed}), 409, "conflict")

    def test_a_metering_changes_while_there_is_no_usage(self):
        self.operator.apply(YAML)
        changed = {**JSON["products"][1], "metering": {"kind": "max"}}
        self.assert_changes(self.operator.apply({"products": [changed]}), updated=["api-requests"])
        self.operator.send([catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00Z")])
        check_error_body(self, self.operator.post_apply({"products": [JSON["products"][1]]}), 409, "conflict")
        renamed = {**changed, "name": "API calls"}
        self.assert_changes(self.operator.apply({"products": [renamed]}), updated=["api-requests"])
        report = self.operator.report_of(catalog.BLUE_HARBOR, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
        self.assertEqual([usage["name"] for usage in report["usages"]], ["API calls"])

    def test_what_of_a_metering_may_change_while_there_is_usage(self):
        """Kind, family and unit stay; ranks and steps may change, and count for what is stored too."""
        low, high, calls = (catalog.product(key, key, "unique") for key in ("low", "high", "calls"))
        cx = {"kind": "unique", "family": "cx"}

        def metered(low_rank=1, high_rank=2, **of_calls):
            return {"products": [
                {**low, "metering": {**cx, "rank": low_rank}}, {**high, "metering": {**cx, "rank": high_rank}},
                {**calls, "metering": {"kind": "duration", "unit": "minute", **of_calls}},
            ]}

        self.operator.apply(YAML)
        self.operator.apply(metered())
        for key in ("low", "high", "calls"):
            self.operator.send([catalog.event(key, catalog.BLUE_HARBOR, key, "ana", "2026-03-01T00:00:00Z",
                                              until="2026-03-01T00:00:30Z")])
        for product, metering in (
            (low, {"kind": "unique"}), (low, {**cx, "family": "dx", "rank": 1}),
            (low, {**cx, "kind": "concurrent", "rank": 1}),
            (calls, {"kind": "duration"}), (calls, {"kind": "duration", "unit": "second"}), (calls, {"kind": "concurrent"}),
        ):
            with self.subTest(product=product["key"], metering=metering):
                answer = self.operator.post_apply({"products": [{**product, "metering": metering}]})
                check_error_body(self, answer, 409, "conflict", says=(product["key"],))

        def totals():
            report = self.operator.report_of(catalog.BLUE_HARBOR, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
            return {usage["name"]: usage["totalUsage"] for usage in report["usages"]}

        self.assertEqual(totals(), {"calls": "0.5", "high": "1"})
        self.assert_changes(self.operator.apply(metered(3, 2, step_seconds=60)), updated=["low", "calls"], unchanged=1)
        self.assertEqual(totals(), {"calls": "1", "low": "1"})
        self.operator.apply(metered(2, 3, step_seconds=60))
        self.assertEqual(totals(), {"calls": "1", "high": "1"}, "two products may exchange their ranks in one document")

    def test_the_catalog_comes_back(self):
        self.operator.apply(YAML)
        text = self.catalog_text()
        self.assertNotIn(b"SECRET_OF_THE_PARTNER", text)
        self.assertNotIn(b"argon2", text)
        self.assertNotIn(catalog.OPERATOR.encode(), text, "the built-in organization is in no catalog document")
        for prune in (False, True):
            changes = self.operator.apply(json.loads(text), prune=prune)
            self.assert_changes(changes, unchanged=ENTITIES)
        self.assertEqual(self.catalog_text(), text)
        self.assertEqual(request_token(self.server.base_url, "partner", "SECRET_OF_THE_PARTNER").status, 200)
        self.server.kill()
        self.server.start()
        self.operator = Session.of_operator(self.server)
        self.assertEqual(self.catalog_text(), text, "after kill -9")

    def test_what_comes_back_says_what_was_applied(self):
        self.operator.apply(YAML)
        now = json.loads(self.catalog_text())
        storage = next(entry for entry in now["products"] if entry["key"] == "storage")
        for field in ("name", "part_number", "grouping", "unit", "metering"):
            self.assertEqual(storage[field], JSON["products"][0][field])
        self.assertEqual(storage["list_price"]["USD"], "0.25")
        requests = next(entry for entry in now["products"] if entry["key"] == "api-requests")
        self.assertEqual(requests["fair_use"], JSON["products"][1]["fair_use"])
        self.assertEqual(now["organizations"], JSON["organizations"])
        self.assertEqual([{"enabled": True, **trust} for trust in now["trusts"]], JSON["trusts"])

    def test_a_hashed_secret(self):
        """The test vector that argon2's authors publish: "password" with the salt "somesalt"."""
        client = {**JSON["clients"][0], "id": "hashed"}
        del client["secret"]
        client["secret_hash"] = ("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                                 "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
        document = {**JSON, "clients": [client]}
        self.assert_changes(self.operator.apply(document), created=ENTITIES)
        self.assert_changes(self.operator.apply(document), unchanged=ENTITIES)
        self.assertEqual(request_token(self.server.base_url, "hashed", "password").status, 200)
        self.assertEqual(request_token(self.server.base_url, "hashed", "passwort").status, 401)

    def test_whole_or_not_at_all(self):
        self.operator.apply(YAML)
        before = self.catalog_text()
        document = json.loads(json.dumps(JSON))
        document["organizations"][1]["name"] = "Blue Harbour Bank"
        document["products"].append(catalog.product("calls", "Calls", "sum", list_price={"USD": 0.5}))
        check_error_body(self, self.operator.post_apply(document), 400, "constraint.validation")
        self.assertEqual(self.catalog_text(), before)


class CatalogAtStartTest(unittest.TestCase):
    def setUp(self):
        self.server = ServerProcess(options=["--catalog", "catalog.yaml"])
        self.addCleanup(self.server.__exit__, None, None, None)
        self.file = self.server.directory / "catalog.yaml"

    def test_a_catalog_is_applied_before_the_ready_line(self):
        self.file.write_text(YAML.replace("SECRET_OF_THE_PARTNER", "${PARTNER_SECRET}"), "utf-8")
        self.server.environment = {"PARTNER_SECRET": "from the environment"}
        self.server.start()
        session = Session(self.server.base_url, "partner", "from the environment")
        self.assertEqual(session.http.get("/api/v2/organizations/me").json["id"], catalog.NORTHWIND)
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(request_token(self.server.base_url, "partner", "from the environment").status, 200)

    def refused(self, text: str | None, *said):
        if text is not None:
            self.file.write_text(text, "utf-8")
        finished = run_command(self.server.arguments(), home=self.server.directory)
        self.assertEqual(finished.returncode, 2, finished.stderr)
        self.assertEqual(finished.stdout, "", "nothing is ready")
        for part in ("catalog.yaml", *said):
            self.assertIn(part, finished.stderr)

    def test_a_refused_file_stops_the_start(self):
        self.refused(YAML + "colour: red\n", "31", "colour")
        self.refused(YAML.replace('"0.25"', "0.25"), "list_price")
        self.refused("organizations: [\n")
        self.refused(YAML.replace("trustor: 2222", "trustor: 9999"), "trust")

    def test_a_secret_that_the_environment_lacks(self):
        self.refused(YAML.replace("SECRET_OF_THE_PARTNER", "${PARTNER_SECRET}"), "PARTNER_SECRET")

    def test_a_file_that_is_not_there(self):
        self.refused(None)


if __name__ == "__main__":
    unittest.main()
