#!/usr/bin/python3
"""The hashes, the key and the signatures that the tests of core expect, computed by others' code."""

import base64
import hashlib
import pathlib
import sys
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tools"))

from verify_audit_export import encoded, hash_of  # noqa: E402

MASTER_KEY = bytes(range(32))
AT = "2026-01-01T13:00:00Z"


def base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def rows() -> list[dict]:
    first = {
        "sequence": 1, "at": "2026-01-01T12:00:00Z", "until": "2026-01-01T12:00:00Z", "count": 1,
        "event": "login_succeeded", "reason": "", "subject": "alice", "address": "192.0.2.7",
        "request_id": "request-1", "previous": "0" * 64,
    }  # fmt: skip
    second = {
        "sequence": 2, "at": "2026-01-01T12:00:01.500000Z", "until": "2026-01-01T12:01:00Z", "count": 41,
        "event": "login_failed", "reason": "invalid_credentials", "subject": "boé\n\"b", "address": "2001:db8::1",
        "request_id": "", "previous": hash_of(first),
    }  # fmt: skip
    return [first, second]


class Vectors(unittest.TestCase):
    expected = (REPOSITORY / "core/tests/audit/audit_record_test.cpp").read_text()

    def test_hashes(self):
        for row in rows():
            self.assertIn(f'"{hash_of(row)}"', self.expected)

    def test_key_and_signatures(self):
        try:
            from cryptography.hazmat.primitives import serialization
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        except ImportError:
            self.fail("python3-cryptography is not installed")
        seed = hashlib.blake2b(b"cardea audit signing key 1", key=MASTER_KEY, digest_size=32).digest()
        key = Ed25519PrivateKey.from_private_bytes(seed)
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.assertIn(f'"{base64url(raw)}"', self.expected)
        for form in "cardea-audit-checkpoint-1", "cardea-audit-anchor-1":
            signature = key.sign(encoded([form, 2, hash_of(rows()[1]), AT, base64url(raw)]))
            self.assertIn(f'"{base64url(signature)}"', self.expected)


if __name__ == "__main__":
    unittest.main()
