"""The curves as a picture: rate, memory and bytes on disk over what is stored."""

import math
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WIDTH, PANEL_HEIGHT, LEFT, RIGHT, TOP, GAP = 860, 210, 84, 24, 66, 62
INK, FAINT = "#222222", "#dddddd"
# Told apart without seeing red and green too.
COLOURS = {"over_http": "#0072b2", "store": "#56b4e9", "postgresql": "#d55e00", "sqlite": "#cc79a7", "rocksdb-rows": "#009e73"}


@dataclass
class Line:
    name: str
    colour: str
    points: list  # of (millions of events, value)


def nice_step(most: float, steps: int = 4) -> float:
    rough = max(most, 1e-9) / steps
    power = 10 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)


def panel(title: str, lines: list, top: float, millions: float) -> list:
    most = max((value for line in lines for _, value in line.points), default=1.0)
    step = nice_step(most)
    ceiling = step * math.ceil(most / step)
    bottom, inner = top + PANEL_HEIGHT, WIDTH - LEFT - RIGHT

    def x(value):
        return LEFT + inner * value / millions

    def y(value):
        return bottom - PANEL_HEIGHT * value / ceiling

    parts = [f'<text x="{LEFT}" y="{top - 10:.1f}" font-weight="600">{title}</text>']
    for i in range(round(ceiling / step) + 1):
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(i * step):.1f}" y2="{y(i * step):.1f}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(i * step) + 4:.1f}" text-anchor="end">{i * step:,.10g}</text>')
    across = nice_step(millions, 5)
    for i in range(math.floor(millions / across + 1e-9) + 1):
        parts.append(f'<text x="{x(i * across):.1f}" y="{bottom + 17:.1f}" text-anchor="middle">{i * across:g}</text>')
    for line in lines:
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in line.points)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="2"/>')
    return parts


def legend(lines: list) -> list:
    parts, at = [], LEFT
    for line in lines:
        parts.append(f'<rect x="{at}" y="26" width="14" height="4" fill="{line.colour}"/>')
        parts.append(f'<text x="{at + 20}" y="32">{line.name}</text>')
        at += 34 + 7 * len(line.name)
    return parts


def picture(results: dict) -> str:
    curves = {}
    if "http" in results:
        curves["over_http"] = ("tallystick over HTTP", results["http"]["curve"])
    for name, each in results["contenders"].items():
        curves[name] = (each["title"], each["curve"])

    def lines(value_of, only=None):
        return [Line(title, COLOURS[name], [(point["events"] / 1e6, value_of(point)) for point in points])
                for name, (title, points) in curves.items() if only is None or name in only]

    rates = lines(lambda point: point["events_per_second"] / 1000)
    panels = [("Thousand events a second", rates)]
    if "over_http" in curves:
        panels.append(("Resident memory of the server, MiB, the most since the last point",
                       lines(lambda point: point["resident_max_bytes"] / 2**20, {"over_http"})))
    panels.append(("Bytes on disk an event", lines(lambda point: point["disk_bytes"] / point["events"])))
    millions = max(at for line in rates for at, _ in line.points)
    height = TOP + len(panels) * (PANEL_HEIGHT + GAP)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
             f'font-family="sans-serif" font-size="12" fill="{INK}">', f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
             *legend(rates)]
    for i, (title, of_panel) in enumerate(panels):
        parts += panel(title, of_panel, TOP + i * (PANEL_HEIGHT + GAP), millions)
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{height - 14}" text-anchor="end">million events stored</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def draw(results: dict, path: Path) -> list:
    """Writes path.svg, and path.png where rsvg-convert is there; returns what was written."""
    if "http" not in results and not results["contenders"]:
        return []
    svg, png = path.with_suffix(".svg"), path.with_suffix(".png")
    svg.write_text(picture(results), "utf-8")
    if not shutil.which("rsvg-convert"):
        return [svg]
    subprocess.run(["rsvg-convert", "--zoom", "2", "--output", png, svg], check=True)
    return [svg, png]
