"""Durable refreshes a second over HTTP: `cardea serve` on a SQLite file and on a private PostgreSQL, loaded by wrk
(bench/refresh.lua).

    bench/refresh.py [SECONDS [BLOCKING_THREADS...]]

Each connection exchanges the token that its last answer brought, so every request is a commit that it waits for. With
numbers of blocking threads, a line for each; without, what the server takes by itself. CPU time is user and system time
of the server, without PostgreSQL's. Then the budgets of docs/performance.md, held or not.
"""

import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile

from requests import PROJECT, cpu_seconds, resident_mib
from harness.http import tokens_of_login
from harness.postgresql import private_cluster
from harness.server import Server, cardea

CONNECTIONS = [1, 16, 64]
BUDGETS = {"sqlite": 5_000, "postgresql": 3_000}


def tokens_file(server: Server, folder: str, connections: int) -> str:
    file = pathlib.Path(folder, "tokens")
    logins = [tokens_of_login(server.port, "bob", "bobpw") for _ in range(connections + 1)]
    file.write_text("".join(login["refresh_token"] + "\n" for login in logins))
    return str(file)


def measure(server: Server, folder: str, connections: int, seconds: int) -> tuple[float, float, str]:
    """Refreshes a second, microseconds of CPU for one, and the 99th percentile of the time to an answer."""
    tokens = tokens_file(server, folder, connections)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(PROJECT / "bench/refresh.lua")]
    before = cpu_seconds(server.process.pid)
    said = subprocess.run([*command, server.url, "--", tokens], capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(server.process.pid) - before
    if "Non-2xx" in said:
        raise AssertionError(f"a refresh was refused:\n{said}")
    refreshes = int(re.search(r"(\d+) requests in", said)[1])
    return float(re.search(r"Requests/sec: +([\d.]+)", said)[1]), used / refreshes * 1e6, re.search(r"99% +(\S+)", said)[1]


@contextlib.contextmanager
def database(engine: str, folder: str):
    """Its URL, while it is there."""
    if engine == "sqlite":
        yield f"sqlite:{folder}/cardea.db"
        return
    with private_cluster() as cluster:
        cluster.create_database("accounts")
        yield cluster.url("accounts")


def best_of(engine: str, threads: str, seconds: int) -> float:
    """Prints a line for each number of connections; the most refreshes a second."""
    speeds = []
    with contextlib.ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        url = running.enter_context(database(engine, folder))
        server = running.enter_context(cardea(folder, "--blocking-threads", threads, database=url))
        for connections in CONNECTIONS:
            speed, cost, slowest = measure(server, folder, connections, seconds)
            memory = resident_mib(server)
            print(f"{engine:>10} {threads:>16} {connections:11} {speed:9.0f} {cost:7.1f} {slowest:>9} {memory:5.1f}",
                  flush=True)
            speeds.append(speed)
    return max(speeds)


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{'database':>10} {'blocking threads':>16} {'connections':>11} {'a second':>9} {'CPU us':>7} {'p99':>9} "
          f"{'MiB':>5}")
    for engine, budget in BUDGETS.items():
        best = max(best_of(engine, threads, seconds) for threads in sys.argv[2:] or ["auto"])
        verdict = "held" if best >= budget else "NOT held"
        print(f"refreshes a second on {engine} {best:,.0f}, budget at least {budget:,}: {verdict}", flush=True)


if __name__ == "__main__":
    main()
