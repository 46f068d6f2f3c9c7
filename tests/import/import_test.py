#!/usr/bin/python3
"""Users whose hashes passlib, Django and crypt have just made log in after an import; imports that end go on."""

import contextlib
import csv
import fcntl
import io
import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios
import unittest
import urllib.parse
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # passlib's use of crypt

import django.conf  # noqa: E402
import django.contrib.auth.hashers as django_hashers  # noqa: E402
import passlib.hash  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import ask  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable, run_cardea  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "Grüße-an-die-Türgöttin"
BATCH, BEFORE, ALL = 1000, 2500, 4000
BCRYPT = "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K"


def passlib_hashes() -> dict[str, str]:
    schemes = {
        "bcrypt": passlib.hash.bcrypt.using(rounds=4),
        "bcrypt-sha256": passlib.hash.bcrypt_sha256.using(rounds=4),
        "scrypt": passlib.hash.scrypt.using(rounds=8),
        "pbkdf2-sha1": passlib.hash.pbkdf2_sha1.using(rounds=1000),
        "pbkdf2-sha256": passlib.hash.pbkdf2_sha256,
        "pbkdf2-sha512": passlib.hash.pbkdf2_sha512.using(rounds=1000),
        "sha512-crypt": passlib.hash.sha512_crypt,
        "argon2": passlib.hash.argon2.using(parallelism=4, memory_cost=8192),
    }
    hashes = {f"passlib-{name}": scheme.hash(PASSWORD) for name, scheme in schemes.items()}
    eight_lanes = passlib.hash.argon2.using(parallelism=8).hash(PASSWORD)
    return hashes | {"passlib-argon2-in-djangos-notation": "argon2" + eight_lanes}


def django_hashes() -> dict[str, str]:
    names = ("PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt")
    known = [f"{name}PasswordHasher" for name in names if hasattr(django_hashers, f"{name}PasswordHasher")]
    django.conf.settings.configure(PASSWORD_HASHERS=[f"{django_hashers.__name__}.{name}" for name in known])
    hashers = [getattr(django_hashers, name)() for name in known]
    return {f"django-{hasher.algorithm}": django_hashers.make_password(PASSWORD, hasher=hasher) for hasher in hashers}


def status_of_login(server: Server, username: str, password: str) -> int:
    form = urllib.parse.urlencode({"username": username, "password": password})
    return ask(server.port, "POST", "/auth/login", FORM, form).status


def unread(pipe: io.BufferedWriter) -> int:
    """The bytes in a pipe that its reader has not taken yet."""
    taken = fcntl.ioctl(pipe, termios.FIONREAD, bytes(4))
    return int.from_bytes(taken, sys.byteorder)


def csv_of(rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("username", "password_hash"))
    writer.writerows(rows)
    return text.getvalue()


class Import(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-import-")))
        self.file = self.folder / "users.csv"

    def stored(self) -> dict[str, str]:
        database = sqlite3.connect(self.folder / "cardea.db")
        try:
            return dict(database.execute("SELECT username, password_hash FROM users"))
        finally:
            database.close()

    def test_lets_the_users_of_other_programs_in_and_renews_their_hashes(self):
        hashes = passlib_hashes() | django_hashes()
        with cardea(self.folder, demo=False) as server:  # it is running before anyone is there
            self.file.write_text(csv_of(hashes.items()))
            run_cardea(self.folder, "user", "import", str(self.file))
            self.assertEqual(self.stored(), hashes)
            for username in hashes:
                self.assertEqual(status_of_login(server, username, "wrong-" + PASSWORD), 401, username)
                self.assertEqual(status_of_login(server, username, PASSWORD), 200, username)
            for username, renewed in self.stored().items():
                self.assertRegex(renewed, r"^\$argon2id\$v=19\$m=19456,t=2,p=1\$", username)
                self.assertEqual(status_of_login(server, username, PASSWORD), 200, username)

    def begin(self) -> subprocess.Popen:
        """An import of BEFORE users from a pipe, which waits for more when two batches of them are stored."""
        run_cardea(self.folder, "db", "migrate")
        command = [executable(), "user", "import", "-", "--format", "csv", "--json", "--report", "refused.csv"]
        importing = subprocess.Popen(
            command, cwd=self.folder, env=clean_environment(self.folder), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        self.addCleanup(importing.communicate)
        self.addCleanup(importing.kill)
        importing.stdin.write(csv_of((f"user{i}", BCRYPT) for i in range(BEFORE)).encode())
        importing.stdin.flush()
        while len(self.stored()) < 2 * BATCH:
            self.assertIsNone(importing.poll(), "it has ended by itself")
        return importing

    def finish(self) -> dict:
        """The same again, and the users behind."""
        self.file.write_text(csv_of((f"user{i}", BCRYPT) for i in range(ALL)))
        counts = json.loads(run_cardea(self.folder, "user", "import", str(self.file), "--json"))
        self.assertEqual(self.stored(), {f"user{i}": BCRYPT for i in range(ALL)})
        return counts

    def test_goes_on_after_a_kill_without_doubles(self):
        importing = self.begin()
        importing.kill()
        self.assertEqual(importing.wait(30), -signal.SIGKILL)
        self.assertEqual(len(self.stored()), 2 * BATCH, "whole batches")
        self.assertFalse((self.folder / "refused.csv").exists(), "a report is whole or not there")
        counts = self.finish()
        self.assertEqual((counts["added"], counts["already_there"], counts["refused"]), (ALL - 2 * BATCH, 2 * BATCH, 0))

    def test_stores_what_it_has_read_when_it_is_interrupted(self):
        importing = self.begin()
        while unread(importing.stdin) > 0:  # then all but a buffer of it is read: more than two batches
            self.assertIsNone(importing.poll(), "it has ended by itself")
        importing.send_signal(signal.SIGINT)
        with contextlib.suppress(BrokenPipeError):
            while importing.poll() is None:  # lines of a user who is there, until the signal has come through
                importing.stdin.write(f"user0,{BCRYPT}\r\n".encode())
                importing.stdin.flush()
        out, err = importing.communicate(timeout=60)
        counts = json.loads(out)
        self.assertEqual((importing.returncode, counts["interrupted"]), (1, True), err)
        self.assertIn(b"hint: the same command goes on", err)
        added = counts["added"]
        self.assertEqual(len(self.stored()), added)
        self.assertIn(added, range(2 * BATCH + 1, BEFORE + 1), "the part of a batch, too")
        counts = self.finish()
        self.assertEqual((counts["added"], counts["already_there"], counts["refused"]), (ALL - added, added, 0))


if __name__ == "__main__":
    unittest.main(verbosity=2)
