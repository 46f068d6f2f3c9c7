"""Compiles one file and compares the outcome with what its first line expects.

    compile_fail.py FILE.cpp COMPILER [ARGUMENTS...]

`// expect: compiles` wants no error. `// expect: <sentence>` wants a refusal whose first error says the sentence: a
person reads the first line and no further.
"""

import re
import subprocess
import sys
from pathlib import Path

EXPECTATION = re.compile(r"// expect: (?P<outcome>\S.*)")
ERROR = re.compile(r"(?:^|: )(?:fatal )?error: (?P<text>.*)")


def first_error(diagnostics: str) -> str | None:
    found = (ERROR.search(line) for line in diagnostics.splitlines())
    return next((match["text"] for match in found if match), None)


def disagreement(expected: str, error: str | None) -> str | None:
    """What is wrong with an outcome, or None."""
    if expected == "compiles":
        return None if error is None else f"does not compile: {error}"
    if error is None:
        return f"compiles, and should be refused with: {expected}"
    if expected not in error:
        return f"is refused with: {error}\n  and should be with: {expected}"
    return None


def main() -> int:
    source, *compiler = sys.argv[1:]
    first_line = Path(source).read_text(encoding="utf-8").split("\n", 1)[0]
    expectation = EXPECTATION.fullmatch(first_line)
    if not expectation:
        print(f"{source}:1: the first line has to be `// expect: ...`")
        return 1
    run = subprocess.run([*compiler, "-fsyntax-only", source], capture_output=True, text=True, check=False)
    error = first_error(run.stderr)
    if error is None and run.returncode != 0:
        error = f"exit status {run.returncode}"
    problem = disagreement(expectation["outcome"], error)
    if problem:
        print(f"{source}: {problem}\n\n{run.stderr[:4000]}")
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
