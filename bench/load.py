"""A load by wrk, and what a server did and took under it. wrk runs on the same machine and takes its share of the cores."""

import dataclasses
import pathlib
import re
import statistics
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))

from cpu import cpu_seconds  # noqa: E402
from harness.server import Server  # noqa: E402

CONNECTIONS = 64
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}


class LoadFailed(Exception):
    """A request was refused or not answered, so that the figures would be those of something else."""


@dataclasses.dataclass(frozen=True)
class Load:
    """What wrk counted; percentiles of the time to an answer in milliseconds."""

    requests: int
    per_second: float
    p50_ms: float
    p90_ms: float
    p99_ms: float


@dataclasses.dataclass(frozen=True)
class Figures:
    """Microseconds of the server's CPU time for one request, and what its clients saw."""

    cpu_us: float
    per_second: float
    p50_ms: float
    p90_ms: float
    p99_ms: float


def milliseconds(text: str) -> float:
    """Of a time as wrk writes it: 431.00us, 1.20ms, 2.01s."""
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()
    return float(number) * MILLISECONDS[unit]


def parse(said: str) -> Load:
    """The report of `wrk --latency`. Raises LoadFailed unless every request was answered 2xx or 3xx."""
    if complaint := re.search(r"Non-2xx.*|Socket errors:.*", said):
        raise LoadFailed(f"{complaint[0]}\n{said}")
    counted = re.search(r"(\d+) requests in", said)
    if not counted or counted[1] == "0":
        raise LoadFailed(f"no request was answered\n{said}")
    percentiles = dict(re.findall(r"^ +(\d+)% +(\S+) *$", said, re.MULTILINE))
    return Load(
        int(counted[1]),
        float(re.search(r"Requests/sec: +([\d.]+)", said)[1]),
        *(milliseconds(percentiles[rank]) for rank in ("50", "90", "99")),
    )


def measure(
    server: Server,
    path: str,
    seconds: int,
    *,
    connections: int = CONNECTIONS,
    token: str = "",
    script: str = "",
    arguments: tuple[str, ...] = (),
) -> Figures:
    """Loads a path for so long; the script is one of this folder, and gets the arguments."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    command += ["-s", str(PROJECT / "bench" / script)] if script else []
    before = cpu_seconds(server.process.pid)
    done = subprocess.run(
        [*command, server.url + path, "--", *arguments], capture_output=True, text=True, timeout=seconds + 30
    )
    used = cpu_seconds(server.process.pid) - before
    if done.returncode != 0:
        raise LoadFailed(f"wrk ended with {done.returncode}: {done.stderr}{done.stdout}")
    load = parse(done.stdout)
    return Figures(used / load.requests * 1e6, load.per_second, load.p50_ms, load.p90_ms, load.p99_ms)


def medians(rounds: list[Figures]) -> Figures:
    """Each figure's own median."""
    return Figures(*(statistics.median(column) for column in zip(*(dataclasses.astuple(one) for one in rounds))))
