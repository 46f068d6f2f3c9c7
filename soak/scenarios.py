"""The attacks: who does what to the server, and what they may be answered."""

import collections.abc
import dataclasses
import pathlib
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "bench"), str(PROJECT / "tests")]

from attack import python  # noqa: E402
from harness.server import Server  # noqa: E402
from refresh import tokens_file  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Deadlines:
    """In seconds, of a request's head, of its body, and of reading an answer."""

    head: int
    body: int
    write: int

    def options(self) -> list[str]:
        """Of `cardea serve`."""
        named = {"request-head": self.head, "request-body": self.body, "answer-write": self.write}
        return [word for name, seconds in named.items() for word in (f"--{name}-seconds", str(seconds))]


@dataclasses.dataclass(frozen=True)
class Length:
    """How long the parts of a scenario take. A quick one has fewer connections and shorter deadlines, and its attackers
    have their share of the cores: it is over before it says anything about times."""

    warm_seconds: int  # of a first attack, so that what the server keeps for good is there
    idle_seconds: float
    seconds: int
    quick: bool = False

    @property
    def deadlines(self) -> Deadlines:
        return Deadlines(1, 1, 1) if self.quick else Deadlines(3, 4, 5)


@dataclasses.dataclass(frozen=True)
class Target:
    """Who is attacked, and how."""

    server: Server
    folder: pathlib.Path  # of the scenario's own
    token: str
    connections: int
    deadlines: Deadlines


Command = collections.abc.Callable[[Target, int], list[str]]  # of an attack for so many seconds


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    what: str
    connections: int
    quick_connections: int
    command: Command
    expected: tuple[str, ...]  # answers that have to come
    allowed: tuple[str, ...] = ()  # others that may
    slow: bool = False  # until the deadlines, which are short then

    def connections_of(self, length: Length) -> int:
        return self.quick_connections if length.quick else self.connections


def wrk(script: str, argument: collections.abc.Callable[[Target], str] = lambda target: "") -> Command:
    """By a script of this folder and its argument."""

    def command(target: Target, seconds: int) -> list[str]:
        load = ["wrk", "-t1", f"-c{target.connections}", f"-d{seconds}s", "--timeout", "10s", "-s", script]
        return [*load, target.server.url + "/auth/login", "--", argument(target)]

    return command


def program(file: str) -> Command:
    """A file of this folder."""

    def command(target: Target, seconds: int) -> list[str]:
        return python(file, target.server.port, seconds, target.connections)

    return command


def slow_program(file: str) -> Command:
    def command(target: Target, seconds: int) -> list[str]:
        return [*program(file)(target, seconds), *map(str, dataclasses.astuple(target.deadlines))]

    return command


SCENARIOS = [
    Scenario("login_storm", "logins with the right password", 200, 200, wrk("login_storm.lua"), ("503",), ("200",)),
    Scenario(
        "refresh_storm",
        "refreshes, each with the token that the last one brought",
        64,
        8,
        wrk("refresh_storm.lua", lambda target: tokens_file(target.server, target.folder, target.connections)),
        ("200",),
    ),
    Scenario(
        "bad_tokens",
        "GET /me with tokens that are forged, unsigned or no tokens",
        64,
        64,
        wrk("bad_tokens.lua", lambda target: target.token),
        ("401",),
    ),
    Scenario("not_found", "paths that there are not", 64, 64, wrk("not_found.lua"), ("404",)),
    Scenario("large_bodies", "bodies of 10 MB", 16, 8, program("large_bodies.py"), ("413",), ("cut",)),
    Scenario(
        "idle_connections",
        "connections that say nothing, up to the caps",
        7 * 1040,
        140,
        program("idle_connections.py"),
        ("200",),
        ("503", "closed without a word"),
    ),
    Scenario(
        "slow_connections",
        "heads and bodies that drip, and answers that nobody reads",
        150,
        30,
        slow_program("slow_connections.py"),
        ("slow head, 408", "slow body, 408", "slow read, cut"),
        slow=True,
    ),
    Scenario(
        "slowhttptest",
        "the program of that name: heads, bodies and reading",
        150,
        30,
        slow_program("slowhttptest.py"),
        ("slow head, closed", "slow body, closed", "slow read, closed"),
        slow=True,
    ),
]
