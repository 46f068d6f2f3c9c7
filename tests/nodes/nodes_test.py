#!/usr/bin/python3
"""Several nodes on one PostgreSQL: what is changed on one, a node that is killed, one that is cut off, and a database
that restarts under load."""

import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, Connection, ask, tokens_of_login  # noqa: E402
from harness.postgresql import Cluster, private_cluster  # noqa: E402
from harness.server import Server, clean_environment, executable, free_port  # noqa: E402
from nodes.proxy import Proxy  # noqa: E402
from sessions.session import Session, code_of, log_out, me, refresh  # noqa: E402

BOUND = 1.0  # seconds until a change on one node holds on the others, docs/database.md
RECOVERY = 15.0
LEASES = 4  # signing keys, sessions, API keys, the audit log


class Nodes(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-nodes-")))
        self.cluster: Cluster = self.enterContext(private_cluster())
        self.cluster.create_database("accounts")
        self.url = self.cluster.url("accounts")

    def node(self, url: str = "") -> Server:
        port = free_port()
        command = [executable(), "serve", "--demo", "--listen", f"127.0.0.1:{port}", "--issuer", "http://nodes.example"]
        command += ["--master-key-file", str(self.folder / "master-key"), "--log-level", "warning"]
        return Server(command, port, self.folder, CARDEA_DATABASE=url or self.url)

    def started(self, url: str = "") -> Server:
        return self.enterContext(self.node(url))

    def run_cardea(self, *words: str) -> str:
        done = subprocess.run([executable(), *words], capture_output=True, text=True, timeout=60, check=False,
                              cwd=self.folder, env=clean_environment(self.folder, CARDEA_DATABASE=self.url))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def log_in(self, server: Server, username: str = "bob") -> Session:
        return Session(tokens_of_login(server.port, username, username + "pw"))

    def connect(self, server: Server) -> Connection:
        return self.enterContext(Connection(server.port))

    def assert_refused_soon(self, servers: list[Server], session: Session, what: str) -> None:
        """Each of them, whatever is asked after the bound. An answer takes its time on a busy machine, and may still be
        on its way then."""
        told = time.monotonic()
        for connection in [self.connect(server) for server in servers]:
            asked = time.monotonic()
            while me(connection, session.access).status != 401:
                self.assertLess(asked - told, BOUND, f"still accepted after {what}")
                asked = time.monotonic()
        print(f"{what}: refused everywhere {1000 * (time.monotonic() - told):.0f} ms later", file=sys.stderr)

    def wait_until(self, is_so, why: str, seconds: float = RECOVERY) -> float:
        begun = time.monotonic()
        while not is_so():
            self.assertLess(time.monotonic() - begun, seconds, why)
        return time.monotonic() - begun


class ScheduledWork(Nodes):
    # A row for each time that a lease is asked for, for each time that it is given, and for each statement that gives some back.
    WATCHED = """
        CREATE TABLE asked (at TIMESTAMPTZ DEFAULT now());
        CREATE TABLE given (name TEXT, holder TEXT);
        CREATE TABLE given_back (at TIMESTAMPTZ DEFAULT now());
        CREATE FUNCTION note_asking() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO asked DEFAULT VALUES; RETURN NULL; END $$;
        CREATE FUNCTION note_giving() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO given VALUES (NEW.name, NEW.holder); RETURN NULL; END $$;
        CREATE FUNCTION note_giving_back() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO given_back DEFAULT VALUES; RETURN NULL; END $$;
        CREATE TRIGGER asking AFTER INSERT ON leases FOR EACH STATEMENT EXECUTE FUNCTION note_asking();
        CREATE TRIGGER giving AFTER INSERT OR UPDATE ON leases FOR EACH ROW EXECUTE FUNCTION note_giving();
        CREATE TRIGGER giving_back AFTER DELETE ON leases FOR EACH STATEMENT EXECUTE FUNCTION note_giving_back();"""

    def wait_until_asked(self, times: int) -> None:
        def asked() -> int:
            return int(self.cluster.sql("SELECT count(*) FROM asked", "accounts"))
        self.wait_until(lambda: asked() >= times, "the leases are not asked for")

    def holders(self) -> set[str]:
        """A line for each lease and each node that has ever held it."""
        return set(self.cluster.sql("SELECT name, holder FROM given", "accounts").splitlines())

    def test_is_left_to_one_node_and_taken_over_when_that_ends(self):
        self.run_cardea("db", "migrate")
        self.cluster.sql(self.WATCHED, "accounts")
        first = self.started()
        self.wait_until_asked(LEASES)
        alone = self.holders()
        self.assertEqual(len(alone), LEASES, alone)
        self.started(), self.started()
        self.wait_until_asked(3 * LEASES)
        self.assertEqual(self.holders(), alone)
        first.stop()
        self.assertEqual(self.cluster.sql("SELECT count(*) FROM given_back", "accounts").strip(), "1",
                         "whoever ends waits for the database once, not for each lease")
        self.started()
        self.wait_until(lambda: len(self.holders()) == 2 * LEASES, "nobody takes the leases over")
        self.assertLess(alone, self.holders())


class ThreeNodes(Nodes):
    def setUp(self):
        super().setUp()
        self.nodes = [self.started() for _ in range(3)]

    def test_accept_each_others_tokens_and_refuse_what_one_has_ended(self):
        first, *others = self.nodes
        session, spared = self.log_in(first), self.log_in(first, "alice")
        for node in self.nodes:
            self.assertEqual(me(self.connect(node), session.access).status, 200)
            self.assertEqual(me(self.connect(node), spared.access).status, 200)
        self.assertEqual(log_out(self.connect(first), session.access).status, 204)
        self.assert_refused_soon(others, session, "logout on another node")

        session = self.log_in(first)
        for node in self.nodes:
            self.assertEqual(me(self.connect(node), session.access).status, 200)
        self.run_cardea("user", "disable", "bob")
        self.assert_refused_soon(self.nodes, session, "cardea user disable")
        for node in self.nodes:
            self.assertEqual(me(self.connect(node), spared.access).status, 200)

    def test_refuse_what_one_has_ended_where_nobody_is_told(self):
        """As on an engine without NOTIFY, or one whose notices are lost."""
        self.cluster.sql("DROP TRIGGER changes_told ON changes", "accounts")
        first, *others = self.nodes
        session = self.log_in(first)
        for node in self.nodes:
            self.assertEqual(me(self.connect(node), session.access).status, 200)
        self.assertEqual(log_out(self.connect(first), session.access).status, 204)
        self.assert_refused_soon(others, session, "logout on another node, without notices")

    def test_have_one_signing_key(self):
        keys = self.run_cardea("key", "list", "--json", "--master-key-file", str(self.folder / "master-key"))
        self.assertEqual(keys.count('"kid"'), 1, keys)

    def test_have_one_schema_and_show_no_password(self):
        self.assertNotIn("missing", self.run_cardea("db", "status"))
        self.assertEqual(self.run_cardea("db", "migrate"), "up to date\n")
        self.assertIn("postgresql://cardea:********@127.0.0.1", self.run_cardea("config"))

    def test_go_on_when_one_is_killed_under_load(self):
        victim, *others = self.nodes
        stop, killed, begun = threading.Event(), threading.Event(), threading.Barrier(3)
        with concurrent.futures.ThreadPoolExecutor(6) as threads:
            going = [threads.submit(self.work, node, stop, killed) for node in others for _ in range(2)]
            under_load = [threads.submit(self.load, victim, self.log_in(victim), stop, begun) for _ in range(2)]
            try:
                for each in [self.log_in(node) for node in others]:
                    self.assertTrue(each.access)
                begun.wait(60)
                victim.process.send_signal(signal.SIGKILL)
                victim.process.wait()
                killed.set()
                counts = [each.result(60) for each in going]
            finally:
                stop.set()
                killed.set()
            for each in under_load:
                each.result(60)
        victim.process = None
        self.assertTrue(all(count >= 200 for count in counts), counts)

    def work(self, node: Server, stop: threading.Event, killed: threading.Event) -> int:
        """Requests that all have to succeed, 200 of them after the kill."""
        session, done = self.log_in(node), 0
        with Connection(node.port) as connection:
            while not stop.is_set() and done < 200:
                self.assertEqual(me(connection, session.access).status, 200)
                answer = refresh(connection, session.refresh)
                self.assertEqual(answer.status, 200, answer.body)
                session.keep(answer.json())
                done += killed.is_set()
        return done

    def load(self, node: Server, session: Session, stop: threading.Event, begun: threading.Barrier) -> None:
        """Until it is gone."""
        try:
            with Connection(node.port) as connection:
                session.keep(refresh(connection, session.refresh).json())
                begun.wait(60)
                while not stop.is_set():
                    session.keep(refresh(connection, session.refresh).json())
        except (OSError, EOFError):
            return


class ANodeThatIsCutOff(Nodes):
    def test_answers_503_and_never_takes_what_has_been_revoked(self):
        well = self.started()
        proxy = self.enterContext(Proxy(self.cluster.port))
        cut_off = self.started(self.cluster.url("accounts", port=proxy.port))
        living, ended = self.log_in(well), self.log_in(well)
        connection = self.connect(cut_off)
        for session in (living, ended):
            self.assertEqual(me(connection, session.access).status, 200)

        proxy.cut()
        self.assertEqual(log_out(self.connect(well), ended.access).status, 204)
        self.assert_taken_no_more(connection, ended)
        for session in (living, ended) * 20:
            self.assert_unavailable(me(connection, session.access))
        self.assertEqual(ask(cut_off.port, "GET", "/healthz").status, 200)
        self.assert_unavailable(ask(cut_off.port, "GET", "/readyz"))
        self.assertEqual(me(self.connect(well), living.access).status, 200, "the others do not care")

        proxy.mend()
        statuses = []

        def recovered() -> bool:
            statuses.append(me(connection, ended.access).status)
            return me(connection, living.access).status == 200

        delay = self.wait_until(recovered, "does not recover")
        print(f"cut off: serves {1000 * delay:.0f} ms after the network", file=sys.stderr)
        self.assertLessEqual(set(statuses), {401, 503}, "what was revoked meanwhile is never taken")
        self.assertEqual(me(connection, ended.access).status, 401)

    def test_takes_nothing_for_long_where_it_is_told_of_a_change_that_it_cannot_read(self):
        well = self.started()
        proxy = self.enterContext(Proxy(self.cluster.port, spared=(b"LISTEN ", b"SELECT topic, version")))
        cut_off = self.started(self.cluster.url("accounts", port=proxy.port))
        ended, connection = self.log_in(well), self.connect(cut_off)
        self.assertEqual(me(connection, ended.access).status, 200)
        administrator = self.bearer(self.log_in(well, "alice").access)
        key = ask(well.port, "POST", "/auth/api-keys", administrator, '{"name": "script", "scope": "keys:read"}').json()
        self.assertEqual(ask(cut_off.port, "GET", "/admin/keys", self.bearer(key["key"])).status, 200)
        proxy.cut()
        self.assertEqual(log_out(self.connect(well), ended.access).status, 204)
        self.assert_taken_no_more(connection, ended)
        self.assert_unavailable(me(connection, ended.access))
        self.assert_unavailable(ask(cut_off.port, "GET", "/readyz"))
        self.assertEqual(ask(well.port, "DELETE", f"/auth/api-keys/{key['id']}", administrator).status, 204)
        self.assert_unavailable(ask(cut_off.port, "GET", "/admin/keys", self.bearer(key["key"])))
        proxy.mend()
        self.wait_until(lambda: me(connection, ended.access).status == 401, "does not recover")
        self.assertEqual(ask(cut_off.port, "GET", "/admin/keys", self.bearer(key["key"])).status, 401)

    def test_ends_without_waiting_for_the_database(self):
        proxy = self.enterContext(Proxy(self.cluster.port))
        cut_off = self.started(self.cluster.url("accounts", port=proxy.port))
        proxy.cut()
        self.wait_until(lambda: ask(cut_off.port, "GET", "/readyz").status == 503, "is ready")
        self.assertEqual(cut_off.stop(), 0, cut_off.log())

    @staticmethod
    def bearer(token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def assert_taken_no_more(self, connection: Connection, ended: Session) -> None:
        told = time.monotonic()
        asked = told
        while me(connection, ended.access).status == 200:
            self.assertLess(asked - told, BOUND, "taken though revoked")
            asked = time.monotonic()
        print(f"cut off: refuses what is asked {1000 * (asked - told):.0f} ms later", file=sys.stderr)

    def assert_unavailable(self, answer: Answer) -> None:
        self.assertEqual(answer.status, 503, answer.body)
        self.assertIsNotNone(answer.header("Retry-After"))


class ADatabaseThatRestarts(Nodes):
    CLIENTS = 6

    def test_is_503_meanwhile_and_nothing_is_wrong_after_it(self):
        self.under_load(self.restart)

    def test_by_itself_after_one_of_its_processes_was_killed(self):
        self.under_load(self.kill_a_backend)

    def restart(self, refused: threading.Event) -> None:
        self.cluster.stop()
        self.assertTrue(refused.wait(RECOVERY), "nobody noticed")
        self.cluster.start()

    def kill_a_backend(self, _: threading.Event) -> None:
        backends = self.cluster.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'cardea'").split()
        self.assertGreater(len(backends), 1)
        os.kill(int(backends[0]), signal.SIGKILL)
        self.wait_until(self.cluster.answers, "PostgreSQL does not recover", 60)

    def test_by_failing_over_to_a_second_server_that_has_every_commit(self):
        second = self.cluster.standby()
        self.addCleanup(second.__exit__)
        proxy = self.enterContext(Proxy(self.cluster.port))

        def fail_over(refused: threading.Event) -> None:
            self.cluster.stop(signal.SIGQUIT)
            self.assertTrue(refused.wait(RECOVERY), "nobody noticed")
            second.promote()
            proxy.target = second.port

        self.under_load(fail_over, self.cluster.url("accounts", port=proxy.port))

    def under_load(self, disturb, url: str = "") -> None:
        node = self.started(url)
        sessions = [self.log_in(node) for _ in range(self.CLIENTS)]
        stop, refused = threading.Event(), threading.Event()
        with concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as threads:
            going = [threads.submit(self.work, node, session, stop, refused) for session in sessions]
            try:
                disturb(refused)
                delay = self.wait_until(lambda: ask(node.port, "GET", "/readyz").status == 200, "does not recover", 60)
            finally:
                stop.set()
            for each in going:
                each.result(60)
        print(f"serves {1000 * delay:.0f} ms after its database", file=sys.stderr)
        with Connection(node.port) as connection:
            self.assertEqual(me(connection, sessions[0].access).status, 200, "is ready and takes no token")
            for session in sessions:
                answer = refresh(connection, session.refresh)
                self.assertEqual(answer.status, 200, answer.body)
                self.assertEqual(me(connection, answer.json()["access_token"]).status, 200)
        self.assertIsNone(node.process.poll(), "the server has ended")

    def work(self, node: Server, session: Session, stop: threading.Event, refused: threading.Event) -> None:
        """What is refused is asked again, as a client does: the session has to survive."""
        with Connection(node.port) as connection:
            while not stop.is_set():
                answers = [me(connection, session.access), refresh(connection, session.refresh)]
                for answer in answers:
                    self.assertIn(answer.status, (200, 503), f"{code_of(answer)} {answer.body!r}")
                    if answer.status == 503:
                        self.assertIsNotNone(answer.header("Retry-After"))
                        refused.set()
                if answers[1].status == 200:
                    session.keep(answers[1].json())


if __name__ == "__main__":
    unittest.main()
