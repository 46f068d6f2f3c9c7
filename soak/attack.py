"""An attack while it runs, and what came of it."""

import collections
import dataclasses
import json
import pathlib
import subprocess
import sys

from priority import give_way

FOLDER = pathlib.Path(__file__).resolve().parent
ENDING_SECONDS = 60  # at most, behind the time that an attack was given


@dataclasses.dataclass(frozen=True)
class Report:
    """What an attacker prints as its last line: what it was answered, by status or in words, and what it has to say
    against the server."""

    answers: dict[str, int]
    complaints: list[str]

    def print(self) -> None:
        print(json.dumps(dataclasses.asdict(self)))


def reported(answers: collections.Counter, complaints: list[str]) -> None:
    Report(dict(sorted(answers.items())), complaints).print()


def start(command: list[str], gives_way: bool) -> subprocess.Popen:
    """In the folder of this file."""
    lower = give_way if gives_way else None
    return subprocess.Popen(
        command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=lower
    )


def finish(attack: subprocess.Popen) -> Report:
    said, complaints = attack.communicate(timeout=ENDING_SECONDS)
    if attack.returncode != 0:
        raise AssertionError(f"{attack.args[:3]} ended with {attack.returncode}: {complaints}{said}")
    return Report(**json.loads(said.splitlines()[-1]))


def python(program: str, *arguments: object) -> list[str]:
    """The command of an attacker that is a file of this folder."""
    return [sys.executable, program, *map(str, arguments)]
