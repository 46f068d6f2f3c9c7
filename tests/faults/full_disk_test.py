#!/usr/bin/python3
"""A disk that becomes full, one that cannot be written to, and a file that may grow no more."""

import concurrent.futures
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from faults.own_mounts import SmallDisk, read_only, run_with_own_mounts  # noqa: E402
from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Answer, Connection, ask, tokens_of_login  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable  # noqa: E402
from sessions.session import Session, log_out, me, refresh  # noqa: E402


class Disk(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-disk-")))
        self.logs = self.folder / "logs"
        self.logs.mkdir()
        self.database = self.folder / "data"

    def small_disk(self, mib: int = 4) -> SmallDisk:
        return self.enterContext(SmallDisk(self.database, mib))

    def server(self) -> Server:
        """Its log is on another disk."""
        return cardea(self.logs, database=f"sqlite:{self.database}/cardea.db")

    def refused_start(self, *prefix: str) -> subprocess.CompletedProcess:
        command = [*prefix, executable(), "serve", "--demo", "--listen", "127.0.0.1:0"]
        command += ["--database", f"sqlite:{self.database}/cardea.db"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=self.logs, check=False,
                              env=clean_environment(self.logs))
        self.assertIn(done.returncode, (1, 2), done.stderr)
        return done

    def log_in(self, server: Server, username: str = "bob") -> Session:
        return Session(tokens_of_login(server.port, username, username + "pw"))

    def assert_unavailable(self, answer: Answer, path: str) -> None:
        self.assertEqual(complaints_about(answer, 503, "service_unavailable", path), [])

    def assert_refreshes(self, server: Server, session: Session) -> None:
        with Connection(server.port) as connection:
            answer = refresh(connection, session.refresh)
            self.assertEqual(answer.status, 200, answer.body)
            session.keep(answer.json())
            self.assertEqual(me(connection, session.access).status, 200)


class AFullDisk(Disk):
    CLIENTS = 6

    def test_refuses_changes_serves_what_needs_none_and_goes_on_when_there_is_room(self):
        disk = self.small_disk()
        with self.server() as server, Connection(server.port) as connection:
            session, ended = self.log_in(server), self.log_in(server)
            self.assertEqual(log_out(connection, ended.access).status, 204)
            disk.fill()
            while (answer := refresh(connection, session.refresh)).status == 200:  # what had been set aside is used up
                session.keep(answer.json())
            self.assert_unavailable(answer, "/auth/refresh")
            self.assert_unavailable(log_out(connection, session.access), "/auth/logout")
            self.assertEqual(me(connection, session.access).status, 200)
            self.assertEqual(me(connection, ended.access).status, 401)
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
            self.assertRegex(server.log(), r"/auth/refresh: store_unavailable: .*disk is full")
            disk.make_room()
            self.assert_refreshes(server, session)
            self.assertEqual(me(connection, ended.access).status, 401)

    def test_under_load_and_a_kill_lose_nothing_that_was_acknowledged(self):
        disk = self.small_disk()
        server = self.server()
        server.start()
        sessions = [self.log_in(server) for _ in range(self.CLIENTS)]
        at_work = threading.Barrier(self.CLIENTS + 1)
        with concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as threads:
            going = [threads.submit(self.refresh_until_refused, server, each, at_work) for each in sessions]
            at_work.wait(30)
            disk.fill()
            for each in going:
                each.result()
        server.process.kill()
        self.assertEqual(server.process.wait(10), -signal.SIGKILL)
        disk.make_room()
        with self.server() as server:
            for session in sessions:
                self.assert_refreshes(server, session)

    def refresh_until_refused(self, server: Server, session: Session, at_work: threading.Barrier) -> None:
        with Connection(server.port) as connection:
            at_work.wait(30)
            while (answer := refresh(connection, session.refresh)).status == 200:
                session.keep(answer.json())
            self.assert_unavailable(answer, "/auth/refresh")

    def test_stops_the_first_start_which_succeeds_when_there_is_room(self):
        disk = self.small_disk()
        disk.fill()
        done = self.refused_start()
        self.assertRegex(done.stderr, "error: .*(No space left on device|disk is full)")
        disk.make_room()
        with self.server() as server:
            self.log_in(server)

    def test_at_a_later_start_is_told_and_does_no_harm(self):
        disk = self.small_disk()
        with self.server() as server:
            session = self.log_in(server)
        disk.fill()
        done = self.refused_start()
        self.assertRegex(done.stderr, "error: .*(No space left on device|disk is full)")
        disk.make_room()
        with self.server() as server:
            self.assert_refreshes(server, session)


class ADiskToReadOnly(Disk):
    def test_stops_the_start_and_says_so(self):
        with cardea(self.folder) as server:
            session = self.log_in(server)
        self.database.mkdir()
        for name in ("cardea.db", "cardea.master-key"):
            (self.folder / name).rename(self.database / name)
        with read_only(self.database):
            done = self.refused_start()
        self.assertIn(f"cannot open {self.database}/cardea.db: Read-only file system", done.stderr)
        with self.server() as server:
            self.assert_refreshes(server, session)

    def test_file_that_may_not_be_written_stops_the_start_and_says_so(self):
        self.database.mkdir()
        with self.server() as server:
            session = self.log_in(server)
        file = self.database / "cardea.db"
        file.chmod(0o400)
        done = self.refused_start("setpriv", "--bounding-set=-all", "--inh-caps=-all")  # root, too, is bound by it then
        self.assertIn(f"cannot open {file}: Permission denied", done.stderr)
        file.chmod(0o600)
        with self.server() as server:
            self.assert_refreshes(server, session)


class AFileThatMayGrowNoMore(Disk):
    """RLIMIT_FSIZE: every write fails, that to the log included, and comes with SIGXFSZ."""

    def test_is_503_and_the_server_goes_on(self):
        self.database.mkdir()
        with self.server() as server, Connection(server.port) as connection:
            session = self.log_in(server)
            before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            self.assert_unavailable(refresh(connection, session.refresh), "/auth/refresh")
            self.assertEqual(me(connection, session.access).status, 200)
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)
            self.assert_refreshes(server, session)
            self.assertEqual(log_out(connection, session.access).status, 204)
            self.assertIn('"session_ended"', server.log(), "the log goes on, too")


if __name__ == "__main__":
    run_with_own_mounts()
    unittest.main()
