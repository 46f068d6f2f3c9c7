"""Compact JWTs made without the program under test, well-formed or not."""

import base64
import hashlib
import hmac
import json
import time

HEADER = {"alg": "HS256", "typ": "JWT"}


def base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def sign(secret: str, payload: bytes | str, header: dict | None = None, digest: str = "sha256") -> str:
    """Any payload, signed by HMAC whatever the header says."""
    payload = payload.encode() if isinstance(payload, str) else payload
    signed = base64url(json.dumps(header or HEADER).encode()) + "." + base64url(payload)
    return signed + "." + base64url(hmac.new(secret.encode(), signed.encode(), digest).digest())


def claims(**changes) -> dict:
    """The tutorial's claims for alice, good for five minutes; a change to None leaves the claim out."""
    now = int(time.time())
    whole = {"sub": "alice", "role": "admin", "iat": now, "exp": now + 300} | changes
    return {name: value for name, value in whole.items() if value is not None}


def token(secret: str, **changes) -> str:
    return sign(secret, json.dumps(claims(**changes)))
