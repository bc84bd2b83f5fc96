"""Random catalogs with all six meterings and families, random usage with voids and late events, in any order, through
a crash, a restart and time that goes on: every report and overview is what an independent model makes of them."""

import random
import unittest
import uuid
from collections import Counter
from datetime import date

from harness import catalog
from harness.contract_generator import ContractGenerator
from harness.error_body import check_error_body
from harness.ingestion import Ingestion, cut_into_batches
from harness.overview_comparison import compare_overviews
from harness.random_ranges import random_ranges
from harness.rating_model import RatingModel
from harness.reference_model import ReferenceModel, Void, format_time, parse_time
from harness.server_process import ServerProcess
from harness.http import path_with_query
from harness.session import BILLABLE_USAGE, Session
from harness.usage_generator import UsageGenerator

SEEDS = (1, 2, 3, 4)
CUSTOMERS = (catalog.BLUE_HARBOR, catalog.ALPINE, catalog.LAKESIDE)
EVENTS = 10_000
EVENTS_PER_BATCH_MAX = 150
RESOURCES_PER_PRODUCT = 12  # so few that sessions of one resource overlap
SEAL_AFTER_EVENTS = 1_000  # the least that serve takes: events are in many sealed runs and in the tail
RANGES_PER_CHECK = 21
FROM_MS = parse_time("2026-01-01T00:00:00Z")
NOW_MS = parse_time("2026-03-28T10:00:00Z")
LATER_MS = parse_time("2026-03-29T17:20:00.007Z")
OWN_OVERVIEW = "/tallystick/v1/billingoverview"


class MeteringModelTest(unittest.TestCase):
    maxDiff = 3000

    def test_an_independent_model_agrees(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self.compare(seed)

    def compare(self, seed: int):
        self.pick = random.Random(seed)
        self.compared = Counter()
        generator = ContractGenerator(seed)
        self.document = catalog.document(CUSTOMERS, products=generator.products())
        self.document["contracts"] = [
            contract
            for customer in CUSTOMERS
            for contract in generator.contracts(customer, date(2025, 9, 1), date(2026, 12, 31))
        ]
        usage = UsageGenerator(
            seed, organizations=CUSTOMERS, products=self.document["products"], from_ms=FROM_MS, now_ms=NOW_MS,
            resources_per_product=RESOURCES_PER_PRODUCT,
        )
        events = usage.events(EVENTS)
        self.times = [event.content.time_ms for event in events if not isinstance(event.content, Void)]
        batches = cut_into_batches(events, seed, EVENTS_PER_BATCH_MAX)
        self.now_ms = NOW_MS
        sealing = ["--seal-after-events", str(SEAL_AFTER_EVENTS)]
        with ServerProcess(clock=format_time(NOW_MS), options=sealing) as self.server:
            Session.of_operator(self.server).apply(self.document)
            on_time = Ingestion(batches[: len(batches) * 4 // 5])
            self.ingest_through_a_crash(on_time)
            self.check_everything(on_time, "after a crash")
            self.check_that_voids_of_voids_are_refused(on_time)

            self.assertEqual(self.server.stop(), 0)
            self.server.start()
            self.check_everything(on_time, "after SIGTERM and a restart")

            self.now_ms = LATER_MS
            Session.of_operator(self.server).set_clock(format_time(LATER_MS))
            self.check_everything(on_time, "when the clock has moved")

            late = Ingestion(batches)
            late.run(Session.of_operator(self.server))
            self.check_everything(late, "after late events")
        for kind in ("unique", "sum", "max", "latest", "duration", "concurrent", "a peak", "overview"):
            self.assertGreater(self.compared[kind], 20, f"so few of {kind} were compared that it says little")

    def ingest_through_a_crash(self, ingestion: Ingestion):
        ingestion.run(
            Session.of_operator(self.server), kill_after=len(ingestion.batches) // 2, kill=self.server.kill
        )
        self.assertTrue(ingestion.unanswered(), "the server died after everything was answered")
        self.server.start()
        ingestion.run(Session.of_operator(self.server))
        ingestion.check_accounts()

    def check_that_voids_of_voids_are_refused(self, ingestion: Ingestion):
        """And that nothing of their batch is stored, which the checks to come would show."""
        stored = ingestion.stored_contents()
        voids = [pair for pair, content in stored.items() if isinstance(content, Void)]
        kind_of = {product["key"]: product["metering"]["kind"] for product in self.document["products"]}
        key = next(key for key, kind in kind_of.items() if kind == "sum")
        operator = Session.of_operator(self.server)
        for number, (organization, source, event_id) in enumerate(self.pick.sample(voids, 5)):
            companion = catalog.event(f"companion-{number}", organization, key, "ana", "2026-03-10T10:00:00Z")
            batch = [companion, catalog.void(f"void-of-void-{number}", organization, event_id, source)]
            check_error_body(self, operator.post_events(batch), 400, "constraint.validation")

    # ---- questions -------------------------------------------------------------------------------------------------

    def check_everything(self, ingestion: Ingestion, when: str):
        model = ReferenceModel(self.document["products"])
        for (_, source, event_id), content in ingestion.stored_contents().items():
            model.store(source, event_id, content)
        self.operator = Session.of_operator(self.server)
        self.own = {each: Session(self.server.base_url, catalog.viewer_of(each), catalog.secret_of(catalog.viewer_of(each)))
                    for each in CUSTOMERS}
        with self.subTest(when=when, now=format_time(self.now_ms)):
            for start_ms, end_ms in random_ranges(self.pick, RANGES_PER_CHECK, FROM_MS, self.now_ms, self.times):
                self.check_reports(model, self.pick.choice(CUSTOMERS), start_ms, end_ms)
            self.check_overviews(model)

    def check_reports(self, model, customer, start_ms, end_ms):
        start, end = format_time(start_ms), format_time(end_ms)
        asked = (customer, start_ms, end_ms, self.now_ms)
        with self.subTest(report="billable usage", organization=customer, start=start, end=end):
            usages = model.report(*asked)
            self.assert_same_products(self.billable_usage(customer, start, end), usages)
            kinds = {product["name"]: product["metering"]["kind"] for product in self.document["products"]}
            self.compared.update(kinds[usage["name"]] for usage in usages)
        with self.subTest(report="concurrent usage", organization=customer, start=start, end=end):
            products = model.concurrent_report(*asked)
            self.assert_same_products(self.concurrent_usage(customer, start, end), products)
            self.compared["a peak"] += sum(product["peak"] > 0 for product in products)

    def billable_usage(self, customer, start, end) -> list:
        if self.pick.random() < 0.5:
            return self.operator.report_of(customer, start, end)["usages"]
        report = self.own[customer].report(start, end)
        usages = report.pop("usages")
        self.assertEqual(report, {
            "id": str(uuid.uuid5(uuid.UUID(customer), f"billableusage/{start}/{end}")),
            "startDate": start,
            "endDate": end,
            "status": "Complete",
            "selfUri": f"{BILLABLE_USAGE}?startDate={start}&endDate={end}",
        })
        return usages

    def concurrent_usage(self, customer, start, end) -> list:
        if self.pick.random() < 0.5:
            report = self.operator.concurrent_usage(start, end, customer)
        else:
            report = self.own[customer].concurrent_usage(start, end)
        products = report.pop("products")
        self.assertEqual(report, {"organizationId": customer, "startDate": start, "endDate": end})
        return products

    def assert_same_products(self, answered: list, expected: list):
        self.assertEqual([each["name"] for each in answered], [each["name"] for each in expected])
        for product, wanted in zip(answered, expected):
            with self.subTest(product=wanted["name"]):
                self.assertEqual(product.keys(), wanted.keys())
                for field, value in wanted.items():
                    if isinstance(value, list):
                        self.assert_same_list(product[field], value, field)
                    else:
                        self.assertEqual(product[field], value, field)

    def assert_same_list(self, answered: list, expected: list, field: str):
        """Shows the first entries that differ, of lists that have thousands."""
        if answered != expected:
            differing = [pair for pair in zip(answered, expected) if pair[0] != pair[1]]
            self.fail(f"{field}: {len(answered)} answered, {len(expected)} expected; (answered, expected): {differing[:3]}")

    def check_overviews(self, model: ReferenceModel):
        def usage_of(organization, start_ms, end_ms):
            return {each["name"]: each["totalUsage"] for each in model.report(organization, start_ms, end_ms, self.now_ms)}

        rating = RatingModel(self.document, usage_of)
        today = date.fromisoformat(format_time(self.now_ms)[:10])
        for customer in CUSTOMERS:
            self.compared["overview"] += compare_overviews(
                self, self.own[customer].http, lambda index: path_with_query(OWN_OVERVIEW, {"billingPeriodIndex": index}),
                rating, customer, today,
            )


if __name__ == "__main__":
    unittest.main()
