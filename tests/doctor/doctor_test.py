#!/usr/bin/python3
"""`cardea doctor` at a PostgreSQL of its own: what it finds there, and that it leaves everything as it is."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.postgresql import private_cluster  # noqa: E402
from harness.server import clean_environment, executable  # noqa: E402


class Doctor(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-doctor-")))

    def url(self, *settings: str) -> str:
        cluster = self.enterContext(private_cluster(*settings))
        cluster.create_database("accounts")
        return cluster.url("accounts")

    def cardea(self, url: str, *words: str, standard_input: str = "") -> subprocess.CompletedProcess:
        environment = clean_environment(self.folder, CARDEA_DATABASE=url)
        return subprocess.run([executable(), *words], input=standard_input, capture_output=True, text=True, timeout=60,
                              check=False, cwd=self.folder, env=environment)

    def found(self, url: str, status: int = 0) -> dict[str, dict]:
        done = self.cardea(url, "doctor", "--json")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return {finding["check"]: finding for finding in json.loads(done.stdout)}

    def test_a_new_database_stays_empty(self):
        url = self.url()
        for _ in range(2):
            found = self.found(url)
            self.assertEqual(found["schema"]["verdict"], "warning")
            self.assertIn("cardea db migrate", found["schema"]["advice"])
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_database_in_use_is_well_and_left_as_it_is(self):
        url = self.url()
        added = self.cardea(url, "user", "add", "alice", "--role", "admin", standard_input="a long enough password\n")
        self.assertEqual(added.returncode, 0, added.stderr)
        issued = self.cardea(url, "token", "issue", "--user", "alice")
        self.assertEqual(issued.returncode, 0, issued.stderr)
        before = sorted(path.name for path in self.folder.iterdir())
        exported = self.cardea(url, "audit", "export").stdout
        found = self.found(url)
        for check in ("database", "database TLS", "durability", "notices", "schema", "master key", "administrators"):
            self.assertEqual(found[check]["verdict"], "ok", found[check])
        self.assertTrue(found["signing key"]["what"].startswith("HS256 "), found["signing key"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)
        self.assertEqual(self.cardea(url, "audit", "export").stdout, exported)

    def test_settings_that_lose_what_was_answered_are_warnings(self):
        url = self.url("fsync=off")
        self.assertEqual(self.cardea(url, "db", "migrate").returncode, 0)
        self.assertEqual(self.found(url)["durability"]["verdict"], "warning")

    def test_a_server_that_is_not_there_is_a_problem_without_the_password(self):
        done = self.cardea("postgresql://cardea:hunter2@127.0.0.1:1/accounts", "doctor")
        self.assertEqual(done.returncode, 1)
        self.assertIn("problem", done.stdout)
        self.assertNotIn("hunter2", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
