#!/usr/bin/python3
"""`cardea serve` by TLS, as curl, OpenSSL's client and Python's see it."""

import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.server import clean_environment, executable  # noqa: E402
from network.servers import TlsServer, command, line_in_log, make_certificate  # noqa: E402


def certificate_of(connection: ssl.SSLSocket) -> bytes:
    return connection.getpeercert(binary_form=True)


class Tls(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-tls-")))
        make_certificate(self.folder, "server")

    def curl(self, server: TlsServer, path: str, *options: str) -> subprocess.CompletedProcess:
        return subprocess.run(["curl", "-sS", "--max-time", "20", "--cacert", server.certificate, *options, server.url + path],
                              capture_output=True, text=True, check=False, cwd=self.folder)

    def openssl(self, server: TlsServer, *options: str, said: str = "") -> subprocess.CompletedProcess:
        return subprocess.run(["openssl", "s_client", "-connect", f"localhost:{server.port}", "-CAfile", server.certificate,
                               "-verify_return_error", *options], input=said, capture_output=True, text=True, check=False,
                              timeout=20, cwd=self.folder)

    def test_serves_logins_and_pages_to_curl(self):
        with TlsServer(self.folder) as server:
            login = self.curl(server, "/auth/login", "-d", "username=alice&password=alicepw")
            self.assertIn('"access_token"', login.stdout, login.stderr)
            for version in ("1.2", "1.3"):
                seen = self.curl(server, "/healthz", "--tlsv" + version, "--tls-max", version, "-w", "%{http_version}")
                self.assertTrue(seen.stdout.endswith("1.1"), seen.stdout + seen.stderr)
            self.assertIn(f"listens on https://127.0.0.1:{server.port}", server.log())

    def test_speaks_http_1_1_to_a_client_that_could_more(self):
        with TlsServer(self.folder) as server:
            self.assertEqual(self.curl(server, "/healthz", "--http2", "-o", "/dev/null", "-w", "%{http_version}").stdout, "1.1")
            self.assertIn("ALPN protocol: http/1.1", self.openssl(server, "-alpn", "h2,http/1.1").stdout)
            self.assertIn("no application protocol", self.openssl(server, "-alpn", "h2").stderr)

    def test_refuses_old_versions(self):
        with TlsServer(self.folder) as server:
            for option in ("-tls1", "-tls1_1"):
                refused = self.openssl(server, option, "-cipher", "ALL:@SECLEVEL=0")
                self.assertNotEqual(refused.returncode, 0, refused.stdout)
                self.assertIn("alert protocol version", refused.stderr)

    def test_resumes_sessions(self):
        asked = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        with TlsServer(self.folder) as server:
            for version in ("-tls1_2", "-tls1_3"):
                first = self.openssl(server, version, "-ign_eof", "-sess_out", "session.pem", said=asked)
                self.assertIn("200 OK", first.stdout, first.stderr)
                again = self.openssl(server, version, "-ign_eof", "-sess_in", "session.pem", said=asked)
                self.assertIn("Reused, TLSv1", again.stdout, again.stderr)

    def test_reads_a_renewed_certificate_on_sighup_and_drops_no_connection(self):
        with TlsServer(self.folder) as server:
            before = server.connect()
            old = certificate_of(before)
            make_certificate(self.folder, "server")
            server.process.send_signal(signal.SIGHUP)
            line_in_log(server, "the certificate was read again")
            with server.connect() as after:
                self.assertNotEqual(certificate_of(after), old)
            before.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertTrue(before.recv(100).startswith(b"HTTP/1.1 200"))
            before.close()

    def test_keeps_its_certificate_when_the_new_one_cannot_be_used(self):
        with TlsServer(self.folder) as server:
            trusted = ssl.create_default_context(cafile=server.certificate)
            server.certificate.write_text("no certificate")
            server.process.send_signal(signal.SIGHUP)
            line_in_log(server, "the certificate stays as it was: .*cannot be read")
            server.connect(trusted).close()

    def serve(self, *options: str) -> subprocess.CompletedProcess:
        return subprocess.run(command(self.folder, "127.0.0.1:0", *options), capture_output=True, text=True, timeout=30,
                              check=False, cwd=self.folder, env=clean_environment(self.folder))

    def test_does_not_start_with_files_that_do_not_fit(self):
        make_certificate(self.folder, "other")
        (self.folder / "open.key").write_bytes((self.folder / "server.key").read_bytes())
        (self.folder / "open.key").chmod(0o644)
        for certificate, key, reason in (("server.pem", "other.key", "the key is not that of the certificate"),
                                         ("server.key", "server.key", "the certificate cannot be read"),
                                         ("server.pem", "open.key", "run chmod 600"),
                                         ("nowhere.pem", "server.key", "nowhere.pem: cannot be opened")):
            done = self.serve("--tls-certificate", certificate, "--tls-key", key)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(reason, done.stderr)
        self.assertIn("tls_key: is not set", self.serve("--tls-certificate", "server.pem").stderr)
        self.assertIn("tls_certificate: is not set", self.serve("--tls-key", "server.key").stderr)

    def test_is_looked_at_by_doctor(self):
        def doctor() -> str:
            words = [executable(), "doctor", "--database", f"sqlite:{self.folder}/cardea.db", "--tls-certificate",
                     "server.pem", "--tls-key", "server.key"]
            done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False, cwd=self.folder,
                                  env=clean_environment(self.folder))
            return next(line for line in done.stdout.splitlines() if " certificate " in line)

        self.assertRegex(doctor(), "^ok .* for localhost, 127.0.0.1 until ")
        make_certificate(self.folder, "server", days=5)
        self.assertRegex(doctor(), "^warning .* until ")
        make_certificate(self.folder, "other")
        (self.folder / "other.key").rename(self.folder / "server.key")
        self.assertRegex(doctor(), "^problem .*not that of the certificate")


if __name__ == "__main__":
    unittest.main()
