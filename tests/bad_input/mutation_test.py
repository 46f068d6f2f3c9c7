#!/usr/bin/python3
"""Requests with bytes changed, cut, doubled and exchanged: never a failure inside, never an answer in another shape."""

import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Connection, ask, log_in, request  # noqa: E402
from harness.server import cardea  # noqa: E402
from table import CHUNKED, FORM, JSON, MULTIPART  # noqa: E402

ROUNDS = 3000
SEED = 7519  # the same requests in every run
TOKENS = [
    b"\r\n",
    b"\n",
    b"\0",
    b" ",
    b":",
    b"%00",
    b"%",
    b",",
    b"chunked",
    b"Content-Length: 1\r\n",
    b"\xff",
    b"&",
    b'"',
    b"{",
]


def originals(token: str) -> list[bytes]:
    part = b'--edge\r\nContent-Disposition: form-data; name="username"\r\n\r\nbob\r\n--edge--\r\n'
    return [
        request("GET", "/me", {"Authorization": f"Bearer {token}"}),
        request("GET", "/me?a=b", {"Authorization": "Bearer a.b.c", "Accept": "application/json;q=0.5"}),
        request("POST", "/auth/login", FORM, "username=nobody&password=%61b+c"),
        request("POST", "/auth/login", JSON, '{"username": "nobody", "password": "\\u0061"}'),
        request("POST", "/auth/login", MULTIPART, part),
        request("POST", "/auth/login", FORM | CHUNKED | {"Content-Length": ""}).replace(b"Content-Length: \r\n", b"")
        + b"a;x=1\r\nusername=n\r\n0\r\nX-Trailer: 1\r\n\r\n",
    ]


def mutated(original: bytes, chance: random.Random) -> bytes:
    text = bytearray(original)
    for _ in range(chance.randint(1, 4)):
        at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        action = chance.randrange(5)
        if action == 0 and at < len(text):
            text[at] = chance.randrange(256)
        elif action == 1:
            del text[at : min(end, at + 20)]
        elif action == 2:
            text[at:at] = text[at:end]
        elif action == 3:
            text[at:at] = chance.choice(TOKENS)
        elif action == 4:
            text[at:at] = bytes(text[end : end + 30])
    return bytes(text)


class MutatedRequests(unittest.TestCase):
    def test_are_answered_in_the_known_shapes(self):
        with tempfile.TemporaryDirectory(prefix="cardea-mutation-") as folder, cardea(folder) as server:
            chance = random.Random(SEED)
            texts = originals(log_in(server.port, "alice", "alicepw"))
            for number in range(ROUNDS):
                text = mutated(chance.choice(texts), chance)
                with self.subTest(number=number, text=text):
                    self.check(server.port, text)
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)

    def check(self, port: int, text: bytes) -> None:
        with Connection(port) as connection:
            connection.send(text)
            connection.finish_sending()
            for answer in connection.answers_to_the_end(to="HEAD" if text.startswith(b"HEAD") else "GET"):
                self.assertNotEqual(answer.status, 500)
                if answer.status >= 400 and answer.header("content-type") == "application/json":
                    code = answer.json()["error"]["code"]
                    self.assertFalse(complaints_about(answer, answer.status, code, None))


if __name__ == "__main__":
    unittest.main()
