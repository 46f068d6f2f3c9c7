#!/usr/bin/python3
"""kill -9 in the middle of registrations, new passwords, changed roles, disablings and API keys: what was acknowledged is
so when the server is back. For sessions: ../sessions/kill_test.py; for the audit log: ../audit/kill_test.py."""

import concurrent.futures
import json
import pathlib
import random
import signal
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, Connection, log_in, request  # noqa: E402
from harness.server import Server, cardea  # noqa: E402

CLIENTS = 4
KILLS = 3
CHANGES = 30  # acknowledged until a kill, at the least


class Account:
    """What its owner and an administrator have been told of it; `unknown` is what a request without an answer was about."""

    def __init__(self, name: str):
        self.name = name
        self.id: int | None = None
        self.passwords = [f"the {name} of the first days"]  # the last one counts, or the one before it if unknown
        self.role = "user"
        self.state = "active"
        self.key: dict | None = None
        self.key_is_revoked = False
        self.unknown: str | None = None


class Client:
    """Makes accounts and changes them, one after another, on one connection."""

    def __init__(self, number: int):
        self.accounts: list[Account] = []
        self._number = number

    def work(self, server: Server, administrator: str, acknowledged) -> None:
        """Until the server is killed."""
        try:
            with Connection(server.port) as self._connection:
                while True:
                    self._live(administrator, acknowledged)
        except (EOFError, OSError):
            return

    def check(self, test: unittest.TestCase, server: Server, administrator: str) -> None:
        with Connection(server.port) as self._connection:
            for account in self.accounts:
                if account.id is not None:
                    self._check(test, account, administrator)

    def _live(self, administrator: str, acknowledged) -> None:
        account = Account(f"user-{self._number}-{len(self.accounts)}")
        self.accounts.append(account)
        account.unknown = "all"
        account.id = self._done(201, "POST", "/auth/register",
                                {"username": account.name, "password": account.passwords[0]}).json()["id"]
        acknowledged()
        token = self._log_in(account.name, account.passwords[0]).json()["access_token"]
        for change in (self._make_key, self._change_password, self._revoke_key):
            change(account, token)
            acknowledged()
        for what, value in (("role", "admin"), ("state", "disabled")):
            self._change(account, administrator, what, value)
            acknowledged()

    def _make_key(self, account: Account, token: str) -> None:
        account.unknown = "key"
        account.key = self._done(201, "POST", "/auth/api-keys", {"name": "a key"}, token).json()
        account.unknown = None

    def _revoke_key(self, account: Account, token: str) -> None:
        account.unknown = "key"
        self._done(204, "DELETE", f"/auth/api-keys/{account.key['id']}", None, token)
        account.key_is_revoked = True
        account.unknown = None

    def _change_password(self, account: Account, token: str) -> None:
        account.unknown = "password"
        account.passwords.append(f"the {account.name} of later years")
        change = {"current_password": account.passwords[0], "new_password": account.passwords[1]}
        self._done(204, "POST", "/auth/password", change, token)
        account.unknown = None

    def _change(self, account: Account, administrator: str, what: str, value: str) -> None:
        tag = self._done(200, "GET", f"/admin/users/{account.id}", None, administrator).header("ETag")
        account.unknown = what
        self._done(200, "PATCH", f"/admin/users/{account.id}", {what: value}, administrator, {"If-Match": tag})
        setattr(account, what, value)
        account.unknown = None

    def _check(self, test: unittest.TestCase, account: Account, administrator: str) -> None:
        found = self._done(200, "GET", f"/admin/users/{account.id}", None, administrator).json()
        for what in ("role", "state"):
            if account.unknown != what:
                test.assertEqual(found[what], getattr(account, what), account.name)
        if found["state"] == "active":
            statuses = [self._log_in(account.name, password).status for password in account.passwords]
            wanted = [401] * (len(statuses) - 1) + [200]
            test.assertTrue(statuses == wanted or account.unknown == "password" and sorted(statuses) == [200, 401],
                            f"{account.name}: {statuses}")
        if account.key is not None and account.unknown != "key":
            accepted = found["state"] == "active" and not account.key_is_revoked
            answer = self._ask("GET", "/auth/verify", None, account.key["key"])
            test.assertEqual(answer.status, 200 if accepted else 401, account.name)

    def _log_in(self, name: str, password: str) -> Answer:
        return self._ask("POST", "/auth/login", {"username": name, "password": password})

    def _done(self, status: int, *request_words) -> Answer:
        answer = self._ask(*request_words)
        assert answer.status == status, f"{request_words}: {answer}"
        return answer

    def _ask(self, method: str, path: str, body: dict | None = None, token: str = "", headers: dict | None = None) -> Answer:
        given = {"Content-Type": "application/json"} if body else {}
        given |= ({"Authorization": f"Bearer {token}"} if token else {}) | (headers or {})
        self._connection.send(request(method, path, given, json.dumps(body) if body else b""))
        return self._connection.answer(method)


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-kill-")))
        self.clients = [Client(number) for number in range(CLIENTS)]
        self.threads = self.enterContext(concurrent.futures.ThreadPoolExecutor(CLIENTS))
        self.seed = random.randrange(1 << 32)

    def test_loses_no_change_that_was_acknowledged(self):
        print(f"seed {self.seed}", file=sys.stderr)
        chance = random.Random(self.seed)
        for _ in range(KILLS):
            server = cardea(self.folder, "--registration")
            server.start()
            try:
                self.work_until_killed(server, CHANGES + chance.randrange(CHANGES))
            finally:
                server.process.kill()
                self.assertEqual(server.process.wait(10), -signal.SIGKILL, server.log())
            self.check()
        self.assertTrue(any(account.unknown for client in self.clients for account in client.accounts),
                        "no kill came in the middle")

    def work_until_killed(self, server: Server, changes: int) -> None:
        lock, left = threading.Lock(), changes

        def acknowledged() -> None:
            nonlocal left
            with lock:
                left -= 1
                if left == 0:
                    server.process.kill()

        administrator = log_in(server.port, "alice", "alicepw")
        self.for_all_clients("work", server, administrator, acknowledged)

    def check(self) -> None:
        with cardea(self.folder, "--registration") as server:
            self.for_all_clients("check", self, server, log_in(server.port, "alice", "alicepw"))

    def for_all_clients(self, method: str, *words) -> None:
        for done in [self.threads.submit(getattr(client, method), *words) for client in self.clients]:
            done.result()


if __name__ == "__main__":
    unittest.main()
