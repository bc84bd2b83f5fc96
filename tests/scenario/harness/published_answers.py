"""What a service that is not ours answers: the published operations over made-up customers.

Texts are written by hand as the published service writes them (decimals as strings here, as JSON numbers there), with
fields and enumeration values that no client of today knows, because the service goes on when its clients are built.
"""

import json

PARTNER = "f0000000-0000-4000-8000-000000000001"
MONTHS = ("2026-03", "2026-02", "2026-01", "2025-12")  # by billing period index


def trustor_id(number: int) -> str:
    return f"c0000000-0000-4000-8000-{number:012d}"


def contract_id(number: int) -> str:
    return f"d0000000-0000-4000-8000-{number:012d}"


def invoice_id(number: int) -> str:
    return f"e0000000-0000-4000-8000-{number:012d}"


class PublishedAnswers:
    """`answer(path, query)`: the text of a 200, or None for a 404. The same question always has the same answer."""

    def __init__(self, *, trustors=12, contracts=7, invoices=9, lines=11, page_size_max=4):
        self.trustors = trustors
        self.contracts = contracts
        self.invoices = invoices
        self.lines = lines
        self.page_size_max = page_size_max

    def answer(self, path: str, query: dict) -> str | None:
        parts = [part for part in path.split("/") if part]
        if parts[:2] != ["api", "v2"]:
            return None
        match parts[2:]:
            case ["organizations", "me"]:
                return json.dumps({"id": PARTNER, "name": "Harbor Light Partners", "thirdPartyOrgName": "harborlight",
                                   "defaultCountryCode": "US", "features": {"tokenRollups": True}})
            case ["billing", "reports", "billableusage"]:
                return self._report(query)
            case ["billing", "trusteebillingoverview", trustor]:
                return self._overview(trustor, query.get("billingPeriodIndex", "") or "0")
            case ["orgauthorization", "trustors"]:
                return self._trustors(int(query.get("pageNumber", 1)), int(query.get("pageSize", 25)))
            case ["billing", "contracts", "invoices"]:
                return self._listing(path, query, [self._invoice(number) for number in range(self.invoices)])
            case ["billing", "contracts", "invoices", invoice, "lines"]:
                if not any(invoice == invoice_id(number) for number in range(self.invoices)):
                    return None
                return self._listing(path, query, [self._line(invoice, number) for number in range(self.lines)])
            case ["billing", "contracts"]:
                return self._listing(path, query, [self._contract(number) for number in range(self.contracts)])
            case ["billing", "contracts", contract]:
                return self._named(contract, self.contracts, contract_id, self._contract)
            case ["billing", "contracts", contract, "billingperiods", period]:
                if self._named(contract, self.contracts, contract_id, self._contract) is None or period not in MONTHS:
                    return None
                return self._period(period)
        return None

    @staticmethod
    def _report(query: dict) -> str:
        return json.dumps({
            "id": "report-1", "name": "", "startDate": query["startDate"], "endDate": query["endDate"],
            "status": "Complete",
            "usages": [
                {"name": "GenesysCloudCX3", "totalUsage": "2",
                 "resources": [{"name": "ana@example.com", "date": "2026-03-02T08:00:00.000Z", "site": "Bremen"},
                               {"name": "Борис; \"x\"", "date": "2026-03-03T08:00:00.000Z"}]},
                {"name": "Voice minutes", "totalUsage": "1234567890.000000001", "resources": [], "carrier": None},
            ],
            "region": "eu-central-1", "selfUri": "/api/v2/billing/reports/billableusage",
        }, ensure_ascii=False)

    def _overview(self, trustor: str, index: str) -> str | None:
        number = next((n for n in range(self.trustors) if trustor_id(n) == trustor), None)
        if number is None or not index.isdigit() or int(index) >= len(MONTHS):
            return None
        # Customer and period can be told from every figure, so that no answer passes for another's.
        mark = f"{number + 1}{int(index):02d}"
        return json.dumps({
            "id": f"{trustor}:{index}", "organization": {"id": trustor, "name": f"Customer {number:03d}"},
            "currency": "EUR", "enabledProducts": ["GenesysCloudCX3", "Voice"],
            "subscriptionType": "PREPAY_WEEKLY_OF_2031" if number % 3 == 2 else "PREPAY",
            "billingPeriodStartDate": f"{MONTHS[int(index)]}-01T00:00:00.000Z",
            "billingPeriodEndDate": f"{MONTHS[int(index)]}-28T00:00:00.000Z",
            "usages": [
                {"name": "Genesys Cloud CX 3", "partNumber": "GC-170-NV-CX3", "grouping": "user-license",
                 "unitOfMeasureType": "user", "usageQuantity": mark, "overagePrice": "160.0000000001",
                 "prepayQuantity": "80", "prepayPrice": "140.00", "isCancellable": True, "carbonGrams": 12.5},
                {"name": "Voice minutes", "partNumber": "GC-170-NV-VOICE", "grouping": "resource",
                 "unitOfMeasureType": "minute", "usageQuantity": f"{mark}.000000000000000000001",
                 "prepayQuantity": "0", "bundleQuantity": "1"},
            ],
            "minimumMonthlyAmount": "10000.00", "inRampPeriod": False, "greenEnergyShare": 0.30,
            "selfUri": f"/api/v2/billing/trusteebillingoverview/{trustor}",
        })

    def _trustors(self, page_number: int, page_size: int) -> str:
        page_size = min(page_size, self.page_size_max)
        pages = -(-self.trustors // page_size)
        numbers = range((page_number - 1) * page_size, min(page_number * page_size, self.trustors))
        listing = {
            "entities": [{"id": trustor_id(n), "enabled": True, "dateCreated": "2025-01-01T00:00:00.000Z",
                          "organization": {"id": trustor_id(n), "name": f"Customer {n:03d}", "tier": "gold"}}
                         for n in numbers],
            "pageSize": page_size, "pageNumber": page_number, "total": self.trustors, "pageCount": pages,
        }
        if page_number < pages:
            listing["nextUri"] = f"/api/v2/orgauthorization/trustors?pageSize={page_size}&pageNumber={page_number + 1}"
        return json.dumps(listing)

    def _listing(self, path: str, query: dict, rows: list) -> str:
        begin = int(query.get("after", "at-0").removeprefix("at-"))
        end = min(begin + min(int(query.get("pageSize", 25)), self.page_size_max), len(rows))
        links = f'"selfUri": "{path}"'
        if end < len(rows):
            links += f', "nextUri": "{path}?after=at-{end}&pageSize={self.page_size_max}"'
        return '{"entities": [' + ", ".join(rows[begin:end]) + "], " + links + "}"

    @staticmethod
    def _named(wanted: str, count: int, name, text) -> str | None:
        return next((text(number) for number in range(count) if name(number) == wanted), None)

    @staticmethod
    def _contract(number: int) -> str:
        return (f'{{"id": "{contract_id(number)}", "externalNumber": "000{number}", "status": '
                f'"{"Suspended" if number == 3 else "Active"}", "dateStart": "2026-01-01", "dateEnd": "2026-12-31", '
                '"billingPeriods": [' + ", ".join(
                    f'{{"id": "{month}", "dateStart": "{month}-01", "dateEnd": "{month}-28", "status": "Closed"}}'
                    for month in MONTHS) + '], "plans": [], "salesChannel": "reseller"}')

    @staticmethod
    def _period(month: str) -> str:
        return (f'{{"id": "{month}", "dateStart": "{month}-01", "dateEnd": "{month}-28", "status": "Closed", "charges": '
                '[{"id": "1", "name": "Voice", "actualQuantity": 1234567.000000001, "overageQuantity": 0.10, '
                '"overageRate": 0.0002, "overageCharge": 246.9134000000002, "overageCurrency": "EUR"}], "wallets": []}')

    @staticmethod
    def _invoice(number: int) -> str:
        return (f'{{"id": "{invoice_id(number)}", "dateInvoiced": "2026-{number % 9 + 1:02d}-03", "currencyIsoCode": '
                f'"EUR", "paymentStatus": "{"Disputed" if number == 2 else "Unpaid"}", "amount": {number + 1}000000.10, '
                '"dunningLevel": 0}')

    @staticmethod
    def _line(invoice: str, number: int) -> str:
        return (f'{{"id": "{invoice}-{number}", "description": "Line {number}", "dateTransacted": "2026-03-31", '
                f'"quantity": {number}, "unitOfMeasure": "Furlong", "amount": {number}.{number:09d}}}')
