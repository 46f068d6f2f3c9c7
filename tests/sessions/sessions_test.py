#!/usr/bin/python3
"""Sessions over HTTP and on disk: many clients at once, a restart, and what another process ends."""

import concurrent.futures
import contextlib
import pathlib
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, Connection, ask, tokens_of_login  # noqa: E402
from harness.server import Server, cardea, run_cardea  # noqa: E402
from sessions.session import Session, code_of, exchanged, log_out, me, refresh  # noqa: E402


class Sessions(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-sessions-")))

    def log_in(self, server: Server, username: str = "bob") -> Session:
        return Session(tokens_of_login(server.port, username, username + "pw"))

    def connect(self, server: Server) -> Connection:
        return self.enterContext(Connection(server.port))

    def tokens_of(self, answer: Answer) -> dict:
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()


class RefreshesAtOnce(Sessions):
    CLIENTS = 50
    ROUNDS = 6

    def test_of_one_token_have_one_successor_and_every_client_goes_on(self):
        with cardea(self.folder) as server, concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as clients:
            session = self.log_in(server)
            at_once = threading.Barrier(self.CLIENTS)
            connections = [self.connect(server) for _ in range(self.CLIENTS)]
            going = [clients.submit(self.refresh_in_rounds, each, session.refresh, at_once) for each in connections]
            chains = [each.result() for each in going]
            rounds = [set(successors) for successors in zip(*chains)]
            self.assertEqual([len(successors) for successors in rounds], [1] * self.ROUNDS)
            self.assertEqual(len(set.union(*rounds)), self.ROUNDS, "each round has a successor of its own")
            listed = exchanged(self.connect(server), "GET", "/auth/sessions", session.access)
            self.assertEqual([each["id"] for each in self.tokens_of(listed)["items"]], [session.id])

    def refresh_in_rounds(self, connection: Connection, token: str, at_once: threading.Barrier) -> list[str]:
        """What it has got, each with what it had got before."""
        successors = []
        try:
            for _ in range(self.ROUNDS):
                at_once.wait(30)
                tokens = self.tokens_of(refresh(connection, token))
                self.assertEqual(me(connection, tokens["access_token"]).status, 200)
                token = tokens["refresh_token"]
                successors.append(token)
        except BaseException:
            at_once.abort()
            raise
        return successors

    def test_at_each_clients_own_pace_throw_nobody_out(self):
        """Nobody waits for the others: whoever lags behind is led to the token that counts."""
        with cardea(self.folder) as server, concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as clients:
            session = self.log_in(server)
            connections = [self.connect(server) for _ in range(self.CLIENTS)]
            going = [clients.submit(self.refresh_on_and_on, each, session.refresh) for each in connections]
            last = [each.result() for each in going]
            connection = self.connect(server)
            self.led_to(connection, last)  # the one among them that counts is exchanged
            self.assertEqual(len(self.led_to(connection, last)), 1)

    def led_to(self, connection: Connection, tokens: list[str]) -> set[str]:
        return {self.tokens_of(refresh(connection, token))["refresh_token"] for token in tokens}

    def refresh_on_and_on(self, connection: Connection, token: str) -> str:
        for _ in range(20):
            token = self.tokens_of(refresh(connection, token))["refresh_token"]
        return token


class LoginsWhileTheDatabaseIsLocked(Sessions):
    LOGINS = 3
    CHECKED = b'cardea_logins_total{outcome="succeeded"} %d' % LOGINS
    SECONDS = 4  # less than the server waits for the lock

    def test_leave_the_one_hashing_thread_to_each_other(self):
        options = ["--password-hash-threads", "1", "--metrics", "open"]
        with cardea(self.folder, *options) as server, concurrent.futures.ThreadPoolExecutor(self.LOGINS) as clients:
            with contextlib.closing(sqlite3.connect(self.folder / "cardea.db", isolation_level=None)) as another:
                another.execute("BEGIN IMMEDIATE")
                going = [clients.submit(self.log_in, server) for _ in range(self.LOGINS)]
                until = time.monotonic() + self.SECONDS
                while self.CHECKED not in ask(server.port, "GET", "/metrics").body:
                    self.assertLess(time.monotonic(), until, "a password waits for the lock that another login waits for")
                self.assertFalse(any(login.done() for login in going))
            for login in going:
                self.assertEqual(me(self.connect(server), login.result().access).status, 200)


class Restart(Sessions):
    def test_keeps_sessions_and_what_has_ended(self):
        with cardea(self.folder) as server:
            kept, ended = self.log_in(server), self.log_in(server)
            kept.keep(self.tokens_of(refresh(self.connect(server), kept.refresh)))
            self.assertEqual(log_out(self.connect(server), ended.access).status, 204)
        with cardea(self.folder) as server:
            connection = self.connect(server)
            self.assertEqual(me(connection, ended.access).status, 401)
            self.assertEqual(code_of(refresh(connection, ended.refresh)), "refresh_token_invalid")
            self.assertEqual(me(connection, kept.access).status, 200)
            kept.keep(self.tokens_of(refresh(connection, kept.refresh)))
            listed = exchanged(connection, "GET", "/auth/sessions", kept.access).json()["items"]
            self.assertEqual([each["id"] for each in listed], [kept.id])


class ASessionEndedByAnotherProcess(Sessions):
    def test_that_serves_the_same_file_is_over_within_a_second(self):
        with cardea(self.folder) as one, cardea(self.folder) as other:
            session, spared = self.log_in(one), self.log_in(one)
            self.assertEqual(me(self.connect(other), session.access).status, 200, "every node takes its token")
            self.assertEqual(log_out(self.connect(other), session.access).status, 204)
            self.assert_ends_soon(one, session, "logout on another node")
            self.assert_lives(one, spared)

    def test_the_command_line_is_over_within_a_second(self):
        with cardea(self.folder) as server:
            session, spared = self.log_in(server), self.log_in(server)
            run_cardea(self.folder, "session", "end", "bob", session.id)
            self.assert_ends_soon(server, session, "cardea session end")
            self.assert_lives(server, spared)

    def test_by_disabling_its_user_does_not_come_back_with_them(self):
        with cardea(self.folder) as server:
            session, spared = self.log_in(server), self.log_in(server, "alice")
            run_cardea(self.folder, "user", "disable", "bob")
            self.assert_ends_soon(server, session, "cardea user disable")
            run_cardea(self.folder, "user", "enable", "bob")
            self.log_in(server)
            self.assertEqual(me(self.connect(server), session.access).status, 401)
            self.assertEqual(refresh(self.connect(server), session.refresh).status, 401)
            self.assert_lives(server, spared)

    def assert_ends_soon(self, server: Server, session: Session, by: str) -> None:
        connection = self.connect(server)
        told = time.monotonic()
        while me(connection, session.access).status != 401:
            self.assertLess(time.monotonic() - told, 1, f"still accepted after {by}")
        self.assertEqual(refresh(connection, session.refresh).status, 401)
        print(f"{by}: refused {1000 * (time.monotonic() - told):.0f} ms later", file=sys.stderr)

    def assert_lives(self, server: Server, session: Session) -> None:
        connection = self.connect(server)
        self.assertEqual(me(connection, session.access).status, 200)
        self.tokens_of(refresh(connection, session.refresh))


if __name__ == "__main__":
    unittest.main()
