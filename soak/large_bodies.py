"""Bodies of 10 MB to several routes, of a length that is announced and in chunks.

    large_bodies.py PORT SECONDS CONNECTIONS
"""

import collections
import itertools
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))

from attack import reported  # noqa: E402
from harness.http import Connection, request  # noqa: E402

PIECE = b"x" * 65_536
PIECES = 160
ROUTES = [("POST", "/auth/login"), ("POST", "/auth/refresh"), ("POST", "/oauth2/token"), ("GET", "/me"), ("PUT", "/nowhere")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def announced(method: str, target: str) -> list[bytes]:
    head = request(method, target, FORM | {"Content-Length": str(PIECES * len(PIECE))})
    return [head, *[PIECE] * PIECES]


def chunked(method: str, target: str) -> list[bytes]:
    head = request(method, target, FORM | {"Transfer-Encoding": "chunked"})
    return [head, *[f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n"] * PIECES, b"0\r\n\r\n"]


def answer_to(port: int, pieces: list[bytes]) -> str:
    """A server may hang up on a client that does not stop to send; its answer is lost then."""
    try:
        with Connection(port) as connection:
            for piece in pieces:
                connection.send(piece)
            return str(connection.answer().status)
    except (ConnectionResetError, EOFError):
        return "cut"


def send_until(end: float, port: int, answers: collections.Counter) -> None:
    for method, target in itertools.cycle(ROUTES):
        for body in (announced, chunked):
            if time.monotonic() > end:
                return
            answers[answer_to(port, body(method, target))] += 1


def main() -> None:
    port, seconds, connections = map(int, sys.argv[1:])
    end, counts = time.monotonic() + seconds, [collections.Counter() for _ in range(connections)]
    threads = [threading.Thread(target=send_until, args=(end, port, counted)) for counted in counts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reported(sum(counts, collections.Counter()), [])


if __name__ == "__main__":
    main()
