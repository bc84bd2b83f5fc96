"""The client commands as people and scripts use them: formats, exit codes, where settings come from, resumed ingestion."""

import csv
import gzip
import io
import json
import os
import pty
import re
import signal
import subprocess
import time
import unittest
from xml.etree import ElementTree

from harness import catalog
from harness.http import compressed
from harness.server_process import ServerProcess, bare_environment, binary_path, run_command
from harness.session import Session

MARCH = ("--from", "2026-03")
APRIL_END = "2026-04-01T00:00:00Z"


def usage(count, prefix="e", quantity="1.5"):
    return [
        catalog.event(f"{prefix}-{number}", catalog.BLUE_HARBOR, "api-requests", f"user-{number % 50:02d}@example.com",
                      f"2026-03-{number % 28 + 1:02d}T10:00:00Z", quantity=quantity)
        for number in range(count)
    ]


def ndjson(events) -> bytes:
    return "".join(json.dumps(event) + "\n" for event in events).encode()


class CommandLineTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess())
        self.home = self.server.directory
        self.operator = Session.of_operator(self.server)
        self.operator.apply(catalog.document())
        operator_id, operator_secret = self.server.operator_credentials()
        self.as_operator = self.environment(operator_id, operator_secret)
        self.as_viewer = self.environment("viewer-2222", catalog.secret_of("viewer-2222"))

    def environment(self, client_id, secret):
        return {"TALLYSTICK_BASE_URL": self.server.base_url, "TALLYSTICK_CLIENT_ID": client_id,
                "TALLYSTICK_CLIENT_SECRET": secret}

    def run_cli(self, *arguments, environment=None, stdin=b"", expect=0, timeout_s=60):
        finished = run_command(arguments, home=self.home, environment=environment, stdin=stdin, timeout_s=timeout_s)
        self.assertEqual(finished.returncode, expect,
                         f"tallystick {' '.join(map(str, arguments))}\n{finished.stdout[-800:]}\n{finished.stderr[-800:]}")
        for secret in (catalog.secret_of("viewer-2222"), self.as_operator["TALLYSTICK_CLIENT_SECRET"]):
            self.assertNotIn(secret, finished.stdout + finished.stderr, "a secret was printed")
        return finished

    def write(self, name, content):
        path = self.home / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def total(self) -> str | None:
        report = self.operator.report_of(catalog.BLUE_HARBOR, "2026-03-01T00:00:00Z", APRIL_END)
        totals = {entry["name"]: entry["totalUsage"] for entry in report["usages"]}
        return totals.get("api requests")


class IngestTest(CommandLineTest):
    def test_every_kind_of_file(self):
        events = usage(60)
        lines = io.StringIO()
        writer = csv.writer(lines)
        writer.writerow(["source", "id", "organization", "product", "resource", "time", "quantity", "until"])
        for event in events[40:50]:
            writer.writerow([event["source"], event["id"], event["organization"], event["type"], event["subject"],
                             event["time"], event["data"]["quantity"], ""])
        plain = self.write("a.ndjson", ndjson(events[:10]))
        zipped = self.write("b.ndjson.gz", gzip.compress(ndjson(events[10:20])))
        zstandard = self.write("c.ndjson.zst", compressed(ndjson(events[20:30]), "zstd"))
        table = self.write("d.csv", lines.getvalue())
        self.run_cli("ingest", plain, zipped, zstandard, table, environment=self.as_operator)
        self.assertEqual(self.total(), "60")
        self.run_cli("ingest", "-", environment=self.as_operator, stdin=ndjson(events[50:60]))
        self.assertEqual(self.total(), "75")
        self.run_cli("ingest", plain, zipped, zstandard, table, environment=self.as_operator)
        self.assertEqual(self.total(), "75", "a second time counts nothing")

    def test_voids_and_conflicts(self):
        events = [*usage(4), catalog.void("v", catalog.BLUE_HARBOR, "e-0")]
        self.run_cli("ingest", "-", environment=self.as_operator, stdin=ndjson(events))
        self.assertEqual(self.total(), "4.5")
        changed = {**events[1], "data": {"quantity": "9"}}
        finished = self.run_cli("ingest", "-", environment=self.as_operator, stdin=ndjson([changed]))
        self.assertIn("conflict", finished.stderr + finished.stdout)
        self.assertIn("e-1", finished.stderr + finished.stdout, "a conflict is named")
        self.assertEqual(self.total(), "4.5")

    def test_faults_name_file_and_line(self):
        good = json.dumps(usage(1)[0])
        header = "source,id,organization,product,resource,time,quantity,until\n"
        row = f"s,1,{catalog.BLUE_HARBOR},api-requests,ana,2026-03-01T00:00:00Z,"
        cases = {
            "cut.ndjson": (f"{good}\n{good[:-9]}\n", 2, ""),
            "fraction.ndjson": (good + "\n\n" + good.replace('"1.5"', "1.5") + "\n", 3, "quantity"),
            "product.ndjson": (good + "\n" + good.replace("api-requests", "cx-9").replace("e-0", "e-9") + "\n", 2, ""),
            "quantity.csv": (header + row + "1,\n" + row.replace("s,1", "s,2") + "many,\n", 3, "quantity"),
            "time.csv": (header + row.replace("2026-03-01T00:00:00Z", "yesterday") + "1,\n", 2, "time"),
            "header.csv": ("source,id,organization,product,resource,when\n", 1, "when"),
        }
        for name, (text, line, said) in cases.items():
            with self.subTest(name):
                path = self.write(name, text)
                finished = self.run_cli("ingest", path, environment=self.as_operator, expect=2)
                self.assertRegex(finished.stderr, re.escape(f"{name}:{line}") + r"\b")
                self.assertIn(said, finished.stderr)
        self.run_cli("ingest", self.home / "missing.ndjson", environment=self.as_operator, expect=2)
        cut = self.write("cut.ndjson.gz", gzip.compress(ndjson(usage(100)))[:-12])
        self.run_cli("ingest", cut, environment=self.as_operator, expect=2)

    def test_goes_on_after_an_interruption_without_counting_twice(self):
        count = 300_000  # several seconds of work, so that the interruption falls into it
        line = json.dumps(usage(1, quantity="2")[0]) + "\n"
        path = self.write("month.ndjson", "".join(line.replace("e-0", f"e-{number}") for number in range(count)))
        process = subprocess.Popen(
            [binary_path(), "ingest", str(path)], env=bare_environment(self.home, self.as_operator), cwd=self.home,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 30
        while self.total() is None and process.poll() is None and time.monotonic() < deadline:
            pass
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        self.assertNotEqual(process.returncode, 0, "it was done before it was interrupted: use a larger file")
        self.assertIsNotNone(self.total(), said)
        self.assertNotEqual(self.total(), str(2 * count))
        self.run_cli("ingest", path, environment=self.as_operator)
        self.assertEqual(self.total(), str(2 * count))


class ReportTest(CommandLineTest):
    def setUp(self):
        super().setUp()
        self.operator.send([
            *usage(50),
            catalog.event("n-1", catalog.BLUE_HARBOR, "named-user", 'Čapek, "Karel"', "2026-03-31T23:59:59.999Z"),
        ])

    def test_json_is_the_model(self):
        finished = self.run_cli("report", *MARCH, environment=self.as_viewer)
        session = Session(self.server.base_url, "viewer-2222", catalog.secret_of("viewer-2222"))
        self.assertEqual(json.loads(finished.stdout), session.report("2026-03-01T00:00:00Z", APRIL_END))

    def test_dates(self):
        expected = json.loads(self.run_cli("report", *MARCH, environment=self.as_viewer).stdout)
        for dates in (("--from", "2026-03-01", "--to", "2026-04-01"), ("--from", "2026-03", "--to", "2026-04"),
                      ("--from", "2026-03-01T00:00:00Z", "--to", "2026-04-01T02:00:00+02:00")):
            with self.subTest(dates):
                self.assertEqual(json.loads(self.run_cli("report", *dates, environment=self.as_viewer).stdout), expected)

    def test_csv(self):
        finished = self.run_cli("report", *MARCH, "--format", "csv", environment=self.as_viewer)
        header, *records = csv.reader(io.StringIO(finished.stdout))
        self.assertEqual(len(records), 51)
        (named,) = [record for record in records if 'Čapek, "Karel"' in record]
        self.assertEqual(len(named), len(header))
        self.assertIn("Zebra named user", named)
        self.assertIn("2026-03-31T23:59:59.999Z", named)
        self.assertEqual(sum("75" in record and "api requests" in record for record in records), 50)

    def test_table(self):
        finished = self.run_cli("report", *MARCH, "--format", "table", environment=self.as_viewer)
        (row,) = [line for line in finished.stdout.splitlines() if "api requests" in line]
        self.assertIn("75", row.split())

    def test_a_table_on_a_terminal(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([binary_path(), "report", *MARCH], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                                   env=bare_environment(self.home, {**self.as_viewer, "TERM": "xterm"}), cwd=self.home)
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:
            pass  # the terminal's other end was closed
        os.close(ours)
        self.assertEqual(process.wait(30), 0, shown)
        self.assertIn("api requests", shown.decode())
        self.assertNotIn("totalUsage", shown.decode())

    def test_output_file(self):
        self.run_cli("report", *MARCH, "--output", "march.json", environment=self.as_viewer)
        self.assertEqual(len(json.loads((self.home / "march.json").read_text("utf-8"))["usages"]), 2)

    def test_an_operator_asks_for_anyone(self):
        own = self.run_cli("report", *MARCH, environment=self.as_viewer)
        of = self.run_cli("report", *MARCH, "--organization", catalog.BLUE_HARBOR, environment=self.as_operator)
        self.assertEqual(json.loads(of.stdout)["usages"], json.loads(own.stdout)["usages"])

    def test_waits_while_in_progress(self):
        self.server.stop()
        self.server.options = ["--report-wait-ms", "0"]
        self.server.start()
        environment = self.environment("viewer-2222", catalog.secret_of("viewer-2222"))
        finished = self.run_cli("report", *MARCH, environment=environment)
        report = json.loads(finished.stdout)
        self.assertEqual((report["status"], len(report["usages"])), ("Complete", 2))


class ConcurrentReportTest(CommandLineTest):
    """Three at once for ten minutes, two for half an hour."""

    def setUp(self):
        super().setUp()
        self.operator.apply({"products": [catalog.product("seats", 'Seats & <"chairs">', "concurrent", unit="seat")]})
        self.operator.send([
            catalog.event(name, catalog.BLUE_HARBOR, "seats", name, f"2026-03-10T{begin}:00Z", until=f"2026-03-10T{end}:00Z")
            for name, begin, end in (("ana", "09:00", "10:15"), ("ben", "09:15", "09:45"), ("Čapek", "09:20", "09:30"))
        ])
        self.viewer = Session(self.server.base_url, "viewer-2222", catalog.secret_of("viewer-2222"))

    def report(self, *options, environment=None, expect=0):
        return self.run_cli("report", "--concurrent", *MARCH, *options, environment=environment or self.as_viewer,
                            expect=expect).stdout

    def test_json_is_the_model(self):
        expected = self.viewer.concurrent_usage("2026-03-01T00:00:00Z", APRIL_END)
        (seats,) = expected["products"]
        self.assertEqual((seats["peak"], len(seats["levels"]), len(seats["hours"])), (2, 3, 31 * 24))
        for options in ((), ("--format", "json")):
            self.assertEqual(json.loads(self.report(*options)), expected)

    def test_an_operator_asks_for_anyone(self):
        of = self.report("--organization", catalog.BLUE_HARBOR, environment=self.as_operator)
        self.assertEqual(of, self.report())
        unknown = ("--organization", catalog.UNKNOWN_ORGANIZATION)
        self.report(*unknown, environment=self.as_operator, expect=5)
        self.report(*unknown, expect=4)

    def test_table(self):
        shown = self.report("--format", "table")
        self.assertNotIn("\x1b", shown, "colours are for terminals")
        (heading,) = [line for line in shown.splitlines() if 'Seats & <"chairs">' in line]
        self.assertIn("PN-SEATS", heading)
        self.assertIn("peak 2", heading)
        self.assertRegex(shown, "[▁▂▃▄▅▆▇█]", "a plot")
        levels = {int(found[1]): found[2] for found in re.finditer(r"(?m)^\s*(\d+) or more +(.+?) *$", shown)}
        self.assertEqual(sorted(levels), [1, 2, 3])
        self.assertIn("peak", levels[2])
        self.assertNotIn("peak", levels[1] + levels[3])
        self.assertNotIn("ana", shown)
        with_resources = self.report("--format", "table", "--resources")
        for name in ("ana", "ben"):
            self.assertRegex(with_resources, rf"(?m)^{name}\b.*2026-03-10T09:")
        self.assertNotIn("Čapek", with_resources, "as many are listed as the peak says")

    def test_csv_has_every_hour(self):
        header, *records = csv.reader(io.StringIO(self.report("--format", "csv")))
        self.assertEqual(header, ["product", "part_number", "time", "max"])
        self.assertEqual(len(records), 31 * 24)
        self.assertEqual({tuple(record[:2]) for record in records}, {('Seats & <"chairs">', "PN-SEATS")})
        self.assertEqual({time: most for _, _, time, most in records if most != "0"},
                         {"2026-03-10T09:00:00.000Z": "3", "2026-03-10T10:00:00.000Z": "1"})

    def test_svg(self):
        drawn = self.report("--format", "svg")
        root = ElementTree.fromstring(drawn)
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        text = " ".join("".join(root.itertext()).split())
        self.assertIn('Seats & <"chairs">', text)
        self.assertRegex(text, r"(?i)peak\D*2\b")
        self.report("--output", "march.svg")
        self.assertEqual((self.home / "march.svg").read_text("utf-8"), drawn)

    def test_a_month_without_usage(self):
        for form in ("table", "json", "csv", "svg"):
            with self.subTest(form):
                shown = self.run_cli("report", "--concurrent", "--from", "2026-02", "--format", form,
                                     environment=self.as_viewer)
                if form == "svg":
                    ElementTree.fromstring(shown.stdout)
                self.assertTrue(shown.stdout.strip())

    def test_only_this_report_can_be_drawn(self):
        for command in (("report", *MARCH), ("overview",), ("trustors",), ("whoami",)):
            with self.subTest(command):
                refused = self.run_cli(*command, "--format", "svg", environment=self.as_viewer, expect=2)
                self.assertIn("svg", refused.stderr)
                self.assertEqual(refused.stdout, "")


class ApplyAndWhoamiTest(CommandLineTest):
    def test_apply(self):
        document = self.write("catalog.yaml", json.dumps(catalog.document(
            clients=[{**catalog.client("late", catalog.BLUE_HARBOR, []), "secret": "${LATE_SECRET}"}])))
        environment = {**self.as_operator, "LATE_SECRET": "set in the environment"}
        dry = self.run_cli("apply", "-f", document, "--dry-run", "--format", "json", environment=environment)
        self.assertEqual(len(json.loads(dry.stdout)["created"]), 1)
        done = self.run_cli("apply", "-f", document, "--format", "json", environment=environment)
        self.assertEqual(len(json.loads(done.stdout)["created"]), 1)
        Session(self.server.base_url, "late", "set in the environment")
        again = json.loads(self.run_cli("apply", "-f", document, "--format", "json", environment=environment).stdout)
        self.assertEqual((again["created"], again["updated"], again["removed"]), ([], [], []))

        without = self.write("less.json", json.dumps(catalog.document()))
        pruned = self.run_cli("apply", "-f", without, "--prune", "--format", "json", environment=environment)
        self.assertEqual(len(json.loads(pruned.stdout)["removed"]), 1)

    def test_a_bad_catalog_names_file_and_line(self):
        document = self.write("bad.yaml", "organizations:\n  - {id: 11111111-1111-4111-8111-111111111111, nome: x}\n")
        finished = self.run_cli("apply", "-f", document, environment=self.as_operator, expect=2)
        self.assertIn("bad.yaml", finished.stderr)
        self.assertRegex(finished.stderr, r"\b2\b")
        self.assertIn("nome", finished.stderr)
        missing = self.write("secret.yaml", "clients:\n  - {id: a, organization: 22222222-2222-4222-8222-222222222222, "
                                            "secret: \"${NOT_SET}\", permissions: []}\n")
        finished = self.run_cli("apply", "-f", missing, environment=self.as_operator, expect=2)
        self.assertIn("NOT_SET", finished.stderr)

    def test_whoami(self):
        finished = self.run_cli("whoami", "--format", "json", environment=self.as_viewer)
        self.assertEqual(json.loads(finished.stdout)["name"], "Blue Harbor Bank")
        finished = self.run_cli("whoami", "--format", "table", environment=self.as_operator)
        self.assertIn("Operator", finished.stdout)


class ExitCodeTest(CommandLineTest):
    def test_exit_codes(self):
        wrong = {**self.as_viewer, "TALLYSTICK_CLIENT_SECRET": "wrong"}
        nobody = {name: value for name, value in self.as_viewer.items() if name == "TALLYSTICK_BASE_URL"}
        unreachable = {**self.as_viewer, "TALLYSTICK_BASE_URL": "http://127.0.0.1:9"}
        plain_http = {**self.as_viewer, "TALLYSTICK_BASE_URL": "http://198.51.100.1"}
        of_unknown = (*MARCH, "--organization", catalog.UNKNOWN_ORGANIZATION)
        cases = [
            ("help", ["--help"], None, 0),
            ("no command", [], None, 2),
            ("an unknown command", ["repot"], None, 2),
            ("an unknown option", ["report", *MARCH, "--colour"], self.as_viewer, 2),
            ("no date", ["report"], self.as_viewer, 2),
            ("a bad date", ["report", "--from", "soon"], self.as_viewer, 2),
            ("a bad format", ["report", *MARCH, "--format", "xml"], self.as_viewer, 2),
            ("an unknown region", ["whoami", "--region", "moon_1"], self.as_viewer, 2),
            ("a wrong secret", ["whoami"], wrong, 3),
            ("no credentials", ["whoami"], nobody, 3),
            ("not permitted", ["report", *of_unknown], self.as_viewer, 4),
            ("may not ingest", ["ingest", "-"], self.as_viewer, 4),
            ("an unknown organization", ["report", *of_unknown], self.as_operator, 5),
            ("no server", ["whoami", "--timeout", "1s"], unreachable, 6),
            ("a secret over plain http beyond loopback", ["whoami"], plain_http, 2),
        ]
        for name, arguments, environment, code in cases:
            with self.subTest(name):
                finished = self.run_cli(*arguments, environment=environment, stdin=ndjson(usage(1)), expect=code)
                if code:
                    self.assertTrue(finished.stderr.strip(), "a failure says why on standard error")
                    self.assertEqual(finished.stdout, "")

    def test_the_nearest_spelling_is_told(self):
        self.assertIn("report", self.run_cli("repot", expect=2).stderr)
        self.assertIn("--format", self.run_cli("report", *MARCH, "--fromat", "json", expect=2).stderr)


class SettingsTest(CommandLineTest):
    """Option, then TALLYSTICK_…, then GENESYSCLOUD_…, then the profile."""

    def who(self, *options, environment=None, expect=0):
        finished = self.run_cli("whoami", "--format", "json", *options, environment=environment, expect=expect)
        return json.loads(finished.stdout)["id"] if expect == 0 else finished.stderr

    def write_profile(self, mode=0o600, **profiles):
        folder = self.home / "config" / "tallystick"
        folder.mkdir(parents=True, exist_ok=True)
        text = ""
        for name, settings in profiles.items():
            text += f"[profiles.{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
        (folder / "config.toml").write_text(text, "utf-8")
        os.chmod(folder / "config.toml", mode)

    def profile_of(self, client_id):
        return {"base_url": self.server.base_url, "client_id": client_id, "client_secret": catalog.secret_of(client_id)}

    def test_profiles(self):
        self.write_profile(default=self.profile_of("viewer-1111"), blue=self.profile_of("viewer-2222"))
        self.assertEqual(self.who(), catalog.NORTHWIND)
        self.assertEqual(self.who("--profile", "blue"), catalog.BLUE_HARBOR)
        self.assertIn("green", self.who("--profile", "green", expect=2))

    def test_a_profile_with_a_secret_is_for_its_owner_alone(self):
        self.write_profile(mode=0o644, default=self.profile_of("viewer-1111"))
        said = self.who(expect=2)
        self.assertIn("config.toml", said)
        self.assertIn("chmod 600", said)

    def test_the_environment_beats_the_profile(self):
        self.write_profile(default=self.profile_of("viewer-1111"))
        self.assertEqual(self.who(environment=self.as_viewer), catalog.BLUE_HARBOR)
        published = {"GENESYSCLOUD_OAUTHCLIENT_ID": "viewer-2222",
                     "GENESYSCLOUD_OAUTHCLIENT_SECRET": catalog.secret_of("viewer-2222")}
        self.assertEqual(self.who(environment=published), catalog.BLUE_HARBOR)

    def test_own_variables_beat_the_published_ones(self):
        published = {"GENESYSCLOUD_REGION": "eu_central_1", "GENESYSCLOUD_OAUTHCLIENT_ID": "viewer-1111",
                     "GENESYSCLOUD_OAUTHCLIENT_SECRET": catalog.secret_of("viewer-1111")}
        self.assertEqual(self.who(environment={**published, **self.as_viewer}), catalog.BLUE_HARBOR)
        self.assertEqual(self.who(environment={**published, "TALLYSTICK_BASE_URL": self.server.base_url}),
                         catalog.NORTHWIND)

    def test_options_beat_the_environment(self):
        secret = self.write("secret", catalog.secret_of("viewer-1111") + "\n")
        elsewhere = {**self.as_viewer, "TALLYSTICK_BASE_URL": "http://127.0.0.1:9"}
        options = ("--base-url", self.server.base_url, "--client-id", "viewer-1111", "--client-secret-file", secret)
        self.assertEqual(self.who(*options, environment=elsewhere), catalog.NORTHWIND)

    def test_a_secret_is_never_an_argument(self):
        self.assertIn("client-secret", self.who("--client-secret", "x", environment=self.as_viewer, expect=2))


if __name__ == "__main__":
    unittest.main()
