#!/usr/bin/python3
"""Whatever a token or a key file holds, the answer is the documented one and comes soon."""

import json
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness.token import base64url, claims, sign  # noqa: E402
from libraries import Jwk  # noqa: E402
from signing import Verdict, key_file, run  # noqa: E402

ROUNDS = 5
BOUND_SECONDS = 2  # against a hang, on a loaded machine under sanitizers; the figures are printed

SECRET = "a secret of more than sixty-four bytes, so that it is good for HS512 as well"
KEY = {"kty": "oct", "k": base64url(SECRET.encode())}
LARGEST_TOKEN = 8 * 1024


def with_header(header: dict | str, payload: str = "{}") -> str:
    text = header if isinstance(header, str) else json.dumps(header)
    return f"{base64url(text.encode())}.{base64url(payload.encode())}.{base64url(bytes(32))}"


def nested(depth: int, opening: str = "[", closing: str = "]", inside: str = "") -> str:
    return opening * depth + inside + closing * depth


PBES2 = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 2**31 - 1, "p2s": base64url(bytes(16))}
JWE = {"alg": "dir", "enc": "A256GCM", "zip": "DEF"}

TOKENS = {
    "a header nested 500 deep": (with_header(nested(500)), "token_malformed"),
    "a member nested deep": (with_header('{"alg":"HS256","x":' + nested(450) + "}"), "token_malformed"),
    "objects in objects": (with_header(nested(150, '{"a":', "}", "1")), "token_malformed"),
    "claims nested deep, well signed": (sign(SECRET, '{"x":' + nested(2500) + "}"), "token_malformed"),
    "thousands of empty arrays, well signed": (sign(SECRET, "[" + "[]," * 1500 + "[]]"), "token_malformed"),
    "hundreds of equal members, well signed": (sign(SECRET, "{" + '"a":1,' * 700 + '"a":1}'), "token_malformed"),
    "a number of 5,000 digits, well signed": (sign(SECRET, '{"exp":' + "9" * 5000 + "}"), "token_malformed"),
    "an exponent of 5,000 digits, well signed": (sign(SECRET, '{"exp":1e' + "9" * 5000 + "}"), "token_malformed"),
    "PBES2 with two thousand million rounds": (with_header(PBES2), "token_header_unsupported"),
    "PBES2 without enc": (with_header({"alg": PBES2["alg"], "p2c": 2**31 - 1}), "token_algorithm_refused"),
    "a p2c of 1,000 digits": (with_header('{"alg":"HS256","p2c":' + "9" * 1000 + "}"), "token_malformed"),
    "p2c beside HS256": (with_header({"alg": "HS256", "p2c": 2**31 - 1}), "token_signature_invalid"),
    "a JWE": (with_header(JWE) + ".AAAA.AAAA", "token_malformed"),
    "8 KiB of dots": ("." * LARGEST_TOKEN, "token_malformed"),
    "more than 8 KiB of dots": ("." * (LARGEST_TOKEN + 1), "token_too_large"),
    "a megabyte of one letter": ("A" * 2**20, "token_too_large"),
    "a signature of 8 KiB": (sign(SECRET, "{}").rpartition(".")[0] + "." + "A" * 8000, "token_signature_invalid"),
    "a header of 8 KiB": (with_header({"alg": "HS256", "x": "A" * 5000}), "token_too_large"),
    "a header nested beyond its size": (with_header(nested(2500)), "token_too_large"),
    "a JSON serialization": (json.dumps({"payload": "e30", "protected": "e30", "signature": ""}), "token_malformed"),
    "NUL": ("\0" * 100, "token_malformed"),
    "nothing": ("", "token_malformed"),
}


def rsa(bits: int, exponent: bytes = b"\1\0\1") -> Jwk:
    """An odd modulus of that size that nobody knows the factors of."""
    modulus = (1 << (bits - 1) | 1).to_bytes(bits // 8, "big")
    return {"kty": "RSA", "alg": "RS256", "n": base64url(modulus), "e": base64url(exponent)}


KEY_FILES = {
    "an RSA key of 16,384 bits": rsa(16384),
    "an RSA key of 1,000,000 bits": rsa(1_000_000),
    "an RSA exponent of 2,048 bits": rsa(2048, b"\xff" * 256),
    "a point that is not on the curve": {"kty": "EC", "crv": "P-521"} | {n: base64url(bytes(65) + b"\1") for n in "xy"},
    "a set of 2,000 keys of one kid": [KEY | {"kid": "one"}] * 2000,
    "a key nested deep": KEY | {"x": json.loads(nested(500))},
}



class Costs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-interop-"))
        cls.start = cls.seconds("version")[1]
        print(f"cardea version: {cls.start * 1000:.1f} ms", flush=True)

    @classmethod
    def seconds(cls, *words: str, standard_input: str = "") -> tuple[Verdict, float]:
        taken = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            verdict = run(cls.folder, *words, standard_input=standard_input)
            taken.append(time.perf_counter() - begin)
            if taken[-1] > BOUND_SECONDS:
                raise AssertionError(f"cardea {' '.join(words)} took {taken[-1]:.1f} s")
        return verdict, min(taken)

    def verdict_within_bounds(self, name: str, *words: str, standard_input: str) -> Verdict:
        verdict, seconds = self.seconds(*words, standard_input=standard_input)
        print(f"{(seconds - self.start) * 1000:8.1f} ms over the start: {name}, {' '.join(words[:2])}", flush=True)
        return verdict

    def test_of_every_token_are_small_and_it_is_refused_by_its_code(self):
        with key_file(KEY) as file:
            for name, (token, code) in TOKENS.items():
                with self.subTest(name):
                    words = ("token", "verify", "--jwks", str(file))
                    verdict = self.verdict_within_bounds(name, *words, standard_input=token)
                    self.assertEqual((verdict.status, verdict.printed, verdict.error), (1, "", f"invalid: {code}\n"))

    def test_of_every_token_are_small_as_a_jws_too(self):
        with key_file(KEY) as file:
            for name, (token, code) in TOKENS.items():
                # Of a payload that is well signed nothing is read.
                expected = (0, "") if name.endswith("well signed") else (1, f"invalid: {code}\n")
                with self.subTest(name):
                    words = ("jws", "verify", "--jwks", str(file))
                    verdict = self.verdict_within_bounds(name, *words, standard_input=token)
                    self.assertEqual((verdict.status, verdict.error), expected)

    def test_of_every_key_file_are_small_and_it_is_called_unusable(self):
        token = sign(SECRET, json.dumps(claims()))
        for name, keys in KEY_FILES.items():
            with self.subTest(name), key_file(keys) as file:
                words = ("token", "verify", "--jwks", str(file))
                verdict = self.verdict_within_bounds(name, *words, standard_input=token)
                self.assertEqual((verdict.status, verdict.printed), (2, ""))
                self.assertRegex(verdict.error, r"^error: .*: Unusable key set: ")


if __name__ == "__main__":
    unittest.main()
