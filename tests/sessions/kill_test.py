#!/usr/bin/python3
"""kill -9 in the middle of refreshes, logins and logouts: nothing that was acknowledged is lost."""

import concurrent.futures
import itertools
import pathlib
import random
import signal
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection  # noqa: E402
from harness.server import Server, cardea  # noqa: E402
from sessions.ledger import Client  # noqa: E402
from sessions.session import exchanged  # noqa: E402

CLIENTS = 40
SESSIONS_EACH = 5
REFRESHES = 10_000
KILLS = 5


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-kill-")))
        self.seed = random.randrange(1 << 32)
        chance = random.Random(self.seed)
        self.clients = [Client("bob", SESSIONS_EACH, random.Random(chance.random())) for _ in range(CLIENTS)]
        self.threads = self.enterContext(concurrent.futures.ThreadPoolExecutor(CLIENTS))
        share = REFRESHES // KILLS
        self.kills = [share * turn + chance.randrange(share // 4, share) for turn in range(KILLS - 1)] + [REFRESHES]
        self.refreshes = itertools.count(1)
        self.unanswered = 0

    def test_loses_nothing_that_was_acknowledged(self):
        print(f"seed {self.seed}", file=sys.stderr)
        for kill_at in self.kills:
            server = cardea(self.folder)
            server.start()
            try:
                self.check(server)
                self.work_until_killed(server, kill_at)
            finally:
                server.process.kill()
                self.assertEqual(server.process.wait(10), -signal.SIGKILL, server.log())
        with cardea(self.folder) as server:
            self.check(server)
        self.assertGreater(self.unanswered, 0, "no kill came in the middle")

    def work_until_killed(self, server: Server, kill_at: int) -> None:
        def refreshed() -> None:
            if next(self.refreshes) == kill_at:
                server.process.kill()

        self.for_all_clients("work", server.port, refreshed)
        self.unanswered += sum(client.is_unanswered for client in self.clients)
        self.assertEqual(server.process.wait(10), -signal.SIGKILL, server.log())

    def check(self, server: Server) -> None:
        self.for_all_clients("check", server.port)
        living = {session.id for client in self.clients for session in client.living}
        ended = {session.id for client in self.clients for session in client.ended}
        listed = self.listed(server)
        self.assertEqual(living - listed, set(), "acknowledged logins that were lost")
        self.assertEqual(ended & listed, set(), "acknowledged logouts that were lost")
        unanswered_logins = sum(client.unanswered_logins for client in self.clients)
        self.assertLessEqual(len(listed - living), unanswered_logins, "sessions that nobody has asked for")

    def listed(self, server: Server) -> set[str]:
        token = next((session.access for client in self.clients for session in client.living), None)
        if token is None:
            return set()
        with Connection(server.port) as connection:
            answer = exchanged(connection, "GET", "/auth/sessions", token)
        self.assertEqual(answer.status, 200, answer.body)
        return {each["id"] for each in answer.json()["items"]}

    def for_all_clients(self, method: str, *words) -> None:
        for done in [self.threads.submit(getattr(client, method), *words) for client in self.clients]:
            done.result()


if __name__ == "__main__":
    unittest.main()
