#!/usr/bin/python3
"""Standard OAuth 2 clients, unchanged, against `cardea serve`: Authlib and requests-oauthlib."""

import os
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

# Both insist on https, which loopback does without.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
os.environ["NO_PROXY"] = "127.0.0.1"

import json  # noqa: E402

from authlib.integrations.base_client.errors import OAuthError  # noqa: E402
from authlib.integrations.requests_client import OAuth2Session  # noqa: E402
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata  # noqa: E402
from harness.http import ask, log_in, tokens_of_login  # noqa: E402
from harness.server import cardea, run_cardea  # noqa: E402
from oauthlib.oauth2 import BackendApplicationClient, InvalidClientError, InvalidScopeError  # noqa: E402
from requests_oauthlib import OAuth2Session as RequestsSession  # noqa: E402


class StandardClients(unittest.TestCase):
    """The server runs already, and knows a client that may read keys."""

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-oauth-"))
        self.server = self.enterContext(cardea(self.folder, "--signing-algorithm", "ES256"))
        self.client = self.added("--scope", "keys:read clients:read")
        self.metadata = ask(self.server.port, "GET", "/.well-known/oauth-authorization-server").json()

    def added(self, *options: str) -> dict:
        return json.loads(run_cardea(self.folder, "client", "add", "billing", "--json", *options))

    def session(self, method: str, **more) -> OAuth2Session:
        return OAuth2Session(
            self.client["client_id"], self.client["client_secret"], token_endpoint_auth_method=method, **more
        )

    def fetched(self, session: OAuth2Session) -> dict:
        return session.fetch_token(self.metadata["token_endpoint"], grant_type="client_credentials")


class Metadata(StandardClients):
    def test_it_is_what_rfc_8414_asks_for_but_for_https(self):
        document = AuthorizationServerMetadata(self.metadata)
        for name in sorted(document.REGISTRY_KEYS):
            if name in ("issuer", "response_types_supported") or name.endswith(("_endpoint", "_uri")):
                continue  # on loopback there is no https, and Authlib takes an empty list for none
            getattr(document, f"validate_{name}")()
        self.assertEqual(document.issuer, self.server.url)
        self.assertIn("client_credentials", document.grant_types_supported)
        self.assertEqual(document.response_types_supported, [])
        for name in ("token_endpoint", "introspection_endpoint", "revocation_endpoint", "jwks_uri"):
            self.assertTrue(document[name].startswith(self.server.url + "/"), name)


class Authlib(StandardClients):
    def test_a_client_gets_a_token_by_either_way_to_authenticate_and_uses_it(self):
        for method in self.metadata["token_endpoint_auth_methods_supported"]:
            with self.subTest(method), self.session(method, scope="keys:read") as session:
                token = self.fetched(session)
                self.assertEqual(token["scope"], "keys:read")
                self.assertEqual(session.get(f"{self.server.url}/admin/keys").status_code, 200)
                self.assertEqual(session.get(f"{self.server.url}/admin/clients").status_code, 403)

    def test_it_asks_whether_a_token_holds_and_gives_it_back(self):
        with self.session("client_secret_basic") as session:
            token = self.fetched(session)["access_token"]
            held = session.introspect_token(self.metadata["introspection_endpoint"], token=token).json()
            self.assertTrue(held["active"])
            self.assertEqual(held["client_id"], self.client["client_id"])
            self.assertEqual(held["scope"], "clients:read keys:read")
            users = log_in(self.server.port, "alice", "alicepw")
            self.assertEqual(
                session.introspect_token(self.metadata["introspection_endpoint"], token=users).json()["username"], "alice"
            )
            unknown = session.introspect_token(self.metadata["introspection_endpoint"], token="unknown")
            self.assertEqual((unknown.status_code, unknown.text), (200, '{"active":false}'))
            revoked = session.revoke_token(
                self.metadata["revocation_endpoint"], token=token, token_type_hint="access_token"
            )
            self.assertEqual((revoked.status_code, revoked.text), (200, ""))

    def test_it_refreshes_a_users_tokens_and_gives_them_back(self):
        login = tokens_of_login(self.server.port, "bob", "bobpw")
        with self.session("client_secret_basic", token=login) as session:
            first = session.refresh_token(self.metadata["token_endpoint"])
            self.assertNotEqual(first["refresh_token"], login["refresh_token"])
            self.assertEqual(session.get(f"{self.server.url}/me").json()["username"], "bob")
            session.revoke_token(
                self.metadata["revocation_endpoint"], token=first["refresh_token"], token_type_hint="refresh_token"
            )
            self.assertEqual(session.get(f"{self.server.url}/me").status_code, 401)
            with self.assertRaises(OAuthError) as refused:
                session.refresh_token(self.metadata["token_endpoint"], refresh_token=first["refresh_token"])
        self.assertEqual(refused.exception.error, "invalid_grant")

    def test_the_password_grant_works_where_it_is_allowed_and_nowhere_else(self):
        with self.session("client_secret_basic") as session, self.assertRaises(OAuthError) as refused:
            session.fetch_token(self.metadata["token_endpoint"], username="bob", password="bobpw")
        self.assertEqual(refused.exception.error, "unsupported_grant_type")
        allowing = self.enterContext(cardea(self.folder, "--signing-algorithm", "ES256", "--oauth-password-grant"))
        with self.session("client_secret_basic") as session:
            session.fetch_token(f"{allowing.url}/oauth2/token", username="bob", password="bobpw")
            self.assertEqual(session.get(f"{allowing.url}/me").json()["username"], "bob")

    def test_it_understands_a_refusal(self):
        with self.session("client_secret_basic", scope="keys:rotate") as session:
            with self.assertRaises(OAuthError) as refused:
                self.fetched(session)
        self.assertEqual(refused.exception.error, "invalid_scope")
        run_cardea(self.folder, "client", "rotate-secret", self.client["client_id"])
        with self.session("client_secret_post") as session, self.assertRaises(OAuthError) as refused:
            self.fetched(session)
        self.assertEqual(refused.exception.error, "invalid_client")


class RequestsOauthlib(StandardClients):
    def requests_session(self, **more) -> RequestsSession:
        return RequestsSession(client=BackendApplicationClient(self.client["client_id"], **more))

    def fetch(self, session: RequestsSession, secret: str) -> dict:
        return session.fetch_token(
            self.metadata["token_endpoint"], client_id=self.client["client_id"], client_secret=secret
        )

    def test_a_client_gets_a_token_and_uses_it(self):
        with self.requests_session(scope=["keys:read"]) as session:
            token = self.fetch(session, self.client["client_secret"])
            self.assertEqual(token["scope"], ["keys:read"])
            self.assertEqual(session.get(f"{self.server.url}/admin/keys").status_code, 200)

    def test_it_refreshes_by_itself_when_an_access_token_has_expired(self):
        login = tokens_of_login(self.server.port, "bob", "bobpw")
        saved = []
        url = self.metadata["token_endpoint"]
        with RequestsSession(
            token=login | {"expires_in": -1, "expires_at": 1}, auto_refresh_url=url, token_updater=saved.append
        ) as session:
            self.assertEqual(session.get(f"{self.server.url}/me").json()["username"], "bob")
        self.assertEqual(len(saved), 1)
        self.assertNotEqual(saved[0]["refresh_token"], login["refresh_token"])

    def test_it_understands_a_refusal(self):
        with self.requests_session() as session, self.assertRaises(InvalidClientError):
            self.fetch(session, "wrong")
        with self.requests_session(scope=["keys:rotate"]) as session, self.assertRaises(InvalidScopeError):
            self.fetch(session, self.client["client_secret"])


if __name__ == "__main__":
    unittest.main()
