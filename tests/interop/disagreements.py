"""What other libraries accept and Cardea refuses: by library and kind of mutation, with the reason.

A kind that is not listed for a library fails the test. One that is listed need not occur: versions differ.
"""

PYJWT, PYTHON_JOSE, JWCRYPTO, AUTHLIB, JOSE = "PyJWT", "python-jose", "jwcrypto", "Authlib", "jose"
IN_PYTHON = (PYJWT, PYTHON_JOSE, JWCRYPTO, AUTHLIB)
ALL = (*IN_PYTHON, JOSE)

# (kind, libraries, reason); each row is of the libraries that accept.
ENCODING = [
    ("non-zero spare bits", ALL, "their base64 decoders drop the bits left over; RFC 4648 section 3.5 lets one refuse"),
    ("padding", ALL, "RFC 7515 section 2 has base64url without padding; their decoders take both"),
    ("text behind padding", IN_PYTHON, "Python's base64 stops reading at the padding"),
    ("characters outside the alphabet", IN_PYTHON, "Python's base64 leaves them out, against RFC 4648 section 3.3"),
    ("characters outside the alphabet", (JOSE,), "Node's base64 leaves out white space"),
    ("base64 instead of base64url", IN_PYTHON, "Python's urlsafe_b64decode takes both alphabets"),
    ("zeros before r and s", (JWCRYPTO,), "it halves a signature of any length; RFC 7518 section 3.4 fixes it"),
]

KEYS = [
    (
        "another algorithm than the key's, signed by it",
        ALL,
        "they are told to allow every algorithm and do not read the key's `alg`; jose does for public keys",
    ),
    ("header: kid is null", (AUTHLIB,), "Debian 13's takes it for none; RFC 7515 section 4.1.4 has a string"),
    *(
        (f"header: kid {kind}", (PYTHON_JOSE,), "it tries every key of the set and does not read the kid")
        for kind in ("empty", "is a number", "is null", "of another key", "unknown", "with a space behind")
    ),
]

HEADERS = [
    ("header: a member twice", ALL, "their JSON readers keep the last; RFC 7515 section 4 allows that and refusing"),
    ("header: NaN", IN_PYTHON, "Python's json reads it; RFC 8259 does not have it"),
    ("header: nested deep", ALL, "no limit of the depth that matters here; Cardea's is 8"),
    ("header: a byte order mark", (PYJWT, JOSE), "json.loads of bytes and TextDecoder skip it; RFC 8259 section 8.1"),
    ("header: b64 without crit", ALL, "without crit they ignore it; RFC 7797 section 6 requires crit"),
    ("header: b64 false", (PYTHON_JOSE,), "it reads no crit"),
    (
        "header: crit of an unknown extension",
        (PYJWT, PYTHON_JOSE),
        "they read no crit, against RFC 7515 section 4.1.11; PyJWT does since Debian's 2.6.0-1+deb12u1",
    ),
    (
        "header: crit of a known parameter",
        (PYJWT, PYTHON_JOSE, JWCRYPTO, AUTHLIB),
        "RFC 7515 section 4.1.11: names of that RFC must not be in crit",
    ),
    (
        "header: crit without members",
        (PYJWT, PYTHON_JOSE, JWCRYPTO, AUTHLIB),
        "RFC 7515 section 4.1.11: the list must not be empty",
    ),
    ("header: enc", ALL, "a parameter of encryption, which they ignore in a signed token; Cardea does not guess"),
    ("header: zip", ALL, "as enc"),
    ("header: typ of another kind", ALL, "they look at it only when asked; RFC 8725 section 3.11 has explicit types"),
    ("header: typ is a number", ALL, "as above"),
]

CLAIMS = [
    ("claims: a member twice", ALL, "their JSON readers keep the last; two readers could read two subjects"),
    ("claims: NaN", IN_PYTHON, "Python's json reads it; RFC 8259 does not have it"),
    ("claims: a number beyond every double", ALL, "they read it as infinity"),
    ("claims: half a surrogate pair", ALL, "they keep it; RFC 8259 section 8.2 calls it unpredictable"),
    ("claims: nested deep", ALL, "no limit of the depth that matters here; Cardea's is 8"),
    ("claims: a byte order mark", (PYJWT, JOSE), "json.loads of bytes and TextDecoder skip it; RFC 8259 section 8.1"),
    ("claims: UTF-16", (PYJWT,), "json.loads of bytes guesses the encoding; RFC 7519 section 7.2 has UTF-8"),
    ("claims: a string", (JWCRYPTO,), "without a check of claims it takes any payload"),
    ("claims: an array", (JWCRYPTO,), "as above"),
    ("claims: no exp", ALL, "optional to them; Cardea refuses what never expires unless told otherwise"),
    ("claims: exp in the past", (JWCRYPTO,), "60 seconds of leeway unless told otherwise"),
    ("claims: exp of now", (JWCRYPTO,), "as above"),
    (
        "claims: exp of now",
        (PYTHON_JOSE, AUTHLIB),
        "within that second they accept; RFC 7519 section 4.1.4: not on or after it",
    ),
    ("claims: exp is a string", (PYJWT, PYTHON_JOSE), "they convert it; RFC 7519 section 2: NumericDate is a number"),
    ("claims: exp is Infinity", (AUTHLIB,), "Python's json reads it, and it is never reached"),
    ("claims: nbf in the future", (JWCRYPTO,), "with a list of claims to check it checks only what is listed"),
    (
        "claims: iat in the future",
        (PYTHON_JOSE, JWCRYPTO, AUTHLIB, JOSE),
        "RFC 7519 section 4.1.6 has no rule for it; Cardea accepts nothing before its time",
    ),
    ("claims: sub is a number", (PYJWT, AUTHLIB, JOSE), "RFC 7519 section 4.1.2: a string; they do not look"),
    ("claims: jti is a number", (PYJWT, AUTHLIB, JOSE), "RFC 7519 section 4.1.7: a string; they do not look"),
    (
        "claims: iss is a number",
        (PYJWT, PYTHON_JOSE, AUTHLIB, JOSE),
        "RFC 7519 section 4.1.1: a string; not asked for an issuer, they do not look",
    ),
    ("claims: aud of another", (JWCRYPTO, AUTHLIB, JOSE), "not asked for an audience, they do not look"),
    ("claims: aud has a number", (JWCRYPTO, AUTHLIB, JOSE), "as above"),
    ("claims: aud is an object", (AUTHLIB, JOSE), "as above"),
    ("claims: aud is empty", (PYJWT, JWCRYPTO, AUTHLIB, JOSE), "as above, or for no audience at all"),
    ("claims: no aud", (PYTHON_JOSE,), "it compares an audience only when the token has one"),
]

LISTED = {
    (library, kind): reason
    for kind, libraries, reason in [*ENCODING, *KEYS, *HEADERS, *CLAIMS]
    for library in libraries
}
