#!/usr/bin/python3
"""Each scenario of ./dev soak, for a second and by few connections: what has to hold whatever the machine does meanwhile."""

import concurrent.futures
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "soak"))

import table  # noqa: E402
from run import QUICK, run  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from verdicts import hard_verdicts  # noqa: E402


GROWTH_MIB = 32  # a second of an attack has not brought each thread of the server to its work yet
AT_ONCE = 3  # most of a scenario is waiting, and none of its limits is one of time


class Attacks(unittest.TestCase):
    def test_leave_the_server_as_it_was_and_the_probe_served(self):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            running = {scenario.name: pool.submit(run, scenario, QUICK) for scenario in SCENARIOS}
        for name, outcome in running.items():
            with self.subTest(name):
                outcome = outcome.result()
                verdicts = hard_verdicts(outcome, GROWTH_MIB)
                self.assertTrue(all(one.held for one in verdicts), "\n".join(table.details(outcome)))


if __name__ == "__main__":
    unittest.main()
