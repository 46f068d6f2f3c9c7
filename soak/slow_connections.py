"""Clients that take their time to send a head, to send a body and to read an answer, until the server ends them by its
deadlines.

    slow_connections.py PORT SECONDS CONNECTIONS HEAD_SECONDS BODY_SECONDS WRITE_SECONDS
"""

import asyncio
import collections
import contextlib
import pathlib
import socket
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))

from attack import reported  # noqa: E402
from harness.http import ask, request  # noqa: E402

SOURCE = "127.0.0.2"
LARGE = "/docs/swagger-ui-bundle.js"
PIPELINED = 8  # more than the system's buffers for one connection take
LATE_SECONDS = 5  # this program has the least share of the cores, and may hear late of an end
CUT_SECONDS = 1  # by then the server has looked at its deadlines
BYTES_A_DEADLINE = 20


class Attack:
    def __init__(self, port: int, seconds: int, head: int, body: int, write: int):
        self.port, self.end = port, time.monotonic() + seconds
        self.head, self.body, self.write = head, body, write
        self.large = len(ask(port, "GET", LARGE).body)
        self.answers: collections.Counter = collections.Counter()
        self.complaints: list[str] = []

    async def slow_head(self) -> None:
        await self._drip("slow head", b"GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", self.head)

    async def slow_body(self) -> None:
        beginning = request("POST", "/auth/login", {"Content-Length": "4000"})
        await self._drip("slow body", beginning, self.body)

    async def slow_read(self) -> None:
        """Reads nothing until the server must have cut the answer, and then what there is."""
        loop, received = asyncio.get_running_loop(), 0
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.setblocking(False)
            connection.bind((SOURCE, 0))
            await loop.sock_connect(connection, ("127.0.0.1", self.port))
            await loop.sock_sendall(connection, request("GET", LARGE) * PIPELINED)
            await asyncio.sleep(self.write + CUT_SECONDS)
            with contextlib.suppress(ConnectionResetError):
                while got := await loop.sock_recv(connection, 1 << 20):
                    received += len(got)
        self.answers["slow read, cut"] += 1
        if received >= self.large * PIPELINED:
            self.complaints.append(f"a slow read was answered in full after {self.write + CUT_SECONDS} s")

    async def _drip(self, what: str, beginning: bytes, deadline: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(SOURCE, 0))
        begun = time.monotonic()
        writer.write(beginning)
        dripping = asyncio.create_task(drip(writer, deadline / BYTES_A_DEADLINE))
        said = b""
        with contextlib.closing(writer), contextlib.suppress(ConnectionResetError, asyncio.TimeoutError):
            said = await asyncio.wait_for(reader.read(), deadline + LATE_SECONDS)
        dripping.cancel()
        lasted = time.monotonic() - begun
        self.answers[f"{what}, {said.partition(b' ')[2][:3].decode() or 'nothing'}"] += 1
        if not deadline - 0.01 <= lasted < deadline + LATE_SECONDS:
            self.complaints.append(f"a {what} ended after {lasted:.1f} s instead of {deadline} s")

    async def again(self, kind) -> None:
        while time.monotonic() < self.end:
            await kind()


async def drip(writer: asyncio.StreamWriter, interval: float) -> None:
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(interval)


async def main() -> None:
    port, seconds, connections, *deadlines = map(int, sys.argv[1:])
    attack = Attack(port, seconds, *deadlines)
    kinds = [attack.slow_head, attack.slow_body, attack.slow_read]
    await asyncio.gather(*(attack.again(kinds[number % len(kinds)]) for number in range(connections)))
    reported(attack.answers, attack.complaints[:10])


if __name__ == "__main__":
    asyncio.run(main())
