"""The requests that both servers get, and every difference between their answers with its reason."""

import dataclasses
import json

from comparison import Differs
from harness.token import HEADER, base64url, claims, sign, token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=edge"}

# Every answer of Cardea has these.
EVERYWHERE = [
    Differs("x-request-id", None, "<request-id>", "names the request in the log"),
    Differs("x-content-type-options", None, "nosniff", "browsers must not guess types"),
]

SESSION = [
    Differs("/expires_in", None, 1800, "RFC 6749 section 5.1 recommends it"),
    Differs("/refresh_token", None, "<refresh-token>", "the tutorial's own first next step"),
    Differs("cache-control", None, "no-store", "RFC 6749 section 5.1 requires it"),
]


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    method: str
    target: str
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    body: str = ""
    differs: list[Differs] = dataclasses.field(default_factory=list)


def bearer(value: str, scheme: str = "Bearer") -> dict[str, str]:
    return {"Authorization": f"{scheme} {value}"}


def error(code: str) -> list[Differs]:
    """What Cardea's error has beyond the tutorial's message, status and path."""
    return [
        Differs("/error/code", None, code, "a stable name for programs"),
        Differs("/error/request_id", None, "<request-id>", "finds the failure in the log"),
    ]


def one_shape(code: str, status: int, path: str, message: str, detail: object) -> list[Differs]:
    """The tutorial's handler wraps FastAPI's exceptions only; Cardea answers every error in that shape."""
    reason = "the tutorial's shape for every error"
    shape = {"/error/message": message, "/error/status": status, "/error/path": path}
    changed = [Differs(fact, None, value, reason) for fact, value in shape.items()]
    return error(code) + changed + [Differs("/detail", detail, None, reason)]


def invalid(fields: dict[str, str], detail: list) -> list[Differs]:
    listed = [{"where": where, "reason": reason} for where, reason in fields.items()]
    return one_shape("validation_failed", 422, "/auth/login", "Validation failed", detail) + [
        Differs("/error/fields", None, listed, "where by JSON pointer; never the library's own words"),
    ]


def missing(*names: str) -> list[Differs]:
    detail = [{"loc": ["body", name], "msg": "field required", "type": "value_error.missing"} for name in names]
    return invalid({f"/body/{name}": "is missing" for name in names}, detail)


def refused_token() -> list[Differs]:
    """401 in both."""
    challenge = Differs("www-authenticate", "Bearer", 'Bearer error="invalid_token"', "RFC 6750 section 3.1")
    return error("token_invalid") + [challenge]


def refused_subject(code: str) -> list[Differs]:
    """401 in both, but the tutorial forgets the challenge."""
    challenge = Differs("www-authenticate", None, 'Bearer error="invalid_token"', "RFC 9110 section 11.6.1 requires it")
    return error(code) + [challenge]


def refused_role() -> list[Differs]:
    challenge = Differs("www-authenticate", None, 'Bearer error="insufficient_scope"', "RFC 6750 section 3.1")
    return error("role_required") + [challenge]


def accepted_by_the_tutorial(reason: str) -> list[Differs]:
    """200 there, 401 here."""
    wanted = [
        Differs("status", 200, 401, reason),
        Differs("www-authenticate", None, 'Bearer error="invalid_token"', reason),
        Differs("/error/message", None, "Invalid or expired token", reason),
        Differs("/error/status", None, 401, reason),
        Differs("/error/path", None, "/me", reason),
    ]
    return (
        error("token_invalid")
        + wanted
        + [
            Differs(f"/{name}", value, None, reason)
            for name, value in {"id": 1, "username": "alice", "role": "admin"}.items()
        ]
    )


def bad_authorization(reason: str, tutorial: str) -> list[Differs]:
    """401 there, 400 here."""
    return error("invalid_request") + [
        Differs("status", 401, 400, reason),
        Differs("/error/status", 401, 400, reason),
        Differs("/error/message", tutorial, "Malformed Authorization header", reason),
        Differs("www-authenticate", "Bearer", None, "the header of 401 and 403"),
    ]


def multipart(**fields: str) -> str:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    return "".join(parts) + "--edge--\r\n"


def logins() -> list[Row]:
    path = "/auth/login"
    wrong = error("invalid_credentials")

    def post(name: str, body: str, differs: list[Differs], headers: dict[str, str] = FORM) -> Row:
        return Row(name, "POST", path, headers, body, differs)

    return [
        post("login of alice", "username=alice&password=alicepw", SESSION),
        post("login of bob", "username=bob&password=bobpw", SESSION),
        post("fields in the other order", "password=bobpw&username=bob", SESSION),
        post("percent-encoded form", "username=%61lice&password=%61licep%77", SESSION),
        post("OAuth2 fields beside", "grant_type=password&scope=&username=bob&password=bobpw", SESSION),
        post("an unknown field beside", "username=bob&password=bobpw&remember=1", SESSION),
        post("multipart form", multipart(username="alice", password="alicepw"), SESSION, MULTIPART),
        post("multipart form, wrong password", multipart(username="alice", password="x"), wrong, MULTIPART),
        post("wrong password", "username=alice&password=bobpw", wrong),
        post("unknown user", "username=mallory&password=alicepw", wrong),
        post("user name in capitals", "username=ALICE&password=alicepw", wrong),
        post("user name with a space behind", "username=alice+&password=alicepw", wrong),
        post("password with a space behind", "username=alice&password=alicepw+", wrong),
        post("user name that could never exist", "username=%E2%98%83&password=alicepw", wrong),
        post("SQL for a user name", "username=alice'--&password=x", wrong),
        post("no password", "username=alice", missing("password")),
        post("no user name", "password=alicepw", missing("username")),
        post("neither", "remember=1", missing("username", "password")),
        post("empty form", "", missing("username", "password")),
        post("multipart without password", multipart(username="alice"), missing("password"), MULTIPART),
        Row(
            "credentials in the query string",
            "POST",
            path + "?username=alice&password=alicepw",
            FORM,
            "",
            missing("username", "password"),
        ),
    ] + logins_that_only_one_accepts()


def logins_that_only_one_accepts() -> list[Row]:
    detail = [
        {"loc": ["body", name], "msg": "field required", "type": "value_error.missing"}
        for name in ("username", "password")
    ]
    session = {"/access_token": "<token>", "/token_type": "bearer"}

    def accepted(reason: str, refusal: list = detail) -> list[Differs]:
        changed = [Differs("status", 422, 200, reason), Differs("/detail", refusal, None, reason)]
        return SESSION + changed + [Differs(fact, None, value, reason) for fact, value in session.items()]

    other_grant = {
        "loc": ["body", "grant_type"],
        "msg": 'string does not match regex "password"',
        "type": "value_error.str.regex",
        "ctx": {"pattern": "password"},
    }
    capitals = {"Content-Type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}
    return [
        Row(
            "login by JSON",
            "POST",
            "/auth/login",
            JSON,
            json.dumps({"username": "alice", "password": "alicepw"}),
            accepted("scripts and browsers send JSON more often than forms"),
        ),
        Row(
            "media type in capitals, with charset",
            "POST",
            "/auth/login",
            capitals,
            "username=bob&password=bobpw",
            accepted("RFC 9110 section 8.3.1: media types have no case"),
        ),
        Row(
            "another grant type",
            "POST",
            "/auth/login",
            FORM,
            "grant_type=code&username=bob&password=bobpw",
            accepted(
                "this is a login and no token endpoint of OAuth: fields beside the two are not read", [other_grant]
            ),
        ),
    ]


def tokens(secret: str) -> list[Row]:
    def me(name: str, value: str, differs: list[Differs]) -> Row:
        return Row(name, "GET", "/me", bearer(value), "", differs)

    good = token(secret)
    head, payload, signature = good.split(".")
    forged_payload = base64url(json.dumps(claims(sub="bob")).encode())
    doubled = json.dumps(claims())[:-1] + ', "sub": "alice"}'
    unsigned = base64url(b'{"alg":"none","typ":"JWT"}') + f".{payload}."
    return [
        me("good token", good, []),
        me("token of bob", token(secret, sub="bob", role="user"), []),
        me("claims that nobody asked for", token(secret, colour="green", scope="a b"), []),
        me("no type in the header", sign(secret, json.dumps(claims()), {"alg": "HS256"}), []),
        me("role claim that the store does not confirm", token(secret, sub="bob", role="admin"), []),
        me("no role claim", token(secret, role=None), []),
        me("no token at all", "x", refused_token()),
        me("three parts of nothing", "..", refused_token()),
        me("two parts", f"{head}.{payload}", refused_token()),
        me("four parts", good + ".x", refused_token()),
        me("payload exchanged", f"{head}.{forged_payload}.{signature}", refused_token()),
        me("signature cut", good[:-4], refused_token()),
        me("other secret", token("another secret, long enough for HS256"), refused_token()),
        me("unsigned", unsigned, refused_token()),
        me(
            "HS512 under the HS256 key", sign(secret, json.dumps(claims()), {"alg": "HS512"}, "sha512"), refused_token()
        ),
        me(
            "algorithm in small letters", sign(secret, json.dumps(claims()), HEADER | {"alg": "hs256"}), refused_token()
        ),
        me("expired", token(secret, exp=claims()["iat"] - 1), refused_token()),
        me("not yet valid", token(secret, nbf=claims()["iat"] + 200), refused_token()),
        me("expiry that is no number", token(secret, exp="soon"), refused_token()),
        me("payload that is no JSON", sign(secret, "alice"), refused_token()),
        me("payload that is no object", sign(secret, '["alice"]'), refused_token()),
        me("subject that is no string", token(secret, sub=1), refused_token()),
        me("no subject", token(secret, sub=None), refused_subject("token_subject_missing")),
        me("empty subject", token(secret, sub=""), refused_subject("token_subject_missing")),
        me("unknown subject", token(secret, sub="mallory"), refused_subject("user_not_found")),
        me("subject that could never exist", token(secret, sub="Alice"), refused_subject("user_not_found")),
        me("no expiry", token(secret, exp=None), accepted_by_the_tutorial("a token that never expires is refused")),
        me(
            "issued in the future",
            token(secret, iat=claims()["iat"] + 200),
            accepted_by_the_tutorial("RFC 8725: no use before its time"),
        ),
        me("a claim twice", sign(secret, doubled), accepted_by_the_tutorial("two readers could read two subjects")),
        me("padded signature", good + "=", accepted_by_the_tutorial("RFC 7515 section 2: base64url without padding")),
    ]


def authorizations(secret: str) -> list[Row]:
    good = token(secret)
    nobody = error("not_authenticated")

    def me(name: str, headers: dict[str, str], differs: list[Differs]) -> Row:
        return Row(name, "GET", "/me", headers, "", differs)

    return [
        me("no Authorization", {}, nobody),
        me("empty Authorization", {"Authorization": ""}, nobody),
        me("Basic", {"Authorization": "Basic YWxpY2U6YWxpY2Vwdw=="}, nobody),
        me("another scheme with our token", bearer(good, "Token"), nobody),
        me("the token without a scheme", {"Authorization": good}, nobody),
        me("scheme in small letters", bearer(good, "bearer"), []),
        me("scheme in capitals", bearer(good, "BEARER"), []),
        me("header name in capitals", {"AUTHORIZATION": f"Bearer {good}"}, []),
        me(
            "Bearer alone",
            {"Authorization": "Bearer"},
            bad_authorization("nothing was presented", "Invalid or expired token"),
        ),
        me(
            "a space in the token",
            bearer("a b"),
            bad_authorization("RFC 6750 section 2.1: one b64token", "Invalid or expired token"),
        ),
        Row("the token in the query string", "GET", f"/me?access_token={good}", {}, "", nobody),
        Row("the token in a cookie", "GET", "/me", {"Cookie": f"access_token={good}"}, "", nobody),
    ]


def roles(secret: str) -> list[Row]:
    bob = token(secret, sub="bob", role="user")
    return [
        Row("statistics for alice", "GET", "/admin/stats", bearer(token(secret))),
        Row("statistics for bob", "GET", "/admin/stats", bearer(bob), "", refused_role()),
        Row(
            "statistics for bob with a role that he gave himself",
            "GET",
            "/admin/stats",
            bearer(token(secret, sub="bob", role="admin")),
            "",
            refused_role(),
        ),
        Row("statistics for nobody", "GET", "/admin/stats", {}, "", error("not_authenticated")),
        Row(
            "statistics with an expired token",
            "GET",
            "/admin/stats",
            bearer(token(secret, exp=claims()["iat"] - 1)),
            "",
            refused_token(),
        ),
    ]


def routing(secret: str) -> list[Row]:
    good = bearer(token(secret))

    def unknown(path: str) -> list[Differs]:
        return one_shape("not_found", 404, path, "Not Found", "Not Found")

    head = "HEAD is answered wherever GET is (RFC 9110 section 9.3.2)"

    def not_allowed(path: str) -> list[Differs]:
        shape = one_shape("method_not_allowed", 405, path, "Method Not Allowed", "Method Not Allowed")
        return shape + ([Differs("allow", "GET", "GET, HEAD", head)] if path == "/me" else [])

    def one_spelling(path: str) -> list[Differs]:
        reason = "a path has one spelling; a redirect to another host's name, taken from the request, has none"
        redirect = {
            "status": (307, 404),
            "location": ("http://127.0.0.1/me", None),
            "content-type": (None, "application/json"),
        }
        shape = [differs for differs in unknown(path) if differs.fact != "/detail"]
        return shape + [Differs(fact, *values, reason) for fact, values in redirect.items()]

    page = [
        Differs("content-security-policy", None, "<policy>", "the page loads from its own host alone"),
        Differs("cache-control", None, "no-cache", "asked for again after an update of the server"),
        Differs("etag", None, "<tag>", "and sent again only then"),
    ]
    return [
        Row("a query string that nobody asked for", "GET", "/me?verbose=1", good),
        Row("an error's path is without the query", "GET", "/me?verbose=1", {}, "", error("not_authenticated")),
        Row("unknown path", "GET", "/nowhere", {}, "", unknown("/nowhere")),
        Row("unknown path below a known one", "GET", "/me/x", good, "", unknown("/me/x")),
        Row("path in capitals", "GET", "/ME", good, "", unknown("/ME")),
        Row("doubled slash", "GET", "//me", good, "", unknown("//me")),
        Row("percent-encoded letter", "GET", "/%6De", good),
        Row("trailing slash", "GET", "/me/", good, "", one_spelling("/me/")),
        Row("GET of the login", "GET", "/auth/login", {}, "", not_allowed("/auth/login")),
        Row("DELETE of the user", "DELETE", "/me", good, "", not_allowed("/me")),
        Row("OPTIONS", "OPTIONS", "/me", {}, "", not_allowed("/me")),
        Row("unknown method", "BREW", "/me", good, "", not_allowed("/me")),
        Row("HEAD", "HEAD", "/me", good, "", [Differs("status", 405, 200, head), Differs("allow", "GET", None, head)]),
        Row("documentation", "GET", "/docs", {}, "", page),
        Row("other documentation", "GET", "/redoc", {}, "", page),
    ]


def rows(secret: str) -> list[Row]:
    return logins() + tokens(secret) + authorizations(secret) + roles(secret) + routing(secret)
