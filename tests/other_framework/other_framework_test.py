#!/usr/bin/python3
"""examples/04_other_framework: Cardea's accounts, tokens and sessions behind cpp-httplib."""

import pathlib
import sys
import tempfile
import time
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, ask  # noqa: E402
from harness.server import Server, executable, free_port, run_cardea  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class OtherFramework(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-framework-")))

    def program(self, host: str = "127.0.0.1") -> Server:
        port = free_port()
        program = str(pathlib.Path(executable()).parent / "example_other_framework")
        options = ["--demo", "--listen", f"{host}:{port}", "--database", f"sqlite:{self.folder}/cardea.db"]
        return Server([program, *options], port, self.folder)

    def post(self, server: Server, path: str, **fields: str) -> Answer:
        return ask(server.port, "POST", path, FORM, urllib.parse.urlencode(fields))

    def log_in(self, server: Server, name: str, password: str) -> dict:
        answer = self.post(server, "/auth/login", username=name, password=password)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def get(self, server: Server, path: str, token: str, scheme: str = "Bearer") -> Answer:
        return ask(server.port, "GET", path, {"Authorization": f"{scheme} {token}"})

    def expect_refusal(self, answer: Answer, status: int, code: str, challenge: str | None):
        self.assertEqual((answer.status, answer.json()["error"]["code"]), (status, code))
        self.assertEqual(answer.json()["error"]["status"], status)
        self.assertEqual(answer.header("WWW-Authenticate"), challenge)
        self.assertEqual(answer.header("Cache-Control"), "no-store")

    def test_a_user_logs_in_and_is_known_by_the_token(self):
        with self.program() as server:
            tokens = self.log_in(server, "alice", "alicepw")
            self.assertEqual((tokens["token_type"], tokens["expires_in"]), ("bearer", 1800))
            me = self.get(server, "/me", tokens["access_token"], "bearer")
            self.assertEqual((me.status, me.json()), (200, {"id": 1, "username": "alice", "role": "admin"}))

    def test_whoever_does_not_know_the_password_hears_nothing_else(self):
        with self.program() as server:
            for name, password in [("alice", "wrong"), ("nobody", "alicepw"), ("", ""), ("alice", "x" * 5000)]:
                answer = self.post(server, "/auth/login", username=name, password=password)
                self.expect_refusal(answer, 401, "invalid_credentials", "Bearer")

    def test_without_a_token_that_counts_nobody_gets_in(self):
        invalid = 'Bearer error="invalid_token"'
        with self.program() as server:
            self.expect_refusal(ask(server.port, "GET", "/me"), 401, "not_authenticated", "Bearer")
            self.expect_refusal(self.get(server, "/me", "YTpi", "Basic"), 401, "not_authenticated", "Bearer")
            self.expect_refusal(self.get(server, "/me", "a.b.c"), 401, "token_invalid", invalid)
            token = self.log_in(server, "alice", "alicepw")["access_token"]
            self.expect_refusal(self.get(server, "/me", token[:-8] + "AAAAAAAA"), 401, "token_invalid", invalid)

    def test_a_permission_is_asked_for_by_its_name(self):
        with self.program() as server:
            alice, bob = (self.log_in(server, name, f"{name}pw")["access_token"] for name in ("alice", "bob"))
            self.assertEqual(self.get(server, "/admin/stats", alice).json(), {"message": "Hello, alice"})
            denied = self.get(server, "/admin/stats", bob)
            self.expect_refusal(
                denied, 403, "permission_required", 'Bearer error="insufficient_scope", scope="stats:read"'
            )

    def test_a_refresh_token_is_exchanged_and_a_made_up_one_is_refused(self):
        with self.program() as server:
            first = self.log_in(server, "bob", "bobpw")
            second = self.post(server, "/auth/refresh", refresh_token=first["refresh_token"]).json()
            self.assertNotEqual(second["refresh_token"], first["refresh_token"])
            self.assertEqual(self.get(server, "/me", second["access_token"]).status, 200)
            made_up = self.post(server, "/auth/refresh", refresh_token="made-up")
            self.expect_refusal(made_up, 401, "refresh_token_invalid", 'Bearer error="invalid_token"')

    def test_what_the_command_line_disables_is_out_at_the_next_request(self):
        with self.program() as server:
            token = self.log_in(server, "bob", "bobpw")["access_token"]
            run_cardea(self.folder, "user", "disable", "bob")
            deadline = time.monotonic() + 5  # a running server sees it within 50 ms
            while (answer := self.get(server, "/me", token)).status == 200:
                self.assertLess(time.monotonic(), deadline, "bob is still let in")
            self.expect_refusal(answer, 401, "user_disabled", 'Bearer error="invalid_token"')

    def test_the_demo_is_not_served_to_others(self):
        server = self.program("0.0.0.0")
        with self.assertRaisesRegex(AssertionError, "everybody knows the demo passwords"):
            server.start()


if __name__ == "__main__":
    unittest.main()
