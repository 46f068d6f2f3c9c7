"""Plots of the result of bench/report.py as SVG, on a logarithmic scale: a line from the least to the greatest value of
each program, a dot for each value, the last one written out. Readable on light and on dark pages.
"""

import math
import xml.sax.saxutils

from programs import READS
from tables import PLOTS, routes, short

WIDTH, ROW, LABELS, VALUES, TOP = 820, 24, 230, 110, 62
STYLE = """
svg { color: #24292f; font: 13px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { svg { color: #e6edf3; } }
text { fill: currentColor; } .title { font-weight: 600; font-size: 15px; } .quiet { opacity: 0.7; }
.grid { stroke: currentColor; opacity: 0.18; } .range { stroke: #5b8def; stroke-width: 2; } circle { fill: #5b8def; }
.own { stroke: #e0823d; } circle.own { fill: #e0823d; stroke: none; }
"""

Row = tuple[str, list[float]]  # a label and its values; no values make the label a heading


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> str:
    escaped = xml.sax.saxutils.escape(words)
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escaped}</text>'


def decades(values: list[float]) -> range:
    """The powers of ten around the values."""
    low = math.floor(math.log10(min(values)))
    return range(low, max(math.ceil(math.log10(max(values))), low + 1) + 1)


def plot(title: str, unit: str, rows: list[Row]) -> str:
    powers = decades([value for _, values in rows for value in values])
    height = TOP + ROW * len(rows) + 12

    def across(value: float) -> float:
        share = (math.log10(value) - powers[0]) / (powers[-1] - powers[0])
        return LABELS + share * (WIDTH - LABELS - VALUES)

    drawn = [text(12, 22, title, kind="title"), text(12, 44, unit, kind="quiet")]
    for power in powers:
        x = across(10**power)
        drawn.append(f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{height - 8}" class="grid"/>')
        drawn.append(text(x, TOP - 14, f"{10**power:,}", anchor="middle", kind="quiet"))
    for number, (label, values) in enumerate(rows):
        drawn += row(label, [(across(value), value) for value in values], TOP + ROW * number + ROW / 2)
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">\n'
        f"<title>{xml.sax.saxutils.escape(title)}</title>\n<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def row(label: str, points: list[tuple[float, float]], y: float) -> list[str]:
    """The points are places across the plot with their values."""
    if not points:
        return [text(12, y + 5, label, kind="title")]
    own = " own" if label.startswith("Cardea") else ""
    drawn = [text(LABELS - 14, y + 4, label, anchor="end")]
    if len(points) > 1:
        drawn.append(f'<line x1="{points[0][0]:.1f}" y1="{y}" x2="{points[-1][0]:.1f}" y2="{y}" class="range{own}"/>')
    drawn += [f'<circle cx="{x:.1f}" cy="{y}" r="4" class="{own.strip()}"/>' for x, _ in points]
    return [*drawn, text(points[-1][0] + 10, y + 4, short(points[-1][1]))]


def reads(result: dict, *names: str) -> list[Row]:
    """These figures of each route that reads, under its heading; at least a thousandth, which a logarithm can show."""
    by_route = routes(result)
    rows: list[Row] = []
    for route in READS:
        rows.append((route, []))
        rows += [(one["program"], [max(one[name], 0.001) for name in names]) for one in by_route[route]]
    return rows


def all_plots(result: dict) -> dict[str, str]:
    """By file name, those of tables.PLOTS."""
    kinds = [
        ("microseconds, less is better", reads(result, "cpu_us")),
        ("milliseconds: p50, p90, p99", reads(result, "p50_ms", "p90_ms", "p99_ms")),
        ("more is better", reads(result, "per_second")),
    ]
    return {name: plot(title, unit, rows) for (name, title), (unit, rows) in zip(PLOTS.items(), kinds)}
