"""The machine on which the figures were taken."""

import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

SYNC_BYTES = 64 * 1024
SYNC_SECONDS = 2.0


def fdatasyncs_per_second(directory: Path) -> float:
    """How many writes of 64 KiB, each made durable, the disk takes one after the other."""
    path = directory / "fdatasync"
    block = os.urandom(SYNC_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        count, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < SYNC_SECONDS:
            os.write(descriptor, block)
            os.fdatasync(descriptor)
            count += 1
        return count / (time.perf_counter() - begin)
    finally:
        os.close(descriptor)
        path.unlink()


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text("utf-8").splitlines():
        if line.startswith(name):
            return line.split("=" if "=" in line else ":", 1)[1].strip().strip('"')
    return "?"


def describe(directory: Path) -> dict:
    """`directory`: on the disk that the contenders will use."""
    root = Path(__file__).resolve().parents[2]
    commit = subprocess.run(["git", "-C", root, "describe", "--always", "--dirty"], stdout=subprocess.PIPE, text=True, check=False)
    filesystem = subprocess.run(["stat", "-f", "-c", "%T", directory], stdout=subprocess.PIPE, text=True, check=False)
    return {
        "processor": _field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gib": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "system": _field("/etc/os-release", "PRETTY_NAME"),
        "kernel": platform.release(),
        "filesystem": filesystem.stdout.strip(),
        "fdatasyncs_64_kib_per_second": round(statistics.median(fdatasyncs_per_second(directory) for _ in range(3))),
        "load_average_before": os.getloadavg()[0],
        "commit": commit.stdout.strip() or "?",
        "date": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
    }


def sentence(machine: dict) -> str:
    return (f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, kernel "
            f"{machine['kernel']}, {machine['filesystem']}, {machine['fdatasyncs_64_kib_per_second']:,} fdatasyncs of 64 KiB a "
            f"second; load {machine['load_average_before']:.1f} before; {machine['commit']}")
