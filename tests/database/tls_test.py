#!/usr/bin/python3
"""PostgreSQL over TLS: what is asked for in the URL holds, and a server that cannot show who it is gets nothing."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.postgresql import private_cluster, server_user  # noqa: E402
from harness.server import clean_environment, executable  # noqa: E402


def make_certificate(folder: pathlib.Path, name: str) -> None:
    """Of 127.0.0.1, signed by itself, so that it is its own root."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=database", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / f"{name}.key",
                    "-out", folder / f"{name}.pem"], check=True, capture_output=True)


class Tls(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-tls-")))
        for name in ("ours", "other"):
            make_certificate(self.folder, name)
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o711)
            for name in ("ours.key", "ours.pem"):
                os.chown(self.folder / name, server_user().pw_uid, server_user().pw_gid)
        os.chmod(self.folder / "ours.key", 0o600)

    def cluster(self, *settings: str):
        cluster = self.enterContext(private_cluster(*settings))
        cluster.create_database("accounts")
        return cluster

    def cluster_with_tls(self):
        return self.cluster("ssl=on", f"ssl_cert_file={self.folder}/ours.pem", f"ssl_key_file={self.folder}/ours.key")

    def migrate(self, url: str) -> subprocess.CompletedProcess:
        return subprocess.run([executable(), "db", "migrate"], capture_output=True, text=True, timeout=60, check=False,
                              cwd=self.folder, env=clean_environment(self.folder, CARDEA_DATABASE=url))

    def assert_refused(self, done: subprocess.CompletedProcess) -> None:
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertTrue(done.stderr.startswith("error: "), done.stderr)
        self.assertNotIn("p%40ss", done.stderr)
        self.assertNotIn("p@ss", done.stderr)

    def test_is_used_and_the_server_proves_who_it_is(self):
        cluster = self.cluster_with_tls()
        done = self.migrate(cluster.url("accounts", sslmode="verify-full", sslrootcert=f"{self.folder}/ours.pem"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_refuses_a_server_that_the_root_certificate_does_not_know(self):
        cluster = self.cluster_with_tls()
        self.assert_refused(self.migrate(cluster.url("accounts", sslmode="verify-full",
                                                     sslrootcert=f"{self.folder}/other.pem")))

    def test_refuses_a_server_without_it_where_it_is_required(self):
        cluster = self.cluster()
        self.assert_refused(self.migrate(cluster.url("accounts", sslmode="require")))


if __name__ == "__main__":
    unittest.main()
