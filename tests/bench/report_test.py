#!/usr/bin/python3
"""What bench/report.py makes of wrk's words and of figures, without a server."""

import pathlib
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

import plots  # noqa: E402
import tables  # noqa: E402
from budgets import Verdict, of_requests  # noqa: E402
from load import Figures, LoadFailed, medians, milliseconds, parse  # noqa: E402
from programs import CARDEA, GO, HEALTHZ, LOGIN, ME, NGINX, REFRESH, STATS  # noqa: E402

SAID = """Running 1s test @ http://127.0.0.1:8000/me
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.48ms    2.41ms  37.57ms   92.06%
    Req/Sec    64.03k     6.81k   72.76k    80.00%
  Latency Distribution
     50%  734.00us
     75%    1.29ms
     90%    2.46ms
     99%    1.05s
  63872 requests in 1.00s, 12.43MB read
Requests/sec:  63790.55
Transfer/sec:     12.41MB
""".replace("1.05s", "1.05s ")  # a unit of one letter has a space behind it


def figures(cpu_us: float, per_second: float = 1000) -> Figures:
    return Figures(cpu_us, per_second, 0.5, 1.5, 12.25)


def result() -> dict:
    """Cardea has every route; Go, whose name needs escaping here, no refresh."""
    other = f"{GO} <&>"
    routes = (HEALTHZ, ME, STATS, LOGIN, REFRESH)
    having = [(route, CARDEA, 10) for route in routes] + [(route, other, 25) for route in routes[:-1]]
    return {
        "machine": "2 cores",
        "rounds": 5,
        "seconds": 4,
        "programs": [
            {"name": CARDEA, "version": "cardea 1", "hashes": "Argon2id"},
            {"name": other, "version": "go 1", "hashes": "bcrypt"},
        ],
        "figures": [{"route": route, "program": name} | vars(figures(cost)) for route, name, cost in having],
        "verdicts": [Verdict("idle memory", 24, 16, "MiB").columns()],
        "left_out": ["nginx, return 200 is left out; missing: nginx"],
    }


class WhatWrkSays(unittest.TestCase):
    def test_is_read_in_milliseconds_whatever_its_units(self):
        load = parse(SAID)
        self.assertEqual((load.requests, load.per_second), (63872, 63790.55))
        self.assertEqual((load.p50_ms, load.p90_ms, load.p99_ms), (0.734, 2.46, 1050))

    def test_has_times_from_microseconds_to_minutes(self):
        for text, expected in {"0.00us": 0, "250.00us": 0.25, "1.20ms": 1.2, "2.01s": 2010, "1.50m": 90_000}.items():
            self.assertAlmostEqual(milliseconds(text), expected)

    def test_is_a_failure_where_a_request_was_refused(self):
        with self.assertRaisesRegex(LoadFailed, "Non-2xx or 3xx responses: 4"):
            parse(SAID + "  Non-2xx or 3xx responses: 4\n")

    def test_is_a_failure_where_a_connection_broke_or_took_too_long(self):
        with self.assertRaisesRegex(LoadFailed, "Socket errors: connect 0, read 0, write 0, timeout 1"):
            parse("  Socket errors: connect 0, read 0, write 0, timeout 1\n" + SAID)

    def test_is_a_failure_where_nothing_was_answered(self):
        for said in (SAID.replace("63872 requests", "0 requests"), ""):
            with self.assertRaisesRegex(LoadFailed, "no request was answered"):
                parse(said)


class Judging(unittest.TestCase):
    def test_takes_the_median_of_each_figure_by_itself(self):
        rounds = [Figures(9, 100, 1, 5, 9), Figures(8, 300, 2, 4, 50), Figures(30, 200, 3, 3, 10)]
        self.assertEqual(medians(rounds), Figures(9, 200, 2, 4, 10))

    def test_compares_cpu_time_and_leaves_out_what_was_not_measured(self):
        measured = {(ME, CARDEA): figures(11), (HEALTHZ, CARDEA): figures(10), (HEALTHZ, NGINX): figures(5)}
        found = {verdict.what: (verdict.value, verdict.held) for verdict in of_requests(measured)}
        self.assertEqual(found, {"`/me` against `/healthz`, CPU": (1.1, True),
                                 "`/me` against nginx `return 200`, CPU": (2.2, False)})

    def test_holds_a_budget_at_its_limit_and_not_beyond(self):
        self.assertTrue(Verdict("memory", 16, 16, "MiB").held)
        self.assertFalse(Verdict("memory", 16.01, 16, "MiB").held)
        self.assertTrue(Verdict("refresh", 5000, 5000, "a second", at_least=True).held)
        self.assertFalse(Verdict("refresh", 4999, 5000, "a second", at_least=True).held)

    def test_says_value_budget_and_verdict(self):
        self.assertEqual(Verdict("refresh", 4999, 5000, "a second", at_least=True).columns(),
                         ["refresh", "at least 5,000 a second", "4,999 a second", "not held"])


class Tables(unittest.TestCase):
    def test_have_ratios_against_cardea_and_a_dash_for_what_a_program_lacks(self):
        text = tables.as_text(result())
        self.assertRegex(text, r"golang-jwt <&> +25\.0 +2\.50 +1,000 +0\.50 +1\.50 +12\.2")
        self.assertRegex(text.partition(REFRESH)[2], r"golang-jwt <&> +- +- +-")
        self.assertIn("missing: nginx", text)

    def test_replace_what_stands_between_the_marks_of_a_page_and_nothing_else(self):
        blocks = [f"<!-- report: {name} -->\nold\n<!-- /report -->\n" for name in ("requests", "budgets")]
        page = f"before\n{blocks[0]}between\n{blocks[1]}after\n"
        written = tables.rewritten(page, result())
        self.assertNotIn("old", written)
        for kept in ("before\n<!--", "-->\nbetween\n<!--", "-->\nafter\n"):
            self.assertIn(kept, written)
        for name in plots.all_plots(result()):
            self.assertIn(f"(images/{name})", written)
        self.assertIn("| idle memory | at most 16 MiB | 24.0 MiB | not held |", written)
        self.assertEqual(tables.rewritten(written, result()), written)

    def test_are_not_written_into_a_page_without_marks(self):
        with self.assertRaisesRegex(ValueError, "report: requests"):
            tables.rewritten("a page\n", result())


class Plots(unittest.TestCase):
    def test_are_well_formed_and_name_every_program_unit_and_route(self):
        for name, drawn in plots.all_plots(result()).items():
            with self.subTest(name):
                words = list(xml.etree.ElementTree.fromstring(drawn).itertext())
                self.assertIn(f"{GO} <&>", words)
                self.assertIn(ME, words)
                self.assertTrue({"microseconds, less is better", "milliseconds: p50, p90, p99", "more is better"} & set(words))

    def test_put_greater_values_further_right_and_each_within_the_picture(self):
        drawn = xml.etree.ElementTree.fromstring(plots.plot("title", "unit", [("one", [0.5, 20, 300])]))
        places = [float(circle.get("cx")) for circle in drawn.iter("{http://www.w3.org/2000/svg}circle")]
        self.assertEqual(places, sorted(places))
        self.assertTrue(all(plots.LABELS <= place <= plots.WIDTH - plots.VALUES for place in places), places)

    def test_draw_a_figure_too_small_to_be_measured(self):
        nothing = result()
        nothing["figures"][0]["cpu_us"] = 0
        self.assertIn("<svg", plots.all_plots(nothing)["requests-cpu.svg"])


if __name__ == "__main__":
    unittest.main()
