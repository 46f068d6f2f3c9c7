#!/usr/bin/python3
"""Runs transcripts: `run.py [--accept] [FILE...]`. The format stands in README.md beside this file.

Exit status: 0 every step happened as written, 1 some did not, 2 wrong usage or a malformed file.
"""

import argparse
import contextlib
import pathlib
import select
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.server import Server, clean_environment, free_port  # noqa: E402
from transcript import FormatError, Matcher, Step, parse, with_result  # noqa: E402

WRITTEN_ADDRESS = "127.0.0.1:8000"
STEP_SECONDS = 60

# $0 is a folder outside the step's own: the command and its streams are files there, its status goes to our pipe.
SHELL_LOOP = """
while read -r; do
  eval "$(cat "$0/command")" <"$0/input" >"$0/output" 2>"$0/errors"
  echo "$?"
done
"""


class Shell:
    """One bash for all steps of a transcript, so that variables stay."""

    def __init__(self, folder: pathlib.Path, control: pathlib.Path):
        self._control = control
        self._bash = subprocess.Popen(
            ["/bin/bash", "-c", SHELL_LOOP, str(control)],
            cwd=folder,
            env=clean_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_) -> None:
        self._bash.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._bash.wait(1)
        self._bash.kill()
        self._bash.wait()
        self._bash.stdout.close()

    def run(self, command: str, standard_input: str) -> tuple[str, str, int]:
        (self._control / "command").write_text(command)
        (self._control / "input").write_text(standard_input)
        self._bash.stdin.write("\n")
        self._bash.stdin.flush()
        if not select.select([self._bash.stdout], [], [], STEP_SECONDS)[0]:
            raise TimeoutError(f"not done after {STEP_SECONDS} s")
        status = self._bash.stdout.readline()
        if not status:
            raise EOFError("the step ended the shell")
        return self._read("output"), self._read("errors"), int(status)

    def _read(self, stream: str) -> str:
        return (self._control / stream).read_text(errors="backslashreplace")


class Run:
    """One transcript's run in a folder of its own."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.steps = parse(path.read_text())
        self.results: list[tuple[Step, list[str]]] = []  # the steps that differ, and their lines as they happened
        self.complaints: list[str] = []
        self._matcher = Matcher()
        self._address = f"127.0.0.1:{free_port()}"

    def run(self) -> None:
        with contextlib.ExitStack() as stack:
            folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cardea-transcript-")))
            control = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cardea-control-")))
            shell = stack.enter_context(Shell(folder, control))
            for step in self.steps:
                try:
                    if step.is_server:
                        stack.enter_context(self._server(step, folder, control))
                    else:
                        self._check(step, *self._printed(shell, step))
                except (AssertionError, TimeoutError, EOFError) as failure:
                    self._complain(step, str(failure))
                    return

    def _server(self, step: Step, folder: pathlib.Path, control: pathlib.Path) -> Server:
        command = ["/usr/bin/env", "-C", str(folder), *shlex.split(self._placed(step.command))]
        port = int(self._address.rpartition(":")[2])
        return Server(command, port, control, HOME=str(folder), CARDEA_LISTEN=self._address)

    def _printed(self, shell: Shell, step: Step) -> tuple[list[str], list[str], int]:
        standard_input = "".join(line + "\n" for line in step.input)
        output, errors, status = shell.run(self._placed(step.command), self._placed(standard_input))
        return self._lines(output), self._lines(errors), status

    def _check(self, step: Step, output: list[str], errors: list[str], status: int) -> None:
        matches = self._matcher.matches(step.output, output) and self._matcher.matches(step.errors, errors)
        if matches and status == step.status:
            return
        happened = with_result(step, output, errors, status)
        self.results.append((step, happened))
        expected = with_result(step, step.output, step.errors, step.status)
        self._complain(step, "\n".join(["expected:", *expected, "", "happened:", *happened]))

    def _complain(self, step: Step, text: str) -> None:
        self.complaints.append(f"{self.path.name}:{step.line}: {step.command}\n{text}\n")

    def _placed(self, text: str) -> str:
        return text.replace(WRITTEN_ADDRESS, self._address)

    def _lines(self, text: str) -> list[str]:
        lines = text.replace(self._address, WRITTEN_ADDRESS).split("\n")
        return [line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]


def accept(run: Run) -> None:
    """Writes what happened in place of what was expected, in the steps that differ."""
    lines = run.path.read_text().splitlines()
    for step, happened in reversed(run.results):
        lines[step.line - 1 : step.end - 1] = happened
    run.path.write_text("\n".join(lines) + "\n")


def main() -> int:
    options = argparse.ArgumentParser(description="Runs transcripts; their format stands in README.md.")
    options.add_argument("files", nargs="*", metavar="FILE", help="transcripts (all of this folder if none is given)")
    options.add_argument("--accept", action="store_true", help="write what happened into the files")
    arguments = options.parse_args()
    failed = 0
    for path in [pathlib.Path(name) for name in arguments.files] or sorted(HERE.glob("*.transcript")):
        try:
            run = Run(path)
        except (FormatError, OSError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        run.run()
        print(f"{path.name}: {len(run.steps)} steps, " + ("ok" if not run.complaints else "NOT as written"))
        for complaint in run.complaints:
            print("\n" + complaint)
        failed += bool(run.complaints)
        if arguments.accept:
            accept(run)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
