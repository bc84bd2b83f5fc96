"""The small print of domain.md by example: what each sequence of batches is answered, and the report that comes of it."""

import unittest

from harness import catalog
from harness.error_body import check_error_body
from harness.server_process import ServerProcess
from harness.session import Session

HARBOR, ALPINE = catalog.BLUE_HARBOR, catalog.ALPINE
MARCH = ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")


def sent(event_id, product="api-requests", resource="ana", time="2026-03-10T10:00:00Z", organization=HARBOR, **more):
    source = more.pop("source", "scenario/1")
    return {**catalog.event(event_id, organization, product, resource, time, **more), "source": source}


class CountingRulesTest(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock="2026-04-10T00:00:00.000Z"))
        self.operator = Session.of_operator(self.server)
        self.operator.apply(catalog.document((HARBOR, ALPINE)))

    def take(self, *events) -> tuple:
        answer = self.operator.send(list(events))
        return answer["accepted"], answer["duplicates"], [conflict["index"] for conflict in answer["conflicts"]]

    def totals(self, start=MARCH[0], end=MARCH[1], organization=HARBOR) -> dict:
        report = self.operator.report_of(organization, start, end)
        return {usage["name"]: usage["totalUsage"] for usage in report["usages"]}

    def resources(self, name, start=MARCH[0], end=MARCH[1]) -> list:
        for usage in self.operator.report_of(HARBOR, start, end)["usages"]:
            if usage["name"] == name:
                return [(resource["name"], resource["date"]) for resource in usage["resources"]]
        return []

    # ---- pairs ---------------------------------------------------------------------------------------------------

    def test_a_pair_counts_once(self):
        self.assertEqual(self.take(sent("1", quantity="2")), (1, 0, []))
        self.assertEqual(self.take(sent("1", quantity="2")), (0, 1, []))
        self.assertEqual(self.take(sent("1", quantity="3"), sent("2", quantity="5")), (1, 0, [0]))
        self.assertEqual(self.totals(), {"api requests": "7"})

    def test_within_a_batch_the_first_counts(self):
        batch = [sent("1", quantity="2"), sent("1", quantity="2"), sent("1", quantity="9"), sent("2", quantity="1")]
        self.assertEqual(self.take(*batch), (2, 1, [2]))
        self.assertEqual(self.totals(), {"api requests": "3"})

    def test_content_is_compared_as_values(self):
        self.take(sent("1", quantity="1", time="2026-03-10T10:00:00.123Z"))
        same = [
            sent("1", time="2026-03-10T10:00:00.123Z"),
            sent("1", quantity=1, time="2026-03-10T10:00:00.123Z"),
            sent("1", quantity="1.000", time="2026-03-10T11:00:00.123+01:00"),
            sent("1", quantity="1", time="2026-03-10T10:00:00.1239999"),
            {**sent("1", quantity="1", time="2026-03-10T10:00:00.123Z"), "organization": HARBOR.upper()},
            {**sent("1", quantity="1", time="2026-03-10T10:00:00.123Z"), "dataschema": "x", "mine": 7},
        ]
        self.assertEqual(self.take(*same), (0, len(same), []))
        other = [
            sent("1", quantity="1.000000001", time="2026-03-10T10:00:00.123Z"),
            sent("1", quantity="1", time="2026-03-10T10:00:00.124Z"),
            sent("1", quantity="1", time="2026-03-10T10:00:00.123Z", resource="Ana"),
            sent("1", quantity="1", time="2026-03-10T10:00:00.123Z", product="ai-tokens"),
            catalog.void("1", HARBOR, "2"),
        ]
        self.assertEqual(self.take(*other), (0, 0, list(range(len(other)))))

    def test_until_is_content(self):
        self.take(sent("1", "named-user", until="2026-03-10T11:00:00Z"))
        self.assertEqual(self.take(sent("1", "named-user", until="2026-03-10T12:00:00+01:00"),
                                   sent("1", "named-user", until="2026-03-10T11:00:00.001Z"),
                                   sent("1", "named-user")), (0, 1, [1, 2]))

    def test_pairs_are_of_an_organization(self):
        self.assertEqual(self.take(sent("1", quantity="2"), sent("1", quantity="3", organization=ALPINE)), (2, 0, []))
        self.assertEqual(self.totals(), {"api requests": "2"})
        self.assertEqual(self.totals(organization=ALPINE), {"api requests": "3"})

    def test_a_pair_is_two_texts_not_one(self):
        self.assertEqual(self.take(sent("bc", source="a"), sent("c", source="ab")), (2, 0, []))

    # ---- voids ---------------------------------------------------------------------------------------------------

    def test_voids(self):
        first, second, void = sent("a", quantity="5"), sent("b", quantity="7"), catalog.void("v1", HARBOR, "a")
        cases = {
            "after the target": [[first, second], [void]],
            "before the target": [[void], [first, second]],
            "in one batch": [[first, void, second]],
            "in one batch, before": [[void, second, first]],
            "twice": [[first, second, void], [catalog.void("v2", HARBOR, "a"), void]],
        }
        for number, (name, batches) in enumerate(cases.items(), start=1):
            with self.subTest(name):
                for batch in batches:
                    self.take(*(self.renamed(event, name) for event in batch))
                self.assertEqual(self.totals(), {"api requests": str(7 * number)})

    @staticmethod
    def renamed(event, name):
        """The same event of a source of its own, so that the cases do not meet."""
        changed = {**event, "source": name}
        if changed["type"] == "tallystick.void":
            changed["data"] = {**event["data"], "source": name}
        return changed

    def test_a_void_is_of_its_own_organization(self):
        self.take(sent("1", quantity="2"), catalog.void("v", ALPINE, "1"))
        self.assertEqual(self.totals(), {"api requests": "2"})

    def test_a_void_has_no_effect_on_a_void(self):
        self.take(catalog.void("v2", HARBOR, "v1"))
        self.take(catalog.void("v1", HARBOR, "a"), sent("a", quantity="5"), sent("b", quantity="7"))
        self.assertEqual(self.totals(), {"api requests": "7"})
        refused = self.operator.post_events([sent("c"), catalog.void("v3", HARBOR, "v1")])
        check_error_body(self, refused, 400, "constraint.validation")
        self.assertEqual(self.take(catalog.void("v2", HARBOR, "v1")), (0, 1, []))
        self.assertEqual(self.totals(), {"api requests": "7"})

    def test_subject_and_time_of_a_void_are_ignored(self):
        self.take(sent("1", quantity="2"), sent("2", quantity="3"))
        self.take({**catalog.void("v", HARBOR, "1"), "subject": "bo", "time": "2031-01-01T00:00:00Z"})
        self.assertEqual(self.totals(), {"api requests": "3"})
        self.assertEqual(self.take(catalog.void("v", HARBOR, "1")), (0, 1, []))

    def test_a_voided_pair_stays_known(self):
        self.take(sent("1", quantity="2"), catalog.void("v", HARBOR, "1"))
        self.assertEqual(self.take(sent("1", quantity="2"), sent("1", quantity="4")), (0, 1, [1]))
        self.assertEqual(self.totals(), {})

    # ---- meterings -----------------------------------------------------------------------------------------------

    def test_what_lies_at_the_edges(self):
        self.take(sent("1", quantity="1", time="2026-02-28T23:59:59.999Z"),
                  sent("2", quantity="10", time="2026-03-01T00:00:00.000Z"),
                  sent("3", quantity="100", time="2026-03-31T23:59:59.999999Z"),
                  sent("4", quantity="1000", time="2026-04-01T00:00:00.000Z"))
        self.assertEqual(self.totals(), {"api requests": "110"})
        self.assertEqual(self.totals("2026-03-01T00:00:00.001Z", "2026-03-31T23:59:59.999Z"), {})
        self.assertEqual(self.totals("2026-03-31T23:59:59.999Z", "2026-04-01T00:00:00Z"), {"api requests": "100"})

    def test_a_session_over_the_end_of_a_month(self):
        """docs/domain.md: 30 March 22:00 to 2 April 01:00."""
        self.take(sent("1", "named-user", time="2026-03-30T22:00:00Z", until="2026-04-02T01:00:00Z"))
        name = "Zebra named user"
        self.assertEqual(self.resources(name), [("ana", "2026-03-30T22:00:00.000Z")])
        self.assertEqual(self.resources(name, "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"),
                         [("ana", "2026-04-01T00:00:00.000Z")])
        self.assertEqual(self.resources(name, "2026-04-02T00:59:59.999Z", "2026-05-01T00:00:00Z"),
                         [("ana", "2026-04-02T00:59:59.999Z")])
        self.assertEqual(self.resources(name, "2026-04-02T01:00:00Z", "2026-05-01T00:00:00Z"), [])

    def test_an_interval_as_long_as_a_year(self):
        self.take(sent("1", "named-user", time="2025-04-05T00:00:00Z", until="2026-04-05T12:00:00Z"))
        self.assertEqual(self.resources("Zebra named user"), [("ana", "2026-03-01T00:00:00.000Z")])

    def test_zero_counts(self):
        self.take(sent("1", quantity="0"), sent("2", "named-user", quantity="0"), sent("3", "storage", quantity="0"),
                  sent("4", "peak-ports", quantity=0))
        self.assertEqual(self.totals(), {"Storage": "0", "Zebra named user": "1", "api requests": "0", "ports at peak": "0"})

    def test_latest_by_time_then_by_pair(self):
        noon = "2026-03-10T12:00:00Z"
        self.take(sent("9", "storage", quantity="100", time=noon),
                  sent("10", "storage", quantity="50", time=noon),  # "10" comes before "9" in byte order
                  sent("1", "storage", quantity="999", time="2026-03-10T11:59:59.999Z"),
                  sent("1", "storage", "bo", quantity="7", time=noon, source="a"),
                  sent("0", "storage", "bo", quantity="0.5", time=noon, source="b"))
        self.assertEqual(self.totals(), {"Storage": "100.5"})
        self.take(catalog.void("v", HARBOR, "9"))
        self.assertEqual(self.totals(), {"Storage": "50.5"}, "what was under a voided event comes up again")
        self.assertEqual(self.totals("2026-03-11T00:00:00Z", "2026-04-01T00:00:00Z"), {}, "nothing is carried over")

    def test_maximum_and_its_void(self):
        self.take(sent("1", "peak-ports", quantity="3"), sent("2", "peak-ports", "bo", quantity="12.50"),
                  sent("3", "peak-ports", quantity="7"))
        self.assertEqual(self.totals(), {"ports at peak": "12.5"})
        self.assertEqual([name for name, _ in self.resources("ports at peak")], ["ana", "bo"])
        self.take(catalog.void("v", HARBOR, "2"))
        self.assertEqual(self.totals(), {"ports at peak": "7"})

    def test_digits(self):
        self.take(sent("1", quantity="999999999999999999.999999999"), sent("2", quantity="999999999999999999.999999999"),
                  sent("3", "ai-tokens", quantity="0.1"), sent("4", "ai-tokens", quantity="0.2"),
                  sent("5", "peak-ports", quantity="0.000000001"), sent("6", "storage", quantity="1000000"))
        self.assertEqual(self.totals(), {
            "AI tokens": "0.3", "Storage": "1000000", "api requests": "1999999999999999999.999999998",
            "ports at peak": "0.000000001",
        })

    def test_names_are_in_byte_order(self):
        names = ["b", "B", "a", "é", "e", "Z", "🙂", "ﬁ", "李", "aa"]
        self.take(*(sent(f"{number}", resource=name) for number, name in enumerate(names)))
        self.assertEqual([name for name, _ in self.resources("api requests")], sorted(names, key=str.encode))
        self.take(*(sent(f"p-{product}", product) for product in catalog.METERINGS if product != "api-requests"))
        report = self.operator.report_of(HARBOR, *MARCH)
        listed = [usage["name"] for usage in report["usages"]]
        self.assertEqual(listed, sorted((name for name, _ in catalog.METERINGS.values()), key=str.encode))

    def test_limits_are_inside(self):
        self.assertEqual(self.take(
            sent("i" * 256, resource="r" * 512, source="s" * 256),
            sent("ahead", time="2026-04-11T00:00:00.000Z"),
            sent("long", "named-user", time="2025-03-01T00:00:00Z", until="2026-03-02T00:00:00Z"),
            sent("digits", quantity="999999999999999999"),
            sent("integer", quantity=999999999999999999),
        ), (5, 0, []))
        self.assertEqual(self.take(*(sent(f"n-{number}") for number in range(10_000))), (10_000, 0, []))
        self.totals("2025-04-01T00:00:00Z", "2026-04-02T00:00:00Z")  # 366 days


if __name__ == "__main__":
    unittest.main()
