#!/usr/bin/python3
"""examples/03_resource_server beside the service whose tokens it trusts: by the JWK set alone."""

import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.error_envelope import complaints_about  # noqa: E402
from harness.http import Answer, ask, log_in  # noqa: E402
from harness.server import Server, cardea, executable, free_port, run_cardea  # noqa: E402


class ResourceServer(unittest.TestCase):
    """The issuer runs already; each test starts a resource server of its own, which trusts it."""

    algorithm = "ES256"

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-resource-")))
        self.issuer = cardea(self.folder, "--signing-algorithm", self.algorithm)
        self.issuer.start()
        self.addCleanup(self.issuer.stop)

    def resources(self, audience: str | None = None) -> Server:
        port = free_port()
        program = str(pathlib.Path(executable()).parent / "example_resource_server")
        return Server([program, str(port), self.issuer.url, audience or self.issuer.url], port, self.folder)

    def key(self, *words: str) -> str:
        return run_cardea(self.folder, "key", *words)

    def token(self, scope: str = "reports:read") -> str:
        """Of the command line, which knows the issuer by the address that it listens on."""
        return run_cardea(
            self.folder, "token", "issue", "--user", "alice", "--scope", scope, "--listen", self.issuer.address
        ).strip()

    def wait_until_published(self, keys: int) -> None:
        """A running server sees within 50 ms what the command line changes in its database."""
        deadline = time.monotonic() + 5
        while len(ask(self.issuer.port, "GET", "/.well-known/jwks.json").json()["keys"]) != keys:
            self.assertLess(time.monotonic(), deadline, "the new key is not published")

    def ask(self, server: Server, token: str, method: str = "GET", path: str = "/reports") -> Answer:
        return ask(server.port, method, path, {"Authorization": f"Bearer {token}"})


class Scopes(ResourceServer):
    def test_the_scope_says_what_the_bearer_may(self):
        with self.resources() as server:
            allowed = self.ask(server, self.token("reports:read"))
            self.assertEqual((allowed.status, allowed.json()), (200, [{"title": "Third quarter", "asked_by": "alice"}]))
            denied = self.ask(server, self.token("reports:read"), "DELETE", "/reports/7")
            self.assertEqual(complaints_about(denied, 403, "permission_required", "/reports/7"), [])
            self.assertEqual(denied.json()["error"]["message"], "Requires permission: reports:write")
            self.assertEqual(
                denied.header("WWW-Authenticate"), 'Bearer error="insufficient_scope", scope="reports:write"'
            )
            self.assertEqual(self.ask(server, self.token("reports:*"), "DELETE", "/reports/7").status, 204)

    def test_a_token_without_a_scope_may_nothing(self):
        with self.resources() as server:
            self.assertEqual(self.ask(server, log_in(self.issuer.port, "alice", "alicepw")).status, 403)

    def test_a_token_for_another_audience_is_refused(self):
        with self.resources(audience="https://another.example") as server:
            self.assertEqual(self.ask(server, self.token()).status, 401)

    def test_no_token_is_asked_for_one(self):
        with self.resources() as server:
            self.assertEqual(ask(server.port, "GET", "/reports").json()["error"]["code"], "not_authenticated")


class Rotation(ResourceServer):
    def test_a_key_that_is_newer_than_the_kept_set_is_learnt_and_the_issuers_end_ends_nothing(self):
        with self.resources() as server:
            before = self.token()
            self.assertEqual(self.ask(server, before).status, 200)
            self.key("rotate", "--now")
            self.wait_until_published(keys=2)
            after = self.token()
            self.assertEqual(self.ask(server, after).status, 200, "the new key is fetched for the token's sake")
            self.assertEqual(self.ask(server, before).status, 200, "the old key still verifies")
            self.assertEqual(self.issuer.stop(), 0)
            for token in (before, after):
                self.assertEqual(self.ask(server, token).status, 200, "nobody has to ask the issuer")
            forged = after[:-8] + ("AAAAAAAA" if after[-8:] != "AAAAAAAA" else "BBBBBBBB")
            self.assertEqual(self.ask(server, forged).status, 401)
            self.assertEqual(ask(server.port, "GET", "/readyz").status, 200)

    def test_a_server_that_never_saw_the_keys_says_that_it_cannot_tell(self):
        token = self.token()
        self.assertEqual(self.issuer.stop(), 0)
        with self.resources() as server:
            answer = self.ask(server, token)
            self.assertEqual(complaints_about(answer, 503, "service_unavailable", "/reports"), [])
            self.assertNotEqual(answer.header("Retry-After"), None)
            self.assertEqual(ask(server.port, "GET", "/readyz").status, 503)
            self.assertEqual(ask(server.port, "GET", "/healthz").status, 200)


if __name__ == "__main__":
    unittest.main(verbosity=1)
