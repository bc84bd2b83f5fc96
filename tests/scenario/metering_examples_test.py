"""The examples of domain.md for durations, concurrency and licence families, worked out by hand: the server's answers, and
those of the independent model that metering_model_test.py compares it with."""

import unittest
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

from harness import catalog
from harness.reference_model import ReferenceModel, Usage, Void, format_time, parse_time
from harness.server_process import ServerProcess
from harness.session import Session

NOW = "2026-04-10T00:00:00.000Z"
DAY = ("2026-03-10", "2026-03-11")
MARCH = ("2026-03-01", "2026-04-01")


def licence(key, kind, rank):
    metering = {"kind": kind, "family": "cx", "rank": rank}
    return {**catalog.product(key, key, kind, grouping="user-license"), "metering": metering}


def duration(key, **rules):
    return {**catalog.product(key, key, "duration"), "metering": {"kind": "duration", **rules}}


PRODUCTS = [
    *(licence(f"cx-{rank}", "unique", rank) for rank in (1, 2, 3)),
    *(licence(f"seat-{rank}", "concurrent", rank) for rank in (1, 3)),
    catalog.product("ports", "ports", "concurrent"),
    duration("minutes", unit="minute"),
    duration("calls", unit="second", step_seconds=6),
    duration("hours"),
]


@dataclass
class Question:
    period: tuple  # from and to
    usages: dict  # product -> (total, names of its resources)
    levels: dict = field(default_factory=dict)  # product -> {count: minutes}
    hours: dict = field(default_factory=dict)  # product -> {hour without 0: the most}, as text


@dataclass
class Example:
    name: str
    events: list  # (product, resource, time, until or None); an id of its own is its place
    questions: list
    voided: tuple = ()  # places of voided events

    @property
    def organization(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, self.name))


def moment(text: str) -> str:
    """A time of 10 March, or a day, or both, as a full timestamp."""
    if "-" not in text:
        text = f"2026-03-10T{text}"
    return format_time(parse_time(text + ("Z" if "T" in text else "T00:00:00Z")))


def many(prefix: str, count: int, begin: str, end: str) -> list:
    return [("ports", f"{prefix}-{number:03d}", begin, end) for number in range(count)]


def names(prefix: str, count: int) -> list:
    return [f"{prefix}-{number:03d}" for number in range(count)]


EXAMPLES = [
    Example(
        "overlapping sessions of one resource count once",
        [("minutes", "ana", "09:00", "09:10"), ("minutes", "ana", "09:05", "09:20"), ("minutes", "ben", "09:10", "09:15")],
        [Question(DAY, {"minutes": ("25", ["ana", "ben"])})],
    ),
    Example(
        "touching calls are one piece",
        [("calls", "ana", "09:00:00", "09:00:07"), ("calls", "ana", "09:00:07", "09:00:12")],
        [Question(DAY, {"calls": ("12", ["ana"])})],
    ),
    Example(
        "each piece is rounded up to the step",
        [("calls", "ana", "09:00:00", "09:00:07"), ("calls", "ana", "09:00:08", "09:00:12")],
        [Question(DAY, {"calls": ("18", ["ana"])})],
    ),
    Example(
        "a call over midnight",
        [("calls", "ana", "23:59:59", "2026-03-11T00:00:05")],
        [
            Question(("2026-03-10", "2026-03-12"), {"calls": ("6", ["ana"])}),
            Question(DAY, {"calls": ("6", ["ana"])}),
            Question(("2026-03-11", "2026-03-12"), {"calls": ("6", ["ana"])}),
        ],
    ),
    Example(
        "the sum is rounded once, to nine places",
        [("hours", name, "09:00:00", "09:00:00.001") for name in ("ana", "ben", "cem")],
        [Question(DAY, {"hours": ("0.000000833", ["ana", "ben", "cem"])})],
    ),
    Example(
        "500 for 31 minutes, 503 for 6 of these",
        [*many("user", 500, "09:00", "09:31"), *many("extra", 3, "09:10", "09:16")],
        [Question(DAY, {"ports": ("500", names("user", 500))},
                  levels={"ports": {**dict.fromkeys(range(1, 501), 31), **dict.fromkeys(range(501, 504), 6)}},
                  hours={"ports": {"09:00": 503}})],
    ),
    Example(
        "a millisecond short of half an hour",
        [("ports", "ana", "09:00", "09:29:59.999")],
        [Question(DAY, {"ports": ("0", [])}, hours={"ports": {"09:00": 1}})],
    ),
    Example(
        "half an hour in two pieces",
        [("ports", "ana", "09:00", "09:20"), ("ports", "ana", "11:00", "11:10"), ("ports", "ben", "11:00", "11:10")],
        [Question(DAY, {"ports": ("1", ["ana"])}, levels={"ports": {1: 30, 2: 10}},
                  hours={"ports": {"09:00": 1, "11:00": 2}})],
    ),
    Example(
        "two at once, not always the same two",
        [("ports", "cem", "14:00", "14:15"), ("ports", "ana", "09:00", "09:15"), ("ports", "ben", "09:00", "09:15"),
         ("ports", "ben", "14:00", "14:15")],
        # Ben was there for 30 minutes, ana and cem for 15: of these the first by name.
        [Question(DAY, {"ports": ("2", ["ana", "ben"])}, levels={"ports": {1: 30, 2: 30}},
                  hours={"ports": {"09:00": 2, "14:00": 2}})],
    ),
    Example(
        "one leaves as another comes",
        [("ports", "ana", "09:00", "10:00"), ("ports", "ben", "10:00", "11:00")],
        [Question(DAY, {"ports": ("1", ["ana"])}, levels={"ports": {1: 120}}, hours={"ports": {"09:00": 1, "10:00": 1}})],
    ),
    Example(
        "the part of an hour that is asked for",
        [("ports", "ana", "10:00", "12:00"), ("ports", "ben", "10:00", "10:20"), ("ports", "cem", "10:50", "11:40")],
        [Question(("2026-03-10T10:20", "2026-03-10T11:30"), {"ports": ("2", ["ana", "cem"])},
                  levels={"ports": {1: 70, 2: 40}}, hours={"ports": {"10:00": 2, "11:00": 2}})],
    ),
    Example(
        "a named user at the highest licence of the period",
        [("cx-1", "ana", "2026-03-02T08:00", None), ("cx-3", "ana", "2026-03-10T08:00", None),
         ("cx-2", "ana", "2026-03-20T08:00", None)],
        [Question(MARCH, {"cx-3": ("1", ["ana"])}), Question(("2026-03-01", "2026-03-10"), {"cx-1": ("1", ["ana"])})],
    ),
    Example(
        "the highest licence was a mistake",
        [("cx-1", "ana", "2026-03-02T08:00", None), ("cx-3", "ana", "2026-03-10T08:00", None),
         ("cx-2", "ana", "2026-03-20T08:00", None)],
        [Question(MARCH, {"cx-2": ("1", ["ana"])})],
        voided=(1,),
    ),
    Example(
        "a concurrent user at the highest licence of the moment",
        [("seat-1", "ben", "08:00", "12:00"), ("seat-3", "ben", "09:00", "10:00")],
        [Question(DAY, {"seat-1": ("1", ["ben"]), "seat-3": ("1", ["ben"])},
                  levels={"seat-1": {1: 180}, "seat-3": {1: 60}},
                  hours={"seat-1": {"08:00": 1, "10:00": 1, "11:00": 1}, "seat-3": {"09:00": 1}})],
    ),
    Example(
        "an interval inside a merged one was a mistake",
        [("minutes", "ana", "09:00", "09:30"), ("minutes", "ana", "09:20", "10:10"), ("minutes", "ana", "10:00", "10:15")],
        [Question(DAY, {"minutes": ("45", ["ana"])})],
        voided=(1,),
    ),
    Example(
        "named and concurrent licences of one family name are apart",
        [("cx-1", "ana", "09:00", None), ("seat-3", "ana", "09:00", "10:00")],
        [Question(DAY, {"cx-1": ("1", ["ana"]), "seat-3": ("1", ["ana"])}, levels={"seat-3": {1: 60}})],
    ),
]


class MeteringExamplesTest(unittest.TestCase):
    maxDiff = 3000

    def test_the_model(self):
        now_ms = parse_time(NOW)

        def answers(example, start, end):
            model = ReferenceModel(PRODUCTS)
            for number, (product, resource, time, until) in enumerate(example.events):
                model.store("scenario/1", str(number), Usage(
                    example.organization, product, resource, parse_time(moment(time)), Decimal(1),
                    parse_time(moment(until)) if until else None))
            for number in example.voided:
                model.store("scenario/1", f"void-{number}", Void(example.organization, ("scenario/1", str(number))))
            asked = (example.organization, parse_time(start), parse_time(end), now_ms)
            return model.report(*asked), model.concurrent_report(*asked)

        self.check(answers)

    def test_the_server(self):
        with ServerProcess(clock=NOW) as server:
            operator = Session.of_operator(server)
            operator.apply({
                "organizations": [{"id": each.organization, "name": each.name} for each in EXAMPLES],
                "products": PRODUCTS,
            })
            for example in EXAMPLES:
                operator.send([
                    catalog.event(str(number), example.organization, product, resource, moment(time),
                                  **({"until": moment(until)} if until else {}))
                    for number, (product, resource, time, until) in enumerate(example.events)
                ])
                operator.send([
                    catalog.void(f"void-{number}", example.organization, str(number)) for number in example.voided
                ])
            self.check(lambda example, start, end: (
                operator.report_of(example.organization, start, end)["usages"],
                operator.concurrent_usage(start, end, example.organization)["products"],
            ))

    def check(self, answers):
        for example in EXAMPLES:
            for question in example.questions:
                start, end = map(moment, question.period)
                with self.subTest(example.name, start=start, end=end):
                    usages, products = answers(example, start, end)
                    self.assertEqual(
                        {usage["name"]: (usage["totalUsage"], [each["name"] for each in usage["resources"]])
                         for usage in usages},
                        question.usages,
                    )
                    self.check_concurrent(question, products)

    def check_concurrent(self, question, products):
        by_name = {product["name"]: product for product in products}
        for name, minutes in question.levels.items():
            self.assertEqual({level["count"]: level["milliseconds"] for level in by_name[name]["levels"]},
                             {count: each * 60_000 for count, each in minutes.items()})
        for name, busy in question.hours.items():
            self.assertEqual({hour["time"]: hour["max"] for hour in by_name[name]["hours"] if hour["max"]},
                             {moment(hour): most for hour, most in busy.items()})
        for product in products:
            total, resources = question.usages[product["name"]]
            self.assertEqual((str(product["peak"]), [each["name"] for each in product["resources"]]), (total, resources))


if __name__ == "__main__":
    unittest.main()
