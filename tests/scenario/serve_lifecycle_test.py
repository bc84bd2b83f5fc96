"""`tallystick serve` from its start to its end: ready line, options in all their places, signals, clock, TLS."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import unittest

from harness import catalog
from harness.error_body import check_error_body
from harness.http import HttpClient
from harness.raw_connection import accepts_connections, read_to_end, read_until, status_of
from harness.server_process import ServerProcess, run_command
from harness.session import CONTENT_TYPE, Session, events_body

CLOCK = "2026-04-01T00:00:00.000Z"
ME = "/api/v2/organizations/me"


class StartTest(unittest.TestCase):
    def test_one_ready_line_with_the_real_port(self):
        with ServerProcess() as server:
            self.assertRegex(server.stdout_lines[0], r"^listening on http://127\.0\.0\.1:[1-9][0-9]*$")
            self.assertEqual(HttpClient(server.base_url).get("/health/ready").status, 200)
            self.assertEqual(server.stop(), 0)
            self.assertEqual(len(server.stdout_lines), 1, server.stdout_lines)

    def test_operator_is_made_once(self):
        with ServerProcess() as server:
            file = server.data / "operator.json"
            first = file.read_bytes()
            self.assertEqual(set(json.loads(first)), {"client_id", "client_secret"})
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
            server.stop()
            server.start()
            self.assertEqual(file.read_bytes(), first)
            Session.of_operator(server)

    def test_loopback_alone_without_tls(self):
        with ServerProcess() as server:
            for address in ("0.0.0.0:0", "[::]:0"):
                with self.subTest(address):
                    finished = run_command(
                        ["serve", "--listen", address, "--data", server.directory / "other"], home=server.directory
                    )
                    self.assertEqual(finished.returncode, 2, finished.stderr)
                    self.assertIn("--insecure-http", finished.stderr)
                    self.assertEqual(finished.stdout, "")

    def test_a_port_that_is_taken(self):
        with ServerProcess() as server:
            finished = run_command(
                ["serve", "--listen", f"127.0.0.1:{server.port}", "--data", server.directory / "other"],
                home=server.directory,
            )
            self.assertEqual(finished.returncode, 1, finished.stderr)
            self.assertIn(str(server.port), finished.stderr)

    def test_wrong_usage(self):
        with ServerProcess() as server:
            for arguments in (["--lisen", "127.0.0.1:0"], ["--listen", "nowhere"], ["--clock", "noon"],
                              ["--rate-limit", "many"], ["--log-format", "xml"], ["--config", "missing.toml"],
                              ["--listen", "127.0.0.1:70000"]):
                with self.subTest(arguments):
                    finished = run_command(
                        ["serve", "--data", server.directory / "other", *arguments], home=server.directory, timeout_s=20
                    )
                    self.assertEqual(finished.returncode, 2, finished.stderr)
                    self.assertTrue(any(each.lstrip("-") in finished.stderr for each in arguments), finished.stderr)


class OptionsTest(unittest.TestCase):
    """Every option by its name in a TOML file and as TALLYSTICK_…; an option beats the environment, that the file."""

    def setUp(self):
        self.server = ServerProcess(clock=None)
        self.addCleanup(self.server.__exit__, None, None, None)

    def launch(self, *options, environment=None):
        self.server.environment = environment or {}
        self.server.launch(["serve", *options])
        self.server.wait_until_ready()
        return Session.of_operator(self.server)

    def write_config(self, **settings):
        lines = [f'{name.replace("_", "-")} = {json.dumps(value)}\n' for name, value in settings.items()]
        (self.server.directory / "serve.toml").write_text("".join(lines), "utf-8")

    def limit_in_force(self, operator) -> str:
        return operator.http.get(ME).header("inin-ratelimit-allowed")

    def test_file(self):
        self.write_config(listen="127.0.0.1:0", data=str(self.server.data), clock=CLOCK, rate_limit=77)
        operator = self.launch("--config", "serve.toml")
        self.assertEqual(self.limit_in_force(operator), "77")
        self.assertEqual(operator.http.get("/tallystick/v1/clock").json, {"now": CLOCK})

    def test_environment(self):
        operator = self.launch(environment={
            "TALLYSTICK_LISTEN": "127.0.0.1:0", "TALLYSTICK_DATA": str(self.server.data), "TALLYSTICK_CLOCK": CLOCK,
            "TALLYSTICK_RATE_LIMIT": "78",
        })
        self.assertEqual(self.limit_in_force(operator), "78")
        self.assertEqual(operator.http.get("/tallystick/v1/clock").json, {"now": CLOCK})

    def test_precedence(self):
        self.write_config(listen="127.0.0.1:0", data=str(self.server.data), rate_limit=77)
        environment = {"TALLYSTICK_CONFIG": "serve.toml", "TALLYSTICK_RATE_LIMIT": "78"}
        self.assertEqual(self.limit_in_force(self.launch(environment=environment)), "78")
        self.server.stop()
        operator = self.launch("--rate-limit", "79", environment=environment)
        self.assertEqual(self.limit_in_force(operator), "79")

    def test_an_unknown_setting_is_refused_by_name(self):
        self.write_config(listen="127.0.0.1:0", data=str(self.server.data), colour="red")
        finished = run_command(["serve", "--config", "serve.toml"], home=self.server.directory, timeout_s=20)
        self.assertEqual(finished.returncode, 2, finished.stderr)
        self.assertIn("colour", finished.stderr)

    def test_data_and_log_format_by_default(self):
        self.server.launch(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
        self.server.wait_until_ready()
        self.assertTrue((self.server.directory / "data" / "operator.json").exists(), "./data is the default")
        self.assertEqual(self.limit_in_force(Session.of_operator(self.server)), "300")
        self.assertEqual(self.server.stop(), 0)
        for line in self.server.stderr_path.read_text("utf-8").splitlines():
            json.loads(line)


class ClockTest(unittest.TestCase):
    def test_time_stands_until_it_is_set(self):
        with ServerProcess(clock=CLOCK) as server:
            operator = Session.of_operator(server)

            def now():
                return operator.http.get("/tallystick/v1/clock").json

            self.assertEqual(now(), {"now": CLOCK})
            operator.apply(catalog.document())
            self.assertEqual(now(), {"now": CLOCK})
            answer = operator.put_clock("2026-04-02T12:00:00+02:00")
            self.assertEqual((answer.status, answer.json), (200, {"now": "2026-04-02T10:00:00.000Z"}))
            operator = Session.of_operator(server)  # more than a day has passed for the old token
            self.assertEqual(operator.put_clock("2026-04-02T10:00:00.000Z").status, 200, "the same again is not back")
            check_error_body(self, operator.put_clock("2026-04-02T09:59:59.999Z"), 400)
            self.assertEqual(now(), {"now": "2026-04-02T10:00:00.000Z"})

    def test_events_may_be_24_hours_ahead_and_count_when_their_time_has_come(self):
        with ServerProcess(clock=CLOCK) as server:
            operator = Session.of_operator(server)
            operator.apply(catalog.document())
            ahead = catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-04-02T00:00:00.000Z", quantity="5")

            def usages():
                operator = Session.of_operator(server)  # a token lives a day, and the clock goes on
                return operator.report_of(catalog.BLUE_HARBOR, "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")["usages"]

            self.assertEqual(operator.send([ahead])["accepted"], 1)
            self.assertEqual(usages(), [])
            operator.set_clock("2026-04-01T23:59:59.999Z")
            self.assertEqual(usages(), [])
            operator.set_clock("2026-04-02T00:00:00.001Z")
            self.assertEqual([usage["totalUsage"] for usage in usages()], ["5"])


class StopTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock=CLOCK))
        self.operator = Session.of_operator(self.server)
        self.operator.apply(catalog.document())

    def events(self, count, prefix):
        return [
            catalog.event(f"{prefix}-{number}", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-05T00:00:00Z")
            for number in range(count)
        ]

    def test_sigint_and_sigterm_end_it_in_peace(self):
        for sent in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(sent.name):
                self.server.terminate(sent)
                self.assertEqual(self.server.wait(), 0)
                self.server.start()

    def test_idle_connections_do_not_hold_it(self):
        idle = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(5)]
        self.addCleanup(lambda: [each.close() for each in idle])
        self.assertEqual(self.operator.http.get(ME).status, 200)
        self.assertEqual(self.server.stop(), 0)

    def test_a_running_request_finishes(self):
        """Its body is half sent when SIGTERM comes: no new connections, its answer, exit 0."""
        body = events_body(self.events(1, "slow"), "batch")
        head = (
            f"POST /tallystick/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.operator.token}\r\n"
            f"Content-Type: {CONTENT_TYPE['batch']}\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as connection:
            connection.sendall(head.encode())
            self.assertEqual(status_of(read_until(connection, b"\r\n\r\n")), 100)
            connection.sendall(body[:20])
            self.server.terminate()
            while accepts_connections(self.server.port):
                self.assertTrue(self.server.is_running(), "it ended with a request running")
            connection.sendall(body[20:])
            answer = read_to_end(connection)
        self.assertEqual(status_of(answer), 200, answer)
        self.assertEqual(self.server.wait(), 0)
        self.server.start()
        again = Session.of_operator(self.server).send(self.events(1, "slow"))
        self.assertEqual((again["accepted"], again["duplicates"]), (0, 1))

    def test_a_request_that_never_ends_does_not_hold_it(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as connection:
            connection.sendall(b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
            self.assertEqual(self.server.stop(), 0)

    def test_what_was_answered_is_there_after_sigterm_amid_load(self):
        answered, started = [], threading.Semaphore(0)

        def send_until_it_ends(thread):
            session = self.operator.again()
            for number in range(500):
                batch = self.events(200, f"{thread}-{number}")
                started.release()
                try:
                    answer = session.post_events(batch, "ndjson")
                except (OSError, http.client.HTTPException):
                    return  # no answer any more
                if answer.status == 200:
                    answered.append(batch)

        senders = [threading.Thread(target=send_until_it_ends, args=(number,)) for number in range(4)]
        for sender in senders:
            sender.start()
        for _ in range(40):
            started.acquire()
        self.assertEqual(self.server.stop(), 0)
        for sender in senders:
            sender.join()
        self.assertTrue(answered)
        self.server.start()
        operator = Session.of_operator(self.server)
        for batch in answered:
            self.assertEqual(operator.send(batch)["duplicates"], len(batch), "an answered batch is not there any more")


class TlsTest(unittest.TestCase):
    def test_a_certificate_of_ones_own(self):
        server = ServerProcess(options=["--tls-cert", "server.pem", "--tls-key", "server.key"])
        self.addCleanup(server.__exit__, None, None, None)
        certificate, key = server.directory / "server.pem", server.directory / "server.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
             "-keyout", str(key), "-out", str(certificate)],
            check=True, capture_output=True,
        )
        os.chmod(key, 0o600)
        server.start()
        self.assertTrue(server.base_url.startswith("https://127.0.0.1:"), server.base_url)
        trusting = ssl.create_default_context(cafile=str(certificate))
        session = Session(server.base_url, *server.operator_credentials(), tls_context=trusting)
        self.assertEqual(session.http.get(ME).json["name"], "Operator")
        with self.subTest("an old protocol is refused"):
            old = ssl.create_default_context(cafile=str(certificate))
            old.set_ciphers("DEFAULT:@SECLEVEL=0")
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            with self.assertRaises((ssl.SSLError, ConnectionResetError)):
                HttpClient(server.base_url, tls_context=old).get(ME)
        with self.subTest("plain HTTP on the TLS port is no crash"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                read_to_end(connection)
            self.assertEqual(session.again().http.get(ME).status, 200)
        self.assertEqual(server.stop(), 0)

    def test_files_that_are_not_there(self):
        with ServerProcess() as server:
            finished = run_command(
                ["serve", "--listen", "127.0.0.1:0", "--data", server.directory / "other", "--tls-cert", "missing.pem",
                 "--tls-key", "missing.key"],
                home=server.directory,
            )
            self.assertIn(finished.returncode, (1, 2), finished.stderr)
            self.assertIn("missing.pem", finished.stderr)


if __name__ == "__main__":
    unittest.main()
