#!/usr/bin/python3
"""Sessions while the server's wall clock is set: forward past every end, and back. The clock is libfaketime's."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, tokens_of_login  # noqa: E402
from harness.server import cardea  # noqa: E402
from sessions.session import Session, code_of, log_out, me, refresh  # noqa: E402

MINUTE, DAY = 60, 24 * 60 * 60


def libfaketime() -> str | None:
    """Where Debian's package has it."""
    return next((str(path) for path in pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Clock(unittest.TestCase):
    """A server whose clock is the system's and so many seconds more or less."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cardea-clock-")))
        self.offset = self.folder / "offset"
        self.set_clock(0)
        self.server = self.enterContext(
            cardea(
                self.folder,
                LD_PRELOAD=libfaketime(),
                FAKETIME_TIMESTAMP_FILE=str(self.offset),
                FAKETIME_NO_CACHE="1",
                FAKETIME_DONT_FAKE_MONOTONIC="1",
            )
        )
        self.connection = self.enterContext(Connection(self.server.port))

    def set_clock(self, seconds: int) -> None:
        """Read at each look at the clock; replaced as a whole, so that nobody reads half of it."""
        written = self.folder / "offset.new"
        written.write_text(f"{seconds:+d}s\n")
        written.replace(self.offset)

    def log_in(self) -> Session:
        return Session(tokens_of_login(self.server.port, "bob", "bobpw"))

    def refresh(self, session: Session) -> None:
        answer = refresh(self.connection, session.refresh)
        self.assertEqual(answer.status, 200, answer.body)
        session.keep(answer.json())

    def assert_lives(self, session: Session) -> None:
        self.refresh(session)
        self.assertEqual(me(self.connection, session.access).status, 200)

    def assert_is_over(self, session: Session) -> None:
        self.assertEqual(me(self.connection, session.access).status, 401)
        self.assertEqual(code_of(refresh(self.connection, session.refresh)), "refresh_token_invalid")


class SetForward(Clock):
    def test_past_the_grace_a_replay_ends_the_session_for_thief_and_user(self):
        session, stolen = self.log_in(), self.log_in()
        copy = stolen.refresh
        self.refresh(stolen)
        self.set_clock(11)
        self.assertEqual(code_of(refresh(self.connection, copy)), "refresh_token_reused")
        self.assert_is_over(stolen)
        self.assert_lives(session)

    def test_past_the_access_tokens_end_a_client_refreshes(self):
        session = self.log_in()
        self.set_clock(31 * MINUTE)
        self.assertEqual(me(self.connection, session.access).status, 401)
        self.assert_lives(session)

    def test_past_two_weeks_without_a_refresh_the_session_is_over(self):
        idle, used = self.log_in(), self.log_in()
        self.set_clock(13 * DAY)
        self.refresh(used)
        self.set_clock(14 * DAY + MINUTE)
        self.assert_is_over(idle)
        self.assert_lives(used)

    def test_past_ninety_days_whatever_is_refreshed_the_session_is_over(self):
        session = self.log_in()
        for day in range(13, 90, 13):
            self.set_clock(day * DAY)
            self.refresh(session)
        self.set_clock(90 * DAY + MINUTE)
        self.assert_is_over(session)


class SetBack(Clock):
    def test_by_less_than_the_grace_throws_nobody_out(self):
        session = self.log_in()
        copy = session.refresh
        self.refresh(session)
        self.set_clock(-5)
        again = refresh(self.connection, copy)
        self.assertEqual(again.status, 200, again.body)
        self.assertEqual(again.json()["refresh_token"], session.refresh)
        self.assert_lives(session)

    def test_by_an_hour_leaves_the_token_that_counts(self):
        session = self.log_in()
        self.set_clock(-60 * MINUTE)
        self.assert_lives(session)
        self.assert_lives(session)

    def test_revives_no_session_that_has_ended(self):
        session = self.log_in()
        self.assertEqual(log_out(self.connection, session.access).status, 204)
        for seconds in (-MINUTE, -60 * MINUTE, 0, 45 * MINUTE, 1):
            self.set_clock(seconds)
            self.assert_is_over(session)


if __name__ == "__main__":
    unittest.main()
