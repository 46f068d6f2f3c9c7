"""The OpenAPI document as a test reads it: its operations, and whether a value is what a schema says."""

import dataclasses
import re
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
INT64 = range(-(2**63), 2**63)
INT32 = range(-(2**31), 2**31)


@dataclasses.dataclass(frozen=True)
class Operation:
    method: str
    path: str
    says: dict  # the operation object

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[dict]:
        return self.says.get("parameters", [])

    @property
    def bodies(self) -> dict[str, dict]:
        """The schemas of the body by their media types; none where no body is read."""
        content = self.says.get("requestBody", {}).get("content", {})
        return {media_type: says["schema"] for media_type, says in content.items()}

    @property
    def may_come_without_body(self) -> bool:
        return not self.says.get("requestBody", {}).get("required", False)

    @property
    def schemes(self) -> set[str]:
        return {name for alternative in self.says.get("security", []) for name in alternative}

    @property
    def is_open(self) -> bool:
        """Nobody has to say who they are."""
        security = self.says.get("security", [])
        return not security or {} in security

    @property
    def permissions(self) -> list[str]:
        return [each.removeprefix("permission ") for each in self.says["x-requires"] if each.startswith("permission ")]

    @property
    def roles(self) -> list[str]:
        return [each.removeprefix("role ") for each in self.says["x-requires"] if each.startswith("role ")]


class Document:
    def __init__(self, text: dict):
        self.text = text
        self.operations = [
            Operation(method.upper(), path, says)
            for path, item in text["paths"].items()
            for method, says in item.items()
            if method in METHODS
        ]

    def resolved(self, schema: dict) -> dict:
        while "$ref" in schema:
            schema = self.text["components"]["schemas"][schema["$ref"].removeprefix("#/components/schemas/")]
        return schema

    def name_of(self, schema: dict) -> str:
        """That of a component; empty for a schema that stands where it is used."""
        return schema.get("$ref", "").removeprefix("#/components/schemas/")

    def complaints(self, schema: dict, value: Any, where: str = "") -> list[str]:
        """What of a value is not as the schema says; members that it does not name are complained about, too."""
        schema = self.resolved(schema)
        unknown = schema.keys() - KEYWORDS
        if unknown:
            return [f"{where}: keywords that this test cannot judge: {sorted(unknown)}"]
        if "anyOf" in schema:
            return self._of_none(schema["anyOf"], value, where)
        if "const" in schema and value != schema["const"]:
            return [f"{where}: {value!r} is not {schema['const']!r}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{where}: {value!r} is not one of {schema['enum']}"]
        return self._of_type(schema, value, where)

    def _of_none(self, alternatives: list[dict], value: Any, where: str) -> list[str]:
        found = [self.complaints(alternative, value, where) for alternative in alternatives]
        return [] if [] in found else [each for some in found for each in some]

    def _of_type(self, schema: dict, value: Any, where: str) -> list[str]:
        kind = schema.get("type")
        if not is_of_type(kind, value):
            return [f"{where}: {value!r} is not of the type {kind}"]
        if kind == "object":
            return self._of_object(schema, value, where)
        if kind == "array":
            return [
                each
                for number, item in enumerate(value)
                for each in self.complaints(schema["items"], item, f"{where}/{number}")
            ]
        if kind == "integer":
            return of_integer(schema, value, where)
        if schema.get("format") == "date-time" and not DATE_TIME.fullmatch(value):
            return [f"{where}: {value!r} is no time of RFC 3339 in UTC"]
        return []

    def _of_object(self, schema: dict, value: dict, where: str) -> list[str]:
        properties = schema.get("properties", {})
        found = [f"{where}: has no {name}" for name in schema.get("required", []) if name not in value]
        if properties and not schema.get("additionalProperties", False):
            found += [f"{where}: has {name}, of which nothing is said" for name in value if name not in properties]
        for name, says in properties.items():
            if name in value:
                found += self.complaints(says, value[name], f"{where}/{name}")
        return found


KEYWORDS = {"$ref", "type", "properties", "required", "items", "anyOf", "const", "enum", "format", "minimum", "maximum",
            "default", "examples", "description", "additionalProperties"}


def is_of_type(kind: str | None, value: Any) -> bool:
    if kind is None:
        return True
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else (int, float)) and not isinstance(value, bool)
    types = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    return isinstance(value, types[kind])


def of_integer(schema: dict, value: int, where: str) -> list[str]:
    found = []
    if value not in (INT32 if schema.get("format") == "int32" else INT64):
        found.append(f"{where}: {value} is beyond {schema.get('format', 'int64')}")
    if value < schema.get("minimum", value) or value > schema.get("maximum", value):
        found.append(f"{where}: {value} is out of its range")
    return found
