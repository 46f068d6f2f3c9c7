#!/usr/bin/python3
"""Tokens that Cardea signs verify in others' code by its exported keys, and theirs by their keys in Cardea."""

import dataclasses
import json
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness.token import base64url  # noqa: E402
from libraries import ALGORITHMS, EC, MISSING, RSA, NpmJose, all_libraries, octets_of, public_half  # noqa: E402
from signing import issue, issue_all, part, verify_jws, verify_token  # noqa: E402

OUR_KID, OTHER_KID = "key-of-the-test", "another-key"


# The orders of the curves' groups (SEC 2 version 2).
ORDERS = {
    "ES256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "ES384": 2**384 - 0x389CB27E0BC8D220A7E5F24DB74F58851313E695333AD68D,
    "ES512": 2**521 - 0x5AE79787C40D069948033FEB708F65A2FC44A36477663B851449048E16EC79BF7,
}


def with_other_s(signature: bytes, algorithm: str) -> bytes:
    half = len(signature) // 2
    s = ORDERS[algorithm] - int.from_bytes(signature[half:], "big")
    return signature[:half] + s.to_bytes(half, "big")


class Exchange(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.libraries = all_libraries()
        for library in cls.libraries:
            if isinstance(library, NpmJose):
                cls.addClassCleanup(library.close)

        cls.keys = {}

    def key(self, library, algorithm: str, number: int = 1):
        """The library's first or second key; RSA keys take long to make and serve every algorithm of RSA."""
        kind = "RSA" if algorithm in RSA else algorithm
        name = (library.name, kind, number)
        if name not in self.keys:
            self.keys[name] = library.make(algorithm)
        return self.keys[name]

    def pairs(self):
        for library in self.libraries:
            for algorithm in ALGORITHMS:
                if (library.name, algorithm) not in MISSING:
                    yield library, algorithm


class CardeasTokens(Exchange):
    def test_verify_everywhere_with_the_claims_that_cardea_reads(self):
        for issued in issue_all():
            claims = json.loads(part(issued.token, 1))
            printed = verify_token(issued.token, issued.verification_keys, issued.expected)
            with self.subTest(issued.algorithm, profile=issued.profile, by="cardea"):
                self.assertEqual((printed.status, printed.error), (0, ""))
                self.assertEqual(json.loads(printed.printed), claims)
                self.assertEqual("iss" in claims, issued.profile == "rfc9068")
            for library in self.libraries:
                with self.subTest(issued.algorithm, profile=issued.profile, by=library.name):
                    self.check(library, issued, claims)

    def test_of_ecdsa_verify_with_the_other_s_too(self):
        """Beside s, the order minus s is valid too, and RFC 7518 prefers neither: a token has two spellings."""
        for issued in [each for algorithm in EC for each in issue(algorithm)]:
            signed, _, text = issued.token.rpartition(".")
            other = f"{signed}.{base64url(with_other_s(octets_of(text), issued.algorithm))}"
            with self.subTest(issued.algorithm, by="cardea"):
                self.assertEqual(verify_token(other, issued.verification_keys, issued.expected).status, 0)
            for library in self.libraries:
                with self.subTest(issued.algorithm, by=library.name):
                    self.check(library, dataclasses.replace(issued, token=other), json.loads(part(other, 1)))

    def check(self, library, issued, claims: dict) -> None:
        if (library.name, issued.algorithm) not in MISSING:
            self.assertEqual(library.verify(issued.token, issued.verification_keys, issued.expected), claims)
            return
        # What is listed as missing is missing: else the list is out of date.
        with self.assertRaises(Exception):
            library.verify(issued.token, issued.verification_keys, issued.expected)


class OthersTokens(Exchange):
    def setUp(self):
        now = int(time.time())
        self.claims = {"sub": "carol", "iat": now, "exp": now + 3600, "colour": "gr\u00fcn"}

    def test_verify_in_cardea_by_the_key_as_its_maker_wrote_it(self):
        for library, algorithm in self.pairs():
            with self.subTest(library.name, algorithm=algorithm):
                key = self.key(library, algorithm)
                token = library.sign(self.claims, key, algorithm, {})
                self.accepted(token, public_half(key))

    def test_verify_in_cardea_by_kid_from_a_set_of_two(self):
        for library, algorithm in self.pairs():
            with self.subTest(library.name, algorithm=algorithm):
                key, other = self.key(library, algorithm), self.key(library, algorithm, 2)
                token = library.sign(self.claims, key, algorithm, {"kid": OUR_KID})
                marked = {"alg": algorithm, "use": "sig"}
                keys = [public_half(key) | marked | {"kid": OUR_KID}, public_half(other) | marked | {"kid": OTHER_KID}]
                self.accepted(token, keys)
                self.refused(token, keys[1:], "token_key_unknown")
                self.refused(token, [keys[1] | {"kid": OUR_KID}], "token_signature_invalid")

    def test_are_refused_under_another_key_of_the_same_kind(self):
        for library, algorithm in self.pairs():
            with self.subTest(library.name, algorithm=algorithm):
                token = library.sign(self.claims, self.key(library, algorithm), algorithm, {})
                self.refused(token, public_half(self.key(library, algorithm, 2)), "token_signature_invalid")

    def test_of_a_key_without_its_leading_zeros_are_refused_for_the_key(self):
        """As Authlib writes it; RFC 7518 section 6.2.1.2 has every coordinate whole."""
        key = self.key(self.libraries[0], "ES256") | {"x": base64url(b"\1" * 31)}
        for verdict in (verify_token("a.b.c", public_half(key)), verify_jws("a.b.c", public_half(key))):
            self.assertEqual((verdict.status, verdict.printed), (2, ""))
            self.assertIn("x does not have 32 bytes", verdict.error)

    def accepted(self, token: str, keys) -> None:
        as_token, as_jws = verify_token(token, keys), verify_jws(token, keys)
        self.assertEqual((as_token.status, as_token.error), (0, ""))
        self.assertEqual(json.loads(as_token.printed), self.claims)
        self.assertEqual((as_jws.status, as_jws.error), (0, ""))
        self.assertEqual(as_jws.printed.encode(), part(token, 1))

    def refused(self, token: str, keys, code: str) -> None:
        for verdict in (verify_token(token, keys), verify_jws(token, keys)):
            self.assertEqual((verdict.status, verdict.printed, verdict.error), (1, "", f"invalid: {code}\n"))


if __name__ == "__main__":
    unittest.main()
