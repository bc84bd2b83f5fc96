"""The server under measurement: on an empty directory of its own, with the load's catalog, without a rate limit."""

import json
import os
import secrets
import time
from contextlib import contextmanager
from pathlib import Path

from suite import workplace
from suite.load import NOW

from harness.server_process import ServerProcess
from harness.session import Session

# A report is answered when it is complete, so that its whole time is measured.
OPTIONS = ["--rate-limit", "0", "--report-wait-ms", "120000", "--log-level", "warning"]

SEALING_TIMEOUT_S = 60


@contextmanager
def on_core(core: int):
    """What is started within runs on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class BenchServer:
    def __init__(self, directory: Path):
        workplace.server_binary()
        directory.mkdir(parents=True, exist_ok=True)
        self.process = ServerProcess(clock=NOW, directory=str(directory), options=OPTIONS)
        self.partner_secret = secrets.token_hex(16)

    def start(self) -> "BenchServer":
        self.process.start()
        return self

    def apply_catalog(self):
        document = workplace.text_of("load", "catalog", "--partner-secret", self.partner_secret)
        self.operator.apply(json.loads(document))

    def log_in(self):
        self.operator = Session.of_operator(self.process)

    def partner(self) -> Session:
        return Session(self.process.base_url, "partner", self.partner_secret)

    @property
    def port(self) -> int:
        return self.process.port

    @property
    def process_id(self) -> int:
        return self.process.process_id

    def tail_events(self) -> int:
        """Events in memory that are not sealed yet."""
        for line in self.operator.http.request("GET", "/metrics").body.decode().splitlines():
            if line.startswith("tallystick_store_tail_events "):
                return round(float(line.split()[1]))
        raise RuntimeError("/metrics does not say tallystick_store_tail_events")

    def wait_until_sealed(self, seal_after_events: int):
        """Until no sealing is under way."""
        deadline = time.monotonic() + SEALING_TIMEOUT_S
        while self.tail_events() >= seal_after_events:
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server is still sealing after {SEALING_TIMEOUT_S} s")
            time.sleep(0.1)

    def restart_after_kill(self) -> float:
        """kill -9, then seconds from the start of the process to its ready line."""
        self.process.kill()
        begin = time.perf_counter()
        self.process.start()
        seconds = time.perf_counter() - begin
        self.log_in()
        return seconds

    @contextmanager
    def running(self):
        """Started already: logs in, applies the catalog, and ends it at last."""
        try:
            self.log_in()
            self.apply_catalog()
            yield self
        finally:
            self.process.kill()
