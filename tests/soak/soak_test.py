#!/usr/bin/python3
"""Each scenario of ./dev soak, for a second and by few connections: what has to hold whatever the machine does meanwhile."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "soak"))

import table  # noqa: E402
from run import QUICK, run  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from verdicts import hard_verdicts  # noqa: E402


class Attacks(unittest.TestCase):
    def test_leave_the_server_as_it_was_and_the_probe_served(self):
        for scenario in SCENARIOS:
            with self.subTest(scenario.name):
                outcome = run(scenario, QUICK)
                self.assertTrue(all(one.held for one in hard_verdicts(outcome)), "\n".join(table.details(outcome)))


if __name__ == "__main__":
    unittest.main()
