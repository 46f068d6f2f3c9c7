"""Logins: how many a second there are for what a hash costs, and what a storm of them leaves of GET /me.

    bench/login.py [ROUNDS [SECONDS]]

Needs a build with the benchmarks (`./dev bench`). A storm is 200 connections that log in, which is more than the server
can hash: it answers the surplus 503. Its load generator gives way to everything else, since it stands for clients
elsewhere. Each figure is the median of the rounds, the longest answer the longest of all. Then the budgets of
docs/performance.md, held or not; the percentiles of `/me` in a storm are `./dev soak login_storm`'s.
"""

import dataclasses
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

from budgets import logins
from load import PROJECT, Figures, measure, medians, milliseconds

sys.path.insert(0, str(PROJECT / "soak"))

import attack  # noqa: E402

from harness.http import tokens_of_login  # noqa: E402
from harness.server import Server, cardea  # noqa: E402

STORM_CONNECTIONS = 200
MORE_SECONDS = 2  # of a storm than of what is measured beside it


@dataclasses.dataclass(frozen=True)
class Storm:
    logins_a_second: float
    surplus_a_second: float
    longest_ms: float


def hash_ms() -> float:
    """Of one, by one thread."""
    program = str(PROJECT / "build/bin/cardea_core_bench")
    command = [program, "--benchmark_filter=^verify_argon2id", "--benchmark_format=json"]
    (row,) = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)["benchmarks"]
    return row["real_time"]


def hashing_threads() -> int:
    """The server's own choice."""
    return max(1, os.cpu_count() - 1)


def me_in_a_storm(server: Server, token: str, seconds: int) -> tuple[Figures, Storm]:
    length = seconds + MORE_SECONDS
    options = ["-t1", f"-c{STORM_CONNECTIONS}", f"-d{length}s", "--timeout", "10s", "-s", "login_storm.lua"]
    storm = attack.start(["wrk", *options, server.url + "/auth/login"], gives_way=True)
    me = measure(server, "/me", seconds, token=token)
    said, _ = storm.communicate(timeout=length + 30)
    answers = json.loads(said.splitlines()[-1])["answers"]
    longest = milliseconds(re.search(r"Latency +\S+ +\S+ +(\S+)", said)[1])
    return me, Storm(answers["200"] / length, answers["503"] / length, longest)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    hashes, at_ease, alone, beside = [], [], [], []
    with tempfile.TemporaryDirectory(prefix="cardea-logins-") as folder, cardea(folder) as server:
        token = tokens_of_login(server.port, "alice", "alicepw")["access_token"]
        for _ in range(rounds):
            hashes.append(hash_ms())
            logins_at_ease = measure(server, "/auth/login", seconds, connections=os.cpu_count(), script="login.lua")
            at_ease.append(logins_at_ease.per_second)
            alone.append(measure(server, "/me", seconds, token=token))
            beside.append(me_in_a_storm(server, token, seconds))

    one_hash, per_second = statistics.median(hashes), statistics.median(at_ease)
    quiet, stormy = medians(alone), medians([me for me, _ in beside])
    storms = [storm for _, storm in beside]
    print(f"a hash takes {one_hash:.2f} ms; {hashing_threads()} hashing, {per_second:.0f} logins a second")
    print(f"/me alone: {quiet.per_second:,.0f} a second; in a storm of logins: {stormy.per_second:,.0f}, beside "
          f"{statistics.median(one.logins_a_second for one in storms):.0f} logins and "
          f"{statistics.median(one.surplus_a_second for one in storms):,.0f} x 503 a second")
    for verdict in logins(
        per_second * one_hash / 1000 / hashing_threads(),
        stormy.per_second / quiet.per_second,
        max(one.longest_ms for one in storms),
    ):
        print(*verdict.columns(), sep=", ")


if __name__ == "__main__":
    main()
