"""Measures the server as a whole: CPU time per request of Cardea's /healthz and /me and of nginx, in one run.

    /usr/bin/python3 bench/run.py [--seconds 5] [--rounds 3]

CPU time is user + system time of the server's processes over a load of wrk with 64 connections on loopback, divided by
the requests answered. Each round asks every target once, in turn; the figure is the median of the rounds.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from harness.server import executable, free_port  # noqa: E402

CONNECTIONS = 64
NGINX = """
daemon off; master_process on; worker_processes 2; pid nginx.pid; error_log error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 100000000;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{{"status":"ok"}}'; }} }} }}
"""


class Program:
    """A server under load: its process and whatever it starts."""

    def __init__(self, name: str, command: list[str], folder: str, port: int):
        self.name, self.port = name, port
        self.log = open(os.path.join(folder, f"{name}.log"), "wb")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)

    def pids(self) -> list[int]:
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        ticks = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.log.close()


def wait_for(url: str) -> float:
    """Seconds until the first answer."""
    begin = time.monotonic()
    while time.monotonic() < begin + 30:
        try:
            urllib.request.urlopen(url).read()
            return time.monotonic() - begin
        except OSError:
            time.sleep(0.002)
    raise SystemExit(f"{url} does not answer")


def log_in(base: str) -> str:
    form = urllib.parse.urlencode({"username": "alice", "password": "alicepw"}).encode()
    return json.load(urllib.request.urlopen(f"{base}/auth/login", form))["access_token"]


def load(program: Program, path: str, token: str, seconds: int) -> tuple[float, float]:
    """CPU microseconds per request, and requests per second."""
    before = program.cpu_seconds()
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Authorization: Bearer {token}"]
    report = subprocess.run([*command, f"http://127.0.0.1:{program.port}{path}"], capture_output=True, text=True, check=True)
    spent = program.cpu_seconds() - before
    if "Non-2xx" in report.stdout:
        raise SystemExit(f"{program.name}{path} refused requests:\n{report.stdout}")
    requests = int(re.search(r"(\d+) requests in", report.stdout)[1])
    return spent / requests * 1e6, float(re.search(r"Requests/sec:\s+([\d.]+)", report.stdout)[1])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seconds", type=int, default=5, choices=range(1, 61), metavar="1..60")
    arguments.add_argument("--rounds", type=int, default=3, choices=range(1, 11), metavar="1..10")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(folder, options.seconds, options.rounds)


def start_cardea(folder: str) -> tuple[Program, float]:
    """The second start, over a database that is there: the first one makes the demo users, a password hash each."""
    port = free_port()
    command = [executable(), "serve", "--demo", "--listen", f"127.0.0.1:{port}", "--database", "sqlite:bench.db"]
    first = Program("cardea", command, folder, port)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    first.stop()
    cardea = Program("cardea", command, folder, port)
    return cardea, wait_for(f"http://127.0.0.1:{port}/healthz")


def start_nginx(folder: str) -> Program | None:
    if not shutil.which("nginx"):
        return None
    port = free_port()
    pathlib.Path(folder, "nginx.conf").write_text(NGINX.format(port=port))
    nginx = Program("nginx", ["nginx", "-p", folder, "-c", "nginx.conf"], folder, port)
    wait_for(f"http://127.0.0.1:{port}/")
    return nginx


def measure(folder: str, seconds: int, rounds: int) -> None:
    cardea, start_seconds = start_cardea(folder)
    nginx = start_nginx(folder)
    try:
        idle = cardea.resident_mib()
        token = log_in(f"http://127.0.0.1:{cardea.port}")
        targets = [(cardea, "/healthz"), (cardea, "/me")] + ([(nginx, "/")] if nginx else [])
        results: dict[str, list[tuple[float, float]]] = {}
        for _ in range(rounds):
            for program, path in targets:
                results.setdefault(program.name + path, []).append(load(program, path, token, seconds))
        report(results, idle, cardea.resident_mib(), start_seconds)
    finally:
        cardea.stop()
        if nginx:
            nginx.stop()


def report(results: dict[str, list[tuple[float, float]]], idle: float, loaded: float, start_seconds: float) -> None:
    cpu = {name: statistics.median(row[0] for row in rows) for name, rows in results.items()}
    print(f"{'target':<18} {'CPU µs a request':>17} {'requests a second':>18}")
    for name, rows in results.items():
        print(f"{name:<18} {cpu[name]:>17.2f} {statistics.median(row[1] for row in rows):>18,.0f}")
    print()
    judge("/me against /healthz, CPU", cpu["cardea/me"] / cpu["cardea/healthz"], 1.15, "x")
    if "nginx/" in cpu:
        judge("/me against nginx return 200, CPU", cpu["cardea/me"] / cpu["nginx/"], 1.5, "x")
    judge("idle memory", idle, 16, "MiB")
    print(f"{'memory after the load':<40} {loaded:8.2f} MiB")
    judge("start to the first 200", start_seconds * 1000, 50, "ms")


def judge(name: str, value: float, budget: float, unit: str) -> None:
    verdict = "held" if value <= budget else "NOT held"
    print(f"{name:<40} {value:8.2f} {unit:<4} budget {budget:g} {unit}: {verdict}")


if __name__ == "__main__":
    main()
