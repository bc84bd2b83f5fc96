"""The results as text."""

from suite import machine
from suite.goals import GOALS


def rows_text(header: list, rows: list) -> list:
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]

    def line(row):
        first, *others = (str(cell) for cell in row)
        return "  ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:]))]).rstrip()

    return [line(header), line(["-" * width for width in widths]), *(line(row) for row in rows)]


def number(value, digits=None) -> str:
    if value is None:
        return "-"
    if digits is None:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def contender_lines(results: dict) -> list:
    rows = []
    if "http" in results:
        ingest = results["http"]["ingest"]
        rows.append(["tallystick over HTTP", f"{ingest['events'] / 1e6:g} M", number(ingest["events_per_second"], 0),
                     number(results["http"]["curve"][-1]["events_per_second"], 0), number(ingest["disk_bytes_per_event"], 0),
                     "-", "-", "-"])
    for name, each in results["contenders"].items():
        ratios = results["ratios"].get(name, {})
        rows.append([each["title"], f"{each['events'] / 1e6:g} M", number(each["events_per_second"], 0),
                     number(each["last_segment_events_per_second"], 0), number(each["disk_bytes_per_event"], 0),
                     number(each["report_ms"]), number(ratios.get("over_http")), number(ratios.get("store"))])
    header = ["contender", "stored", "events/s", "at the end", "bytes/event", "report ms", "HTTP x", "store x"]
    return rows_text(header, rows)


def goal_lines(results: dict) -> list:
    rows = []
    for goal in GOALS:
        value = goal.value(results)
        verdict = "not measured" if value is None else "small run" if results["options"]["quick"] else goal.verdict(value)
        rows.append([goal.name, number(value), number(goal.goal), number(goal.least), goal.unit, verdict])
    return rows_text(["figure", "measured", "goal", "at least", "unit", ""], rows)


def text(results: dict) -> str:
    lines = [machine.sentence(results["machine"]), ""]
    if results["contenders"]:
        lines += [*contender_lines(results), "",
                  "report ms: of the largest organization's month, resource by resource.",
                  "HTTP x, store x: how many times the contender's rate ours takes over as many events, through HTTP and without.", ""]
    return "\n".join([*lines, *goal_lines(results)])
