"""Our server over HTTP: the load with its curve, reads meanwhile and afterwards, large reports, restarts."""

import json
import shutil
import statistics
from pathlib import Path

from suite import workplace
from suite.bench_server import BenchServer
from suite.load import (BATCH_EVENTS, HUGE_ORGANIZATION, LARGE_ORGANIZATION, MONTH, RANGES, Load, check_counts,
                        check_overview, check_report, organization_id)
from suite.process_figures import MemorySampler, cpu_seconds, disk_bytes, resident_bytes

OVERVIEW = "/api/v2/billing/trusteebillingoverview"
REPORT = "/tallystick/v1/reports/billableusage"
WHO = "tallystick over HTTP"
# So many events are left before the next sealing when the server is killed: a group may bring more than one batch.
TAIL_ROOM = 5_000


def overview_target(number: int) -> str:
    return f"{OVERVIEW}/{organization_id(number)}?billingPeriodIndex=0"


def report_target(number: int) -> str:
    start, end = MONTH
    return f"{REPORT}?organizationId={organization_id(number)}&startDate={start}&endDate={end}"


class OverHttp:
    """One server from its empty directory on; the steps are called in order."""

    def __init__(self, options, work: Path, say):
        self.options, self.work, self.say = options, work, say
        self.directory = work / "server"
        self.result = {"options": "--rate-limit 0, default settings else", "connections": options.connections}

    def run(self) -> dict:
        load = Load(self.options.events)
        bodies = self.work / "mixed.bodies"
        self.say(f"writing {load.events:,} events as {load.events // BATCH_EVENTS:,} request bodies")
        self.result["generator_seconds"] = load.write_bodies(bodies)
        expected = load.expected(self.options.check_organizations, RANGES)
        shutil.rmtree(self.directory, ignore_errors=True)
        with BenchServer(self.directory).start().running() as server:
            self._ingest(server, bodies, expected)
            bodies.unlink()
            self._check_answers(server, load, expected)
            self._idle_overviews(server)
            self._large_reports(server)
            self._kill(server)
        return self.result

    # ---- the load ------------------------------------------------------------------------------------------------

    def _ingest(self, server: BenchServer, bodies: Path, expected: dict):
        reads = [part for number in self.options.overview_organizations for part in ("--read", overview_target(number))]
        arguments = ["--port", server.port, "--token", server.operator.token, "--bodies", bodies,
                     "--connections", self.options.connections, "--segment-events", self.options.segment_events,
                     *reads, "--read-token", server.partner().token, "--reads-per-second", self.options.reads_per_second]
        curve, cpu_before = [], cpu_seconds(server.process_id)
        with MemorySampler(server.process_id) as memory:
            for line in workplace.lines_of("ingest", *arguments):
                kind = line.pop("kind")
                if kind == "segment":
                    cpu = cpu_seconds(server.process_id)
                    line["resident_max_bytes"] = memory.take_max()
                    line["disk_bytes"] = disk_bytes(self.directory / "data")
                    line["server_cpu_seconds"] = cpu - cpu_before
                    curve.append(line)
                    self.say(f"{line['events']:>12,} events  {line['events_per_second']:>9,.0f}/s  p99 {line['p99_ms']:6.1f} ms  "
                             f"stop {line['longest_stop_ms']:5.0f} ms  {line['resident_max_bytes'] / 2**20:6.0f} MiB  "
                             f"{line['disk_bytes'] / line['events']:5.1f} bytes an event")
                elif kind == "reads":
                    self.result["overviews_during_load"] = line
                else:
                    self.result["ingest"] = line
        total = self.result["ingest"]
        check_counts(WHO, expected, total["accepted"], total["duplicates"])
        total["server_cpu_us_per_event"] = 1e6 * (cpu_seconds(server.process_id) - cpu_before) / total["events"]
        total["client_cpu_us_per_event"] = 1e6 * total["client_cpu_seconds"] / total["events"]
        total["resident_max_bytes"] = max(point["resident_max_bytes"] for point in curve)
        total["disk_bytes_per_event"] = disk_bytes(self.directory / "data") / total["events"]
        self.result["curve"] = curve

    # ---- reads ---------------------------------------------------------------------------------------------------

    def _check_answers(self, server: BenchServer, load: Load, expected: dict):
        for answer, (number, start, end) in zip(expected["answers"], expected["questions"], strict=True):
            check_report(WHO, answer, server.operator.report_of(organization_id(number), start, end))
        numbers, partner = self.options.overview_organizations, server.partner()
        overviews = load.expected(numbers, [MONTH])["answers"]
        for number, answer in zip(numbers, overviews, strict=True):
            check_overview(WHO, answer, partner.http.request("GET", overview_target(number)).json)
        self.say(f"checked: {expected['accepted']:,} events taken, {expected['duplicates']:,} repeats found, "
                 f"{len(expected['answers'])} reports, {len(overviews)} overviews")

    def _idle_overviews(self, server: BenchServer):
        token = server.partner().token
        targets = [overview_target(number) for number in self.options.overview_organizations]
        requests = self.options.idle_overviews
        common = ["--port", server.port, "--token", token, "--requests", requests, "--per-second", 100]
        self.result["overviews_idle"] = workplace.answer_of("reads", "paced", *common, *targets)
        self.result["overview_of_largest_idle"] = workplace.answer_of(
            "reads", "paced", "--port", server.port, "--token", token, "--requests", 50, "--per-second", 10, overview_target(0))
        # By now what compaction has replaced is gone.
        self.result["settled_disk_bytes_per_event"] = disk_bytes(self.directory / "data") / self.options.events
        idle = self.result["overviews_idle"]
        self.say(f"idle overviews: p50 {idle['p50_ms']:.2f} ms, p99 {idle['p99_ms']:.2f} ms")

    def _large_reports(self, server: BenchServer):
        self.result["reports"] = []
        for number, resources, days in ((LARGE_ORGANIZATION, self.options.large_resources, 5),
                                        (HUGE_ORGANIZATION, self.options.huge_resources, 2)):
            load = Load(resources * days, resources, number)
            bodies = self.work / "resources.bodies"
            load.write_bodies(bodies)
            expected = load.expected([number], [MONTH])
            *_, taken = workplace.lines_of("ingest", "--port", server.port, "--token", server.operator.token, "--bodies", bodies)
            check_counts(WHO, expected, taken["accepted"], taken["duplicates"])
            bodies.unlink()
            self.result["reports"].append(self._time_report(server, number, resources, expected["answers"][0]))

    def _time_report(self, server: BenchServer, number: int, resources: int, answer: dict) -> dict:
        saved = self.work / "report.json"
        before = resident_bytes(server.process_id)
        with MemorySampler(server.process_id) as memory:
            timed = workplace.answer_of("reads", "one-by-one", "--port", server.port, "--token", server.operator.token,
                                        "--requests", self.options.report_requests, "--save", saved, report_target(number))
            most = memory.take_max()
        check_report(WHO, answer, json.loads(saved.read_text("utf-8")))
        first, *further = timed["each_ms"]
        self.say(f"report of {resources:,} resources: first {first:.0f} ms, then {statistics.median(further):.0f} ms")
        return {"resources": resources, "first_ms": first, "further_median_ms": statistics.median(further),
                "body_bytes": timed["body_bytes"], "each_ms": timed["each_ms"],
                "resident_before_bytes": before, "resident_max_bytes": most}

    # ---- restarts ------------------------------------------------------------------------------------------------

    def _kill(self, server: BenchServer):
        """With a tail that is as full as it gets: just before the next sealing."""
        server.wait_until_sealed(self.options.seal_after_events)
        room = self.options.seal_after_events - server.tail_events()
        filling = max(room - TAIL_ROOM, 0) // BATCH_EVENTS * BATCH_EVENTS
        if filling:
            load = Load(filling, filling, LARGE_ORGANIZATION - 1)
            bodies = self.work / "tail.bodies"
            load.write_bodies(bodies)
            list(workplace.lines_of("ingest", "--port", server.port, "--token", server.operator.token, "--bodies", bodies))
            bodies.unlink()
        tail = server.tail_events()
        seconds = [server.restart_after_kill() for _ in range(self.options.restarts)]
        self.result["start_after_kill"] = {"tail_events": tail, "seconds": seconds, "median_seconds": statistics.median(seconds)}
        self.say(f"start after kill -9 with {tail:,} events in the tail: {statistics.median(seconds):.2f} s")
