"""Requests for an operation: as its description has them, or with something in them that it forbids."""

import dataclasses
import json
import random
import shlex
import urllib.parse

from document import Operation
from values import Values

URLENCODED, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
BOUNDARY = "edge-of-a-part"
OTHER_SPELLINGS = ["", ".", "..", "%2e%2e", "%2F", "a%2Fb", "a%5Cb", "%00", "a%00", "%ff", "%c0%af", "%", "%zz"]
TOO_LARGE = 70_000  # bytes: more than any of these routes reads
TOO_DEEP = 2_000
MOST_IN_QUERY = 5
LONGEST_SHOWN = 2_000


@dataclasses.dataclass
class Sent:
    operation: Operation
    path: str
    query: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    body: bytes = b""
    faults: list[str] = dataclasses.field(default_factory=list)  # what of it the description forbids
    is_of_another_path: bool = False  # by its spelling: the route is not reached
    is_too_large: bool = False

    @property
    def target(self) -> str:
        return self.path + ("?" + urllib.parse.urlencode(self.query) if self.query else "")

    def text(self) -> bytes:
        headers = {"Host": "127.0.0.1", "Connection": "close", **self.headers}
        if self.body or self.operation.method in ("POST", "PUT", "PATCH"):
            headers["Content-Length"] = str(len(self.body))
        lines = [f"{self.operation.method} {self.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + self.body

    def curl(self, url: str) -> str:
        """The same from a shell, with a token that has to be put in; a long body is cut."""
        words = ["curl", "-i", "--path-as-is", "-X", self.operation.method]
        for name, value in self.headers.items():
            words += ["-H", f"{name}: {'Bearer $TOKEN' if value.startswith('Bearer ') else value}"]
        if not self.body:
            return shlex.join([*words, url + self.target])
        printed = "".join(map(as_printf_has_it, self.body[:LONGEST_SHOWN]))
        return f"printf {shlex.quote(printed)} | " + shlex.join([*words, "--data-binary", "@-", url + self.target])


class Requests:
    def __init__(self, values: Values):
        self._values = values

    @property
    def _chance(self) -> random.Random:
        return self._values.chance

    def make(self, operation: Operation, fault: str | None = None) -> Sent:
        """With that fault, or with none."""
        sent = Sent(operation, self._path(operation, fault))
        sent.is_of_another_path = fault == "another spelling"
        if fault == "path value":
            sent.faults.append(fault)
        self._add_parameters(sent, fault)
        if operation.bodies:
            self._add_body(sent, fault)
        if self._chance.random() < 0.2:
            sent.headers["Accept"] = "application/problem+json"
        return sent

    def faults_of(self, operation: Operation) -> list[str]:
        """What can be wrong about a request to it."""
        found = []
        inside = [each["schema"] for each in operation.parameters if each["in"] == "path"]
        if inside:
            found.append("another spelling")
        if any(schema["type"] == "integer" for schema in inside):
            found.append("path value")
        queried = [each for each in operation.parameters if each["in"] == "query"]
        if any(self._values.unfitting_text(each["schema"]) is not None for each in queried):
            found.append("query value")
        if any(each["in"] == "header" and each["required"] for each in operation.parameters):
            found.append("no header")
        found += ["unknown query", "query twice"]
        if operation.bodies:
            found += ["no body", "media type", "too large", "bytes", "member twice", "unknown member"]
            found += ["member missing", "member type"] * 3
        if JSON in operation.bodies:
            found += ["cut", "too deep", "no object", "half a character", "something behind"]
        return found

    # ---- parameters --------------------------------------------------------------------------------------------------

    def _path(self, operation: Operation, fault: str | None) -> str:
        names = [each for each in operation.parameters if each["in"] == "path"]
        spoilt = self._chance.choice(names)["name"] if fault == "another spelling" else None
        path = operation.path
        for parameter in names:
            name, schema = parameter["name"], parameter["schema"]
            if name == spoilt:
                text = self._chance.choice(OTHER_SPELLINGS)
            elif fault == "path value" and schema["type"] == "integer":
                text = urllib.parse.quote(self._values.unfitting_text(schema), safe="")
            else:
                text = self._segment(operation, name, schema)
            path = path.replace("{" + name + "}", text)
        return path

    def _segment(self, operation: Operation, name: str, schema: dict) -> str:
        while True:
            value = str(self._values.fitting(operation, name, schema))
            if value not in ("", ".", "..") and not set(value) & set("/\\\0"):
                return urllib.parse.quote(value, safe="")

    def _add_parameters(self, sent: Sent, fault: str | None) -> None:
        for parameter in sent.operation.parameters:
            place, name, schema = parameter["in"], parameter["name"], parameter["schema"]
            if place == "query":
                self._add_to_query(sent, name, schema, fault)
            elif place == "header" and fault != "no header" and (parameter["required"] or self._chance.random() < 0.5):
                value = str(self._values.fitting(sent.operation, name, schema))
                sent.headers[name] = "".join(each for each in value if " " <= each < "\x7f").strip() or "*"
        if fault == "no header":
            sent.faults.append(fault)
        if fault == "unknown query":
            sent.query.append(("unknown", "1"))

    def _add_to_query(self, sent: Sent, name: str, schema: dict, fault: str | None) -> None:
        if fault == "query value" and (text := self._values.unfitting_text(schema)) is not None:
            sent.query.append((name, text))
            sent.faults.append(fault)
            return
        if fault != "query twice" and self._chance.random() < 0.5:
            return
        value = self._values.fitting(sent.operation, name, schema)
        for each in value[:MOST_IN_QUERY] if isinstance(value, list) else [value]:
            if each is not None:
                sent.query.append((name, str(each).lower() if isinstance(each, bool) else str(each)))
        if fault == "query twice":
            sent.query += sent.query[-1:]

    # ---- bodies ------------------------------------------------------------------------------------------------------

    def _add_body(self, sent: Sent, fault: str | None) -> None:
        operation = sent.operation
        media_type = self._chance.choice(list(operation.bodies))
        schema = self._values.resolved(operation.bodies[media_type])
        if fault == "no body":
            if not operation.may_come_without_body:
                sent.faults.append(fault)
            return
        value = self._values.fitting(operation, "", schema)
        if fault in ("member missing", "member type"):
            self._spoil(value, schema, media_type, fault, sent)
        if fault == "unknown member":
            value["unknown"] = self._chance.choice([1, "x", None, {"a": [1]}])
        sent.headers["Content-Type"] = media_type + (f"; boundary={BOUNDARY}" if media_type == MULTIPART else "")
        if fault == "media type":
            sent.headers["Content-Type"] = self._chance.choice(["text/plain", "application/xml", "nonsense", "a/b/c"])
            sent.faults.append(fault)
        if media_type == JSON:
            sent.body = self._json(value, fault, sent)
        else:
            sent.body = self._form(value, media_type, fault, sent)
        if fault == "too large":
            sent.body += b" " * TOO_LARGE
            sent.is_too_large = True
            sent.faults.append(fault)

    def _spoil(self, value: dict, schema: dict, media_type: str, fault: str, sent: Sent) -> None:
        if fault == "member missing":
            if needed := schema.get("required", []):
                value.pop(self._chance.choice(needed))
                sent.faults.append(fault)
            return
        name = self._chance.choice(list(schema["properties"]))
        says = schema["properties"][name]
        spoilt = self._values.unfitting(says) if media_type == JSON else self._values.unfitting_text(says)
        if spoilt is not None or media_type == JSON:
            value[name] = spoilt
            sent.faults.append(fault)

    def _json(self, value: dict, fault: str | None, sent: Sent) -> bytes:
        text = json.dumps(value, ensure_ascii=self._chance.random() < 0.5)
        spoilt = {
            "cut": text[: self._chance.randrange(len(text))],
            "too deep": text[:-1] + (", " if value else "") + '"deep": ' + "[" * TOO_DEEP + "]" * TOO_DEEP + "}",
            "no object": self._chance.choice(["[]", "1", '"text"', "null", "true", "[" + text + "]", "1e999999"]),
            "half a character": text[:-1] + (", " if value else "") + '"half": "\\ud83d"}',
            "something behind": text + self._chance.choice([text, ",", "}", "\0", "//", "x"]),
            "member twice": text[:-1] + (", " if value else '"a": 1, "a": 2, ') + text[1:],
        }
        if fault in spoilt:
            sent.faults.append(fault)
            return spoilt[fault].encode()
        if fault == "bytes":
            sent.faults.append(fault)
            whole, at = text.encode(), self._chance.randrange(len(text))
            return whole[:at] + self._chance.choice([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80"]) + whole[at:]
        return text.encode()

    def _form(self, value: dict, media_type: str, fault: str | None, sent: Sent) -> bytes:
        fields = [
            (name, str(each).lower() if isinstance(each, bool) else str(each))
            for name, each in value.items()
            if each is not None
        ]
        if fault == "member twice" and fields:
            again = self._chance.choice(fields)
            fields.append(again)
            if again[0] != "unknown":
                sent.faults.append(fault)
        if media_type == MULTIPART:
            return b"".join(multipart_part(name, text) for name, text in fields) + f"--{BOUNDARY}--\r\n".encode()
        if fault == "bytes":
            sent.faults.append(fault)
            broken = self._chance.choice(["%ff", "%zz", "%", "%c0%af"])
            return f"{urllib.parse.urlencode(fields)}&broken={broken}".encode()
        return urllib.parse.urlencode(fields).encode()


def as_printf_has_it(byte: int) -> str:
    return chr(byte) if 32 < byte < 127 and chr(byte) not in "%\\'" else f"\\{byte:03o}"


def multipart_part(name: str, text: str) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + text.encode() + b"\r\n"
