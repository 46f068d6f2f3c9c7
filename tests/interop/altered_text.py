"""Tokens whose text was changed: characters, pieces, parts, padding, alphabet, what stands around them.

A mutant's `kind` names what is wrong with it. Here it is found out afterwards, by what a lenient decoder would
still read.
"""

import dataclasses
import json
import random
import re
import string

from libraries import octets_of
from signing import Issued

FOREIGN = [" ", "\n", "\r\n", "\t", "\0", "!", "~", "\u00e9", "\u2028", ",", "%3D", "\x7f"]
ALPHABET = string.ascii_letters + string.digits + "-_"


@dataclasses.dataclass(frozen=True)
class Mutant:
    issued: Issued
    kind: str
    text: str


def flip_a_bit(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ (1 << chance.randrange(7))) + text[at + 1 :]


def change_a_character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(ALPHABET + ".=+/") + text[at + 1 :]


def change_the_last_of_a_part(text: str, chance: random.Random) -> str:
    parts = text.split(".")
    at = chance.randrange(len(parts))
    parts[at] = parts[at][:-1] + chance.choice(ALPHABET)
    return ".".join(parts)


def cut(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] if chance.random() < 0.5 else text[:at] + text[at + chance.randint(1, 12) :]


def double_a_piece(text: str, chance: random.Random) -> str:
    begin, end = sorted((chance.randrange(len(text)), chance.randrange(len(text) + 1)))
    return text[:end] + text[begin:end] + text[end:]


def double_a_part(text: str, chance: random.Random) -> str:
    parts = text.split(".")
    at = chance.randrange(len(parts))
    between = chance.choice([".", "", "..", "="])
    parts[at] = parts[at] + between + parts[at]
    return ".".join(parts)


def reorder_parts(text: str, chance: random.Random) -> str:
    parts = text.split(".")
    chance.shuffle(parts)
    return ".".join(parts)


def pad(text: str, chance: random.Random) -> str:
    parts = text.split(".")
    for at in chance.sample(range(len(parts)), chance.randint(1, len(parts))):
        parts[at] += "=" * chance.choice([-len(parts[at]) % 4, 1, 2, 3, 4])
    return ".".join(parts)


def put_behind_padding(text: str, chance: random.Random) -> str:
    parts = text.split(".")
    at = chance.randrange(len(parts))
    behind = chance.choice(["AAAA", "A", "=A=", "\n", parts[at]])
    parts[at] += "=" * (-len(parts[at]) % 4 or 4) + behind
    return ".".join(parts)


def other_alphabet(text: str, _: random.Random) -> str:
    return text.replace("-", "+").replace("_", "/")


def insert_foreign(text: str, chance: random.Random) -> str:
    at = chance.choice([0, len(text), chance.randrange(len(text))])
    return text[:at] + chance.choice(FOREIGN) + text[at:]


def append(text: str, chance: random.Random) -> str:
    return text + chance.choice([".", "..", ".AAAA", "A", "AAAA", "\n\n", "\0", ",x", "; x", ".." + text, "\n" + text])


def prepend(text: str, chance: random.Random) -> str:
    return chance.choice([".", "Bearer ", "\ufeff", "\n", " ", "AAAA.", '"']) + text


def as_five_parts(text: str, _: random.Random) -> str:
    return text + ".AAAA.AAAA"


def as_json(text: str, chance: random.Random) -> str:
    head, payload, signature = (text + "..").split(".")[:3]
    if chance.random() < 0.5:
        return json.dumps({"protected": head, "payload": payload, "signature": signature})
    return json.dumps({"payload": payload, "signatures": [{"protected": head, "signature": signature}]})


def other_case(text: str, _: random.Random) -> str:
    return text.swapcase()


TEXT_CHANGES = [
    flip_a_bit,
    change_a_character,
    change_the_last_of_a_part,
    cut,
    double_a_piece,
    double_a_part,
    reorder_parts,
    pad,
    put_behind_padding,
    other_alphabet,
    insert_foreign,
    append,
    prepend,
    as_five_parts,
    as_json,
    other_case,
]


def spelling_of(text: str, original: str) -> str:
    """What was changed in a text that a lenient decoder may still read as the original; else `other octets`."""
    if text == original:
        return "unchanged"
    if text.lstrip().startswith("{"):
        return "JSON serialization"
    if text.count(".") != 2:
        return "not three parts"
    pairs = list(zip(text.split("."), original.split(".")))
    for spelling, settle in SPELLINGS:
        if all(_read(settle(changed)) == _read(known) for changed, known in pairs):
            return spelling
    return "other octets"


SPELLINGS = [
    ("non-zero spare bits", lambda part: part),
    ("padding", lambda part: part.rstrip("=")),
    ("base64 instead of base64url", lambda part: _to_base64url(part)),
    ("characters outside the alphabet", lambda part: re.sub(r"[^A-Za-z0-9_-]", "", _to_base64url(part))),
    ("text behind padding", lambda part: re.sub(r"[^A-Za-z0-9_-]", "", _to_base64url(part.partition("=")[0]))),
]


def _to_base64url(text: str) -> str:
    return text.replace("+", "-").replace("/", "_")


def _read(text: str) -> bytes | str:
    if re.fullmatch(r"[A-Za-z0-9_-]*", text) and len(text) % 4 != 1:
        return octets_of(text)
    return text


def changed_text(issued: Issued, others: list[Issued], chance: random.Random) -> Mutant:
    text = issued.token
    if chance.random() < 0.15:
        return Mutant(issued, "parts of two tokens", exchange_parts(text, others, chance))
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        text = chance.choice(TEXT_CHANGES)(text, chance) or "."
    return Mutant(issued, spelling_of(text, issued.token), text)


def exchange_parts(text: str, others: list[Issued], chance: random.Random) -> str:
    parts = text.split(".")
    for at in chance.sample(range(3), chance.randint(1, 2)):
        parts[at] = chance.choice(others).token.split(".")[at]
    return ".".join(parts)
