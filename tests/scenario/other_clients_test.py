"""curl and Python's urllib as clients: token, events, report, compressed and awaited bodies."""

import gzip
import json
import shutil
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request

from harness import catalog
from harness.http import compressed
from harness.server_process import ServerProcess, bare_environment
from harness.session import BILLABLE_USAGE, Session, events_body

MARCH = {"startDate": "2026-03-01T00:00:00Z", "endDate": "2026-04-01T00:00:00Z"}


def usage(event_id, quantity="2.5", **more):
    event = catalog.event(event_id, catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-05T00:00:00Z", quantity=quantity)
    return {**event, **more}


class OtherClientsTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess())
        self.operator = Session.of_operator(self.server)
        self.operator.apply(catalog.document())

    def total(self):
        report = self.operator.report_of(catalog.BLUE_HARBOR, *MARCH.values())
        return [entry["totalUsage"] for entry in report["usages"]]


class CurlTest(OtherClientsTest):
    def curl(self, path, *arguments, stdin=b""):
        """(status, body, curl's own account)"""
        self.assertIsNotNone(shutil.which("curl"), "curl is not installed: apt-get install curl")
        finished = subprocess.run(
            ["curl", "--silent", "--show-error", "--verbose", "--max-time", "60", "--write-out", "\n%{http_code}",
             *arguments, self.server.base_url + path],
            input=stdin, capture_output=True, env=bare_environment(self.server.directory), check=False,
        )
        told = finished.stderr.decode("utf-8", "replace")
        self.assertEqual(finished.returncode, 0, told)
        body, _, status = finished.stdout.rpartition(b"\n")
        return int(status), body, told

    def token(self) -> str:
        client_id = "viewer-2222"
        status, body, _ = self.curl("/oauth/token", "--user", f"{client_id}:{catalog.secret_of(client_id)}",
                                    "--data", "grant_type=client_credentials")
        self.assertEqual(status, 200, body)
        return json.loads(body)["access_token"]

    def post_events(self, body, *arguments):
        status, answer, told = self.curl(
            "/tallystick/v1/events", "--oauth2-bearer", self.operator.token, "--header",
            "Content-Type: application/x-ndjson", "--data-binary", "@-", *arguments, stdin=body,
        )
        self.assertEqual(status, 200, answer)
        return json.loads(answer), told

    def test_a_report(self):
        self.operator.send([usage("1")])
        status, body, _ = self.curl(f"{BILLABLE_USAGE}?{urllib.parse.urlencode(MARCH)}", "--oauth2-bearer", self.token())
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["usages"][0]["totalUsage"], "2.5")

    def test_an_answer_may_be_asked_for_compressed(self):
        self.operator.send([usage("1")])
        status, body, _ = self.curl(f"{BILLABLE_USAGE}?{urllib.parse.urlencode(MARCH)}", "--oauth2-bearer", self.token(),
                                    "--compressed")
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["usages"][0]["totalUsage"], "2.5")

    def test_compressed_bodies(self):
        for number, encoding in enumerate(("gzip", "zstd"), start=1):
            body = compressed(events_body([usage(encoding)], "ndjson"), encoding)
            answer, _ = self.post_events(body, "--header", f"Content-Encoding: {encoding}")
            self.assertEqual(answer["accepted"], 1)
            self.assertEqual(self.total(), [("2.5", "5")[number - 1]])

    def test_compressed_bodies_of_several_pieces(self):
        """Concatenated gzip members and zstd frames are one body each."""
        for encoding in ("gzip", "zstd"):
            body = b"".join(compressed(events_body([usage(f"{encoding}-{part}")], "ndjson"), encoding) for part in range(3))
            answer, _ = self.post_events(body, "--header", f"Content-Encoding: {encoding}")
            self.assertEqual(answer["accepted"], 3, encoding)

    def test_a_large_body_waits_for_100_continue(self):
        body = events_body([usage(f"{number}", padding="x" * 1000) for number in range(4_500)], "ndjson")
        self.assertGreater(len(body), 5_000_000)
        answer, told = self.post_events(body, "--header", "Expect: 100-continue", "--expect100-timeout", "30")
        self.assertEqual(answer["accepted"], 4_500)
        self.assertIn("HTTP/1.1 100", told)

    def test_a_body_in_chunks(self):
        answer, told = self.post_events(events_body([usage("1"), usage("2")], "ndjson"), "--header",
                                        "Transfer-Encoding: chunked")
        self.assertEqual(answer["accepted"], 2)
        self.assertIn("Transfer-Encoding: chunked", told)

    def test_http_1_0(self):
        status, body, _ = self.curl("/health/ready", "--http1.0")
        self.assertEqual(status, 200, body)

    def test_a_connection_is_kept(self):
        url = self.server.base_url + "/health/live"
        status, _, told = self.curl("/health/live", url, url)
        self.assertEqual(status, 200)
        self.assertEqual(told.count("Re-using existing connection"), 2, told)


class UrllibTest(OtherClientsTest):
    def send(self, path, body=None, token=None, **headers):
        request = urllib.request.Request(self.server.base_url + path, data=body)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return json.load(answer)

    def test_from_token_to_report(self):
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": "viewer-2222",
                                       "client_secret": catalog.secret_of("viewer-2222")}).encode()
        token = self.send("/oauth/token", form)["access_token"]
        body = gzip.compress(events_body([usage("1"), usage("2")], "batch"))
        answer = self.send("/tallystick/v1/events", body, self.operator.token,
                           Content_Type="application/cloudevents-batch+json; charset=utf-8", Content_Encoding="gzip")
        self.assertEqual(answer, {"accepted": 2, "duplicates": 0, "conflicts": []})
        report = self.send(f"{BILLABLE_USAGE}?{urllib.parse.urlencode(MARCH)}", token=token)
        self.assertEqual([entry["totalUsage"] for entry in report["usages"]], ["5"])
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.send(BILLABLE_USAGE, token=token)
        self.assertEqual(refused.exception.code, 400)
        self.assertEqual(json.load(refused.exception)["code"], "invalid.date")


if __name__ == "__main__":
    unittest.main()
