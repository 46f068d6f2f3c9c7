"""TLS: `cardea serve` beside nginx with the same certificate (ECDSA P-256), and beside itself in the clear, in turn.

    bench/tls.py [ROUNDS [SECONDS]]

GET /healthz, and `return 200` of nginx; on connections that stay, and on a new one for each request, which is a whole
handshake: wrk resumes no session.
"""

import contextlib
import pathlib
import sys
import tempfile

from load import Figures, measure, medians

from harness.nginx import configure_nginx
from harness.server import Server, cardea
from network.servers import TlsServer, make_certificate

HTTP = """
    keepalive_requests 100000000;
    ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key; ssl_protocols TLSv1.2 TLSv1.3;
    server {{ listen 127.0.0.1:{port} ssl; location / {{ default_type application/json; return 200 '{{"status":"ok"}}'; }} }}
"""


class TlsNginx(TlsServer):
    def __init__(self, folder: pathlib.Path):
        super().__init__(folder)
        http = HTTP.format(folder=folder, port=self.port)
        self._command = configure_nginx(folder, http, processes="worker_processes auto")


def servers(folder: pathlib.Path, running: contextlib.ExitStack) -> dict[str, Server]:
    own = {name: folder / name for name in ("tls", "nginx", "clear")}
    for one in own.values():
        one.mkdir()
    make_certificate(own["tls"], "server")
    for file in ("server.pem", "server.key"):
        (own["nginx"] / file).write_bytes((own["tls"] / file).read_bytes())
    return {
        "Cardea by TLS": running.enter_context(TlsServer(own["tls"])),
        "nginx by TLS": running.enter_context(TlsNginx(own["nginx"])),
        "Cardea in the clear": running.enter_context(cardea(own["clear"])),
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    figures: dict[tuple[str, str], list[Figures]] = {}
    with contextlib.ExitStack() as running:
        started = servers(pathlib.Path(running.enter_context(tempfile.TemporaryDirectory(prefix="cardea-tls-"))), running)
        for _ in range(rounds):
            for connections, script in (("stay", ""), ("new", "closing.lua")):
                for name, server in started.items():
                    figures.setdefault((connections, name), []).append(measure(server, "/healthz", seconds, script=script))
    print(f"{'connections':11} {'server':20} {'CPU us':>7} {'a second':>9} {'p99 ms':>7}")
    for (connections, name), measured in figures.items():
        median = medians(measured)
        print(f"{connections:11} {name:20} {median.cpu_us:7.1f} {median.per_second:9.0f} {median.p99_ms:7.2f}")


if __name__ == "__main__":
    main()
