"""Who may do what: log-in, tokens and their end, permissions, own and other organizations, rate limit, health."""

import socket
import unittest

from harness import catalog
from harness.error_body import check_error_body
from harness.http import HttpClient, path_with_query
from harness.server_process import ServerProcess
from harness.session import (
    BILLABLE_USAGE, CONCURRENT_USAGE, CONTENT_TYPE, Session, events_body, form_body, request_token,
)

CLOCK = "2026-04-01T00:00:00.000Z"
MARCH = {"startDate": "2026-03-01T00:00:00Z", "endDate": "2026-04-01T00:00:00Z"}
REPORT_PATH = path_with_query(BILLABLE_USAGE, MARCH)
CONCURRENT_PATH = path_with_query(CONCURRENT_USAGE, MARCH)
ME = "/api/v2/organizations/me"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def event_of(organization, event_id="1", time="2026-03-05T00:00:00Z"):
    return catalog.event(event_id, organization, "api-requests", "ana@example.com", time, quantity="3")


class ServerOfItsOwn(unittest.TestCase):
    """A fresh server with the ordinary catalog for each test."""

    server_options = ()

    def setUp(self):
        self.server = self.enterContext(ServerProcess(clock=CLOCK, options=self.server_options))
        self.operator = Session.of_operator(self.server)

    def log_in(self, client_id) -> Session:
        return Session(self.server.base_url, client_id, catalog.secret_of(client_id))


class LogInTest(ServerOfItsOwn):
    def setUp(self):
        super().setUp()
        self.operator.apply(catalog.document())
        self.http = HttpClient(self.server.base_url)

    def test_basic(self):
        answer = request_token(self.server.base_url, "viewer-2222", catalog.secret_of("viewer-2222"))
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json["token_type"].lower(), "bearer")
        self.assertEqual(answer.json["expires_in"], 86_400)
        self.assertGreaterEqual(len(answer.json["access_token"]), 22, "at least 128 bits")
        self.assertIn("no-store", answer.header("Cache-Control") or "", "RFC 6749, section 5.1")

    def test_secret_in_the_form(self):
        form = form_body(
            grant_type="client_credentials", client_id="viewer-2222", client_secret=catalog.secret_of("viewer-2222")
        )
        answer = self.http.request("POST", "/oauth/token", form, FORM)
        self.assertEqual(answer.status, 200, str(answer))
        me = self.http.request("GET", ME, headers={"Authorization": "Bearer " + answer.json["access_token"]})
        self.assertEqual(me.json["id"], catalog.BLUE_HARBOR)

    def test_two_tokens_differ_and_both_work(self):
        first, second = self.log_in("viewer-2222"), self.log_in("viewer-2222")
        self.assertNotEqual(first.token, second.token)
        self.assertEqual(first.http.get(ME).status, 200)
        self.assertEqual(second.http.get(ME).status, 200)

    def test_secret_with_every_kind_of_letter(self):
        secret = "a b+c%d&e=f/ü:g"
        client = {**catalog.client("letters", catalog.BLUE_HARBOR, []), "secret": secret}
        self.operator.apply({"clients": [client]})
        self.assertEqual(request_token(self.server.base_url, "letters", secret).status, 200)
        form = form_body(grant_type="client_credentials", client_id="letters", client_secret=secret)
        self.assertEqual(self.http.request("POST", "/oauth/token", form, FORM).status, 200)

    def test_tokens_survive_a_restart(self):
        session = self.log_in("viewer-2222")
        self.server.kill()
        self.server.start()
        again = Session(self.server.base_url, "viewer-2222", "", token=session.token)
        self.assertEqual(again.http.get(ME).status, 200)


class EndOfTokensTest(ServerOfItsOwn):
    def setUp(self):
        super().setUp()
        self.client = catalog.client("partner", catalog.BLUE_HARBOR, [catalog.BILLING_VIEW], token_seconds=600)
        self.operator.apply(catalog.document(clients=[self.client]))
        self.partner = self.log_in("partner")

    def assert_refused(self):
        check_error_body(self, self.partner.http.request("GET", REPORT_PATH), 401, "bad.credentials")

    def test_time_ends_a_token(self):
        self.assertEqual(
            request_token(self.server.base_url, "partner", self.client["secret"]).json["expires_in"], 600
        )
        self.operator.set_clock("2026-04-01T00:09:59.999Z")
        self.assertEqual(self.partner.http.request("GET", REPORT_PATH).status, 200)
        self.operator.set_clock("2026-04-01T00:10:00.000Z")
        self.assert_refused()

    def test_a_changed_secret_ends_tokens(self):
        self.operator.apply({"clients": [{**self.client, "secret": "another secret"}]})
        self.assert_refused()
        self.assertEqual(request_token(self.server.base_url, "partner", self.client["secret"]).status, 401)
        self.assertEqual(request_token(self.server.base_url, "partner", "another secret").status, 200)

    def test_the_same_secret_again_ends_nothing(self):
        self.operator.apply({"clients": [self.client]})
        self.assertEqual(self.partner.http.request("GET", REPORT_PATH).status, 200)

    def test_a_removed_client_ends_tokens(self):
        self.operator.apply(catalog.document(), prune=True)
        self.assert_refused()
        self.assertEqual(request_token(self.server.base_url, "partner", self.client["secret"]).status, 401)

    def test_permissions_are_read_at_each_request(self):
        self.operator.apply({"clients": [{**self.client, "permissions": []}]})
        check_error_body(self, self.partner.http.request("GET", REPORT_PATH), 403, "missing.any.permissions")
        self.operator.apply({"clients": [self.client]})
        self.assertEqual(self.partner.http.request("GET", REPORT_PATH).status, 200)


class PermissionsTest(ServerOfItsOwn):
    def test_any_of_the_published_permissions_opens_the_reports(self):
        asked = {permission: True for permission in catalog.REPORT_PERMISSIONS}
        asked |= {"billing:*:*": True, "*:subscription:view": True, "*:*:*": True, "billing:subscription:*": True}
        asked |= {"billing:subscription:delete": False, "billing:*:delete": False, "affiliateOrganization:*:*": False}
        clients = [catalog.client(f"client-{number}", catalog.BLUE_HARBOR, [permission])
                   for number, permission in enumerate(asked)]
        self.operator.apply(catalog.document(clients=clients))
        for number, (permission, is_enough) in enumerate(asked.items()):
            http = self.log_in(f"client-{number}").http
            for path in (REPORT_PATH, CONCURRENT_PATH):
                with self.subTest(permission, path=path):
                    self.assertEqual(http.request("GET", path).status, 200 if is_enough else 403)

    def test_customers_add_and_read_their_own_usage_alone(self):
        own = catalog.client("meter", catalog.BLUE_HARBOR, ["tallystick:event:add", "tallystick:report:view"])
        self.operator.apply(catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE), clients=[own]))
        meter = self.log_in("meter")
        self.assertEqual(meter.send([event_of(catalog.BLUE_HARBOR)])["accepted"], 1)
        (usage,) = meter.report_of(catalog.BLUE_HARBOR, *MARCH.values())["usages"]
        self.assertEqual(usage["totalUsage"], "3")
        # An organization in capitals is the same organization.
        upper = {**event_of(catalog.ALPINE), "organization": catalog.ALPINE.upper()}
        self.assertEqual(meter.post_events([upper]).status, 403)
        self.assertEqual(self.operator.send([upper])["accepted"], 1)
        (usage,) = self.operator.report_of(catalog.ALPINE.upper(), *MARCH.values())["usages"]
        self.assertEqual(usage["totalUsage"], "3")
        (usage,) = self.log_in("viewer-2222").report(*MARCH.values())["usages"]
        self.assertEqual(usage["totalUsage"], "3", "another organization's usage is not in one's own report")

    def test_further_clients_of_operator(self):
        second = catalog.client("second-operator", catalog.OPERATOR, ["tallystick:event:add", "tallystick:catalog:view"])
        self.operator.apply(catalog.document(clients=[second]))
        session = self.log_in("second-operator")
        self.assertEqual(session.send([event_of(catalog.BLUE_HARBOR)])["accepted"], 1)
        self.assertEqual(session.http.get("/tallystick/v1/catalog").status, 200)
        check_error_body(self, session.post_apply({"organizations": []}), 403, "missing.any.permissions")

    def test_who_one_is(self):
        self.operator.apply(catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE)))
        me = self.log_in("viewer-2a2a").http.get(ME)
        self.assertEqual((me.status, me.json["id"], me.json["name"]), (200, catalog.ALPINE, "Alpine Züge"))
        me = self.operator.http.get(ME).json
        self.assertEqual((me["id"], me["name"]), (catalog.OPERATOR, "Operator"))
        report = self.operator.report(*MARCH.values())
        self.assertEqual(report["usages"], [], "Operator has no usage")


class ConcurrentUsageTest(ServerOfItsOwn):
    """Who sees how many of an organization were present at once: itself, and operators who may see reports."""

    CLIENTS = (
        catalog.client("meter", catalog.BLUE_HARBOR, ["tallystick:event:add", "tallystick:report:view"]),
        catalog.client("everything", catalog.BLUE_HARBOR, ["*:*:*"]),
        catalog.client("adder", catalog.BLUE_HARBOR, ["tallystick:event:add"]),
        catalog.client("reporter", catalog.OPERATOR, ["tallystick:report:view"]),
        catalog.client("operator-viewer", catalog.OPERATOR, [catalog.BILLING_VIEW]),
    )

    def setUp(self):
        super().setUp()
        products = [catalog.product("seats", "Seats", "concurrent", unit="seat")]
        self.operator.apply(catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE), self.CLIENTS, products))
        self.operator.send([
            catalog.event("1", catalog.BLUE_HARBOR, "seats", "ana", "2026-03-10T09:00:00Z", until="2026-03-10T10:00:00Z"),
            catalog.event("1", catalog.ALPINE, "seats", "urs", "2026-03-10T09:00:00Z", until="2026-03-10T09:45:00Z"),
        ])

    def ask(self, client_id, organization=None):
        query = {**MARCH, "organizationId": organization} if organization else MARCH
        session = self.operator if client_id == "operator" else self.log_in(client_id)
        return session.http.get(CONCURRENT_USAGE, **query)

    def test_who_is_answered(self):
        present = {catalog.BLUE_HARBOR: ("ana", 3_600_000), catalog.ALPINE: ("urs", 2_700_000)}
        for client_id, organization, whose in (
            ("viewer-2222", None, catalog.BLUE_HARBOR),
            ("viewer-2222", catalog.BLUE_HARBOR.upper(), catalog.BLUE_HARBOR),
            ("everything", None, catalog.BLUE_HARBOR),
            ("meter", None, catalog.BLUE_HARBOR),
            ("meter", catalog.BLUE_HARBOR, catalog.BLUE_HARBOR),
            ("viewer-2a2a", None, catalog.ALPINE),
            ("operator", catalog.BLUE_HARBOR, catalog.BLUE_HARBOR),
            ("reporter", catalog.ALPINE, catalog.ALPINE),
        ):
            with self.subTest(client=client_id, organization=organization):
                answer = self.ask(client_id, organization)
                self.assertEqual(answer.status, 200, str(answer))
                self.assertEqual(answer.json["organizationId"], whose)
                (product,) = answer.json["products"]
                self.assertEqual([(each["name"], each["milliseconds"]) for each in product["resources"]], [present[whose]])

    def test_who_is_refused(self):
        missing, forbidden = "missing.any.permissions", ("not.authorized", "missing.any.permissions")
        nobody = catalog.UNKNOWN_ORGANIZATION
        for client_id, organization, status, code in (
            ("adder", None, 403, missing),
            ("adder", catalog.BLUE_HARBOR, 403, missing),
            # Whether an organization exists is not told to those who may not see it.
            *((client, organization, 403, forbidden)
              for client in ("viewer-2222", "meter", "everything", "operator-viewer")
              for organization in (catalog.ALPINE, nobody)),
            ("operator", nobody, 404, "not.found"),
            ("reporter", nobody, 404, "not.found"),
            ("reporter", "blue-harbor", 404, "not.found"),
        ):
            with self.subTest(client=client_id, organization=organization):
                check_error_body(self, self.ask(client_id, organization), status, code)

    def test_operator_has_no_usage(self):
        self.assertEqual(self.ask("operator").json["products"], [])

    def test_a_changed_permission_acts_at_once(self):
        adder = self.log_in("adder")
        self.assertEqual(adder.http.get(CONCURRENT_USAGE, **MARCH).status, 403)
        self.operator.apply({"clients": [catalog.client("adder", catalog.BLUE_HARBOR, ["tallystick:report:view"])]})
        self.assertEqual(adder.http.get(CONCURRENT_USAGE, **MARCH).status, 200)


class RequestTest(ServerOfItsOwn):
    def setUp(self):
        super().setUp()
        self.operator.apply(catalog.document())
        self.operator.send([event_of(catalog.BLUE_HARBOR)])
        self.viewer = self.log_in("viewer-2222")

    def test_the_correlation_id_comes_back(self):
        answer = self.viewer.http.request("GET", ME, headers={"ININ-Correlation-Id": "of-the-caller-17"})
        self.assertEqual(answer.header("ININ-Correlation-Id"), "of-the-caller-17")
        answer = self.viewer.http.request("GET", BILLABLE_USAGE, headers={"ININ-Correlation-Id": "of-the-caller-18"})
        self.assertEqual(answer.json["contextId"], "of-the-caller-18")

    def test_a_correlation_id_is_made(self):
        made = {self.viewer.http.get(path).header("ININ-Correlation-Id") for path in (ME, BILLABLE_USAGE, ME)}
        self.assertEqual(len(made), 3)
        self.assertNotIn(None, made)

    def test_head_is_get_without_the_body(self):
        for path in (REPORT_PATH, CONCURRENT_PATH, ME):
            with self.subTest(path):
                got, head = self.viewer.http.request("GET", path), self.viewer.http.request("HEAD", path)
                self.assertEqual((head.status, head.body), (200, b""))
                self.assertEqual(head.header("Content-Type"), got.header("Content-Type"))
                self.assertEqual(head.header("Content-Length"), str(len(got.body)))
        for path in (BILLABLE_USAGE, CONCURRENT_USAGE):
            self.assertEqual(self.viewer.http.request("HEAD", path).status, 400)

    def test_a_report_names_itself(self):
        report = self.viewer.report(*MARCH.values())
        self.assertEqual((report["startDate"], report["endDate"]),
                         ("2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"))
        self.assertNotIn("name", report)
        self.assertTrue(report["selfUri"].startswith(BILLABLE_USAGE + "?"), report["selfUri"])
        again = self.viewer.http.get(report["selfUri"])
        self.assertEqual(again.json, report, "selfUri leads to the same report")
        self.assertRegex(report["id"], "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


class RateLimitTest(ServerOfItsOwn):
    server_options = ("--rate-limit", "5")

    def test_more_requests_than_the_limit(self):
        self.operator.apply(catalog.document())
        first, other = self.log_in("viewer-2222"), self.log_in("viewer-2222")
        answer = first.http.get(ME)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.header("inin-ratelimit-allowed"), "5")
        self.assertEqual(answer.header("inin-ratelimit-count"), "1")
        self.assertIn(int(answer.header("inin-ratelimit-reset")), range(61))
        # A minute may end in between: no eleven requests fit into two minutes of five.
        refused = next((each for _ in range(10) if (each := first.http.get(ME)).status != 200), None)
        self.assertIsNotNone(refused, "eleven requests at once were within a limit of five")
        check_error_body(self, refused, 429, "too.many.requests", says=("maximum [5] requests within [60] seconds",))
        self.assertIn(int(refused.header("Retry-After")), range(1, 61))
        self.assertEqual(refused.header("inin-ratelimit-allowed"), "5")

        self.assertEqual(other.http.get(ME).status, 200, "each token has a limit of its own")
        stranger = HttpClient(self.server.base_url, token="not a token")
        self.assertEqual(stranger.get(ME).status, 401)
        for number in range(12):  # our own addresses are limited by their queue alone
            self.assertEqual(self.operator.send([event_of(catalog.BLUE_HARBOR, f"e{number}")])["accepted"], 1)


class HealthTest(unittest.TestCase):
    PATHS = ("/health/live", "/health/ready", "/metrics")

    def test_on_loopback(self):
        with ServerProcess() as server:
            http = HttpClient(server.base_url)
            for path in self.PATHS:
                with self.subTest(path):
                    self.assertEqual(http.get(path).status, 200)
            self.assertRegex(http.get("/metrics").body.decode(), r"(?m)^# TYPE \w+ (counter|gauge|histogram)$")

    def test_on_a_listener_of_their_own(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with ServerProcess(options=["--listen-admin", f"127.0.0.1:{port}"]) as server:
            public, admin = HttpClient(server.base_url), HttpClient(f"http://127.0.0.1:{port}")
            for path in self.PATHS:
                with self.subTest(path):
                    self.assertEqual(admin.get(path).status, 200)
                    self.assertEqual(public.get(path).status, 404)
            self.assertEqual(admin.get(ME).status, 404, "the rest is not on the admin listener")
            body = events_body([event_of(catalog.BLUE_HARBOR)], "batch")
            answer = admin.request("POST", "/tallystick/v1/events", body, {"Content-Type": CONTENT_TYPE["batch"]})
            self.assertEqual(answer.status, 404)


if __name__ == "__main__":
    unittest.main()
