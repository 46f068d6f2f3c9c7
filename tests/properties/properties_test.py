#!/usr/bin/python3
"""What the OpenAPI document says holds for every request: well-formed and ill-formed ones of each operation, by a
stranger, a user, an administrator and an API key.

CARDEA_PROPERTY_SEED and CARDEA_PROPERTY_EXAMPLES (requests for each operation) make another run, and a longer one.
"""

import collections
import os
import pathlib
import random
import sys
import tempfile
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from answers import Judge  # noqa: E402
from document import Operation  # noqa: E402
from generation import Requests, Sent  # noqa: E402
from harness.http import Answer, Connection, request  # noqa: E402
from stage import (  # noqa: E402
    ADMINISTRATOR,
    ANONYMOUS,
    API_KEY,
    FORGED,
    MARK,
    PASSWORD,
    USER,
    Stage,
    has_what_it_takes,
    is_recognised,
)
from values import Known, Values  # noqa: E402

SEED = int(os.environ.get("CARDEA_PROPERTY_SEED", "9110"))  # the same requests in every run
EXAMPLES = int(os.environ.get("CARDEA_PROPERTY_EXAMPLES", "60"))
SMALLEST_BODY_LIMIT = 4 * 1024  # of the routes that take a password
TRIES = 300  # until an operation succeeds whose examples have all been refused
WHO = [ADMINISTRATOR] * 6 + [USER, USER, ANONYMOUS, FORGED, API_KEY]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
MOST_SHOWN = 12


class Run:
    """One server and one sequence of requests, which the seed decides."""

    def __init__(self, folder: str):
        self.chance = random.Random(SEED)
        self.stage = Stage(folder, self.chance)

    def open(self) -> None:
        self.stage.open()
        self.document = self.stage.document
        self.known = Known(self.document)
        self.known.keep("admin", "user")  # which are declared, and cannot be changed
        self.known.keep(self.stage.client[0])
        self.requests = Requests(Values(self.chance, self.document, self.known, self._secret))
        self.judge = Judge(self.document, self.stage.secrets)

    def _secret(self) -> str:
        rest = self.chance.choice(["", "x", "-" * 1024, "ä", "vR3mPx9k", "\0"])
        return PASSWORD if self.chance.random() < 0.6 else MARK + rest

    def send(self, operation: Operation, who: str, fault: str | None) -> tuple[Sent, Answer]:
        sent = self.requests.make(operation, fault)
        if not sent.is_of_another_path and self.chance.random() < 0.5:
            self._aim_at_what_there_is(sent, who)
        self.stage.authorize(sent, who)
        answer = self.stage.ask(sent)
        # Whoever has ended themselves has to be somebody else; whoever has not is refused wrongly.
        if answer.status == 401 and is_recognised(operation, who) and not self.stage.is_known(who):
            self.stage.replace(who)
            self.stage.authorize(sent, who)
            answer = self.stage.ask(sent)
        return sent, answer

    def _aim_at_what_there_is(self, sent: Sent, who: str) -> None:
        """The last part of the path names something that the list above it has, of whoever is the user here."""
        path, _, last = sent.operation.path.rpartition("/")
        if not last.startswith("{") or f"GET {path}" not in [each.name for each in self.document.operations]:
            return
        above = path.replace("{id}", str(self.stage.actor(USER).id))
        answer = self.stage.ask_plainly("GET", above, self.stage.bearer_of(who))
        if answer.status == 200 and (items := self.stage.not_kept(answer.json()["items"])):
            item = self.chance.choice(items)
            sent.path = above + "/" + urllib.parse.quote(str(next(iter(item.values()))), safe="")
            sent.faults = [fault for fault in sent.faults if fault != "path value"]

    def learn(self, sent: Sent, answer: Answer) -> None:
        operation = sent.operation
        if operation.name == "DELETE /admin/users/{id}" and answer.status == 204:
            self.known.add("deleted user", int(sent.path.rpartition("/")[2]))
        says = operation.says["responses"].get(str(answer.status), {}).get("content", {}).get("application/json")
        if says and answer.status < 300:
            self.known.learn(operation, says["schema"], answer.json())


class Failures:
    """The first of each kind, with the request that has shown it."""

    def __init__(self, url: str):
        self._url = url
        self._seen: dict[tuple, str] = {}

    def add(self, sent: Sent, who: str, complaint: str) -> None:
        key = (sent.operation.name, who, complaint[:24])
        self._seen.setdefault(key, f"{sent.operation.name} by {who}: {complaint}\n    {sent.curl(self._url)}")

    def __str__(self) -> str:
        shown = list(self._seen.values())
        more = [f"... and {len(shown) - MOST_SHOWN} more"] if len(shown) > MOST_SHOWN else []
        return "\n".join([f"CARDEA_PROPERTY_SEED={SEED}", *shown[:MOST_SHOWN], *more])

    def __bool__(self) -> bool:
        return bool(self._seen)


class Properties(unittest.TestCase):
    def setUp(self):
        self.run_ = Run(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-properties-")))
        self.server = self.enterContext(self.run_.stage.server)
        self.run_.open()
        self.operations = self.run_.document.operations
        self.failures = Failures(self.server.url)

    def tearDown(self):
        self.assertFalse(self.failures, f"\n{self.failures}")
        for secret in self.run_.stage.secrets:
            self.assertNotIn(secret, self.server.log_path.read_bytes())

    def judge(self, sent: Sent, who: str, answer: Answer) -> None:
        for complaint in [*self.run_.judge.complaints(sent, answer), *of_who_asked(sent, who, answer)]:
            self.failures.add(sent, who, complaint)

    def test_every_request_is_answered_as_the_document_says(self):
        succeeded = set()
        for _ in range(EXAMPLES):
            for operation in self.run_.chance.sample(self.operations, len(self.operations)):
                fault = None
                if self.run_.chance.random() < 0.6:
                    fault = self.run_.chance.choice(self.run_.requests.faults_of(operation))
                if self.ask(operation, self.run_.chance.choice(WHO), fault) < 300:
                    succeeded.add(operation.name)
        for operation in self.operations:
            with self.subTest(operation.name):
                self.assertTrue(operation.name in succeeded or self.gets_through(operation), "it never succeeds")

    def ask(self, operation: Operation, who: str, fault: str | None) -> int:
        sent, answer = self.run_.send(operation, who, fault)
        self.judge(sent, who, answer)
        self.run_.learn(sent, answer)
        self.run_.known.keep(*self.run_.stage.kept_ids())
        return answer.status

    def gets_through(self, operation: Operation) -> bool:
        return any(self.ask(operation, ADMINISTRATOR, None) < 300 for _ in range(TRIES))

    def test_a_permission_is_what_lets_in_and_nothing_else_is(self):
        named = sorted({permission for operation in self.operations for permission in operation.permissions})
        stage = self.run_.stage
        for permission in named:
            without = stage.new_user(stage.new_role([each for each in named if each != permission])).token
            only = stage.new_user(stage.new_role([permission])).token
            for operation in self.operations:
                if operation.permissions == [permission]:
                    self.assert_lets_in(operation, only, permission, True)
                    self.assert_lets_in(operation, without, permission, False)

    def assert_lets_in(self, operation: Operation, token: str, permission: str, lets_in: bool) -> None:
        sent = self.run_.requests.make(operation)
        sent.headers |= {"Authorization": f"Bearer {token}", "Accept": "*/*"}
        answer = self.run_.stage.ask(sent)
        message = answer.json()["error"]["message"] if answer.status == 403 else ""
        if (message != f"Requires permission: {permission}") != lets_in:
            who = f"one {'with' if lets_in else 'without'} {permission}"
            self.failures.add(sent, who, f"{answer.status} {message}")

    def test_other_methods_are_405_with_those_that_there_are(self):
        of_path = collections.defaultdict(set)
        for operation in self.operations:
            of_path[operation.path].add(operation.method)
        for path, declared in of_path.items():
            target = path.replace("{", "").replace("}", "")
            refused, allowed = {}, set()
            for method in METHODS:
                with Connection(self.server.port) as connection:
                    connection.send(request(method, target))
                    answer = connection.answer(to=method)
                if answer.status == 405:
                    refused[method] = answer.header("allow")
                else:
                    allowed.add(method)
            with self.subTest(path):
                self.assertLessEqual(declared, allowed)
                self.assertEqual("HEAD" in allowed, "GET" in allowed)
                for method, names in refused.items():
                    self.assertEqual(set(names.split(", ")), allowed, f"Allow of {method}")

    def test_head_is_get_without_the_body(self):
        for operation in self.operations:
            if operation.method != "GET":
                continue
            for who in (ADMINISTRATOR, ANONYMOUS):
                sent = self.run_.requests.make(operation)
                self.run_.stage.authorize(sent, who)
                sent.headers.pop("If-None-Match", None)
                got, told = self.run_.stage.ask(sent), self.run_.stage.ask(as_head(sent))
                with self.subTest(operation=operation.name, who=who):
                    self.assertEqual((told.status, told.body), (got.status, b""))
                    for name in ("content-type", "etag", "cache-control", "www-authenticate"):
                        self.assertEqual(told.header(name), got.header(name), name)


def as_head(sent: Sent) -> Sent:
    operation = Operation("HEAD", sent.operation.path, sent.operation.says)
    return Sent(operation, sent.path, sent.query, sent.headers)


def of_who_asked(sent: Sent, who: str, answer: Answer) -> list[str]:
    """Whether they are let in as the description has it. What no route reads, or is too long to read, comes first."""
    may_be_too_large = sent.is_too_large or len(sent.body) > SMALLEST_BODY_LIMIT and answer.status == 413
    before = sent.is_of_another_path or may_be_too_large
    lets_in = has_what_it_takes(sent.operation, who)
    if before or lets_in is None:
        return []
    expected = 403 if who == USER else 401
    if not lets_in:
        return [] if answer.status == expected else [f"{answer.status} instead of {expected}"]
    if sent.operation.is_open:
        return []
    if answer.status == 401:
        return ["401 for somebody whom the server knows"]
    if answer.status == 403 and who == ADMINISTRATOR and b"Requires permission" in answer.body:
        return ["403 for somebody who may do everything"]
    return []


if __name__ == "__main__":
    unittest.main()
