#!/usr/bin/python3
"""Cardea beside the tutorial's service on FastAPI: the same answers but for the listed differences."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from comparison import complaints, facts_of  # noqa: E402
from harness.http import ask, log_in  # noqa: E402
from harness.server import Server, cardea, free_port  # noqa: E402
from table import EVERYWHERE, bearer, rows  # noqa: E402

SECRET = "a secret that both servers share, 32 bytes and more"


def fastapi_twin(folder) -> Server:
    """By h11, whatever else is installed: another parser refuses other requests."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--http", "h11", "main:app", "--app-dir", str(HERE.parent / "fastapi_twin")]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    return Server(command, port, folder, TWIN_SECRET=SECRET, PYTHONDONTWRITEBYTECODE="1")


class Twin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-twin-"))
        cls.tutorial = cls.enterClassContext(fastapi_twin(folder))
        cls.cardea = cls.enterClassContext(cardea(folder, CARDEA_JWT_SECRET=SECRET))

    def test_answers_as_the_tutorial_does_but_for_the_listed_differences(self):
        for row in rows(SECRET):
            with self.subTest(row.name):
                answers = [
                    facts_of(ask(server.port, row.method, row.target, row.headers, row.body))
                    for server in (self.tutorial, self.cardea)
                ]
                found = complaints(*answers, EVERYWHERE + row.differs)
                self.assertFalse(found, "\n".join(["", row.name, *found]))

    def test_each_accepts_the_others_tokens(self):
        for maker, reader in ((self.tutorial, self.cardea), (self.cardea, self.tutorial)):
            for username, password, status in (("alice", "alicepw", 200), ("bob", "bobpw", 403)):
                with self.subTest(maker=maker.url, username=username):
                    token = bearer(log_in(maker.port, username, password))
                    self.assertEqual(ask(reader.port, "GET", "/me", token).json()["username"], username)
                    self.assertEqual(ask(reader.port, "GET", "/admin/stats", token).status, status)


if __name__ == "__main__":
    unittest.main()
