"""Server CPU time of one request, as ratios of programs measured in turn in one run.

    bench/requests.py [SECONDS [ROUNDS]]

Needs a build with the benchmarks (`./dev bench`) and wrk; nginx, where it is installed, gives the ceiling. CPU time is
user and system time of the server's processes over a load of 64 connections on the same machine, divided by the
requests; the median of the rounds. Then the budgets of docs/performance.md, held or not.
"""

import contextlib
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))

from harness.http import log_in  # noqa: E402
from harness.server import Server, cardea, free_port  # noqa: E402

CONNECTIONS = 64
PAIRS = ["RS256", "ES256", "EdDSA"]
NGINX_PROGRAM = "/usr/sbin/nginx"
TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log stderr crit; worker_processes auto;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{{"status":"ok"}}'; }} }}
}}
"""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of the processes it has started."""
    total = 0.0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def measure(server: Server, path: str, seconds: int, token: str = "") -> tuple[float, float]:
    """Microseconds of CPU for one request, and requests a second."""
    header = ["-H", f"Authorization: Bearer {token}"] if token else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *header, server.url + path]
    before = cpu_seconds(server.process.pid)
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30).stdout
    used = cpu_seconds(server.process.pid) - before
    if "Non-2xx" in said:
        raise AssertionError(f"{path} was refused:\n{said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return used / requests * 1e6, float(re.search(r"Requests/sec: +([\d.]+)", said)[1])


def nginx(folder: str) -> Server:
    port = free_port()
    configuration = pathlib.Path(folder, "nginx.conf")
    configuration.write_text(NGINX.format(folder=folder, port=port))
    return Server([NGINX_PROGRAM, "-p", folder, "-c", str(configuration)], port, folder)


def bare_server(folder: str) -> Server:
    port = free_port()
    return Server([str(PROJECT / "build/bin/cardea_bare_server"), str(port)], port, folder)


def signing_by(algorithm: str, folder: str) -> Server:
    own = pathlib.Path(folder, algorithm)
    own.mkdir()
    return cardea(own, "--signing-algorithm", algorithm)


def me_of(server: Server) -> tuple[Server, str, str]:
    return server, "/me", log_in(server.port, "alice", "alicepw")


def measure_in_turn(folder: str, seconds: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    figures: dict[str, list[tuple[float, float]]] = {}
    with contextlib.ExitStack() as running:
        ready = running.enter_context(cardea(folder))
        bare = running.enter_context(bare_server(folder))
        loads = {"GET /healthz": (ready, "/healthz", ""), "GET /me": me_of(ready), "server alone": (bare, "/", "")}
        for algorithm in PAIRS:
            loads[f"GET /me, {algorithm}"] = me_of(running.enter_context(signing_by(algorithm, folder)))
        if os.path.exists(NGINX_PROGRAM):
            loads["nginx, return 200"] = (running.enter_context(nginx(folder)), "/", "")
        for _ in range(rounds):
            for name, (server, path, bearer) in loads.items():
                figures.setdefault(name, []).append(measure(server, path, seconds, bearer))
    return figures


def resident_mib(server: Server) -> float:
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def idle_memory_and_start(folder: str) -> tuple[float, float]:
    """MiB, and milliseconds to the first answer, of a second start: the first one makes and hashes the demo users."""
    with cardea(folder):
        pass
    begin = time.monotonic()
    with cardea(folder) as server:
        return resident_mib(server), (time.monotonic() - begin) * 1000


def judge(name: str, value: float, budget: float, unit: str) -> None:
    print(f"{name:34} {value:8.2f} {unit:<4} budget {budget:g} {unit}: {'held' if value <= budget else 'NOT held'}")


def main() -> None:
    seconds, rounds = (int(word) for word in [*sys.argv[1:], *("5", "3")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        memory, start = idle_memory_and_start(folder)
        figures = measure_in_turn(folder, seconds, rounds)
    costs = {name: statistics.median(cost for cost, _ in measured) for name, measured in figures.items()}
    print(f"{'':20} {'CPU us':>8} {'requests/s':>11}")
    for name, measured in figures.items():
        print(f"{name:20} {costs[name]:8.2f} {statistics.median(speed for _, speed in measured):11.0f}")
    for algorithm in PAIRS:
        judge(f"/me, {algorithm} against HS256, CPU", costs[f"GET /me, {algorithm}"] / costs["GET /me"], 1.1, "x")
    judge("/me against /healthz, CPU", costs["GET /me"] / costs["GET /healthz"], 1.15, "x")
    if "nginx, return 200" in costs:
        judge("/me against nginx return 200, CPU", costs["GET /me"] / costs["nginx, return 200"], 1.5, "x")
    judge("idle memory", memory, 16, "MiB")
    judge("start to the first answer", start, 50, "ms")


if __name__ == "__main__":
    main()
