#!/usr/bin/python3
"""A copy of the database while a server and an import write to it: whole, and for its owner only."""

import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import log_in  # noqa: E402
from harness.server import cardea, clean_environment, executable, run_cardea  # noqa: E402

BCRYPT = "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K"


class Backup(unittest.TestCase):
    def test_has_all_sessions_and_whole_batches_of_an_import(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-backup-")))
        rows = "".join(f"user{i},{BCRYPT}\n" for i in range(3000))
        (folder / "users.csv").write_text("username,password_hash\n" + rows)
        with cardea(folder) as server:
            log_in(server.port, "alice", "alicepw")
            importing = subprocess.Popen(
                [executable(), "user", "import", "users.csv"], cwd=folder, env=clean_environment(folder),
                stdout=subprocess.DEVNULL,
            )
            run_cardea(folder, "db", "backup", "copy.db")
            self.assertEqual(importing.wait(60), 0)
        copy = sqlite3.connect(folder / "copy.db")
        self.addCleanup(copy.close)
        self.assertEqual(copy.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(copy.execute("SELECT count(*) FROM sessions").fetchone(), (1,))
        self.assertEqual(copy.execute("SELECT count(*) FROM users WHERE username = 'alice'").fetchone(), (1,))
        self.assertEqual(copy.execute("SELECT count(*) % 1000 FROM users WHERE username LIKE 'user%'").fetchone(), (0,))
        self.assertEqual((folder / "copy.db").stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main(verbosity=2)
