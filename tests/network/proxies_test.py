#!/usr/bin/python3
"""Whom the server takes its clients for behind real proxies: nginx with headers, HAProxy with the PROXY protocol."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, ask, request  # noqa: E402
from harness.server import Server, cardea, clean_environment, executable  # noqa: E402
from network.servers import HaProxy, UnixServer, line_in_log, nginx_before  # noqa: E402

CLIENT = "127.0.0.2"  # of loopback, and not what proxies on this machine connect from
PROXY = "127.0.0.4"  # not what the harness asks from whether the server is there
APPENDED = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
FORWARDED = 'proxy_set_header Forwarded "$http_forwarded, for=\\"$remote_addr:$remote_port\\"";'
SPOOFED = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=198.51.100.1"}


class Proxies(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-proxies-")))

    asked = 0

    def cardea(self, *options: str) -> Server:
        self.server = self.enterContext(cardea(self.folder, *options))
        return self.server

    def seen_through(self, proxy: Server, headers: dict[str, str] | None = None) -> str:
        """By the access log of Cardea."""
        self.asked += 1
        ask(proxy.port, "GET", f"/nowhere/{self.asked}", headers, source=CLIENT)
        return line_in_log(self.server, rf'Z (\S+) "GET /nowhere/{self.asked}"')[1]

    def test_believes_the_header_of_a_trusted_proxy_and_of_nobody_else(self):
        server = self.cardea("--trusted-proxies", "127.0.0.1")
        proxy = self.enterContext(nginx_before(self.folder, server.url, APPENDED))
        self.assertEqual(self.seen_through(proxy), CLIENT)
        self.assertEqual(self.seen_through(proxy, SPOOFED), CLIENT)
        self.assertEqual(self.seen_through(server, SPOOFED), CLIENT, "that is no proxy")

    def test_believes_nobody_unless_told(self):
        server = self.cardea()
        proxy = self.enterContext(nginx_before(self.folder, server.url, APPENDED))
        self.assertEqual(self.seen_through(proxy, SPOOFED), "127.0.0.1")

    def test_reads_the_header_of_rfc_7239_where_that_is_what_the_proxy_writes(self):
        server = self.cardea("--trusted-proxies", "127.0.0.1", "--client-address", "forwarded")
        proxy = self.enterContext(nginx_before(self.folder, server.url, FORWARDED))
        self.assertEqual(self.seen_through(proxy), CLIENT)
        self.assertEqual(self.seen_through(proxy, SPOOFED), CLIENT)
        self.assertEqual(self.seen_through(proxy, {"Forwarded": 'for="hidden'}), CLIENT)

    def test_throttles_the_client_and_not_its_proxy(self):
        server = self.cardea("--trusted-proxies", "127.0.0.1")
        proxy = self.enterContext(nginx_before(self.folder, server.url, APPENDED))
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        statuses = {ask(proxy.port, "POST", "/auth/login", form, f"username=nobody{i}&password=x", CLIENT).status
                    for i in range(12)}
        self.assertEqual(statuses, {401, 429})
        other = ask(proxy.port, "POST", "/auth/login", form, "username=bob&password=bobpw", "127.0.0.3")
        self.assertEqual(other.status, 200)

    def test_takes_the_client_from_the_proxy_protocol(self):
        server = self.cardea("--trusted-proxies", PROXY, "--client-address", "proxy-protocol")
        for option in ("send-proxy", "send-proxy-v2", "send-proxy-v2 check check-send-proxy"):
            with self.subTest(option), HaProxy(self.folder, server.port, PROXY, option) as proxy:
                self.assertEqual(self.seen_through(proxy), CLIENT)
                self.assertEqual(self.seen_through(proxy, SPOOFED), CLIENT)

    def test_wants_the_proxy_protocol_of_a_trusted_proxy_and_of_nobody_else(self):
        server = self.cardea("--trusted-proxies", PROXY, "--client-address", "proxy-protocol")
        with Connection(server.port, PROXY) as proxy:
            proxy.send(request("GET", "/healthz"))
            self.assertTrue(proxy.is_at_end())
        self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
        with Connection(server.port) as client:
            client.send(b"PROXY TCP4 198.51.100.1 127.0.0.1 1 2\r\n" + request("GET", "/healthz"))
            self.assertEqual(client.answer().status, 400)

    def test_serves_a_proxy_by_a_unix_socket(self):
        server = self.server = self.enterContext(UnixServer(self.folder, "--trusted-proxies", "unix"))
        proxy = self.enterContext(nginx_before(self.folder, f"http://unix:{server.socket_path}:", APPENDED))
        self.assertEqual(self.seen_through(proxy), CLIENT)
        self.assertEqual(self.seen_through(proxy, SPOOFED), CLIENT)
        self.assertIn(f"listens on unix:{server.socket_path}", server.log())

    def test_wants_somebody_to_be_believed(self):
        done = subprocess.run([executable(), "serve", "--client-address", "forwarded"], capture_output=True, text=True,
                              timeout=30, check=False, cwd=self.folder, env=clean_environment(self.folder))
        self.assertEqual(done.returncode, 2)
        self.assertIn("client_address: nobody is believed", done.stderr)


if __name__ == "__main__":
    unittest.main()
