#!/usr/bin/python3
"""Writes seeds/ anew, with new keys: nothing in it is made by the code that is fuzzed.

Needs python3-jwt, python3-cryptography and openssl. Run it when a seed of a new kind is wanted: the tokens and the keys
belong together, so all of them change.
"""

import base64
import json
import pathlib
import re
import secrets
import shutil
import subprocess

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519

ROOM = pathlib.Path(__file__).resolve().parent
SEEDS = ROOM / "seeds"
NOON = 1767268800  # 2026-01-01T12:00:00Z, as in compact_token_fuzzer.cpp
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
CURVE_NAMES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}
SECRET_SIZES = {"HS256": 32, "HS384": 48, "HS512": 64}


def write(folder, name, content):
    file = SEEDS / folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def number(value, size=None):
    return base64url(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def public_members(algorithm, key):
    public = key.public_key()
    if algorithm[0] in "RP":
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
    if algorithm == "EdDSA":
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
    numbers, size = public.public_numbers(), (public.curve.key_size + 7) // 8
    return {"kty": "EC", "crv": CURVE_NAMES[algorithm], "x": number(numbers.x, size), "y": number(numbers.y, size)}


def private_pem(key, form=serialization.PrivateFormat.PKCS8, encryption=serialization.NoEncryption()):
    return key.private_bytes(serialization.Encoding.PEM, form, encryption)


def public_pem(key):
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def openssl(*arguments, stdin=None):
    return subprocess.run(["openssl", *arguments], input=stdin, check=True, capture_output=True).stdout


def make_pairs():
    rsa_key = rsa.generate_private_key(65537, 2048)
    pairs = {name: rsa_key for name in ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")}
    pairs |= {name: ec.generate_private_key(curve) for name, curve in CURVES.items()}
    return pairs | {"EdDSA": ed25519.Ed25519PrivateKey.generate()}


def rfc_examples():
    source = (ROOM.parent / "core/tests/key/rfc_vectors.hpp").read_text()
    texts = re.findall(r'R"\((.*?)\)"', re.sub(r'\)"\s*R"\(', "", source), re.DOTALL)
    return [text for text in texts if text[0] == "{"], [text for text in texts if text[0] != "{"]


def write_tokens(keys):
    claims = {"sub": "alice", "role": "admin", "iat": NOON - 60, "exp": NOON + 60}
    for algorithm, key in keys.items():
        token = jwt.encode(claims, key, algorithm, headers={"kid": algorithm})
        write("compact_token", f"valid_{algorithm}", token)
        write("compact_token", f"tampered_{algorithm}", token[:-8] + "AAAAAAAA")
    write("compact_token", "valid_without_kid", jwt.encode(claims, keys["HS256"], "HS256"))
    write("compact_token", "valid_at_jwt", jwt.encode(claims, keys["EdDSA"], "EdDSA", {"kid": "EdDSA", "typ": "at+jwt"}))
    for name, change in {"expired": {"exp": NOON}, "early": {"nbf": NOON + 1}, "addressed": {"aud": "orders"}}.items():
        write("compact_token", f"refused_{name}", jwt.encode(claims | change, keys["HS256"], "HS256"))
    for name, header in {"none": {"alg": "none"}, "crit": {"crit": ["exp"]}, "b64": {"b64": False}, "zip": {"zip": "DEF"},
                         "jwk": {"jwk": {"kty": "oct", "k": "AAAA"}}, "unknown_kid": {"kid": "?"}}.items():
        parts = jwt.encode(claims, keys["HS256"], "HS256", {"kid": "HS256"}).split(".")
        parts[0] = base64url(json.dumps({"alg": "HS256", "typ": "JWT"} | header).encode())
        write("compact_token", f"header_{name}", ".".join(parts))
    for index, token in enumerate(rfc_examples()[1]):
        write("compact_token", f"rfc_{index}", token)


def write_jwk_sets(pairs, shared):
    public = [public_members(name, key) | {"alg": name, "use": "sig", "kid": name} for name, key in pairs.items()]
    oct_keys = [{"kty": "oct", "k": base64url(key), "alg": name, "kid": name} for name, key in shared.items()]
    write("jwk_set", "own_public_keys.json", json.dumps({"keys": public}))
    write("jwk_set", "own_secrets.json", json.dumps({"keys": oct_keys}))
    for name in ("RS256", "ES256", "ES384", "ES512", "EdDSA"):
        write("jwk_set", f"any_{name}.json", json.dumps(public_members(name, pairs[name])))
    write("jwk_set", "any_secret.json", json.dumps({"kty": "oct", "k": base64url(shared["HS512"])}))
    write("jwk_set", "operations.json", json.dumps(public_members("EdDSA", pairs["EdDSA"]) | {"key_ops": ["verify"]}))
    write("jwk_set", "skipped.json", json.dumps({"keys": [{"kty": "AKP"}, public[-1] | {"use": "enc"}, public[-1]]}))
    write("jwk_set", "mixed.json", json.dumps({"keys": [oct_keys[0], public[-1]]}))
    write("jwk_set", "twice.json", json.dumps({"keys": [public[-1], public[-1]]}))
    write("jwk_set", "empty.json", '{"keys":[]}')
    for index, jwk in enumerate(rfc_examples()[0]):
        write("jwk_set", f"rfc_{index}.json", jwk)


def write_pems(pairs):
    keys = {name: pairs[name] for name in ("RS256", "ES256", "ES384", "ES512", "EdDSA")}
    keys |= {"rsa_1024": rsa.generate_private_key(65537, 1024), "rsa_3": rsa.generate_private_key(3, 2048),
             "x25519": x25519.X25519PrivateKey.generate(), "ed448": ed448.Ed448PrivateKey.generate(),
             "secp256k1": ec.generate_private_key(ec.SECP256K1())}
    for name, key in keys.items():
        write("private_pem", f"{name}.pem", private_pem(key))
        write("public_pem", f"{name}.pem", public_pem(key))
    rsa_pem, ec_pem = private_pem(keys["RS256"]), private_pem(keys["ES256"])
    older = serialization.PrivateFormat.TraditionalOpenSSL
    write("private_pem", "pkcs1.pem", private_pem(keys["RS256"], older))
    write("private_pem", "sec1.pem", private_pem(keys["ES256"], older))
    locked = serialization.BestAvailableEncryption(b"passphrase")
    write("private_pem", "encrypted.pem", private_pem(keys["EdDSA"], encryption=locked))
    write("private_pem", "two_blocks.pem", ec_pem + rsa_pem)
    explicit = openssl("ec", "-param_enc", "explicit", stdin=ec_pem)
    write("private_pem", "explicit_curve.pem", openssl("pkcs8", "-topk8", "-nocrypt", stdin=explicit))
    write("public_pem", "explicit_curve.pem", openssl("ec", "-param_enc", "explicit", "-pubout", stdin=ec_pem))
    write("public_pem", "compressed_point.pem", openssl("ec", "-conv_form", "compressed", "-pubout", stdin=ec_pem))
    write("public_pem", "pkcs1.pem", openssl("rsa", "-RSAPublicKey_out", stdin=rsa_pem))
    pss = openssl("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048")
    write("private_pem", "rsa_pss.pem", pss)
    write("public_pem", "rsa_pss.pem", openssl("pkey", "-pubout", stdin=pss))
    write("public_pem", "private.pem", ec_pem)
    write("private_pem", "public.pem", public_pem(keys["ES256"]))


def write_json():
    for name, text in {
        "object": '{"a":1,"b":[true,false,null],"c":{"d":"e"}}', "escapes": r'["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"]',
        "utf8": '"é€😀"', "integers": "[0,-0,-1,9223372036854775807,-9223372036854775808,18446744073709551615]",
        "doubles": "[1.5,-0.0,1e22,1E-7,5e-324,1.7976931348623157e308,123456789012345678901234567890]",
        "repeated_name": r'{"a":1,"\u0061":2}', "name_of_two_objects": '{"a":{"a":1}}', "white_space": " \t\r\n{ } ",
        "deep": "[" * 32 + "]" * 32, "too_deep": "[" * 33 + "]" * 33, "infinite": "1e999", "comment": "/**/1",
        "trailing_comma": "[1,]", "two_values": "1 2", "lone_surrogate": r'"\ud800"', "nan": "NaN",
    }.items():
        write("strict_json", f"{name}.json", text)
    for name, members in {
        "tutorial": {"sub": "alice", "role": "admin", "iat": NOON, "exp": NOON + 1800},
        "registered": {"iss": "https://id.example", "sub": "alice", "aud": "orders", "exp": NOON + 0.25, "nbf": NOON,
                       "iat": NOON, "jti": "1"},
        "several_audiences": {"aud": ["orders", "stock"]}, "no_audience": {"aud": []}, "scope": {"scope": "a b", "sid": "1"},
        "others": {"role": 5, "scope": ["a"], "sid": None, "x": {"y": [1, 2.5, "z"]}},
        "largest_date": {"exp": 2**53}, "too_large_date": {"exp": 2**53 + 1}, "negative_date": {"exp": -1},
        "text_for_date": {"exp": "now"}, "number_for_subject": {"sub": 1},
    }.items():
        write("claims", f"{name}.json", json.dumps(members))


def main():
    shutil.rmtree(SEEDS, ignore_errors=True)
    pairs = make_pairs()
    shared = {name: secrets.token_bytes(size) for name, size in SECRET_SIZES.items()}
    write_tokens(shared | pairs)
    write_jwk_sets(pairs, shared)
    write_pems(pairs)
    write_json()


if __name__ == "__main__":
    main()
