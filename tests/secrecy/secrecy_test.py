#!/usr/bin/python3
"""What an outsider cannot learn from answers and their time, and an insider not from logs and files."""

import json
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, ask, log_in  # noqa: E402
from harness.server import Server, cardea, run_cardea  # noqa: E402

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "a-long-enough-passphrase"
CHANGES_EACH_TIME = {"date", "x-request-id"}


def what_it_says(answer: Answer) -> tuple:
    """All of an answer but what differs with each request."""
    error = answer.json()["error"]
    error.pop("request_id")
    return answer.status, json.dumps(error), tuple(each for each in answer.headers if each[0] not in CHANGES_EACH_TIME)


def register(server: Server, username: str) -> Answer:
    return ask(server.port, "POST", "/auth/register", JSON, json.dumps({"username": username, "password": PASSWORD}))


def failed_login(server: Server, username: str, source: str = "127.0.0.1") -> Answer:
    return ask(server.port, "POST", "/auth/login", FORM, f"username={username}&password=wrong-{PASSWORD}", source)


class Outsiders(unittest.TestCase):
    NAMES = ("active", "disabled", "deleted", "unknown", "Never-A-Name")
    ROUNDS = 7  # with the other tests' failures fewer than make anyone wait: each round is of an address of its own

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-secrecy-"))
        for name in ("active", "disabled", "deleted"):
            run_cardea(folder, "user", "add", name, standard_input=PASSWORD + "\n")
        run_cardea(folder, "user", "disable", "disabled")
        run_cardea(folder, "user", "delete", "deleted", "--yes")
        cls.server = cls.enterClassContext(cardea(folder, demo=False))

    def test_get_one_answer_to_every_failed_login(self):
        seen = {what_it_says(failed_login(self.server, name)) for name in self.NAMES}
        self.assertEqual(len(seen), 1, seen)
        self.assertEqual(seen.pop()[0], 401)

    def test_wait_as_long_for_every_failed_login(self):
        times = {name: [] for name in self.NAMES}
        for number in range(self.ROUNDS):
            for name in self.NAMES:
                begin = time.perf_counter()
                answer = failed_login(self.server, name, f"127.0.0.{number + 2}")
                times[name].append(time.perf_counter() - begin)
                self.assertEqual(answer.status, 401, name)
        # The least of each: what else runs on the machine only adds.
        least = {name: min(taken) for name, taken in times.items()}
        # Without the decoy hash the factor is over ten; the machine's own noise is far below two.
        self.assertLess(max(least.values()) / min(least.values()), 2, least)

    def test_get_one_answer_to_every_registration_where_it_is_closed(self):
        seen = {what_it_says(register(self.server, name)) for name in ("active", "disabled", "deleted", "unknown")}
        self.assertEqual(len(seen), 1, seen)
        self.assertEqual(seen.pop()[0], 403)

    def test_wait_as_long_for_a_name_that_is_taken_as_for_one_that_is_free(self):
        """Where registration is open a taken name is no secret: nobody else gets it. Its time tells no more."""
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-secrecy-"))
        times = {409: [], 201: []}
        with cardea(folder, "--registration", demo=False) as server:
            for number in range(self.ROUNDS):
                for status, name in ((201, f"free-{number}"), (409, "free-0")):
                    begin = time.perf_counter()
                    self.assertEqual(register(server, name).status, status)
                    times[status].append(time.perf_counter() - begin)
        least = {status: min(taken) for status, taken in times.items()}
        self.assertLess(max(least.values()) / min(least.values()), 2, least)

    def test_get_one_answer_to_every_code_for_a_password_that_does_not_count(self):
        def use(code: str, password: str = "another-long-enough-passphrase") -> Answer:
            body = json.dumps({"code": code, "new_password": password})
            return ask(self.server.port, "POST", "/auth/password-reset", JSON, body)

        def new_code() -> str:
            said = run_cardea(self.server.log_path.parent, "user", "reset-password", "active", "--json")
            return json.loads(said)["code"]

        followed = new_code()
        used = new_code()
        self.assertEqual(use(used, PASSWORD).status, 204)
        never_given = used[:-8] + "A" * 8
        seen = {what_it_says(use(code)) for code in (followed, used, never_given, "no code at all")}
        self.assertEqual(len(seen), 1, seen)
        self.assertEqual(seen.pop()[0], 400)

    def test_cannot_log_in_with_the_right_password_of_a_closed_account(self):
        for name, status in (("active", 200), ("disabled", 401), ("deleted", 401)):
            answer = ask(self.server.port, "POST", "/auth/login", FORM, f"username={name}&password={PASSWORD}")
            self.assertEqual(answer.status, status, name)


class Insiders(unittest.TestCase):
    SENT = "s3cret-that-was-typed"

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-secrecy-")))

    def test_find_no_secret_in_logs_and_files(self):
        run_cardea(self.folder, "user", "add", "carol", standard_input=PASSWORD + "\n")
        signing = "the secret that signs, 32 bytes and more"
        with cardea(self.folder, demo=False, CARDEA_JWT_SECRET=signing) as server:
            token = log_in(server.port, "carol", PASSWORD)
            ask(server.port, "GET", f"/me?access_token={self.SENT}", {"Authorization": f"Bearer {token}"})
            ask(server.port, "GET", "/me", {"Authorization": f"Bearer {self.SENT}.{self.SENT}.{self.SENT}"})
            ask(server.port, "GET", "/me", {"Authorization": f"Basic {self.SENT}", "Cookie": self.SENT})
            ask(server.port, "POST", "/auth/login", FORM, f"username=carol&password={self.SENT}")
            ask(server.port, "POST", "/auth/login", FORM, f"username=carol&password={PASSWORD}&password={self.SENT}")
        for path in self.folder.rglob("*"):
            text = path.read_bytes()
            for secret in (token, token.rpartition(".")[2], PASSWORD, self.SENT, signing):
                self.assertNotIn(secret.encode(), text, f"{path.name} has {secret}")

    def test_read_one_event_a_line_whatever_a_request_says(self):
        with cardea(self.folder, "--log-format", "json") as server:
            before = len(server.log().splitlines())
            target = "/%0d%0a%1b[31m{%22forged%22:true}"
            names = {"User-Agent": 'agent" \\ {"forged": true}', "X-Request-Id": "forged-request-id"}
            request_id = ask(server.port, "GET", target, names).header("x-request-id")
            answer = ask(server.port, "POST", "/auth/login", FORM, "username=a%0a%22forged%22&password=b")
            self.assertEqual(answer.status, 401)
        lines = server.log().splitlines()[before:]
        events = [json.loads(line) for line in lines]
        self.assertTrue(all(isinstance(event, dict) and "forged" not in event for event in events), lines)
        self.assertNotEqual(request_id, "forged-request-id", "the server makes its own")
        self.assertIn(request_id, server.log())
        self.assertNotIn("\x1b", server.log())

    def test_get_no_core_dump(self):
        with cardea(self.folder) as server:
            limits = pathlib.Path(f"/proc/{server.process.pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        self.assertEqual(core.split()[4:6], ["0", "0"], core)


if __name__ == "__main__":
    unittest.main()
