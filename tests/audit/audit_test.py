#!/usr/bin/python3
"""The audit log of a real server: whole as it was written, by Cardea's word and by Python's; altered, and found out."""

import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, ask, log_in, request  # noqa: E402
from harness.server import REPOSITORY, cardea, clean_environment, executable, run_cardea  # noqa: E402

VERIFIER = str(REPOSITORY / "tools/verify_audit_export.py")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FAILURES = 5_000


class AuditLog(unittest.TestCase):
    """One log for all tests: a server and commands have written it at the same time."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-audit-")))
        with cardea(cls.folder) as server:
            for number in range(5):
                run_cardea(cls.folder, "user", "add", f"user-{number}", standard_input="a-long-enough-passphrase\n")
                cls.token = log_in(server.port, "alice", "alicepw")
            with Connection(server.port) as connection:
                for _ in range(FAILURES):
                    connection.send(request("GET", "/me", {"Authorization": "Bearer nonsense"}))
                    assert connection.answer().status == 401
            ask(server.port, "POST", "/auth/login", FORM, "username=a%0Ab%22%C3%A9&password=x")
            page = ask(server.port, "GET", "/admin/audit?event=token_refused", {"Authorization": f"Bearer {cls.token}"})
            cls.served = page.json()["items"]

    def verify(self, folder, *words: str) -> subprocess.CompletedProcess:
        command = [executable(), "audit", "verify", "--database", f"sqlite:{folder}/cardea.db", *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=clean_environment(folder))

    def verify_export(self, export: str, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([VERIFIER, *words], input=export, capture_output=True, text=True)

    def rows(self) -> list[dict]:
        return [json.loads(line) for line in run_cardea(self.folder, "audit", "export").splitlines()][1:-1]

    def copy(self) -> pathlib.Path:
        """Of the database and its key, to be altered."""
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-altered-")))
        for file in self.folder.glob("cardea.*"):
            shutil.copy(file, folder)
        return folder

    def altered(self, *statements: str) -> str:
        """What verify says of a copy in which these have been run, as by somebody who has the file."""
        folder = self.copy()
        with sqlite3.connect(folder / "cardea.db") as database:
            database.execute("DROP TRIGGER audit_events_stay")
            database.execute("DROP TRIGGER audit_events_stay_as_they_are")
            for statement in statements:
                database.execute(statement)
        database.close()
        done = self.verify(folder)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertNotEqual(self.verify_export(run_cardea(folder, "audit", "export"), self.key()).returncode, 0)
        return done.stderr.removeprefix("error: the audit log is not whole: ").strip()

    def key(self) -> str:
        return json.loads(self.verify(self.folder, "--json").stdout)["signer"]

    def test_is_whole(self):
        done = self.verify(self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(self.verify(self.folder, "--json").stdout)
        self.assertEqual((report["whole"], report["unsigned_rows"], report["flaw"]), (True, 0, None))
        self.assertEqual(report["rows"], len(self.rows()))

    def test_is_verified_without_cardea(self):
        done = self.verify_export(run_cardea(self.folder, "audit", "export"), self.key())
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_has_the_events_of_the_server_and_of_commands(self):
        rows = self.rows()
        created = [row for row in rows if row["event"] == "user_created"]
        self.assertEqual([row["address"] for row in created], ["command line"] * 5)
        self.assertEqual(sum(row["event"] == "login_succeeded" for row in rows), 5)
        self.assertIn("a\nb\"é", [row["subject"] for row in rows])

    def test_makes_few_rows_of_many_failures(self):
        refused = [row for row in self.rows() if row["event"] == "token_refused"]
        self.assertEqual(sum(row["count"] for row in refused), FAILURES)
        self.assertLess(len(refused), 10)
        self.assertEqual(self.served[-1]["sequence"], refused[0]["sequence"])

    def test_shows_a_changed_row(self):
        self.assertEqual(self.altered("UPDATE audit_events SET subject = 'x' WHERE sequence = 3"), "row 3 was changed")
        self.assertEqual(self.altered("UPDATE audit_events SET first_at = 0 WHERE sequence = 4"), "row 4 was changed")

    def test_shows_a_removed_row(self):
        self.assertEqual(self.altered("DELETE FROM audit_events WHERE sequence = 3"), "row 3 is missing")
        self.assertEqual(self.altered("DELETE FROM audit_events WHERE sequence < 4"), "rows 1 to 3 are missing")

    def test_shows_rows_that_have_changed_places(self):
        sentence = self.altered(
            "UPDATE audit_events SET sequence = 0 WHERE sequence = 3",
            "UPDATE audit_events SET sequence = 3 WHERE sequence = 6",
            "UPDATE audit_events SET sequence = 6 WHERE sequence = 0",
        )
        self.assertTrue(sentence.startswith("row 3 was written as row 6"), sentence)

    def test_shows_a_tail_that_was_cut_off(self):
        last = len(self.rows())
        head = f"(SELECT hash FROM audit_events WHERE sequence = {last - 2})"
        sentence = self.altered(
            f"DELETE FROM audit_events WHERE sequence > {last - 2}",
            f"UPDATE audit_marks SET sequence = {last - 2}, hash = {head} WHERE name = 'head'",
        )
        self.assertTrue(sentence.startswith(f"rows {last - 1} to {last} are missing at the end"), sentence)

    def test_shows_an_older_copy_by_a_checkpoint_that_was_kept(self):
        older, newer = self.copy(), self.copy()
        with cardea(newer) as server:
            log_in(server.port, "bob", "bobpw")
        checkpoint = newer / "checkpoint.json"
        checkpoint.write_text(run_cardea(newer, "audit", "export").splitlines()[-1])
        self.assertEqual(self.verify(newer, "--checkpoint", str(checkpoint)).returncode, 0)
        self.assertEqual(self.verify(older).returncode, 0)
        done = self.verify(older, "--checkpoint", str(checkpoint))
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing at the end: the kept checkpoint of", done.stderr)

    def test_shows_a_log_that_was_signed_by_another_master_key(self):
        folder = self.copy()
        (folder / "cardea.master-key").write_text("A" * 43 + "\n")
        done = self.verify(folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("signed under another master key", done.stderr)


if __name__ == "__main__":
    unittest.main()
