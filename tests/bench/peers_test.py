#!/usr/bin/python3
"""A server that bench/report.py measures, beside Cardea: the same routes have to answer alike, or nothing is compared.

    peers_test.py NAME      as bench/programs.py names it
"""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

from programs import OWN, peers  # noqa: E402

from harness.http import Answer, ask, log_in  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PEER = sys.argv.pop() if len(sys.argv) > 1 else ""


class Peers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = []
        for program in (OWN[0], *(peer for peer in peers() if peer.name == PEER)):
            folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-peer-"))
            cls.servers.append(cls.enterClassContext(program.start(pathlib.Path(folder))))
        if len(cls.servers) != 2:
            raise AssertionError(f"{PEER!r} cannot run here; bench/programs.py says why")

    def both(self, method: str, target: str, user: str = "", headers: dict | None = None, body: str = "") -> list[Answer]:
        """What each answers, with a token of its own for a user."""
        answers = []
        for server in self.servers:
            bearer = {"Authorization": f"Bearer {log_in(server.port, user, user + 'pw')}"} if user else {}
            answers.append(ask(server.port, method, target, bearer | (headers or {}), body))
        return answers

    def assert_alike(self, answers: list[Answer], status: int, body: dict | None = None) -> None:
        for server, answer in zip(self.servers, answers):
            with self.subTest(server.url):
                self.assertEqual(answer.status, status, answer.body)
                if body is not None:
                    self.assertEqual(answer.json(), body)

    def test_is_healthy(self):
        self.assert_alike(self.both("GET", "/healthz"), 200, {"status": "ok"})

    def test_knows_a_user_by_their_token(self):
        alice = {"id": 1, "username": "alice", "role": "admin"}
        self.assert_alike(self.both("GET", "/me", "alice"), 200, alice)

    def test_refuses_who_has_no_token_or_a_wrong_one(self):
        self.assert_alike(self.both("GET", "/me"), 401)
        self.assert_alike(self.both("GET", "/admin/stats"), 401)
        forged = {"Authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.AAAA"}
        self.assert_alike(self.both("GET", "/me", headers=forged), 401)

    def test_lets_only_administrators_see_the_statistics(self):
        greeting = {"status": "ok", "message": "Hello admin alice"}
        self.assert_alike(self.both("GET", "/admin/stats", "alice"), 200, greeting)
        self.assert_alike(self.both("GET", "/admin/stats", "bob"), 403)

    def test_refuses_a_wrong_password_and_an_unknown_user(self):
        for body in ("username=alice&password=wrong", "username=nobody&password=alicepw"):
            self.assert_alike(self.both("POST", "/auth/login", headers=FORM, body=body), 401)


if __name__ == "__main__":
    unittest.main()
