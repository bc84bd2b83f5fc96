"""A trivial authenticated GET on one core, beside a bare Beast server that answers the same bytes, in turns."""

import statistics
import subprocess
from contextlib import contextmanager
from pathlib import Path

from suite import workplace
from suite.bench_server import BenchServer, on_core
from suite.process_figures import cpu_seconds

TARGET = "/api/v2/organizations/me"
SERVER_CORE, CLIENT_CORE = 0, 1
CONNECTIONS = (1, 16)
# What Beast writes by itself.
OWN_FIELDS = ("content-length", "connection")


@contextmanager
def bare_beast(body: Path, fields: list):
    arguments = [part for name, value in fields for part in ("--field", f"{name}: {value}")]
    with on_core(SERVER_CORE):
        process = subprocess.Popen([workplace.program("bare_beast"), "--body", body, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        yield process.pid, int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _rate(process_id: int, port: int, token: str, connections: int, seconds: float) -> dict:
    before = cpu_seconds(process_id)
    with on_core(CLIENT_CORE):
        answer = workplace.answer_of("reads", "throughput", "--port", port, "--token", token, "--connections", connections,
                                     "--seconds", seconds, TARGET)
    answer["server_busy"] = (cpu_seconds(process_id) - before) / seconds
    return answer


def measure(options, work: Path, say) -> dict:
    with on_core(SERVER_CORE):
        server = BenchServer(work / "trivial")
        server.start()
    with server.running():
        partner = server.partner()
        answer = partner.http.request("GET", TARGET)
        body = work / "organizations-me.json"
        body.write_bytes(answer.body)
        fields = [(name, value) for name, value in answer.headers.items() if name.lower() not in OWN_FIELDS]
        with bare_beast(body, fields) as (beast_id, beast_port):
            rounds = {count: {"ours": [], "beast": []} for count in CONNECTIONS}
            for _ in range(options.get_rounds):
                for count, of_count in rounds.items():
                    of_count["ours"].append(_rate(server.process_id, server.port, partner.token, count, options.get_seconds))
                    of_count["beast"].append(_rate(beast_id, beast_port, partner.token, count, options.get_seconds))
    return {str(count): _summary(count, of_count, say) for count, of_count in rounds.items()}


def _summary(count: int, of_count: dict, say) -> dict:
    medians = {who: {figure: statistics.median(each[figure] for each in rates)
                     for figure in ("requests_per_second", "server_busy", "client_busy")} for who, rates in of_count.items()}
    ours, beast = medians["ours"], medians["beast"]
    ratio = ours["requests_per_second"] / beast["requests_per_second"]
    # Where a server waits for the client, its processor time says more than its rate.
    cpu_ratio = ratio * beast["server_busy"] / ours["server_busy"]
    say(f"trivial GET, {count} connections, one core: {ours['requests_per_second']:,.0f}/s (core {ours['server_busy']:.0%} busy), "
        f"bare Beast {beast['requests_per_second']:,.0f}/s ({beast['server_busy']:.0%}): {ratio:.2f}, by processor time {cpu_ratio:.2f}")
    # With one connection both wait for the client by turns, and the rate is what a user sees.
    held = ratio if count == 1 else min(ratio, cpu_ratio)
    return {"ours": ours, "beast": beast, "ratio": ratio, "processor_time_ratio": cpu_ratio, "held": held}
