"""Tokens beside the raw primitive and Debian's libjwt and cjose, in one run, and the budgets of docs/performance.md.

    bench/jose.py [--quick]

Needs a build with the benchmarks (`./dev bench`). Each figure is the median of the repetitions, one thread.
"""

import json
import pathlib
import subprocess
import sys

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "build/bin/cardea_jose"
SIZES = ("256", "384", "512")
ALGORITHMS = [family + size for family in ("HS", "RS", "PS", "ES") for size in SIZES] + ["EdDSA"]
COLUMNS = ["cardea", "seen", "raw", "sodium", "libjwt", "cjose"]


def nanoseconds(quick: bool) -> dict[tuple[str, str, str], float]:
    """By who, what and algorithm."""
    said = subprocess.run(
        [
            str(PROGRAM),
            "--benchmark_format=json",
            f"--benchmark_min_time={0.05 if quick else 0.2}",
            f"--benchmark_repetitions={3 if quick else 5}",
            "--benchmark_report_aggregates_only=true",
            "--benchmark_enable_random_interleaving=true",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=1200,
    ).stdout
    medians = {}
    for row in json.loads(said)["benchmarks"]:
        if row.get("aggregate_name") == "median" and not row.get("error_occurred"):
            who, what, algorithm = row["run_name"].split("/")[:3]
            medians[who, what, algorithm] = row["cpu_time"]
    return medians


def table(times: dict, what: str) -> None:
    print(f"\n{what}, operations a second\n{'':8}" + "".join(f"{column:>12}" for column in COLUMNS))
    for algorithm in ALGORITHMS:
        cells = []
        for column in COLUMNS:
            key = ("cardea", "seen", algorithm) if column == "seen" else (column, what, algorithm)
            known = times.get(key) if column != "seen" or what == "verify" else None
            cells.append(f"{1e9 / known:12,.0f}" if known else f"{'-':>12}")
        print(f"{algorithm:8}" + "".join(cells))


def judge(name: str, value: float, budget: float, at_least: bool) -> None:
    held = value >= budget if at_least else value <= budget
    relation = "at least" if at_least else "at most"
    print(f"{name:58} {value:9,.2f}  {relation} {budget:,g}: {'held' if held else 'NOT held'}")


def main() -> None:
    times = nanoseconds("--quick" in sys.argv)
    for what in ("verify", "sign"):
        table(times, what)
    print()
    for what, budget in (("verify", 5), ("sign", 4)):
        for peer in ("libjwt", "cjose"):
            ratio = times[peer, what, "HS256"] / times["cardea", what, "HS256"]
            judge(f"HS256 {what} against {peer}, x faster", ratio, budget, at_least=True)
    judge("HS256 verify, first sight, a second", 1e9 / times["cardea", "verify", "HS256"], 1_600_000, at_least=True)
    for algorithm in ("HS256", "RS256", "ES256", "EdDSA"):
        judge(f"{algorithm} verify, seen before, a second", 1e9 / times["cardea", "seen", algorithm], 5_000_000, at_least=True)
    for algorithm in ("RS256", "PS256", "ES256", "EdDSA"):
        fastest = min(times[who, "verify", algorithm] for who in ("raw", "sodium") if (who, "verify", algorithm) in times)
        judge(f"{algorithm} verify, first sight, against the primitive, x", times["cardea", "verify", algorithm] / fastest, 1.1, at_least=False)


if __name__ == "__main__":
    main()
