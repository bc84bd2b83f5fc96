"""Products and contracts from a seed, with everything that makes rating hard: short periods, gaps, billing days that
months lack, amendments, ramps, tiers, bundles, fair use of both forms, roll-ups, prices missing or in other currencies;
products of all six meterings, in families and without."""

import random
import uuid
from datetime import date, timedelta

from harness.rating_model import MINOR_DIGITS

GROUPINGS = ["user-license", "billable-app-org-license", "device", "resource", "messaging-usage", "storage"]
SUBSCRIPTIONS = ["PREPAY", "MONTH_TO_MONTH", "PREPAY_MONTHLY_COMMITMENT", "FREE_TRIAL_MONTH_TO_MONTH"]
NAMES = [
    "Zebra", "api", "Äpfel", "api extra", "CX 1", "CX 10", "CX 2", "storage", "Storage", "李 tokens", "CX 1 concurrent",
    "CX 3 concurrent", "calls", "Calls", "seats", "ports", "zz", "aa",
]
RANKS = [-7, -1, 0, 1, 2, 3, 10, 4_000]


class ContractGenerator:
    def __init__(self, seed: int):
        self._random = random.Random(seed)

    def products(self) -> list:
        pick = self._random
        made = []
        for number, (name, metering) in enumerate(zip(NAMES, self._meterings())):
            product = self._product(f"product-{number}", name, pick.choice(GROUPINGS), metering)
            if pick.random() < 0.5:
                product["list_price"] = {each: self._price() for each in MINOR_DIGITS if pick.random() < 0.7}
            product["fair_use"] = [self._grant(made) for _ in range(pick.choice([0, 0, 1, 2, 3]))]
            made.append(product)
        for number, metering in enumerate([{"kind": "sum"}, {"kind": "latest"}, self._duration(), self._duration()]):
            part = self._product(f"part-{number}", f"Part {number}", "rollup-usage", metering)
            part["rolls_up"] = {"into": pick.choice(["product-1", "product-9"]),
                                "units_per_token": pick.choice(["17", "51", "2", "0.7", "3"])}
            made.append(part)
        return made

    def contracts(self, organization: str, first: date, last: date) -> list:
        """One to three contracts of an organization between two days, with and without gaps."""
        pick = self._random
        made, effective = [], first + timedelta(days=pick.randrange(60))
        for number in range(pick.randrange(1, 4)):
            end = effective + timedelta(days=pick.choice([2, 20, 45, 200, 365, 400]))
            if end > last:
                break
            made.append(self._contract(organization, number, effective, end))
            effective = end + timedelta(days=pick.choice([0, 0, 1, 40]))
        return made

    # ---- parts -----------------------------------------------------------------------------------------------------

    def _meterings(self) -> list:
        """One for each name: a family of named licences, one or two of concurrent ones, and every kind without a family."""
        pick = self._random
        # Licences of one family's name are apart where their kinds differ.
        families = [("unique", "cx"), ("concurrent", pick.choice(["cx", "seats"]))]
        if pick.random() < 0.5:
            families.append(("concurrent", "apps"))
        made = [
            {"kind": kind, "family": family, "rank": rank}
            for kind, family in families
            for rank in pick.sample(RANKS, pick.randrange(2, 5))
        ]
        made += [{"kind": kind} for kind in ("unique", "sum", "max", "latest", "concurrent")] + [self._duration()]
        while len(made) < len(NAMES):
            made.append(pick.choice([{"kind": "sum"}, {"kind": "unique"}, {"kind": "concurrent"}, self._duration()]))
        pick.shuffle(made)
        return made

    def _duration(self) -> dict:
        pick = self._random
        made = {"kind": "duration"}
        if pick.random() < 0.7:
            made["step_seconds"] = pick.choice([1, 6, 60, 3_600, 86_400, pick.randrange(1, 1_000)])
        if pick.random() < 0.7:
            made["unit"] = pick.choice(["hour", "minute", "second"])
        return made

    def _product(self, key: str, name: str, grouping: str, metering: dict) -> dict:
        pick = self._random
        product = {
            "key": key,
            "name": name,
            "part_number": f"PN-{key}",
            "grouping": grouping,
            "unit": pick.choice(["each", "user", "gb"]),
            "metering": metering,
            "third_party": pick.random() < 0.2,
            "cancellable": pick.random() < 0.8,
        }
        if pick.random() < 0.5:
            product["short_name"] = "short" + name.replace(" ", "")
        return product

    def _grant(self, earlier: list) -> dict:
        pick = self._random
        if not earlier or pick.random() < 0.4:
            return {"organization": str(pick.randrange(1, 100_000))}
        return {"product": pick.choice(earlier)["key"], "each": pick.choice(["1", "140000", "0.5", "12.000000001"])}

    def _contract(self, organization: str, number: int, effective: date, end: date) -> dict:
        pick = self._random
        contract = {
            "id": str(uuid.UUID(int=pick.getrandbits(128), version=4)),
            "organization": organization,
            "number": f"{organization[:4]}-{number}",
            "currency": pick.choice(list(MINOR_DIGITS)),
            "subscription_type": pick.choice(SUBSCRIPTIONS),
            "effective": effective.isoformat(),
            "end": end.isoformat(),
            "items": self._items(pick.randrange(0, 8)),
        }
        length = (end - effective).days
        if pick.random() < 0.7:
            contract["billing_day"] = pick.choice([1, 15, 28, 29, 30, 31, pick.randrange(1, 32)])
        if pick.random() < 0.4:
            contract["minimum_monthly_amount"] = self._price()
        if length > 2 and pick.random() < 0.4:
            ramp_end = effective + timedelta(days=pick.randrange(1, length))
            contract["ramp"] = {"start": effective.isoformat(), "end": ramp_end.isoformat()}
        if length > 10:
            days = sorted(pick.sample(range(1, length), pick.choice([0, 1, 2, 3])))
            contract["amendments"] = [
                {"date": (effective + timedelta(days=day)).isoformat(), "items": self._items(pick.randrange(1, 4))}
                for day in days
            ]
        return contract

    def _items(self, count: int) -> list:
        return [self._item(f"product-{number}") for number in self._random.sample(range(len(NAMES)), count)]

    def _item(self, product: str) -> dict:
        pick = self._random
        item = {"product": product}
        if pick.random() < 0.8:
            item["prepay_quantity"] = pick.choice(["0", "1", "80", "1000", "2.5", str(pick.randrange(10**6))])
            item["prepay_price"] = self._price()
        if pick.random() < 0.3:
            item["bundle_quantity"] = pick.choice(["100", "2.5", "1"])
        if pick.random() < 0.3:
            item["notes"] = pick.choice(["calls out", "Größe; nach Absprache"])
        roll = pick.random()
        if roll < 0.5:
            item["overage_price"] = self._price()
        elif roll < 0.8:
            bounds = sorted(pick.sample(range(1, 10**6), pick.randrange(0, 3)))
            item["overage_tiers"] = [*({"up_to": str(bound), "price": self._price()} for bound in bounds),
                                     {"price": self._price()}]
        return item

    def _price(self) -> str:
        pick = self._random
        return pick.choice(["0", "140.00", "0.25", "0.0002", "1200", "3.5", f"{pick.randrange(1, 1000)}.{pick.randrange(10**9):09d}"])
