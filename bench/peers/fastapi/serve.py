"""The tutorial on FastAPI (tests/fastapi_twin) with a listening socket for each of its processes, for bench/report.py.

    serve.py PORT PROCESSES

By SO_REUSEPORT the kernel deals out connections: with one socket for all, some processes get most of them. The HS256
secret is in TWIN_SECRET. Ends on SIGTERM.
"""

import os
import pathlib
import signal
import socket
import sys

import uvicorn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests/fastapi_twin"))


def listening(port: int) -> socket.socket:
    own = socket.socket()
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind(("127.0.0.1", port))
    return own


def serve(port: int) -> None:
    uvicorn.Server(uvicorn.Config("main:app", log_level="warning", access_log=False)).run(sockets=[listening(port)])


def forked(port: int) -> int:
    """The id of a process that serves."""
    if process := os.fork():
        return process
    serve(port)
    sys.exit()


def main() -> None:
    port, count = (int(word) for word in sys.argv[1:])
    if count == 1:
        serve(port)
        return
    processes = [forked(port) for _ in range(count)]
    signal.signal(signal.SIGTERM, lambda *_: [os.kill(process, signal.SIGTERM) for process in processes])
    statuses = [os.waitpid(process, 0)[1] for process in processes]
    sys.exit(any(statuses))


if __name__ == "__main__":
    main()
