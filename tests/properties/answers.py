"""What has to hold for every answer, whatever was asked."""

import re

from document import Document
from generation import Sent
from harness.error_envelope import INNARDS, REQUEST_ID, complaints_about
from harness.http import Answer
from harness.server import REPOSITORY

JSON, PROBLEM = "application/json", "application/problem+json"
STATUS_LINE, CODE_LINE = re.compile(r"## (\d{3}) "), re.compile(r"\| `([a-z0-9_]+)` \|")
# What the server itself refuses before it looks at the operation (docs/server.md, docs/errors.md).
OF_THE_SPELLING = {400: "invalid_request", 404: "not_found"}
HAS_TOKENS = {"/auth/login", "/auth/refresh", "/oauth2/token", "/oauth2/introspect"}


def documented_codes() -> dict[str, int]:
    """The status of each code that docs/errors.md lets a client read."""
    codes, status = {}, 0
    for line in (REPOSITORY / "docs" / "errors.md").read_text().splitlines():
        if found := STATUS_LINE.match(line):
            status = int(found[1])
        elif found := CODE_LINE.match(line):
            codes[found[1]] = status
    return codes


class Judge:
    def __init__(self, document: Document, secrets: list[bytes]):
        self._document = document
        self._secrets = secrets
        self._codes = documented_codes()

    def complaints(self, sent: Sent, answer: Answer) -> list[str]:
        found = self._of_every_answer(sent, answer)
        if sent.is_of_another_path and answer.status in OF_THE_SPELLING:
            return found + self._of_an_error(sent, answer, OF_THE_SPELLING[answer.status])
        says = sent.operation.says["responses"].get(str(answer.status))
        if says is None:
            return found + [f"{answer.status} is not declared: {answer.body[:300]!r}"]
        found += [f"no {name}" for name in says.get("headers", {}) if answer.header(name) is None]
        found += self._of_the_body(says, answer)
        if answer.status >= 400:
            found += self._of_an_error(sent, answer)
        elif sent.faults:
            found.append(f"{answer.status}, though the description forbids it: {sent.faults}")
        return found

    def _of_every_answer(self, sent: Sent, answer: Answer) -> list[str]:
        found = []
        if answer.status >= 500 and answer.status != 503:
            found.append(f"a failure inside: {answer.status}")
        if not REQUEST_ID.fullmatch(answer.header("x-request-id") or ""):
            found.append("no X-Request-Id")
        if answer.header("x-content-type-options") != "nosniff":
            found.append("no X-Content-Type-Options: nosniff")
        if answer.header("date") is None:
            found.append("no Date")
        if answer.header("x-injected") is not None:
            found.append("a header that the request has put in")
        if answer.status == 200 and sent.operation.path in HAS_TOKENS and answer.header("cache-control") != "no-store":
            found.append("tokens that a cache may keep")
        shown = answer.body + repr(answer.headers).encode()
        return found + [f"a secret: {secret[:6]!r}..." for secret in self._secrets if secret in shown]

    def _of_the_body(self, says: dict, answer: Answer) -> list[str]:
        media_type = (answer.header("content-type") or "").split(";")[0]
        if "content" not in says:
            return [f"a body of which nothing is said: {answer.body[:200]!r}"] if answer.body else []
        if media_type not in says["content"]:
            return [f"the media type {media_type}"]
        if not is_json(media_type):
            return []
        return self._document.complaints(says["content"][media_type]["schema"], answer.json())

    def _of_an_error(self, sent: Sent, answer: Answer, code: str | None = None) -> list[str]:
        media_type = answer.header("content-type") or ""
        if not is_json(media_type):
            return [f"an error of the media type {media_type}"]
        found = ["shows its innards"] if INNARDS.search(answer.body) else []
        facts = answer.json()
        if isinstance(facts.get("error"), str):
            return found  # as RFC 6749 has it: the schema has said all
        error = facts if media_type == PROBLEM else facts["error"]
        if code not in (None, error["code"]):
            found.append(f"the code {error['code']} instead of {code}")
        if self._codes.get(error["code"]) != answer.status:
            found.append(f"the code {error['code']}, which docs/errors.md does not have for {answer.status}")
        if media_type == JSON:
            return found + complaints_about(answer, answer.status, error["code"], sent.path)
        if (error["status"], error["instance"], error["request_id"]) != (
            answer.status, sent.path, answer.header("x-request-id")):
            found.append(f"other facts than the answer's: {error}")
        return found


def is_json(media_type: str) -> bool:
    return media_type in (JSON, PROBLEM)
