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


def write_http():
    """Heads, bodies and fields as RFC 9110 to 9112, 7578 and 6750 show them, and what has fooled servers before."""
    host = "Host: example.com\r\n"
    for name, text in {
        "get": f"GET /hello.txt?x=1 HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\n{host}Accept-Language: en, mi\r\n\r\n",
        "post": f"POST /auth/login HTTP/1.1\r\n{host}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
        "chunked": f"POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n0\r\n\r\n",
        "absolute": "GET http://www.example.org:8001/pub/WWW/?q HTTP/1.1\r\nHost: other\r\n\r\n",
        "asterisk": f"OPTIONS * HTTP/1.1\r\n{host}\r\n", "old": "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "both_lengths": f"POST / HTTP/1.1\r\n{host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "two_lengths": f"POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "folded": f"GET / HTTP/1.1\r\n{host}X: a\r\n b\r\n\r\n", "bare_lf": "GET / HTTP/1.1\nHost: a\n\n",
        "space_before_colon": f"GET / HTTP/1.1\r\n{host}Content-Length : 5\r\n\r\n",
        "expect": f"PUT /x HTTP/1.1\r\n{host}Expect: 100-continue\r\nContent-Length: 10\r\nConnection: close\r\n\r\n",
        "obs_text": f"GET / HTTP/1.1\r\n{host}X: caf\u00e9\t\r\n\r\n",
    }.items():
        write("request_head", f"{name}.http", text)
    for name, text in {
        "rfc": "4\r\nWiki\r\n7\r\npedia i\r\nB\r\nn \r\nchunks.\r\n0\r\n\r\n", "empty": "0\r\n\r\n",
        "extension": '3;a=b;c="d"\r\nabc\r\n0;x\r\n\r\n', "trailers": "1\r\na\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\nGET /",
        "leading_zeros": "0003\r\nabc\r\n000\r\n\r\n", "too_large": "ffffffffffffffff\r\n", "negative": "-1\r\na\r\n",
        "over_the_limit": "2000\r\n" + "a" * 0x2000 + "\r\n0\r\n\r\n", "bare_lf": "1\na\n0\n\n",
    }.items():
        write("chunked_body", f"{name}.txt", text)
    part = "Content-Disposition: form-data; name="
    for name, text in {
        "urlencoded": "application/x-www-form-urlencoded\nusername=al%69ce&password=a+b%2Bc&&empty",
        "multipart": "multipart/form-data; boundary=AaB03x\npreamble\r\n--AaB03x\r\n"
        f'{part}"field1"\r\n\r\nJoe owes\r\n--AaB03x\r\n{part}"files"; filename="a \\"b\\".txt"\r\n'
        "Content-Type: text/plain\r\n\r\n... contents ...\r\n\r\n--AaB03x--\r\n",
        "quoted_boundary": f'multipart/form-data; boundary="a b"\n--a b\r\n{part}x\r\n\r\n\r\n--a b--',
        "unfinished": f"multipart/form-data; boundary=b\n--b\r\n{part}x\r\n\r\nabc\r\n--b",
        "not_utf8": "application/x-www-form-urlencoded\na=%ff",
    }.items():
        write("form", f"{name}.txt", text)
    for name, text in {
        "root": "/", "literal": "/users?limit=3", "value": "/users/a%20b", "two": "/users/1/keys/%C3%A9", "dots": "/users/..",
        "encoded_slash": "/users/a%2Fb", "doubled": "//users", "nul": "/users/%00", "encoded_literal": "/%75sers/x",
        "broken": "/users/%zz", "overlong": "/users/%c0%af", "other": "/x/keys", "back": "/users/keys", "raw": "/users/\u00e9",
    }.items():
        write("target", f"{name}.txt", text)
    for name, text in {
        "bearer": "Bearer mF_9.B5f-4.1JqM", "lower": "bearer  abc", "basic": "Basic YTpi", "two_values": "Bearer a, b",
        "two_headers": "Bearer a\nBearer b", "no_token": "Bearer", "space_only": "Bearer ", "glued": "Bearera", "none": "\n",
    }.items():
        write("authorization", f"{name}.txt", text)
    for name, text in {
        "example": 'listen = "127.0.0.1:8000"\ndatabase = "sqlite:/var/lib/cardea/cardea.db"\nlog_level = "info"\n',
        "numbers": "io_threads = 2\nregistration = true\n", "unknown": 'lisen = "x"\n', "broken": "listen = \n",
        "table": '[database]\nurl = "x"\n', "secret": 'secret_key = "x"\n', "twice": "io_threads = 1\nio_threads = 2\n",
        "not_utf8": b'listen = "\xff"\n', "date": "listen = 2026-01-01\n", "array": "listen = [1, 2]\n",
    }.items():
        write("config", f"{name}.toml", text)
    start = b"\r\n\r\n\0\r\nQUIT\n"
    addresses = bytes([192, 0, 2, 1, 10, 0, 0, 1, 16, 0, 1, 187])
    for name, text in {
        "tcp4": "PROXY TCP4 192.0.2.1 10.0.0.1 4096 443\r\nGET /", "tcp6": "PROXY TCP6 2001:db8::1 ::1 4096 443\r\n",
        "unknown": "PROXY UNKNOWN\r\n", "unfinished": "PROXY TCP4 192.0.2.1", "http": "GET / HTTP/1.1\r\n",
        "binary": start + b"\x21\x11\0\x0c" + addresses, "local": start + b"\x20\0\0\0",
        "more": start + b"\x21\x11\0\x12" + addresses + b"\x04\0\x03xyz", "too_long": start + b"\x21\x11\xff\xff",
        "binary_tcp6": start + b"\x21\x21\0\x24" + bytes(36), "unix": start + b"\x21\x31\0\xd8" + b"a" * 216,
    }.items():
        write("proxy_header", f"{name}.txt", text)
    for name, text in {
        "address": "198.51.100.1", "list": "198.51.100.1, 10.0.0.1", "forwarded": 'for=192.0.2.60;proto=http;by="[::1]:1"',
        "open_quote": 'for="', "escape": 'for="x\\', "commas": ",,", "host": 'host="a, for=1.2.3.4"', "unknown": "for=unknown",
    }.items():
        write("forwarded", f"{name}.txt", text)


def main():
    shutil.rmtree(SEEDS, ignore_errors=True)
    pairs = make_pairs()
    shared = {name: secrets.token_bytes(size) for name, size in SECRET_SIZES.items()}
    write_tokens(shared | pairs)
    write_jwk_sets(pairs, shared)
    write_pems(pairs)
    write_json()
    write_http()


if __name__ == "__main__":
    main()
