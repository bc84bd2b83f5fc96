"""`overview --all` of sixty customers: within a low rate limit, interrupted in its middle, gone on with by the same command."""

import collections
import http.client
import http.server
import json
import signal
import subprocess
import threading
import time
import unittest
import urllib.parse
import uuid

from harness import catalog
from harness.server_process import ServerProcess, bare_environment, binary_path, run_command
from harness.session import Session

CUSTOMERS = [str(uuid.UUID(int=(0x5EED << 64) + (4 << 76) + (8 << 60) + number)) for number in range(60)]
RATE_LIMIT = 40
FIRST_ANSWERS = RATE_LIMIT - 2  # who am I, whom may I see
OVERVIEW = "/api/v2/billing/trusteebillingoverview/"
TIMEOUT_S = 60


def document():
    return {
        "organizations": [catalog.organization(catalog.NORTHWIND),
                          *({"id": each, "name": f"Customer {number}"} for number, each in enumerate(CUSTOMERS))],
        "clients": [catalog.client("partner", catalog.NORTHWIND,
                                   ["affiliateOrganization:clientBilling:view", "authorization:orgTrustor:view"])],
        "products": [catalog.product("named-user", "Named user", "unique")],
        "trusts": [{"trustee": catalog.NORTHWIND, "trustor": each} for each in CUSTOMERS],
        "contracts": [{
            "id": str(uuid.uuid5(uuid.UUID(each), "contract")), "organization": each, "number": "1", "currency": "USD",
            "subscription_type": "PREPAY", "effective": "2026-01-01", "end": "2027-01-01",
            "items": [{"product": "named-user", "prepay_quantity": "2", "prepay_price": "100.00", "overage_price": "120.00"}],
        } for each in CUSTOMERS[1:]],  # the first one has none, which is an answer too
    }


class Relay(http.server.ThreadingHTTPServer):
    """One address in front of servers that come and go; counts what is asked of them."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), RelayHandler)
        self.upstream = None
        self.asked = collections.Counter()
        self.statuses = collections.Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class RelayHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked[self.path] += 1
        connection = http.client.HTTPConnection(self.server.upstream, timeout=TIMEOUT_S)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.server.statuses[answer.status] += 1
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "server", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_GET = do_POST = relay

    def log_message(self, *_):
        pass


class OverviewResumeTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock="2026-03-15T00:00:00.000Z", options=["--rate-limit", RATE_LIMIT]))
        Session.of_operator(self.server).apply(document())
        self.relay = Relay()
        self.addCleanup(self.relay.server_close)
        self.addCleanup(self.relay.shutdown)
        self.relay.upstream = urllib.parse.urlsplit(self.server.base_url).netloc
        self.state = self.server.directory / "state"
        self.environment = {
            "TALLYSTICK_BASE_URL": self.relay.url, "TALLYSTICK_CLIENT_ID": "partner",
            "TALLYSTICK_CLIENT_SECRET": catalog.secret_of("partner"), "XDG_STATE_HOME": str(self.state)}

    def without_limit(self):
        self.server.stop()
        self.server.options = []
        self.server.start()
        self.relay.upstream = urllib.parse.urlsplit(self.server.base_url).netloc

    def kept(self):
        return list((self.state / "tallystick" / "overview").glob("*"))

    def interrupted_run(self):
        """Ctrl-C while the rate limit holds everything back: what was asked is answered, the rest has to wait a minute."""
        process = subprocess.Popen([binary_path(), "overview", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=bare_environment(self.server.directory, self.environment), cwd=self.server.directory)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + TIMEOUT_S
        while not any(file.read_bytes().count(b"\n") == FIRST_ANSWERS + 1 for file in self.kept()):
            self.assertIsNone(process.poll(), "it ended by itself")
            self.assertLess(time.monotonic(), deadline, "the answers before the limit did not come")
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=20)  # far less than is left of the minute
        self.assertEqual((process.returncode, out), (1, b""), said)
        return said.decode()

    def run_again(self, *options, state=None, expect=0):
        finished = run_command(["overview", "--all", *options], home=self.server.directory,
                               environment={**self.environment, **({"XDG_STATE_HOME": str(state)} if state else {})})
        self.assertEqual(finished.returncode, expect, finished.stderr)
        return finished

    def asked(self):
        return {path.removeprefix(OVERVIEW).split("?")[0]: count
                for path, count in self.relay.asked.items() if path.startswith(OVERVIEW)}

    def test_what_was_answered_is_not_asked_again(self):
        said = self.interrupted_run()
        self.assertIn(f"interrupted; {FIRST_ANSWERS} answers kept for an hour", said)
        (file,) = self.kept()
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(catalog.secret_of("partner"), file.read_text("utf-8"))
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        self.assertEqual(lines[0]["organization"], catalog.NORTHWIND)
        self.assertEqual({line["organization"] for line in lines[1:]}, set(self.asked()))
        self.assertEqual(len(lines) - 1, FIRST_ANSWERS)
        self.without_limit()

        finished = self.run_again(expect=1)  # the customer without a contract has no overview
        self.assertIn(f"going on with {FIRST_ANSWERS} answers", finished.stderr)
        self.assertEqual(self.asked(), dict.fromkeys(CUSTOMERS, 1), "each was asked for once in all")
        self.assertNotIn(429, self.relay.statuses)
        self.assertEqual(len(json.loads(finished.stdout)), len(CUSTOMERS))

        whole = self.run_again(state=self.server.directory / "elsewhere", expect=1)
        without_ids = [json.loads(text.stdout) for text in (finished, whole)]
        for answers in without_ids:
            for answer in answers:
                answer.get("error", {}).pop("contextId", None)
        self.assertEqual(*without_ids)

    def test_fresh_asks_for_all(self):
        self.interrupted_run()
        self.without_limit()
        self.relay.asked.clear()
        finished = self.run_again("--fresh", expect=1)
        self.assertNotIn("going on", finished.stderr)
        self.assertEqual(self.asked(), dict.fromkeys(CUSTOMERS, 1))

    def test_another_question_is_another_run(self):
        self.interrupted_run()
        self.without_limit()
        self.relay.asked.clear()
        self.run_again("--period", "1", expect=1)
        self.assertEqual(self.asked(), dict.fromkeys(CUSTOMERS, 1))

    def test_nothing_stays_of_a_whole_run(self):
        self.without_limit()
        operator = Session.of_operator(self.server)
        operator.apply({"trusts": [{"trustee": catalog.NORTHWIND, "trustor": CUSTOMERS[0], "enabled": False}]})
        self.run_again()
        self.assertEqual(self.kept(), [])


if __name__ == "__main__":
    unittest.main()
