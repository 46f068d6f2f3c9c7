"""Cardea where the harness of plain HTTP does not reach it, and the proxies in front of it."""

import contextlib
import pathlib
import re
import signal
import socket
import ssl
import subprocess

from harness.http import READ_SECONDS
from harness.nginx import nginx
from harness.server import Server, executable, free_port

PROBE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def make_certificate(folder: pathlib.Path, name: str, days: int = 30) -> None:
    """Of localhost, signed by itself, so that it is its own root."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", str(days), "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"], check=True, capture_output=True)
    (folder / f"{name}.key").chmod(0o600)


def command(folder: pathlib.Path, listen: str, *options: str) -> list[str]:
    return [executable(), "serve", "--demo", "--listen", listen, "--database", f"sqlite:{folder}/cardea.db", *options]


def line_in_log(server: Server, pattern: str) -> re.Match:
    """The first line that has it, as soon as the server has written it."""
    with subprocess.Popen(["tail", "-n", "+1", "-f", server.log_path], stdout=subprocess.PIPE, text=True) as log:
        with contextlib.ExitStack() as end:
            end.callback(log.kill)
            return next(found for found in (re.search(pattern, line) for line in log.stdout) if found)


class TlsServer(Server):
    """`cardea serve` with the certificate `server.pem` of the folder."""

    def __init__(self, folder: pathlib.Path, *options: str, **environment: str):
        port = free_port()
        self.certificate = folder / "server.pem"
        files = ("--tls-certificate", str(self.certificate), "--tls-key", str(folder / "server.key"))
        super().__init__(command(folder, f"127.0.0.1:{port}", *files, *options), port, folder, **environment)
        self.url = f"https://localhost:{port}"

    def connect(self, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        context = context or ssl.create_default_context(cafile=self.certificate)
        raw = socket.create_connection(("127.0.0.1", self.port), READ_SECONDS)
        return context.wrap_socket(raw, server_hostname="localhost")

    def _answers(self) -> bool:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            with self.connect(context) as probe:
                probe.sendall(PROBE)
                return probe.recv(1) != b""
        except OSError:
            return False


class UnixServer(Server):
    """`cardea serve` at the Unix socket `cardea.sock` of the folder."""

    def __init__(self, folder: pathlib.Path, *options: str):
        self.socket_path = folder / "cardea.sock"
        super().__init__(command(folder, f"unix:{self.socket_path}", *options), 0, folder)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(1)
                probe.connect(str(self.socket_path))
                probe.sendall(PROBE)
                return probe.recv(1) != b""
        except OSError:
            return False


def nginx_before(folder: pathlib.Path, upstream: str, headers: str) -> Server:
    port = free_port()
    site = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {upstream}; {headers} }} }}"
    return nginx(folder, port, site)


HAPROXY = """defaults
    mode tcp
    timeout connect 5s
    timeout client 30s
    timeout server 30s
listen front
    bind 127.0.0.1:{port}
    server cardea 127.0.0.1:{upstream} source {source} {option}
"""


class HaProxy(Server):
    """It connects from `source`, and ends by the signal that it is sent."""

    def __init__(self, folder: pathlib.Path, upstream: int, source: str, option: str):
        port = free_port()
        (folder / "haproxy.cfg").write_text(HAPROXY.format(port=port, upstream=upstream, source=source, option=option))
        super().__init__(["/usr/sbin/haproxy", "-db", "-q", "-f", str(folder / "haproxy.cfg")], port, folder)

    def stop(self) -> int:
        return 0 if super().stop() == -signal.SIGTERM else 1
