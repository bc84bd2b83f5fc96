"""People: how one logs in with a browser, and how an identity provider speaks for one."""

import base64
import hashlib
import html.parser
import secrets
import subprocess
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from harness.http import Answer, HttpClient, path_with_query

AUTHORIZE = "/oauth/authorize"
TOKEN = "/oauth/token"
FORM = "application/x-www-form-urlencoded"
SAML_GRANT = "urn:ietf:params:oauth:grant-type:saml2-bearer"


@dataclass
class Pkce:
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_query(client_id: str, redirect_uri: str, pkce: Pkce | None = None, **more) -> dict:
    """What a client asks for; a parameter given as None is left out."""
    query = {"client_id": client_id, "redirect_uri": redirect_uri, "response_type": "code"}
    if pkce:
        query |= {"code_challenge": pkce.challenge, "code_challenge_method": "S256"}
    return {name: value for name, value in {**query, **more}.items() if value is not None}


class Page(html.parser.HTMLParser):
    """What a browser makes of the log-in page: its fields, its text, every tag with its attributes."""

    def __init__(self, answer: Answer):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(answer.body.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    @property
    def fields(self) -> dict:
        return {attrs["name"]: attrs.get("value", "") for tag, attrs in self.tags if tag == "input"}

    @property
    def names(self) -> set:
        return {tag for tag, _ in self.tags}


class Browser:
    """Opens the page, fills in its form, sends it to where the form says, and stops at a redirect."""

    def __init__(self, base_url: str):
        self.origin = base_url
        self.http = HttpClient(base_url)

    def open(self, query: dict) -> Answer:
        return self.http.request("GET", path_with_query(AUTHORIZE, query))

    def answer(self, address: str, page: Page, decision="allow", **typed) -> Answer:
        """`address`: that of the page, path and query."""
        (form,) = (attrs for tag, attrs in page.tags if tag == "form")
        target = urllib.parse.urljoin(self.origin + address, form.get("action", "")) if form.get("action") else address
        body = urllib.parse.urlencode({**page.fields, **typed, "decision": decision})
        headers = {"Content-Type": FORM, "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self.http.request("POST", target.removeprefix(self.origin), body, headers)

    def log_in(self, query: dict, email: str, password: str, decision="allow") -> Answer:
        address = path_with_query(AUTHORIZE, query)
        shown = self.http.request("GET", address)
        if shown.status != 200:
            raise AssertionError(f"GET {address}: {shown}")
        return self.answer(address, Page(shown), decision, email=email, password=password)


def redirected_to(answer: Answer) -> tuple:
    """The address without its query, and the query's parameters, of a redirect."""
    if answer.status != 303:
        raise AssertionError(f"no redirect: {answer}")
    address, _, query = answer.header("Location").partition("?")
    return address, dict(urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=True))


def ask_for_tokens(base_url: str, *, basic: tuple | None = None, as_it_is="", **form) -> Answer:
    """POST /oauth/token; `basic` is a client's id and secret, `as_it_is` follows the form as it is."""
    headers = {"Content-Type": FORM}
    if basic:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
    return HttpClient(base_url).request("POST", TOKEN, urllib.parse.urlencode(form) + as_it_is, headers)


def exchange_code(base_url: str, code: str, redirect_uri: str, **more) -> Answer:
    return ask_for_tokens(base_url, grant_type="authorization_code", code=code, redirect_uri=redirect_uri, **more)


def refresh(base_url: str, refresh_token: str, **more) -> Answer:
    return ask_for_tokens(base_url, grant_type="refresh_token", refresh_token=refresh_token, **more)


class IdentityProvider:
    """Signs assertions by `xmlsec1`, with a key that `openssl` made: neither is code of ours."""

    def __init__(self, directory: Path, issuer="https://idp.example.com"):
        self.issuer, self.directory = issuer, Path(directory)
        self._key, self._certificate = self.directory / "idp.key", self.directory / "idp.crt"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=idp.example.com",
             "-keyout", self._key, "-out", self._certificate],
            check=True, capture_output=True, timeout=60,
        )

    @property
    def certificate(self) -> str:
        return self._certificate.read_text()

    def assertion(self, email: str, audience: str, *, issued: str, ends: str, name="_1", recipient=None) -> str:
        """A signed Response around one Assertion. `issued` and `ends` are times; `name` is its ID."""
        unsigned = ASSERTION.format(
            name=name, issuer=self.issuer, email=email, audience=audience, issued=issued, ends=ends,
            recipient=recipient or audience + TOKEN,
        )
        template = self.directory / "unsigned.xml"
        template.write_text(unsigned)
        signed = subprocess.run(
            ["xmlsec1", "--sign", "--privkey-pem", self._key,
             "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", template],
            check=True, capture_output=True, timeout=60,
        )
        return signed.stdout.decode()


def redeem(base_url: str, org_name: str, xml: str, **more) -> Answer:
    assertion = base64.b64encode(xml.encode()).decode()
    return ask_for_tokens(base_url, grant_type=SAML_GRANT, orgName=org_name, assertion=assertion, **more)


ASSERTION = """<?xml version="1.0"?>
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r{name}" Version="2.0" IssueInstant="{issued}">
  <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{name}" Version="2.0" IssueInstant="{issued}">
    <saml:Issuer>{issuer}</saml:Issuer>
    <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:SignedInfo>
        <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
        <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
        <ds:Reference URI="#{name}">
          <ds:Transforms>
            <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
            <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
          </ds:Transforms>
          <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
          <ds:DigestValue/>
        </ds:Reference>
      </ds:SignedInfo>
      <ds:SignatureValue/>
    </ds:Signature>
    <saml:Subject>
      <saml:NameID>{email}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="{ends}" Recipient="{recipient}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotOnOrAfter="{ends}">
      <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
  </saml:Assertion>
</samlp:Response>
"""
