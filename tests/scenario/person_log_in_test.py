"""People log in: the page, what comes back to the client, tokens for codes and assertions, and what an attacker tries."""

import base64
import tempfile
import unittest
import urllib.parse

from harness import catalog
from harness.http import HttpClient, path_with_query
from harness.people import (
    AUTHORIZE, FORM, SAML_GRANT, Browser, IdentityProvider, Page, Pkce, ask_for_tokens, authorize_query, exchange_code,
    redeem, redirected_to, refresh,
)
from harness.server_process import ServerProcess
from harness.session import Session

CLOCK = "2026-04-01T00:00:00.000Z"
ME = "/api/v2/organizations/me"
CONTRACTS = "/api/v2/billing/contracts"
HOSTED = "https://app.example.com/back?tenant=7"
LOOPBACK = "http://127.0.0.1/callback"
LOOPBACK_WITH_PORT = "http://127.0.0.1:53211/callback"
EMAIL, PASSWORD = "ana@blueharbor.example", "correct & horse+battery%"
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"


def person(user_id, organization, email, password, permissions=(catalog.BILLING_VIEW,)):
    return {"id": user_id, "organization": organization, "email": email, "secret": password,
            "permissions": list(permissions)}


class LogInTest(unittest.TestCase):
    """One server for all tests: each log-in is its own."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ServerProcess(clock=CLOCK, options=["--log-level", "debug"]))
        cls.operator = Session.of_operator(cls.server)
        cls.provider = IdentityProvider(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.stranger = IdentityProvider(cls.enterClassContext(tempfile.TemporaryDirectory()))
        redirect_uris = {"redirect_uris": [HOSTED, LOOPBACK]}
        clients = [
            catalog.client("app", catalog.BLUE_HARBOR, [], **redirect_uris),
            catalog.client("other-app", catalog.BLUE_HARBOR, [], **redirect_uris),
            catalog.client("elsewhere", catalog.ALPINE, [], **redirect_uris),
        ]
        cls.operator.apply({
            **catalog.document((catalog.BLUE_HARBOR, catalog.ALPINE), clients),
            "users": [person("ana", catalog.BLUE_HARBOR, EMAIL, PASSWORD),
                      person("urs", catalog.ALPINE, "urs@alpine.example", "another secret", [])],
            "saml": [{"organization": catalog.BLUE_HARBOR, "issuer": cls.provider.issuer,
                      "certificate": cls.provider.certificate}],
        })
        cls.app = ("app", catalog.secret_of("app"))
        cls.other_app = ("other-app", catalog.secret_of("other-app"))

    def setUp(self):
        self.browser = Browser(self.server.base_url)

    def code_for(self, redirect_uri=HOSTED, pkce=None, client_id="app") -> str:
        answer = self.browser.log_in(authorize_query(client_id, redirect_uri, pkce), EMAIL, PASSWORD)
        return redirected_to(answer)[1]["code"]

    def tokens_in(self, answer) -> dict:
        self.assertEqual(answer.status, 200, str(answer))
        self.assertEqual(answer.json["token_type"], "bearer")
        self.assertIn("no-store", answer.header("Cache-Control"))
        return answer.json

    def status_with(self, token, path=CONTRACTS) -> int:
        return HttpClient(self.server.base_url, token=token).request("GET", path).status

    def assert_grant_refused(self, answer, error="invalid_grant"):
        self.assertEqual((answer.status, answer.json["error"]), (401 if error == "invalid_client" else 400, error))

    def assert_stays_here(self, answer):
        """A page that leads nowhere, and has nothing of a stranger's in it but text."""
        self.assertEqual(answer.status, 400, str(answer))
        self.assertIsNone(answer.header("Location"))
        self.assert_harmless(answer)
        self.assertNotIn("form", Page(answer).names)

    def assert_harmless(self, answer):
        self.assertEqual(answer.header("Content-Type"), "text/html; charset=utf-8")
        self.assertIsNone(answer.header("Set-Cookie"))
        self.assertLessEqual(Page(answer).names, {"html", "head", "meta", "title", "style", "body", "main", "h1", "p",
                                                  "b", "form", "label", "input", "button"})


class WholeWay(LogInTest):
    def test_with_a_secret(self):
        query = authorize_query("app", HOSTED, state="a b&c=d/é%#")
        address, back = redirected_to(self.browser.log_in(query, EMAIL, PASSWORD))
        self.assertEqual(address, "https://app.example.com/back")
        self.assertEqual((back["tenant"], back["state"]), ("7", "a b&c=d/é%#"))
        tokens = self.tokens_in(exchange_code(self.server.base_url, back["code"], HOSTED, basic=self.app))
        self.assertEqual(self.status_with(tokens["access_token"]), 200, "what the person may, not the client")
        me = HttpClient(self.server.base_url, token=tokens["access_token"]).get(ME)
        self.assertEqual(me.json["id"], catalog.BLUE_HARBOR)
        again = self.tokens_in(refresh(self.server.base_url, tokens["refresh_token"], basic=self.app))
        self.assertNotEqual(again["refresh_token"], tokens["refresh_token"])
        self.assertEqual(self.status_with(again["access_token"]), 200)

    def test_the_log_names_the_person_and_no_secret(self):
        pkce = Pkce()
        code = self.code_for(pkce=pkce)
        tokens = self.tokens_in(exchange_code(
            self.server.base_url, code, HOSTED, basic=self.app, code_verifier=pkce.verifier))
        self.assertEqual(self.status_with(tokens["access_token"]), 200)
        again = self.tokens_in(refresh(self.server.base_url, tokens["refresh_token"], basic=self.app))
        self.assert_grant_refused(exchange_code(
            self.server.base_url, code, HOSTED, basic=self.app, code_verifier=pkce.verifier))
        log = self.server.stderr_path.read_text()
        self.assertIn(" user=ana ", log)
        self.assertIn("grant refused", log)
        for secret in (PASSWORD, self.app[1], code, pkce.verifier, *tokens.values(), *again.values()):
            if isinstance(secret, str) and secret != "bearer":
                self.assertNotIn(secret, log)

    def test_without_a_secret_by_pkce(self):
        pkce = Pkce()
        code = self.code_for(LOOPBACK_WITH_PORT, pkce)
        tokens = self.tokens_in(exchange_code(
            self.server.base_url, code, LOOPBACK_WITH_PORT, client_id="app", code_verifier=pkce.verifier))
        self.assertEqual(self.status_with(tokens["access_token"]), 200)
        again = self.tokens_in(refresh(self.server.base_url, tokens["refresh_token"], client_id="app"))
        self.assertEqual(self.status_with(again["access_token"]), 200)

    def test_email_in_another_case(self):
        query = authorize_query("app", HOSTED)
        self.assertIn("code", redirected_to(self.browser.log_in(query, EMAIL.upper(), PASSWORD))[1])

    def test_cancel(self):
        answer = self.browser.log_in(authorize_query("app", HOSTED, state="x"), "", "", decision="cancel")
        address, back = redirected_to(answer)
        self.assertEqual((back["error"], back["state"], "code" in back), ("access_denied", "x", False))

    def test_what_the_page_says(self):
        page = Page(self.browser.open(authorize_query("app", LOOPBACK_WITH_PORT, Pkce())))
        for said in ("Blue Harbor Bank", "app", "http://127.0.0.1:53211"):
            self.assertIn(said, page.text)
        self.assertEqual(set(page.fields), {"email", "password"})
        labelled = {attrs["for"] for tag, attrs in page.tags if tag == "label"}
        self.assertEqual(labelled, {attrs["id"] for tag, attrs in page.tags if tag == "input"})


class WrongSecrets(LogInTest):
    def test_nothing_tells_which_was_wrong(self):
        query = authorize_query("app", HOSTED)
        pages = set()
        for email, password in (
            (EMAIL, "wrong"), ("nobody@blueharbor.example", PASSWORD), ("urs@alpine.example", "another secret"),
        ):
            answer = self.browser.log_in(query, email, password)
            self.assertEqual(answer.status, 403, email)
            self.assert_harmless(answer)
            self.assertEqual(Page(answer).fields, {"email": email, "password": ""})
            pages.add(answer.body.replace(email.encode(), b""))
        self.assertEqual(len(pages), 1)

    def test_after_ten_wrong_tries_the_right_secret_waits_too(self):
        email, password = "kim@blueharbor.example", "secret of kim"
        self.operator.apply({"users": [person("kim", catalog.BLUE_HARBOR, email, password)]})
        query = authorize_query("app", HOSTED)
        for attempt in range(10):
            self.assertEqual(self.browser.log_in(query, email, f"wrong {attempt}").status, 403)
        self.assertEqual(self.browser.log_in(query, email, password).status, 403)
        self.assertIn("code", redirected_to(self.browser.log_in(query, EMAIL, PASSWORD))[1], "others are not locked out")


class RedirectUris(LogInTest):
    def test_wrong_ones_are_never_followed(self):
        for redirect_uri in (
            "https://evil.example/",
            HOSTED + "&more=1",
            HOSTED + "/../..",
            "https://app.example.com/back",
            "https://app.example.com/",
            "https://app.example.com/back?tenant=70",
            "https://app.example.com:443/back?tenant=7",
            "https://app.example.com:8443/back?tenant=7",
            "https://app.example.com.evil.example/back?tenant=7",
            "https://evil.example/https://app.example.com/back?tenant=7",
            "https://app.example.com@evil.example/back?tenant=7",
            "https://user:secret@app.example.com/back?tenant=7",
            "https://app.example.com\\@evil.example/back?tenant=7",
            "https://APP.example.com/back?tenant=7",
            "http://app.example.com/back?tenant=7",
            "//app.example.com/back?tenant=7",
            HOSTED + "#fragment",
            " " + HOSTED,
            HOSTED + "\r\nSet-Cookie: a=b",
            HOSTED + "\0",
            "https://127.0.0.1:53211/callback",
            "http://127.0.0.2:53211/callback",
            "http://127.0.0.1:53211/callback/",
            "http://127.0.0.1:53211/other",
            "http://127.0.0.1:53211@evil.example/callback",
            "http://127.0.0.1:99999/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://[::1]:53211/callback",
            "javascript:alert(1)",
            "data:text/html,x",
            "",
            None,
        ):
            with self.subTest(redirect_uri):
                query = authorize_query("app", redirect_uri)
                self.assert_stays_here(self.browser.open(query))
                body = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD, "decision": "allow"})
                self.assert_stays_here(self.browser.http.request(
                    "POST", path_with_query(AUTHORIZE, query), body,
                    {"Content-Type": FORM}))

    def test_any_port_of_ones_own_machine(self):
        for redirect_uri in (LOOPBACK, "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback"):
            address, _ = redirected_to(self.browser.log_in(authorize_query("app", redirect_uri), EMAIL, PASSWORD))
            self.assertEqual(address, redirect_uri)

    def test_repeated_parameters_choose_nothing(self):
        for name, value in (("redirect_uri", "https://evil.example/"), ("client_id", "app"), ("state", "2")):
            address = path_with_query(AUTHORIZE, authorize_query("app", HOSTED, state="1"))
            self.assert_stays_here(self.browser.http.request("GET", f"{address}&{urllib.parse.urlencode({name: value})}"))

    def test_markup_stays_text(self):
        ordinary = authorize_query("app", HOSTED, Pkce(), state="s")
        for name in (*ordinary, "org", "provider", "made-up"):
            with self.subTest(name):
                answer = self.browser.open({**ordinary, name: MARKUP})
                if answer.status == 303:
                    address, back = redirected_to(answer)
                    self.assertEqual(address, HOSTED.partition("?")[0])
                    self.assertIn("error", back)
                else:
                    self.assert_harmless(answer)
        typed = self.browser.log_in(ordinary, MARKUP, MARKUP)
        self.assertEqual(typed.status, 403)
        self.assert_harmless(typed)
        self.assertEqual(Page(typed).fields["email"], MARKUP)

    def test_other_faults_go_to_the_client(self):
        pkce = Pkce()
        for error, query in (
            ("unsupported_response_type", authorize_query("app", HOSTED, response_type="token")),
            ("unsupported_response_type", authorize_query("app", HOSTED, response_type=None)),
            ("invalid_request", authorize_query("app", HOSTED, pkce, code_challenge_method="plain")),
            ("invalid_request", authorize_query("app", HOSTED, pkce, code_challenge_method=None)),
            ("invalid_request", authorize_query("app", HOSTED, pkce, code_challenge="short")),
        ):
            with self.subTest(query):
                _, back = redirected_to(self.browser.open({**query, "state": "x y"}))
                self.assertEqual((back["error"], back["state"]), (error, "x y"))

    def test_forms_of_other_sites(self):
        address = path_with_query(AUTHORIZE, authorize_query("app", HOSTED))
        body = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD, "decision": "allow"})
        for field in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                      {"Sec-Fetch-Site": "same-site"}):
            answer = self.browser.http.request("POST", address, body, {"Content-Type": FORM, **field})
            self.assertEqual((answer.status, answer.header("Location")), (403, None), field)


class Codes(LogInTest):
    def exchange(self, code, redirect_uri=HOSTED, **more):
        return exchange_code(self.server.base_url, code, redirect_uri, **{"basic": self.app, **more})

    def test_a_code_is_good_once_and_its_second_use_ends_the_tokens(self):
        code = self.code_for()
        tokens = self.tokens_in(self.exchange(code))
        self.assert_grant_refused(self.exchange(code))
        self.assertEqual(self.status_with(tokens["access_token"]), 401)
        self.assert_grant_refused(refresh(self.server.base_url, tokens["refresh_token"], basic=self.app))

    def test_a_refresh_token_is_good_once(self):
        first = self.tokens_in(self.exchange(self.code_for()))
        second = self.tokens_in(refresh(self.server.base_url, first["refresh_token"], basic=self.app))
        self.assert_grant_refused(refresh(self.server.base_url, first["refresh_token"], basic=self.app))
        self.assertEqual(self.status_with(second["access_token"]), 401, "one of the two holders is a thief")

    def test_only_for_the_client_that_asked(self):
        code = self.code_for()
        self.assert_grant_refused(self.exchange(code, basic=self.other_app))
        tokens = self.tokens_in(self.exchange(self.code_for()))
        self.assert_grant_refused(refresh(self.server.base_url, tokens["refresh_token"], basic=self.other_app))

    def test_only_with_the_redirect_uri_of_the_log_in(self):
        self.assert_grant_refused(self.exchange(self.code_for(), LOOPBACK))
        self.assert_grant_refused(self.exchange(self.code_for(LOOPBACK_WITH_PORT), LOOPBACK))

    def test_only_with_the_verifier(self):
        pkce = Pkce()
        for verifier in (Pkce().verifier, pkce.challenge, "short"):
            self.assert_grant_refused(self.exchange(self.code_for(pkce=pkce), code_verifier=verifier))
        self.assert_grant_refused(self.exchange(self.code_for(pkce=pkce)))
        self.assert_grant_refused(self.exchange(self.code_for(), code_verifier=pkce.verifier))

    def test_a_client_must_prove_itself_or_have_used_pkce(self):
        base_url = self.server.base_url
        refused = exchange_code(base_url, self.code_for(), HOSTED, client_id="app")
        self.assert_grant_refused(refused, "invalid_client")
        pkce = Pkce()
        wrong = exchange_code(base_url, self.code_for(pkce=pkce), HOSTED, basic=("app", "wrong"),
                              code_verifier=pkce.verifier)
        self.assert_grant_refused(wrong, "invalid_client")
        tokens = self.tokens_in(self.exchange(self.code_for()))
        self.assert_grant_refused(refresh(base_url, tokens["refresh_token"], client_id="app"), "invalid_client")

    def test_tokens_are_what_they_are(self):
        tokens = self.tokens_in(self.exchange(self.code_for()))
        self.assertEqual(self.status_with(tokens["refresh_token"], ME), 401)
        self.assert_grant_refused(refresh(self.server.base_url, tokens["access_token"], basic=self.app))
        self.assert_grant_refused(self.exchange(tokens["access_token"]))


class Assertions(LogInTest):
    names = iter(range(1, 1000))

    def assertion(self, email=EMAIL, provider=None, **more):
        given = {"issued": CLOCK, "ends": "2026-04-01T00:05:00Z", "name": f"_a{next(self.names)}",
                 "audience": self.server.base_url, **more}
        return (provider or self.provider).assertion(email, **given)

    def redeem(self, xml, org_name="Blue Harbor Bank", basic=None):
        return redeem(self.server.base_url, org_name, xml, basic=basic or self.app)

    def test_the_whole_way(self):
        tokens = self.tokens_in(self.redeem(self.assertion()))
        self.assertEqual(self.status_with(tokens["access_token"]), 200)
        self.assertNotIn("refresh_token", tokens)
        self.tokens_in(self.redeem(self.assertion(), org_name=catalog.BLUE_HARBOR))

    def test_base64_that_nobody_encoded_for_a_form(self):
        raw = base64.b64encode(self.assertion().encode()).decode()
        self.assertIn("+", raw)
        self.tokens_in(ask_for_tokens(self.server.base_url, basic=self.app, orgName="Blue Harbor Bank",
                                      grant_type=SAML_GRANT, as_it_is=f"&assertion={raw}"))
        in_url_letters = base64.urlsafe_b64encode(self.assertion().encode()).rstrip(b"=").decode()
        self.tokens_in(ask_for_tokens(self.server.base_url, basic=self.app, orgName="Blue Harbor Bank",
                                      grant_type=SAML_GRANT, assertion=in_url_letters))

    def test_what_is_refused(self):
        good = self.assertion()
        begin, end = good.index("<ds:Signature "), good.index("</ds:Signature>") + len("</ds:Signature>")
        for what, xml in {
            "nobody's": self.assertion("nobody@blueharbor.example"),
            "of another organization": self.assertion("urs@alpine.example"),
            "signed by a stranger": self.assertion(provider=self.stranger),
            "unsigned": good[:begin] + good[end:],
            "altered": good.replace(EMAIL, "kim@blueharbor.example"),
            "expired": self.assertion(issued="2026-03-31T23:00:00Z", ends="2026-03-31T23:58:00Z"),
            "for another audience": self.assertion(audience="https://elsewhere.example"),
            "for another recipient": self.assertion(recipient="https://elsewhere.example/oauth/token"),
            "with a document type": good.replace("<samlp:Response", "<!DOCTYPE x><samlp:Response", 1),
            "no XML": "ana",
        }.items():
            with self.subTest(what):
                self.assert_grant_refused(self.redeem(xml))
        self.tokens_in(self.redeem(good))
        self.assert_grant_refused(self.redeem(good))

    def test_only_for_a_client_of_that_organization_with_its_secret(self):
        xml = self.assertion()
        self.assert_grant_refused(self.redeem(xml, basic=("elsewhere", catalog.secret_of("elsewhere"))))
        self.assert_grant_refused(self.redeem(xml, org_name="Alpine Züge"))
        self.assert_grant_refused(self.redeem(xml, basic=("app", "wrong")), "invalid_client")
        self.tokens_in(self.redeem(xml))


if __name__ == "__main__":
    unittest.main()
