"""Bodies of POST /tallystick/v1/events that must be refused whole."""

import gzip
import json
import subprocess

from bad_input.row import bad_event, ordinary_event, post_events
from harness import catalog
from harness.session import events_body

MEBIBYTE = 1 << 20
GOOD_BATCH = events_body([ordinary_event()], "batch")


def zstd(body: bytes) -> bytes:
    return subprocess.run(["zstd", "-q", "-c"], input=body, stdout=subprocess.PIPE, check=True).stdout


def raw_quantity(text: str) -> bytes:
    """A batch whose second event has this JSON text as its quantity."""
    event = json.dumps({**ordinary_event("spoiled"), "data": {"quantity": "PLACE"}}).replace('"PLACE"', text)
    return f"[{json.dumps(ordinary_event())},{event}]".encode()


def many(count: int) -> list:
    return [ordinary_event(f"one-of-many-{number}") for number in range(count)]


def rows() -> list:
    return [*syntax_rows(), *media_rows(), *size_rows(), *attribute_rows(), *quantity_rows(), *time_rows(),
            *interval_rows(), *void_rows(), *line_rows(), *tenant_rows()]


def syntax_rows():
    bad = "bad.request"
    return [
        post_events("no body", b"", 400, bad),
        post_events("not JSON", b"usage: 7", 400, bad),
        post_events("truncated JSON", GOOD_BATCH[:-9], 400, bad),
        post_events("text after the JSON", GOOD_BATCH + b"[]", 400, bad),
        post_events("not UTF-8", GOOD_BATCH.replace(b"ana@", b"\xe9\xff@"), 400, bad),
        post_events("a batch that is an object", events_body([ordinary_event()], "single"), 400, bad),
        post_events("a single event that is an array", GOOD_BATCH, 400, bad, form="single"),
        post_events("a batch that is null", b"null", 400, bad),
        post_events("nested a hundred thousand deep", b"[" * 100_000, 400, bad),
        post_events("an array of numbers", b"[1,2]", 400, ("bad.request", "constraint.validation")),
    ]


def media_rows():
    unsupported = "unsupported.media.type"
    return [
        post_events("no content type", GOOD_BATCH, 415, unsupported, headers={"Content-Type": None}),
        post_events("application/json", GOOD_BATCH, 415, unsupported, content_type="application/json"),
        post_events("text/plain", GOOD_BATCH, 415, unsupported, content_type="text/plain"),
        post_events("a form", b"a=b", 415, unsupported, content_type="application/x-www-form-urlencoded"),
        post_events(
            "CloudEvents binary mode", b'{"quantity":"1"}', 415, unsupported, content_type="application/json",
            headers={"ce-specversion": "1.0", "ce-id": "1", "ce-source": "a", "ce-type": "api-requests"},
        ),
        post_events("brotli", GOOD_BATCH, 415, unsupported, encoding="br"),
        post_events("deflate", GOOD_BATCH, 415, unsupported, encoding="deflate"),
        post_events("truncated gzip", gzip.compress(GOOD_BATCH)[:-6], 400, "bad.request", encoding="gzip"),
        post_events("gzip that is none", GOOD_BATCH, 400, "bad.request", encoding="gzip"),
        post_events("gzip with a wrong checksum", gzip.compress(GOOD_BATCH)[:-8] + bytes(8), 400, "bad.request",
                    encoding="gzip"),
        post_events("truncated zstd", zstd(GOOD_BATCH)[:-6], 400, "bad.request", encoding="zstd"),
        post_events("zstd that is none", GOOD_BATCH, 400, "bad.request", encoding="zstd"),
    ]


def size_rows():
    large = "request.entity.too.large"
    over_the_limit = b"[" + b" " * (33 * MEBIBYTE) + b"]"
    bomb = b" " * (256 * MEBIBYTE)
    return [
        post_events("a body of 33 MiB", over_the_limit, 413, large, says=("33554432",)),
        post_events("a gzip bomb", gzip.compress(bomb, 6), 413, large, encoding="gzip"),
        post_events("a zstd bomb", zstd(bomb), 413, large, encoding="zstd"),
        post_events("10,001 events in a batch", many(10_001), 413, large),
        post_events("10,001 lines", many(10_001), 413, large, form="ndjson"),
    ]


def attribute_rows():
    unknown = catalog.UNKNOWN_ORGANIZATION
    return [
        bad_event("specversion 0.3", {"specversion": "0.3"}, "/specversion"),
        bad_event("no specversion", {}, "/specversion", remove=("specversion",)),
        bad_event("no source", {}, "/source", remove=("source",)),
        bad_event("an empty source", {"source": ""}, "/source"),
        bad_event("a source of 257 bytes", {"source": "s" * 257}, "/source"),
        bad_event("no id", {}, "/id", remove=("id",)),
        bad_event("an empty id", {"id": ""}, "/id"),
        bad_event("an id of 10 KB", {"id": "i" * 10_240}, "/id"),
        bad_event("an id of 257 bytes in 129 letters", {"id": "é" * 128 + "e"}, "/id"),
        bad_event("an id that is a number", {"id": 17}, "/id"),
        bad_event("no type", {}, "/type", remove=("type",)),
        bad_event("an unknown product", {"type": "cx-9"}, "/type"),
        bad_event("a product in other case", {"type": "API-requests"}, "/type"),
        bad_event("no subject", {}, "/subject", remove=("subject",)),
        bad_event("an empty subject", {"subject": ""}, "/subject"),
        bad_event("a subject of 513 bytes", {"subject": "r" * 513}, "/subject"),
        bad_event("no organization", {}, "/organization", remove=("organization",)),
        bad_event("an organization that is no UUID", {"organization": "blue-harbor"}, "/organization"),
        bad_event("an unknown organization", {"organization": unknown}, "/organization"),
        bad_event("data that is no object", {}, "/data", data="7"),
        bad_event("data_base64", {"data_base64": "e30="}, "/data_base64", remove=("data",)),
        post_events(
            "two bad events, both named",
            [{**ordinary_event("a"), "id": ""}, ordinary_event("b"), {**ordinary_event("c"), "type": "cx-9"}],
            400, "constraint.validation", fields=("/0/id", "/2/type"),
        ),
        post_events(
            "two faults of one event, both named", [{**ordinary_event("a"), "id": "", "subject": ""}],
            400, "constraint.validation", fields=("/0/id", "/0/subject"),
        ),
        post_events(
            "a fault of a single event", [{**ordinary_event("a"), "subject": ""}],
            400, "constraint.validation", form="single", fields=("/subject",),
        ),
    ]


def quantity_rows():
    texts = {
        "a JSON fraction": "1.5", "a JSON exponent": "1e3", "a JSON fraction of nothing": "1.0",
        "a negative integer": "-1", "a negative decimal": '"-0.5"', "19 digits before the point": '"1234567890123456789"',
        "an integer of 19 digits": "1234567890123456789", "an integer beyond 64 bits": "123456789012345678901234567890",
        "10 digits after the point": '"0.1234567891"', "an exponent in a string": '"1e3"', "an empty string": '""',
        "a plus sign": '"+1"', "no digit before the point": '".5"', "no digit after the point": '"1."',
        "a comma": '"1,5"', "a blank": '" 1"', "NaN": '"NaN"', "a boolean": "true", "an object": "{}",
    }
    return [
        post_events(f"quantity: {name}", raw_quantity(text), 400, "constraint.validation", fields=("/1/data/quantity",))
        for name, text in texts.items()
    ]


def time_rows():
    named = {"type": "named-user"}
    return [
        bad_event("no time", {}, "/time", remove=("time",)),
        bad_event("a time that is none", {"time": "yesterday"}, "/time"),
        bad_event("a 30 February", {"time": "2026-02-30T00:00:00Z"}, "/time"),
        bad_event("a time that is a number", {"time": 1772323200}, "/time"),
        bad_event("25 hours ahead of the clock", {"time": "2026-04-02T01:00:00Z"}, "/time"),
        bad_event("a millisecond more than 24 hours ahead", {"time": "2026-04-02T00:00:00.001Z"}, "/time"),
        bad_event("until with a sum", {}, "/data/until", data={"until": "2026-03-10T11:00:00Z"}),
        bad_event("until with a maximum", {"type": "peak-ports"}, "/data/until", data={"until": "2026-03-10T11:00:00Z"}),
        bad_event("until with the latest", {"type": "storage"}, "/data/until", data={"until": "2026-03-10T11:00:00Z"}),
        bad_event("until before time", named, "/data/until", data={"until": "2026-03-10T09:00:00Z"}),
        bad_event("until that is time", named, "/data/until", data={"until": "2026-03-10T10:00:00Z"}),
        bad_event("until that is no time", named, "/data/until", data={"until": "later"}),
        bad_event("until 367 days after time", {**named, "time": "2025-03-01T00:00:00Z"}, "/data/until",
                  data={"until": "2026-03-03T00:00:00Z"}),
    ]


def interval_rows():
    """Of products that count intervals alone."""
    until = "2026-03-10T11:00:00Z"

    def rows_of(key):
        return [
            bad_event(f"{key} without data", {"type": key}, "/data/until", remove=("data",), says=("until",)),
            bad_event(f"{key} without until", {"type": key}, "/data/until", data={"quantity": "1"}),
            bad_event(f"{key} with an until of null", {"type": key}, "/data/until", data={"until": None}),
            bad_event(f"{key} twice", {"type": key}, "/data/quantity", data={"quantity": "2", "until": until}),
            bad_event(f"{key} not at all", {"type": key}, "/data/quantity", data={"quantity": 0, "until": until}),
            bad_event(f"{key} until it began", {"type": key}, "/data/until", data={"until": "2026-03-10T10:00:00.0009Z"}),
            bad_event(f"{key} for 366 days and a millisecond", {"type": key, "time": "2025-03-01T00:00:00Z"}, "/data/until",
                      data={"until": "2026-03-02T00:00:00.001Z"}),
        ]

    return [*rows_of("voice"), *rows_of("seats")]


def void_rows():
    """The test has stored the void `stored-void`, of the event `stored`, before these."""
    harbor = catalog.BLUE_HARBOR

    def void(**change):
        return {**catalog.void("a-void", harbor, "stored"), **change}

    def refused(name, event, pointer):
        return post_events(name, [ordinary_event(), event], 400, "constraint.validation", fields=("/1" + pointer,))

    of_a_void = catalog.void("void-of-void", harbor, "stored-void")
    return [
        post_events("a void of a void", [ordinary_event(), of_a_void], 400, "constraint.validation"),
        refused("a void without its target's id", void(data={"source": "scenario/1"}), "/data/id"),
        refused("a void without its target's source", void(data={"id": "stored"}), "/data/source"),
        refused("a void whose target's id is too long", void(data={"source": "scenario/1", "id": "i" * 257}), "/data/id"),
        refused("a void of an unknown organization", void(organization=catalog.UNKNOWN_ORGANIZATION), "/organization"),
    ]


def line_rows():
    good = json.dumps(ordinary_event())
    spoiled = json.dumps({**ordinary_event("spoiled"), "data": {"quantity": 0.5}})
    bad = "constraint.validation"
    return [
        post_events("a line that is not JSON", f"{good}\nusage: 7\n", 400, bad, form="ndjson", fields=("/1",)),
        post_events("a last line cut short", f"{good}\n{good[:-5]}", 400, bad, form="ndjson", fields=("/1",)),
        post_events("a line that is an array", f"[{good}]\n{good}\n", 400, bad, form="ndjson", fields=("/0",)),
        post_events("a fraction on a line", f"{good}\n{spoiled}\n", 400, bad, form="ndjson", fields=("/1/data/quantity",)),
        post_events("blank lines are counted", f"{good}\n\n\n{spoiled}\n", 400, bad, form="ndjson",
                    fields=("/3/data/quantity",)),
        post_events("two lines, both named", f"{spoiled}\n{good}\nx\n", 400, bad, form="ndjson",
                    fields=("/0/data/quantity", "/2")),
    ]


def tenant_rows():
    """`meter` is a client of Blue Harbor that may add events, `viewer-2222` one that may not."""
    other = [ordinary_event("of-another", catalog.ALPINE)]
    forbidden = ("not.authorized", "missing.any.permissions")
    return [
        post_events("an event of another organization", other, 403, forbidden, as_client="meter"),
        post_events("own and another's events", [ordinary_event(), *other], 403, forbidden, as_client="meter"),
        post_events("another's event with a fault: 403 before 400", [{**other[0], "id": ""}], 403, forbidden,
                    as_client="meter"),
        post_events("no permission", [ordinary_event()], 403, "missing.any.permissions", as_client="viewer-2222",
                    says=("tallystick:event:add",)),
        post_events("no permission and no JSON: 403 before 400", b"usage: 7", 403, "missing.any.permissions",
                    as_client="viewer-2222"),
        post_events("* never matches tallystick", [ordinary_event()], 403, "missing.any.permissions",
                    as_client="everything"),
        post_events("no token", [ordinary_event()], 401, "authentication.required", as_client=None),
    ]
