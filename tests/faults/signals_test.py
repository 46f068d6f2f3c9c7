#!/usr/bin/python3
"""Signals at any moment of a server's life, and a log that nobody reads any more."""

import array
import contextlib
import fcntl
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios
import time
import typing
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, ask, request, tokens_of_login  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable, free_port, run_cardea  # noqa: E402
from sessions.session import Session, log_in, me, refresh  # noqa: E402

DRAIN_SECONDS = 10
REVOKED_WITHIN = 1
ONE_PAGE = 4096


class Signals(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-signals-")))

    def assert_works(self, server: Server) -> None:
        session = Session(tokens_of_login(server.port, "bob", "bobpw"))
        with Connection(server.port) as connection:
            answer = refresh(connection, session.refresh)
            self.assertEqual(answer.status, 200, answer.body)
            self.assertEqual(me(connection, answer.json()["access_token"]).status, 200)


class WithinTheStart(Signals):
    """A first start and a later one, each ended at many moments: what comes then finds a database that it can use."""

    MOMENTS = 6

    def test_sigterm_ends_it(self):
        self.end_at_each_moment(signal.SIGTERM, {0, -signal.SIGTERM})

    def test_sigkill_ends_it(self):
        self.end_at_each_moment(signal.SIGKILL, {-signal.SIGKILL})

    def end_at_each_moment(self, number: signal.Signals, statuses: set[int]) -> None:
        begun = time.monotonic()
        with cardea(self.folder):
            whole = time.monotonic() - begun
        for moment in range(self.MOMENTS):
            with tempfile.TemporaryDirectory(prefix="cardea-start-", dir=self.folder) as folder:
                for _ in range(2):
                    self.assertIn(self.end_after(whole * moment / self.MOMENTS, folder, number), statuses)
                    with cardea(folder) as server:
                        self.assert_works(server)

    def end_after(self, seconds: float, folder: str, number: signal.Signals) -> int:
        server = cardea(folder)
        ended_at = time.monotonic() + seconds
        process = server.begin()
        while time.monotonic() < ended_at:
            pass
        process.send_signal(number)
        return process.wait(DRAIN_SECONDS)


class WhileItServes(Signals):
    def test_a_second_sigterm_at_once_is_the_same_as_the_first(self):
        server = cardea(self.folder)
        server.start()
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(DRAIN_SECONDS), 0, server.log())

    def test_a_later_one_ends_it_though_a_request_is_in_flight(self):
        server = cardea(self.folder)
        server.start()
        with Connection(server.port) as connection:
            connection.send(b"GET /me HTTP/1.1\r\n")  # and never more
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
            begun = time.monotonic()
            while server.process.poll() is None:
                server.process.send_signal(signal.SIGTERM)
            self.assertLess(time.monotonic() - begun, DRAIN_SECONDS)
        self.assertEqual(server.process.returncode, -signal.SIGTERM)
        with cardea(self.folder) as server:
            self.assert_works(server)

    def test_those_of_writing_do_nothing(self):
        with cardea(self.folder) as server:
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                server.process.send_signal(number)
            self.assert_works(server)

    def test_others_end_it_at_once_and_lose_nothing(self):
        server = cardea(self.folder)
        server.start()
        session = Session(tokens_of_login(server.port, "bob", "bobpw"))
        server.process.send_signal(signal.SIGUSR1)
        self.assertEqual(server.process.wait(DRAIN_SECONDS), -signal.SIGUSR1)
        with cardea(self.folder) as server, Connection(server.port) as connection:
            self.assertEqual(me(connection, session.access).status, 200)
            self.assertEqual(refresh(connection, session.refresh).status, 200)

    def test_one_that_stood_still_takes_nothing_that_was_revoked_meanwhile(self):
        with cardea(self.folder) as server, Connection(server.port) as connection:
            session = Session(tokens_of_login(server.port, "bob", "bobpw"))
            self.assertEqual(me(connection, session.access).status, 200)
            self.stop_between_writes(server)
            try:
                run_cardea(self.folder, "user", "disable", "bob")
                time.sleep(REVOKED_WITHIN)  # as long as a change may go unnoticed
                connection.send(request("GET", "/me", {"Authorization": f"Bearer {session.access}"}))
            finally:
                server.process.send_signal(signal.SIGCONT)
            self.assertIn(connection.answer().status, {401, 503})
            while (answer := me(connection, session.access)).status == 503:
                pass
            self.assertEqual(answer.status, 401, answer.body)


    def stop_between_writes(self, server: Server) -> None:
        """One that stands still within a transaction would keep others from writing as well."""
        with contextlib.closing(sqlite3.connect(self.folder / "cardea.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            server.process.send_signal(signal.SIGSTOP)
            _, status = os.waitpid(server.process.pid, os.WUNTRACED)
            self.assertTrue(os.WIFSTOPPED(status))
            database.execute("ROLLBACK")


class ALogThatIsGone(Signals):
    def command(self, port: int) -> list[str]:
        database = f"sqlite:{self.folder}/cardea.db"
        return [executable(), "serve", "--demo", "--listen", f"127.0.0.1:{port}", "--database", database]

    def test_as_when_its_reader_ends_does_not_end_the_server(self):
        port = free_port()
        process = subprocess.Popen(self.command(port), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
                                   env=clean_environment(self.folder))
        while b"Ctrl+C" not in process.stderr.readline():
            self.assertIsNone(process.poll())
        process.stdout.close()
        process.stderr.close()
        self.assert_serves_and_ends(process, port)

    def test_as_when_its_disk_is_full_does_not_end_the_server(self):
        port = free_port()
        with open("/dev/full", "wb") as full:
            server = Server(self.command(port), port, self.folder)
            server.start(log=full)
        self.assert_serves_and_ends(server.process, port)

    def test_as_when_its_reader_reads_nothing_holds_nothing_up(self):
        port = free_port()
        process = subprocess.Popen(self.command(port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0,
                                   cwd=self.folder, env=clean_environment(self.folder))
        while b"Ctrl+C" not in process.stdout.readline():
            self.assertIsNone(process.poll())
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, ONE_PAGE)
        with Connection(port) as connection:
            while not self.bytes_in(process.stdout):  # of one page the system takes no second writing
                self.assertEqual(self.healthz(connection), 200)
            for _ in range(200):
                self.assertEqual(self.healthz(connection), 200)
        self.assert_serves_and_ends(process, port)
        with process.stdout as left_over:
            self.assertRegex(left_over.read(), rb'\A([0-9TZ.:-]+ 127\.0\.0\.1 "GET /healthz" 200 .*\n)+\Z')

    def bytes_in(self, pipe: typing.BinaryIO) -> int:
        count = array.array("i", [0])
        fcntl.ioctl(pipe, termios.FIONREAD, count)
        return count[0]

    def healthz(self, connection: Connection) -> int:
        connection.send(request("GET", "/healthz"))
        return connection.answer().status

    def assert_serves_and_ends(self, process: subprocess.Popen, port: int) -> None:
        with Connection(port) as connection:
            for _ in range(3):
                self.assertEqual(log_in(connection, "bob", "wrong").status, 401)  # a line of the audit log each
            self.assertEqual(log_in(connection, "bob", "bobpw").status, 200)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(DRAIN_SECONDS), 0)


if __name__ == "__main__":
    unittest.main()
