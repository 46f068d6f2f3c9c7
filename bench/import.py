"""Users a second that `cardea user import` adds, to a SQLite file and to a private PostgreSQL, both durably.

    bench/import.py [USERS]

The file is CSV with bcrypt hashes that differ, every other user with an e-mail address. Then the same import once more,
which finds everyone there, and an export with the hashes. CPU time is the command's, without PostgreSQL's. At the end the
budget of docs/performance.md, held or not.
"""

import json
import pathlib
import random
import resource
import string
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))

from harness.postgresql import private_cluster  # noqa: E402
from harness.server import clean_environment, executable  # noqa: E402

USERS = 200_000
BUDGET = 20_000
LETTERS = "./" + string.ascii_uppercase + string.ascii_lowercase + string.digits


def bcrypt_hash(source: random.Random) -> str:
    salt = "".join(source.choices(LETTERS, k=21)) + "e"  # the last one has four bits to spare, which are zero
    digest = "".join(source.choices(LETTERS, k=30)) + "e"
    return f"$2b$12${salt}{digest}"


def write_users(file: pathlib.Path, count: int) -> None:
    source = random.Random(1)
    with open(file, "w", newline="") as out:
        out.write("username,email,role,state,created_at,password_hash\r\n")
        for i in range(count):
            email = f"user{i}@example.org" if i % 2 else ""
            out.write(f"user{i},{email},user,active,2020-01-01T00:00:00Z,{bcrypt_hash(source)}\r\n")


def run(folder: str, *words: str) -> tuple[str, float, float, int]:
    """What a command prints, its seconds, its seconds of CPU time, and the most memory that one has had, in MiB."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([executable(), *words], cwd=folder, env=clean_environment(folder), capture_output=True, text=True)
    elapsed, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise AssertionError(f"cardea {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, elapsed, used, after.ru_maxrss // 1024


def measure(name: str, folder: str, database: str, count: int) -> float:
    """Prints a line for each command; users a second of the first import."""
    run(folder, "db", "migrate", "--database", database)
    speeds = []
    for what, counted in (("import", "added"), ("import again", "already_there")):
        said, elapsed, used, memory = run(folder, "user", "import", "users.csv", "--json", "--database", database)
        if json.loads(said)[counted] != count:
            raise AssertionError(f"{what}: {said}")
        speeds.append(report(name, what, count, elapsed, used, memory))
    exported = f"exported-{name}.csv"
    _, elapsed, used, memory = run(folder, "user", "export", exported, "--with-hashes", "--database", database)
    report(name, "export", count, elapsed, used, memory)
    return speeds[0]


def report(name: str, what: str, count: int, elapsed: float, used: float, memory: int) -> float:
    print(f"{name:>10} {what:>12} {elapsed:8.2f} {count / elapsed:9.0f} {used / count * 1e6:7.1f} {memory:5}", flush=True)
    return count / elapsed


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USERS
    print(f"{'database':>10} {'command':>12} {'seconds':>8} {'a second':>9} {'CPU us':>7} {'MiB':>5}")
    with tempfile.TemporaryDirectory(prefix="cardea-bench-") as folder, private_cluster() as cluster:
        write_users(pathlib.Path(folder, "users.csv"), count)
        for name, database in (("SQLite", "sqlite:users.db"), ("PostgreSQL", cluster.url())):
            speed = measure(name, folder, database, count)
            held = "held" if speed >= BUDGET else "NOT held"
            print(f"users a second into {name} {speed:,.0f}, budget at least {BUDGET:,}: {held}")


if __name__ == "__main__":
    main()
