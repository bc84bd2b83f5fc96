"""A report that takes longer than the set time is InProgress first, and the same request then gets it. Every published
spelling of a date asks for the same report."""

import time
import unittest

from harness import catalog
from harness.http import path_with_query
from harness.server_process import ServerProcess
from harness.session import BILLABLE_USAGE, Session

START_SPELLINGS = [
    "2026-03-01T00:00:00.000Z",
    "2026-03-01T00:00:00Z",
    "2026-03-01T00:00:00",
    "2026-03-01T00:00:00.000",
    "2026-03-01T00:00:00.000000Z",
    "2026-03-01T00:00:00.0000000Z",
    "2026-03-01T00:00:00.0009999Z",  # floored to the millisecond
    "2026-03-01T00:00:00+00:00",
    "2026-03-01T01:00:00+01:00",
    "2026-02-28T19:00:00.000000-05:00",
    "2026-03-01T05:30:00+05:30",
    "2026-03-01 00:00:00 +0000 UTC",
    "2026-03-01 00:00:00 +0000 UTC m=+0.000017",
]
END = "2026-04-01T00:00:00.000Z"
COMPLETE_TIMEOUT_S = 30


def server_with_usage(test, *options):
    server = test.enterContext(ServerProcess(options=options))
    operator = Session.of_operator(server)
    operator.apply(catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE)))
    operator.send([
        catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00.000Z", quantity="2.5"),
        catalog.event("2", catalog.BLUE_HARBOR, "api-requests", "bo", "2026-02-28T23:59:59.999Z", quantity="100"),
        catalog.event("3", catalog.ALPINE, "api-requests", "ana", "2026-03-31T23:59:59.999Z", quantity="4"),
    ])
    return server


def viewer(server, organization) -> Session:
    client_id = catalog.viewer_of(organization)
    return Session(server.base_url, client_id, catalog.secret_of(client_id))


class InProgressTest(unittest.TestCase):
    def setUp(self):
        self.server = server_with_usage(self, "--report-wait-ms", "0")
        self.viewer = viewer(self.server, catalog.BLUE_HARBOR)

    def ask(self, start, end=END, session=None) -> dict:
        answer = (session or self.viewer).http.request(
            "GET", path_with_query(BILLABLE_USAGE, {"startDate": start, "endDate": end})
        )
        self.assertEqual(answer.status, 200, str(answer))
        return answer.json

    def ask_until_complete(self, start) -> dict:
        deadline = time.monotonic() + COMPLETE_TIMEOUT_S
        while (report := self.ask(start))["status"] == "InProgress":
            self.assertEqual(report["usages"], [])
            self.assertLess(time.monotonic(), deadline, "the report did not become complete")
            time.sleep(0.01)
        return report

    def test_first_in_progress_then_complete(self):
        first = self.ask(START_SPELLINGS[0])
        self.assertEqual((first["status"], first["usages"]), ("InProgress", []))
        self.assertEqual((first["startDate"], first["endDate"]), (START_SPELLINGS[0], END))
        complete = self.ask_until_complete(START_SPELLINGS[0])
        self.assertEqual(complete["status"], "Complete")
        self.assertEqual(complete["usages"], [{
            "name": "api requests", "totalUsage": "2.5", "resources": [{"name": "ana", "date": START_SPELLINGS[0]}],
        }])
        self.assertEqual((complete["id"], complete["selfUri"]), (first["id"], first["selfUri"]))

    def test_the_same_dates_in_another_spelling_get_the_kept_report(self):
        self.assertEqual(self.ask(START_SPELLINGS[0])["status"], "InProgress")
        complete = self.ask_until_complete(START_SPELLINGS[0])
        for spelling in START_SPELLINGS:
            with self.subTest(spelling):
                self.assertEqual(self.ask(spelling), complete)

    def test_another_organization_has_a_report_of_its_own(self):
        self.assertEqual(self.ask(START_SPELLINGS[0])["status"], "InProgress")
        self.ask_until_complete(START_SPELLINGS[0])
        alpine = viewer(self.server, catalog.ALPINE)
        self.assertEqual(self.ask(START_SPELLINGS[0], session=alpine)["status"], "InProgress")
        (usage,) = alpine.report(START_SPELLINGS[0], END)["usages"]
        self.assertEqual(usage["totalUsage"], "4")

    def test_another_period_has_a_report_of_its_own(self):
        self.ask_until_complete(START_SPELLINGS[0])
        self.assertEqual(self.ask("2026-03-01T00:00:00.001Z")["status"], "InProgress")


class DateSpellingsTest(unittest.TestCase):
    def test_every_published_form_asks_for_the_same(self):
        server = server_with_usage(self)
        session = viewer(server, catalog.BLUE_HARBOR)
        expected = session.report(START_SPELLINGS[0], END)
        self.assertEqual([usage["totalUsage"] for usage in expected["usages"]], ["2.5"])
        for spelling in START_SPELLINGS:
            with self.subTest(spelling):
                self.assertEqual(session.report(spelling, END), expected)

    def test_colons_plain_or_escaped(self):
        session = viewer(server_with_usage(self), catalog.BLUE_HARBOR)
        expected = session.report(START_SPELLINGS[0], END)
        plain = f"{BILLABLE_USAGE}?startDate={START_SPELLINGS[0]}&endDate={END}"
        for path in (plain, plain.replace(":", "%3A"), plain.replace(":", "%3a"), plain + "&unknown=1&pageSize=x",
                     f"{BILLABLE_USAGE}?endDate={END}&startDate={START_SPELLINGS[0]}"):
            with self.subTest(path):
                self.assertEqual(session.http.request("GET", path).json, expected)


if __name__ == "__main__":
    unittest.main()
