"""What a running process takes: memory, processor time, bytes on disk."""

import os
import threading
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.1


def resident_bytes(process_id: int) -> int:
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE_BYTES


def cpu_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def disk_bytes(directory: Path) -> int:
    """What the files below take on the disk. Those that vanish meanwhile count nothing."""
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
            except FileNotFoundError:
                continue
    return total


class MemorySampler:
    """Looks at a process ten times a second; `take_max` is the most since it was last asked."""

    def __init__(self, process_id: int):
        self._process_id = process_id
        self._max = resident_bytes(process_id)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def _sample(self):
        while not self._stop.wait(SAMPLE_SECONDS):
            try:
                self._max = max(self._max, resident_bytes(self._process_id))
            except (FileNotFoundError, ProcessLookupError):
                return

    def take_max(self) -> int:
        most, self._max = self._max, resident_bytes(self._process_id)
        return max(most, self._max)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
