"""Durable refreshes a second over HTTP: `cardea serve` on a SQLite file and on a private PostgreSQL, loaded by wrk
(bench/refresh.lua).

    bench/refresh.py [SECONDS [BLOCKING_THREADS...]]

Each connection exchanges the token that its last answer brought, so every request is a commit that it waits for. With
numbers of blocking threads, a line for each; without, what the server takes by itself. CPU time is user and system time
of the server, without PostgreSQL's. Then the budgets of docs/performance.md, held or not.
"""

import contextlib
import pathlib
import sys
import tempfile

from budgets import REFRESHES, refreshes
from cpu import resident_mib
from load import CONNECTIONS, Figures, measure

from harness.http import tokens_of_login
from harness.postgresql import private_cluster
from harness.server import Server, cardea

SEVERAL_CONNECTIONS = [1, 16, CONNECTIONS]


def tokens_file(server: Server, folder: str | pathlib.Path, connections: int) -> str:
    file = pathlib.Path(folder, "tokens")
    logins = [tokens_of_login(server.port, "bob", "bobpw") for _ in range(connections + 1)]
    file.write_text("".join(login["refresh_token"] + "\n" for login in logins))
    return str(file)


def measure_refreshes(
    server: Server, folder: str | pathlib.Path, seconds: int, connections: int = CONNECTIONS
) -> Figures:
    tokens = tokens_file(server, folder, connections)
    return measure(server, "", seconds, connections=connections, script="refresh.lua", arguments=(tokens,))


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
        for connections in SEVERAL_CONNECTIONS:
            figures = measure_refreshes(server, folder, seconds, connections)
            memory = resident_mib(server.process.pid)
            print(f"{engine:>10} {threads:>16} {connections:11} {figures.per_second:9.0f} {figures.cpu_us:7.1f} "
                  f"{figures.p99_ms:9.2f} {memory:5.1f}", flush=True)
            speeds.append(figures.per_second)
    return max(speeds)


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{'database':>10} {'blocking threads':>16} {'connections':>11} {'a second':>9} {'CPU us':>7} {'p99 ms':>9} "
          f"{'MiB':>5}")
    for engine in REFRESHES:
        best = max(best_of(engine, threads, seconds) for threads in sys.argv[2:] or ["auto"])
        print(*refreshes(engine, best).columns(), sep=", ", flush=True)


if __name__ == "__main__":
    main()
