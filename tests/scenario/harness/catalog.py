"""The catalog on which most scenarios stand: a partner, its customers, and a product of each metering."""

NORTHWIND = "11111111-1111-4111-8111-111111111111"
BLUE_HARBOR = "22222222-2222-4222-8222-222222222222"
ALPINE = "2a2a2a2a-2a2a-4a2a-8a2a-2a2a2a2a2a2a"
LAKESIDE = "2b2b2b2b-2b2b-4b2b-8b2b-2b2b2b2b2b2b"
QUAY = "2c2c2c2c-2c2c-4c2c-8c2c-2c2c2c2c2c2c"
OPERATOR = "00000000-0000-4000-8000-000000000001"
UNKNOWN_ORGANIZATION = "99999999-9999-4999-8999-999999999999"

ORGANIZATION_NAMES = {
    NORTHWIND: "Northwind Partners",
    BLUE_HARBOR: "Blue Harbor Bank",
    ALPINE: "Alpine Züge",
    LAKESIDE: "Lakeside Clinic",
    QUAY: "Quay Logistics",
}

BILLING_VIEW = "billing:subscription:view"
REPORT_PERMISSIONS = [
    "billing:subscription:read",
    "billing:subscription:view",
    "billing:subscription:create",
    "billing:subscription:add",
]


def organization(organization_id: str) -> dict:
    return {"id": organization_id, "name": ORGANIZATION_NAMES[organization_id]}


def client(client_id: str, organization_id: str, permissions: list, **more) -> dict:
    return {
        "id": client_id,
        "organization": organization_id,
        "secret": secret_of(client_id),
        "permissions": permissions,
        **more,
    }


def secret_of(client_id: str) -> str:
    return f"{client_id}-secret-of-this-test"


def product(key: str, name: str, kind: str, **more) -> dict:
    return {
        "key": key,
        "name": name,
        "part_number": f"PN-{key.upper()}",
        "grouping": "resource",
        "unit": "each",
        "metering": {"kind": kind},
        **more,
    }


# Names are in an order that only byte order gives: capitals before small letters, both before letters beyond ASCII.
PRODUCTS = [
    product("named-user", "Zebra named user", "unique", grouping="user-license", unit="user"),
    product("bot-flow", "Éclair bot flow", "unique"),
    product("api-requests", "api requests", "sum"),
    product("ai-tokens", "AI tokens", "sum", unit="token"),
    product("peak-ports", "ports at peak", "max"),
    product("storage", "Storage", "latest", grouping="storage", unit="gb"),
    product("devices", "devices", "latest", grouping="device"),
]
METERINGS = {entry["key"]: (entry["name"], entry["metering"]["kind"]) for entry in PRODUCTS}


def document(organizations=(NORTHWIND, BLUE_HARBOR), clients=(), products=None, trusts=()) -> dict:
    """A catalog as POST /tallystick/v1/apply takes it. Each organization gets a client that may see its own report,
    called `viewer-` and the id's first four characters."""
    viewers = [client(viewer_of(each), each, [BILLING_VIEW]) for each in organizations]
    return {
        "organizations": [organization(each) for each in organizations],
        "trusts": list(trusts),
        "clients": [*viewers, *clients],
        "products": PRODUCTS if products is None else products,
    }


def viewer_of(organization_id: str) -> str:
    return f"viewer-{organization_id[:4]}"


def event(event_id: str, organization_id: str, product_key: str, resource: str, time: str, **data) -> dict:
    """A usage event as CloudEvents JSON. `data`: quantity, until."""
    made = {
        "specversion": "1.0",
        "source": "scenario/1",
        "id": event_id,
        "type": product_key,
        "subject": resource,
        "organization": organization_id,
        "time": time,
    }
    if data:
        made["data"] = data
    return made


def void(event_id: str, organization_id: str, target_id: str, target_source="scenario/1") -> dict:
    return {
        "specversion": "1.0",
        "source": "scenario/1",
        "id": event_id,
        "type": "tallystick.void",
        "organization": organization_id,
        "data": {"source": target_source, "id": target_id},
    }
