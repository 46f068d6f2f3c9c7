"""Debian's slowhttptest in three of its ways at once: heads and bodies that it sends slowly, and answers that it reads slowly.
It has a probe of its own, and says each second whether the server was there for it.

    slowhttptest.py PORT SECONDS CONNECTIONS HEAD_SECONDS BODY_SECONDS WRITE_SECONDS
"""

import collections
import csv
import dataclasses
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))

from attack import reported  # noqa: E402

LATE_SECONDS = 15  # this program has the least share of the cores, and the other one looks once a second


@dataclasses.dataclass(frozen=True)
class Way:
    name: str
    path: str
    options: list[str]
    deadline: int
    connections: int

    def start(self, port: int, folder: str) -> subprocess.Popen:
        common = ["-c", self.connections, "-r", self.connections, "-i", 1, "-p", 5, "-l", self.longest, "-v", 1, "-g"]
        files = ["-o", f"{folder}/{self.name}", "-u", f"http://127.0.0.1:{port}{self.path}"]
        command = ["slowhttptest", *map(str, common), *files, *self.options]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    @property
    def longest(self) -> int:
        return self.deadline + LATE_SECONDS

    def complaints(self, said: str, rows: list[dict[str, str]]) -> list[str]:
        """Of what it said at its end, and its file with a line a second."""
        found = []
        if "No open connections left" not in said:
            found.append(f"a {self.name} was not ended within {self.longest} s instead of {self.deadline} s")
        away = [row["Seconds"] for row in rows if row["Service Available"] == "0"]
        if away or not rows:
            found.append(f"no answer for another client during a {self.name}, at second {', '.join(away)}")
        return found


def ways(connections: int, head: int, body: int, write: int) -> list[Way]:
    each = connections // 3
    window = ["-w", "512", "-y", "1024", "-n", "1", "-z", "1024", "-k", "8"]
    return [
        Way("slow head", "/me", ["-H", "-x", "10"], head, each),
        Way("slow body", "/nowhere", ["-B", "-s", "8192", "-x", "10"], body, each),
        Way("slow read", "/docs/swagger-ui-bundle.js", ["-X", *window], write, each),
    ]


def rows_of(file: pathlib.Path) -> list[dict[str, str]]:
    with file.open() as lines:
        return list(csv.DictReader(lines))


def attack_once(port: int, all_ways: list[Way], answers: collections.Counter) -> list[str]:
    """All ways beside each other, until each is over."""
    complaints = []
    with tempfile.TemporaryDirectory(prefix="cardea-soak-") as folder:
        running = [(way, way.start(port, folder)) for way in all_ways]
        for way, process in running:
            said, _ = process.communicate(timeout=way.longest + LATE_SECONDS)
            found = way.complaints(said, rows_of(pathlib.Path(folder, f"{way.name}.csv")))
            complaints += found
            answers[f"{way.name}, closed"] += 0 if found else way.connections
    return complaints


def main() -> None:
    port, seconds, connections, *deadlines = map(int, sys.argv[1:])
    end, complaints, answers = time.monotonic() + seconds, [], collections.Counter()
    while True:
        complaints += attack_once(port, ways(connections, *deadlines), answers)
        if time.monotonic() > end:
            break
    reported(answers, complaints[:10])


if __name__ == "__main__":
    main()
