#!/usr/bin/python3
"""The same requests through a real nginx, which keeps one connection to Cardea: nothing of them is left over on it."""

import pathlib
import re
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness.http import Connection, request  # noqa: E402
from harness.nginx import nginx  # noqa: E402
from harness.server import cardea, free_port  # noqa: E402
from smuggling import ACCEPTED, REFUSED  # noqa: E402
from table import ROWS  # noqa: E402

# One process and one connection kept to Cardea: whatever is left over on it would be the next client's. The loose site
# hands on what nginx by itself would leave out, and bodies as they come.
HTTP = """
    merge_slashes off;
    log_format sent "$upstream_bytes_sent $request";
    upstream cardea {{ server 127.0.0.1:{cardea}; keepalive 1; }}
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_next_upstream off;
    proxy_ignore_client_abort on;
    server {{
        listen 127.0.0.1:{strict};
        access_log {folder}/requests.log sent;
        location / {{ proxy_pass http://cardea; }}
    }}
    server {{
        listen 127.0.0.1:{loose};
        access_log {folder}/requests.log sent;
        ignore_invalid_headers off;
        underscores_in_headers on;
        proxy_request_buffering off;
        proxy_set_header Host $http_host;
        location / {{ proxy_pass http://cardea; }}
    }}
"""
ASKED_BY_THE_HARNESS = 1  # whether the server has started
CORPUS = {row.name: row.sent for row in ROWS + REFUSED} | ACCEPTED


class BehindNginx(unittest.TestCase):
    def test_what_one_client_sends_is_never_the_next_ones_answer(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-behind-nginx-")))
        self.server = cardea(self.folder)
        strict, loose = free_port(), free_port()
        http = HTTP.format(folder=self.folder, cardea=self.server.port, strict=strict, loose=loose)
        with self.server, nginx(self.folder, strict, http):
            for site, port in (("strict", strict), ("loose", loose)):
                for name, sent in CORPUS.items():
                    with self.subTest(name, site=site):
                        self.send(port, sent)
                        self.assert_next_client_gets_its_own(port)
        self.assert_every_request_was_sent_by_nginx()

    def assert_every_request_was_sent_by_nginx(self) -> None:
        """By both logs. Of what nginx began to send, some may not have come: its client left."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        sent = [line for line in lines if re.match(r"[1-9]", line)]
        seen = [line for line in self.server.log().splitlines() if re.search(r'"[A-Z]+ [^"]*" \d{3} ', line)]
        self.assertGreater(len(sent), len(CORPUS))
        self.assertLessEqual(len(seen) - ASKED_BY_THE_HARNESS, len(sent))

    def send(self, port: int, sent: bytes) -> None:
        """What nginx answers is its own affair; that it is done with it is not."""
        with Connection(port) as connection:
            connection.send(sent)
            connection.finish_sending()
            while not connection.is_at_end():
                connection.forget()

    def assert_next_client_gets_its_own(self, port: int) -> None:
        with Connection(port) as connection:
            connection.send(request("GET", "/healthz"))
            answer = connection.answer()
        self.assertEqual((answer.status, answer.body), (200, b'{"status":"ok"}'))


if __name__ == "__main__":
    unittest.main()
