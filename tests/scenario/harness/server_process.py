"""Runs the tallystick binary: a server of its own for a test, or one command to its end.

The binary's path comes from the environment variable TALLYSTICK_BINARY. Every process is ended by its own id.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

READY_LINE_START = "listening on "
START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 10  # interface.md: SIGTERM ends a server within 10 s


def binary_path() -> str:
    path = os.environ.get("TALLYSTICK_BINARY")
    if not path:
        sys.exit("TALLYSTICK_BINARY is not set: name the tallystick binary to test, e.g. build/release/tallystick")
    if not os.access(path, os.X_OK):
        sys.exit(f"TALLYSTICK_BINARY names {path}, which is no executable: build the target `tallystick` first")
    return path


def bare_environment(home: Path, extra: dict | None = None) -> dict:
    """The caller's environment without what would change how tallystick behaves; HOME is `home`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("TALLYSTICK_", "GENESYSCLOUD_", "XDG_")) and "PROXY" not in name.upper()
    }
    kept.update({"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "NO_PROXY": "*"})
    kept.update(extra or {})
    return kept


def run_command(arguments, *, home: Path, environment=None, stdin=b"", timeout_s=60) -> subprocess.CompletedProcess:
    """Runs `tallystick ARGUMENTS` to its end; stdout and stderr as text."""
    finished = subprocess.run(
        [binary_path(), *map(str, arguments)],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=bare_environment(home, environment),
        cwd=home,
        timeout=timeout_s,
        check=False,
    )
    finished.stdout = finished.stdout.decode("utf-8", "replace")
    finished.stderr = finished.stderr.decode("utf-8", "replace")
    return finished


class ServerProcess:
    """`tallystick serve` on a free loopback port and a temporary directory.

    A context manager: `with ServerProcess() as server` starts it, and ends it with its directory at the end. `clock` is
    the test clock's start (None: real time). `options` are further arguments; an option given there replaces the same
    default. After kill() or stop(), start() runs it again on the same data.
    """

    def __init__(self, *, clock="2026-04-01T00:00:00.000Z", options=(), environment=None, directory=None):
        self._owned_directory = None if directory else tempfile.mkdtemp(prefix="tallystick-scenario-")
        self.directory = Path(directory or self._owned_directory)
        self.data = self.directory / "data"
        self.clock = clock
        self.options = [str(option) for option in options]
        self.environment = environment or {}
        self.base_url = ""
        self._process = None
        self._stdout_lines = []
        self._reader = None

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.kill()
        if self._owned_directory:
            shutil.rmtree(self._owned_directory, ignore_errors=True)

    # ---- life ----------------------------------------------------------------------------------------------------

    def arguments(self) -> list:
        chosen = ["serve", *self.options]
        defaults = {"--listen": "127.0.0.1:0", "--data": str(self.data), "--rate-limit": "0"}
        if self.clock:
            defaults["--clock"] = self.clock
        for name, value in defaults.items():
            if not any(option == name or option.startswith(name + "=") for option in self.options):
                chosen += [name, value]
        return chosen

    def start(self):
        """Starts and waits for the ready line. Fails with the server's own words when there is none."""
        self.launch(self.arguments())
        self.wait_until_ready()
        return self

    def launch(self, arguments):
        """Starts a process without waiting for it."""
        self._stdout_lines = []
        ready = threading.Event()
        self._ready = ready
        self.stderr_path = self.directory / "stderr.log"
        with open(self.stderr_path, "ab") as stderr:
            self._process = subprocess.Popen(
                [binary_path(), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=bare_environment(self.directory, self.environment),
                cwd=self.directory,
            )
        process = self._process

        def read_lines():
            with process.stdout:
                for line in process.stdout:
                    self._stdout_lines.append(line.decode("utf-8", "replace").rstrip("\n"))
                    ready.set()
            ready.set()

        self._reader = threading.Thread(target=read_lines, daemon=True)
        self._reader.start()

    def wait_until_ready(self):
        self._ready.wait(START_TIMEOUT_S)
        first = self._stdout_lines[0] if self._stdout_lines else ""
        if not first.startswith(READY_LINE_START):
            self.kill()
            raise AssertionError(f"no ready line from tallystick serve; it said {first!r}\n{self.stderr_tail()}")
        self.base_url = first.removeprefix(READY_LINE_START).strip()

    def terminate(self, with_signal=signal.SIGTERM):
        self._process.send_signal(with_signal)

    def wait(self, timeout_s=STOP_TIMEOUT_S) -> int:
        """The exit code; fails when the process still runs after the time."""
        try:
            code = self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"tallystick serve still ran after {timeout_s} s\n{self.stderr_tail()}") from None
        self._reader.join(5)
        return code

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.terminate()
        return self.wait()

    def kill(self):
        """kill -9, as a power cut would end it."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join(5)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    # ---- what it said --------------------------------------------------------------------------------------------

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def port(self) -> int:
        return int(self.base_url.rsplit(":", 1)[1])

    @property
    def stdout_lines(self) -> list:
        return list(self._stdout_lines)

    def stderr_tail(self, lines=30) -> str:
        if not self.stderr_path.exists():
            return ""
        text = self.stderr_path.read_text("utf-8", "replace").splitlines()
        return "its standard error ends:\n" + "\n".join(text[-lines:])

    def operator_credentials(self) -> tuple:
        written = json.loads((self.data / "operator.json").read_text("utf-8"))
        return written["client_id"], written["client_secret"]
