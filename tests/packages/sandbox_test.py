#!/usr/bin/python3
"""What the packaged unit hides from the server, which tests/packages/boot_debian does with a real systemd."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from faults.own_mounts import hidden, run_with_own_mounts  # noqa: E402
from harness.http import ask, log_in  # noqa: E402
from harness.server import cardea, run_cardea  # noqa: E402

UNIT = HERE.parent.parent / "packaging/systemd/cardea.service"


class AProcOfProcessesAlone(unittest.TestCase):
    """ProcSubset=pid."""

    def setUp(self):
        self.assertIn("\nProcSubset=pid\n", UNIT.read_text())
        others = [entry for entry in pathlib.Path("/proc").iterdir() if not (entry.name.isdigit() or entry.is_symlink())]
        self.enterContext(hidden(*others))
        self.assertEqual(pathlib.Path("/proc/stat").read_text(), "")
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-sandbox-")))

    def test_is_enough_to_start_and_to_serve(self):
        with cardea(self.folder) as server:
            token = log_in(server.port, "alice", "alicepw")
            self.assertEqual(ask(server.port, "GET", "/me", {"Authorization": f"Bearer {token}"}).status, 200)
            self.assertEqual(ask(server.port, "GET", "/readyz").status, 200)

    def test_is_enough_to_measure_the_process(self):
        with cardea(self.folder, "--metrics", "open") as server:
            text = ask(server.port, "GET", "/metrics").body.decode()
        for name in ("process_start_time_seconds", "process_resident_memory_bytes"):
            self.assertRegex(text, rf"(?m)^{name} [1-9]")

    def test_is_enough_for_the_command_line(self):
        run_cardea(self.folder, "user", "add", "carol", standard_input="violet harbour ninety-one\n")
        self.assertIn("carol", run_cardea(self.folder, "user", "list"))


if __name__ == "__main__":
    run_with_own_mounts()
    unittest.main()
