#!/usr/bin/python3
"""`cardea serve` under systemd's own tool for sockets, and heard by who watches over it."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import ask  # noqa: E402
from harness.server import START_SECONDS, Server, clean_environment, executable, free_port  # noqa: E402
from network.servers import TlsServer, command, make_certificate  # noqa: E402


class Manager:
    """Hears what a service says of itself, as systemd does."""

    def __init__(self, address: str):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(START_SECONDS)
        self._socket.bind(address)

    def next(self) -> list[str]:
        return self._socket.recv(4096).decode().splitlines()

    def close(self) -> None:
        self._socket.close()


class Systemd(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-systemd-")))

    def manager(self, address: str) -> Manager:
        manager = Manager(address)
        self.addCleanup(manager.close)
        return manager

    def test_serves_the_sockets_that_it_is_handed(self):
        ports = [free_port(), free_port()]
        listening = [word for port in ports for word in ("--listen", f"127.0.0.1:{port}")]
        activate = ["/usr/bin/systemd-socket-activate", *listening, *command(self.folder, "systemd", "--demo-on-any-address")]
        with Server(activate, ports[0], self.folder) as server:
            for port in ports:
                self.assertEqual(ask(port, "GET", "/healthz").status, 200)
            self.assertIn("listens on the sockets of systemd", server.log())

    def test_does_not_start_without_sockets(self):
        done = subprocess.run(command(self.folder, "systemd", "--demo-on-any-address"), capture_output=True, text=True,
                              timeout=30, check=False, cwd=self.folder, env=clean_environment(self.folder))
        self.assertEqual(done.returncode, 2)
        self.assertIn("systemd has handed over no sockets", done.stderr)

    def test_takes_no_sockets_that_were_meant_for_another_process(self):
        meant = {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
        done = subprocess.run(command(self.folder, "systemd", "--demo-on-any-address"), capture_output=True, text=True,
                              timeout=30, check=False, cwd=self.folder, env=clean_environment(self.folder, **meant))
        self.assertIn("systemd has handed over no sockets", done.stderr)

    def test_says_when_it_is_ready_and_when_it_stops(self):
        for address in (f"{self.folder}/notify", f"\0cardea-test-{os.getpid()}"):
            manager = self.manager(address)
            port = free_port()
            environment = clean_environment(self.folder, NOTIFY_SOCKET=address.replace("\0", "@"))
            process = subprocess.Popen(command(self.folder, f"127.0.0.1:{port}"), cwd=self.folder, env=environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(process.kill)
            self.assertEqual(manager.next(), ["READY=1"])
            self.assertEqual(ask(port, "GET", "/healthz").status, 200)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(manager.next(), ["STOPPING=1"])
            self.assertEqual(process.wait(START_SECONDS), 0)

    def test_says_when_it_reloads(self):
        make_certificate(self.folder, "server")
        manager = self.manager(f"{self.folder}/notify")
        with TlsServer(self.folder, NOTIFY_SOCKET=f"{self.folder}/notify") as server:
            self.assertEqual(manager.next(), ["READY=1"])
            server.process.send_signal(signal.SIGHUP)
            reloading, since = manager.next()
            self.assertEqual(reloading, "RELOADING=1")
            self.assertRegex(since, "^MONOTONIC_USEC=[0-9]+$")
            self.assertEqual(manager.next(), ["READY=1"])

    def test_goes_on_when_it_is_asked_to_read_again_what_it_has_not(self):
        port = free_port()
        with Server(command(self.folder, f"127.0.0.1:{port}"), port, self.folder) as server:
            server.process.send_signal(signal.SIGHUP)
            self.assertEqual(ask(port, "GET", "/healthz").status, 200)


if __name__ == "__main__":
    unittest.main()
