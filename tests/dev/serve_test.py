"""The README's first command: `./dev serve` starts the demo server, and leaves nothing behind."""

import pathlib
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests"))

from harness.http import ask, log_in  # noqa: E402
from harness.server import Server, free_port  # noqa: E402


class DevServe(unittest.TestCase):
    def test_serves_the_demo_users_from_a_fresh_file_that_goes_with_it(self):
        port = free_port()
        command = [str(PROJECT / "dev"), "serve", "--listen", f"127.0.0.1:{port}"]
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as temporary:
            with Server(command, port, folder, TMPDIR=temporary) as server:
                token = log_in(port, "alice", "alicepw")
                self.assertEqual(ask(port, "GET", "/me", {"Authorization": f"Bearer {token}"}).status, 200)
                self.assertEqual(len(list(pathlib.Path(temporary).glob("*/cardea.db"))), 1)
            self.assertEqual(list(pathlib.Path(temporary).iterdir()), [])
            said = server.log()
        for words in (f"http://127.0.0.1:{port}/docs", "alice / alicepw", "bob / bobpw"):
            self.assertIn(words, said)


if __name__ == "__main__":
    unittest.main()
