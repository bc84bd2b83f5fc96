"""A client that is logged in to a Tallystick server, and the calls that scenarios make again and again."""

import base64
import json
import time
import urllib.parse

from harness.http import Answer, HttpClient, compressed, path_with_query

CONTENT_TYPE = {
    "single": "application/cloudevents+json",
    "batch": "application/cloudevents-batch+json",
    "ndjson": "application/x-ndjson",
}
BILLABLE_USAGE = "/api/v2/billing/reports/billableusage"
OPERATOR_BILLABLE_USAGE = "/tallystick/v1/reports/billableusage"
CONCURRENT_USAGE = "/tallystick/v1/reports/concurrentusage"
REPORT_TIMEOUT_S = 60


def request_token(base_url: str, client_id: str, secret: str, tls_context=None) -> Answer:
    """POST /oauth/token with client credentials in a Basic header."""
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    connection = HttpClient(base_url, tls_context=tls_context)
    try:
        return connection.request(
            "POST",
            "/oauth/token",
            body="grant_type=client_credentials",
            headers={"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"},
        )
    finally:
        connection.close()


def events_body(events: list, form: str) -> bytes:
    """Events (CloudEvents as dictionaries) as a body of one of the three content types."""
    if form == "single":
        (only,) = events
        return json.dumps(only, ensure_ascii=False).encode()
    if form == "batch":
        return json.dumps(events, ensure_ascii=False).encode()
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events).encode()


class Session:
    """Logged in when made. For one thread; `again()` makes another with the same token."""

    def __init__(self, base_url: str, client_id: str, secret: str, *, token=None, tls_context=None):
        self.base_url, self.client_id, self.secret = base_url, client_id, secret
        self._tls_context = tls_context
        if token is None:
            answer = request_token(base_url, client_id, secret, tls_context)
            if answer.status != 200:
                raise AssertionError(f"{client_id} could not log in: {answer}")
            token = answer.json["access_token"]
        self.token = token
        self.http = HttpClient(base_url, token=token, tls_context=tls_context)

    @classmethod
    def of_operator(cls, server) -> "Session":
        return cls(server.base_url, *server.operator_credentials())

    def again(self) -> "Session":
        return Session(self.base_url, self.client_id, self.secret, token=self.token, tls_context=self._tls_context)

    # ---- usage ---------------------------------------------------------------------------------------------------

    def post_events(self, events: list, form="batch", encoding=None) -> Answer:
        return self.post_events_body(events_body(events, form), form, encoding)

    def post_events_body(self, body: bytes, form="batch", encoding=None) -> Answer:
        headers = {"Content-Type": CONTENT_TYPE[form]}
        if encoding:
            headers["Content-Encoding"] = encoding
        return self.http.request("POST", "/tallystick/v1/events", compressed(body, encoding), headers)

    def send(self, events: list, form="batch", encoding=None) -> dict:
        """Posts events that must be taken; waits as told while the server is overloaded."""
        while True:
            answer = self.post_events(events, form, encoding)
            if answer.status != 503:
                break
            time.sleep(int(answer.header("Retry-After")))
        if answer.status != 200:
            raise AssertionError(f"{len(events)} events were refused: {answer}")
        return answer.json

    # ---- reports -------------------------------------------------------------------------------------------------

    def report(self, start: str, end: str) -> dict:
        """The complete report of one's own organization."""
        return self._complete(path_with_query(BILLABLE_USAGE, {"startDate": start, "endDate": end}))

    def report_of(self, organization: str, start: str, end: str) -> dict:
        """The complete report of any organization, as an operator gets it."""
        query = {"organizationId": organization, "startDate": start, "endDate": end}
        return self._complete(path_with_query(OPERATOR_BILLABLE_USAGE, query))

    def concurrent_usage(self, start: str, end: str, organization=None) -> dict:
        """The concurrent usage report of one's own organization, or of the one that an operator names."""
        query = {"startDate": start, "endDate": end}
        if organization:
            query["organizationId"] = organization
        answer = self.http.get(CONCURRENT_USAGE, **query)
        if answer.status != 200:
            raise AssertionError(f"GET {CONCURRENT_USAGE} of {query}: {answer}")
        return answer.json

    def _complete(self, path: str) -> dict:
        deadline = time.monotonic() + REPORT_TIMEOUT_S
        while True:
            answer = self.http.request("GET", path)
            if answer.status != 200:
                raise AssertionError(f"GET {path}: {answer}")
            report = answer.json
            if report["status"] == "Complete":
                return report
            if time.monotonic() > deadline:
                raise AssertionError(f"GET {path}: still {report['status']} after {REPORT_TIMEOUT_S} s")
            time.sleep(0.05)  # wire.md: ask again with the same request

    # ---- administration ------------------------------------------------------------------------------------------

    def post_apply(self, document, *, dry_run=False, prune=False, content_type=None) -> Answer:
        """Posts a catalog: a dictionary as JSON, a text as YAML."""
        if not isinstance(document, (str, bytes)):
            document, content_type = json.dumps(document), content_type or "application/json"
        if isinstance(document, str):
            document = document.encode()
        query = {}
        if dry_run:
            query["dryRun"] = "true"
        if prune:
            query["prune"] = "true"
        path = path_with_query("/tallystick/v1/apply", query)
        return self.http.request("POST", path, document, {"Content-Type": content_type or "application/yaml"})

    def apply(self, document, **options) -> dict:
        answer = self.post_apply(document, **options)
        if answer.status != 200:
            raise AssertionError(f"the catalog was refused: {answer}")
        return answer.json

    def put_clock(self, now: str) -> Answer:
        return self.http.request(
            "PUT", "/tallystick/v1/clock", json.dumps({"now": now}), {"Content-Type": "application/json"}
        )

    def set_clock(self, now: str):
        answer = self.put_clock(now)
        if answer.status != 200:
            raise AssertionError(f"the clock was not set to {now}: {answer}")


def form_body(**fields) -> str:
    return urllib.parse.urlencode(fields)
