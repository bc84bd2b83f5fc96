"""200,000 events with repeats, conflicts, voids and late events, sent in random order by several threads, give exactly
the reports that domain.md says: before and after kill -9 in mid-ingest, a restart, and time that goes on."""

import random
import unittest

from harness import catalog
from harness.ingestion import Ingestion, cut_into_batches
from harness.random_ranges import DAY_MS, random_ranges
from harness.reference_model import ReferenceModel, format_time, parse_time
from harness.server_process import ServerProcess
from harness.session import Session
from harness.usage_generator import UsageGenerator

EVENTS = 200_000
SEED = 20260401
FROM_MS = parse_time("2026-01-01T00:00:00Z")
NOW_MS = parse_time("2026-04-01T09:30:00Z")
ORGANIZATIONS = (catalog.BLUE_HARBOR, catalog.ALPINE, catalog.LAKESIDE, catalog.NORTHWIND)
RANGES_PER_CHECK = 60


class ReportExactTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.pick = random.Random(SEED)
        self.now_ms = NOW_MS

    def test_reports_are_exact_before_and_after_crash_and_restart(self):
        generator = UsageGenerator(
            SEED,
            organizations=ORGANIZATIONS,
            products=catalog.PRODUCTS,
            from_ms=FROM_MS,
            now_ms=NOW_MS,
        )
        events = generator.events(EVENTS)
        self.times = [
            event.content.time_ms for event in events[:2000] if hasattr(event.content, "time_ms")
        ]
        ingestion = Ingestion(cut_into_batches(events, SEED))
        # So small that the crashes and restarts fall between and into sealings.
        sealing = ["--seal-after-events", str(EVENTS // 12)]
        with ServerProcess(clock=format_time(NOW_MS), options=sealing) as server:
            operator = Session.of_operator(server)
            operator.apply(catalog.document(ORGANIZATIONS))
            self.ingest_through_two_crashes(server, operator, ingestion)

            ingestion.check_accounts()
            model = ReferenceModel(catalog.PRODUCTS)
            stored = ingestion.stored_contents()
            for (_, source, event_id), content in stored.items():
                model.store(source, event_id, content)
            # Batches that were stored and not answered count as duplicates when they come again.
            self.assertLessEqual(ingestion.accepted(), len(stored))
            self.check_reports(server, model, "after two crashes")
            self.check_that_everything_is_known(server, ingestion)

            self.assertEqual(server.stop(), 0)
            server.start()
            self.check_reports(server, model, "after SIGTERM and a restart")

            self.now_ms = NOW_MS + DAY_MS
            Session.of_operator(server).set_clock(format_time(self.now_ms))
            self.check_reports(server, model, "a day later, when no event is ahead of the clock")

    def ingest_through_two_crashes(self, server, operator, ingestion):
        for share in (3, 2):
            waiting = len(ingestion.unanswered())
            ingestion.run(operator, kill_after=waiting // share, kill=server.kill)
            self.assertTrue(ingestion.unanswered(), "the server died after everything was answered")
            server.start()
            operator = Session.of_operator(server)
        ingestion.run(operator)
        self.assertEqual(ingestion.unanswered(), [])

    def check_that_everything_is_known(self, server, ingestion):
        """Whatever was answered comes again as duplicates and the same conflicts."""
        operator = Session.of_operator(server)
        for batch in self.pick.sample(ingestion.batches, 30):
            again = operator.send([event.wire for event in batch.events], batch.form, batch.encoding)
            self.assertEqual(again["accepted"], 0, "an answered event was not known any more")
            self.assertEqual(again["conflicts"], batch.answer["conflicts"])

    def check_reports(self, server, model, when):
        operator = Session.of_operator(server)
        own = {each: Session(server.base_url, catalog.viewer_of(each), catalog.secret_of(catalog.viewer_of(each)))
               for each in ORGANIZATIONS}
        compared = 0
        for start_ms, end_ms in random_ranges(self.pick, RANGES_PER_CHECK, FROM_MS, NOW_MS, self.times):
            organization = self.pick.choice(ORGANIZATIONS)
            start, end = format_time(start_ms), format_time(end_ms)
            if self.pick.random() < 0.5:
                report = own[organization].report(start, end)
            else:
                report = operator.report_of(organization, start, end)
            with self.subTest(when=when, organization=organization, start=start, end=end):
                expected = model.report(organization, start_ms, end_ms, self.now_ms)
                self.assert_same_usages(report["usages"], expected)
                self.assertEqual((report["startDate"], report["endDate"]), (start, end))
            compared += len(report["usages"])
        self.assertGreater(compared, RANGES_PER_CHECK, "most ranges had no usage: the comparison says little")

    def assert_same_usages(self, usages, expected):
        self.assertEqual(
            [(usage["name"], usage["totalUsage"], len(usage["resources"])) for usage in usages],
            [(usage["name"], usage["totalUsage"], len(usage["resources"])) for usage in expected],
        )
        for usage, wanted in zip(usages, expected):
            differing = [pair for pair in zip(usage["resources"], wanted["resources"]) if pair[0] != pair[1]]
            self.assertEqual(differing[:3], [], f"resources of {usage['name']}")


if __name__ == "__main__":
    unittest.main()
