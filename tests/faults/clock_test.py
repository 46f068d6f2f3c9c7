#!/usr/bin/python3
"""What else depends on the wall clock, while that is set forward and back. For sessions: ../sessions/clock_test.py."""

import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, ask, log_in  # noqa: E402
from harness.server import run_cardea  # noqa: E402
from sessions import clock_test  # noqa: E402

HOUR = 60 * 60


class Steps(clock_test.Clock):
    """An hour forward, and two back."""

    def at_each_step(self):
        for seconds in (0, HOUR, -HOUR, 1):
            self.set_clock(seconds)
            yield

    def test_leave_every_change_and_the_audit_log_whole(self):
        made = set()
        for _ in self.at_each_step():
            answer = self.make_client(log_in(self.server.port, "alice", "alicepw"))
            self.assertEqual(answer.status, 201, answer.body)
            made.add(answer.json()["client_id"])
        self.assertTrue(json.loads(run_cardea(self.folder, "audit", "verify", "--json"))["whole"])
        lines = run_cardea(self.folder, "audit", "export").splitlines()[1:-1]
        created = {row["subject"] for row in map(json.loads, lines) if row["event"] == "client_created"}
        self.assertEqual(created, made)

    def make_client(self, token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return ask(self.server.port, "POST", "/admin/clients", headers, '{"name":"a client"}')

    def test_keep_nobody_out_who_knows_the_password(self):
        for _ in self.at_each_step():
            log_in(self.server.port, "bob", "bobpw")
            self.assertEqual(ask(self.server.port, "GET", "/readyz").status, 200)


if __name__ == "__main__":
    unittest.main()
