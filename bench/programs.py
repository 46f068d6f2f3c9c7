"""The servers that bench/report.py measures: Cardea, and what a user would run instead, each with the tutorial's routes.

    bench/programs.py     names the peers that can run here, and says on standard error why others cannot

They come from Debian, but for Fastify's packages, which `./dev bench` installs below build/ by their lock file.
"""

import collections.abc
import dataclasses
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))

from harness.server import Server, cardea, executable, free_port  # noqa: E402

PEERS = PROJECT / "bench/peers"
BUILT = PROJECT / "build/bench/peers"
SECRET = "a secret that all servers share, 32 bytes and more"
GOPATH = pathlib.Path("/usr/share/gocode")
CORES = len(os.sched_getaffinity(0))
ALGORITHMS = ("RS256", "ES256", "EdDSA")

HEALTHZ, ME, STATS = "GET /healthz", "GET /me", "GET /admin/stats"
LOGIN, REFRESH = "POST /auth/login", "POST /auth/refresh"
READS = (HEALTHZ, ME, STATS)

CARDEA, SERVER_ALONE, NGINX = "Cardea", "Cardea's HTTP server alone", "nginx, return 200"
FASTAPI, FASTAPI_BEST = "FastAPI, 1 worker", "FastAPI, 2 workers"
GO, FASTIFY, FASTIFY_BEST = "Go net/http, golang-jwt", "Fastify, 1 process", "Fastify, 2 processes"
DROGON = "Drogon, cjose"


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    routes: tuple[str, ...]
    start: collections.abc.Callable[[pathlib.Path], Server]  # in an empty folder; the caller enters the context
    version: collections.abc.Callable[[], str]
    missing: collections.abc.Callable[[], list[str]] = list  # what has to be installed
    hashes: str = ""  # how it does passwords, where its logins are measured

    @property
    def protected(self) -> bool:
        """It has users, and asks for their tokens."""
        return ME in self.routes


def said_by(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (done.stdout + done.stderr).strip()


def without_files(**files: str | os.PathLike) -> list[str]:
    """The names of those that are not there, as the packages that bring them."""
    return [name.replace("_", "-") for name, file in files.items() if not shutil.which(file) and not os.path.exists(file)]


# ---- Cardea ----------------------------------------------------------------------------------------------------------


def start_cardea(folder: pathlib.Path, *options: str) -> Server:
    return cardea(folder, *options)


def signing_by(algorithm: str) -> Program:
    def start(folder: pathlib.Path) -> Server:
        return cardea(folder, "--signing-algorithm", algorithm)

    return Program(f"{CARDEA}, {algorithm}", (ME,), start, cardea_version)


def start_server_alone(folder: pathlib.Path) -> Server:
    port = free_port()
    return Server([str(PROJECT / "build/bin/cardea_bare_server"), str(port)], port, folder)


def cardea_version() -> str:
    return said_by(executable(), "version")


# ---- nginx -----------------------------------------------------------------------------------------------------------


def start_nginx(folder: pathlib.Path) -> Server:
    port = free_port()
    configuration = folder / "nginx.conf"
    text = (PEERS / "nginx/nginx.conf").read_text()
    configuration.write_text(text.replace("@FOLDER@", str(folder)).replace("@PORT@", str(port)))
    return Server(["/usr/sbin/nginx", "-p", str(folder), "-c", str(configuration)], port, folder)


def nginx_version() -> str:
    return said_by("/usr/sbin/nginx", "-v").rpartition(": ")[2]


# ---- FastAPI ---------------------------------------------------------------------------------------------------------


def fastapi_by(processes: int) -> collections.abc.Callable[[pathlib.Path], Server]:
    def start(folder: pathlib.Path) -> Server:
        port = free_port()
        command = [sys.executable, str(PEERS / "fastapi/serve.py"), str(port), str(processes)]
        own = {"TWIN_SECRET": SECRET, "TWIN_BCRYPT_ROUNDS": "12", "PYTHONDONTWRITEBYTECODE": "1"}
        return Server(command, port, folder, **own)

    return start


def is_installed(distribution: str) -> bool:
    """By its name there: a module may be one of this folder, as jose is."""
    try:
        importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def fastapi_missing() -> list[str]:
    packages = {"fastapi": "fastapi", "uvicorn": "uvicorn", "python-jose": "jose", "passlib": "passlib",
                "python-multipart": "multipart"}
    return [f"python3-{package}" for distribution, package in packages.items() if not is_installed(distribution)]


def fastapi_version() -> str:
    installed = [name for name in ("fastapi", "uvicorn", "uvloop", "httptools") if importlib.util.find_spec(name)]
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in installed)


# ---- Fastify ---------------------------------------------------------------------------------------------------------


def fastify_by(processes: int) -> collections.abc.Callable[[pathlib.Path], Server]:
    def start(folder: pathlib.Path) -> Server:
        port = free_port()
        program = shutil.copy(PEERS / "fastify/main.mjs", folder)
        (folder / "node_modules").symlink_to(BUILT / "fastify/node_modules")
        command = [shutil.which("node"), str(program), str(port), str(processes)]
        return Server(command, port, folder, PEER_SECRET=SECRET)

    return start


def fastify_missing() -> list[str]:
    missing = without_files(nodejs="node")
    if not (BUILT / "fastify/node_modules/fastify").exists():
        missing.append("the npm packages of bench/peers/fastify, which ./dev bench installs")
    return missing


def fastify_version() -> str:
    packages = [BUILT / "fastify/node_modules" / name / "package.json" for name in ("fastify", "@fastify/jwt")]
    named = [json.loads(package.read_text()) for package in packages]
    return ", ".join([f"node {said_by('node', '--version')[1:]}", *(f"{one['name']} {one['version']}" for one in named)])


# ---- Go --------------------------------------------------------------------------------------------------------------


def start_go(folder: pathlib.Path) -> Server:
    """Compiles it first, without the network."""
    port, program = free_port(), BUILT / "go/peer"
    offline = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOPROXY": "off", "GOFLAGS": "", "GOCACHE": str(BUILT / "go/cache")}
    subprocess.run(["go", "build", "-o", str(program), str(PEERS / "go/main.go")], check=True, env=os.environ | offline)
    return Server([str(program), str(port)], port, folder, PEER_SECRET=SECRET)


def go_missing() -> list[str]:
    return without_files(
        golang_go="go",
        golang_github_golang_jwt_jwt_dev=GOPATH / "src/github.com/golang-jwt/jwt/parser_option.go",  # version 4 has it
        golang_golang_x_crypto_dev=GOPATH / "src/golang.org/x/crypto/bcrypt",
    )


def go_version() -> str:
    package = said_by("dpkg-query", "-W", "-f", "${Version}", "golang-github-golang-jwt-jwt-dev")
    return f"{said_by('go', 'version').split()[2]}, golang-jwt {package}"


# ---- Drogon ----------------------------------------------------------------------------------------------------------

DROGON_LIBRARIES = ("drogon", "trantor", "jsoncpp", "cjose", "jansson", "crypt")


def start_drogon(folder: pathlib.Path) -> Server:
    """Compiles it first, as optimised as Debian builds Drogon."""
    port, program = free_port(), folder / "peer"
    command = ["g++", "-std=c++20", "-O2", "-I/usr/include/jsoncpp", "-o", str(program), str(PEERS / "drogon/main.cpp")]
    subprocess.run([*command, *(f"-l{library}" for library in DROGON_LIBRARIES)], check=True)
    return Server([str(program), str(port), str(CORES)], port, folder, PEER_SECRET=SECRET)


def drogon_missing() -> list[str]:
    return without_files(
        libdrogon_dev="/usr/include/drogon/drogon.h",
        libcjose_dev="/usr/include/cjose/cjose.h",
        libjansson_dev="/usr/include/jansson.h",
        libjsoncpp_dev="/usr/include/jsoncpp/json/json.h",
    )


def drogon_version() -> str:
    def package(name: str) -> str:
        return said_by("dpkg-query", "-W", "-f", "${Version}", name)

    return f"drogon {package('libdrogon-dev')}, cjose {package('libcjose-dev')}"


# ---- all -------------------------------------------------------------------------------------------------------------

ARGON2ID = "Argon2id, 19 MiB, 2 passes"
OWN = [
    Program(CARDEA, (*READS, LOGIN, REFRESH), start_cardea, cardea_version, hashes=ARGON2ID),
    *map(signing_by, ALGORITHMS),
    Program(SERVER_ALONE, (HEALTHZ,), start_server_alone, cardea_version),
]
# A login costs its hash: once for each peer says it.
PEER_PROGRAMS = [
    Program(NGINX, (HEALTHZ,), start_nginx, nginx_version, lambda: without_files(nginx="/usr/sbin/nginx")),
    Program(GO, (*READS, LOGIN), start_go, go_version, go_missing, "bcrypt, cost 10"),
    Program(DROGON, READS, start_drogon, drogon_version, drogon_missing),
    Program(FASTIFY, READS, fastify_by(1), fastify_version, fastify_missing),
    Program(FASTIFY_BEST, (*READS, LOGIN), fastify_by(2), fastify_version, fastify_missing, "bcrypt, cost 10"),
    Program(FASTAPI, READS, fastapi_by(1), fastapi_version, fastapi_missing),
    Program(FASTAPI_BEST, (*READS, LOGIN), fastapi_by(2), fastapi_version, fastapi_missing, "bcrypt, cost 12"),
]


def missing_peers() -> list[str]:
    """A sentence for each that cannot run here."""
    lacking = {program.name: program.missing() for program in PEER_PROGRAMS}
    return [f"{name} is left out; missing: {', '.join(missing)}" for name, missing in lacking.items() if missing]


def peers() -> list[Program]:
    return [program for program in PEER_PROGRAMS if not program.missing()]


if __name__ == "__main__":
    for peer in peers():
        if STATS in peer.routes:
            print(peer.name)
    for sentence in missing_peers():
        print(sentence, file=sys.stderr)
