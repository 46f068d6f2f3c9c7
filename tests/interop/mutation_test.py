#!/usr/bin/python3
"""Of ten thousand altered tokens Cardea accepts none, and what others accept of them is listed."""

import collections
import contextlib
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from altered_text import Mutant  # noqa: E402
from disagreements import LISTED  # noqa: E402
from harness.server import executable  # noqa: E402
from libraries import Expected, Jwk, NpmJose, all_libraries  # noqa: E402
from mutations import mutants  # noqa: E402
from signing import Issued, issue_all, key_file, verify_token  # noqa: E402

COUNT = 10_000
SEED = 7515  # the same changes in every run, of keys that are new in each
BY_COMMAND_LINE = 97  # one in so many is also given to `cardea token verify`

ACCEPTED = "accepted"


class Verdicts(contextlib.ExitStack):
    """Cardea's verdicts by a process for each key set and policy: one for each token would take minutes."""

    def __init__(self):
        super().__init__()
        self._processes = {}

    def of(self, text: str, keys: list[Jwk], expected: Expected) -> str:
        name = (tuple(key["kid"] for key in keys), expected)
        if name not in self._processes:
            self._processes[name] = self._start(keys, expected)
        process = self._processes[name]
        process.stdin.write(text.encode().hex() + "\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    def _start(self, keys: list[Jwk], expected: Expected) -> subprocess.Popen:
        program = pathlib.Path(executable()).with_name("cardea_interop_verdicts")
        command = [str(program), str(self.enter_context(key_file(keys))), *expected.claims().values()]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.callback(self._stop, process)
        return process

    def _stop(self, process: subprocess.Popen) -> None:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def accepts(library, mutant: Mutant, keys: list[Jwk]) -> bool:
    try:
        library.verify(mutant.text, keys, mutant.issued.expected)
        return True
    except Exception:  # whatever a library raises is a refusal
        return False


class Mutants(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.libraries = all_libraries()
        for library in cls.libraries:
            if isinstance(library, NpmJose):
                cls.addClassCleanup(library.close)
        cls.issued = issue_all()
        pairs = [each for each in cls.issued if each.whole_key["kty"] != "oct"]
        cls.published = {key["kid"]: key for each in pairs for key in each.verification_keys}
        cls.verdicts = cls.enterClassContext(Verdicts())

    def keys_for(self, issued: Issued) -> list[Jwk]:
        """Every public key in one set; a secret is alone."""
        is_secret = issued.whole_key["kty"] == "oct"
        return issued.verification_keys if is_secret else list(self.published.values())

    def test_are_refused_and_what_others_accept_is_listed(self):
        valid = {issued.token for issued in self.issued}
        kinds, disagreements, examples = collections.Counter(), collections.Counter(), {}
        for number, mutant in enumerate(mutants(self.issued, COUNT, SEED)):
            keys = self.keys_for(mutant.issued)
            verdict = self.verdicts.of(mutant.text, keys, mutant.issued.expected)
            kinds[mutant.kind] += 1
            unchanged = mutant.text == mutant.issued.token
            others = [library for library in self.libraries if accepts(library, mutant, keys)]
            with self.subTest(number=number, kind=mutant.kind, text=mutant.text):
                if verdict == ACCEPTED:
                    self.assertIn(mutant.text, valid)
                    self.assertTrue(others)
                else:
                    self.assertFalse(unchanged, verdict)
                if number % BY_COMMAND_LINE == 0 and not mutant.text.endswith("\n"):
                    self.check_command_line(mutant, keys, verdict)
            if verdict != ACCEPTED:
                for library in others:
                    disagreements[library.name, mutant.kind] += 1
                    examples.setdefault((library.name, mutant.kind), mutant.text)
        self.report(kinds, disagreements)
        for named in disagreements.keys() - LISTED.keys():
            with self.subTest(named, times=disagreements[named], example=examples[named]):
                self.fail("accepted there, refused here, and not listed")

    def check_command_line(self, mutant: Mutant, keys: list[Jwk], verdict: str) -> None:
        printed = verify_token(mutant.text, keys, mutant.issued.expected)
        if verdict == ACCEPTED:
            self.assertEqual((printed.status, printed.error), (0, ""))
        else:
            self.assertEqual((printed.status, printed.printed, printed.error), (1, "", f"invalid: {verdict}\n"))

    def report(self, kinds: collections.Counter, disagreements: collections.Counter) -> None:
        print(f"seed {SEED}: {kinds.total()} mutants of {len(kinds)} kinds", flush=True)
        for (library, kind), times in sorted(disagreements.items()):
            print(f"  {library} accepts {times} x {kind}: {LISTED.get((library, kind), 'NOT LISTED')}")


if __name__ == "__main__":
    unittest.main()
