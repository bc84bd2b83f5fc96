"""Calls about contracts, periods and invoices that scenarios make again and again."""

import json

CLOSE = "/tallystick/v1/periods/close"
OWN_INVOICES = "/tallystick/v1/invoices"
CONTRACTS = "/api/v2/billing/contracts"
INVOICES = "/api/v2/billing/contracts/invoices"


def post_json(session, path: str, body: dict):
    return session.http.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})


def close_periods(operator, organization: str, through=None) -> dict:
    """Closes an organization's ended periods; fails where the server refuses."""
    body = {"organizationId": organization}
    if through:
        body["through"] = through
    answer = post_json(operator, CLOSE, body)
    if answer.status != 200:
        raise AssertionError(f"periods of {organization} were not closed: {answer}")
    return answer.json


def pages(session, path: str, **query) -> list:
    """All entities of a listing, by its nextUri."""
    entities, answer = [], session.http.get(path, **query)
    while True:
        if answer.status != 200:
            raise AssertionError(f"GET {path}: {answer}")
        entities += answer.json["entities"]
        following = answer.json.get("nextUri")
        if not following:
            return entities
        answer = session.http.request("GET", following)


def invoices_of(operator, organization: str) -> list:
    """Issued invoices as an operator sees them, with their numbers."""
    return pages(operator, OWN_INVOICES, organizationId=organization, status="Issued", pageSize="200")


def drafts_of(operator, organization: str) -> list:
    return pages(operator, OWN_INVOICES, organizationId=organization, status="Draft")


def lines_of(session, invoice_id: str, **query) -> list:
    return pages(session, f"{OWN_INVOICES}/{invoice_id}/lines", **query)
