"""Who is measured by bench/run_clients: ours, and the published libraries as far as they are installed."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from suite import workplace

CLIENTS = workplace.ROOT / "bench" / "clients"
MODULES = Path(os.environ.get("BENCH_NODE_MODULES", workplace.ROOT / "tests" / "scenario" / "javascript" / "node_modules"))


class Missing(Exception):
    """Without it there is nothing to compare with."""


@dataclass(frozen=True)
class Contender:
    """How one client is started; what is None it does not take part in."""

    name: str
    title: str
    is_ours: bool = False
    gets: list | None = None     # callers and seconds follow, then `gets_options`
    gets_options: list = field(default_factory=list)
    report: list | None = None
    parse: list | None = None    # file and repeats follow
    environment: dict = field(default_factory=dict)


def _javascript() -> list:
    node = shutil.which("node")
    if node is None or not (MODULES / "purecloud-platform-client-v2").is_dir():
        raise Missing("the official JavaScript library is not installed: npm ci --prefix tests/scenario/javascript")
    environment = {"NODE_PATH": str(MODULES)}

    def script(name):
        return [node, str(CLIENTS / "javascript" / f"{name}.js")]

    return [
        Contender("javascript", "JavaScript library", gets=script("gets"), gets_options=["usual"], report=script("report"),
                  parse=script("parse"), environment=environment),
        Contender("javascript_best", "JavaScript library, best settings", gets=script("gets"), gets_options=["best"],
                  environment=environment),
    ]


def _python(say) -> Contender:
    def script(name):
        return [sys.executable, str(CLIENTS / "python" / f"{name}.py")]

    tried = subprocess.run([sys.executable, "-c", "import PureCloudPlatformClientV2"], capture_output=True, check=False)
    if tried.returncode == 0:
        return Contender("python", "Python library", gets=script("gets"), report=script("report"), parse=script("parse"))
    say("the official Python library is not installed (pip install PureCloudPlatformClientV2): only json.loads and dates, "
        "which is less than it does, are measured in its place")
    return Contender("python", "Python: json.loads and dates alone", parse=script("parse"))


def contenders(say) -> list:
    def ours(name):
        return [str(workplace.BUILD / "bench" / f"bench_client_{name}")]

    command = [str(workplace.BUILD / "tallystick"), "report", "--format", "json", "--from", "{from}", "--to", "{to}"]
    return [
        Contender("library", "our library", is_ours=True, gets=ours("gets"), report=ours("report"), parse=ours("parse")),
        Contender("command", "our command line", is_ours=True, report=command),
        *_javascript(),
        _python(say),
    ]
