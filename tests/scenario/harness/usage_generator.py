"""Usage of several organizations from a seed, with everything that makes counting hard: repeats in another spelling,
conflicts, voids before and after their targets, late events, ties, day boundaries, events ahead of the clock; sessions of
the same people for all products of a family."""

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from harness.random_ranges import DAY_MS
from harness.reference_model import EPOCH, Usage, Void, format_time
from harness.session_times import SessionTimes

OFFSETS_MIN = (0, 60, -300, 330)


@dataclass(frozen=True, slots=True)
class GeneratedEvent:
    source: str
    id: str
    content: Usage | Void
    wire: dict  # CloudEvents JSON


class UsageGenerator:
    def __init__(self, seed: int, *, organizations, products: list, from_ms: int, now_ms: int, resources_per_product=400):
        """`products` as a catalog has them. Those of a family have their resources in common."""
        self._random = random.Random(seed)
        self._organizations = list(organizations)
        self._products = [product["key"] for product in products]
        self._kinds = {product["key"]: product["metering"]["kind"] for product in products}
        self._from_ms, self._now_ms = from_ms, now_ms
        self._sessions = SessionTimes(seed, from_ms, now_ms)
        self._resources = {
            product["key"]: [
                self._resource_name(product["metering"].get("family", product["key"]), number)
                for number in range(resources_per_product)
            ]
            for product in products
        }
        self._sources = ["acd/eu-1", "acd/eu-2", "crm", "Zürich/1", "~"]

    def events(self, count: int) -> list:
        """`count` events in random order, repeats and conflicts among them."""
        pick = self._random
        made = []
        first_of_pair = []  # usage that later entries repeat, contradict or void
        while len(made) < count:
            roll = pick.random()
            if roll < 0.90 or not first_of_pair:
                event = self._usage(len(made))
                first_of_pair.append(event)
            elif roll < 0.94:
                event = self._wire_of(*self._pair_and_content(pick.choice(first_of_pair)))
            elif roll < 0.96:
                event = self._conflict(pick.choice(first_of_pair))
            else:
                event = self._void(len(made), pick.choice(first_of_pair))
                if pick.random() < 0.1:
                    made.append(event)  # the same void sent twice
            made.append(event)
        del made[count:]
        pick.shuffle(made)
        return made

    # ---- contents ------------------------------------------------------------------------------------------------

    def _usage(self, number: int) -> GeneratedEvent:
        pick = self._random
        # Organizations of uneven size; the same (source, id) in two of them is two events.
        organization = pick.choices(self._organizations, weights=range(len(self._organizations), 0, -1))[0]
        product = pick.choice(self._products)
        kind = self._kinds[product]
        if kind in ("duration", "concurrent"):
            times, quantity = self._sessions.interval(), Decimal(1)
        elif kind == "unique" and pick.random() < 0.3:
            times, quantity = self._sessions.interval(), self._quantity()
        else:
            times, quantity = (self._time(), None), self._quantity()
        content = Usage(organization, product, self._resource(product), times[0], quantity, times[1])
        event_id = f"{number // 2 if pick.random() < 0.05 else number}-{organization[:2]}"
        if pick.random() < 0.02:
            event_id = f"shared-{number % 97}"
        return self._wire_of(f"{pick.choice(self._sources)}", event_id, content)

    def _conflict(self, of: GeneratedEvent) -> GeneratedEvent:
        pick, content = self._random, of.content
        changed = {
            "organization": content.organization,
            "product": content.product,
            "resource": content.resource,
            "time_ms": content.time_ms,
            "quantity": content.quantity,
            "until_ms": content.until_ms,
        }
        field = pick.choice(["resource", "time_ms", "quantity"] if content.until_ms is None else ["resource", "until_ms"])
        if field == "resource":
            changed["resource"] = content.resource + "'"
        elif field == "time_ms":
            changed["time_ms"] -= 1
        elif field == "until_ms":
            changed["until_ms"] += 1 if content.until_ms == content.time_ms + 1 else -1
        else:
            changed["quantity"] = content.quantity + Decimal("0.000000001")
        return self._wire_of(of.source, of.id, Usage(**changed))

    def _void(self, number: int, of: GeneratedEvent) -> GeneratedEvent:
        pick = self._random
        organization, target = of.content.organization, (of.source, of.id)
        roll = pick.random()
        if roll < 0.05:  # of another organization: has no effect here
            organization = pick.choice([each for each in self._organizations if each != organization])
        elif roll < 0.10:  # of an event that never comes
            target = (of.source, of.id + "-never")
        return self._wire_of("corrections", f"void-{number}", Void(organization, target))

    def _time(self) -> int:
        pick = self._random
        roll = pick.random()
        if roll < 0.02:  # late: up to ten months before
            return self._from_ms - pick.randrange(300 * DAY_MS)
        if roll < 0.03:  # ahead of the clock, by at most 24 hours
            return self._now_ms + pick.randrange(1, DAY_MS)
        if roll < 0.035:  # the clock's own millisecond
            return self._now_ms
        if roll < 0.30:  # a coarse grid, on which many events share a moment
            return self._from_ms + pick.randrange((self._now_ms - self._from_ms) // (6 * 3_600_000)) * 6 * 3_600_000
        if roll < 0.34:  # the last moment of a day
            return self._from_ms + pick.randrange(1, (self._now_ms - self._from_ms) // DAY_MS) * DAY_MS - 1
        return pick.randrange(self._from_ms, self._now_ms)

    def _quantity(self) -> Decimal:
        pick = self._random
        roll = pick.random()
        if roll < 0.4:
            return Decimal(1)
        if roll < 0.45:
            return Decimal(0)
        if roll < 0.75:
            return Decimal(pick.randrange(1, 100_000))
        if roll < 0.98:
            return Decimal(pick.randrange(1, 10**12)) / Decimal(10 ** pick.randrange(1, 10))
        return Decimal(f"{pick.randrange(10**17, 10**18)}.{pick.randrange(10**9):09d}")

    def _resource(self, product: str) -> str:
        # Few of them are used much, many seldom.
        names = self._resources[product]
        return names[int(len(names) * self._random.random() ** 2)]

    @staticmethod
    def _resource_name(product: str, number: int) -> str:
        people = ["ana", "Bo", "Çağla", "dževad", "Émile", "李雷", "ﬁnn", "🙂"]
        return f"{people[number % len(people)]}.{number}@{product}.example.com"

    # ---- spellings -----------------------------------------------------------------------------------------------

    @staticmethod
    def _pair_and_content(event: GeneratedEvent) -> tuple:
        return event.source, event.id, event.content

    def _wire_of(self, source: str, event_id: str, content) -> GeneratedEvent:
        wire = {"specversion": "1.0", "source": source, "id": event_id, "organization": content.organization}
        if isinstance(content, Void):
            wire["type"] = "tallystick.void"
            wire["data"] = {"source": content.target[0], "id": content.target[1]}
            return GeneratedEvent(source, event_id, content, wire)
        wire["type"] = content.product
        wire["subject"] = content.resource
        wire["time"] = self._spell_time(content.time_ms)
        data = {}
        if content.quantity != 1 or self._random.random() < 0.5:
            data["quantity"] = self._spell_quantity(content.quantity)
        if content.until_ms is not None:
            data["until"] = self._spell_time(content.until_ms)
        if data:
            wire["data"] = data
        return GeneratedEvent(source, event_id, content, wire)

    def _spell_time(self, time_ms: int) -> str:
        pick = self._random
        roll = pick.random()
        if roll < 0.6:
            return format_time(time_ms)
        if roll < 0.7:  # finer than a millisecond: floored
            return format_time(time_ms)[:-1] + f"{pick.randrange(1000):03d}{pick.choice(['', '9'])}Z"
        if roll < 0.8:  # no zone is UTC
            return format_time(time_ms)[:-1]
        offset = pick.choice(OFFSETS_MIN)
        local = EPOCH + timedelta(milliseconds=time_ms, minutes=offset)
        sign, minutes = ("-", -offset) if offset < 0 else ("+", offset)
        return local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time_ms % 1000:03d}{sign}{minutes // 60:02d}:{minutes % 60:02d}"

    def _spell_quantity(self, quantity: Decimal):
        roll = self._random.random()
        if roll < 0.3 and quantity == quantity.to_integral_value() and quantity < 10**17:
            return int(quantity)
        text = format(quantity, "f")
        if roll > 0.8 and len(text.partition(".")[2]) < 8:
            text += "0" if "." in text else ".0"
        return text
