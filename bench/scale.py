"""A large organisation: what it costs that there are very many accounts.

    bench/scale.py [USERS [ENGINE...]]      10,000,000 users; sqlite and postgresql

Fills a database with 10,000 accounts, and another with so many as asked for, by SQL, and serves each in turn: the start,
resident memory before and after the load, GET /me as another user with each request (server CPU time, wrk with 64
connections), a login, and pages of /admin/users. The two take turns in rounds, and each figure is the median of them.
The budgets are those of docs/performance.md, held or not. Needs about 1 GB of disk for a million users and engine.
"""

import contextlib
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import jwt

from cpu import resident_mib
from load import Figures, measure

from harness.http import Connection, log_in, request
from harness.postgresql import Cluster, private_cluster
from harness.server import Server, clean_environment, executable, free_port

FEW = 10_000
SECRET = "the secret of a benchmark, long enough for HS256"
PASSWORD = "the-password-of-a-benchmark"
SECONDS, ROUNDS = 4, 3
TOKENS = 2_500  # as many users at work in both, so that only the others are more
SAMPLES = 60
START_BUDGET_MS, GROWTH_BUDGET, PAGE_BUDGET_MS = 50, 1.2, 50

# A user's name says nothing about their id, so that neither order is the other.
COLUMNS = "username, role, state, password_hash, email, created_at, updated_at"
VALUES = """
  'user' || substr(CAST(100000000 + (value * 7919) % {users} AS TEXT), 2),
  CASE WHEN value % 100 = 0 THEN 'editor' ELSE 'user' END,
  CASE WHEN value % 50 = 0 THEN 'disabled' ELSE 'active' END, '{hash}',
  'mail' || ((value * 104729) % {users}) || '@example.org', 1700000000000000 + value * 1000000, 1700000000000000"""


class Engine:
    """A migrated database with one user, the administrator, whose hash all others get."""

    def run(self, *words: str, **more) -> str:
        done = subprocess.run([executable(), *words], capture_output=True, text=True, check=False, cwd=self.folder,
                              env=self.environment(), **more)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout

    def environment(self) -> dict[str, str]:
        return clean_environment(self.folder, CARDEA_DATABASE=self.url, CARDEA_JWT_SECRET=SECRET)

    def server(self) -> Server:
        port = free_port()
        command = [executable(), "serve", "--listen", f"127.0.0.1:{port}", "--log-level", "error"]
        return Server(command, port, self.folder, CARDEA_DATABASE=self.url, CARDEA_JWT_SECRET=SECRET)


class Sqlite(Engine):
    def __init__(self, folder: str):
        self.folder, self.file = folder, pathlib.Path(folder, "cardea.db")
        self.url = f"sqlite:{self.file}"

    def fill(self, users: int) -> None:
        with contextlib.closing(sqlite3.connect(self.file)) as base:
            triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'users'")
            triggers = triggers.fetchall()
            (hash_,) = base.execute("SELECT password_hash FROM users").fetchone()
            for name, _ in triggers:
                base.execute(f"DROP TRIGGER {name}")
            base.execute(
                f"WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < {users}) "
                f"INSERT INTO users ({COLUMNS}) SELECT {VALUES.format(users=users, hash=hash_)} FROM numbers")
            for _, sql in triggers:
                base.execute(sql)
            base.commit()
            base.execute("ANALYZE")
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Postgresql(Engine):
    def __init__(self, folder: str, cluster: Cluster, name: str):
        self.folder, self.cluster, self.name = folder, cluster, name
        cluster.create_database(name)
        self.url = cluster.url(name)

    def fill(self, users: int) -> None:
        hash_ = self.cluster.sql("SELECT password_hash FROM users", self.name)
        values = VALUES.format(users=users, hash=hash_)
        self.cluster.sql("ALTER TABLE users DISABLE TRIGGER USER", self.name)
        self.cluster.sql(f"INSERT INTO users ({COLUMNS}) SELECT {values} FROM generate_series(1::bigint, {users}) AS "
                         "numbers (value)", self.name)
        self.cluster.sql("ALTER TABLE users ENABLE TRIGGER USER", self.name)
        self.cluster.sql("VACUUM ANALYZE users", self.name)


def name_of(number: int) -> str:
    return f"user{number:08d}"


def tokens_file(folder: str, users: int) -> pathlib.Path:
    """Of active users only: every fiftieth is disabled, and who is who is in the fill."""
    file = pathlib.Path(folder, "tokens")
    claims = {"role": "user", "iat": int(time.time()), "exp": int(time.time()) + 3600}
    values = random.Random(1).sample([value for value in range(1, users + 1, max(1, users // (2 * TOKENS)))
                                      if value % 50], k=min(TOKENS, users // 4))
    lines = [jwt.encode(claims | {"sub": name_of(value * 7919 % users)}, SECRET, algorithm="HS256") for value in values]
    file.write_text("\n".join(lines) + "\n")
    return file


def load(server: Server, tokens: pathlib.Path) -> Figures:
    return measure(server, "", SECONDS, script="scale.lua", arguments=(str(tokens),))


def milliseconds(call) -> float:
    begun = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - begun)


def pages(server: Server, users: int) -> dict[str, float]:
    """The median time of a page of each kind, of other users each time."""
    token, chance = log_in(server.port, "root", PASSWORD), random.Random(2)
    headers = {"Authorization": f"Bearer {token}"}
    kinds = {
        "the first page": lambda: "",
        "names with a prefix": lambda: f"search={name_of(chance.randrange(users))[:10]}",
        "e-mail with a prefix": lambda: f"search=mail{chance.randrange(users // 10, users)}",
        "disabled ones, newest first": lambda: "state=disabled&sort=created_at&descending=true",
        "editors by name": lambda: "role=editor&sort=username",
    }
    found = {}
    with Connection(server.port) as connection:
        def ask(query: str) -> None:
            connection.send(request("GET", f"/admin/users?{query}", headers))
            answer = connection.answer()
            if answer.status != 200:
                raise AssertionError(answer.body)

        for kind, query in kinds.items():
            found[kind] = statistics.median(milliseconds(lambda: ask(query())) for _ in range(SAMPLES))
    return found


def fill(engine: Engine, users: int) -> None:
    engine.run("db", "migrate")
    engine.run("user", "add", "root", "--role", "admin", input=PASSWORD + "\n")
    filled = milliseconds(lambda: engine.fill(users))
    print(f"  filled with {users:,} users in {filled / 1000:.0f} s", flush=True)


def measure_growth(engine: Engine, users: int) -> dict[str, float]:
    tokens = tokens_file(engine.folder, users)
    server = engine.server()
    found = {"start, ms": milliseconds(server.start)}
    with contextlib.ExitStack() as running:
        running.callback(server.stop)
        found["idle, MiB"] = resident_mib(server.process.pid)
        figures = load(server, tokens)
        found["/me, CPU us"], found["/me a second"] = figures.cpu_us, figures.per_second
        names = [name_of(value * 7919 % users) for value in random.Random(3).sample(range(1, users), 20) if value % 50]
        found["a login, ms"] = statistics.median(milliseconds(lambda: log_in(server.port, name, PASSWORD)) for name in names)
        found |= {f"{kind}, ms": median for kind, median in pages(server, users).items()}
        found["after the load, MiB"] = resident_mib(server.process.pid)
    return found


def medians(rounds: tuple[dict[str, float], ...]) -> dict[str, float]:
    return {what: statistics.median(found[what] for found in rounds) for what in rounds[0]}


def compare(few: dict[str, float], many: dict[str, float], users: int) -> None:
    print(f"  {'':32} {FEW:>12,} {users:>12,} {'ratio':>6}")
    for what in few:
        print(f"  {what:32} {few[what]:12.2f} {many[what]:12.2f} {many[what] / few[what]:6.2f}")
    growth = many["/me, CPU us"] / few["/me, CPU us"]
    print(f"  /me: {growth:.2f} x, budget {GROWTH_BUDGET}: {'held' if growth <= GROWTH_BUDGET else 'NOT held'}")
    print(f"  start: {many['start, ms']:.0f} ms, budget {START_BUDGET_MS}: "
          f"{'held' if many['start, ms'] <= START_BUDGET_MS else 'NOT held'}", flush=True)


def main() -> None:
    users = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    for engine in sys.argv[2:] or ["sqlite", "postgresql"]:
        print(engine, flush=True)
        with contextlib.ExitStack() as running:
            folder = running.enter_context(tempfile.TemporaryDirectory())
            made = {}
            if engine == "postgresql":
                cluster = running.enter_context(private_cluster("shared_buffers=512MB", "max_wal_size=8GB", "fsync=off"))
            for count in (FEW, users):
                place = running.enter_context(tempfile.TemporaryDirectory(dir=folder))
                made[count] = Sqlite(place) if engine == "sqlite" else Postgresql(place, cluster, f"users_{count}")
                fill(made[count], count)
            rounds = [[measure_growth(made[count], count) for count in (FEW, users)] for _ in range(ROUNDS)]
            compare(*(medians(found) for found in zip(*rounds)), users)


if __name__ == "__main__":
    main()
