#!/usr/bin/python3
"""Verifies what `cardea audit export` has written, with nothing of Cardea: every row's hash, the chain, the checkpoint.

    cardea audit export | tools/verify_audit_export.py [PUBLIC_KEY]

With the server's audit key, which the operator has told by another way (`cardea audit verify` prints it), the
signatures are checked, too; that needs python3-cryptography. Exits with 0, or names the first row that is wrong.
"""

import base64
import hashlib
import json
import sys

ROW = ["sequence", "at", "until", "count", "event", "reason", "subject", "address", "request_id", "previous"]


def encoded(fields: list) -> bytes:
    texts = [str(field).encode() for field in fields]
    return b"".join(b"%d:%s," % (len(text), text) for text in texts)


def hash_of(row: dict) -> str:
    return hashlib.sha256(encoded(["1", *(row[name] for name in ROW)])).hexdigest()


def demand(holds: bool, sentence: str) -> None:
    if not holds:
        sys.exit(f"error: {sentence}")


def check_signature(form: str, statement: dict, key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    demand(statement["signer"] == key, f"{form} is signed by another key")
    signed = encoded([form, *(statement[name] for name in ("sequence", "hash", "at", "signer"))])
    octets = [base64.urlsafe_b64decode(text + "==") for text in (key, statement["signature"])]
    try:
        Ed25519PublicKey.from_public_bytes(octets[0]).verify(octets[1], signed)
    except InvalidSignature:
        demand(False, f"{form} has a wrong signature")


def main() -> None:
    head, *rows, end = [json.loads(line) for line in sys.stdin]
    demand(head.get("format") == "cardea-audit-1", "not an export of an audit log, or a newer form")
    anchor, checkpoint = head["anchor"], end["checkpoint"]
    sequence, last = (anchor["sequence"], anchor["hash"]) if anchor else (0, "0" * 64)
    for row in rows:
        sequence += 1
        demand(row["sequence"] == sequence, f"row {sequence} is missing")
        demand(hash_of(row) == row["hash"], f"row {sequence} was changed")
        demand(row["previous"] == last, f"row {sequence} does not follow the one before it")
        last = row["hash"]
        at_checkpoint = checkpoint and checkpoint["sequence"] == sequence
        demand(not at_checkpoint or checkpoint["hash"] == last, f"row {sequence} is not the one that was signed")
    demand(not checkpoint or checkpoint["sequence"] <= sequence, f"rows behind {sequence} are missing")
    if len(sys.argv) > 1:
        demand(checkpoint is not None, "there is no checkpoint")
        check_signature("cardea-audit-checkpoint-1", checkpoint, sys.argv[1])
        if anchor:
            check_signature("cardea-audit-anchor-1", anchor, sys.argv[1])
    print(f"{len(rows)} rows are whole, to row {sequence}, {last}")


if __name__ == "__main__":
    main()
