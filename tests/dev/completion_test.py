"""What bash offers for cardea, asked of bash itself."""

import pathlib
import shlex
import subprocess
import sys
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests"))

from harness.server import executable  # noqa: E402

SCRIPT = PROJECT / "packaging" / "bash-completion" / "cardea"


def offered(*words: str) -> list[str]:
    """The completions of the last word."""
    line = " ".join(map(shlex.quote, [executable(), *words]))
    asked = f'. "$1"; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _cardea; printf "%s\\n" "${{COMPREPLY[@]}}"'
    run = subprocess.run(
        ["bash", "-euc", asked, "bash", str(SCRIPT)], capture_output=True, text=True, check=True, timeout=30
    )
    return run.stdout.split()


class BashCompletion(unittest.TestCase):
    def test_offers_the_commands(self):
        self.assertLessEqual({"serve", "user", "token", "version"}, set(offered("")))

    def test_offers_what_begins_as_typed(self):
        self.assertEqual(offered("us"), ["user"])

    def test_offers_the_words_of_a_command(self):
        self.assertEqual(offered("user", "set"), ["set-password", "set-email", "set-role"])

    def test_offers_the_options_of_a_command_and_of_the_program(self):
        self.assertIn("--role", offered("user", "add", "--r"))
        self.assertIn("--database", offered("user", "add", "alice", "--data"))

    def test_leaves_names_of_files_to_bash(self):
        self.assertEqual(offered("token", "verify", "--jwks", "keys"), [])


if __name__ == "__main__":
    unittest.main()
