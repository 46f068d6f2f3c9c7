"""Requests that two programs in a row could cut into different requests: the well-known disguises of a body's length.

REFUSED has the answer that each gets, and nothing behind it is read. ACCEPTED can be read in one way only: each is
answered as one request, whatever its body looks like.
"""

from table import Row, head

START = "POST /auth/login HTTP/1.1"
FORM = "Content-Type: application/x-www-form-urlencoded"
CHUNKED = "Transfer-Encoding: chunked"
HIDDEN = "GET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"  # what a second reading of a body would find
END_AND_HIDDEN = "0\r\n\r\n" + HIDDEN


def sent(*lines: str, body: str, start: str = START) -> bytes:
    return head(*lines, FORM, start=start) + body.encode("latin-1")


def row(
    name: str, text: bytes, status: int = 400, code: str = "invalid_request", path: str | None = "/auth/login"
) -> Row:
    return Row(name, text, status, code, path, method="POST")


def transfer_encodings() -> list[Row]:
    def disguised(name: str, *lines: str, status: int = 400, code: str = "invalid_request", path="/auth/login") -> Row:
        return row(f"Transfer-Encoding, {name}", sent(*lines, body=END_AND_HIDDEN), status, code, path)

    return [
        disguised("a space before the colon", "Transfer-Encoding : chunked"),
        disguised("a tab before the colon", "Transfer-Encoding\t: chunked"),
        disguised("a space before the name", " Transfer-Encoding: chunked"),
        disguised("folded behind another header", "X-Long: a", "\tTransfer-Encoding: chunked"),
        disguised("its value folded", "Transfer-Encoding:", "\tchunked"),
        disguised("in quotes", 'Transfer-Encoding: "chunked"'),
        disguised("with a parameter", "Transfer-Encoding: chunked;q=1"),
        disguised("a comma behind", "Transfer-Encoding: chunked,"),
        disguised("a comma before", "Transfer-Encoding: , chunked"),
        disguised("chunked, then identity", CHUNKED, "Transfer-Encoding: identity"),
        disguised("identity, then chunked", "Transfer-Encoding: identity", CHUNKED),
        disguised("form feed", "Transfer-Encoding: \x0cchunked"),
        disguised("no-break space", "Transfer-Encoding: \xa0chunked"),
        disguised("NUL behind", "Transfer-Encoding: chunked\0"),
        disguised("carriage return behind", "Transfer-Encoding: chunked\r"),
        disguised("behind a carriage return", "X-Return: a\rTransfer-Encoding: chunked"),
        disguised("behind a line feed", "X-Feed: a\nTransfer-Encoding: chunked", path=None),
        disguised("cut off", "Transfer-Encoding: chunk", status=501, code="not_implemented"),
        disguised("after identity", "Transfer-Encoding: identity, chunked", status=501, code="not_implemented"),
        disguised("after an unknown coding", "Transfer-Encoding: cow, chunked", status=501, code="not_implemented"),
        disguised("beside no length", "Content-Length:", CHUNKED),
        disguised("beside a length of nothing", "Content-Length: 0", CHUNKED),
    ]


def lengths() -> list[Row]:
    def length(value: str, status: int = 400, code: str = "invalid_request", body: str = "a=b") -> Row:
        return row(f"Content-Length {value!r}", sent(f"Content-Length: {value}", body=body), status, code)

    return [
        *[length(value) for value in ("3.0", "3e0", "0_3", "0o3", "0 3", "3;", '"3"', ",3", "3,", "3, 4")],
        *[length(value) for value in ("3\xa0", "3\x0b", "\xb3")],
        length("-0", body=""),
        length("4294967299", 413, "content_too_large"),  # 3 in 32 bits
        length("18446744073709551619", 413, "content_too_large"),  # 3 in 64 bits
        row("Content-Length, a space before the colon", sent("Content-Length : 3", body="a=b")),
        row("Content-Length in two spellings", sent("Content-Length: 0", "content-length: 3", body="a=b")),
    ]


def chunks() -> list[Row]:
    def chunked(name: str, body: str, status: int = 400, code: str = "invalid_request") -> Row:
        return row(f"chunk, {name}", sent(CHUNKED, body=body), status, code)

    def sized(size: str, status: int = 400, code: str = "invalid_request") -> Row:
        return chunked(f"of the size {size[:12]!r}", f"{size}\r\na=b\r\n{END_AND_HIDDEN}", status, code)

    return [
        *[sized(size) for size in ("0x3", " 3", "3 ", "3\t", "-1", "0_3", "")],
        *[sized(size) for size in (";x", "3;x\ny", "3;x\ry", '3;x="\n"', "3;x\0")],
        sized("100000003", 413, "content_too_large"),  # 3 in 32 bits
        sized("10000000000000003"),  # 3 in 64 bits
        sized("3;" + "x" * 17_000, 431, "header_too_large"),
        chunked("its size ended by a carriage return", f"3\ra=b\r\n{END_AND_HIDDEN}"),
        chunked("ended by a line feed", f"3\r\na=b\n{END_AND_HIDDEN}"),
        chunked("without an end", f"3\r\na=b{END_AND_HIDDEN}"),
        chunked("ended by two carriage returns", f"3\r\na=b\r\r{END_AND_HIDDEN}"),
        chunked("the last one below nothing", f"3\r\na=b\r\n-{END_AND_HIDDEN}"),
        chunked("the last one ended by line feeds", f"3\r\na=b\r\n0\n\n{HIDDEN}"),
        chunked("an empty line of a line feed at the end", f"3\r\na=b\r\n0\r\n\n{HIDDEN}"),
        chunked("a trailer ended by a line feed", f"3\r\na=b\r\n0\r\nX-Trailer: a\n\r\n{HIDDEN}"),
        chunked("a trailer that is folded", f"3\r\na=b\r\n0\r\nX-Trailer: a\r\n b\r\n\r\n{HIDDEN}"),
        chunked("a trailer that is a request", f"3\r\na=b\r\n0\r\n{HIDDEN}"),
    ]


def heads() -> list[Row]:
    def line(name: str, start: str, path: str | None = None, **more) -> Row:
        return Row(name, head(start=start, **more), 400, path=path)

    return [
        Row("two empty lines before the request", b"\r\n\r\n" + head(), 400, path=None),
        Row("a line feed before the request", b"\n" + head(), 400, path=None),
        Row("NUL before the request", b"\0" + head(), 400, path=None),
        Row("a header ended by a line feed", b"GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\n\r\n", 400, path=None),
        Row("a head ended by a line feed", b"GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\n\n", 400, path=None),
        line("tabs between the parts of the request line", "GET\t/me\tHTTP/1.1"),
        line("a space behind the version", "GET /me HTTP/1.1 "),
        *[line(text, f"GET /me {text}") for text in ("HTTP/1.10", "HTTP/01.1", "HTTP/1.1x", "HTTP/1.", "xHTTP/1.1")],
        line("a request line in a request line", "GET /me HTTP/1.1/hidden HTTP/1.1"),
        *[
            line(f"absolute target {target}", f"GET {target} HTTP/1.1", path=target)
            for target in ("http:///me", "http://u@127.0.0.1/me", "ftp://127.0.0.1/me", "http://a\\b/me", "http:/me")
        ],
        line("an absolute target and no Host", "GET http://127.0.0.1/me HTTP/1.1", path="/me", host=""),
        Row("Host in two spellings", head("host: example.org"), 400),
        *[
            Row(f"Host {host!r}", head(host=f"Host: {host}\r\n"), 400)
            for host in ("127.0.0.1@b", "127.0.0.1/b", "a b", "a\tb", "a#", "a\\b")
        ],
    ]


def bodies_of_any_request() -> dict[str, bytes]:
    """A body is read, or the connection closed, whatever has become of its request."""
    found = {}
    methods = [f"{method} /me" for method in ("GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "BREW")]
    for start in (*methods, "GET /nowhere", "POST /healthz"):
        line = f"{start} HTTP/1.1"
        found[f"{start} with a length"] = head(f"Content-Length: {len(HIDDEN)}", start=line) + HIDDEN.encode()
        found[f"{start} in chunks"] = head(CHUNKED, start=line) + f"{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n".encode()
    unread = head(f"Content-Length: {len(HIDDEN)}", "Content-Type: text/plain", start=START) + HIDDEN.encode()
    return found | {"a media type that is not read": unread}


def odd_and_clear() -> dict[str, bytes]:
    end = "0\r\n\r\n"
    return {
        "Transfer-Encoding in capitals": sent("tRANSFER-eNCODING: CHUNKED", body=end),
        "white space around chunked": sent("Transfer-Encoding:\t chunked \t", body=end),
        "a coding under another name": sent("Transfer_Encoding: chunked", "TE: chunked", body=""),
        "a length with zeros in front": sent("Content-Length: 0003", body="a=b"),
        "white space around a length": sent("Content-Length: \t3 \t", body="a=b"),
        "sizes with zeros in front": sent(CHUNKED, body="0003\r\na=b\r\n000\r\n\r\n"),
        "a chunk with an extension": sent(CHUNKED, body=f'3;x="y"\r\na=b\r\n{end}'),
        "a length among the trailers": sent(CHUNKED, body="3\r\na=b\r\n0\r\nContent-Length: 50\r\n\r\n"),
        "a length named by Connection": sent("Connection: Content-Length", "Content-Length: 3", body="a=b"),
        "an expectation that nobody knows": sent("Expect: x", "Content-Length: 3", body="a=b"),
        "an upgrade to HTTP/2": head("Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABk"),
        "an upgrade to a WebSocket": head("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"),
        "one empty line before the request": b"\r\n" + head(),
        "a target of another host": head(start="GET http://other.example/me HTTP/1.1"),
        "a target that names a host in its query": head(start="GET /me?http://other.example/ HTTP/1.1"),
    }


REFUSED = transfer_encodings() + lengths() + chunks() + heads()
ACCEPTED = bodies_of_any_request() | odd_and_clear()
