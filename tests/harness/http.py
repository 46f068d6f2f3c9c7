"""HTTP/1.1 by hand: what a test sends is what arrives, however wrong it is, and what comes back is read strictly."""

import dataclasses
import json
import socket
from collections.abc import Iterator

READ_SECONDS = 30


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    reason: str
    headers: list[tuple[str, str]]  # names in lower case, in the order they came
    body: bytes

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key == name.lower()]
        if len(values) > 1:
            raise AssertionError(f"{name} stands {len(values)} times in the answer")
        return values[0] if values else None

    def json(self):
        return json.loads(self.body)


def request(method: str, target: str, headers: dict[str, str] | None = None, body: bytes | str = b"") -> bytes:
    """A well-formed request; Host and Content-Length are added where they are not given."""
    body = body.encode() if isinstance(body, str) else body
    given = {"Host": "127.0.0.1", **(headers or {})}
    if body and "Content-Length" not in given:
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Connection:
    """One TCP connection. Reads fail after READ_SECONDS, so that no test waits for ever."""

    def __init__(self, port: int, source: str = "127.0.0.1"):
        # A port is only taken for all destinations at once where the address has to be another one.
        bound_to = None if source == "127.0.0.1" else (source, 0)
        self._socket = socket.create_connection(("127.0.0.1", port), READ_SECONDS, bound_to)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_) -> None:
        self._socket.close()

    def send(self, text: bytes) -> None:
        """A server that has answered may close while we still write; its answer is what counts."""
        try:
            self._socket.sendall(text)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, to: str = "GET") -> Answer:
        """The next answer; `to` is the method of the request, since HEAD has no body."""
        head = self._until(b"\r\n\r\n").decode("latin-1")
        first, *lines = head[:-4].split("\r\n")
        version, status, reason = (first + " ").split(" ", 2)
        if version not in ("HTTP/1.1", "HTTP/1.0"):
            raise AssertionError(f"not a status line: {first!r}")
        pairs = [line.split(":", 1) for line in lines]
        headers = [(name.lower(), value.strip()) for name, value in pairs]
        return Answer(int(status), reason.strip(), headers, self._body(dict(headers), int(status), to))

    def finish_sending(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:  # the peer has closed already
            pass

    def answers_to_the_end(self, to: str = "GET") -> Iterator[Answer]:
        """Whatever the peer still has to say before it closes."""
        while not self.is_at_end():
            yield self.answer(to)

    def is_at_end(self) -> bool:
        """Waits for the peer to close; False if it sends something instead."""
        if not self._read:
            try:
                self._read = self._socket.recv(65536)
            except ConnectionResetError:
                return True
        return not self._read

    def forget(self) -> None:
        """What has come is not read."""
        self._read = b""

    def _body(self, headers: dict[str, str], status: int, to: str) -> bytes:
        if to == "HEAD" or status in (204, 304) or status < 200:
            return b""
        if headers.get("transfer-encoding") == "chunked":
            return self._chunks()
        return self._exactly(int(headers["content-length"]))

    def _chunks(self) -> bytes:
        whole = b""
        while size := int(self._until(b"\r\n").strip(), 16):
            whole += self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return whole

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._read:
            self._more()
        taken, _, self._read = self._read.partition(mark)
        return taken + mark

    def _exactly(self, length: int) -> bytes:
        while len(self._read) < length:
            self._more()
        taken, self._read = self._read[:length], self._read[length:]
        return taken

    def _more(self) -> None:
        got = self._socket.recv(65536)
        if not got:
            raise EOFError(f"the connection ended inside an answer, after {self._read[:200]!r}")
        self._read += got


def ask(
    port: int,
    method: str,
    target: str,
    headers: dict[str, str] | None = None,
    body: bytes | str = b"",
    source: str = "127.0.0.1",
) -> Answer:
    """One request on a connection of its own, from an address of loopback."""
    with Connection(port, source) as connection:
        connection.send(request(method, target, headers, body))
        return connection.answer(to=method)


def log_in(port: int, username: str, password: str) -> str:
    """The access token of a login."""
    return tokens_of_login(port, username, password)["access_token"]


def tokens_of_login(port: int, username: str, password: str) -> dict:
    """The answer to a login by form; no character of the two may need encoding."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(port, "POST", "/auth/login", form, f"username={username}&password={password}")
    if answer.status != 200:
        raise AssertionError(f"login of {username}: {answer.status} {answer.body!r}")
    return answer.json()
