"""Values for what a schema describes: those that it allows, at its limits and odd ones among them, and those that it
forbids. Where a test has seen what there is, such as the id of a user, that is taken more often than not."""

import collections
import random
from typing import Any

from document import Document, Operation

ODD_TEXTS = [
    "", " ", "a", "a" * 64, "a" * 65, "a" * 255, "a" * 1024, "a" * 1025, "ä", "ΩΩΩ", "\U0001f980" * 20,
    "\u202etxt.exe", "\ufeffx", "a\u0300", "a\0b", "\x7f", "\r\nX-Injected: 1", "x\r\n\r\n<html>",
    "%00", "%2e%2e%2f", "../../etc/passwd", "' OR '1'='1", '"; DROP TABLE users; --', "<script>alert(1)</script>",
    "{{7*7}}", "${jndi:ldap://127.0.0.1/a}",
    "null", "undefined", "NaN", "-1", "1e400", "0x10", "*", "*:*", "users:*", "a b", "a,b", "a;b", "Client_x",
]
ODD_VALUES = [1, -1, 0, 1.5, 1e300, 2**63, -(2**63) - 1, 10**30, True, None, "", "nonsense", [], [[]], [None], {},
              {"a": {}}]
BOUNDS = [0, 1, -1, 2**31 - 1, 2**31, -(2**31), 2**53, 2**63 - 1, -(2**63)]
TIMES = ["1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-28T23:59:59.999999Z", "2099-12-31T23:59:59Z",
         "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
# What of an answer is worth knowing for a later request, by the component that it stands in.
LEARNED = {
    "UserView": {"id": "user", "username": "username"},
    "RegisteredAccount": {"id": "user", "username": "username"},
    "SessionView": {"id": "session"},
    "ApiKeyView": {"id": "api key"},
    "ApiKeyWithText": {"id": "api key"},
    "ClientView": {"client_id": "client"},
    "ClientWithSecret": {"client_id": "client"},
    "RoleView": {"role": "role"},
    "KeyView": {"kid": "kid"},
    "ResetCode": {"code": "code"},
    "TokenAnswer": {"access_token": "token", "refresh_token": "refresh token"},
}
IDS = {"/admin/users": "user", "/auth/api-keys": "api key", "/admin/clients": "client"}
NAMED = {"session": "session", "key": "api key", "kid": "kid", "role": "role", "client_id": "client", "code": "code",
         "token": "token", "refresh_token": "refresh token", "subject": "username", "username": "username"}
DECLARED = ["user", "admin"]
MOST_KNOWN = 16


class Known:
    """What earlier answers have shown, the latest of each kind; never what a test cannot do without."""

    def __init__(self, document: Document):
        self._document = document
        self._kept: set = set()
        self._seen: dict[str, collections.deque] = collections.defaultdict(lambda: collections.deque(maxlen=MOST_KNOWN))

    def keep(self, *values) -> None:
        self._kept.update(values)

    def add(self, kind: str, value) -> None:
        if value not in self._kept and value not in self._seen[kind]:
            self._seen[kind].append(value)

    def of(self, kind: str) -> list:
        return list(self._seen[kind])

    def learn(self, operation: Operation, schema: dict, value: Any) -> None:
        name, schema = self._document.name_of(schema), self._document.resolved(schema)
        if schema.get("type") == "array" and isinstance(value, list):
            for item in value:
                self.learn(operation, schema["items"], item)
        if not isinstance(value, dict):
            return
        if value.get("next"):
            self.add(f"cursor of {operation.path}", value["next"])
        for member, says in schema.get("properties", {}).items():
            if member not in value:
                continue
            if kind := LEARNED.get(name, {}).get(member):
                self.add(kind, value[member])
            self.learn(operation, says, value[member])


class Values:
    """`secret` makes a text that no answer may ever have in it."""

    def __init__(self, chance: random.Random, document: Document, known: Known, secret):
        self.chance = chance
        self._document = document
        self._known = known
        self._secret = secret
        self._count = 0

    def resolved(self, schema: dict) -> dict:
        return self._document.resolved(schema)

    # ---- what a schema allows ----------------------------------------------------------------------------------------

    def fitting(self, operation: Operation, name: str, schema: dict) -> Any:
        schema = self._document.resolved(schema)
        if "anyOf" in schema:
            schema = self._document.resolved(self.chance.choice(schema["anyOf"]))
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        kind = schema.get("type", "null")
        if kind == "object":
            return self._object(operation, schema)
        if kind == "array":
            return [self.fitting(operation, name, schema["items"]) for _ in range(self._length())]
        if kind == "integer":
            return self._integer(operation, name, schema)
        if kind == "boolean":
            return self.chance.random() < 0.5
        return None if kind == "null" else self._text(operation, name, schema)

    def _object(self, operation: Operation, schema: dict) -> dict:
        needed = schema.get("required", [])
        return {
            name: self.fitting(operation, name, says)
            for name, says in schema.get("properties", {}).items()
            if name in needed or self.chance.random() < 0.5
        }

    def _length(self) -> int:
        return self.chance.choice([0, 1, 1, 2, 3, 201 if self.chance.random() < 0.1 else 1])

    def _integer(self, operation: Operation, name: str, schema: dict) -> int:
        known = self._known_for(operation, name)
        if known and self.chance.random() < 0.8:
            return self.chance.choice(known)
        least, most = schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1)
        within = [each for each in (*BOUNDS, least, most) if least <= each <= most]
        return self.chance.choice([*within, self.chance.randint(least, most)])

    def _text(self, operation: Operation, name: str, schema: dict) -> str:
        if schema.get("format") == "date-time":
            return self.chance.choice(TIMES)
        if self.chance.random() < 0.85 and (likely := self._likely(operation, name)) is not None:
            return likely
        if self.chance.random() < 0.7:
            return self.chance.choice(ODD_TEXTS)
        characters = [*map(chr, range(1, 0x250)), "\u3042", "\U0001f600"]
        return "".join(self.chance.choices(characters, k=self.chance.randint(1, 90)))

    def _likely(self, operation: Operation, name: str) -> str | None:
        """What a client would send; None for a name that says nothing."""
        known = self._known_for(operation, name)
        if known and self.chance.random() < 0.7 and not (name == "username" and operation.path != "/auth/login"):
            return str(self.chance.choice(known))
        self._count += 1
        made = {
            "username": f"user-{self._count}",
            "role": f"role-{self._count}" if operation.path == "/admin/roles" else self.chance.choice(DECLARED),
            "other_roles": self.chance.choice(["user", "admin", f"role-{self._count % 20}"]),
            "permission": self.chance.choice(["users:read", "posts:write"]),
            "permissions": self.chance.choice([*self._document.text["x-permissions"], "audit:*", "*"]),
            "includes": self.chance.choice(["user", "user", "user", *self._known.of("role")[-1:]]),
            "scope": self.chance.choice(["", "users:read", "users:read users:write", "keys:read audit:read", "*"]),
            "email": f"user-{self._count}@example.org",
            "kind": self.chance.choice(["confidential", "public"]),
            "name": f"Nightly job {self._count}",
            "grant_type": self.chance.choice(["client_credentials", "refresh_token", "password"]),
            "token_type_hint": self.chance.choice(["access_token", "refresh_token"]),
            "event": self.chance.choice(["login_failed", "user_created"]),
            "address": "127.0.0.1",
            "If-Match": self.chance.choice(["*", "*", "*", "*", '"1"', '"2"', 'W/"1"', '"x"', f'"{2**63}"']),
            "If-None-Match": self.chance.choice(["*", '"x"', 'W/"x", "y"']),
        }
        if name in ("password", "new_password", "current_password", "client_secret"):
            return self._secret()
        return made.get(name)

    def _known_for(self, operation: Operation, name: str) -> list:
        if operation.path.endswith("/restore"):
            return self._known.of("deleted user")
        if name == "cursor":
            return self._known.of(f"cursor of {operation.path}")
        if name == "id":
            return self._known.of(next(kind for path, kind in IDS.items() if operation.path.startswith(path)))
        return self._known.of(NAMED[name]) if name in NAMED else []

    # ---- what it forbids ---------------------------------------------------------------------------------------------

    def unfitting(self, schema: dict) -> Any:
        """A JSON value that the schema forbids."""
        while True:
            value = self.chance.choice(ODD_VALUES)
            if self._document.complaints(schema, value):
                return value

    def unfitting_text(self, schema: dict) -> str | None:
        """The same for a parameter, which is text whatever it means; None where every text will do."""
        alternatives = [self._document.resolved(each) for each in schema.get("anyOf", [schema])]
        kinds = {each.get("format", each["type"]) if "enum" not in each else "enum" for each in alternatives}
        if "integer" in {each["type"] for each in alternatives}:
            least, most = alternatives[0].get("minimum", -(2**63)), alternatives[0].get("maximum", 2**63 - 1)
            beyond = [str(least - 1), str(most + 1), "9" * 30]
            return self.chance.choice(["abc", "1.5", "1e3", "0x10", "١", "+1", "1 ", *beyond])
        if "date-time" in kinds:
            return self.chance.choice(["yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01", "0"])
        if kinds & {"enum", "boolean"}:
            return self.chance.choice(["nonsense", "TRUE ", "2", "null"])
        return None
