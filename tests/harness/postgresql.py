"""A private PostgreSQL: a cluster in a folder of its own, on a free loopback port, stopped by its process id.

As a program, for tests in other languages:
  postgresql.py start FOLDER   makes and starts a cluster there, ends one that an earlier run left, prints its URL
  postgresql.py stop FOLDER    stops it, and removes the folder
"""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from harness.server import free_port  # noqa: E402

USER, PASSWORD = "cardea", "p@ss:w/rd"
ENCODED_PASSWORD = "p%40ss%3Aw%2Frd"
START_SECONDS = 60
# Nothing that a test writes has to survive a power cut.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def programs() -> pathlib.Path:
    """Debian keeps initdb and postgres out of the PATH."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise SystemExit("PostgreSQL's server is missing: apt-get install postgresql")
    return found[-1]


def as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={server_user().pw_uid}", f"--regid={server_user().pw_gid}", "--clear-groups", *command]


def server_user() -> pwd.struct_passwd:
    return pwd.getpwnam("postgres")


class Cluster:
    """A cluster in `folder`; as a context manager it is made and started, and at the end stopped and removed."""

    def __init__(self, folder: str | os.PathLike, *settings: str, port: int | None = None):
        self.folder = pathlib.Path(folder)
        self.port = port or free_port()
        self.settings = settings
        self._data = self.folder / "data"
        self._started: subprocess.Popen | None = None

    def __enter__(self) -> "Cluster":
        self.make()
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", port: int | None = None, **parameters: str) -> str:
        """By TCP, with the password."""
        rest = "&".join(f"{name}={value}" for name, value in parameters.items())
        address = f"{USER}:{ENCODED_PASSWORD}@127.0.0.1:{port or self.port}"
        return f"postgresql://{address}/{database}" + ("?" + rest if rest else "")

    def socket_url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@:{self.port}/{database}?host={self.folder}"

    def give_folder(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.folder, server_user().pw_uid, server_user().pw_gid)

    def make(self) -> None:
        self.give_folder()
        password_file = self.folder / "password"
        password_file.write_text(PASSWORD)
        self._run("initdb", "--no-sync", f"--pgdata={self._data}", f"--username={USER}", f"--pwfile={password_file}",
                  "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}",
                    "max_connections=200", *self.settings]
        command = [str(programs() / "postgres"), "-D", str(self._data)]
        for setting in settings:
            command += ["-c", setting]
        with open(self.folder / "log", "ab") as log:
            self._started = subprocess.Popen(as_server_user(command), cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise AssertionError("PostgreSQL does not start:\n" + (self.folder / "log").read_text())
            time.sleep(0.02)

    def leave_running(self) -> None:
        """For another process to stop."""
        self._started.returncode = 0

    def standby(self) -> "Cluster":
        """A second server that has everything which this one has committed: no commit is answered without it."""
        second = private_cluster()
        second.give_folder()
        second._run("pg_basebackup", f"--host={self.folder}", f"--port={self.port}", f"--username={USER}", "--no-password",
                    f"--pgdata={second._data}", "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast")
        second.start()
        self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.sql("SELECT pg_reload_conf()")
        return second

    def promote(self) -> None:
        """From standby to server; what the other one was waiting for is no longer waited for."""
        self.sql("SELECT pg_promote(true, 60)")
        self.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.sql("SELECT pg_reload_conf()")

    def answers(self) -> bool:
        command = [programs() / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def process(self) -> int | None:
        """The process id of the server, None if there is none: a file that a killed one has left behind may name another
        process by now. The server works in its data folder."""
        try:
            process = int((self._data / "postmaster.pid").read_text().split("\n")[0])
            return process if os.path.samefile(f"/proc/{process}/cwd", self._data) else None
        except (OSError, ValueError):
            return None

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: without waiting for its clients. SIGQUIT: as after a crash."""
        process = self.process()
        if process is None:
            return
        os.kill(process, how)
        if self._started is not None:
            self._started.wait(START_SECONDS)
            return
        deadline = time.monotonic() + START_SECONDS
        while self.process() is not None and _is_alive(process):
            if time.monotonic() > deadline:
                raise AssertionError("PostgreSQL does not stop")
            time.sleep(0.02)

    def sql(self, text: str, database: str = "postgres") -> str:
        """What psql prints for a statement, unaligned."""
        command = [programs() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", str(self.port),
                   "-U", USER, "-d", database, "-c", text]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{text}: {done.stderr}")
        return done.stdout.strip()

    def create_database(self, name: str) -> None:
        self.sql(f"CREATE DATABASE {name}")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(as_server_user([str(programs() / program), *arguments]), cwd="/", capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{program} failed:\n{done.stdout}{done.stderr}")


def _is_alive(process: int) -> bool:
    """A zombie is as good as gone."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def private_cluster(*settings: str) -> Cluster:
    """One in a new temporary folder, whose path is short enough for a Unix socket."""
    return Cluster(tempfile.mkdtemp(prefix="cardea-pg-", dir="/tmp"), *settings)


def end_at(folder: pathlib.Path) -> None:
    """Stops what an earlier start left running there, if anything, and removes it all."""
    Cluster(folder, port=1).stop()
    shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    verb, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    place = folder / "place"  # where the cluster is: a Unix socket's path has to be short, a build folder's need not
    if place.exists():
        end_at(pathlib.Path(place.read_text()))
        place.unlink()
    if verb == "start":
        folder.mkdir(parents=True, exist_ok=True)
        cluster = private_cluster(*FAST)
        place.write_text(str(cluster.folder))
        cluster.make()
        cluster.start()
        cluster.leave_running()
        (folder / "url").write_text(cluster.url())
        print(cluster.url())


if __name__ == "__main__":
    main()
