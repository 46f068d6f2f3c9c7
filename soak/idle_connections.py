"""Connections that nobody uses, from several addresses, more from each than an address may have: half of them silent from
the start, half after one request. What the server closes is opened again.

    idle_connections.py PORT SECONDS CONNECTIONS
"""

import asyncio
import collections
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))

from attack import reported  # noqa: E402
from harness.http import request  # noqa: E402

ADDRESSES = 7  # of loopback: with the default caps, all that one may have leave room for others in all
PAUSE_SECONDS = 1  # after a refusal, as Retry-After says


async def be_idle(port: int, source: str, asks: bool, answers: collections.Counter) -> None:
    """One connection, until the server ends it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    with contextlib.closing(writer), contextlib.suppress(ConnectionResetError):
        if asks:
            writer.write(request("GET", "/healthz"))
        status = (await reader.readline()).partition(b" ")[2][:3].decode()
        answers[status or "closed without a word"] += 1
        await reader.read()
    if status == "503":
        await asyncio.sleep(PAUSE_SECONDS)


async def stay(*connection) -> None:
    while True:
        with contextlib.suppress(OSError):
            await be_idle(*connection)


async def attack(port: int, seconds: int, connections: int) -> None:
    answers = collections.Counter()
    staying = [
        asyncio.create_task(stay(port, f"127.0.0.{2 + number % ADDRESSES}", number % 2 == 0, answers))
        for number in range(connections)
    ]
    await asyncio.sleep(seconds)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    reported(answers, [])


if __name__ == "__main__":
    asyncio.run(attack(*map(int, sys.argv[1:])))
