"""Catalogs that POST /tallystick/v1/apply must refuse whole. Each also declares a good organization, `witness`, which must
not be there afterwards."""

import json

from bad_input.row import Row
from harness import catalog

WITNESS = "77777777-7777-4777-8777-777777777777"
WITNESS_YAML = f"organizations:\n  - {{id: {WITNESS}, name: Witness}}\n"
YAML, JSON = "application/yaml", "application/json"
SECRET = "a-secret-of-this-test"


def apply_row(name, document, code="constraint.validation", *, status=400, query="", **more) -> Row:
    """Text is posted as YAML behind the witness, a dictionary as JSON beside it."""
    if isinstance(document, dict):
        witness = {"id": WITNESS, "name": "Witness"}
        body = json.dumps({**document, "organizations": [witness, *document.get("organizations", [])]})
        content_type = JSON
    else:
        body, content_type = WITNESS_YAML + document, YAML
    return Row(name, "POST", "/tallystick/v1/apply" + query, status, code, body=body,
               headers={"Content-Type": content_type}, **more)


def rows() -> list:
    return [*yaml_rows(), *document_rows(), *metering_rows(), *reference_rows(), *client_rows(), *conflict_rows()]


def yaml_rows():
    products = "products:\n  - key: calls\n    name: Calls\n    part_number: PN-CALLS\n    grouping: resource\n    unit: call\n"
    # The witness takes two lines, so the text of `products` begins on line 3.
    return [
        apply_row("an unknown key", products + "    metering: {kind: sum}\n    colour: red\n", fields=("/products/0/colour",),
                  says=("line 10", "column 5", "colour")),
        apply_row("an unknown key at the top", "prices: []\n", fields=("/prices",), says=("line 3", "column 1", "prices")),
        apply_row("a fraction as a price", products + "    metering: {kind: sum}\n    list_price: {USD: 1.5}\n",
                  fields=("/products/0/list_price/USD",), says=("line 10", "column 23")),
        apply_row("a metering that nobody knows", products + "    metering: {kind: median}\n",
                  fields=("/products/0/metering/kind",), says=("line 9", "column 22")),
        apply_row("a rank of a sum", products + "    metering: {kind: sum, family: cx, rank: 3}\n",
                  fields=("/products/0/metering/family", "/products/0/metering/rank"),
                  says=("line 9", "column 35", "column 45", "unique and concurrent")),
        apply_row("a step of nothing", products + "    metering:\n      kind: duration\n      step_seconds: 0\n",
                  fields=("/products/0/metering/step_seconds",), says=("line 11", "column 21", "86400")),
        apply_row("a unit of a day", products + "    metering: {kind: duration, unit: day}\n",
                  fields=("/products/0/metering/unit",), says=("line 9", "column 38")),
        apply_row("a rank that is a fraction", products + "    metering: {kind: unique, family: cx, rank: 1.5}\n",
                  fields=("/products/0/metering/rank",), says=("line 9", "column 48")),
        apply_row("a key given twice", "products: []\nproducts: []\n", ("constraint.validation", "bad.request"),
                  says=("line 4", "products")),
        apply_row("an alias", "trusts: &all []\nclients: *all\n", ("constraint.validation", "bad.request"),
                  says=("line",)),
        apply_row("text that is not YAML", "products: [\n", "bad.request", says=("line",)),
        Row("a document that is a list", "POST", "/tallystick/v1/apply", 400, ("bad.request", "constraint.validation"),
            body="- a\n- b\n", headers={"Content-Type": YAML}),
        Row("a document that is not UTF-8", "POST", "/tallystick/v1/apply", 400, "bad.request",
            body=WITNESS_YAML.replace("Witness", "Z\xfcge").encode("latin-1"), headers={"Content-Type": YAML}),
        Row("JSON cut short", "POST", "/tallystick/v1/apply", 400, "bad.request", body='{"organizations": [',
            headers={"Content-Type": JSON}),
        Row("a catalog as text/plain", "POST", "/tallystick/v1/apply", 415, "unsupported.media.type", body=WITNESS_YAML,
            headers={"Content-Type": "text/plain"}),
        Row("a catalog without the permission", "POST", "/tallystick/v1/apply", 403, "missing.any.permissions",
            body=WITNESS_YAML, headers={"Content-Type": YAML}, as_client="everything", says=("tallystick:catalog:edit",)),
    ]


def document_rows():
    good = catalog.product("calls", "Calls", "sum")

    def without(key):
        return {name: value for name, value in good.items() if name != key}

    def products(*entries):
        return {"products": list(entries)}

    contract = {"id": "33333333-3333-4333-8333-333333333333", "organization": WITNESS, "number": "1", "currency": "USD",
                "subscription_type": "PREPAY", "effective": "2026-01-01", "end": "2027-01-01"}
    return [
        apply_row("a product without a key", products(without("key")), fields=("/products/0/key",)),
        apply_row("a product without a name", products(without("name")), fields=("/products/0/name",)),
        apply_row("a product without a metering", products(without("metering")), fields=("/products/0/metering",)),
        apply_row("a name that is a list", products({**good, "name": ["Calls"]}), fields=("/products/0/name",)),
        apply_row("a JSON fraction as a price", products({**good, "list_price": {"USD": 0.25}}),
                  fields=("/products/0/list_price/USD",)),
        apply_row("a price that is a word", products({**good, "list_price": {"USD": "cheap"}}),
                  fields=("/products/0/list_price/USD",)),
        apply_row("an organization id that is no UUID", {"organizations": [{"id": "blue", "name": "Blue"}]},
                  fields=("/organizations/1/id",)),
        apply_row("two faults, both named", products(without("name"), {**good, "key": "more", "colour": "red"}),
                  fields=("/products/0/name", "/products/1/colour")),
        apply_row("the built-in organization", {"organizations": [{"id": catalog.OPERATOR, "name": "Mine"}]},
                  fields=("/organizations/1/id",)),
        apply_row("a contract of no known kind", {"contracts": [{**contract, "subscription_type": "LEASE"}]},
                  fields=("/contracts/0/subscription_type",), says=("MONTH_TO_MONTH", "DEV_ORG_PREPAY")),
        apply_row("a contract that ends on no day", {"contracts": [{**contract, "end": "2026-02-30"}]},
                  fields=("/contracts/0/end",)),
        apply_row("a contract of a mistyped year", {"contracts": [{**contract, "effective": "0026-01-01"}]},
                  fields=("/contracts/0/effective",), says=("1970",)),
        apply_row("a setting that there is not", {"settings": {"grace": 1}}, fields=("/settings/grace",)),
        apply_row("a grace time of more than a year", {"settings": {"close_grace_hours": 8785}},
                  fields=("/settings/close_grace_hours",), says=("8784",)),
        apply_row("a seller in a country by name", {"sellers": [{"key": "s", "name": "S", "address": {
            "line1": "1", "city": "Bern", "country": "Switzerland"}}]}, fields=("/sellers/0/address/country",)),
        apply_row("a contract of a seller that nobody knows", {"contracts": [{**contract, "seller": "nobody"}]},
                  fields=("/contracts/0/seller",)),
    ]


def metering_rows():
    def products(*meterings):
        return {"products": [{**catalog.product(f"p-{number}", f"P {number}", "sum"), "metering": metering}
                             for number, metering in enumerate(meterings)]}

    def row(name, metering, *members):
        fields = tuple(f"/products/0/metering/{member}" for member in members)
        return apply_row(name, products(metering), fields=fields)

    def cx(kind, rank):
        return {"kind": kind, "family": "cx", "rank": rank}

    return [
        *(row(f"a family of {kind}", cx(kind, 1), "family", "rank") for kind in ("max", "latest", "duration")),
        *(row(f"a step of {kind}", {"kind": kind, "step_seconds": 6}, "step_seconds")
          for kind in ("unique", "sum", "max", "latest", "concurrent")),
        *(row(f"a unit of {kind}", {"kind": kind, "unit": "hour"}, "unit") for kind in ("sum", "concurrent")),
        row("a family without a rank", {"kind": "unique", "family": "cx"}, "rank"),
        row("a rank without a family", {"kind": "concurrent", "rank": 2}, "rank"),
        row("a family without a name", {"kind": "unique", "family": "", "rank": 1}, "family"),
        row("a family that is a number", {"kind": "unique", "family": 3, "rank": 1}, "family"),
        row("a rank that is a word", cx("unique", "highest"), "rank"),
        row("a rank that is a JSON fraction", cx("unique", 1.5), "rank"),
        row("a step above a day", {"kind": "duration", "step_seconds": 86_401}, "step_seconds"),
        row("a negative step", {"kind": "duration", "step_seconds": -6}, "step_seconds"),
        row("a unit that is a millisecond", {"kind": "duration", "unit": "millisecond"}, "unit"),
        row("a metering with an unknown key", {"kind": "duration", "step": 6}, "step"),
        row("a metering without a kind", {"unit": "hour"}, "kind"),
        apply_row("a rank given twice in a family", products(cx("unique", 1), cx("concurrent", 1), cx("unique", 1)),
                  fields=("/products/2/metering/rank",), says=("p-0",)),
    ]


def reference_rows():
    nobody, harbor = catalog.UNKNOWN_ORGANIZATION, catalog.BLUE_HARBOR
    calls = catalog.product("calls", "Calls", "sum")

    def trust(trustee, trustor):
        return {"trusts": [{"trustee": trustee, "trustor": trustor, "enabled": True}]}

    def two(**change):
        other = {**catalog.product("more-calls", "More calls", "sum"), **change}
        return {"products": [calls, other]}

    return [
        apply_row("a trust of an unknown trustee", trust(nobody, harbor), fields=("/trusts/0/trustee",)),
        apply_row("a trust of an unknown trustor", trust(harbor, nobody), fields=("/trusts/0/trustor",)),
        apply_row("its own trustee", trust(harbor, harbor)),
        apply_row("a client of an unknown organization", {"clients": [client(organization=nobody)]},
                  fields=("/clients/0/organization",)),
        apply_row("an organization named twice", {"organizations": [{"id": WITNESS, "name": "Twice"}]}),
        apply_row("a product key used twice", two(key="calls")),
        apply_row("a product name used twice", two(name="Calls")),
        apply_row("a part number used twice", two(part_number=calls["part_number"])),
        apply_row("fair use of an unknown product",
                  {"products": [{**calls, "fair_use": [{"product": "cx-9", "each": "1"}]}]},
                  fields=("/products/0/fair_use/0/product",)),
        apply_row("a roll-up into an unknown product",
                  {"products": [{**calls, "rolls_up": {"into": "cx-9", "units_per_token": "17"}}]},
                  fields=("/products/0/rolls_up/into",)),
    ]


def client(**change) -> dict:
    made = catalog.client("new-client", catalog.BLUE_HARBOR, [catalog.BILLING_VIEW])
    made.update(change)
    return {name: value for name, value in made.items() if value is not None}


def client_rows():
    def row(name, pointer, *, says=(), **change):
        return apply_row(name, {"clients": [client(**change)]}, fields=(pointer,) if pointer else (), says=says)

    return [
        row("a new client without a secret", None, secret=None, says=("secret",)),
        row("${ in a posted secret", "/clients/0/secret", secret="${PARTNER_SECRET}"),
        row("a client id with a blank", "/clients/0/id", id="new client"),
        row("a client id of 65 letters", "/clients/0/id", id="c" * 65),
        row("a token of a second", "/clients/0/token_seconds", token_seconds=1),
        row("a token of three days", "/clients/0/token_seconds", token_seconds=259_200),
        row("a permission of two parts", "/clients/0/permissions/0", permissions=["billing:subscription"]),
        row("a tallystick permission that customers may not hold", "/clients/0/permissions/1",
            permissions=[catalog.BILLING_VIEW, "tallystick:catalog:edit"]),
        row("tallystick:*:* for a customer", "/clients/0/permissions/0", permissions=["tallystick:*:*"]),
        row("a secret hash that is none", "/clients/0/secret_hash", secret=None, secret_hash="plain"),
        row("a secret hash of 1 GiB", "/clients/0/secret_hash", secret=None,
            secret_hash="$argon2id$v=19$m=1048576,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                        "K7VrFXbUuFVhZmPCCzgXgMOsfkJUK7VrFXbUuFVhZmM"),
    ]


def conflict_rows():
    """The test has stored usage of `api-requests` by Blue Harbor before these."""
    changed = {**next(entry for entry in catalog.PRODUCTS if entry["key"] == "api-requests"), "metering": {"kind": "max"}}
    return [
        apply_row("another metering for a product with usage", {"products": [changed]}, "conflict", status=409,
                  says=("api-requests",)),
        apply_row("pruning what has usage", {"products": []}, "conflict", status=409, query="?prune=true",
                  says=("api-requests",)),
    ]
