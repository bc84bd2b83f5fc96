"""Whatever is sent, the answer is the catalogued one, the server stays up, and nothing of it is stored."""

import json
import socket
import threading
import unittest

from bad_input import catalog_rows, event_rows, request_rows, token_rows
from bad_input.row import ordinary_event
from harness import catalog
from harness.error_body import check_error_body
from harness.http import HttpClient
from harness.raw_connection import exchange_raw, read_to_end, status_of
from harness.server_process import ServerProcess
from harness.session import BILLABLE_USAGE, Session, path_with_query, request_token

CLOCK = "2026-04-01T00:00:00.000Z"

PRODUCTS = [
    *catalog.PRODUCTS,
    catalog.product("voice", "Voice minutes", "duration", unit="minute"),
    catalog.product("seats", "Seats", "concurrent", unit="seat"),
]
CLIENTS = [
    catalog.client("meter", catalog.BLUE_HARBOR, ["tallystick:event:add", "tallystick:report:view"]),
    catalog.client("everything", catalog.BLUE_HARBOR, ["*:*:*"]),
    catalog.client("powerless", catalog.BLUE_HARBOR, ["billing:subscription:delete"]),
]

RAW_REQUESTS = [
    # name, bytes, statuses that are right (RFC 9112)
    ("not HTTP", b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n", (400, None)),
    ("a request line of one word", b"usage\r\n\r\n", (400,)),
    ("HTTP/3.7", b"GET /health/live HTTP/3.7\r\nHost: a\r\n\r\n", (400, 505)),
    ("a header field without a colon", b"GET / HTTP/1.1\r\nHost: a\r\nno colon here\r\n\r\n", (400,)),
    ("a length that is no number",
     b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n", (400,)),
    ("two lengths that differ",
     b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", (400,)),
    ("a length and chunks",
     b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
    ("a chunk whose size is no number",
     b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", (400,)),
]


class BadInputTest(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ServerProcess(clock=CLOCK))
        cls.operator = Session.of_operator(cls.server)
        cls.operator.apply(catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE), CLIENTS, PRODUCTS))
        cls.operator.send([ordinary_event("stored"), catalog.void("stored-void", catalog.BLUE_HARBOR, "stored"),
                           ordinary_event("sentinel")])
        cls.sessions = {"operator": cls.operator}
        for client_id in ("meter", "everything", "powerless", "viewer-2222"):
            cls.sessions[client_id] = Session(cls.server.base_url, client_id, catalog.secret_of(client_id))
        cls.nobody = HttpClient(cls.server.base_url)
        cls.before = cls.what_is_stored()

    @classmethod
    def what_is_stored(cls):
        report = cls.operator.report_of(catalog.BLUE_HARBOR, "2025-06-01T00:00:00Z", "2026-04-02T00:00:00Z")
        return report["usages"], cls.operator.http.get("/tallystick/v1/catalog").body

    def assert_unharmed(self):
        self.assertTrue(self.server.is_running(), "the server is gone: " + self.server.stderr_tail())
        self.assertEqual(self.nobody.get("/health/ready").status, 200)
        self.assertEqual(self.what_is_stored(), self.before, "something was stored")

    def check_rows(self, rows):
        names = [row.name for row in rows]
        self.assertEqual(len(set(names)), len(names), "two rows have one name")
        for row in rows:
            with self.subTest(row.name):
                http = self.sessions[row.as_client].http if row.as_client else self.nobody
                headers = {"ININ-Correlation-Id": "bad-input", **row.headers}
                answer = http.request(row.method, row.path, row.body, headers)
                check_error_body(self, answer, row.status, row.code, fields=row.fields, says=row.says)
                for name, part in row.answer_headers.items():
                    self.assertIn(part, answer.header(name) or "", f"the header field {name}")
            with self.subTest(row.name + ", afterwards"):
                self.assert_unharmed()

    def test_sentinel_is_there(self):
        (usage,) = self.before[0]
        self.assertEqual((usage["name"], usage["totalUsage"]), ("api requests", "7"))

    def test_events(self):
        self.check_rows(event_rows.rows())

    def test_queries_credentials_and_addresses(self):
        self.check_rows(request_rows.rows())

    def test_catalogs(self):
        self.check_rows(catalog_rows.rows())

    def test_token_requests(self):
        for row in token_rows.rows():
            with self.subTest(row.name):
                headers = {"Content-Type": token_rows.FORM, **row.headers}
                answer = self.nobody.request("POST", "/oauth/token", row.body, headers)
                self.assertEqual(answer.status, row.status, str(answer))
                self.assertEqual(answer.json["error"], row.error, str(answer))
                self.assertTrue(answer.json["error_description"])
                self.assertTrue(answer.json["description"], "published clients read `description`")
                if row.status == 401 and "Authorization" in row.headers:
                    self.assertTrue((answer.header("WWW-Authenticate") or "").startswith("Basic"), answer.headers)
                self.assert_unharmed()
        with self.subTest("a token request that is got"):
            answer = self.nobody.get("/oauth/token")
            self.assertEqual(answer.status, 405)
            self.assertIn("POST", answer.header("Allow"))

    def test_at_most_a_hundred_faults_are_named(self):
        batch = [{**ordinary_event(f"spoiled-{number}"), "type": "cx-9"} for number in range(150)]
        for form in ("batch", "ndjson"):
            with self.subTest(form):
                answer = self.operator.post_events(batch, form)
                check_error_body(self, answer, 400, "constraint.validation", fields=("/0/type", "/99/type"))
                self.assertEqual(len(answer.json["details"]), 100)
                self.assert_unharmed()

    def test_requests_that_are_not_http(self):
        for name, request, statuses in RAW_REQUESTS:
            with self.subTest(name):
                self.assertIn(status_of(exchange_raw(self.server.port, request)), statuses)
                self.assert_unharmed()

    def test_a_body_in_chunks_beyond_the_limit(self):
        def chunks():
            for _ in range(33):
                yield b" " * (1 << 20)

        headers = {"Content-Type": "application/x-ndjson"}  # http.client sends an iterator in chunks
        answer = self.operator.http.request("POST", "/tallystick/v1/events", chunks(), headers)
        check_error_body(self, answer, 413, "request.entity.too.large")
        self.assert_unharmed()

    def test_a_client_that_goes_away(self):
        request = (f"POST /tallystick/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.operator.token}\r\n"
                   "Content-Type: application/x-ndjson\r\nContent-Length: 5000\r\n\r\n")
        line = json.dumps(ordinary_event("cut-off")) + "\n"
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as connection:
            connection.sendall((request + line).encode())
        self.assert_unharmed()


class SlowRequestTest(unittest.TestCase):
    def test_slow_requests_are_ended(self):
        """One that stops in its header, one that stops in its body: 408, and others are served meanwhile."""
        server = self.enterContext(ServerProcess(options=["--request-timeout-ms", "1500"]))
        answers = {}

        def send_slowly(name, start):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                connection.sendall(start)
                answers[name] = read_to_end(connection)

        starts = {
            "header": b"GET /api/v2/organizations/me HTTP/1.1\r\nHost: a\r\nAuthor",
            "body": b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n"
                    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=",
        }
        senders = [threading.Thread(target=send_slowly, args=item) for item in starts.items()]
        for sender in senders:
            sender.start()
        http = HttpClient(server.base_url)
        self.assertEqual(http.get("/health/ready").status, 200)
        for sender in senders:
            sender.join()
        for name in starts:
            with self.subTest(name):
                self.assertEqual(status_of(answers.get(name, b"")), 408, answers.get(name))
                self.assertIn(b"client.timeout", answers[name])
        self.assertEqual(http.get("/health/ready").status, 200)


class ExpiredTokenTest(unittest.TestCase):
    def test_an_expired_token_is_refused(self):
        client = catalog.client("short", catalog.BLUE_HARBOR, [catalog.BILLING_VIEW], token_seconds=300)
        with ServerProcess(clock=CLOCK) as server:
            operator = Session.of_operator(server)
            operator.apply(catalog.document(clients=[client]))
            short = Session(server.base_url, "short", catalog.secret_of("short"))
            path = path_with_query(BILLABLE_USAGE, request_rows.MARCH)
            operator.set_clock("2026-04-01T00:04:59.999Z")
            self.assertEqual(short.http.request("GET", path).status, 200)
            operator.set_clock("2026-04-01T00:05:00.000Z")
            check_error_body(self, short.http.request("GET", path), 401, "bad.credentials")
            self.assertEqual(request_token(server.base_url, "short", catalog.secret_of("short")).status, 200)

    def test_there_is_no_clock_to_set_on_real_time(self):
        with ServerProcess(clock=None) as server:
            operator = Session.of_operator(server)
            check_error_body(self, operator.http.get("/tallystick/v1/clock"), 404, "not.found")
            check_error_body(self, operator.put_clock("2030-01-01T00:00:00Z"), 404, "not.found")


if __name__ == "__main__":
    unittest.main()
