#!/usr/bin/python3
"""What survives a server's end, how it ends, and what it does when more comes than it can do."""

import concurrent.futures
import json
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Answer, Connection, ask, log_in, request  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable, run_cardea  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "a-long-enough-passphrase"


def login_request(username: str, password: str) -> bytes:
    return request("POST", "/auth/login", FORM, f"username={username}&password={password}")


class Lifetime(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-lifetime-")))

    def run_cardea(self, *words: str, standard_input: str = "") -> None:
        run_cardea(self.folder, *words, standard_input=standard_input)

    def me(self, server: Server, token: str) -> Answer:
        return ask(server.port, "GET", "/me", {"Authorization": f"Bearer {token}"})


class Restart(Lifetime):
    def test_users_and_tokens_survive_it(self):
        self.run_cardea("user", "add", "carol", "--role", "user", standard_input=PASSWORD + "\n")
        with cardea(self.folder, demo=False) as server:
            token = log_in(server.port, "carol", PASSWORD)
        with cardea(self.folder, demo=False) as server:
            self.assertEqual(self.me(server, token).json()["username"], "carol")
            log_in(server.port, "carol", PASSWORD)

    def test_users_survive_a_kill(self):
        server = cardea(self.folder, demo=False)
        server.start()
        self.run_cardea("user", "add", "carol", "--role", "user", standard_input=PASSWORD + "\n")
        token = log_in(server.port, "carol", PASSWORD)
        server.process.kill()
        self.assertEqual(server.process.wait(10), -signal.SIGKILL)
        with cardea(self.folder, demo=False) as server:
            self.assertEqual(self.me(server, token).json()["username"], "carol")

    def test_demo_users_are_not_made_twice(self):
        with cardea(self.folder) as server:
            token = log_in(server.port, "alice", "alicepw")
        with cardea(self.folder) as server:
            self.assertEqual(self.me(server, token).json(), {"id": 1, "username": "alice", "role": "admin"})
            self.assertEqual(self.me(server, log_in(server.port, "bob", "bobpw")).json()["id"], 2)

    def test_files_with_secrets_are_for_their_owner_only(self):
        with cardea(self.folder, demo=False):
            made = [path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".log"]
            self.assertGreater(len(made), 1, "at least the database and the generated secret")
            for path in made:
                self.assertEqual(oct(stat.S_IMODE(path.stat().st_mode)), oct(0o600), path.name)

    def test_a_secret_that_others_could_read_is_refused(self):
        with cardea(self.folder, demo=False):
            pass
        for path in self.folder.rglob("*"):
            if path.is_file() and path.suffix != ".log" and ".db" not in path.name:
                path.chmod(0o644)
        with self.assertRaisesRegex(AssertionError, "did not start"), cardea(self.folder, demo=False):
            pass


class Start(Lifetime):
    def test_on_a_port_in_use_says_so(self):
        with cardea(self.folder) as server:
            second = [executable(), "serve", "--demo", "--listen", server.address, "--database", "sqlite:other.db"]
            environment = clean_environment(self.folder)
            done = subprocess.run(second, capture_output=True, text=True, timeout=30, cwd=self.folder, env=environment)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"error: cannot listen on {server.address}: the port is in use; ", done.stderr)
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)


class AnAccountChangedOutside(Lifetime):
    def test_counts_within_a_second(self):
        with cardea(self.folder) as server:
            token = log_in(server.port, "bob", "bobpw")
            self.run_cardea("user", "disable", "bob")
            self.assert_soon(server, token, "user_disabled")
            self.run_cardea("user", "enable", "bob")
            self.assert_soon(server, token, "token_invalid")  # its session has ended
            token = log_in(server.port, "bob", "bobpw")
            self.assert_soon(server, token, None)
            self.run_cardea("user", "delete", "bob", "--yes")
            self.assert_soon(server, token, "user_not_found")

    def assert_soon(self, server: Server, token: str, code: str | None) -> None:
        deadline = time.monotonic() + 1
        seen = "not asked"
        while seen != code:
            self.assertLess(time.monotonic(), deadline, f"still {seen} instead of {code}")
            seen = self.me(server, token).json().get("error", {}).get("code")


class KeysThatRotateUnderLoad(Lifetime):
    CLIENTS = 4
    ROTATIONS = 6

    def test_lose_no_request(self):
        with cardea(self.folder, "--signing-algorithm", "ES256") as server:
            ended = threading.Event()
            with concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as clients:
                asking = [clients.submit(self.ask_until, ended, server) for _ in range(self.CLIENTS)]
                try:
                    for _ in range(self.ROTATIONS):
                        self.run_cardea("key", "rotate", "--now")
                finally:
                    ended.set()
                statuses = [status for each in asking for status in each.result()]
            keys = json.loads(run_cardea(self.folder, "key", "list", "--json"))
        self.assertEqual([key["state"] for key in keys], ["retiring"] * self.ROTATIONS + ["active"])
        self.assertEqual(set(statuses), {200})

    def ask_until(self, ended: threading.Event, server: Server) -> list[int]:
        """With the first token all along, and with a fresh one after each ten requests."""
        first = fresh = log_in(server.port, "alice", "alicepw")
        statuses = []
        while not ended.is_set() or len(statuses) < 20:
            statuses += [self.me(server, token).status for token in (first, fresh) for _ in range(5)]
            fresh = log_in(server.port, "alice", "alicepw")
        return statuses

    def test_refuse_the_tokens_of_one_that_is_cut_off_within_a_second(self):
        with cardea(self.folder, "--signing-algorithm", "EdDSA") as server:
            token = log_in(server.port, "alice", "alicepw")
            self.assertEqual(self.me(server, token).status, 200)
            kid = json.loads(run_cardea(self.folder, "key", "list", "--json"))[0]["kid"]
            self.run_cardea("key", "retire", kid, "--yes")
            deadline = time.monotonic() + 1
            while self.me(server, token).status != 401:
                self.assertLess(time.monotonic(), deadline, "still accepted")
            self.assertEqual(self.me(server, log_in(server.port, "alice", "alicepw")).status, 200)


class Stop(Lifetime):
    def test_finishes_the_requests_in_flight(self):
        server = cardea(self.folder)
        server.start()
        connections = [self.enterContext(Connection(server.port)) for _ in range(12)]
        for connection in connections:
            connection.send(login_request("alice", "alicepw"))
        first = connections[0].answer()
        server.process.send_signal(signal.SIGTERM)
        statuses = [first.status] + [connection.answer().status for connection in connections[1:]]
        self.assertEqual(statuses, [200] * len(connections))
        self.assertEqual(server.process.wait(10), 0, server.log())

    def test_does_not_wait_for_idle_connections(self):
        server = cardea(self.folder)
        server.start()
        with Connection(server.port) as connection:
            connection.send(request("GET", "/healthz"))
            self.assertEqual(connection.answer().status, 200)
            started = time.monotonic()
            self.assertEqual(server.stop(), 0, server.log())
            self.assertLess(time.monotonic() - started, 3)
            self.assertTrue(connection.is_at_end())

    def test_by_the_keyboard_is_the_same(self):
        server = cardea(self.folder)
        server.start()
        server.process.send_signal(signal.SIGINT)
        self.assertEqual(server.process.wait(10), 0, server.log())


class Storm(Lifetime):
    CLIENTS = 100

    def test_of_logins_is_answered_or_put_off(self):
        with cardea(self.folder) as server, concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as clients:
            token = log_in(server.port, "bob", "bobpw")
            form = "username=alice&password=alicepw"
            logins = [clients.submit(ask, server.port, "POST", "/auth/login", FORM, form) for _ in range(self.CLIENTS)]
            self.assertEqual(self.me(server, token).status, 200, "protected routes are served meanwhile")
            answers = [login.result() for login in logins]
        statuses = {answer.status for answer in answers}
        self.assertIn(200, statuses)
        self.assertLessEqual(statuses, {200, 503})
        for answer in answers:
            if answer.status == 503:
                found = complaints_about(answer, 503, "service_unavailable", "/auth/login")
                self.assertFalse(found, "\n".join(["", *found]))


if __name__ == "__main__":
    unittest.main()
