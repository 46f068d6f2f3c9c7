#!/usr/bin/python3
"""kill -9 while changes are audited: the log is whole, and has every change that was acknowledged."""

import concurrent.futures
import json
import pathlib
import random
import signal
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, ask, log_in, request  # noqa: E402
from harness.server import cardea, run_cardea  # noqa: E402

KILLS = 3
CLIENTS = 4
CHANGES = 40  # until the server is killed, at the least


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-audit-kill-")))
        self.acknowledged: set[str] = set()

    def test_loses_no_change_that_was_acknowledged(self):
        for kill in range(1, KILLS + 1):
            server = cardea(self.folder)
            server.start()
            try:
                token = log_in(server.port, "alice", "alicepw")
                kill_at = CHANGES * kill + random.randrange(CHANGES)
                with concurrent.futures.ThreadPoolExecutor(CLIENTS) as threads:
                    for done in [threads.submit(self.work, server, token, kill_at) for _ in range(CLIENTS)]:
                        done.result()
            finally:
                server.process.kill()
                self.assertEqual(server.process.wait(10), -signal.SIGKILL, server.log())
            self.check()
        with cardea(self.folder):
            pass
        self.check()

    def work(self, server, token: str, kill_at: int) -> None:
        """Adds clients until the server is killed; refused tokens and denials in between."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            with Connection(server.port) as connection:
                while True:
                    connection.send(request("POST", "/admin/clients", headers, '{"name":"a client"}'))
                    answer = connection.answer("POST")
                    self.assertEqual(answer.status, 201, answer.body)
                    self.acknowledged.add(answer.json()["client_id"])
                    ask(server.port, "GET", "/me", {"Authorization": "Bearer nonsense"})
                    if len(self.acknowledged) >= kill_at:
                        server.process.kill()
        except (EOFError, OSError):
            return

    def check(self) -> None:
        report = json.loads(run_cardea(self.folder, "audit", "verify", "--json"))
        self.assertTrue(report["whole"], report)
        lines = run_cardea(self.folder, "audit", "export").splitlines()[1:-1]
        created = {row["subject"] for row in map(json.loads, lines) if row["event"] == "client_created"}
        self.assertEqual(self.acknowledged - created, set(), "acknowledged changes that are not in the log")


if __name__ == "__main__":
    unittest.main()
