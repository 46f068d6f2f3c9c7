"""A quiet client beside an attack: GET /me at a fixed rate, and how long each answer took.

    probe.py PORT RATE      reads a token, asks until standard input ends, and prints what it has seen as JSON

Each request has its time, whatever became of the one before: a server that is late is late for all that came due
meanwhile. When the probe itself wakes up late, that is not the server's: neither to send, nor to read what has come, which
has the time at which the kernel received it.
"""

import dataclasses
import json
import pathlib
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))

from harness.http import Connection, request  # noqa: E402

CONNECTIONS = 4
SO_TIMESTAMPNS = 35  # of Linux; Python has no name for it
TIMESPEC = struct.Struct("@ll")
REQUESTS_A_CONNECTION = 50  # then a new one, since a server may serve whom it knows and refuse who comes


@dataclasses.dataclass(frozen=True)
class Probed:
    """What was answered, by status or by what went wrong; and times to an answer in milliseconds."""

    answers: dict[str, int]
    p50_ms: float
    p99_ms: float
    longest_ms: float

    @property
    def failures(self) -> int:
        return sum(count for answer, count in self.answers.items() if answer != "200")


class TimedConnection(Connection):
    """Knows when its last bytes came."""

    def __init__(self, port: int):
        super().__init__(port)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.received = 0.0  # by time.time()

    def _more(self) -> None:
        got, ancillary, _, _ = self._socket.recvmsg(65536, socket.CMSG_SPACE(TIMESPEC.size))
        if not got:
            raise EOFError("the connection ended inside an answer")
        self.received = time.time()  # the kernel begins to note times a little after it was asked to
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
                seconds, nanoseconds = TIMESPEC.unpack(data)
                self.received = seconds + nanoseconds / 1e9
        self._read += got


class Client:
    """One of the connections, with its share of the requests."""

    def __init__(self, port: int, text: bytes, first: float, interval: float):
        self._port, self._text, self._due, self._interval = port, text, first, interval
        self._connection: TimedConnection | None = None
        self.seen: list[tuple[str, float]] = []  # answer, seconds

    def ask_until(self, ended: threading.Event) -> None:
        while not ended.is_set():
            begun = self._wait()
            answer, ended_at = self._answer()
            self.seen.append((answer, ended_at - begun))
        self._hang_up()

    def _wait(self) -> float:
        """Until the next request is due; when its time begins to count, by time.time()."""
        early = self._due - time.monotonic()
        self._due += self._interval
        if early > 0:
            time.sleep(early)
        return time.time() + min(early, 0)

    def _answer(self) -> tuple[str, float]:
        """And when it was there, by time.time()."""
        try:
            if len(self.seen) % REQUESTS_A_CONNECTION == 0:
                self._hang_up()
            if self._connection is None:
                self._connection = TimedConnection(self._port)
            self._connection.send(self._text)
            status = self._connection.answer().status
            return str(status), self._connection.received
        except (OSError, EOFError, AssertionError) as failure:
            self._hang_up()
            return type(failure).__name__, time.time()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.__exit__()
            self._connection = None


def summary(seen: list[tuple[str, float]]) -> Probed:
    """Of at least one answer."""
    answers: dict[str, int] = {}
    for answer, _ in seen:
        answers[answer] = answers.get(answer, 0) + 1
    times = sorted(1000 * seconds for _, seconds in seen)
    rank = [times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.99, 1)]
    return Probed(answers, *rank)


def main() -> None:
    port, rate = int(sys.argv[1]), float(sys.argv[2])
    text = request("GET", "/me", {"Authorization": "Bearer " + sys.stdin.readline().strip()})
    ended, now = threading.Event(), time.monotonic()
    clients = [Client(port, text, now + number / rate, CONNECTIONS / rate) for number in range(CONNECTIONS)]
    threads = [threading.Thread(target=client.ask_until, args=(ended,)) for client in clients]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    ended.set()
    for thread in threads:
        thread.join()
    print(json.dumps(dataclasses.asdict(summary([one for client in clients for one in client.seen]))))


if __name__ == "__main__":
    main()
