"""Cardea beside nginx, FastAPI, Fastify and Go, loaded by wrk in turn in one run; and the budgets, held or not.

    bench/report.py [--quick]              measures, prints the report and leaves it in build/bench/report.json
    bench/report.py --plots FOLDER         draws what was measured, as SVG
    bench/report.py --write PAGE           puts it into a Markdown page, between its marks

Needs a build with the benchmarks (`./dev bench`) and wrk. CPU time is user and system time of the server's processes over
a load, divided by the requests. wrk shares the machine: requests a second and latency are those of both together.
"""

import argparse
import contextlib
import dataclasses
import json
import os
import pathlib
import platform
import statistics
import sys
import tempfile
import time

import plots
import tables
from budgets import Measured, all_verdicts
from cpu import resident_mib
from load import Figures, LoadFailed, measure, medians
from programs import CORES, HEALTHZ, LOGIN, ME, OWN, PROJECT, REFRESH, Program, missing_peers, peers
from refresh import measure_refreshes

from harness.http import log_in
from harness.server import Server, cardea

RESULT = PROJECT / "build/bench/report.json"
ROUNDS, SECONDS = 5, 4
QUICK_ROUNDS, QUICK_SECONDS = 3, 1
LOGIN_SECONDS = 2  # at least: a hash is slow
STARTS = 5
SETTLED_SECONDS = 1  # what a server does first in the background is done
WARMING_SECONDS = 1  # what compiles while it runs has a slow first second


@dataclasses.dataclass(frozen=True)
class Running:
    """A started program, its folder, and a token of the administrator where it has logins."""

    program: Program
    server: Server
    folder: pathlib.Path
    token: str

    def measure(self, route: str, seconds: int) -> Figures:
        try:
            return self._measure(route, seconds)
        except LoadFailed as failure:
            raise LoadFailed(f"{route} of {self.program.name}: {failure}") from failure

    def _measure(self, route: str, seconds: int) -> Figures:
        path = route.partition(" ")[2]
        if route == LOGIN:
            return measure(self.server, path, max(seconds, LOGIN_SECONDS), connections=CORES, script="login.lua")
        if route == REFRESH:
            return measure_refreshes(self.server, self.folder, seconds)
        return measure(self.server, path, seconds, token=self.token)


def start(program: Program, folder: pathlib.Path, running: contextlib.ExitStack) -> Running:
    own = folder / program.name.replace(" ", "-").replace("/", "-")
    own.mkdir()
    server = running.enter_context(program.start(own))
    token = log_in(server.port, "alice", "alicepw") if program.protected else ""
    started = Running(program, server, own, token)
    started.measure(ME if program.protected else HEALTHZ, WARMING_SECONDS)
    return started


def measure_in_turn(programs: list[Program], rounds: int, seconds: int) -> Measured:
    figures: dict[tuple[str, str], list[Figures]] = {}
    with contextlib.ExitStack() as running:
        folder = pathlib.Path(running.enter_context(tempfile.TemporaryDirectory(prefix="cardea-bench-")))
        started = [start(program, folder, running) for program in programs]
        routes = list(dict.fromkeys(route for program in programs for route in program.routes))
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", flush=True)
            for route in routes:
                for one in started:
                    if route in one.program.routes:
                        figures.setdefault((route, one.program.name), []).append(one.measure(route, seconds))
    return {what: medians(measured) for what, measured in figures.items()}


def one_start(folder: str) -> tuple[float, float]:
    begin = time.monotonic()
    with cardea(folder) as server:
        start_ms = (time.monotonic() - begin) * 1000
        time.sleep(SETTLED_SECONDS)
        return resident_mib(server.process.pid), start_ms


def idle_memory_and_start() -> tuple[float, float]:
    """MiB, and milliseconds to the first answer: the medians of starts after one that makes and hashes the demo users."""
    with tempfile.TemporaryDirectory(prefix="cardea-bench-") as folder:
        with cardea(folder):
            pass
        idle_mib, start_ms = zip(*(one_start(folder) for _ in range(STARTS)))
        return statistics.median(idle_mib), statistics.median(start_ms)


def machine() -> str:
    return f"{CORES} cores, {platform.freedesktop_os_release()['PRETTY_NAME']}, load average {os.getloadavg()[0]:.1f} before"


def measured_result(rounds: int, seconds: int) -> dict:
    before, programs = machine(), [*OWN, *peers()]
    idle_mib, start_ms = idle_memory_and_start()
    measured = measure_in_turn(programs, rounds, seconds)
    return {
        "machine": before,
        "rounds": rounds,
        "seconds": seconds,
        "programs": [{"name": one.name, "version": one.version(), "hashes": one.hashes} for one in programs],
        "figures": [
            {"route": route, "program": name} | dataclasses.asdict(figures) for (route, name), figures in measured.items()
        ],
        "verdicts": [verdict.columns() for verdict in all_verdicts(measured, idle_mib, start_ms)],
        "left_out": missing_peers(),
    }


def draw(result: dict, folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawn in plots.all_plots(result).items():
        (folder / name).write_text(drawn)


def report(quick: bool) -> None:
    result = measured_result(*((QUICK_ROUNDS, QUICK_SECONDS) if quick else (ROUNDS, SECONDS)))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(tables.as_text(result))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--plots", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--write", type=pathlib.Path, metavar="PAGE")
    chosen = parser.parse_args()
    if not chosen.plots and not chosen.write:
        report(chosen.quick)
        return
    if not RESULT.exists():
        parser.error("nothing has been measured yet: ./dev bench --quick")
    result = json.loads(RESULT.read_text())
    if chosen.plots:
        draw(result, chosen.plots)
    if chosen.write:
        chosen.write.write_text(tables.rewritten(chosen.write.read_text(), result))


if __name__ == "__main__":
    try:
        main()
    except LoadFailed as failed:
        sys.exit(f"bench/report.py: {failed}")
