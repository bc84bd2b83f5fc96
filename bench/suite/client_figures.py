"""The three measurements of bench/run_clients. Clients take turns, so that all meet the same moods of the machine."""

import json
import os
import statistics
import subprocess
from pathlib import Path

from suite import workplace
from suite.client_contenders import Contender

from harness import catalog
from harness.server_process import ServerProcess, bare_environment
from harness.session import Session

PARTS = ("gets", "process", "parse")
CALLERS = (1, 16)
SMALL, LARGE = catalog.BLUE_HARBOR, catalog.ALPINE
FROM, TO = "2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"
SMALL_RESOURCES = 200  # of each product: what a customer of the demo uses in a month
BATCH_EVENTS = 5_000
PRODUCTS = ("named-user", "api-requests", "bot-flow")


def _events(organization: str, resources: int) -> list:
    """The same each time. Names are as long as UUIDs, which is what most services call their resources."""
    events = []
    for i in range(resources):
        product = PRODUCTS[i % len(PRODUCTS)]
        data = {"quantity": f"{i % 90 + 1}.25"} if product == "api-requests" else {}
        time = f"2026-03-{i % 31 + 1:02}T{i % 24:02}:{i % 60:02}:{i * 7 % 60:02}.{i % 1000:03}Z"
        events.append(catalog.event(f"{organization}-{i}", organization, product, f"{i:08x}-5bd1-4c5e-9e0a-{i * 31:012x}", time,
                                    **data))
    return events


class Measurement:
    def __init__(self, options, contenders: list, work: Path, say):
        self.options, self.contenders, self.work, self.say = options, contenders, work, say

    def run(self) -> dict:
        os.environ["TALLYSTICK_BINARY"] = str(workplace.BUILD / "tallystick")
        options = ["--rate-limit", "0", "--report-wait-ms", "120000", "--log-level", "warning"]
        with ServerProcess(directory=str(self.work), options=options) as server:
            self.server = server
            self._fill()
            return {part: getattr(self, f"_{part}")() for part in self.options.only}

    def _fill(self):
        operator = Session.of_operator(self.server)
        operator.apply(catalog.document((SMALL, LARGE)))
        for organization, resources in ((SMALL, SMALL_RESOURCES * len(PRODUCTS)), (LARGE, self.options.resources)):
            events = _events(organization, resources)
            for begin in range(0, len(events), BATCH_EVENTS):
                operator.send(events[begin:begin + BATCH_EVENTS])
        # Each secret is verified once before, which is the server's business and takes a tenth of a second.
        self.reports = {each: Session(self.server.base_url, catalog.viewer_of(each), catalog.secret_of(catalog.viewer_of(each)))
                        .report(FROM, TO) for each in (SMALL, LARGE)}
        if sum(len(usage["resources"]) for usage in self.reports[LARGE]["usages"]) != self.options.resources:
            raise workplace.WrongAnswer("the large report does not have every resource")

    def _environment(self, contender: Contender) -> dict:
        viewer = catalog.viewer_of(SMALL)
        return bare_environment(self.work, {
            "TALLYSTICK_BASE_URL": self.server.base_url, "TALLYSTICK_CLIENT_ID": viewer,
            "TALLYSTICK_CLIENT_SECRET": catalog.secret_of(viewer), "BENCH_ORGANIZATION": SMALL, "BENCH_FROM": FROM,
            "BENCH_TO": TO, **contender.environment,
        })

    def _answer(self, contender: Contender, command: list) -> dict:
        finished = subprocess.run([str(part) for part in command], env=self._environment(contender), cwd=self.work,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
        if finished.returncode != 0:
            raise workplace.WrongAnswer(f"{contender.title}: {finished.stderr.strip()}")
        return json.loads(finished.stdout)

    # ---- GETs a second -----------------------------------------------------------------------------------------------

    def _gets(self) -> dict:
        taking = [each for each in self.contenders if each.gets]
        figures = {}
        for callers in CALLERS:
            rounds = {each.name: [] for each in taking}
            for _ in range(self.options.get_rounds):
                for each in taking:
                    rounds[each.name].append(
                        self._answer(each, [*each.gets, callers, self.options.get_seconds, *each.gets_options]))
            for each in taking:
                of_each = {
                    "title": each.title,
                    "gets_per_second": statistics.median(one["gets"] / one["seconds"] for one in rounds[each.name]),
                    "cpu_us_per_get": statistics.median(one["cpu_seconds"] * 1e6 / one["gets"] for one in rounds[each.name]),
                }
                figures.setdefault(str(callers), {})[each.name] = of_each
                self.say(f"{each.title}, {callers} at once: {of_each['gets_per_second']:,.0f} GETs a second, "
                         f"{of_each['cpu_us_per_get']:.0f} us of processor time each")
        return figures

    # ---- a process that logs in and gets one report --------------------------------------------------------------------

    def _process(self) -> dict:
        taking = [each for each in self.contenders if each.report]
        runs = {each.name: [] for each in taking}
        output = self.work / "report.json"
        for _ in range(self.options.processes):
            for each in taking:
                command = [part.replace("{from}", FROM).replace("{to}", TO) for part in each.report]
                run = self._answer(each, [workplace.BUILD / "bench" / "bench_client_process", output, *command])
                if run["exit_code"] != 0:
                    raise workplace.WrongAnswer(f"{each.title} ended with exit code {run['exit_code']}")
                if json.loads(output.read_bytes()) != self.reports[SMALL]:
                    raise workplace.WrongAnswer(f"{each.title} got another report than the server has")
                runs[each.name].append(run)
        figures = {}
        for each in taking:
            of_each = {figure: statistics.median(run[figure] for run in runs[each.name])
                       for figure in ("wall_ms", "cpu_ms", "memory_kib")}
            figures[each.name] = {"title": each.title, **of_each}
            self.say(f"{each.title}, a process with one report: {of_each['wall_ms']:.1f} ms, {of_each['cpu_ms']:.1f} ms of "
                     f"processor time, {of_each['memory_kib'] / 1024:.1f} MiB")
        return figures

    # ---- a large report from bytes to a model --------------------------------------------------------------------------

    def _parse(self) -> dict:
        taking = [each for each in self.contenders if each.parse]
        path = self.work / "large.json"
        path.write_text(json.dumps(self.reports[LARGE], separators=(",", ":"), ensure_ascii=False), "utf-8")
        figures = {}
        for _ in range(self.options.parse_rounds):
            for each in taking:
                answer = self._answer(each, [*each.parse, path, self.options.parses])
                if answer["resources"] != self.options.resources:
                    raise workplace.WrongAnswer(f"{each.title} read {answer['resources']} resources")
                times = figures.setdefault(each.name, {"title": each.title, "each_ms": [], "each_cpu_ms": []})
                times["each_ms"] += answer["each_ms"]
                times["each_cpu_ms"].append(answer["cpu_ms"])
                if "json_ms" in answer:  # what the library stands on, alone
                    alone = figures.setdefault(f"{each.name}_json", {"title": "JSON.parse alone, from text", "each_ms": [],
                                                                     "each_cpu_ms": []})
                    alone["each_ms"] += answer["json_ms"]
                    alone["each_cpu_ms"].append(answer["json_cpu_ms"])
        for of_each in figures.values():
            of_each["median_ms"] = statistics.median(of_each["each_ms"])
            of_each["cpu_ms"] = statistics.median(of_each["each_cpu_ms"])
            self.say(f"{of_each['title']}, {self.options.resources:,} resources: {of_each['median_ms']:.1f} ms, "
                     f"{of_each['cpu_ms']:.1f} ms of processor time")
        return {"bytes": path.stat().st_size, "resources": self.options.resources, "clients": figures}


def measure(options, contenders: list, work: Path, say) -> dict:
    return Measurement(options, contenders, work, say).run()
