#!/usr/bin/python3
"""Two nodes behind a balancer are restarted one after the other under load, and no request is lost."""

import concurrent.futures
import pathlib
import signal
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Connection, ask, tokens_of_login  # noqa: E402
from harness.nginx import configure_nginx  # noqa: E402
from harness.postgresql import private_cluster  # noqa: E402
from harness.server import Server, cardea, free_port  # noqa: E402
from sessions.session import FORM, Session, refresh  # noqa: E402

NOTICE_SECONDS = 2
CLIENTS = 4
ENOUGH = 20  # rounds of each client, at the least
PAUSE_SECONDS = 0.01  # between them: each request is a connection, and the system has only so many ports

HTTP = """
    upstream cardea {{ {nodes} }}
    server {{
        listen 127.0.0.1:{port};
        add_header X-Nodes "{name}" always;
        location / {{
            proxy_pass http://cardea;
            proxy_next_upstream error timeout http_503;
        }}
    }}
"""


class Notice(unittest.TestCase):
    def test_is_given_to_the_balancer_while_everybody_is_served(self):
        with tempfile.TemporaryDirectory(prefix="cardea-notice-") as folder:
            server = cardea(folder, "--drain-notice-seconds", str(NOTICE_SECONDS))
            server.start()
            self.assertEqual(ask(server.port, "GET", "/readyz").status, 200)
            server.process.send_signal(signal.SIGTERM)
            while (answer := ask(server.port, "GET", "/readyz")).status == 200:
                pass
            self.assertEqual(complaints_about(answer, 503, "service_unavailable", "/readyz"), [])
            session = Session(tokens_of_login(server.port, "bob", "bobpw"))
            with Connection(server.port) as connection:
                self.assertEqual(refresh(connection, session.refresh).status, 200)
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)
            self.assertEqual(server.process.wait(NOTICE_SECONDS + 10), 0, server.log())
            self.assertIn(f"ends in {NOTICE_SECONDS} s; /readyz is 503 from now on", server.log())


class Restarts(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-rolling-")))
        cluster = self.enterContext(private_cluster("fsync=off"))
        cluster.create_database("accounts")
        self.nodes = [self.node(cluster.url("accounts")) for _ in range(2)]
        for node in self.nodes:
            self.enterContext(node)
        self.stop = threading.Event()
        self.begun = threading.Barrier(CLIENTS + 1)

    def node(self, url: str) -> Server:
        options = ["--issuer", "http://nodes.example", "--master-key-file", str(self.folder / "master-key")]
        options += ["--log-level", "warning", "--drain-notice-seconds", str(NOTICE_SECONDS)]
        return cardea(self.folder, *options, database=url)

    def restart(self, node: Server) -> None:
        """Until it is ready, as whoever restarts the next one has to wait."""
        self.assertEqual(node.stop(), 0, node.log())
        node.start()
        while not self.is_ready(node):
            pass

    def is_ready(self, node: Server) -> bool:
        try:
            return ask(node.port, "GET", "/readyz").status == 200
        except (OSError, EOFError):
            return False

    def under_load(self, work, disturb) -> None:
        """`work(session)` on and on, by many clients; each asserts that its requests succeed."""
        sessions = [Session(tokens_of_login(self.nodes[0].port, "bob", "bobpw")) for _ in range(CLIENTS)]
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as threads:
            going = [threads.submit(self.go_on, work, session) for session in sessions]
            try:
                self.begun.wait(60)
                disturb()
            finally:
                self.stop.set()
            for each in going:
                each.result(60)

    def go_on(self, work, session: Session) -> None:
        work(session)
        self.begun.wait(60)
        rounds = 1
        while not self.stop.wait(PAUSE_SECONDS) or rounds < ENOUGH:
            work(session)
            rounds += 1

    def use(self, port: int, session: Session) -> None:
        self.read(port, session)
        answer = ask(port, "POST", "/auth/refresh", FORM, f"refresh_token={session.refresh}")
        self.assertEqual(answer.status, 200, answer.body)
        session.keep(answer.json())

    def read(self, port: int, session: Session) -> None:
        answer = ask(port, "GET", "/me", {"Authorization": f"Bearer {session.access}"})
        self.assertEqual(answer.status, 200, answer.body)


class BehindABalancerThatAsks(Restarts):
    def test_lose_nothing(self):
        ready = {node: True for node in self.nodes}

        def look() -> None:
            while not self.stop.is_set():
                for node in self.nodes:
                    ready[node] = self.is_ready(node)

        def restart_each() -> None:
            for node in self.nodes:
                self.restart(node)
                while not ready[node]:
                    pass

        def work(session: Session) -> None:
            self.use(next(node for node in self.nodes if ready[node]).port, session)

        looking = threading.Thread(target=look)
        looking.start()
        self.addCleanup(looking.join)
        self.addCleanup(self.stop.set)
        self.under_load(work, restart_each)


class BehindNginx(Restarts):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        command = self.configure(self.nodes, self.name_of(self.nodes))
        self.nginx = self.enterContext(Server(command, self.port, self.folder))

    @staticmethod
    def name_of(nodes: list[Server]) -> str:
        return "-".join(str(node.port) for node in nodes)

    def configure(self, nodes: list[Server], name: str) -> list[str]:
        servers = " ".join(f"server {node.address} max_fails=0;" for node in nodes)
        http = HTTP.format(port=self.port, nodes=servers, name=name)
        return configure_nginx(self.folder, http, processes="worker_processes 1")

    def use_only(self, nodes: list[Server]) -> None:
        """As `nginx -s reload` does, and until it has."""
        name = self.name_of(nodes)
        self.configure(nodes, name)
        self.nginx.process.send_signal(signal.SIGHUP)
        while ask(self.port, "GET", "/healthz").header("X-Nodes") != name:
            pass

    def test_that_asks_the_next_one_lose_no_request_that_may_be_repeated(self):
        def restart_each() -> None:
            for node in self.nodes:
                self.restart(node)

        self.under_load(lambda session: self.read(self.port, session), restart_each)

    def test_that_is_told_which_one_to_leave_out_lose_nothing(self):
        def restart_each() -> None:
            for node in self.nodes:
                self.use_only([other for other in self.nodes if other is not node])
                self.restart(node)
                self.use_only(self.nodes)

        self.under_load(lambda session: self.use(self.port, session), restart_each)


if __name__ == "__main__":
    unittest.main()
