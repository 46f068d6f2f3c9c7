"""Starts a server program on a free loopback port, waits until it answers, and stops it by its process id."""

import contextlib
import os
import pathlib
import random
import signal
import socket
import subprocess
import time
import typing

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 30  # generous: sanitizer builds on a loaded machine
STOP_SECONDS = 15  # the server gives requests in flight 10 seconds


def executable() -> str:
    """The cardea under test: CARDEA_EXECUTABLE, or the release build's."""
    return os.environ.get("CARDEA_EXECUTABLE", str(REPOSITORY / "build" / "bin" / "cardea"))


def free_port() -> int:
    """Below the ports that the system gives to whoever connects: one of those could take it before its server does."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port


def clean_environment(folder, **extra: str) -> dict[str, str]:
    """The same for every machine: nothing of the caller's configuration, home folder, language or time zone."""
    path = os.pathsep.join([os.path.dirname(executable()), "/usr/bin", "/bin"])
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return kept | {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "TZ": "UTC"} | extra


class Server:
    """A running server program; use as a context manager.

    Leaving the context sends SIGTERM and insists on exit status 0, so every test also tests the graceful stop.
    """

    def __init__(self, command: list[str], port: int, folder, **environment: str):
        self.port = port
        self.address = f"127.0.0.1:{port}"
        self.url = f"http://{self.address}"
        self.log_path = pathlib.Path(folder) / f"server-{port}.log"
        self._command = command
        self._folder = folder
        self._environment = clean_environment(folder, **environment)
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, kind, value, trace) -> None:
        if self.process is None or (kind is not None and self.process.poll() is not None):
            return
        status = self.stop()
        if kind is None and status != 0:
            raise AssertionError(f"the server ended with status {status}:\n{self.log()}")

    def begin(self, log: typing.BinaryIO | None = None) -> subprocess.Popen:
        """Without waiting until it answers."""
        with open(self.log_path, "ab") as own_log:
            output = own_log if log is None else log
            self.process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        return self.process

    def start(self, log: typing.BinaryIO | None = None) -> None:
        self.begin(log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None:
                raise AssertionError(f"the server did not start, status {self.process.returncode}:\n{self.log()}")
            if time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"the server does not answer after {START_SECONDS} s:\n{self.log()}")
            time.sleep(0.002)

    def stop(self) -> int:
        """SIGTERM, then the exit status; SIGKILL only if it does not end, which shows as a negative status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def _answers(self) -> bool:
        """Listening is not enough: the system accepts connections before the program has set itself up."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as probe:
                probe.settimeout(1)
                probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return probe.recv(1) != b""
        except OSError:
            return False


def cardea(folder, *options: str, demo: bool = True, database: str = "", **environment: str) -> Server:
    """`cardea serve` with that database, or one in `folder`; with the demo users unless told otherwise."""
    port = free_port()
    command = [executable(), "serve", *(["--demo"] if demo else []), "--listen", f"127.0.0.1:{port}"]
    command += ["--database", database or f"sqlite:{folder}/cardea.db", *options]
    return Server(command, port, folder, **environment)


def run_cardea(folder, *words: str, standard_input: str = "", **environment: str) -> str:
    """A command on the database in `folder`, which has to succeed; what it prints."""
    done = subprocess.run(
        [executable(), *words, "--database", f"sqlite:{folder}/cardea.db"],
        input=standard_input,
        capture_output=True,
        text=True,
        timeout=30,
        cwd=folder,
        env=clean_environment(folder, **environment),
    )
    if done.returncode != 0:
        raise AssertionError(f"cardea {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout
