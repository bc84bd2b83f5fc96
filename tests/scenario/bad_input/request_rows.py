"""Requests that are wrong before or beside their body: queries, tokens, paths, methods, headers."""

from bad_input.row import NOBODY, OPERATOR, Row
from harness import catalog
from harness.http import path_with_query
from harness.session import BILLABLE_USAGE, CONCURRENT_USAGE, OPERATOR_BILLABLE_USAGE

MARCH = {"startDate": "2026-03-01T00:00:00Z", "endDate": "2026-04-01T00:00:00Z"}
VIEWER = "viewer-2222"
REPORTS = {"billable usage": BILLABLE_USAGE, "concurrent usage": CONCURRENT_USAGE}


def rows() -> list:
    return [*date_rows(), *organization_rows(), *credential_rows(), *address_rows(), *clock_rows()]


def usage(name, query: dict, status, code, *, address=BILLABLE_USAGE, **more) -> Row:
    return Row(name, "GET", path_with_query(address, query), status, code, **{"as_client": VIEWER, **more})


def date_rows():
    start, end = MARCH["startDate"], MARCH["endDate"]
    invalid = {
        "no startDate": {"endDate": end},
        "no endDate": {"startDate": start},
        "neither date": {},
        "an empty startDate": {"startDate": "", "endDate": end},
        "an empty endDate": {"startDate": start, "endDate": ""},
        "a startDate that is none": {"startDate": "last-month", "endDate": end},
        "an endDate of month 13": {"startDate": start, "endDate": "2026-13-01T00:00:00Z"},
        "Go's unset startDate": {"startDate": "0001-01-01T00:00:00Z", "endDate": end},
        "Go's unset date in Go's form": {"startDate": "0001-01-01 00:00:00 +0000 UTC", "endDate": end},
        "seconds since 1970": {"startDate": "1772323200", "endDate": end},
        "text after the date": {"startDate": start + "Z", "endDate": end},
    }
    wrong_periods = {
        "startDate after endDate": {"startDate": end, "endDate": start},
        "startDate that is endDate": {"startDate": end, "endDate": end},
        "dates that are one in two spellings": {"startDate": "2026-03-01T01:00:00+01:00", "endDate": start},
        "366 days and a millisecond": {"startDate": "2025-03-01T00:00:00.000Z", "endDate": "2026-03-02T00:00:00.001Z"},
    }
    return [
        *(usage(f"{name}, {of}", query, 400, "invalid.date", address=address)
          for of, address in REPORTS.items() for name, query in invalid.items()),
        Row("a date with a broken escape", "GET", f"{BILLABLE_USAGE}?startDate=%ZZ&endDate={end}", 400,
            ("invalid.date", "bad.request"), as_client=VIEWER),
        *(usage(f"{name}, {of}", query, 400, "constraint.validation", address=address)
          for of, address in REPORTS.items() for name, query in wrong_periods.items()),
        Row("an operator's report without dates", "GET",
            path_with_query(OPERATOR_BILLABLE_USAGE, {"organizationId": catalog.BLUE_HARBOR}), 400, "invalid.date"),
    ]


def organization_rows():
    def of(organization_id):
        return path_with_query(OPERATOR_BILLABLE_USAGE, {"organizationId": organization_id, **MARCH})

    forbidden = ("not.authorized", "missing.any.permissions")
    return [
        Row("an organizationId that is no UUID", "GET", of("blue-harbor"), 404, "not.found"),
        Row("an unknown organizationId", "GET", of(catalog.UNKNOWN_ORGANIZATION), 404, "not.found"),
        Row("another organization's report", "GET", of(catalog.ALPINE), 403, forbidden, as_client="meter"),
        Row("an unknown organization's report, for a customer", "GET", of(catalog.UNKNOWN_ORGANIZATION), 403, forbidden,
            as_client="meter"),
        Row("an operator's report without the permission", "GET", of(catalog.BLUE_HARBOR), 403,
            "missing.any.permissions", as_client=VIEWER, says=("tallystick:report:view",)),
        Row("* does not open the operator's report", "GET", of(catalog.BLUE_HARBOR), 403, "missing.any.permissions",
            as_client="everything"),
    ]


def credential_rows():
    needed = tuple(catalog.REPORT_PERMISSIONS)
    bearer = {"Authorization": "Bearer not-a-token-that-was-handed-out"}
    return [
        usage("no token", MARCH, 401, "authentication.required", as_client=NOBODY),
        usage("no token and no dates: 401 before 400", {}, 401, "authentication.required", as_client=NOBODY),
        usage("Basic where a bearer token belongs", MARCH, 401, "authentication.required", as_client=NOBODY,
              headers={"Authorization": "Basic dmlld2VyOnNlY3JldA=="}),
        usage("a token that was never handed out", MARCH, 401, "bad.credentials", as_client=NOBODY, headers=bearer),
        usage("a token without permission", MARCH, 403, "missing.any.permissions", as_client="powerless", says=needed),
        usage("no permission and no dates: 403 before 400", {}, 403, "missing.any.permissions", as_client="powerless"),
        usage("concurrent usage without a token", MARCH, 401, "authentication.required", address=CONCURRENT_USAGE,
              as_client=NOBODY),
        usage("concurrent usage without permission", {}, 403, "missing.any.permissions", address=CONCURRENT_USAGE,
              as_client="powerless", says=needed),
        usage("another's concurrent usage, and no dates: 403 before 400", {"organizationId": catalog.ALPINE}, 403,
              ("not.authorized", "missing.any.permissions"), address=CONCURRENT_USAGE),
        usage("concurrent usage of nobody known, and no dates: 400 before 404",
              {"organizationId": catalog.UNKNOWN_ORGANIZATION}, 400, "invalid.date", address=CONCURRENT_USAGE,
              as_client=OPERATOR),
        Row("the catalog without a token", "GET", "/tallystick/v1/catalog", 401, "authentication.required",
            as_client=NOBODY),
        Row("the catalog without the permission", "GET", "/tallystick/v1/catalog", 403, "missing.any.permissions",
            as_client="everything", says=("tallystick:catalog:view",)),
        Row("the clock without the permission", "GET", "/tallystick/v1/clock", 403, "missing.any.permissions",
            as_client="everything", says=("tallystick:clock:edit",)),
        Row("one's organization without a token", "GET", "/api/v2/organizations/me", 401, "authentication.required",
            as_client=NOBODY),
    ]


def address_rows():
    wrong_method = "method.not.allowed"
    return [
        Row("an unknown published address", "GET", "/api/v2/billing/reports/nothing", 404, "not.found"),
        Row("an unknown address of our own", "GET", "/tallystick/v1/nothing", 404, "not.found"),
        Row("the root", "GET", "/", 404, "not.found"),
        Row("an address with a tail", "GET", BILLABLE_USAGE + "/x", 404, "not.found"),
        Row("dots in a path", "GET", "/tallystick/v1/../../etc/passwd", 404, "not.found"),
        Row("a report that is posted", "POST", BILLABLE_USAGE, 405, wrong_method, body="{}",
            answer_headers={"Allow": "GET"}),
        Row("concurrent usage that is posted", "POST", CONCURRENT_USAGE, 405, wrong_method, body="{}",
            answer_headers={"Allow": "GET"}),
        Row("concurrent usage that is deleted", "DELETE", CONCURRENT_USAGE, 405, wrong_method,
            answer_headers={"Allow": "GET"}),
        Row("concurrent usage at a published address", "GET", "/api/v2/billing/reports/concurrentusage", 404, "not.found"),
        Row("events that are got", "GET", "/tallystick/v1/events", 405, wrong_method, answer_headers={"Allow": "POST"}),
        Row("events that are deleted", "DELETE", "/tallystick/v1/events", 405, wrong_method,
            answer_headers={"Allow": "POST"}),
        Row("a catalog that is put", "PUT", "/tallystick/v1/catalog", 405, wrong_method, body="{}",
            answer_headers={"Allow": "GET"}),
        Row("a clock that is posted", "POST", "/tallystick/v1/clock", 405, wrong_method, body="{}",
            answer_headers={"Allow": "PUT"}),
        Row("a method that nobody knows", "BREW", BILLABLE_USAGE, 405, wrong_method, answer_headers={"Allow": "GET"}),
        Row("headers of 20 KiB", "GET", "/api/v2/organizations/me", 431, None, headers={"X-Long": "a" * 20_480}),
        Row("an address of 20 KiB", "GET", "/api/v2/organizations/me?a=" + "a" * 20_480, 431, None),
    ]


def clock_rows():
    """The test's clock stands at 2026-04-01."""
    def put(name, body, **more):
        return Row(name, "PUT", "/tallystick/v1/clock", 400, body=body,
                   headers={"Content-Type": "application/json"}, **more)

    return [
        put("a clock that goes back", '{"now": "2026-03-31T23:59:59.999Z"}', code="constraint.validation"),
        put("a clock without now", "{}", code=("constraint.validation", "bad.request")),
        put("a clock set to no time", '{"now": "noon"}', code=("constraint.validation", "bad.request", "invalid.date")),
        put("a clock that is not JSON", "noon", code="bad.request"),
    ]
