#!/usr/bin/python3
"""examples/forward_auth/nginx.conf as it stands, in a real nginx between a client and an application."""

import contextlib
import http.server
import json
import pathlib
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Answer, ask, log_in  # noqa: E402
from harness.nginx import nginx  # noqa: E402
from harness.server import REPOSITORY, Server, cardea, free_port  # noqa: E402

SAMPLES = REPOSITORY / "examples" / "forward_auth"
IDENTITY = ("x-auth-user", "x-auth-id", "x-auth-roles", "x-auth-permissions")


class Echo(http.server.BaseHTTPRequestHandler):
    """The application: answers with what it was asked, and remembers that it was."""

    def _answer(self):
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked = {"method": self.command, "path": self.path, "body": body}
        asked["headers"] = [[name.lower(), value] for name, value in self.headers.items()]
        text = json.dumps(asked).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_DELETE = _answer

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def application():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sample(folder: pathlib.Path, cardea_port: int, application_port: int) -> Server:
    """The sample with the ports of this test in it, and nothing else changed."""
    port = free_port()
    site = (SAMPLES / "nginx.conf").read_text()
    for documented, here in ((8080, port), (8000, cardea_port), (9000, application_port)):
        if site.count(f"127.0.0.1:{documented};") != 1:
            raise AssertionError(f"the sample names the port {documented} not once")
        site = site.replace(f"127.0.0.1:{documented};", f"127.0.0.1:{here};")
    return nginx(folder, port, site)


class Nginx(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-forward-")))
        self.cardea = cardea(self.folder)
        self.cardea.start()
        self.addCleanup(self.cardea.stop)
        self.application = self.enterContext(application())
        self.proxy = self.enterContext(sample(self.folder, self.cardea.port, self.application.server_address[1]))

    def token(self, username: str = "bob") -> str:
        return log_in(self.cardea.port, username, username + "pw")

    def ask(self, path: str, token: str | None = None, method: str = "GET", body: str = "", **headers: str) -> Answer:
        given = {name.replace("__", "-"): value for name, value in headers.items()}
        if token is not None:
            given["Authorization"] = f"Bearer {token}"
        return ask(self.proxy.port, method, path, given, body)

    def arrived(self, *given, **more) -> dict[str, list[str]]:
        """The headers that the application got, with all their values."""
        answer = self.ask(*given, **more)
        self.assertEqual(answer.status, 200, answer.body)
        headers: dict[str, list[str]] = {}
        for name, value in answer.json()["headers"]:
            headers.setdefault(name, []).append(value)
        return headers

    def test_a_stranger_is_sent_away_with_the_challenge(self):
        answer = self.ask("/")
        self.assertEqual((answer.status, answer.header("WWW-Authenticate")), (401, "Bearer"))
        answer = self.ask("/", "nonsense")
        self.assertEqual((answer.status, answer.header("WWW-Authenticate")), (401, 'Bearer error="invalid_token"'))
        self.assertEqual(self.application.asked, [])

    def test_who_is_refused_reads_why_in_the_form_of_every_error(self):
        bob = self.token("bob")
        for path, token, status, message in (
            ("/", None, 401, "Not authenticated"),
            ("/", "nonsense", 401, "Invalid or expired token"),
            ("/posts/new", bob, 403, "Requires permission: posts:write"),
        ):
            for method in ("GET", "POST"):
                answer = self.ask(path, token, method, "x" if method == "POST" else "")
                self.assertEqual((answer.status, answer.header("Content-Type")), (status, "application/json"))
                self.assertEqual(answer.json()["error"]["message"], message)
                self.assertTrue(answer.header("WWW-Authenticate").startswith("Bearer"))
        self.assertEqual(self.application.asked, [])

    def test_what_is_sent_to_be_asked_about_changes_nothing(self):
        forged = {f"X__{name}": "/?role=admin" for name in ("Forwarded__Uri", "Original__Uri", "Original__Url")}
        forged |= {"X__Forwarded__Method": "OPTIONS", "X__HTTP__Method__Override": "DELETE"}
        self.assertEqual(self.ask("/posts/new", self.token("bob"), **forged).status, 403)
        self.assertEqual(self.ask("/", **forged).status, 401)
        self.assertEqual(self.arrived("/", self.token("bob"), **forged)["x-auth-user"], ["bob"])

    def test_the_application_learns_whose_request_it_is_and_not_the_token(self):
        headers = self.arrived("/letters?from=carol", self.token("alice"))
        self.assertEqual(headers["x-auth-user"], ["alice"])
        self.assertEqual(headers["x-auth-id"], ["1"])
        self.assertEqual(headers["x-auth-roles"], ["admin"])
        self.assertEqual(headers["x-auth-permissions"], ["*"])
        self.assertNotIn("authorization", headers)
        self.assertEqual(self.application.asked, ["/letters?from=carol"])

    def test_the_request_itself_arrives_as_it_was_sent(self):
        answer = self.ask("/letters", self.token(), "POST", "Dear Carol", Content__Type="text/plain")
        asked = answer.json()
        self.assertEqual((asked["method"], asked["path"], asked["body"]), ("POST", "/letters", "Dear Carol"))

    def test_head_is_asked_about_like_any_other_request(self):
        answer = self.ask("/letters", self.token(), "HEAD")
        self.assertEqual((answer.status, answer.body, self.application.asked), (200, b"", ["/letters"]))
        for path, token, status in (("/", None, 401), ("/posts/new", self.token("bob"), 403)):
            answer = self.ask(path, token, "HEAD")
            self.assertEqual((answer.status, answer.body), (status, b""))
        self.assertEqual(len(self.application.asked), 1)

    def test_nobody_says_who_they_are_by_themselves(self):
        forged = {name.replace("-", "__"): "alice" for name in IDENTITY} | {"X_Auth_User": "alice"}
        headers = self.arrived("/", self.token("bob"), **forged)
        self.assertEqual(headers["x-auth-user"], ["bob"])
        self.assertEqual(headers["x-auth-roles"], ["user"])
        self.assertNotIn("x-auth-permissions", headers)
        self.assertNotIn("x_auth_user", headers)
        self.assertEqual(self.ask("/", **forged).status, 401)
        self.assertEqual(len(self.application.asked), 1)

    def test_a_permission_that_is_missing_is_403(self):
        self.assertEqual(self.ask("/posts/new", self.token("bob")).status, 403)
        self.assertEqual(self.ask("/posts/new?permission=users:read", self.token("bob")).status, 403)
        self.assertEqual(self.application.asked, [])
        self.assertEqual(self.ask("/posts/new", self.token("alice")).status, 200)

    def test_a_disabled_user_is_refused_at_the_next_request(self):
        bob = self.token("bob")
        self.arrived("/", bob)
        administrator = {"Authorization": f"Bearer {self.token('alice')}", "Content-Type": "application/json"}
        read = ask(self.cardea.port, "GET", "/admin/users/2", administrator)
        disabling = administrator | {"If-Match": read.header("ETag")}
        changed = ask(self.cardea.port, "PATCH", "/admin/users/2", disabling, '{"state": "disabled"}')
        self.assertEqual(changed.status, 200, changed.body)
        self.assertEqual(self.ask("/", bob).status, 401)
        self.assertEqual(len(self.application.asked), 1)

    def test_an_api_key_is_as_good_as_a_token_within_its_scope(self):
        headers = {"Authorization": f"Bearer {self.token('alice')}", "Content-Type": "application/json"}
        made = ask(self.cardea.port, "POST", "/auth/api-keys", headers, '{"name": "x", "scope": "posts:write"}').json()
        arrived = self.arrived("/posts/new", made["key"])
        self.assertEqual(arrived["x-auth-permissions"], ["posts:write"])
        self.assertNotIn("x-auth-roles", arrived)

    def test_the_questions_cannot_be_asked_from_outside(self):
        for path in ("/_verify", "/_verify/user", "/_verify/author", "/_verify/stranger"):
            self.assertEqual(self.ask(path, self.token("alice")).status, 404, path)

    def test_nothing_gets_through_while_cardea_is_away(self):
        alice = self.token("alice")
        self.arrived("/", alice)
        self.assertEqual(self.cardea.stop(), 0)
        self.assertEqual(self.ask("/", alice).status, 500)
        self.assertEqual(len(self.application.asked), 1)
        self.cardea.start()
        self.arrived("/", alice)


class OtherSamples(unittest.TestCase):
    def test_hand_on_the_same_headers(self):
        for name in ("nginx.conf", "traefik.yml", "envoy.yaml"):
            text = (SAMPLES / name).read_text().lower()
            for header in IDENTITY:
                self.assertIn(header, text, name)


if __name__ == "__main__":
    unittest.main()
