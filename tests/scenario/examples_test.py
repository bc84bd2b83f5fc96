"""Every program of examples/ against a real server with the demo catalog, with what it must show worked out by hand."""

import json
import os
import re
import socket
import ssl
import subprocess
import threading
import time
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from harness.http import HttpClient
from harness.server_process import ServerProcess, bare_environment, run_command
from harness.session import Session, form_body

PROGRAMS = Path(os.environ["TALLYSTICK_EXAMPLES"])
ROOT = Path(__file__).resolve().parents[2]
NORTHWIND = "11111111-1111-4111-8111-111111111111"
BLUE_HARBOR = "22222222-2222-4222-8222-222222222222"
CONTRACT = "6b8d1c52-3f0e-4a57-9c1b-0d5f2a7e4c11"
CLIENTS = ("northwind", "blue-harbor", "cedar-valley", "kestrel", "usage-collector")
SECRETS = {client: f"{client}-secret-of-the-examples" for client in CLIENTS}
REDIRECT_URI = "http://127.0.0.1:9000/callback"
PERSON = {"id": "66666666-6666-4666-8666-666666666666", "organization": BLUE_HARBOR, "email": "ana@blueharbor.example",
          "secret": "the password of Ana", "permissions": ["billing:subscription:view"]}
RELOAD_TIMEOUT_S = 30


def usage(event_id, product, resource, at, **data):
    return {"specversion": "1.0", "source": "examples", "id": event_id, "type": product, "subject": resource,
            "organization": BLUE_HARBOR, "time": at, "data": data}


class ExamplesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ServerProcess(clock="2026-04-10T08:00:00.000Z"))
        cls.operator_id, cls.operator_secret = cls.server.operator_credentials()
        SECRETS[cls.operator_id] = cls.operator_secret
        variables = {f"{client.upper().replace('-', '_')}_SECRET": secret for client, secret in SECRETS.items()}
        applied = run_command(["apply", "-f", ROOT / "demo" / "catalog.yaml"], home=cls.server.directory,
                              environment={**variables, **cls.environment_of(cls.operator_id)})
        if applied.returncode != 0:
            raise AssertionError(applied.stderr)
        cls.operator = Session.of_operator(cls.server)
        cls.operator.apply({
            "users": [PERSON],
            "clients": [{"id": "desktop", "organization": BLUE_HARBOR, "secret": "the secret of the desktop",
                         "permissions": ["billing:subscription:view"], "redirect_uris": [REDIRECT_URI]}]})
        collector = Session(cls.server.base_url, "usage-collector", SECRETS["usage-collector"])
        # Three people with a licence; two of them with a copilot for the same hour.
        collector.send([
            *(usage(f"user-{name}", "cx-3-named", name, "2026-03-04T09:00:00Z") for name in ("ana", "ben", "cleo")),
            *(usage(f"seat-{name}", "copilot-concurrent", name, "2026-03-10T09:00:00Z", until="2026-03-10T10:00:00Z")
              for name in ("ana", "ben"))])

    @classmethod
    def environment_of(cls, client):
        return {"TALLYSTICK_BASE_URL": cls.server.base_url, "TALLYSTICK_CLIENT_ID": client,
                "TALLYSTICK_CLIENT_SECRET": SECRETS[client]}

    def run_program(self, name, *arguments, client="blue-harbor", exit_code=0, environment=None):
        """What an example writes."""
        done = subprocess.run([PROGRAMS / name, *arguments], capture_output=True, text=True, timeout=60,
                              env=bare_environment(self.server.directory, {**self.environment_of(client), **(environment or {})}))
        self.assertEqual(done.returncode, exit_code, done.stdout + done.stderr)
        self.error_output = done.stderr
        return done.stdout

    def start_program(self, name, *arguments, environment):
        program = subprocess.Popen([PROGRAMS / name, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                   bufsize=1, env=bare_environment(self.server.directory, environment))
        self.addCleanup(program.stdout.close)
        self.addCleanup(program.wait, 60)
        self.addCleanup(program.stdin.close)
        self.addCleanup(program.kill)
        return program

    def test_every_program_is_run_here(self):
        text = Path(__file__).read_text()
        names = [path.stem for path in (ROOT / "examples").glob("*.cpp")]
        self.assertEqual([name for name in names if f'program("{name}"' not in text], [])

    # ---- reports, overviews, who one is --------------------------------------------------------------------------

    def test_reports_and_overviews(self):
        march = ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
        self.assertRegex(self.run_program("billable_usage", *march), r"CX ?3: 3 of 3 resources\n")
        self.assertEqual(self.run_program("concurrent_usage", *march), "Agent Copilot: 2 at once, 2 at the most\n")

        overview = self.run_program("customer_overview", BLUE_HARBOR, "1", client="northwind")
        self.assertTrue(overview.startswith("Blue Harbor Bank, PREPAY_MONTHLY_COMMITMENT in USD\n"), overview)
        self.assertIn("Genesys Cloud CX 3: 3 used, 60 prepaid\n", overview)
        self.assertIn("Genesys Cloud CX 3: 0 user, overage at 155.00 USD\n", self.run_program("own_overview"))
        several = self.run_program("many_at_once", BLUE_HARBOR, "3", client="northwind").splitlines()
        self.assertEqual([line[:7] for line in several], ["2026-04", "2026-03", "2026-02"])

    def test_a_failure_is_told(self):
        self.run_program("customer_overview", NORTHWIND, "1", client="northwind", exit_code=1)
        self.assertIn("The service logged it as ", self.error_output)
        self.run_program("customer_overview", "nobody", "1", client="northwind", exit_code=2)

    def test_who_one_is(self):
        self.assertRegex(self.run_program("whoami"),
                         rf"^Blue Harbor Bank {BLUE_HARBOR}\nstatus 200, 1 attempt, correlation id [0-9a-f-]{{36}}\n$")
        trustors = self.run_program("trustors", client="northwind").splitlines()
        self.assertEqual([line.split(" ", 1)[1] for line in trustors], ["Blue Harbor Bank", "Cedar Valley Health", "Kestrel Airlines"])

    # ---- contracts and invoices ----------------------------------------------------------------------------------

    def test_contracts_and_invoices(self):
        contracts = self.run_program("contracts").splitlines()
        self.assertEqual(contracts[0], f"00041822 {CONTRACT} Active")
        self.assertRegex(contracts[1], r"^00037115 \S+ Inactive$")
        contract = self.run_program("contract", CONTRACT)
        self.assertRegex(contract, r"  60 at 145(\.00)?\n")
        march = re.search(r"2026-03-01 to 2026-03-31 (\S+)", contract).group(1)
        self.assertIn("Genesys Cloud CX 3: 3 used, overage 0", self.run_program("billing_period", CONTRACT, march))

        # Nine months of the former contract, three of this one; January is what was prepaid.
        closed = self.run_program("close_periods", BLUE_HARBOR, client=self.operator_id).splitlines()
        self.assertEqual(len(closed), 12, closed)
        self.assertIn("2026-01-01 to 2026-01-31: NW-000010, 28730 USD", closed)
        self.assertEqual(self.run_program("close_periods", BLUE_HARBOR, client=self.operator_id), "")

        invoices = self.run_program("invoices", "2026-01-01").splitlines()
        self.assertEqual([line[:10] for line in invoices], ["2026-03-31", "2026-02-28", "2026-01-31"])
        january = invoices[2].split(" ")[1]
        self.assertRegex(invoices[2], r" 28730(\.00)? USD$")
        self.assertRegex(self.run_program("invoice_lines", january), r"60 at 145(\.00)?: 8700(\.00)?\n")
        file = self.server.directory / "january.pdf"
        self.assertRegex(self.run_program("invoice_document", january, file), rf"^{file}: \d+ bytes\n$")
        self.assertTrue(file.read_bytes().startswith(b"%PDF-"))

        for _ in range(2):  # the second time it is the same payment
            self.assertEqual(self.run_program("pay_invoice", january, "120.50", "bank-1", client=self.operator_id), "bank-1: 120.5\n")
        listed = self.run_program("pages", "5")
        self.assertEqual(re.findall("page .*", listed), ["page 1", "page 2", "page 3"])  # 12 invoices and the draft of April
        self.assertIn("  NW-000010 28609.5 due\n", listed)

    # ---- what one sends ------------------------------------------------------------------------------------------

    def test_events_and_catalog(self):
        event = (BLUE_HARBOR, "edge-devices", "edge-7", "2026-04-02T10:00:00Z")
        self.assertEqual(self.run_program("send_events", *event, client="usage-collector"), "1 accepted, 0 known already\n")
        self.assertEqual(self.run_program("send_events", *event, client="usage-collector"), "0 accepted, 1 known already\n")

        document = self.operator.http.get("/tallystick/v1/catalog").json
        file = self.server.directory / "catalog.yaml"  # JSON is YAML
        file.write_text(json.dumps(document))
        self.assertRegex(self.run_program("apply_catalog", file, client=self.operator_id), r"^\d+ unchanged\n$")
        document["organizations"].append({"id": "77777777-7777-4777-8777-777777777777", "name": "Seven Hills Hotel"})
        file.write_text(json.dumps(document))
        self.assertRegex(self.run_program("apply_catalog", file, client=self.operator_id),
                         r"^\+ organization 77777777-7777-4777-8777-777777777777\n\d+ unchanged\n$")

    # ---- how one asks --------------------------------------------------------------------------------------------

    def test_callback_and_cancel(self):
        self.assertEqual(self.run_program("callback_and_cancel", "30000"), "Blue Harbor Bank\n")
        silent = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        address = {"TALLYSTICK_BASE_URL": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        self.assertEqual(self.run_program("callback_and_cancel", "50", environment=address), "cancelled\n")

    def test_hooks_and_log(self):
        output = self.run_program("hooks_and_log")
        self.assertIn("GET 200 in less than ", output)
        self.assertTrue(output.endswith("Blue Harbor Bank\n"), output)
        self.assertIn("/api/v2/organizations/me", self.error_output)
        self.assertNotIn(SECRETS["blue-harbor"], self.error_output)

    def test_configuration_file(self):
        file = self.server.directory / "profiles.toml"

        def write_profile(client):
            # Whole or not at all, as editors do it.
            fresh = file.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_text(f'[profiles.work]\nbase_url = "{self.server.base_url}"\nclient_id = "{client}"\n'
                             f'client_secret = "{SECRETS[client]}"\n')
            fresh.rename(file)

        write_profile("blue-harbor")
        program = self.start_program("configuration_file", file, "work", environment={})

        def ask():
            program.stdin.write("\n")
            program.stdin.flush()
            return program.stdout.readline()

        self.assertEqual(ask(), "Blue Harbor Bank\n")
        write_profile("northwind")
        deadline = time.monotonic() + RELOAD_TIMEOUT_S
        while (answer := ask()) == "Blue Harbor Bank\n" and time.monotonic() < deadline:
            pass
        self.assertEqual(answer, "Northwind Partners\n")

    def test_a_person_logs_in(self):
        SECRETS["desktop"] = "the secret of the desktop"
        program = self.start_program("log_in_as_a_person", REDIRECT_URI, environment=self.environment_of("desktop"))
        program.stdout.readline()
        address = urllib.parse.urlsplit(program.stdout.readline().strip())
        browser = HttpClient(self.server.base_url)
        self.addCleanup(browser.close)
        answer = browser.request("POST", f"{address.path}?{address.query}",
                                 form_body(email=PERSON["email"], password=PERSON["secret"], decision="allow"),
                                 {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.base_url})
        self.assertEqual(answer.status, 303, answer)
        program.stdin.write(answer.header("Location") + "\n")
        program.stdin.flush()
        self.assertEqual(program.stdout.readline(), "Blue Harbor Bank\n")

    def test_own_trust(self):
        folder = self.server.directory / "trust"
        folder.mkdir()

        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)

        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Examples", "-days", "2")
        for name, extension in (("server", "subjectAltName=IP:127.0.0.1"), ("client", "extendedKeyUsage=clientAuth")):
            openssl("req", "-x509", *curve, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "2",
                    "-CA", "ca.pem", "-CAkey", "ca.key", "-addext", extension, "-addext", "basicConstraints=CA:FALSE")

        class Service(BaseHTTPRequestHandler):
            def answer(self, body):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(b'{"access_token": "t", "token_type": "bearer", "expires_in": 3600}')

            def do_GET(self):
                subject = dict(field[0] for field in self.connection.getpeercert()["subject"])
                self.answer(json.dumps({"name": f"known as {subject['commonName']}"}).encode())

            def log_message(self, *_):
                pass

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=folder / "ca.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        service = self.enterContext(HTTPServer(("127.0.0.1", 0), Service))
        service.socket = context.wrap_socket(service.socket, server_side=True)
        thread = threading.Thread(target=service.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(service.shutdown)
        address = {"TALLYSTICK_BASE_URL": f"https://127.0.0.1:{service.server_port}"}
        files = [folder / name for name in ("ca.pem", "client.pem", "client.key")]
        self.assertEqual(self.run_program("own_trust", *files, environment=address), "known as client\n")
        # Without the authority nothing is asked.
        self.run_program("whoami", environment=address, exit_code=1)


if __name__ == "__main__":
    unittest.main()
