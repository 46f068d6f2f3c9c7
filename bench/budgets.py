"""The budgets of docs/performance.md that bench/report.py can judge, and whether they are held."""

import dataclasses

from load import Figures
from programs import ALGORITHMS, CARDEA, DROGON, FASTAPI, FASTAPI_BEST, HEALTHZ, ME, NGINX, REFRESH

Measured = dict[tuple[str, str], Figures]  # by route and program
REFRESHES = {"sqlite": 5_000, "postgresql": 3_000}
ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclasses.dataclass(frozen=True)
class Verdict:
    what: str
    value: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def held(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def columns(self) -> list[str]:
        digits = 0 if abs(self.value) >= 1000 else 1 if abs(self.value) >= 10 else 2
        budget = f"at {'least' if self.at_least else 'most'} {self.limit:,g} {self.unit}"
        return [self.what, budget, f"{self.value:,.{digits}f} {self.unit}", "held" if self.held else "not held"]


def cpu_ratio(measured: Measured, one: tuple[str, str], other: tuple[str, str]) -> float | None:
    """None where either was not measured."""
    return measured[one].cpu_us / measured[other].cpu_us if one in measured and other in measured else None


def of_requests(measured: Measured) -> list[Verdict]:
    own = (ME, CARDEA)
    compared = [
        ("`/me` against `/healthz`, CPU", own, (HEALTHZ, CARDEA), 1.15, False),
        ("`/me` against nginx `return 200`, CPU", own, (HEALTHZ, NGINX), 1.5, False),
        *((f"`/me`, {name} against HS256, CPU", (ME, f"{CARDEA}, {name}"), own, 1.1, False) for name in ALGORITHMS),
        ("`/me`, Drogon with cjose against Cardea, CPU", (ME, DROGON), own, 1.6, True),
        ("`/me`, the tutorial with 1 worker against Cardea, CPU", (ME, FASTAPI), own, 60, True),
        ("`/me`, the tutorial with 2 workers against Cardea, CPU", (ME, FASTAPI_BEST), own, 30, True),
    ]
    ratios = [(what, cpu_ratio(measured, one, other), limit, least) for what, one, other, limit, least in compared]
    return [Verdict(what, ratio, limit, "x", least) for what, ratio, limit, least in ratios if ratio is not None]


def refreshes(engine: str, per_second: float) -> Verdict:
    return Verdict(f"refresh on {ENGINE_NAMES[engine]}, durable", per_second, REFRESHES[engine], "a second", at_least=True)


def logins(of_the_hashes: float, of_me: float, longest_ms: float) -> list[Verdict]:
    """Logins against what the hashing threads can do; `/me`, and the longest answer 503, in a storm of logins."""
    return [
        Verdict("logins against hashes", of_the_hashes, 0.95, "x", at_least=True),
        Verdict("`/me` a second in a storm of logins, against without", of_me, 0.5, "x", at_least=True),
        Verdict("the longest answer to a surplus login", longest_ms, 2_000, "ms"),
    ]


def nodes(times: float) -> Verdict:
    return Verdict("requests that two nodes answer, against one, by CPU time", times, 1.9, "x", at_least=True)


def all_verdicts(measured: Measured, idle_mib: float, start_ms: float) -> list[Verdict]:
    return [
        *of_requests(measured),
        refreshes("sqlite", measured[REFRESH, CARDEA].per_second),
        Verdict("idle memory", idle_mib, 16, "MiB"),
        Verdict("start to the first answer", start_ms, 50, "ms"),
    ]
