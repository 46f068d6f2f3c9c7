"""A second node on the same PostgreSQL: how many times the requests of one alone the two can answer.

    bench/nodes.py [ROUNDS [SECONDS]]

The machine has no cores for two nodes and a load generator, so that they are loaded in turn, and what counts is a node's
CPU time for one GET /me: first of one that is alone, then of each of two. Beside the latter sessions end on the other node,
so many a second; all that a node does because there is another one is in its figure. Medians of the rounds; then the budget
of docs/performance.md, held or not.
"""

import contextlib
import pathlib
import statistics
import sys
import tempfile
import threading

from budgets import nodes
from load import measure

from harness.http import Connection, tokens_of_login
from harness.postgresql import Cluster, private_cluster
from harness.server import Server, cardea
from sessions.session import log_out

ENDED_A_SECOND = 20


def access_token(node: Server, user: str) -> str:
    return tokens_of_login(node.port, user, user + "pw")["access_token"]


@contextlib.contextmanager
def sessions_that_end(node: Server, seconds: int):
    """They are there before the context is entered, since a login costs a hash."""
    tokens = [access_token(node, "bob") for _ in range(seconds * ENDED_A_SECOND)]
    over, statuses = threading.Event(), []

    def end() -> None:
        with Connection(node.port) as connection:
            for token in tokens:
                if over.wait(1 / ENDED_A_SECOND):
                    return
                statuses.append(log_out(connection, token).status)

    ending = threading.Thread(target=end)
    ending.start()
    try:
        yield
    finally:
        over.set()
        ending.join()
    if set(statuses) != {204}:
        raise AssertionError(f"sessions did not end: {set(statuses)}")


def cpu_us(node: Server, seconds: int) -> float:
    return measure(node, "/me", seconds, token=access_token(node, "alice")).cpu_us


def cpu_us_beside(other: Server, node: Server, seconds: int) -> float:
    with sessions_that_end(other, seconds):
        return cpu_us(node, seconds)


def node_of(cluster: Cluster, folder: str) -> Server:
    options = ["--issuer", "http://nodes.example", "--master-key-file", str(pathlib.Path(folder, "master-key"))]
    return cardea(folder, *options, database=cluster.url("accounts"))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    alone, ones, others = [], [], []
    with private_cluster() as cluster, tempfile.TemporaryDirectory(prefix="cardea-nodes-") as folder:
        cluster.create_database("accounts")
        for _ in range(rounds):
            with node_of(cluster, folder) as one:
                alone.append(cpu_us(one, seconds))
                with node_of(cluster, folder) as other:
                    ones.append(cpu_us_beside(other, one, seconds))
                    others.append(cpu_us_beside(one, other, seconds))
    by_itself, first, second = (statistics.median(figures) for figures in (alone, ones, others))
    print(f"GET /me, CPU us: {by_itself:.2f} of a node alone; {first:.2f} and {second:.2f} of two, "
          f"while {ENDED_A_SECOND} sessions a second end on the other")
    print(*nodes(by_itself / first + by_itself / second).columns(), sep=", ")


if __name__ == "__main__":
    main()
