"""The outcomes as a table with a line for each scenario, and what there is to say of those that did not hold."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))

import verdicts  # noqa: E402
from budgets import Verdict  # noqa: E402
from tables import aligned, short  # noqa: E402
from verdicts import Outcome  # noqa: E402

HEADINGS = ["scenario", "answers", "probed", "p50 ms", "", "p99 ms", "", "memory MiB", "", "open files", ""]


def held(*all_verdicts: Verdict) -> str:
    return "held" if all(verdict.held for verdict in all_verdicts) else "NOT HELD"


def row(outcome: Outcome) -> list[str]:
    p50, p99 = verdicts.latency_verdicts(outcome)
    answered, growth, files, _ = verdicts.hard_verdicts(outcome)
    warm, end = outcome.warm, outcome.end
    return [
        outcome.scenario.name,
        f"{sum(outcome.report.answers.values()):,}",
        f"{sum(outcome.attacked.answers.values()):,} {held(answered)}",
        f"{short(outcome.idle.p50_ms)}, {short(p50.value)} of {short(p50.limit)}",
        held(p50),
        f"{short(outcome.idle.p99_ms)}, {short(p99.value)} of {short(p99.limit)}",
        held(p99),
        f"{short(warm.resident_mib)}, {short(end.resident_mib)} of {short(warm.resident_mib + growth.limit)}",
        held(growth),
        f"{warm.descriptors}, {end.descriptors}",
        held(files),
    ]


def details(outcome: Outcome) -> list[str]:
    """The answers by kind, and a sentence for each limit that was not held."""
    kinds = ", ".join(f"{count:,} x {answer}" for answer, count in outcome.report.answers.items())
    probed = ", ".join(f"{count:,} x {answer}" for answer, count in outcome.attacked.answers.items())
    broken = [verdict for verdict in [*verdicts.hard_verdicts(outcome), *verdicts.latency_verdicts(outcome)]
              if not verdict.held]
    return [
        f"{outcome.scenario.name}: {outcome.scenario.what}; answers {kinds}; probe {probed}, "
        f"the longest {short(outcome.attacked.longest_ms)} ms; at most {short(outcome.most_mib)} MiB; "
        f"{outcome.stolen:.0%} of the cores' time went to others on the machine's host",
        *("  not held: " + ", ".join(verdict.columns()[:3]).replace("`", "") for verdict in broken),
        *("  " + text for text in [*verdicts.wrong_answers(outcome), *outcome.report.complaints]),
    ]


def as_text(outcomes: list[Outcome]) -> str:
    """Times: idle, under attack, and the budget. Memory and open files: at rest after warming up, and at the end."""
    return "\n" + aligned([HEADINGS, *map(row, outcomes)])
