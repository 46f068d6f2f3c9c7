"""The one shape of every error (docs/errors.md), checked member by member."""

import re

from harness.http import Answer

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
INNARDS = re.compile(
    rb"boost|sqlite|soci|openssl|sodium|exception|/src/|\.cpp|\.hpp|SELECT|0x[0-9a-f]{6}", re.IGNORECASE
)


def complaints_about(answer: Answer, status: int, code: str, path: str | None) -> list[str]:
    """What is wrong with an answer that should be this error; `path` None where no target was understood."""
    if answer.status != status:
        return [f"status {answer.status} instead of {status}: {answer.body[:300]!r}"]
    found = _header_complaints(answer)
    if answer.header("content-type") != "application/json":
        return found + [f"Content-Type {answer.header('content-type')!r}"]
    error = answer.json().get("error", {})
    expected = {"status": status, "code": code, "request_id": answer.header("x-request-id")}
    if path is not None:
        expected["path"] = path
    found += [
        f"{name} is {error.get(name)!r} instead of {value!r}"
        for name, value in expected.items()
        if error.get(name) != value
    ]
    if not isinstance(error.get("message"), str) or not error["message"]:
        found.append("no message")
    more = error.keys() - {"message", "status", "path", "code", "request_id", "fields"}
    return found + ([f"unknown members {more}"] if more else [])


def _header_complaints(answer: Answer) -> list[str]:
    found = []
    if not REQUEST_ID.fullmatch(answer.header("x-request-id") or ""):
        found.append(f"X-Request-Id {answer.header('x-request-id')!r}")
    if answer.header("x-content-type-options") != "nosniff":
        found.append("no X-Content-Type-Options: nosniff")
    for status, name in (
        (401, "www-authenticate"),
        (403, "www-authenticate"),
        (405, "allow"),
        (429, "retry-after"),
        (503, "retry-after"),
    ):
        if answer.status == status and not answer.header(name):
            found.append(f"{status} without {name}")
    if INNARDS.search(answer.body):
        found.append(f"shows its innards: {answer.body!r}")
    return found
