"""Requests to /oauth/token and the errors of RFC 6749 that they must get."""

import base64
from dataclasses import dataclass, field

from harness.catalog import secret_of
from harness.session import form_body

CLIENT = "viewer-2222"
FORM = "application/x-www-form-urlencoded"


@dataclass
class TokenRow:
    name: str
    status: int
    error: str
    body: str = "grant_type=client_credentials"
    headers: dict = field(default_factory=dict)


def basic(client_id: str, secret: str) -> dict:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def rows() -> list:
    right = basic(CLIENT, secret_of(CLIENT))
    unknown, refused = "invalid_client", "unsupported_grant_type"
    return [
        TokenRow("a wrong secret", 401, unknown, headers=basic(CLIENT, "wrong")),
        TokenRow("an empty secret", 401, unknown, headers=basic(CLIENT, "")),
        TokenRow("an unknown client", 401, unknown, headers=basic("nobody", "wrong")),
        TokenRow("a client id of 10 KB", 401, unknown, headers=basic("n" * 10_240, "wrong")),
        TokenRow("Basic that is not base64", 401, unknown, headers={"Authorization": "Basic !!!"}),
        TokenRow("Basic without a colon", 401, unknown,
                 headers={"Authorization": "Basic " + base64.b64encode(b"viewer").decode()}),
        TokenRow("no credentials", 401, unknown),
        TokenRow("a wrong secret in the form", 401, unknown,
                 body=form_body(grant_type="client_credentials", client_id=CLIENT, client_secret="wrong")),
        TokenRow("another client's secret", 401, unknown, headers=basic(CLIENT, secret_of("meter"))),
        TokenRow("no grant_type", 400, "invalid_request", body="", headers=right),
        TokenRow("a grant_type that is none", 400, refused, body="grant_type=favour", headers=right),
        TokenRow("the password grant", 400, refused, body="grant_type=password&username=a&password=b", headers=right),
        TokenRow("a grant_type given twice", 400, "invalid_request",
                 body="grant_type=client_credentials&grant_type=client_credentials", headers=right),
        TokenRow("JSON instead of a form", 400, "invalid_request", body='{"grant_type": "client_credentials"}',
                 headers={**right, "Content-Type": "application/json"}),
    ]
