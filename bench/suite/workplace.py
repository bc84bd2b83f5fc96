"""Where the benchmark works: its build folder, its programs, its results."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench"
RESULTS = ROOT / "build" / "bench-results"

sys.path.insert(0, str(ROOT / "tests" / "scenario"))  # the scenarios' server process and session serve here too


class WrongAnswer(Exception):
    """A contender said something that is not so: the run is void."""


def build(target: str = "tallystick_bench"):
    """Installs what is missing and builds the server and the programs of a benchmark: all those of bench/run."""
    subprocess.run([ROOT / "scripts" / "install_dependencies.sh", "bench"], check=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "CCACHE_BASEDIR": str(ROOT)}
    configure = ["cmake", "--preset", "release", "-B", str(BUILD), "-DTALLYSTICK_BENCH=ON"]
    subprocess.run(configure, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", str(BUILD), "--quiet", target], env=environment, check=True)


def server_binary() -> str:
    return os.environ.setdefault("TALLYSTICK_BINARY", str(BUILD / "tallystick"))


def program(name: str) -> str:
    return str(BUILD / "bench" / f"bench_{name}")


def lines_of(name: str, *arguments, command_prefix=(), stdin=None):
    """Runs one of the benchmark's programs and yields each line of JSON as it comes. Fails with the program."""
    command = [*command_prefix, program(name), *map(str, arguments)]
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                yield json.loads(line)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed with {process.returncode}")


def answer_of(name: str, *arguments, **options):
    """The one line of JSON of a program."""
    (only,) = list(lines_of(name, *arguments, **options))
    return only


def text_of(name: str, *arguments) -> str:
    return subprocess.run([program(name), *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True).stdout
