#!/usr/bin/python3
"""GET /metrics read by Prometheus's own client and its promtool, and everything that is built on it."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from prometheus_client.parser import text_string_to_metric_families

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import Connection, ask, log_in, request, tokens_of_login  # noqa: E402
from harness.server import REPOSITORY, Server, cardea  # noqa: E402

FILES = REPOSITORY / "packaging" / "observability"
PAGE = REPOSITORY / "docs" / "observability.md"
NAME = re.compile(r"\b(?:cardea|process)_[a-z_]+")
ROW = re.compile(r"^\| `(?P<name>[a-z_]+)` \| (?P<type>\w+) \|(?P<labels>[^|]*)\|")
JSON = {"Content-Type": "application/json"}


def promtool(*words: str, standard_input: str | None = None) -> str:
    """What promtool says of it; AssertionError unless it is content."""
    done = subprocess.run(
        [os.environ["CARDEA_PROMTOOL"], *words], input=standard_input, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0:
        raise AssertionError(f"promtool {' '.join(words)}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def api_key(port: int) -> str:
    """A key that can read metrics and nothing else."""
    headers = {"Authorization": f"Bearer {log_in(port, 'alice', 'alicepw')}", **JSON}
    answer = ask(port, "POST", "/auth/api-keys", headers, json.dumps({"name": "scraper", "scope": "metrics:read"}))
    return answer.json()["key"]


def make_traffic(port: int) -> None:
    """Something of everything that is counted."""
    login = tokens_of_login(port, "bob", "bobpw")
    for _ in range(3):
        ask(port, "GET", "/me", {"Authorization": f"Bearer {login['access_token']}"})
    ask(port, "GET", "/me", {"Authorization": "Bearer nonsense"})
    ask(port, "POST", "/auth/login", JSON, json.dumps({"username": "bob", "password": "wrong"}))
    ask(port, "POST", "/auth/refresh", JSON, json.dumps({"refresh_token": login["refresh_token"]}))
    ask(port, "GET", "/nowhere/at/all")


class Observability(unittest.TestCase):
    server: Server
    text: str

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="cardea-metrics-"))
        cls.server = cls.enterClassContext(cardea(folder))
        cls.scraper = {"Authorization": f"Bearer {api_key(cls.server.port)}"}
        make_traffic(cls.server.port)
        cls.scrape()
        cls.text = cls.scrape()

    @classmethod
    def scrape(cls) -> str:
        answer = ask(cls.server.port, "GET", "/metrics", cls.scraper)
        if answer.status != 200 or answer.header("content-type") != "text/plain; version=0.0.4; charset=utf-8":
            raise AssertionError(f"{answer.status} {answer.headers} {answer.body[:300]!r}")
        return answer.body.decode()

    def families(self) -> dict:
        return {family.name: family for family in text_string_to_metric_families(self.text)}

    def names(self) -> dict[str, str]:
        """Every metric and its type, by the names that are written."""
        return dict(re.findall(r"^# TYPE (\S+) (\S+)$", self.text, re.MULTILINE))

    def test_the_key_of_the_scraper_opens_nothing_else(self):
        self.assertEqual(ask(self.server.port, "GET", "/admin/users", self.scraper).status, 401)
        self.assertEqual(ask(self.server.port, "GET", "/metrics").status, 401)

    def test_promtool_has_nothing_to_say_against_names_and_help(self):
        self.assertEqual(promtool("check", "metrics", standard_input=self.text).strip(), "")

    def test_prometheus_own_client_reads_every_line(self):
        read = sum(len(family.samples) for family in self.families().values())
        written = [line for line in self.text.splitlines() if line and not line.startswith("#")]
        self.assertEqual(read, len(written))
        self.assertTrue(all(family.documentation for family in self.families().values()))

    def test_every_histogram_is_cumulative_and_counts_what_its_last_bucket_does(self):
        checked = 0
        for family in self.families().values():
            series = {}
            for sample in family.samples if family.type == "histogram" else []:
                labels = dict(sample.labels)
                bound = labels.pop("le", sample.name.removeprefix(family.name))
                series.setdefault(tuple(sorted(labels.items())), {})[bound] = sample.value
            for labels, values in series.items():
                with self.subTest(family=family.name, labels=labels):
                    buckets = [(float(b), v) for b, v in values.items() if not b.startswith("_")]
                    self.assertEqual(buckets, sorted(buckets))
                    counts = [value for _, value in buckets]
                    self.assertEqual(counts, sorted(counts))
                    self.assertEqual(buckets[-1], (float("inf"), values["_count"]))
                    checked += 1
        self.assertGreater(checked, 5)

    def test_counts_what_was_done(self):
        samples = {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in self.families().values()
            for sample in family.samples
        }

        def value(name, **labels):
            return samples[name, tuple(sorted(labels.items()))]

        self.assertEqual(value("cardea_http_requests_total", route="/me", method="GET", status="200"), 3)
        self.assertEqual(value("cardea_http_requests_total", route="/me", method="GET", status="401"), 1)
        self.assertEqual(value("cardea_http_requests_total", route="unmatched", method="GET", status="404"), 1)
        self.assertEqual(value("cardea_logins_total", outcome="succeeded"), 2)
        self.assertEqual(value("cardea_logins_total", outcome="failed"), 1)
        self.assertEqual(value("cardea_refreshes_total", outcome="succeeded"), 1)
        self.assertEqual(value("cardea_sessions_started_total"), 2)
        self.assertGreaterEqual(value("cardea_http_requests_in_flight"), 1, "the scrape itself")

    def test_a_flood_of_paths_makes_no_series(self):
        def series(text):
            return {line.rsplit(" ", 1)[0] for line in text.splitlines()}

        ask(self.server.port, "BREW", "/me")
        before = series(self.scrape())
        with Connection(self.server.port) as connection:
            for number in range(300):
                connection.send(request("GET", f"/{number}/x?{number}") + request(f"M{number}", "/me"))
                self.assertEqual((connection.answer().status, connection.answer().status), (404, 405))
        self.assertEqual(series(self.scrape()) - before, set())

    def test_the_page_explains_every_metric_and_no_other(self):
        rows = {row["name"]: row for row in map(ROW.match, PAGE.read_text().splitlines()) if row}
        self.assertEqual({name: row["type"] for name, row in rows.items()}, self.names())
        for family in self.families().values():
            for sample in family.samples:
                written = next(n for n in (family.name, f"{family.name}_total") if n in rows)
                labels = sample.labels.keys() - {"le"}
                self.assertLessEqual(labels, set(re.findall(r"`(\w+)`", rows[written]["labels"])), sample.name)

    def test_dashboard_and_alerts_name_only_what_there_is(self):
        dashboard = json.loads((FILES / "cardea-dashboard.json").read_text())
        queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        queries += [variable["query"] for variable in dashboard["templating"]["list"]]
        alerts = (FILES / "cardea-alerts.yml").read_text()
        named = set(NAME.findall(" ".join(queries))) | set(NAME.findall(alerts))
        there = set(self.names())
        there |= {f"{name}_{part}" for name, kind in self.names().items() if kind == "histogram"
                  for part in ("bucket", "sum", "count")}
        self.assertEqual(named - there, set())
        shown = {name for name in self.names() if re.search(rf"\b{name}(_bucket)?\b", " ".join(queries))}
        self.assertEqual({name for name in self.names() if name.startswith("cardea_")} - shown, set(),
                         "is on no panel")

    def test_alert_rules_hold_for_the_cases_beside_them(self):
        promtool("check", "rules", str(FILES / "cardea-alerts.yml"))
        promtool("test", "rules", str(FILES / "cardea-alerts-test.yml"))
        promtool("check", "config", "--syntax-only", str(FILES / "prometheus.yml"))

    def test_the_page_explains_every_alert(self):
        alerts = re.findall(r"- alert: (\w+)", (FILES / "cardea-alerts.yml").read_text())
        self.assertEqual(re.findall(r"^\| `(Cardea\w+)` \|", PAGE.read_text(), re.MULTILINE), alerts)


class Access(unittest.TestCase):
    def test_is_open_or_off_where_the_configuration_says_so(self):
        for access, status in (("open", 200), ("off", 404)):
            with self.subTest(access), tempfile.TemporaryDirectory(prefix="cardea-metrics-") as folder:
                with cardea(folder, "--metrics", access) as server:
                    self.assertEqual(ask(server.port, "GET", "/metrics").status, status)
                    self.assertNotIn("metrics is open", server.log(), "on loopback nobody need be warned")


if __name__ == "__main__":
    unittest.main()
