"""The table and the plot."""

from collections.abc import Mapping, Sequence
from html import escape

Figures = Mapping[str, float | None]
HEAD = (
    "workload", "req/s", "± %", "p50 ms", "p95 ms", "p99 ms", "API CPU ms", "database CPU ms", "bytes", "WAL bytes",
    "round trips",
    "pgbench/s", "of the ceiling",
)  # fmt: skip


def table(results: Mapping[str, Figures]) -> str:
    """Markdown: a line for each workload."""
    lines = [" | ".join(HEAD), "|".join(["---", *["--:"] * (len(HEAD) - 1)])]
    for name, f in results.items():
        ceiling = f.get("ceiling")
        cells = [
            name,
            _number(f["per_second"]),
            f"{f['spread'] * 100:.0f}",
            *(f"{f[key]:.1f}" for key in ("p50", "p95", "p99")),
            *("" if f[key] is None else f"{f[key]:.2f}" for key in ("api_cpu", "database_cpu")),
            f"{f['bytes']:.0f}",
            "" if not f.get("wal") else f"{f['wal']:.0f}",
            "" if f.get("round_trips") is None else f"{f['round_trips']:.0f}",
            "" if ceiling is None else _number(ceiling),
            "" if ceiling is None else f"{f['per_second'] / ceiling:.2f}",
        ]
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" for line in lines)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


WIDTH, ROW, LEFT, RIGHT = 760, 22, 220, 60
COLOURS = ("#1c7ed6", "#f08c00", "#c2255c", "#2f9e44")


def plot(sizes: Sequence[int], by_size: Mapping[int, Mapping[str, Figures]]) -> str:
    """SVG: for each workload a dot for each size, by its p50 on a logarithmic scale."""
    names = list(by_size[sizes[0]])
    values = [f["p50"] for results in by_size.values() for f in results.values()]
    least, most = min(values), max(values)
    import math  # noqa: PLC0415

    low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
    span = max(1, high - low)

    def x(value: float) -> float:
        return LEFT + (math.log10(value) - low) / span * (WIDTH - LEFT - RIGHT)

    height = ROW * (len(names) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        at = x(10**power)
        parts.append(f'<path d="M{at:.1f} {ROW * 1.5}V{height - ROW}" stroke="#dee2e6"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - 6}" text-anchor="middle">{10**power:g} ms</text>')
    for number, size in enumerate(sizes):
        at = LEFT + number * 150
        parts.append(f'<circle cx="{at}" cy="12" r="5" fill="{COLOURS[number]}"/>')
        parts.append(f'<text x="{at + 10}" y="16">{size:,} requests</text>'.replace(",", " "))
    for row, name in enumerate(names):
        y = ROW * (row + 2)
        parts.append(f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        dots = [(n, x(by_size[s][name]["p50"])) for n, s in enumerate(sizes) if name in by_size[s]]
        parts.append(f'<path d="M{dots[0][1]:.1f} {y}H{dots[-1][1]:.1f}" stroke="#adb5bd"/>')
        parts += [f'<circle cx="{at:.1f}" cy="{y}" r="5" fill="{COLOURS[n]}" fill-opacity="0.85"/>' for n, at in dots]
    return "\n".join([*parts, "</svg>", ""])
