"""Requests that no well-meaning client sends, byte by byte, and the answer that each has to get."""

import dataclasses

from harness.http import request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=edge"}
CHUNKED = {"Transfer-Encoding": "chunked"}


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    sent: bytes
    status: int
    code: str = "invalid_request"
    path: str | None = "/me"
    closes: bool = True  # what followed could be read as another request, so nothing of it is read
    method: str = "GET"


def head(*lines: str, start: str = "GET /me HTTP/1.1", host: str = "Host: 127.0.0.1\r\n") -> bytes:
    return (f"{start}\r\n{host}" + "".join(line + "\r\n" for line in lines) + "\r\n").encode("latin-1")


def request_lines() -> list[Row]:
    def line(
        name: str, text: str | bytes, status: int = 400, code: str = "invalid_request", path: str | None = None
    ) -> Row:
        text = text.encode("latin-1") if isinstance(text, str) else text
        return Row(name, text + b"\r\nHost: 127.0.0.1\r\n\r\n", status, code, path)

    long_target = "/" + "a" * 8192
    return [
        line("TLS where HTTP is spoken", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        line("only a method", "GET"),
        line("no version", "GET /me"),
        line("two spaces before the target", "GET  /me HTTP/1.1"),
        line("a space in the target", "GET /me too HTTP/1.1"),
        line("a space before the method", " GET /me HTTP/1.1"),
        line("HTTP/2 in text", "GET /me HTTP/2.0", 505, "http_version_not_supported"),
        line("HTTP/1.2", "GET /me HTTP/1.2", 505, "http_version_not_supported"),
        line("the HTTP/2 preface", "PRI * HTTP/2.0", 505, "http_version_not_supported"),
        line("version in small letters", "GET /me http/1.1"),
        line("a brace in the method", "G{T /me HTTP/1.1"),
        line("NUL in the target", "GET /m\0e HTTP/1.1"),
        line("tab in the target", "GET /m\te HTTP/1.1"),
        line("bytes over 127 in the target", "GET /m\xe9 HTTP/1.1"),
        line("fragment", "GET /me#top HTTP/1.1"),
        line("target without a slash", "GET me HTTP/1.1"),
        line("tunnel", "CONNECT 127.0.0.1:443 HTTP/1.1"),
        line("target of 8 KiB and one byte", f"GET {long_target} HTTP/1.1", 414, "uri_too_long"),
    ]


def headers() -> list[Row]:
    def fields(name: str, *lines: str, status: int = 400, code: str = "invalid_request") -> Row:
        return Row(name, head(*lines), status, code)

    return [
        Row("no Host", head(host=""), 400),
        fields("two Hosts", "Host: example.org"),
        Row("Host that is none", head(host="Host: a, b\r\n"), 400),
        fields("folded line", "X-Long: a", "  b"),
        fields("space before the colon", "Authorization : Bearer x"),
        fields("no colon", "Authorization"),
        fields("no name", ": x"),
        fields("NUL in a value", "X-Nul: a\0b"),
        fields("NUL in a name", "X\0Nul: a"),
        fields("carriage return alone in a value", "X-Return: a\rb"),
        Row("line feed alone", b"GET /me HTTP/1.1\nHost: 127.0.0.1\n\n", 400, path=None),
        fields("101 headers", *["X-Many: 1"] * 100, status=431, code="header_too_large"),
        fields("one header of 16 KiB", "X-Long: " + "a" * 16384, status=431, code="header_too_large"),
        fields("many headers of 16 KiB", *["X-Long: " + "a" * 400] * 45, status=431, code="header_too_large"),
    ]


def framing() -> list[Row]:
    def login(
        name: str, *lines: str, body: str = "", status: int = 400, code: str = "invalid_request", version="1.1"
    ) -> Row:
        start = f"POST /auth/login HTTP/{version}"
        sent = head(*lines, "Content-Type: application/x-www-form-urlencoded", start=start) + body.encode()
        return Row(name, sent, status, code, "/auth/login", method="POST")

    chunked = "Transfer-Encoding: chunked"
    smuggled = "0\r\n\r\nGET /admin/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    return [
        login("two lengths that agree", "Content-Length: 3", "Content-Length: 3", body="a=b"),
        login("two lengths that differ", "Content-Length: 3", "Content-Length: 4", body="a=b"),
        login("a list of lengths", "Content-Length: 3, 3", body="a=b"),
        login("signed length", "Content-Length: +3", body="a=b"),
        login("negative length", "Content-Length: -1"),
        login("hexadecimal length", "Content-Length: 0x3", body="a=b"),
        login("empty length", "Content-Length:", body="a=b"),
        login("length beyond all numbers", "Content-Length: " + "9" * 30, status=413, code="content_too_large"),
        login("length and chunks", "Content-Length: 5", chunked, body=smuggled),
        login("chunks and length", chunked, "Content-Length: 5", body=smuggled),
        login("chunked twice", "Transfer-Encoding: chunked, chunked", body=smuggled),
        login("chunked on two lines", chunked, chunked, body=smuggled),
        login("chunked before another coding", "Transfer-Encoding: chunked, gzip", body=smuggled),
        login("unknown coding", "Transfer-Encoding: xchunked", body=smuggled, status=501, code="not_implemented"),
        login(
            "compressed chunks", "Transfer-Encoding: gzip, chunked", body=smuggled, status=501, code="not_implemented"
        ),
        login("identity", "Transfer-Encoding: identity", body="a=b", status=501, code="not_implemented"),
        login("vertical tab before chunked", "Transfer-Encoding: \vchunked", body=smuggled),
        login("empty coding", "Transfer-Encoding:", body=smuggled),
        login("chunks on HTTP/1.0", chunked, body=smuggled, version="1.0"),
        login("chunk size that is none", chunked, body="x\r\na=b\r\n0\r\n\r\n"),
        login("signed chunk size", chunked, body="+3\r\na=b\r\n0\r\n\r\n"),
        login("chunk size beyond all numbers", chunked, body="f" * 17 + "\r\na=b\r\n0\r\n\r\n"),
        login("chunk longer than its size", chunked, body="2\r\na=b\r\n0\r\n\r\n"),
        login("chunk ended by line feed", chunked, body="3\na=b\n0\n\n"),
        login("body over 4 KiB", "Content-Length: 4097", status=413, code="content_too_large"),
        login(
            "chunks over 4 KiB",
            chunked,
            body="1001\r\n" + "a" * 4097 + "\r\n0\r\n\r\n",
            status=413,
            code="content_too_large",
        ),
    ]


def paths() -> list[Row]:
    """Well-formed HTTP: the connection goes on."""

    def get(target: str, status: int, code: str) -> Row:
        return Row(f"GET {target}", request("GET", target), status, code, target, closes=False)

    return [
        *[get(target, 404, "not_found") for target in ("/me/", "//me", "/ME", "/me;v=1", "/me.json")],
        *[
            get(target, 404, "not_found")
            for target in ("/%2e%2e/me", "/./me", "/docs/../me", "/me%2F", "/%2Fme", "/me%5C")
        ],
        *[get(target, 400, "invalid_request") for target in ("/me%00", "/me%", "/me%2", "/me%zz", "/m%ff")],
    ]


def methods() -> list[Row]:
    def known(method: str) -> Row:
        return Row(f"{method} /me", request(method, "/me"), 405, "method_not_allowed", "/me", False, method)

    return [
        *[known(method) for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get", "Get")],
        Row("GET /auth/login", request("GET", "/auth/login"), 405, "method_not_allowed", "/auth/login", False),
        Row("BREW /nowhere", request("BREW", "/nowhere"), 404, "not_found", "/nowhere", False),
    ]


def credentials() -> list[Row]:
    twice = head("Authorization: Bearer a.b.c", "Authorization: Bearer a.b.c")

    def me(name: str, value: str, status: int, code: str) -> Row:
        return Row(name, request("GET", "/me", {"Authorization": value}), status, code, closes=False)

    return [
        Row("two Authorizations", twice, 400, closes=False),
        me("two tokens in one", "Bearer a.b.c, Bearer a.b.c", 400, "invalid_request"),
        me("Bearer alone", "Bearer", 400, "invalid_request"),
        me("a space in the token", "Bearer a b", 400, "invalid_request"),
        me("characters that no token has", "Bearer ä", 401, "token_invalid"),
        me("no token", "Basic YTpi", 401, "not_authenticated"),
        me("token of 9 KiB", "Bearer " + "a" * 9216, 401, "token_invalid"),
        me("token of dots", "Bearer " + "." * 1000, 401, "token_invalid"),
    ]


def bodies() -> list[Row]:
    path = "/auth/login"

    def login(name: str, headers: dict[str, str], body: bytes | str, status: int, code: str) -> Row:
        return Row(name, request("POST", path, headers, body), status, code, path, False, "POST")

    open_part = b'--edge\r\nContent-Disposition: form-data; name="username"\r\n\r\nalice\r\n'
    return [
        login("JSON cut off", JSON, '{"username": "ali', 400, "invalid_request"),
        login("JSON with a comma behind", JSON, '{"username": "alice",}', 400, "invalid_request"),
        login("something behind the JSON", JSON, '{"username": "a", "password": "b"} x', 400, "invalid_request"),
        login("a member twice", JSON, '{"username": "a", "username": "b", "password": "c"}', 400, "invalid_request"),
        login("JSON nested a thousand deep", JSON, "[" * 1000 + "]" * 1000, 400, "invalid_request"),
        login("broken UTF-8 in JSON", JSON, b'{"username": "\xff", "password": "b"}', 400, "invalid_request"),
        login("NUL in JSON", JSON, b'{"username": "a\0", "password": "b"}', 400, "invalid_request"),
        login("half a surrogate pair", JSON, '{"username": "\\ud800", "password": "b"}', 400, "invalid_request"),
        login("JSON that is no object", JSON, '"alice"', 422, "validation_failed"),
        login("a number for a name", JSON, '{"username": 1, "password": "b"}', 422, "validation_failed"),
        login("a null for a password", JSON, '{"username": "alice", "password": null}', 422, "validation_failed"),
        login("broken UTF-8 in a form", FORM, "username=%ff&password=b", 400, "invalid_request"),
        login("broken percent-encoding", FORM, "username=%zz&password=b", 400, "invalid_request"),
        login("a field twice", FORM, "username=alice&username=bob&password=b", 422, "validation_failed"),
        login("no fields", FORM, "=&&=", 422, "validation_failed"),
        login("NUL in a form", FORM, "username=alice%00&password=alicepw", 401, "invalid_credentials"),
        login(
            "plain text",
            {"Content-Type": "text/plain"},
            "username=alice&password=alicepw",
            415,
            "unsupported_media_type",
        ),
        login("a media type that is none", {"Content-Type": "form"}, "username=alice", 415, "unsupported_media_type"),
        login("a body of no type", {}, "username=alice&password=alicepw", 415, "unsupported_media_type"),
        login("multipart without boundary", {"Content-Type": "multipart/form-data"}, open_part, 400, "invalid_request"),
        login("multipart without an end", MULTIPART, open_part, 400, "invalid_request"),
        login("multipart without a name", MULTIPART, b"--edge\r\n\r\nalice\r\n--edge--\r\n", 400, "invalid_request"),
        login("multipart of nothing", MULTIPART, b"--edge--\r\n", 422, "validation_failed"),
    ]


ROWS = request_lines() + headers() + framing() + paths() + methods() + credentials() + bodies()
