"""The load as the programs make it, and the right answers to questions about it."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from suite import workplace

BATCH_EVENTS = 100
LARGE_ORGANIZATION = 1_000
HUGE_ORGANIZATION = 1_001
# Every time of the load has come by then, and November's billing period is open.
NOW = "2026-11-30T12:00:00.000Z"
MONTH = ("2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z")
RANGES = [
    MONTH,
    ("2026-11-01T03:07:13.251Z", "2026-11-20T17:02:10.001Z"),  # part days at both ends
    ("2026-08-15T00:00:00.000Z", "2026-11-01T00:00:00.000Z"),  # what came late
]


def organization_id(number: int) -> str:
    return f"7a11e57c-0000-4000-8000-{number:012d}"


def milliseconds(moment: str) -> int:
    return round(datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000)


@dataclass
class Load:
    """The first `events` events of the mixed load, or of one organization with many resources."""

    events: int
    resources: int = 0
    organization: int = 0

    def _options(self) -> list:
        chosen = ["--events", self.events]
        return [*chosen, "--resources", self.resources, "--organization", self.organization] if self.resources else chosen

    def write_bodies(self, path: Path) -> float:
        """Seconds that it took, the disk's included."""
        return workplace.answer_of("load", "bodies", *self._options(), "--events-per-body", BATCH_EVENTS,
                                   "--output", path)["seconds"]

    def expected(self, organizations: list, ranges: list) -> dict:
        questions = [f"{each}:{milliseconds(start)}:{milliseconds(end)}" for each in organizations for start, end in ranges]
        answer = workplace.answer_of("load", "expected", *self._options(),
                                     *[part for question in questions for part in ("--question", question)])
        answer["questions"] = [(each, start, end) for each in organizations for start, end in ranges]
        return answer


def check_counts(who: str, expected: dict, accepted: int, duplicates: int):
    if (accepted, duplicates) != (expected["accepted"], expected["duplicates"]):
        raise workplace.WrongAnswer(f"{who} took {accepted:,} events and found {duplicates:,} repeats; the load has "
                                    f"{expected['accepted']:,} and {expected['duplicates']:,}")


def report_totals(report: dict) -> dict:
    return {usage["name"]: {"total": usage["totalUsage"], "resources": len(usage["resources"])} for usage in report["usages"]}


def check_report(who: str, answer: dict, report: dict):
    if report_totals(report) != answer["products"]:
        raise workplace.WrongAnswer(f"{who}: the report of {answer['organization']} from {answer['start_ms']} to "
                                    f"{answer['end_ms']} is not what the load adds up to")


def check_overview(who: str, answer: dict, overview: dict):
    """The lines of a contract without usage are there too, with 0."""
    used = {line["name"]: line["usageQuantity"] for line in overview["usages"] if line["usageQuantity"] != "0"}
    if used != {name: total["total"] for name, total in answer["products"].items()}:
        raise workplace.WrongAnswer(f"{who}: the overview of {answer['organization']} is not what the load adds up to")
