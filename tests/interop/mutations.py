"""Valid tokens made invalid: by their text, by the encoding of their signature, by signing what must not be."""

import base64
import functools
import json
import random

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from altered_text import Mutant, changed_text
from harness.token import base64url
from libraries import EC, HMAC, RSA, JwCrypto, Jwk, octets_of, prepared, public_half, sign_octets
from signing import Issued, part

ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493

# ---- by the signature ------------------------------------------------------------------------------------------------


def changed_signature(issued: Issued, _: list[Issued], chance: random.Random) -> Mutant:
    signed, _, text = issued.token.rpartition(".")
    signature = octets_of(text)
    kind, octets = chance.choice(other_signatures(issued, signature))
    return Mutant(issued, kind, f"{signed}.{base64url(octets)}")


def other_signatures(issued: Issued, signature: bytes) -> list[tuple[str, bytes]]:
    found = [
        ("zeros before the signature", b"\0" + signature),
        ("zeros behind the signature", signature + b"\0"),
        ("data behind the signature", signature + b"data"),
        ("half a signature", signature[: len(signature) // 2]),
        ("a signature of zeros", bytes(len(signature))),
        ("a signature of ones", b"\xff" * len(signature)),
        ("no signature", b""),
        ("a signature in reverse", signature[::-1]),
        ("a signature twice", signature * 2),
    ]
    if issued.algorithm in EC:
        half = len(signature) // 2
        r, s = signature[:half], signature[half:]
        der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
        found += [
            ("DER instead of raw ECDSA", der),
            ("zeros before r and s", b"\0" + r + b"\0" + s),
            ("r and s exchanged", s + r),
            ("s of zero", r + bytes(half)),
        ]
    if issued.algorithm == "EdDSA":
        s = int.from_bytes(signature[32:], "little") + ED25519_ORDER
        found.append(("s plus the order of the group", signature[:32] + s.to_bytes(32, "little")))
    if issued.algorithm in RSA:
        modulus = int.from_bytes(octets_of(issued.whole_key["n"]), "big")
        above = int.from_bytes(signature, "big") + modulus
        found.append(("the signature plus the modulus", above.to_bytes(len(signature) + 1, "big").lstrip(b"\0")))
    return found


# ---- signed again: what a holder of the key could say, or a forger with the public key -------------------------------


def signed(issued: Issued, head: bytes | dict, payload: bytes | dict, key: Jwk | None = None, algorithm="") -> str:
    head = json.dumps(head).encode() if isinstance(head, dict) else head
    payload = json.dumps(payload).encode() if isinstance(payload, dict) else payload
    text = f"{base64url(head)}.{base64url(payload)}"
    return f"{text}.{base64url(sign_octets(text.encode(), key or issued.whole_key, algorithm or issued.algorithm))}"


def changed_header(issued: Issued, others: list[Issued], chance: random.Random) -> Mutant:
    raw, payload = part(issued.token, 0), part(issued.token, 1)
    kind, header = chance.choice(other_headers(issued, raw.decode(), others))
    return Mutant(issued, kind, signed(issued, header, payload))


def other_headers(issued: Issued, raw: str, others: list[Issued]) -> list[tuple[str, bytes | dict]]:
    header = json.loads(raw)
    another = next(other.whole_key["kid"] for other in others if other.algorithm != issued.algorithm)
    twice = "header: a member twice"
    found = [
        (twice, raw[:-1] + ',"kid":' + json.dumps(header["kid"]) + "}"),
        (twice, '{"alg":"none",' + raw[1:]),
        (twice, raw[:-1] + ',"\\u0061lg":' + json.dumps(header["alg"]) + "}"),
        ("header: data behind the JSON", raw + "{}"),
        ("header: not JSON", raw[:-1] + ",}"),
        ("header: not JSON", raw.replace('"', "'")),
        ("header: a byte order mark", "\ufeff" + raw),
        ("header: NaN", raw[:-1] + ',"x":NaN}'),
        ("header: a comment", raw[:-1] + "/**/}"),
        ("header: an array", "[" + raw + "]"),
        ("header: nested deep", raw[:-1] + ',"x":' + "[" * 50 + "]" * 50 + "}"),
    ]
    changes = {
        "header: crit of an unknown extension": {"crit": ["x"], "x": 1},
        "header: crit of a known parameter": {"crit": ["alg"]},
        "header: crit without members": {"crit": []},
        "header: b64 false": {"b64": False, "crit": ["b64"]},
        "header: b64 without crit": {"b64": True},
        "header: zip": {"zip": "DEF"},
        "header: enc": {"enc": "A256GCM"},
        "header: typ of another kind": {"typ": "dpop+jwt"},
        "header: typ is a number": {"typ": 7},
        "header: alg in small letters": {"alg": header["alg"].lower()},
        "header: alg none": {"alg": "none"},
        "header: alg None": {"alg": "None"},
        "header: alg empty": {"alg": ""},
        "header: alg null": {"alg": None},
        "header: alg in an array": {"alg": [header["alg"]]},
        "header: alg of encryption": {"alg": "RSA-OAEP"},
        "header: kid unknown": {"kid": "../../../../dev/null"},
        "header: kid of another key": {"kid": another},
        "header: kid is a number": {"kid": 7},
        "header: kid is null": {"kid": None},
        "header: kid empty": {"kid": ""},
        "header: kid with a space behind": {"kid": header["kid"] + " "},
    }
    found += [(kind, header | change) for kind, change in changes.items()]
    return [(kind, text.encode() if isinstance(text, str) else text) for kind, text in found]


def changed_algorithm(issued: Issued, _: list[Issued], chance: random.Random) -> Mutant:
    header, payload = json.loads(part(issued.token, 0)), part(issued.token, 1)
    family = HMAC if issued.algorithm in HMAC else RSA if issued.algorithm in RSA else tuple(EC)
    if issued.algorithm == "EdDSA" or chance.random() < 0.3:
        kind, text = unsigned(header, issued, chance)
        return Mutant(issued, kind, text)
    other = chance.choice([each for each in family if each != issued.algorithm])
    if chance.random() < 0.5:
        text = signed(issued, header | {"alg": other}, payload)
        return Mutant(issued, "alg of another size, signature of the first", text)
    text = signed(issued, header | {"alg": other}, payload, algorithm=other)
    return Mutant(issued, "another algorithm than the key's, signed by it", text)


def unsigned(header: dict, issued: Issued, chance: random.Random) -> tuple[str, str]:
    head = base64url(json.dumps(header | {"alg": chance.choice(["none", "None", "NONE"])}).encode())
    payload, signature = issued.token.split(".")[1:]
    return "not signed at all", f"{head}.{payload}." + chance.choice(["", signature])


def public_key_as_secret(issued: Issued, others: list[Issued], chance: random.Random) -> Mutant:
    if issued.algorithm in HMAC:
        return forged_by_a_key_of_his_own(issued, others, chance)
    header, payload = json.loads(part(issued.token, 0)), part(issued.token, 1)
    public = issued.verification_keys[0]
    secrets = public_texts(json.dumps(public))
    algorithm = chance.choice(HMAC)
    key = {"kty": "oct", "k": base64url(chance.choice(secrets))}
    return Mutant(
        issued, "the public key as a secret", signed(issued, header | {"alg": algorithm}, payload, key, algorithm)
    )


@functools.cache
def public_texts(jwk: str) -> list[bytes]:
    public = json.loads(jwk)
    key = prepared(json.dumps(public_half(public)), public["alg"])
    encodings = [
        (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
    ]
    texts = [key.public_bytes(*encoding) for encoding in encodings]
    members = [octets_of(public[name]) for name in ("n", "x", "y") if name in public]
    return [*texts, texts[0].strip(), jwk.encode(), json.dumps(public, separators=(",", ":")).encode(), *members]


def forged_by_a_key_of_his_own(issued: Issued, others: list[Issued], chance: random.Random) -> Mutant:
    """In the header, where RFC 7515 has a place for it, or under the right kid."""
    header, payload = json.loads(part(issued.token, 0)), part(issued.token, 1)
    own = forgers_key(issued.algorithm)
    places = {
        "signed by another key of the kind": {},
        "a key in the header": {"jwk": public_half(own)},
        "a key by address": {"jku": "https://id.example/keys"},
        "a certificate in the header": {"x5c": [base64.b64encode(b"certificate").decode()]},
    }
    kind = chance.choice(list(places))
    return Mutant(issued, kind, signed(issued, header | places[kind], payload, own))


@functools.cache
def forgers_key(algorithm: str) -> Jwk:
    if algorithm in RSA and algorithm != RSA[0]:
        return forgers_key(RSA[0])
    return JwCrypto().make(algorithm)


def changed_claims(issued: Issued, _: list[Issued], chance: random.Random) -> Mutant:
    header, raw = json.loads(part(issued.token, 0)), part(issued.token, 1).decode()
    kind, payload = chance.choice(other_claims(raw))
    return Mutant(issued, kind, signed(issued, header, payload))


def other_claims(raw: str) -> list[tuple[str, bytes | dict]]:
    claims = json.loads(raw)
    twice = "claims: a member twice"
    found = [
        (twice, raw[:-1] + ',"sub":"mallory"}'),
        (twice, raw[:-1] + ',"role":"admin"}'),
        (twice, '{"\\u0073ub":"mallory",' + raw[1:]),
        (twice, raw[:-1] + ',"x":{"a":1,"a":2}}'),
        ("claims: data behind the JSON", raw + "x"),
        ("claims: not JSON", raw[:-1] + ",}"),
        ("claims: a byte order mark", "\ufeff" + raw),
        ("claims: NaN", raw[:-1] + ',"x":NaN}'),
        ("claims: exp is Infinity", json.dumps(claims | {"exp": float("inf")})),
        ("claims: a number beyond every double", raw[:-1] + ',"x":1e999}'),
        ("claims: a comment", raw[:-1] + "/**/}"),
        ("claims: an array", f"[{raw}]"),
        ("claims: a string", '"carol"'),
        ("claims: nothing", ""),
        ("claims: nested deep", raw[:-1] + ',"x":' + "[" * 50 + "]" * 50 + "}"),
        ("claims: half a surrogate pair", raw[:-1] + ',"x":"\\ud800"}'),
        ("claims: UTF-16", raw.encode("utf-16-le")),
        ("claims: not UTF-8", raw[:-1].encode() + b',"x":"\xff"}'),
    ]
    changes = {
        "claims: no exp": {"exp": ...},
        "claims: exp in the past": {"exp": claims["iat"] - 1},
        "claims: exp of now": {"exp": claims["iat"]},
        "claims: exp is negative": {"exp": -1},
        "claims: exp is a string": {"exp": str(claims["exp"])},
        "claims: exp is null": {"exp": None},
        "claims: exp is true": {"exp": True},
        "claims: exp in an array": {"exp": [claims["exp"]]},
        "claims: nbf in the future": {"nbf": claims["iat"] + 80000},
        "claims: iat in the future": {"iat": claims["iat"] + 80000},
        "claims: iat is a string": {"iat": "now"},
        "claims: nbf is a string": {"nbf": "now"},
        "claims: sub is a number": {"sub": 7},
        "claims: iss is a number": {"iss": 7},
        "claims: aud of another": {"aud": "another"},
        "claims: aud has a number": {"aud": ["another", 7]},
        "claims: aud is an object": {"aud": {"orders": 1}},
        "claims: aud is empty": {"aud": []},
        "claims: jti is a number": {"jti": 7},
    }
    if "iss" in claims:
        changes |= {
            "claims: iss of another": {"iss": "https://id.example.org"},
            "claims: iss with a slash behind": {"iss": claims["iss"] + "/"},
            "claims: iss in an array": {"iss": [claims["iss"]]},
            "claims: no iss": {"iss": ...},
            "claims: no aud": {"aud": ...},
            "claims: aud in capitals": {"aud": "ORDERS"},
            "claims: aud inside a longer one": {"aud": "orders-of-others"},
        }
    for kind, change in changes.items():
        found.append((kind, {name: value for name, value in (claims | change).items() if value is not ...}))
    return [(kind, text.encode() if isinstance(text, str) else text) for kind, text in found]


# As often as there is something to vary in each.
MAKERS = {
    changed_text: 50,
    changed_signature: 12,
    changed_header: 12,
    changed_claims: 12,
    changed_algorithm: 6,
    public_key_as_secret: 4,
    forged_by_a_key_of_his_own: 4,
}


def mutants(all_issued: list[Issued], count: int, seed: int):
    chance = random.Random(seed)
    makers, weights = list(MAKERS), list(MAKERS.values())
    for _ in range(count):
        maker = chance.choices(makers, weights)[0]
        yield maker(chance.choice(all_issued), all_issued, chance)
