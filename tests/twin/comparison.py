"""What two answers to one request have in common, and what not: facts by name, differences with reasons."""

import dataclasses
import json
import re

from harness.http import Answer

# How the two servers frame and sign their answers is not the tutorial's behaviour; framing has tests of its own.
NOT_COMPARED = {"date", "server", "content-length", "connection", "keep-alive"}

TOKEN = re.compile(r"^[\w-]+\.[\w-]+\.[\w-]+$")
REFRESH_TOKEN = re.compile(r"^cardea_rt_[\w-]{75}$")
REQUEST_ID = re.compile(r"^[\w-]{8,64}$")

Facts = dict[str, object]


@dataclasses.dataclass(frozen=True)
class Differs:
    """One fact in which Cardea departs from the tutorial on purpose; None where one has no such fact."""

    fact: str
    tutorial: object
    cardea: object
    reason: str


def facts_of(answer: Answer) -> Facts:
    """Status, headers and the members of a JSON body by JSON pointer; what changes each time is replaced."""
    facts: Facts = {"status": answer.status}
    for name, _ in answer.headers:
        if name not in NOT_COMPARED:
            facts[name] = _settled(name, answer.header(name))
    if (answer.header("content-type") or "").split(";")[0].endswith("json") and answer.body:
        facts |= _members("", json.loads(answer.body))
    elif answer.body:
        facts["body"] = "<page>"
    return facts


def _members(pointer: str, value) -> Facts:
    if not isinstance(value, dict):
        return {pointer: _settled(pointer, value)}
    return {name: fact for key, child in value.items() for name, fact in _members(f"{pointer}/{key}", child).items()}


def _settled(name: str, value: object) -> object:
    if name == "/access_token" and TOKEN.match(str(value)):
        return "<token>"
    if name == "/refresh_token" and REFRESH_TOKEN.match(str(value)):
        return "<refresh-token>"
    if name in ("x-request-id", "/error/request_id") and REQUEST_ID.match(str(value)):
        return "<request-id>"
    return {"content-security-policy": "<policy>", "etag": "<tag>"}.get(name, value)


def complaints(tutorial: Facts, cardea: Facts, listed: list[Differs]) -> list[str]:
    """Differences that are not listed, and listed ones that do not exist (any more)."""
    found = []
    expected = {}
    for differs in listed:
        if differs.fact in expected:
            found.append(f"{differs.fact}: listed twice")
        expected[differs.fact] = (differs.tutorial, differs.cardea)
    for fact in sorted(tutorial.keys() | cardea.keys() | expected.keys()):
        happened = (tutorial.get(fact), cardea.get(fact))
        if fact not in expected and happened[0] != happened[1]:
            found.append(f"{fact}: {happened[0]!r} against {happened[1]!r}, not listed")
        elif fact in expected and happened != expected[fact]:
            found.append(f"{fact}: {happened[0]!r} against {happened[1]!r}, listed as {expected[fact]!r}")
    return found
