#!/usr/bin/python3
"""What ./dev soak sees and how it judges, without a server of Cardea's."""

import contextlib
import dataclasses
import pathlib
import socket
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "soak"))

import table  # noqa: E402
from attack import Report  # noqa: E402
from probe import CONNECTIONS, Client, Probed, summary  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from verdicts import AtRest, Outcome, hard_verdicts, latency_verdicts  # noqa: E402

from harness.server import free_port

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
GOOD = Probed({"200": 600}, 0.2, 1.5, 3.0)
STORM = SCENARIOS[0]
WARM = AtRest(40, 20)


def outcome(**changes) -> Outcome:
    """One that holds, but for what is changed."""
    good = Outcome(STORM, Report({"200": 5, "503": 7}, []), GOOD, GOOD, WARM, WARM, 60)
    return dataclasses.replace(good, **changes)


def broken(one: Outcome) -> list[str]:
    return [verdict.what for verdict in [*hard_verdicts(one), *latency_verdicts(one)] if not verdict.held]


@contextlib.contextmanager
def answering(answers: list[bytes]):
    """The port of a server for one connection, which gives these answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                for answer in answers:
                    connection.recv(1024)
                    connection.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        yield listener.getsockname()[1]
        serving.join()


class EndedAfter(threading.Event):
    """Set when it has been asked so many times."""

    def __init__(self, times: int):
        super().__init__()
        self._left = times

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


class TheProbe(unittest.TestCase):
    def seen(self, port: int, first: float, requests: int) -> list[tuple[str, float]]:
        client = Client(port, b"GET /me HTTP/1.1\r\n\r\n", first, 0.001)
        client.ask_until(EndedAfter(requests))
        return client.seen

    def test_counts_the_time_of_a_request_from_when_it_was_due(self):
        with answering([ANSWER, ANSWER]) as port:
            seen = self.seen(port, time.monotonic() - 60, 2)
        self.assertEqual([answer for answer, _ in seen], ["200", "200"])
        self.assertTrue(all(59 < seconds < 90 for _, seconds in seen), seen)  # the second was due a little later

    def test_tells_what_was_answered(self):
        with answering([ANSWER, ANSWER.replace(b"200 OK", b"503 Service Unavailable")]) as port:
            self.assertEqual([answer for answer, _ in self.seen(port, time.monotonic(), 2)], ["200", "503"])

    def test_tells_what_went_wrong(self):
        self.assertEqual(self.seen(free_port(), time.monotonic(), 1)[0][0], "ConnectionRefusedError")
        with answering([b"HTTP/1.1 200 OK\r\nContent-Le"]) as port:
            self.assertEqual(self.seen(port, time.monotonic(), 1)[0][0], "EOFError")

    def test_sums_up_in_milliseconds(self):
        summed = summary([("200", number / 1000) for number in range(1, 101)] + [("EOFError", 0.2)])
        self.assertEqual(summed.answers, {"200": 100, "EOFError": 1})
        self.assertEqual((summed.p50_ms, summed.p99_ms, summed.longest_ms), (51, 100, 200))
        self.assertEqual(summed.failures, 1)
        self.assertGreater(CONNECTIONS, 1)


class AnOutcome(unittest.TestCase):
    def test_holds_where_nothing_has_happened(self):
        self.assertEqual(broken(outcome()), [])

    def test_does_not_hold_where_the_probe_was_not_answered_200(self):
        bad = dataclasses.replace(GOOD, answers={"200": 599, "503": 1})
        self.assertEqual(broken(outcome(attacked=bad)), ["answers to the probe other than 200"])
        self.assertEqual(broken(outcome(idle=bad)), ["answers to the probe other than 200"])

    def test_does_not_hold_where_memory_has_grown_since_warming_up(self):
        self.assertEqual(broken(outcome(end=AtRest(48, 20))), [])
        self.assertEqual(broken(outcome(end=AtRest(48.1, 20))), ["memory growth"])

    def test_does_not_hold_where_open_files_stay(self):
        self.assertEqual(broken(outcome(end=AtRest(40, 24))), [])
        self.assertEqual(broken(outcome(end=AtRest(40, 25))), ["open files that stay"])

    def test_does_not_hold_where_the_attackers_have_something_to_say(self):
        for report in (
            Report({"200": 5, "503": 7, "500": 1}, []),
            Report({"200": 5}, []),
            Report({"200": 5, "503": 7}, ["a slow read was answered in full"]),
        ):
            self.assertEqual(broken(outcome(report=report)), ["complaints"], report)

    def test_has_budgets_for_the_times_of_the_probe(self):
        slower = dataclasses.replace(GOOD, p50_ms=0.41, p99_ms=2.1)
        self.assertEqual(broken(outcome(attacked=slower)), ["p50 of `/me`", "p99 of `/me`"])

    def test_has_no_budget_below_what_waking_a_processor_takes(self):
        awake = dataclasses.replace(GOOD, p50_ms=0.02)
        self.assertEqual(broken(outcome(idle=awake, attacked=dataclasses.replace(GOOD, p50_ms=0.14))), [])
        self.assertEqual(broken(outcome(idle=awake, attacked=dataclasses.replace(GOOD, p50_ms=0.16))), ["p50 of `/me`"])

    def test_is_a_line_of_the_table(self):
        line = table.as_text([outcome(), outcome(end=AtRest(40, 30))]).splitlines()[-1]
        self.assertRegex(line, "^login_storm .* 20, 30 +NOT HELD$")


if __name__ == "__main__":
    unittest.main()
