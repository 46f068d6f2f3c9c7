"""Attacks on a real `cardea serve`, while a quiet client asks for /me: is that client served all along, and does the server
stay as it was?

    soak/run.py [SCENARIO...] [--minutes N] [--quick] [--strict]

Each scenario has a server of its own on loopback, attackers with the least share of the cores, and a probe (soak/probe.py).
Status 1 if a limit does not hold; the latency budgets count only with --strict, since they are measured on a machine that
attackers and server share.
"""

import argparse
import contextlib
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import attack
import table
from probe import Probed
from scenarios import SCENARIOS, PROJECT, Length, Scenario, Target
from verdicts import DESCRIPTORS, AtRest, Outcome, hard_verdicts, latency_verdicts

from cpu import machine_times, resident_mib
from harness.http import log_in
from harness.server import Server, cardea

RATE = 200
NORMAL = Length(warm_seconds=7, idle_seconds=3, seconds=18)
QUICK = Length(warm_seconds=1, idle_seconds=0.3, seconds=1, quick=True)
SETTLE_SECONDS = 20  # at most, for the server to be done with what was left to it
QUIET_SAMPLES = 3
SAMPLE_SECONDS = 0.1
LONGEST_LOG = 64 << 20  # bytes
OPTIONS = ["--access-token-minutes", "1440"]  # the probe's token lives as long as the longest run


@contextlib.contextmanager
def probing(server: Server, token: str):
    """The probe while the context lasts; what it has seen is in the list then."""
    command = [sys.executable, str(PROJECT / "soak/probe.py"), str(server.port), str(RATE)]
    seen: list[Probed] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as probe:
        probe.stdin.write(token + "\n")
        probe.stdin.flush()
        yield seen
        said, _ = probe.communicate(timeout=attack.ENDING_SECONDS)
        seen.append(Probed(**json.loads(said)))


def probed_idle(server: Server, token: str, seconds: float) -> Probed:
    with probing(server, token) as seen:
        time.sleep(seconds)
    return seen[0]


def descriptors(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def is_busy(server: Server) -> bool:
    """A thread of it runs, or waits for a core or the disk: hashes of passwords, say, whose clients have gone."""
    states = []
    for stat in pathlib.Path(f"/proc/{server.process.pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            states.append(stat.read_text().rpartition(")")[2].split()[0])
    return "R" in states or "D" in states


def settled(server: Server, before: int) -> AtRest:
    """When it does nothing any more and its open files are nearly as few as before, or the time for that is over."""
    end, quiet = time.monotonic() + SETTLE_SECONDS, 0
    while quiet < QUIET_SAMPLES and time.monotonic() < end:
        quiet = 0 if is_busy(server) or descriptors(server) > before + DESCRIPTORS else quiet + 1
        time.sleep(SAMPLE_SECONDS)
    return AtRest(resident_mib(server.process.pid), descriptors(server))


def watch(server: Server, attacking: subprocess.Popen) -> float:
    """Until the attack is over; the most MiB that were resident. Empties the access log before it fills the disk."""
    most = 0.0
    while attacking.poll() is None and server.process.poll() is None:
        most = max(most, resident_mib(server.process.pid))
        if server.log_path.stat().st_size > LONGEST_LOG:
            os.truncate(server.log_path, 0)
        time.sleep(SAMPLE_SECONDS)
    return most


def attacked(command: list[str], length: Length, server: Server) -> tuple[attack.Report, float]:
    """What the attackers report, and the most MiB meanwhile."""
    attacking = attack.start(command, gives_way=not length.quick)
    try:
        most = watch(server, attacking)
        return attack.finish(attacking), most
    finally:
        attacking.kill()


def outcome_of(scenario: Scenario, length: Length, target: Target) -> Outcome:
    server = target.server
    fresh = descriptors(server)
    attacked(scenario.command(target, length.warm_seconds), length, server)
    warm = settled(server, fresh)
    idle = probed_idle(server, target.token, length.idle_seconds)
    command = scenario.command(target, length.seconds)
    with probing(server, target.token) as seen:
        before = machine_times()
        report, most = attacked(command, length, server)
        stolen = machine_times().stolen_since(before)
    return Outcome(scenario, report, idle, seen[0], warm, settled(server, warm.descriptors), most, stolen)


def run(scenario: Scenario, length: Length) -> Outcome:
    options = OPTIONS + (length.deadlines.options() if scenario.slow else [])
    with tempfile.TemporaryDirectory(prefix="cardea-soak-") as folder, cardea(folder, *options) as server:
        token = log_in(server.port, "alice", "alicepw")
        connections = scenario.connections_of(length)
        return outcome_of(
            scenario, length, Target(server, pathlib.Path(folder), token, connections, length.deadlines)
        )


def run_all(scenarios: list[Scenario], length: Length) -> tuple[list[Outcome], bool]:
    """What came of each that came to its end, and whether one did not: its server or its attacker ended before."""
    outcomes, broken = [], False
    for scenario in scenarios:
        print(f"{scenario.name}: {scenario.what}, {length.warm_seconds + length.seconds} s", flush=True)
        try:
            outcomes.append(run(scenario, length))
            print("\n".join(table.details(outcomes[-1])), flush=True)
        except AssertionError as failure:
            print(f"{scenario.name}: NOT HELD: {failure}", flush=True)
            broken = True
    return outcomes, broken


def chosen_scenarios(parser: argparse.ArgumentParser, names: list[str]) -> list[Scenario]:
    known = {scenario.name: scenario for scenario in SCENARIOS}
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no scenario is named {unknown[0]}; there are: {' '.join(known)}")
    return [known[name] for name in names] or SCENARIOS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO")
    parser.add_argument("--minutes", type=int, metavar="N", help="each scenario for so long instead of half a minute")
    parser.add_argument("--quick", action="store_true", help="each for a second, by fewer connections")
    parser.add_argument("--strict", action="store_true", help="status 1 also for a latency budget that is not held")
    chosen = parser.parse_args()
    scenarios = chosen_scenarios(parser, chosen.scenarios)
    length = QUICK if chosen.quick else NORMAL
    if chosen.minutes:
        length = Length(15 * chosen.minutes, NORMAL.idle_seconds, 45 * chosen.minutes)

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    outcomes, broken = run_all(scenarios, length)
    print(table.as_text(outcomes))
    judged = [verdict for one in outcomes for verdict in hard_verdicts(one)]
    if chosen.strict:
        judged += [verdict for one in outcomes for verdict in latency_verdicts(one)]
    return 1 if broken or not all(verdict.held for verdict in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
