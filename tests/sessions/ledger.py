"""A client that keeps a ledger of what the server has acknowledged, and checks it after the server was killed.

What is owed (docs/sessions.md): a session whose login was answered is there, and its last refresh token that was
received counts, for as long as the session lives; a session whose logout was answered is over, for both of its tokens. A
request without an answer has been carried out or it has not. The refresh token that it brought is good in both cases
within its grace: it still counts, or it leads to the one that does.
"""

import random
import time
from collections.abc import Callable

from harness.http import Answer, Connection
from sessions.session import Session, code_of, log_in, log_out, me, refresh

# Ten seconds, less at most a quarter (docs/decisions/0009-refresh-tokens.md).
GRACE_SECONDS = 9.75
LOGOUTS = 0.015  # of the requests; each is followed by a login


class ServerKilled(Exception):
    pass


class Client:
    """Some sessions of one user, on one connection at a time. Anything that is not as owed is an AssertionError."""

    def __init__(self, username: str, sessions: int, chance: random.Random):
        self.living: list[Session] = []
        self.ended: list[Session] = []
        self.unanswered_logins = 0
        self._username = username
        self._sessions = sessions
        self._chance = chance
        self._connection: Connection | None = None
        self._unanswered: tuple[Callable, Session | None, float] | None = None

    @property
    def is_unanswered(self) -> bool:
        return self._unanswered is not None

    def work(self, port: int, refreshed: Callable[[], None]) -> None:
        """Until the server is killed. `refreshed` is told of each refresh that is acknowledged."""
        try:
            with Connection(port) as self._connection:
                while True:
                    if self._step() is refresh:
                        refreshed()
        except (ServerKilled, ConnectionRefusedError):  # in the middle, or before this client had begun
            pass

    def check(self, port: int) -> None:
        """Everything that is owed to this client, by a server that was started again."""
        with Connection(port) as self._connection:
            self._settle()
            for session in self.ended:
                self._check_is_over(session)
            for session in self.living:
                _expect(me(self._connection, session.access), 200)
                self._refresh(session)
                _expect(me(self._connection, session.access), 200)

    def _step(self) -> Callable:
        if len(self.living) < self._sessions:
            self._log_in()
            return log_in
        session = self._chance.choice(self.living)
        if self._chance.random() < LOGOUTS:
            self._log_out(session)
            return log_out
        self._refresh(session)
        return refresh

    def _log_in(self) -> None:
        answer = self._ask(log_in, None, self._username, self._username + "pw")
        if answer.status != 503:  # put off
            self.living.append(Session(_expect(answer, 200).json()))

    def _refresh(self, session: Session) -> None:
        session.keep(_expect(self._ask(refresh, session, session.refresh), 200).json())

    def _log_out(self, session: Session) -> None:
        _expect(self._ask(log_out, session, session.access), 204)
        self._move_to_ended(session)

    def _ask(self, call: Callable, session: Session | None, *words: str) -> Answer:
        sent_at = time.monotonic()
        try:
            return call(self._connection, *words)
        except (EOFError, ConnectionError) as error:
            self._unanswered = (call, session, sent_at)
            raise ServerKilled from error

    def _settle(self) -> None:
        """Whether the request that got no answer was carried out."""
        call, session, sent_at = self._unanswered or (None, None, 0.0)
        self._unanswered = None
        if call is log_in:
            self.unanswered_logins += 1
        elif call is log_out and me(self._connection, session.access).status == 401:
            self._move_to_ended(session)
        elif call is refresh:
            answer = refresh(self._connection, session.refresh)
            if answer.status == 401 and time.monotonic() - sent_at > GRACE_SECONDS:
                assert code_of(answer) == "refresh_token_reused", answer
                self._move_to_ended(session)
            else:
                session.keep(_expect(answer, 200).json())

    def _check_is_over(self, session: Session) -> None:
        _expect(me(self._connection, session.access), 401)
        answer = _expect(refresh(self._connection, session.refresh), 401)
        assert code_of(answer) == "refresh_token_invalid", answer

    def _move_to_ended(self, session: Session) -> None:
        self.living.remove(session)
        self.ended.append(session)


def _expect(answer: Answer, status: int) -> Answer:
    assert answer.status == status, answer
    return answer
