#!/usr/bin/python3
"""A database file that is damaged, deleted, moved or replaced: at the start and while the server runs."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Answer, Connection, ask, tokens_of_login  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable, run_cardea  # noqa: E402
from sessions.session import Session, code_of, log_in, me, refresh  # noqa: E402

PAGE = 4096


class DatabaseFile(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-file-")))
        self.file = self.folder / "cardea.db"
        self.backup = self.folder / "backup.db"

    def log_in(self, server: Server, username: str = "bob") -> Session:
        return Session(tokens_of_login(server.port, username, username + "pw"))

    def make(self) -> Session:
        """A database, a copy of it, and a session that is in both."""
        with cardea(self.folder) as server:
            session = self.log_in(server)
            run_cardea(self.folder, "db", "backup", str(self.backup))
        return session

    def refused_start(self) -> str:
        command = [executable(), "serve", "--demo", "--listen", "127.0.0.1:0", "--database", f"sqlite:{self.file}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=self.folder, check=False,
                              env=clean_environment(self.folder))
        self.assertEqual(done.returncode, 1, done.stderr)
        return done.stderr

    def restore(self) -> None:
        """As docs/import.md has it."""
        for end in ("", "-wal", "-shm"):
            pathlib.Path(f"{self.file}{end}").unlink(missing_ok=True)
        shutil.copy(self.backup, self.file)

    def assert_serves(self, server: Server, session: Session) -> None:
        with Connection(server.port) as connection:
            self.assertEqual(me(connection, session.access).status, 200)
            answer = refresh(connection, session.refresh)
            self.assertEqual(answer.status, 200, answer.body)
            session.keep(answer.json())
        self.log_in(server, "alice")

    def assert_is(self, answer: Answer, status: int, code: str, path: str) -> None:
        self.assertEqual(complaints_about(answer, status, code, path), [])


class DamagedAtTheStart(DatabaseFile):
    DAMAGES = {
        "garbage from its first byte on": lambda bytes_: b"\xa5" * len(bytes_),
        "garbage in the header": lambda bytes_: bytes_[:20] + b"\xa5" * 80 + bytes_[100:],
        "half of it": lambda bytes_: bytes_[: len(bytes_) // 2],
        "less than a page": lambda bytes_: bytes_[:1000],
        "a text": lambda _: b"Dear Carol, all is well. " * 100,
    }

    def test_stops_it_and_says_what_to_do_and_a_backup_helps(self):
        session = self.make()
        whole = self.file.read_bytes()
        for name, damage in self.DAMAGES.items():
            with self.subTest(name):
                self.file.write_bytes(damage(whole))
                complaint = self.refused_start()
                self.assertRegex(complaint, f"error: database {self.file}: .*(malformed|not a database)")
                self.assertRegex(complaint, "hint: .*damaged.* backup")
        self.restore()
        with cardea(self.folder) as server:
            self.assert_serves(server, session)


class MissingAtTheStart(DatabaseFile):
    SET_UP = "the database was empty: it has been set up"

    def test_is_said_in_the_log_since_it_looks_like_a_first_start(self):
        with cardea(self.folder) as first:
            pass
        with cardea(self.folder) as second:
            pass
        self.file.unlink()
        with cardea(self.folder) as third:
            pass
        self.assertEqual([self.SET_UP in server.log() for server in (first, second, third)], [True, False, True])


class DamagedWhileItRuns(DatabaseFile):
    def test_is_500_and_in_the_log_and_a_backup_helps(self):
        session = self.make()
        with cardea(self.folder) as server, Connection(server.port) as connection:
            self.overwrite()
            answer = refresh(connection, session.refresh)
            self.assert_is(answer, 500, "internal_error", "/auth/refresh")
            self.assertRegex(server.log(), f"/auth/refresh: store_corrupt: database {self.file}: .*(malformed|not a database)")
            self.assert_is(log_in(connection, "bob", "bobpw"), 500, "internal_error", "/auth/login")
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
            server.process.kill()
            server.process.wait()
            server.process = None
        self.assertIn("damaged", self.refused_start())
        self.restore()
        with cardea(self.folder) as server:
            self.assert_serves(server, session)

    def overwrite(self) -> None:
        """In its place, as a disk does that fails."""
        for file in (self.file, pathlib.Path(f"{self.file}-wal")):
            with open(file, "r+b") as opened:
                opened.write(b"\xa5" * file.stat().st_size)


class GoneWhileItRuns(DatabaseFile):
    """What would be written goes with the process: so nothing is, and nobody is let in by what cannot be known."""

    def assert_refuses_everything(self, server: Server, session: Session) -> None:
        with Connection(server.port) as connection:
            self.assert_is(refresh(connection, session.refresh), 503, "service_unavailable", "/auth/refresh")
            self.assert_is(log_in(connection, "bob", "bobpw"), 503, "service_unavailable", "/auth/login")
            while (answer := me(connection, session.access)).status == 200:
                pass
            self.assert_is(answer, 503, "service_unavailable", "/me")
            self.assert_is(ask(server.port, "GET", "/readyz"), 503, "service_unavailable", "/readyz")
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
        self.assertIn("has been deleted, moved or replaced", server.log())

    def assert_serves_again(self, server: Server, session: Session) -> None:
        with Connection(server.port) as connection:
            while me(connection, session.access).status == 503:
                pass
        self.assert_serves(server, session)

    def test_as_when_it_is_moved_away_and_back(self):
        with cardea(self.folder) as server:
            session = self.log_in(server)
            self.file.rename(self.folder / "elsewhere.db")
            self.assert_refuses_everything(server, session)
            (self.folder / "elsewhere.db").rename(self.file)
            self.assert_serves_again(server, session)

    def test_as_when_all_of_it_is_deleted(self):
        self.make()
        with cardea(self.folder) as server:
            session = self.log_in(server)
            for end in ("", "-wal", "-shm"):
                pathlib.Path(f"{self.file}{end}").unlink()
            self.assert_refuses_everything(server, session)

    def test_as_when_a_backup_is_put_in_its_place_too_early(self):
        session = self.make()
        with cardea(self.folder) as server:
            later = self.log_in(server)
            self.restore()
            self.assert_refuses_everything(server, later)
        with cardea(self.folder) as server:
            self.assert_serves(server, session)
            with Connection(server.port) as connection:
                self.assertEqual(code_of(refresh(connection, later.refresh)), "refresh_token_invalid")

    def test_as_when_its_write_ahead_log_is_deleted(self):
        with cardea(self.folder) as server:
            session = self.log_in(server)
            pathlib.Path(f"{self.file}-wal").unlink()
            self.assert_refuses_everything(server, session)
        with cardea(self.folder) as server:
            self.assert_serves(server, session)


if __name__ == "__main__":
    unittest.main()
