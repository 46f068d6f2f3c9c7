"""The result of bench/report.py as text and as Markdown.

The result is what build/bench/report.json holds: `machine`, `rounds`, `seconds`, `programs` (name, version, hashes),
`figures` (route, program, and load.Figures), `verdicts` (the columns of budgets.Verdict) and `left_out` (sentences).
"""

import re

from programs import CARDEA, LOGIN

HEADINGS = ["program", "CPU µs a request", "against Cardea", "requests a second", "p50 ms", "p90 ms", "p99 ms"]
VERDICT_HEADINGS = ["what", "budget", "measured", ""]
PLOTS = {  # titles by file name
    "requests-cpu.svg": "Server CPU time of a request",
    "requests-latency.svg": "Time to an answer",
    "requests-speed.svg": "Requests a second",
}


def routes(result: dict) -> dict[str, list[dict]]:
    """The figures of each route, in the order they were measured."""
    found: dict[str, list[dict]] = {}
    for figures in result["figures"]:
        found.setdefault(figures["route"], []).append(figures)
    return found


def short(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def rows(figures: list[dict], programs: list[str]) -> list[list[str]]:
    """One for each of the programs, with "-" for one that has no such route."""
    known = {one["program"]: one for one in figures}
    own = known[CARDEA]["cpu_us"]
    made = []
    for program in programs:
        if one := known.get(program):
            times = [short(one[name]) for name in ("p50_ms", "p90_ms", "p99_ms")]
            made.append([program, short(one["cpu_us"]), short(one["cpu_us"] / own), f"{one['per_second']:,.0f}", *times])
        else:
            made.append([program, *"-" * (len(HEADINGS) - 1)])
    return made


def shown(result: dict, figures: list[dict]) -> list[str]:
    """The programs in the table of a route: those that have it, and the services that lack it."""
    having = {one["program"] for one in figures}
    services = {program["name"] for program in result["programs"] if program["hashes"]}
    return [program["name"] for program in result["programs"] if program["name"] in having | services]


def heading(result: dict, route: str) -> str:
    """A login's figure is its hash's, which is why it says them."""
    if route != LOGIN:
        return route
    hashes = [f"{program['name']}: {program['hashes']}" for program in result["programs"] if program["hashes"]]
    return f"{route} ({'; '.join(hashes)})"


def conditions(result: dict) -> str:
    return f"{result['machine']}; medians of {result['rounds']} rounds of {result['seconds']} s"


def versions(result: dict) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(program["version"] for program in result["programs"] if program["version"]))


def aligned(lines: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines)]
    cells = ([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines)
    return "\n".join("  ".join(row).rstrip() for row in cells)


def as_text(result: dict) -> str:
    parts = [conditions(result), "versions: " + "; ".join(versions(result)), *result["left_out"]]
    for route, figures in routes(result).items():
        parts.append(f"\n{heading(result, route)}\n" + aligned([HEADINGS, *rows(figures, shown(result, figures))]))
    parts.append("\n" + aligned([VERDICT_HEADINGS, *result["verdicts"]]).replace("`", ""))
    return "\n".join(parts)


def markdown(lines: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], ["---"] * len(lines[0]), *lines[1:]])


def requests_block(result: dict) -> str:
    """For a page beside images/, where `--plots` puts what it draws."""
    pictures = "\n".join(f"![{title}](images/{name})" for name, title in PLOTS.items())
    tables = [
        f"{heading(result, route)}:\n\n" + markdown([HEADINGS, *rows(figures, shown(result, figures))])
        for route, figures in routes(result).items()
    ]
    left_out = "".join(f" {sentence}." for sentence in result["left_out"])
    return "\n\n".join([pictures, *tables, f"{conditions(result)}. {'; '.join(versions(result))}.{left_out}"])


def budgets_block(result: dict) -> str:
    return markdown([VERDICT_HEADINGS, *result["verdicts"]])


def rewritten(page: str, result: dict) -> str:
    """The page with the result between its marks. ValueError where a mark is missing."""
    for name, block in {"requests": requests_block(result), "budgets": budgets_block(result)}.items():
        marks = re.compile(rf"(<!-- report: {name} -->\n).*?(\n<!-- /report -->)", re.DOTALL)
        page, times = marks.subn(lambda found: f"{found[1]}\n{block}\n{found[2]}", page)
        if times != 1:
            raise ValueError(f"the page has {times} blocks between <!-- report: {name} --> and <!-- /report -->, not one")
    return page
