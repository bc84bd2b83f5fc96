"""One row of the bad input tables: a request, and the answer that the documents promise."""

from dataclasses import dataclass, field

from harness import catalog
from harness.session import CONTENT_TYPE, events_body

OPERATOR = "operator"
NOBODY = None


@dataclass
class Row:
    name: str
    method: str
    path: str
    status: int
    code: str | tuple | None = None  # of the ErrorBody; a tuple: any of them; None: not looked at
    body: bytes | str | None = None
    headers: dict = field(default_factory=dict)
    as_client: str | None = OPERATOR  # a client of the test's catalog, or NOBODY
    fields: tuple = ()  # fieldNames that `details` must have
    says: tuple = ()  # parts of the answer's text, compared without case
    answer_headers: dict = field(default_factory=dict)  # parts of header fields of the answer


def ordinary_event(event_id="companion", organization=catalog.BLUE_HARBOR) -> dict:
    """An event with nothing wrong. In a batch with a bad one it must not be stored either."""
    return catalog.event(event_id, organization, "api-requests", "ana@example.com", "2026-03-10T10:00:00Z", quantity="7")


def post_events(name, body, status, code=None, *, form="batch", content_type=None, encoding=None, headers=None, **more) -> Row:
    """A row that posts `body` (bytes, or events to encode) as events."""
    if not isinstance(body, (bytes, str)):
        body = events_body(body, form)
    fields = {"Content-Type": content_type or CONTENT_TYPE[form], **(headers or {})}
    if encoding:
        fields["Content-Encoding"] = encoding
    return Row(name, "POST", "/tallystick/v1/events", status, code, body=body, headers=fields, **more)


def bad_event(name, change: dict, pointer: str, *, remove=(), data=None, says=()) -> Row:
    """A batch of an ordinary event and, at index 1, one that `change` spoils: constraint.validation at /1`pointer`."""
    event = {**ordinary_event("spoiled"), **change}
    if data is not None:
        event["data"] = data
    for key in remove:
        event.pop(key)
    batch = [ordinary_event(), event]
    return post_events(name, batch, 400, "constraint.validation", fields=("/1" + pointer,), says=says)
