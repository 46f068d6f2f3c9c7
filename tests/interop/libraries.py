"""Others' code for JWTs, each behind the same four functions, and what each of them cannot do.

A verification is the least careful one that the library's documentation shows for a JWK set: every algorithm is
allowed, the key is the one that the token's `kid` names. What is accepted here is what a service that uses the
library accepts.
"""

import base64
import dataclasses
import functools
import json
import pathlib
import shutil
import subprocess

import jwt
import jwt.algorithms
from authlib.jose import JsonWebKey, JsonWebToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwcrypto import jwk as jwcrypto_jwk
from jwcrypto import jwt as jwcrypto_jwt

try:
    import jose.jwk
    import jose.jwt
except ImportError:  # Debian 13 has none
    jose = None

from harness.token import base64url

HERE = pathlib.Path(__file__).resolve().parent

HMAC = ("HS256", "HS384", "HS512")
RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
EC = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}
ALGORITHMS = (*HMAC, *RSA, *EC, "EdDSA")

# (library, algorithm): why the library does not have it.
MISSING = {
    ("python-jose", algorithm): reason
    for algorithm, reason in {
        "PS256": "its list of algorithms ends with RFC 7518's PKCS #1 v1.5 for RSA",
        "PS384": "as PS256",
        "PS512": "as PS256",
        "EdDSA": "it knows no RFC 8037",
    }.items()
}

Jwk = dict[str, str]


@dataclasses.dataclass(frozen=True)
class Expected:
    """What a verifier asks of the claims; None: the token has neither."""

    issuer: str | None = None
    audience: str | None = None

    def claims(self) -> dict[str, str]:
        named = {"iss": self.issuer, "aud": self.audience}
        return {name: value for name, value in named.items() if value is not None}


def octets_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def secret_of(key: Jwk) -> bytes:
    return octets_of(key["k"])


def public_half(key: Jwk) -> Jwk:
    """A secret is the same on both sides."""
    private = () if key["kty"] == "oct" else ("d", "p", "q", "dp", "dq", "qi")
    return {name: value for name, value in key.items() if name not in private}


def key_named(keys: list[Jwk], kid: object) -> Jwk:
    for key in keys:
        if key.get("kid") == kid:
            return key
    raise LookupError("no key of that kid")


def sign_octets(octets: bytes, key: Jwk, algorithm: str) -> bytes:
    """The signature alone, of whatever bytes, by PyJWT."""
    return PYJWT_ALGORITHMS[algorithm].sign(octets, prepared(json.dumps(key), algorithm))


PYJWT_ALGORITHMS = jwt.algorithms.get_default_algorithms()


@functools.cache
def prepared(jwk: str, algorithm: str):
    """A key as PyJWT's algorithm of that name takes it."""
    key = json.loads(jwk)
    return secret_of(key) if key["kty"] == "oct" else PYJWT_ALGORITHMS[algorithm].from_jwk(jwk)


# Reading a set of keys anew for each token would take most of the time.


@functools.cache
def _jwcrypto_set(jwks: str) -> jwcrypto_jwk.JWKSet:
    return jwcrypto_jwk.JWKSet.from_json(jwks)


@functools.cache
def _authlib_set(jwks: str):
    return JsonWebKey.import_key_set(json.loads(jwks))


@functools.cache
def _pyjwt_key(jwk: str):
    return jwt.PyJWK(json.loads(jwk)).key


class PyJwt:
    name = "PyJWT"

    def verify(self, token: str, keys: list[Jwk], expected: Expected) -> dict:
        key = key_named(keys, jwt.get_unverified_header(token).get("kid"))
        return jwt.decode(
            token,
            _pyjwt_key(json.dumps(key)),
            algorithms=list(ALGORITHMS),
            issuer=expected.issuer,
            audience=expected.audience,
        )

    def sign(self, claims: dict, key: Jwk, algorithm: str, header: dict) -> str:
        return jwt.encode(claims, prepared(json.dumps(key), algorithm), algorithm, header)

    def make(self, algorithm: str) -> Jwk:
        """It makes no keys itself: by cryptography, which it stands on, as PEM."""
        if algorithm in HMAC:
            return jwcrypto_jwk.JWK.generate(kty="oct", size=int(algorithm[2:])).export(as_dict=True)
        made = {
            "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
            "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
            "ES512": lambda: ec.generate_private_key(ec.SECP521R1()),
            "EdDSA": ed25519.Ed25519PrivateKey.generate,
        }.get(algorithm, lambda: rsa.generate_private_key(65537, 2048))()
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return through_pem(pem)


def through_pem(pem: bytes) -> Jwk:
    """Cardea's command line reads JWKs: a key in PEM comes to it as jwcrypto writes it."""
    key = jwcrypto_jwk.JWK.from_pem(pem).export(as_dict=True)
    key.pop("kid", None)
    return key


class PythonJose:
    name = "python-jose"

    def verify(self, token: str, keys: list[Jwk], expected: Expected) -> dict:
        return jose.jwt.decode(
            token, {"keys": keys}, algorithms=list(ALGORITHMS), issuer=expected.issuer, audience=expected.audience
        )

    def sign(self, claims: dict, key: Jwk, algorithm: str, header: dict) -> str:
        return jose.jwt.encode(claims, key | {"alg": algorithm}, algorithm, header)

    def make(self, algorithm: str) -> Jwk:
        """It makes no keys itself: what it writes of one that another made."""
        made = PyJwt().make(algorithm)
        written = jose.jwk.construct(made | {"alg": algorithm}).to_dict()
        written = {name: _text(value) for name, value in written.items() if name != "alg"}
        return written


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


class JwCrypto:
    name = "jwcrypto"

    def verify(self, token: str, keys: list[Jwk], expected: Expected) -> dict:
        known = _jwcrypto_set(json.dumps({"keys": keys}))
        # A list of claims to check replaces the check of exp that there is without one.
        wanted = expected.claims() | {"exp": None} if expected.issuer else None
        checked = jwcrypto_jwt.JWT(jwt=token, key=known, algs=list(ALGORITHMS), check_claims=wanted)
        return json.loads(checked.claims)

    def sign(self, claims: dict, key: Jwk, algorithm: str, header: dict) -> str:
        made = jwcrypto_jwt.JWT(header={"alg": algorithm} | header, claims=claims, algs=list(ALGORITHMS))
        made.make_signed_token(jwcrypto_jwk.JWK(**key))
        return made.serialize()

    def make(self, algorithm: str) -> Jwk:
        kind = (
            {"kty": "oct", "size": int(algorithm[2:])}
            if algorithm in HMAC
            else {"kty": "EC", "crv": EC[algorithm]}
            if algorithm in EC
            else {"kty": "RSA", "size": 2048}
            if algorithm in RSA
            else {"kty": "OKP", "crv": "Ed25519"}
        )
        return jwcrypto_jwk.JWK.generate(**kind).export(as_dict=True)


class Authlib:
    name = "Authlib"

    def verify(self, token: str, keys: list[Jwk], expected: Expected) -> dict:
        wanted = {name: {"essential": True, "value": value} for name, value in expected.claims().items()}
        known = _authlib_set(json.dumps({"keys": keys}))
        claims = JsonWebToken(list(ALGORITHMS)).decode(token, known, claims_options=wanted)
        claims.validate()
        return dict(claims)

    def sign(self, claims: dict, key: Jwk, algorithm: str, header: dict) -> str:
        used = JsonWebKey.import_key(key)
        return JsonWebToken(list(ALGORITHMS)).encode({"alg": algorithm} | header, dict(claims), used).decode()

    def make(self, algorithm: str) -> Jwk:
        kind = (
            ("oct", int(algorithm[2:]))
            if algorithm in HMAC
            else ("EC", EC[algorithm])
            if algorithm in EC
            else ("RSA", 2048)
            if algorithm in RSA
            else ("OKP", "Ed25519")
        )
        made = JsonWebKey.generate_key(*kind, is_private=True).as_dict(is_private=True)
        made.pop("kid", None)
        return with_whole_coordinates(made) if algorithm in EC else made


def with_whole_coordinates(key: Jwk) -> Jwk:
    """Authlib leaves out leading zeros, against RFC 7518 section 6.2.1.2: of P-521 in most keys, of others in some."""
    size = {"P-256": 32, "P-384": 48, "P-521": 66}[key["crv"]]
    return key | {name: base64url(octets_of(key[name]).rjust(size, b"\0")) for name in ("x", "y", "d")}


class NpmJose:
    """npm's jose in a Node process that answers line by line."""

    name = "jose"

    def __init__(self):
        node = shutil.which("node") or shutil.which("nodejs")
        if node is None:
            raise FileNotFoundError("no node on the PATH")
        self._process = subprocess.Popen(
            [node, str(HERE / "jose_lines.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def verify(self, token: str, keys: list[Jwk], expected: Expected) -> dict:
        options = {"issuer": expected.issuer, "audience": expected.audience}
        return self._ask(ask="verify", token=token, keys=keys, options=options)

    def sign(self, claims: dict, key: Jwk, algorithm: str, header: dict) -> str:
        return self._ask(ask="sign", claims=claims, key=key, header={"alg": algorithm} | header)

    def make(self, algorithm: str) -> Jwk:
        return self._ask(ask="make", algorithm=algorithm)

    def _ask(self, **question):
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "refused" in answer:
            raise ValueError(answer["refused"])
        return answer["answer"]


def all_libraries() -> list:
    """Every library that is there; the one that Debian 13 lacks is named when it is absent."""
    found = [PyJwt(), JwCrypto(), Authlib(), NpmJose()]
    if jose is None:
        print("python-jose: not here (Debian 13 has none), its rows are left out", flush=True)
    else:
        found.append(PythonJose())
    return found
