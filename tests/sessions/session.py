"""A session as a client has it: its two tokens, and what can be asked with them on a connection that is kept."""

import base64
import json

from harness.http import Answer, Connection, request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Session:
    """The tokens are the last ones that the server has answered with."""

    def __init__(self, login: dict):
        self.keep(login)

    def keep(self, tokens: dict) -> None:
        self.access = tokens["access_token"]
        self.refresh = tokens["refresh_token"]

    @property
    def id(self) -> str:
        """The access token's sid."""
        payload = self.access.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sid"]


def exchanged(connection: Connection, method: str, target: str, token: str = "", form: str = "") -> Answer:
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    connection.send(request(method, target, bearer | (FORM if form else {}), form))
    return connection.answer(to=method)


def log_in(connection: Connection, username: str, password: str) -> Answer:
    return exchanged(connection, "POST", "/auth/login", form=f"username={username}&password={password}")


def refresh(connection: Connection, token: str) -> Answer:
    return exchanged(connection, "POST", "/auth/refresh", form=f"refresh_token={token}")


def log_out(connection: Connection, token: str) -> Answer:
    return exchanged(connection, "POST", "/auth/logout", token)


def me(connection: Connection, token: str) -> Answer:
    return exchanged(connection, "GET", "/me", token)


def code_of(answer: Answer) -> str | None:
    """The error's code; None of a success."""
    return None if answer.status < 400 else answer.json()["error"]["code"]
