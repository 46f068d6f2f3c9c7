"""The server that is asked, with every part of its API switched on, and whom it knows. Requests may end whoever makes
them, by a logout or because their account is deleted: then somebody takes their place."""

import base64
import dataclasses
import json
import pathlib
import random
import urllib.parse

from document import Document, Operation
from generation import URLENCODED, Sent
from harness.http import Answer, Connection, ask
from harness.server import cardea, run_cardea

MARK = "hidden-Zq7"  # in every password that is ever sent, and so in no answer and no log
PASSWORD = f"{MARK}-vR3mPx9k"
JSON_TYPE = {"Content-Type": "application/json"}
OPTIONS = ("--registration", "--oauth-password-grant", "--signing-algorithm", "EdDSA", "--metrics", "permission")
ANONYMOUS, FORGED, USER, ADMINISTRATOR, API_KEY = "anonymous", "forged", "user", "administrator", "API key"


@dataclasses.dataclass
class Actor:
    id: int
    token: str


class Stage:
    def __init__(self, folder: str, chance: random.Random):
        self._folder = pathlib.Path(folder)
        self._chance = chance
        self._names = 0
        self._actors: dict[str, Actor] = {}
        self.server = cardea(folder, *OPTIONS, demo=False)

    def open(self) -> None:
        self._keeper = self._new_keeper()
        self.document = Document(self.ask_plainly("GET", "/openapi.json").json())
        self.client = self._new_client()

    @property
    def secrets(self) -> list[bytes]:
        """What no answer may ever show, however it is written."""
        (file,) = self._folder.glob("*.master-key")
        key = file.read_bytes().strip()
        return [MARK.encode(), key, key.hex().encode(), base64.b64encode(key), b"$argon2"]

    # ---- who asks ----------------------------------------------------------------------------------------------------

    def kept_ids(self) -> list[int]:
        """Of those whose end would end much else."""
        return [actor.id for who, actor in self._actors.items() if who != USER]

    def not_kept(self, items: list[dict]) -> list[dict]:
        kept = self.kept_ids()
        items = [each for each in items if each.get("id") not in kept and each.get("client_id") != self.client[0]]
        return [each for each in items if not each.get("current") and not each.get("declared")]

    def bearer_of(self, who: str) -> str | None:
        if who == ANONYMOUS:
            return None
        if who == FORGED:
            return self._forged(self.actor(ADMINISTRATOR).token)
        return self.actor(who).token

    def actor(self, who: str) -> Actor:
        if who not in self._actors:
            self._actors[who] = self._new_actor(who)
        return self._actors[who]

    def is_known(self, who: str) -> bool:
        """Whether the server still takes them for whom they were."""
        path = "/auth/verify" if who == API_KEY else "/me"
        return self.ask_plainly("GET", path, self.actor(who).token).status == 200

    def replace(self, who: str) -> None:
        self._actors.pop(who, None)

    def _new_actor(self, who: str) -> Actor:
        actor = self.new_user("user" if who == USER else "admin")
        if who == USER:
            self._made("/auth/api-keys", actor.token, {"name": "script"})
        if who == API_KEY:
            wanted = {"name": "script", "scope": "*"}
            actor.token = self._made("/auth/api-keys", actor.token, wanted)["key"]
        return actor

    def new_user(self, role: str) -> Actor:
        """With another session than that of their token, which they can end."""
        name = self._name()
        made = self._made("/admin/users", self.keeper, {"username": name, "role": role, "password": PASSWORD})
        self._log_in(name)
        return Actor(made["id"], self._log_in(name))

    def new_role(self, permissions: list[str]) -> str:
        return self._made("/admin/roles", self.keeper, {"role": self._name(), "permissions": permissions})["role"]

    @property
    def keeper(self) -> str:
        """The token of an administrator who is there for the test's own wants."""
        if self.ask_plainly("GET", "/admin/users?limit=1", self._keeper).status != 200:
            self._keeper = self._new_keeper()
        return self._keeper

    def _new_keeper(self) -> str:
        name = self._name()
        run_cardea(self._folder, "user", "add", name, "--role", "admin", standard_input=PASSWORD + "\n")
        return self._log_in(name)

    def _new_client(self) -> tuple[str, str]:
        made = self._made("/admin/clients", self.keeper, {"name": "tester", "scope": "users:read users:write"})
        return made["client_id"], made["client_secret"]

    def _name(self) -> str:
        self._names += 1
        return f"actor-{self._names}"

    def _log_in(self, name: str) -> str:
        return self._made("/auth/login", None, {"username": name, "password": PASSWORD})["access_token"]

    def _forged(self, token: str) -> str:
        at = self._chance.randrange(len(token) - 8)
        other = "A" if token[at] != "A" else "B"
        altered = token[:at] + other + token[at + 1 :]
        return self._chance.choice([altered, "a.b.c", "nonsense", token[:-9], token + ".x"])

    # ---- asking ------------------------------------------------------------------------------------------------------

    def ask_plainly(self, method: str, target: str, token: str | None = None, body: dict | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        text = json.dumps(body) if body is not None else ""
        return ask(self.server.port, method, target, headers | (JSON_TYPE if text else {}), text, self._address())

    def ask(self, sent: Sent) -> Answer:
        """Each request comes from an address of its own, so that only its account can have failed too often."""
        with Connection(self.server.port, self._address()) as connection:
            connection.send(sent.text())
            return connection.answer(to=sent.operation.method)

    def authorize(self, sent: Sent, who: str) -> None:
        if "ClientBasic" in sent.operation.schemes:
            if who != ANONYMOUS:
                self._authorize_client(sent)
        elif (token := self.bearer_of(who)) is not None:
            sent.headers["Authorization"] = f"Bearer {token}"

    def _authorize_client(self, sent: Sent) -> None:
        """By one of the two ways, and not by both."""
        if sent.headers.get("Content-Type") != URLENCODED or sent.faults:
            return
        fields = urllib.parse.parse_qsl(sent.body.decode(), keep_blank_values=True)
        kept = [(name, value) for name, value in fields if not name.startswith("client_")]
        identity = dict(zip(("client_id", "client_secret"), self.client))
        if self._chance.random() < 0.5:
            sent.headers["Authorization"] = "Basic " + base64.b64encode(":".join(self.client).encode()).decode()
            identity = {}
        sent.body = urllib.parse.urlencode([*kept, *identity.items()]).encode()

    def _made(self, path: str, token: str | None, wanted: dict) -> dict:
        answer = self.ask_plainly("POST", path, token, wanted)
        if answer.status not in (200, 201):
            raise AssertionError(f"POST {path}: {answer.status} {answer.body!r}")
        return answer.json()

    def _address(self) -> str:
        return f"127.{self._chance.randint(1, 254)}.{self._chance.randint(0, 254)}.{self._chance.randint(1, 254)}"


def is_recognised(operation: Operation, who: str) -> bool:
    """Whether their token is one of those that the operation asks for."""
    if who == API_KEY:
        return "ApiKeyBearer" in operation.schemes
    return who in (USER, ADMINISTRATOR) and "OAuth2PasswordBearer" in operation.schemes


def has_what_it_takes(operation: Operation, who: str) -> bool | None:
    """Whether the description lets them in; None where it is about a client of OAuth 2 and not about a user."""
    if "ClientBasic" in operation.schemes:
        return None
    if operation.is_open:
        return True
    if who in (ANONYMOUS, FORGED):
        return False
    if who == API_KEY:
        return "ApiKeyBearer" in operation.schemes
    return who == ADMINISTRATOR or not (operation.permissions or operation.roles)
