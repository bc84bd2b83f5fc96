"""People log in: the command line in a browser and by assertions, and the official JavaScript library."""

import base64
import datetime
import json
import os
import select
import shutil
import stat
import subprocess
import sys
import threading
import unittest
import urllib.parse
from pathlib import Path

from harness import catalog
from harness.http import HttpClient
from harness.people import Browser, IdentityProvider, Pkce, authorize_query, redirected_to, refresh
from harness.server_process import ServerProcess, bare_environment, binary_path, run_command
from harness.session import Session

START = "2026-04-01T00:00:00.000Z"
APP = "partner-app"  # runs on people's machines: it has no secret that it could keep
WEB = "partner-web"
EMAIL, PASSWORD = "ana@northwind.example", "correct & horse+battery%"
SCRIPTED_BROWSER = Path(__file__).parent / "scripted_browser.py"
JAVASCRIPT = Path(__file__).parent / "javascript"


class PeopleLogIn(unittest.TestCase):
    """One server for all tests, a home folder for each."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ServerProcess(clock=START))
        cls.operator = Session.of_operator(cls.server)
        cls.identity_provider = IdentityProvider(cls.server.directory)
        cls.now = datetime.datetime.fromisoformat(START.replace("Z", "+00:00"))
        cls.assertions = 0

    def setUp(self):
        self.home = self.server.directory / self.id().rsplit(".", 1)[1]
        self.home.mkdir()
        self.apply_people(PASSWORD)

    def apply_people(self, password):
        more = {"redirect_uris": ["http://127.0.0.1/callback", "https://web.example/back"], "token_seconds": 600}
        self.operator.apply({
            **catalog.document((catalog.NORTHWIND, catalog.BLUE_HARBOR), clients=[
                catalog.client(APP, catalog.NORTHWIND, [], **more), catalog.client(WEB, catalog.NORTHWIND, [], **more)]),
            "users": [{"id": "ana", "organization": catalog.NORTHWIND, "email": EMAIL, "secret": password,
                       "permissions": [catalog.BILLING_VIEW]}],
            "saml": [{"organization": catalog.NORTHWIND, "issuer": self.identity_provider.issuer,
                      "certificate": self.identity_provider.certificate}],
        })

    def pass_minutes(self, minutes: int):
        type(self).now += datetime.timedelta(minutes=minutes)
        self.operator.set_clock(self.time_text())

    def time_text(self, minutes=0) -> str:
        return (self.now + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def assertion(self) -> str:
        type(self).assertions += 1
        return self.identity_provider.assertion(EMAIL, self.server.base_url, issued=self.time_text(),
                                                ends=self.time_text(5), name=f"_people-{self.assertions}")

    def environment(self, **more) -> dict:
        return {"XDG_STATE_HOME": str(self.home / "state"), "BROWSER": f"{sys.executable} {SCRIPTED_BROWSER}",
                "TALLYSTICK_TEST_EMAIL": EMAIL, "TALLYSTICK_TEST_PASSWORD": PASSWORD, **more}

    def run_tallystick(self, *arguments, stdin="", **environment):
        return run_command(arguments, home=self.home, environment=self.environment(**environment), stdin=stdin.encode())

    def log_in(self, *arguments, **environment):
        return self.run_tallystick("login", "--base-url", self.server.base_url, "--client-id", APP, "--pkce", *arguments,
                                   **environment)

    def must_log_in(self):
        done = self.log_in()
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def tokens(self, profile="default") -> dict:
        return json.loads((self.home / "state" / "tallystick" / "tokens" / f"{profile}.json").read_text())

    def whoami(self, *arguments) -> dict:
        asked = self.run_tallystick("whoami", "--format", "json", *arguments)
        self.assertEqual(asked.returncode, 0, asked.stderr)
        return json.loads(asked.stdout)

    def whoami_refused(self, *arguments) -> str:
        asked = self.run_tallystick("whoami", *arguments)
        self.assertEqual(asked.returncode, 3, asked.stderr)
        return asked.stderr

    def status_with(self, token: str) -> int:
        return HttpClient(self.server.base_url, token=token).get("/api/v2/organizations/me").status

    def watch_browser(self):
        """A function that waits for the page which the browser shows last; it may come after the command's end."""
        path = self.home / "page.html"
        os.mkfifo(path)
        pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, pipe)

        def shown() -> str:
            self.assertTrue(select.select([pipe], [], [], 30)[0], "the browser shows nothing")
            return os.read(pipe, 1 << 16).decode()

        return shown

    # ---- in a browser ----------------------------------------------------------------------------------------------

    def test_a_browser_then_every_command(self):
        shown_page = self.watch_browser()
        self.assertIn("Northwind Partners", self.must_log_in().stderr)
        self.assertIn("You are logged in", shown_page())
        config = self.home / "config" / "tallystick" / "config.toml"
        self.assertEqual(stat.S_IMODE(config.stat().st_mode), 0o600)
        self.assertNotIn("secret", config.read_text())
        self.assertEqual(self.whoami()["name"], "Northwind Partners")
        report = self.run_tallystick("report", "--from", "2026-03", "--format", "json")
        self.assertEqual(report.returncode, 0, report.stderr)
        self.assertEqual(json.loads(report.stdout)["usages"], [])
        denied = self.run_tallystick("overview", catalog.BLUE_HARBOR)
        self.assertEqual(denied.returncode, 4, denied.stderr)

    def test_a_token_that_ended_is_refreshed_and_rotated(self):
        self.must_log_in()
        first = self.tokens()
        self.pass_minutes(11)  # on the server's clock alone: the command's token is refused, and then renewed
        self.whoami()
        second = self.tokens()
        self.assertNotEqual(first["accessToken"], second["accessToken"])
        self.assertNotEqual(first["refreshToken"], second["refreshToken"])
        self.assertEqual(self.status_with(second["accessToken"]), 200)

        # A refresh token that is used again is a stolen one: the whole log-in ends.
        reused = refresh(self.server.base_url, first["refreshToken"], client_id=APP)
        self.assertEqual((reused.status, reused.json["error"]), (400, "invalid_grant"))
        self.assertEqual(self.status_with(second["accessToken"]), 401)
        self.assertIn("log in again (tallystick login)", self.whoami_refused())
        self.assertIn("nobody is logged in", self.whoami_refused())

    def test_many_commands_at_once_keep_the_log_in(self):
        self.must_log_in()
        for _ in range(3):
            self.pass_minutes(11)
            commands = [
                subprocess.Popen([binary_path(), "whoami"], env=bare_environment(self.home, self.environment()),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for _ in range(8)]
            for command in commands:
                _, stderr = command.communicate(timeout=60)
                self.assertEqual(command.returncode, 0, stderr)
        self.assertEqual(self.status_with(self.tokens()["accessToken"]), 200)

    def test_a_changed_password_ends_the_log_in(self):
        self.must_log_in()
        token = self.tokens()["accessToken"]
        self.assertEqual(self.status_with(token), 200)
        self.apply_people("another one")
        self.assertEqual(self.status_with(token), 401)
        self.whoami_refused()

    def test_whoever_refuses_is_not_logged_in(self):
        shown_page = self.watch_browser()
        refused = self.log_in(TALLYSTICK_TEST_DECISION="cancel")
        self.assertEqual(refused.returncode, 3, refused.stderr)
        self.assertIn("access_denied", refused.stderr)
        self.assertIn("The log-in did not work", shown_page())
        self.assertFalse((self.home / "config").exists())

    def test_the_address_can_be_opened_by_hand(self):
        environment = bare_environment(self.home, self.environment())
        command = subprocess.Popen(
            [binary_path(), "login", "--base-url", self.server.base_url, "--client-id", APP, "--pkce", "--no-browser"],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        watchdog = threading.Timer(60, command.kill)
        watchdog.start()
        try:
            address = next(line for line in map(bytes.decode, command.stderr) if line.startswith("http")).strip()
            redirect_uri = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))["redirect_uri"]
            # Somebody else's answer does not end it.
            self.assertEqual(HttpClient(redirect_uri).request("GET", "/callback?code=x&state=forged").status, 400)
            subprocess.run([sys.executable, SCRIPTED_BROWSER, address], check=True, cwd=self.home, env=environment, timeout=60)
            _, stderr = command.communicate(timeout=60)
            self.assertEqual(command.returncode, 0, stderr)
        finally:
            watchdog.cancel()
            command.kill()
            command.communicate()

    # ---- otherwise -------------------------------------------------------------------------------------------------

    def test_an_assertion(self):
        file = self.home / "assertion.xml"
        file.write_text(self.assertion())

        def log_in(org_name="northwind partners"):
            return self.run_tallystick(
                "login", "--base-url", self.server.base_url, "--client-id", WEB, "--profile", "saml", "--saml", file,
                "--org-name", org_name, stdin=catalog.secret_of(WEB) + "\n")

        self.assertEqual(log_in("Blue Harbor Bank").returncode, 3, "it is Northwind's")
        logged_in = log_in()
        self.assertEqual(logged_in.returncode, 0, logged_in.stderr)
        self.assertEqual(self.whoami("--profile", "saml")["id"], catalog.NORTHWIND)
        self.assertEqual(log_in().returncode, 3, "it works once")
        file.write_text(self.assertion().replace(EMAIL, "bo@northwind.example"))
        self.assertEqual(log_in().returncode, 3, "it was changed after it was signed")

    def test_id_and_secret_from_a_pipe(self):
        viewer = catalog.viewer_of(catalog.BLUE_HARBOR)
        logged_in = self.run_tallystick("login", "--base-url", self.server.base_url, "--profile", "harbor",
                                        stdin=f"{viewer}\n{catalog.secret_of(viewer)}\n")
        self.assertEqual(logged_in.returncode, 0, logged_in.stderr)
        before = self.tokens("harbor")["accessToken"]
        for _ in range(3):
            self.assertEqual(self.whoami("--profile", "harbor")["id"], catalog.BLUE_HARBOR)
        self.assertEqual(self.tokens("harbor")["accessToken"], before, "commands that follow each other log in once")
        self.assertEqual(self.run_tallystick("logout", "--profile", "harbor").returncode, 0)
        self.whoami_refused("--profile", "harbor")
        wrong = self.run_tallystick("login", "--base-url", self.server.base_url, stdin=f"{viewer}\nwrong\n")
        self.assertEqual(wrong.returncode, 3, wrong.stderr)

    def test_the_official_library(self):
        node = shutil.which("node")
        self.assertIsNotNone(node, "node is not installed: apt-get install nodejs npm")
        pkce = Pkce()
        app_code, web_code = (
            redirected_to(Browser(self.server.base_url).log_in(query, EMAIL, PASSWORD))[1]["code"]
            for query in (authorize_query(APP, "https://web.example/back", pkce, state="s"),
                          authorize_query(WEB, "https://web.example/back", state="s")))
        finished = subprocess.run(
            [node, "--test", JAVASCRIPT / "people_login.js"], cwd=JAVASCRIPT, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=120, check=False,
            env=bare_environment(self.home, {
                "TALLYSTICK_TEST_PORT": str(self.server.port),
                "TALLYSTICK_TEST_PERSON": json.dumps({
                    "app": APP, "appCode": app_code, "verifier": pkce.verifier,
                    "web": WEB, "webSecret": catalog.secret_of(WEB), "webCode": web_code,
                    "redirectUri": "https://web.example/back",
                    "orgName": "Northwind Partners", "organization": catalog.NORTHWIND,
                    "assertion": base64.b64encode(self.assertion().encode()).decode(),
                }),
            }))
        self.assertEqual(finished.returncode, 0, "\n" + finished.stdout.decode("utf-8", "replace"))


if __name__ == "__main__":
    unittest.main()
