"""Tokens and keys as Cardea gives them out, from a database of the test's own, and its verdict on a token."""

import contextlib
import dataclasses
import json
import pathlib
import subprocess
import tempfile

from harness.server import clean_environment, executable
from libraries import ALGORITHMS, HMAC, Expected, Jwk, octets_of

USER = "carol"
PASSPHRASE = "a-long-enough-passphrase"
ISSUER = "https://id.example"
AUDIENCE = "orders"
EXPECTED = {"tutorial": Expected(), "rfc9068": Expected(ISSUER, AUDIENCE)}


@dataclasses.dataclass(frozen=True)
class Issued:
    """A token and the key that signed it: whole, and as verifiers get it."""

    algorithm: str
    profile: str
    token: str
    whole_key: Jwk
    verification_keys: list[Jwk]

    @property
    def expected(self) -> Expected:
        return EXPECTED[self.profile]


@dataclasses.dataclass(frozen=True)
class Verdict:
    status: int
    printed: str
    error: str


def run(folder, *words: str, standard_input: str = "", **environment: str) -> Verdict:
    done = subprocess.run(
        [executable(), *words],
        input=standard_input.encode(),
        capture_output=True,
        timeout=60,
        cwd=folder,
        env=clean_environment(folder, **environment),
    )
    return Verdict(done.returncode, done.stdout.decode(), done.stderr.decode())


def succeed(folder, *words: str, standard_input: str = "", **environment: str) -> str:
    verdict = run(folder, *words, standard_input=standard_input, **environment)
    if verdict.status != 0:
        raise AssertionError(f"cardea {' '.join(words)} ended with {verdict.status}: {verdict.error}")
    return verdict.printed


def issue(algorithm: str) -> list[Issued]:
    """One token of each profile, good for a day."""
    with tempfile.TemporaryDirectory(prefix="cardea-interop-") as folder:
        base = {"CARDEA_DATABASE": f"sqlite:{folder}/cardea.db", "CARDEA_SIGNING_ALGORITHM": algorithm}
        succeed(folder, "user", "add", USER, "--role", "user", standard_input=PASSPHRASE + "\n", **base)
        tokens = {}
        for profile, expected in EXPECTED.items():
            named = {"CARDEA_ISSUER": expected.issuer, "CARDEA_AUDIENCE": expected.audience} if expected.issuer else {}
            more = base | named | {"CARDEA_TOKEN_PROFILE": profile}
            tokens[profile] = succeed(folder, "token", "issue", "--user", USER, "--minutes", "1440", **more).strip()
        kid = json.loads(succeed(folder, "key", "list", "--json", **base))[0]["kid"]
        whole = json.loads(succeed(folder, "key", "export", "--private", kid, **base))
        published = json.loads(succeed(folder, "key", "export", **base))["keys"]
    keys = [whole] if algorithm in HMAC else published
    return [Issued(algorithm, profile, token, whole, keys) for profile, token in tokens.items()]


def issue_all() -> list[Issued]:
    return [issued for algorithm in ALGORITHMS for issued in issue(algorithm)]


def part(token: str, number: int) -> bytes:
    return octets_of(token.split(".")[number])


@contextlib.contextmanager
def key_file(keys: list[Jwk] | Jwk):
    """A list as a JWK set, a key as a JWK."""
    with tempfile.TemporaryDirectory(prefix="cardea-interop-") as folder:
        file = pathlib.Path(folder) / "keys.json"
        file.write_text(json.dumps({"keys": keys} if isinstance(keys, list) else keys))
        yield file


def verify_token(token: str, keys: list[Jwk] | Jwk, expected: Expected = Expected()) -> Verdict:
    options = ["--issuer", expected.issuer] if expected.issuer else []
    options += ["--audience", expected.audience] if expected.audience else []
    with key_file(keys) as file:
        return run(file.parent, "token", "verify", "--jwks", str(file), *options, standard_input=token)


def verify_jws(token: str, keys: list[Jwk] | Jwk) -> Verdict:
    with key_file(keys) as file:
        return run(file.parent, "jws", "verify", "--jwks", str(file), standard_input=token)
