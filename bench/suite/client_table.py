"""The results of bench/run_clients as text, with how many times ours does better and what is asked of it."""

from suite import machine
from suite.table import number, rows_text

GETS_TIMES, PROCESS_TIMES, MEMORY_TIMES, PARSE_TIMES = 5, 15, 5, 5


def _rows(figures: dict, ours: list, columns: list) -> list:
    """One row a client; each column is (figure, digits, more_is_better, goal) or (figure, digits)."""
    rows = []
    for name, each in figures.items():
        row = [each["title"]]
        for figure, digits, *compared in columns:
            row.append(number(each[figure], digits))
            for mine in ours if compared else []:
                more_is_better, goal = compared
                if name in ours:
                    row.append("-")
                    continue
                times = figures[mine][figure] / each[figure] if more_is_better else each[figure] / figures[mine][figure]
                row.append(f"{times:.1f}{'' if times >= goal else ' MISSED'}")
        rows.append(row)
    return rows


def _gets(results: dict) -> list:
    lines = []
    for callers, figures in results["gets"].items():
        header = [f"organizations/me, {callers} at once", "GETs/s", f"ours, times ({GETS_TIMES})", "cpu us each"]
        rows = _rows(figures, ["library"], [("gets_per_second", 0, True, GETS_TIMES), ("cpu_us_per_get", 0)])
        lines += [*rows_text(header, rows), ""]
    return lines


def _process(results: dict) -> list:
    header = ["a process: log in, one report", "ms", f"library, times ({PROCESS_TIMES})", "command, times", "cpu ms", "KiB",
              f"library, times ({MEMORY_TIMES})", "command, times"]
    columns = [("wall_ms", 1, False, PROCESS_TIMES), ("cpu_ms", 1), ("memory_kib", 0, False, MEMORY_TIMES)]
    return [*rows_text(header, _rows(results["process"], ["library", "command"], columns)), ""]


def _parse(results: dict) -> list:
    parse = results["parse"]
    header = [f"{parse['resources']:,} resources, {parse['bytes']:,} bytes", "ms", f"ours, times ({PARSE_TIMES})", "cpu ms", "times"]
    columns = [("median_ms", 2, False, PARSE_TIMES), ("cpu_ms", 2, False, PARSE_TIMES)]
    return [*rows_text(header, _rows(parse["clients"], ["library"], columns)), ""]


def text(results: dict) -> str:
    lines = [machine.sentence(results["machine"]), ""]
    for part, rows in (("gets", _gets), ("process", _process), ("parse", _parse)):
        if part in results:
            lines += rows(results)
    lines.append("Numbers in brackets are what is asked of ours." if not results["options"]["quick"]
                 else "A quick run: its figures mean nothing.")
    return "\n".join(lines)
