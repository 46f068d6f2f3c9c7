"""The format of a transcript (README.md beside this file): parsing, matching, writing back."""

import dataclasses
import re

PLACEHOLDERS = {
    "token": r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+",
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "request-id": r"[A-Za-z0-9_-]{8,64}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z",
    "http-date": r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT",
    "number": r"\d+",
    "version": r"\d+(?:\.\d+)+",
    "text": r".+",
}
PLACEHOLDER = re.compile("<(" + "|".join(PLACEHOLDERS) + r")(?: (\d+))?>")
ANY_LINES = "..."


class FormatError(Exception):
    """A line of a transcript that is none of those in README.md."""


@dataclasses.dataclass
class Step:
    line: int  # where the command stands, from 1
    command: str
    is_server: bool = False
    end: int = 0  # the line after the step's last one, from 1
    input: list[str] = dataclasses.field(default_factory=list)
    output: list[str] = dataclasses.field(default_factory=list)
    errors: list[str] = dataclasses.field(default_factory=list)
    status: int = 0


def parse(text: str) -> list[Step]:
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark, rest = line[:1], line[2:]
        if mark in ("", "#"):
            continue
        if mark in ("$", "&"):
            steps.append(Step(number, rest, is_server=mark == "&"))
        elif not steps or line[1:2] not in ("", " "):
            raise FormatError(f"line {number}: not a line of a transcript: {line}")
        else:
            _add(steps[-1], number, mark, rest)
        steps[-1].end = number + 1
    return steps


def _add(step: Step, number: int, mark: str, rest: str) -> None:
    if mark == ">":
        step.command += "\n" + rest
    elif mark == "<":
        step.input.append(rest)
    elif mark == "|":
        step.output.append(rest)
    elif mark == "!":
        step.errors.append(rest)
    elif mark == "?":
        step.status = int(rest)
    else:
        raise FormatError(f"line {number}: unknown mark {mark!r}")


class Matcher:
    """Compares printed lines with expected ones; keeps what numbered placeholders stood for."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def matches(self, expected: list[str], printed: list[str]) -> bool:
        if not expected:
            return not printed
        if expected[0] == ANY_LINES:
            return any(self.matches(expected[1:], printed[skipped:]) for skipped in range(len(printed) + 1))
        return bool(printed) and self._line_matches(expected[0], printed[0]) and self.matches(expected[1:], printed[1:])

    def _line_matches(self, expected: str, printed: str) -> bool:
        pattern, names, position = "", {}, 0
        for found in PLACEHOLDER.finditer(expected):
            pattern += re.escape(expected[position : found.start()])
            pattern += self._pattern_of(found, names)
            position = found.end()
        match = re.fullmatch(pattern + re.escape(expected[position:]), printed)
        if match:
            self._known.update({number: match[group] for group, number in names.items()})
        return match is not None

    def _pattern_of(self, found: re.Match, names: dict[str, str]) -> str:
        kind, number = found.groups()
        if number is None:
            return f"(?:{PLACEHOLDERS[kind]})"
        if number in self._known:
            return re.escape(self._known[number])
        group = f"n{number}"
        if group in names:
            return f"(?P={group})"
        names[group] = number
        return f"(?P<{group}>{PLACEHOLDERS[kind]})"


def with_result(step: Step, output: list[str], errors: list[str], status: int) -> list[str]:
    """The step's lines as they would stand in the file had this result been expected."""
    first, *more = step.command.split("\n")
    lines = ["$ " + first, *("> " + line for line in more), *("< " + line for line in step.input)]
    lines += [("| " + line).rstrip() for line in output] + [("! " + line).rstrip() for line in errors]
    return lines + ([f"? {status}"] if status else [])
