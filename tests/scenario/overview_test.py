"""The partner's billing overview over HTTP: who may ask, what is 404, the walk through the periods, and that every number
is what an independent model makes of random contracts and usage."""

import functools
import random
import unittest
import uuid
from datetime import date

from harness import catalog
from harness.contract_generator import ContractGenerator
from harness.error_body import check_error_body
from harness.ingestion import Ingestion, cut_into_batches
from harness.overview_comparison import compare_overviews
from harness.rating_model import RatingModel
from harness.reference_model import ReferenceModel, parse_time
from harness.server_process import ServerProcess
from harness.session import Session
from harness.usage_generator import UsageGenerator

TRUSTORS = "/api/v2/orgauthorization/trustors"
TRUSTEE_OVERVIEW = "/api/v2/billing/trusteebillingoverview"
OWN_OVERVIEW = "/tallystick/v1/billingoverview"
CLIENT_BILLING_VIEW = "affiliateOrganization:clientBilling:view"
ORG_TRUSTOR_VIEW = "authorization:orgTrustor:view"
NOW = "2026-04-15T12:00:00.000Z"

SEEDS = (1, 2, 3)
EVENTS = 12_000


def partner(client_id="partner", permissions=(CLIENT_BILLING_VIEW,)) -> dict:
    return catalog.client(client_id, catalog.NORTHWIND, list(permissions))


def trust(trustor: str, trustee=catalog.NORTHWIND, **more) -> dict:
    return {"trustee": trustee, "trustor": trustor, **more}


def contract(organization: str, **more) -> dict:
    return {
        "id": str(uuid.uuid5(uuid.UUID(organization), more.get("effective", "2025-04-01"))),
        "organization": organization,
        "number": "1",
        "currency": "USD",
        "subscription_type": "PREPAY",
        "effective": "2025-04-01",
        "end": "2027-04-01",
        "items": [{"product": "named-user", "prepay_quantity": "2", "prepay_price": "100.00", "overage_price": "120.00"}],
        **more,
    }


def overview_path(organization: str, index=None) -> str:
    path = f"{TRUSTEE_OVERVIEW}/{organization}"
    return path if index is None else f"{path}?billingPeriodIndex={index}"


class OverviewServer(unittest.TestCase):
    """A partner with one customer, one whose trust is disabled, and an organization that never trusted it."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = ServerProcess(clock=NOW)
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.start()
        cls.operator = Session.of_operator(cls.server)
        document = catalog.document(
            (catalog.NORTHWIND, catalog.BLUE_HARBOR, catalog.ALPINE, catalog.LAKESIDE),
            clients=[partner(), partner("lister", [ORG_TRUSTOR_VIEW]), partner("powerless", [])],
            trusts=[trust(catalog.BLUE_HARBOR), trust(catalog.ALPINE, enabled=False)],
        )
        document["contracts"] = [contract(each) for each in (catalog.BLUE_HARBOR, catalog.ALPINE, catalog.LAKESIDE)]
        cls.operator.apply(document)
        cls.operator.send([
            catalog.event(f"u{number}", catalog.BLUE_HARBOR, "named-user", f"user-{number}", "2026-03-10T09:00:00Z")
            for number in range(5)
        ])
        cls.partner = cls.log_in("partner")

    @classmethod
    def log_in(cls, client_id):
        return Session(cls.server.base_url, client_id, catalog.secret_of(client_id))


class PermissionsTest(OverviewServer):
    def test_the_overview_needs_its_permission(self):
        for client_id in ("powerless", "lister"):
            answer = self.log_in(client_id).http.get(overview_path(catalog.BLUE_HARBOR))
            check_error_body(self, answer, 403, "missing.any.permissions", says=[CLIENT_BILLING_VIEW])
        # 403 comes before what a query says wrong, and before whether the organization exists.
        answer = self.log_in("powerless").http.get(overview_path("nonsense", "nonsense"))
        check_error_body(self, answer, 403, "missing.any.permissions")

    def test_either_permission_lists_trustors(self):
        for client_id, status in (("partner", 200), ("lister", 200), ("powerless", 403)):
            self.assertEqual(self.log_in(client_id).http.get(TRUSTORS).status, status, client_id)

    def test_ones_own_overview_needs_the_billing_permission(self):
        check_error_body(self, self.partner.http.get(OWN_OVERVIEW), 403, "missing.any.permissions",
                         says=[catalog.BILLING_VIEW])

    def test_without_a_token(self):
        for path in (TRUSTORS, overview_path(catalog.BLUE_HARBOR), OWN_OVERVIEW):
            check_error_body(self, self.partner.http.request("GET", path, headers={"Authorization": None}), 401,
                             "authentication.required")


class NotFoundTest(OverviewServer):
    def refusal(self, organization, index=None):
        answer = self.partner.http.get(overview_path(organization, index))
        check_error_body(self, answer, 404, "not.found")
        return {name: value for name, value in answer.json.items() if name != "contextId"}

    def test_nobody_can_probe_which_organizations_exist(self):
        unknown = self.refusal(catalog.UNKNOWN_ORGANIZATION)
        for organization in (catalog.ALPINE, catalog.LAKESIDE, catalog.NORTHWIND, catalog.OPERATOR, "nonsense"):
            for index in (None, 0, 1, 99):
                with self.subTest(organization=organization, index=index):
                    self.assertEqual(self.refusal(organization, index), unknown)

    def test_an_index_beyond_the_first_period_says_nothing_more(self):
        self.assertEqual(self.refusal(catalog.BLUE_HARBOR, 13), self.refusal(catalog.UNKNOWN_ORGANIZATION))

    def test_disabling_and_removing_a_trust_acts_at_once(self):
        path = overview_path(catalog.BLUE_HARBOR, 1)
        self.addCleanup(self.operator.apply, {"trusts": [trust(catalog.BLUE_HARBOR)]})
        self.assertEqual(self.partner.http.get(path).status, 200)
        self.operator.apply({"trusts": [trust(catalog.BLUE_HARBOR, enabled=False)]})
        self.assertEqual(self.partner.http.get(path).status, 404)
        self.operator.apply({"trusts": [trust(catalog.BLUE_HARBOR, enabled=True)]})
        self.assertEqual(self.partner.http.get(path).status, 200)


class IndexTest(OverviewServer):
    def test_thirteen_periods_until_404(self):
        starts = []
        while (answer := self.partner.http.get(overview_path(catalog.BLUE_HARBOR, len(starts)))).status == 200:
            starts.append(answer.json["billingPeriodStartDate"])
            self.assertEqual(answer.json["selfUri"], overview_path(catalog.BLUE_HARBOR, len(starts) - 1))
        months = [f"{year}-{month:02d}-01T00:00:00.000Z" for year, month in
                  [*((2026, month) for month in range(4, 0, -1)), *((2025, month) for month in range(12, 3, -1))]]
        self.assertEqual(starts, months)
        check_error_body(self, answer, 404, "not.found")

    def test_the_newest_closed_period(self):
        overview = self.partner.http.get(overview_path(catalog.BLUE_HARBOR, 1)).json
        self.assertEqual(overview["billingPeriodEndDate"], "2026-03-31T23:59:59.999Z")
        self.assertEqual(overview["usages"], [{
            "name": "Zebra named user", "partNumber": "PN-NAMED-USER", "grouping": "user-license",
            "unitOfMeasureType": "user", "usageQuantity": "5", "overagePrice": "120.00", "prepayQuantity": "2",
            "prepayPrice": "100.00", "bundleQuantity": "1", "isCancellable": True, "isThirdParty": False,
        }])

    def test_no_index_is_the_open_period(self):
        open_period = self.partner.http.get(overview_path(catalog.BLUE_HARBOR, 0)).json
        for path in (overview_path(catalog.BLUE_HARBOR), overview_path(catalog.BLUE_HARBOR, ""),
                     overview_path(catalog.BLUE_HARBOR.upper(), "0") + "&unknown=1"):
            self.assertEqual(self.partner.http.get(path).json, open_period, path)

    def test_indexes_that_are_none(self):
        for index in ("-1", "1.5", "1e3", "first", "0x1", "%201", "+1", "null", "1,2", "-99999999999999999999"):
            with self.subTest(index):
                check_error_body(self, self.partner.http.get(overview_path(catalog.BLUE_HARBOR, index)), 400,
                                 "invalid.value", says=["billingPeriodIndex"])

    def test_huge_indexes_are_beyond_the_first_period(self):
        for index in ("13", "2147483648", "18446744073709551615", "18446744073709551616", "9" * 100):
            with self.subTest(index):
                check_error_body(self, self.partner.http.get(overview_path(catalog.BLUE_HARBOR, index)), 404, "not.found")


class OwnOverviewTest(OverviewServer):
    def test_a_customer_sees_what_its_partner_sees(self):
        own = self.log_in(catalog.viewer_of(catalog.BLUE_HARBOR))
        for index in (0, 1, 12):
            mine = own.http.get(OWN_OVERVIEW, billingPeriodIndex=index).json
            theirs = self.partner.http.get(overview_path(catalog.BLUE_HARBOR, index)).json
            self.assertEqual(mine.pop("selfUri"), f"{OWN_OVERVIEW}?billingPeriodIndex={index}")
            theirs.pop("selfUri")
            self.assertEqual(mine, theirs)
        check_error_body(self, own.http.get(OWN_OVERVIEW, billingPeriodIndex=13), 404, "not.found")
        check_error_body(self, own.http.get(OWN_OVERVIEW, billingPeriodIndex="x"), 400, "invalid.value")

    def test_an_organization_without_a_contract_has_none(self):
        own = self.log_in(catalog.viewer_of(catalog.NORTHWIND))
        check_error_body(self, own.http.get(OWN_OVERVIEW), 404, "not.found")


class TrustorsTest(OverviewServer):
    CUSTOMERS = 57

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ids = sorted(str(uuid.uuid5(uuid.NAMESPACE_DNS, f"customer-{number}")) for number in range(cls.CUSTOMERS))
        cls.customers = {each: f"Customer {number}" for number, each in enumerate(ids)}
        cls.operator.apply({
            "organizations": [{"id": each, "name": name} for each, name in cls.customers.items()],
            "trusts": [trust(each, enabled=number % 3 > 0) for number, each in enumerate(ids)],
        })
        # The two customers of the class before are disabled and enabled as well.
        names = {**cls.customers, catalog.BLUE_HARBOR: "Blue Harbor Bank", catalog.ALPINE: "Alpine Züge"}
        enabled = {each: number % 3 > 0 for number, each in enumerate(ids)}
        enabled |= {catalog.BLUE_HARBOR: True, catalog.ALPINE: False}
        cls.expected = [(each, names[each], enabled[each]) for each in sorted(names)]

    @staticmethod
    def shown(page):
        return [(each["id"], each["organization"]["name"], each["enabled"]) for each in page["entities"]]

    def test_the_first_page_has_25(self):
        page = self.partner.http.get(TRUSTORS).json
        self.assertEqual(self.shown(page), self.expected[:25])
        figures = {name: page[name] for name in ("pageSize", "pageNumber", "total", "pageCount")}
        self.assertEqual(figures, {"pageSize": 25, "pageNumber": 1, "total": 59, "pageCount": 3})
        self.assertNotIn("previousUri", page)

    def test_links_walk_all_pages_both_ways(self):
        for size in (1, 7, 25, 59, 100):
            with self.subTest(size):
                page = self.partner.http.get(TRUSTORS, pageSize=size).json
                first, seen, last = page["selfUri"], self.shown(page), page
                while "nextUri" in page:
                    page = self.partner.http.get(page["nextUri"]).json
                    seen += self.shown(page)
                    last = page
                self.assertEqual(seen, self.expected)
                self.assertEqual(last["lastUri"], last["selfUri"])
                self.assertEqual(last["firstUri"], first)
                back = last
                while "previousUri" in back:
                    back = self.partner.http.get(back["previousUri"]).json
                self.assertEqual(back["selfUri"], first)

    def test_page_numbers_and_sizes(self):
        beyond = self.partner.http.get(TRUSTORS, pageNumber=4).json
        self.assertEqual(beyond["entities"], [])
        self.assertEqual(beyond["total"], 59)
        second = self.partner.http.get(TRUSTORS, pageNumber=2, pageSize=10).json
        self.assertEqual(self.shown(second), self.expected[10:20])
        for name, values in {"pageSize": ("0", "101", "-1", "x", "1.5"), "pageNumber": ("0", "-1", "x")}.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    self.assertEqual(self.partner.http.get(TRUSTORS, **{name: value}).status, 400)

    def test_a_customer_has_no_trustors(self):
        client = catalog.client("curious", catalog.BLUE_HARBOR, [ORG_TRUSTOR_VIEW])
        self.operator.apply({"clients": [client]})
        page = self.log_in("curious").http.get(TRUSTORS).json
        self.assertEqual((page["entities"], page["total"]), ([], 0))


class ModelTest(unittest.TestCase):
    """Random contracts and usage against the rating model."""

    maxDiff = None

    def test_an_independent_model_agrees(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self.compare(seed)

    def compare(self, seed):
        generator = ContractGenerator(seed)
        pick = random.Random(seed)
        customers = [str(uuid.UUID(int=pick.getrandbits(128), version=4)) for _ in range(8)]
        products = generator.products()
        document = {
            "organizations": [catalog.organization(catalog.NORTHWIND),
                              *({"id": each, "name": f"Customer {number}"} for number, each in enumerate(customers))],
            "trusts": [trust(each) for each in customers],
            "clients": [partner()],
            "products": products,
            "contracts": [each for customer in customers
                          for each in generator.contracts(customer, date(2024, 9, 1), date(2026, 12, 31))],
        }
        now_ms = parse_time(NOW)
        usage = UsageGenerator(seed, organizations=customers, products=products, from_ms=parse_time("2024-09-01T00:00:00Z"),
                               now_ms=now_ms, resources_per_product=40)
        ingestion = Ingestion(cut_into_batches(usage.events(EVENTS), seed))
        with ServerProcess(clock=NOW) as server:
            operator = Session.of_operator(server)
            operator.apply(document)
            ingestion.run(operator)
            stored = ReferenceModel(products)
            for (_, source, event_id), content in ingestion.stored_contents().items():
                stored.store(source, event_id, content)

            def usage_of(organization, start_ms, end_ms):
                report = stored.report(organization, start_ms, end_ms, now_ms)
                return {each["name"]: each["totalUsage"] for each in report}

            model = RatingModel(document, usage_of)
            session = Session(server.base_url, "partner", catalog.secret_of("partner"))
            compared = 0
            for customer in customers:
                path_of = functools.partial(overview_path, customer)
                compared += compare_overviews(self, session.http, path_of, model, customer, date.fromisoformat(NOW[:10]))
        self.assertGreater(compared, 60, "so few periods say little")


if __name__ == "__main__":
    unittest.main()
