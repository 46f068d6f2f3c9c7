#!/usr/bin/python3
"""Whatever arrives, the answer is the documented one in the one shape of errors, and the server goes on."""

import concurrent.futures
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Answer, Connection, ask, log_in, request  # noqa: E402
from harness.server import cardea  # noqa: E402
from smuggling import ACCEPTED, REFUSED  # noqa: E402
from table import ROWS  # noqa: E402

NEXT = request("GET", "/healthz")


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-bad-input-"))
        cls.server = cls.enterClassContext(cardea(folder))
        cls.port = cls.server.port

    def assert_error(self, answer: Answer, status: int, code: str, path: str | None) -> None:
        found = complaints_about(answer, status, code, path)
        self.assertFalse(found, "\n".join(["", *found]))

    def test_gets_its_documented_answer_and_the_server_goes_on(self):
        for row in ROWS + REFUSED:
            with self.subTest(row.name), Connection(self.port) as connection:
                connection.send(row.sent + NEXT)
                answer = connection.answer(to=row.method)
                self.assert_error(answer, row.status, row.code, row.path)
                if row.closes:
                    self.assertEqual(answer.header("connection"), "close")
                    self.assertTrue(connection.is_at_end(), "something is answered behind a framing error")
                else:
                    self.assertEqual(connection.answer().status, 200, "the next request is not answered")
        self.assertEqual(ask(self.port, "GET", "/healthz").status, 200)

    def test_what_looks_odd_and_can_be_read_in_one_way_is_read_to_its_end(self):
        for name, sent in ACCEPTED.items():
            with self.subTest(name), Connection(self.port) as connection:
                connection.send(sent + NEXT)
                first = connection.answer(to=sent.split(b" ", 1)[0].decode())
                self.assertIn(first.status, (401, 404, 405, 415, 422))
                self.assertEqual(connection.answer().json(), {"status": "ok"}, "its body is read as a request")

    def test_the_largest_that_is_allowed_is_read(self):
        target = "/" + "a" * 8191
        self.assert_error(ask(self.port, "GET", target), 404, "not_found", target)
        many = {"Host": "127.0.0.1"} | {f"X-{number}": "1" for number in range(99)}
        self.assertEqual(ask(self.port, "GET", "/healthz", many).status, 200)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        password = "a" * (4096 - len("username=alice&password="))
        answer = ask(self.port, "POST", "/auth/login", form, f"username=alice&password={password}")
        self.assert_error(answer, 401, "invalid_credentials", "/auth/login")

    def test_trailers_never_become_headers(self):
        token = log_in(self.port, "alice", "alicepw")
        with Connection(self.port) as connection:
            connection.send(request("GET", "/me", {"Transfer-Encoding": "chunked"}))
            connection.send(f"0\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            self.assert_error(connection.answer(), 401, "not_authenticated", "/me")

    def test_the_address_in_an_absolute_target_is_read_as_its_path(self):
        token = log_in(self.port, "alice", "alicepw")
        answer = ask(self.port, "GET", "http://127.0.0.1/me", {"Authorization": f"Bearer {token}"})
        self.assertEqual(answer.json()["username"], "alice")

    def test_pipelined_requests_are_answered_in_their_order(self):
        with Connection(self.port) as connection:
            connection.send(request("GET", "/me") + request("HEAD", "/healthz") + request("GET", "/nowhere") + NEXT)
            statuses = [connection.answer(to=method).status for method in ("GET", "HEAD", "GET", "GET")]
        self.assertEqual(statuses, [401, 200, 404, 200])

    def test_a_client_that_leaves_harms_nobody(self):
        whole = request("POST", "/auth/login", {"Content-Type": "application/json"}, '{"username": "alice"}')
        for length in range(0, len(whole), 7):
            with Connection(self.port) as connection:
                connection.send(whole[:length])
        self.assertEqual(ask(self.port, "GET", "/healthz").status, 200)

    def test_problem_details_have_the_same_facts(self):
        answer = ask(self.port, "GET", "/me", {"Accept": "application/problem+json", "Authorization": "Bearer x"})
        self.assertEqual(answer.header("content-type"), "application/problem+json")
        self.assertEqual(answer.header("www-authenticate"), 'Bearer error="invalid_token"')
        facts = answer.json()
        self.assertEqual(facts.pop("request_id"), answer.header("x-request-id"))
        self.assertEqual(
            facts,
            {
                "type": "about:blank",
                "title": "Unauthorized",
                "status": 401,
                "detail": "Invalid or expired token",
                "instance": "/me",
                "code": "token_invalid",
            },
        )

    def test_what_was_sent_comes_back_in_no_error(self):
        body = '{"username": ["s3cret-value"], "password": {"s3cret-value": 1}}'
        answer = ask(self.port, "POST", "/auth/login", {"Content-Type": "application/json"}, body)
        self.assert_error(answer, 422, "validation_failed", "/auth/login")
        fields = answer.json()["error"]["fields"]
        self.assertEqual([field["where"] for field in fields], ["/body/username", "/body/password"])
        self.assertNotIn(b"s3cret-value", answer.body)
        self.assertNotIn("s3cret-value", self.server.log())


class SlowClients(unittest.TestCase):
    """The deadlines are for the whole header and the whole body, so a byte now and then wins no time."""

    HEADER_SECONDS = 10
    BODY_SECONDS = 15

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-slow-"))
        cls.port = cls.enterClassContext(cardea(folder)).port

    def drip(self, begin: bytes, seconds: int) -> tuple[Answer, float, bool]:
        """Sends `begin`, then a byte a second; the answer, when it came, and whether the connection was closed."""
        started = time.monotonic()
        with Connection(self.port) as connection:
            connection.send(begin)
            for _ in range(seconds - 1):
                time.sleep(1)
                connection.send(b"a")
            answer = connection.answer()
            return answer, time.monotonic() - started, connection.is_at_end()

    def test_are_told_that_their_time_is_over(self):
        slow_header = b"GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
        slow_body = request("POST", "/auth/login", {"Content-Type": "application/json", "Content-Length": "2000"})
        cases = ((slow_header, self.HEADER_SECONDS, None), (slow_body, self.BODY_SECONDS, "/auth/login"))
        with concurrent.futures.ThreadPoolExecutor() as clients:
            runs = [(clients.submit(self.drip, begin, seconds), seconds, path) for begin, seconds, path in cases]
            self.assertEqual(ask(self.port, "GET", "/healthz").status, 200, "others are served meanwhile")
            for run, seconds, path in runs:
                answer, took, closed = run.result()
                found = complaints_about(answer, 408, "request_timeout", path)
                self.assertFalse(found, "\n".join(["", *found]))
                self.assertTrue(closed)
                self.assertGreater(took, seconds - 1)
                self.assertLess(took, seconds + 3)


if __name__ == "__main__":
    unittest.main()
