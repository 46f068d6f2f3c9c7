"""Logins: how many a second there are for what a hash costs, and what a storm of them leaves of GET /me.

    bench/login.py [ROUNDS [SECONDS]]

Needs a build with the benchmarks (`./dev bench`). A storm is 200 connections that log in, which is more than the server
can hash: it answers the surplus 503. Its load generator gives way to everything else, since it stands for clients
elsewhere, and so knows nothing of times: some clients of our own log in beside it, and the kernel says when their answers
came. Each figure is the median of the rounds, the longest answer the longest of all. Then the budgets of
docs/performance.md, held or not; the percentiles of `/me` in a storm are `./dev soak login_storm`'s.
"""

import concurrent.futures
import contextlib
import dataclasses
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from budgets import logins
from load import PROJECT, Figures, measure, medians

sys.path.insert(0, str(PROJECT / "soak"))

import attack  # noqa: E402

from harness.http import ask, request, tokens_of_login  # noqa: E402
from harness.server import Server, cardea  # noqa: E402
from probe import TimedConnection  # noqa: E402

STORM_CONNECTIONS = 200
MORE_SECONDS = 2  # of a storm than of what is measured beside it
WAITING = 4  # logins at ease, for each hashing thread that works: none of them is without work
WITNESSES, WITNESS_SECONDS = 8, 0.1  # clients, and their pause behind an answer


@dataclasses.dataclass(frozen=True)
class Storm:
    logins_a_second: float
    surplus_a_second: float
    answered_ms: dict[int, float]  # the longest by status


def hash_ms() -> float:
    """Of one, by one thread."""
    program = str(PROJECT / "build/bin/cardea_core_bench")
    command = [program, "--benchmark_filter=^verify_argon2id", "--benchmark_format=json"]
    (row,) = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)["benchmarks"]
    return row["real_time"]


def hashing_threads(server: Server) -> int:
    """The server's own choice."""
    said = ask(server.port, "GET", "/metrics").body.decode()
    return int(re.search(r'^cardea_pool_threads\{pool="hashing"\} (\d+)$', said, re.MULTILINE)[1])


def log_in_until(ended: threading.Event, port: int, seen: list[tuple[int, float]]) -> None:
    """Once an answer is there, the next; statuses and milliseconds."""
    form = urllib.parse.urlencode({"username": "bob", "password": "bobpw"})
    login = request("POST", "/auth/login", {"Content-Type": "application/x-www-form-urlencoded"}, form)
    with TimedConnection(port) as connection:
        while not ended.wait(WITNESS_SECONDS):
            begun = time.time()
            connection.send(login)
            status = connection.answer().status
            seen.append((status, 1000 * (connection.received - begun)))


@contextlib.contextmanager
def witnesses(port: int):
    """What they have seen is there after it."""
    ended, seen = threading.Event(), []
    with concurrent.futures.ThreadPoolExecutor(WITNESSES) as threads:
        running = [threads.submit(log_in_until, ended, port, seen) for _ in range(WITNESSES)]
        try:
            yield seen
        finally:
            ended.set()
        for one in running:
            one.result()


def longest_by_status(seen: list[tuple[int, float]]) -> dict[int, float]:
    statuses = {status for status, _ in seen}
    if not statuses <= {200, 503}:
        raise AssertionError(f"logins in a storm were answered {statuses}")
    return {status: max(ms for its, ms in seen if its == status) for status in statuses}


def me_in_a_storm(server: Server, token: str, seconds: int) -> tuple[Figures, Storm]:
    length = seconds + MORE_SECONDS
    options = ["-t1", f"-c{STORM_CONNECTIONS}", f"-d{length}s", "--timeout", "10s", "-s", "login_storm.lua"]
    storm = attack.start(["wrk", *options, server.url + "/auth/login"], gives_way=True)
    with witnesses(server.port) as seen:
        me = measure(server, "/me", seconds, token=token)
    answers = attack.finish(storm).answers
    return me, Storm(answers["200"] / length, answers["503"] / length, longest_by_status(seen))


def longest(storms: list[Storm], status: int) -> float:
    return max(one.answered_ms.get(status, 0) for one in storms)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    hashes, at_ease, alone, beside = [], [], [], []
    with tempfile.TemporaryDirectory(prefix="cardea-logins-") as folder, cardea(folder, "--metrics", "open") as server:
        threads = hashing_threads(server)
        token = tokens_of_login(server.port, "alice", "alicepw")["access_token"]
        for _ in range(rounds):
            hashes.append(hash_ms())
            connections = threads * (1 + WAITING)
            logins_at_ease = measure(server, "/auth/login", seconds, connections=connections, script="login.lua")
            at_ease.append(logins_at_ease.per_second)
            alone.append(measure(server, "/me", seconds, token=token))
            beside.append(me_in_a_storm(server, token, seconds))

    one_hash, per_second = statistics.median(hashes), statistics.median(at_ease)
    quiet, stormy = medians(alone), medians([me for me, _ in beside])
    storms = [storm for _, storm in beside]
    print(f"a hash takes {one_hash:.2f} ms; {threads} hashing, {per_second:.0f} logins a second")
    print(f"/me alone: {quiet.per_second:,.0f} a second; in a storm of logins: {stormy.per_second:,.0f}, beside "
          f"{statistics.median(one.logins_a_second for one in storms):.0f} logins and "
          f"{statistics.median(one.surplus_a_second for one in storms):,.0f} x 503 a second")
    print(f"the longest answer in it: {longest(storms, 200):,.0f} ms to a login, {longest(storms, 503):,.0f} to a surplus one")
    for verdict in logins(
        per_second * one_hash / 1000 / threads,
        stormy.per_second / quiet.per_second,
        longest(storms, 503),
    ):
        print(*verdict.columns(), sep=", ")


if __name__ == "__main__":
    main()
