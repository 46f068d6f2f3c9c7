#!/usr/bin/python3
"""A server that is out of file descriptors, and one that is out of memory: it refuses what there is none for, serves the
others, and goes on when there is some again."""

import contextlib
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Connection, ask, request, tokens_of_login  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable  # noqa: E402
from sessions.session import Session, exchanged, log_in, me, refresh  # noqa: E402

MIB = 1024 * 1024


class Shortage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-shortage-")))
        self.server: Server = self.enterContext(cardea(self.folder, "--metrics", "open", "--threads", "1"))
        self.connection = self.enterContext(Connection(self.server.port))
        self.session = Session(tokens_of_login(self.server.port, "bob", "bobpw"))

    def limit(self, kind: int, most: int) -> None:
        """The soft limit of the running server."""
        _, hard = resource.prlimit(self.server.process.pid, kind)
        resource.prlimit(self.server.process.pid, kind, (most, hard))

    def lift(self, kind: int) -> None:
        self.limit(kind, resource.prlimit(self.server.process.pid, kind)[1])

    def metric(self, name: str) -> int:
        text = exchanged(self.connection, "GET", "/metrics").body.decode()
        return int(float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE).group(1)))

    def assert_is_served(self, connection: Connection) -> None:
        answer = refresh(connection, self.session.refresh)
        self.assertEqual(answer.status, 200, answer.body)
        self.session.keep(answer.json())
        self.assertEqual(me(connection, self.session.access).status, 200)
        self.assertEqual(log_in(connection, "alice", "alicepw").status, 200)


class OutOfDescriptors(Shortage):
    CLIENTS = 200
    ROOM = 20  # of them have one
    PAUSE = 0.05  # seconds until the server tries again

    def test_serves_whom_it_has_and_the_others_when_there_are_some_again(self):
        with self.too_many_clients() as clients:
            self.assert_is_served(self.connection)
            self.lift(resource.RLIMIT_NOFILE)
            self.assertEqual([each.answer().status for each in clients], [200] * self.CLIENTS)
        self.assert_new_clients_are_served()

    def test_serves_those_who_wait_when_others_leave(self):
        with self.too_many_clients():
            self.assert_is_served(self.connection)
        self.assert_new_clients_are_served()

    def test_does_not_ask_for_them_all_the_time(self):
        with self.too_many_clients():
            begun, before = time.monotonic(), self.failures()
            while (failures := self.failures()) < before + 4:
                pass
            self.assertLessEqual(failures - before, (time.monotonic() - begun) / self.PAUSE + 1)

    @contextlib.contextmanager
    def too_many_clients(self):
        """Each has sent a request."""
        self.limit(resource.RLIMIT_NOFILE, self.metric("process_open_fds") + self.ROOM)
        with contextlib.ExitStack() as stack:
            clients = [stack.enter_context(Connection(self.server.port)) for _ in range(self.CLIENTS)]
            for each in clients:
                each.send(request("GET", "/healthz"))
            while self.failures() == 0:
                pass
            yield clients

    def failures(self) -> int:
        return self.metric("cardea_http_accept_failures_total")

    def assert_new_clients_are_served(self) -> None:
        with Connection(self.server.port) as connection:
            self.assert_is_served(connection)
        self.assertEqual(ask(self.server.port, "GET", "/readyz").status, 200)


class TooFewDescriptors(unittest.TestCase):
    def test_to_start_are_told(self):
        for limit in (8, 14, 15, 16, 17, 18):
            with self.subTest(limit), tempfile.TemporaryDirectory(prefix="cardea-shortage-") as folder:
                command = ["prlimit", f"--nofile={limit}", executable(), "serve", "--demo", "--listen", "127.0.0.1:0"]
                done = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=folder, check=False,
                                      env=clean_environment(folder))
                self.assertIn(done.returncode, (1, 2), done.stderr)  # 2: it was the master key's file
                self.assertIn("Too many open files", done.stderr)


class OutOfMemory(Shortage):
    def test_refuses_what_there_is_none_for_and_goes_on(self):
        spare = 4 * MIB  # a password's hash takes 19
        self.limit(resource.RLIMIT_AS, self.metric("process_virtual_memory_bytes") + spare)
        answer = log_in(self.connection, "alice", "alicepw")
        self.assertEqual(complaints_about(answer, 503, "service_unavailable", "/auth/login"), [])
        self.assertEqual(me(self.connection, self.session.access).status, 200)
        self.lift(resource.RLIMIT_AS)
        self.assert_is_served(self.connection)


if __name__ == "__main__":
    unittest.main()
