"""Billing overviews recomputed from domain.md alone, as simply as they can be: every period of a contract is listed,
every day of a period is looked at, all numbers are Python's exact fractions.

Takes a catalog as it is posted to apply, and the usage of a period as the reference model reports it.
"""

import uuid
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from harness.exact_number import PLACES, half_up, plain
from harness.reference_model import format_time

MINOR_DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "BHD": 3}
DAY = timedelta(days=1)


def day_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()) * 1000


def start_of(day: date) -> str:
    return format_time(day_ms(day))


def end_before(day: date) -> str:
    """The last moment before a day, as ends are written."""
    return format_time(day_ms(day) - 1)


class RatingModel:
    """`usage_of(organization, start_ms, end_ms)`: {product name: its total as text} of a period, until now."""

    def __init__(self, catalog: dict, usage_of):
        self._usage_of = usage_of
        self._names = {each["id"]: each["name"] for each in catalog["organizations"]}
        self._products = {each["key"]: each for each in catalog["products"]}
        self._contracts = catalog["contracts"]

    # ---- periods -------------------------------------------------------------------------------------------------

    @staticmethod
    def periods_of(contract: dict) -> list:
        """(start, end, whole start, whole end) of every period, in order."""
        effective, end = date.fromisoformat(contract["effective"]), date.fromisoformat(contract["end"])
        billing_day = contract.get("billing_day", effective.day)
        boundaries = []
        for month in range(effective.year * 12 + effective.month - 2, end.year * 12 + end.month + 1):
            year, month = divmod(month, 12)
            last = monthrange(year, month + 1)[1]
            boundaries.append(date(year, month + 1, min(billing_day, last)))
        periods = []
        for whole_start, whole_end in zip(boundaries, boundaries[1:]):
            start, stop = max(whole_start, effective), min(whole_end, end)
            if start < stop:
                periods.append((start, stop, whole_start, whole_end))
        return periods

    def indexed(self, organization: str, today: date) -> dict:
        """{billingPeriodIndex: (contract, period)} of everything that has begun."""
        begun = [
            (contract, period)
            for contract in self._contracts
            if contract["organization"] == organization
            for period in self.periods_of(contract)
            if period[0] <= today
        ]
        begun.sort(key=lambda entry: entry[1][0], reverse=True)
        first = 0 if begun and today < begun[0][1][1] else 1
        return dict(enumerate(begun, first))

    # ---- items -----------------------------------------------------------------------------------------------------

    @staticmethod
    def items_on(contract: dict, day: date) -> dict:
        """{product key: item in force} on a day, in the order in which the contract first names the products."""
        items = {item["product"]: item for item in contract["items"]}
        for amendment in sorted(contract.get("amendments", []), key=lambda each: each["date"]):
            if date.fromisoformat(amendment["date"]) <= day:
                items.update({item["product"]: item for item in amendment["items"]})
        return items

    # ---- overview --------------------------------------------------------------------------------------------------

    def overview(self, organization: str, contract: dict, period: tuple) -> dict:
        """TrusteeBillingOverview without its selfUri."""
        start, end, _, _ = period
        used = self._usage_of(organization, day_ms(start), day_ms(end))
        days = [start + DAY * n for n in range((end - start).days)]
        by_day = [self.items_on(contract, day) for day in days]
        usage = {key: Fraction(used[product["name"]]) for key, product in self._products.items() if product["name"] in used}
        for key, product in self._products.items():
            if "rolls_up" in product and key in usage:
                into, rate = product["rolls_up"]["into"], Fraction(product["rolls_up"]["units_per_token"])
                usage[into] = usage.get(into, Fraction(0)) + usage[key] / rate
        overview = {
            "id": str(uuid.uuid5(uuid.UUID(contract["id"]), f"billingoverview/{start_of(start)}")),
            "organization": {"id": organization, "name": self._names[organization]},
            "currency": contract["currency"],
            "subscriptionType": contract["subscription_type"],
            "enabledProducts": [
                self._products[key].get("short_name", self._products[key]["name"]) for key in by_day[-1]
            ],
            "billingPeriodStartDate": start_of(start),
            "billingPeriodEndDate": end_before(end),
            "contractEffectiveDate": start_of(date.fromisoformat(contract["effective"])),
            "contractEndDate": end_before(date.fromisoformat(contract["end"])),
            "inRampPeriod": False,
            "usages": self._lines(contract["currency"], by_day, usage),
        }
        amended = [each["date"] for each in contract.get("amendments", []) if date.fromisoformat(each["date"]) < end]
        if amended:
            overview["contractAmendmentDate"] = start_of(date.fromisoformat(max(amended)))
        if "minimum_monthly_amount" in contract:
            overview["minimumMonthlyAmount"] = self._price(contract["minimum_monthly_amount"], contract["currency"])
        if "ramp" in contract:
            ramp_start, ramp_end = (date.fromisoformat(contract["ramp"][name]) for name in ("start", "end"))
            overview["rampPeriodStartDate"] = start_of(ramp_start)
            overview["rampPeriodEndDate"] = end_before(ramp_end)
            overview["inRampPeriod"] = ramp_start <= start < ramp_end
        return overview

    def _lines(self, currency: str, by_day: list, usage: dict) -> list:
        lines = []
        listed = {key for items in by_day for key in items} | set(usage)
        for key in sorted(listed, key=lambda each: self._products[each]["name"].encode()):
            product = self._products[key]
            line = {
                "name": product["name"],
                "partNumber": product["part_number"],
                "grouping": product["grouping"],
                "unitOfMeasureType": product["unit"],
                "usageQuantity": plain(half_up(usage.get(key, Fraction(0)), PLACES)),
                "prepayQuantity": "0",
                "isThirdParty": product.get("third_party", False),
                "isCancellable": product.get("cancellable", True),
            }
            lines.append(line)
            if "rolls_up" in product:
                continue
            self._add_terms(line, product, by_day, currency)
            if product.get("fair_use"):
                allowance = self._allowance(product, by_day, usage)
                used = min(usage.get(key, Fraction(0)), allowance)
                lines.append({
                    **{name: line[name] for name in ("partNumber", "unitOfMeasureType", "isThirdParty", "isCancellable")},
                    "name": f"{product['name']} fair use",
                    "grouping": "fair-use",
                    "usageQuantity": plain(half_up(used, PLACES)),
                    "prepayQuantity": "0",
                    "bundleQuantity": plain(half_up(allowance, PLACES)),
                })
        return lines

    def _add_terms(self, line: dict, product: dict, by_day: list, currency: str):
        item = by_day[-1].get(product["key"])
        price = None
        if item is not None:
            quantities = [Fraction(items[item["product"]].get("prepay_quantity", "0"))
                          for items in by_day if item["product"] in items]
            line["prepayQuantity"] = plain(max(quantities))
            line["bundleQuantity"] = plain(Fraction(item.get("bundle_quantity", "1")))
            if "prepay_price" in item:
                line["prepayPrice"] = self._price(item["prepay_price"], currency)
            notes = self._notes(item)
            if notes:
                line["usageNotes"] = notes
            price = item["overage_tiers"][0]["price"] if item.get("overage_tiers") else item.get("overage_price")
        if price is None:
            price = product.get("list_price", {}).get(currency)
        if price is not None:
            line["overagePrice"] = self._price(price, currency)

    @staticmethod
    def _notes(item: dict) -> str:
        parts = [item["notes"]] if item.get("notes") else []
        tiers, begin = [], "0"
        for tier in item.get("overage_tiers", []):
            price = plain(Fraction(tier["price"]))
            if "up_to" in tier:
                bound = plain(Fraction(tier["up_to"]))
                tiers.append(f"{begin}-{bound} at {price}")
                begin = bound
            else:
                tiers.append(f"above at {price}")
        if tiers:
            parts.append(", ".join(tiers))
        return "; ".join(parts)

    def _allowance(self, product: dict, by_day: list, usage: dict) -> Fraction:
        allowance = Fraction(0)
        for grant in product["fair_use"]:
            if "organization" in grant:
                allowance += Fraction(grant["organization"])
                continue
            committed = [
                Fraction(items[grant["product"]].get("prepay_quantity", "0"))
                * Fraction(items[grant["product"]].get("bundle_quantity", "1"))
                for items in by_day if grant["product"] in items
            ]
            allowance += Fraction(grant["each"]) * max([usage.get(grant["product"], Fraction(0)), *committed])
        return allowance

    @staticmethod
    def _price(text: str, currency: str) -> str:
        return plain(Fraction(text), MINOR_DIGITS[currency])
