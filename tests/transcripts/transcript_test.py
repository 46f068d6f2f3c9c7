#!/usr/bin/python3
"""The runner's own test: a runner that accepts everything would make every transcript worthless."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from transcript import FormatError, Matcher, parse  # noqa: E402


def outcome(text: str, *options: str) -> tuple[int, str, str]:
    """Exit status, what the runner says, and the file afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sample.transcript"
        path.write_text(text)
        run = subprocess.run(
            [sys.executable, HERE / "run.py", *options, path], capture_output=True, text=True, timeout=60
        )
        return run.returncode, run.stdout + run.stderr, path.read_text()


class Runner(unittest.TestCase):
    def test_accepts_what_happens_as_written(self):
        for text in (
            "$ echo hello\n| hello\n",
            "$ echo hello >&2; false\n! hello\n? 1\n",
            "$ cat\n< one\n< two\n| one\n| two\n",
            "$ NAME=carol\n\n# Variables stay.\n$ echo $NAME\n| carol\n",
            "$ cat <<END\n> a b\n> END\n| a b\n",
            "$ seq 1 9\n| 1\n| ...\n| 9\n",
            "$ printf 'a\\r\\n\\nb'\n| a\n|\n| b\n",
            "$ echo 127.0.0.1:8000\n| 127.0.0.1:8000\n",
            "$ pwd | grep -c cardea-transcript\n| 1\n$ ls -A\n",
            '$ test -z "$(env | grep CARDEA_)"\n',
        ):
            with self.subTest(text):
                self.assertEqual(outcome(text)[0], 0, outcome(text)[1])

    def test_refuses_what_happens_otherwise(self):
        for text in (
            "$ echo hello\n| hullo\n",
            "$ echo hello\n",
            "$ echo hello\n| hello\n| hello\n",
            "$ echo hello >&2\n| hello\n",
            "$ echo hello >&2\n",
            "$ false\n",
            "$ true\n? 1\n",
            "$ seq 1 9\n| 1\n| ...\n| 8\n",
            "$ exit 0\n",
            "& false\n",
        ):
            with self.subTest(text):
                self.assertEqual(outcome(text)[0], 1)

    def test_writes_what_happened_when_asked(self):
        before = "# Prose stays.\n$ echo a; echo b >&2; (exit 3)\n\n$ echo c\n| c\n"
        after = "# Prose stays.\n$ echo a; echo b >&2; (exit 3)\n| a\n! b\n? 3\n\n$ echo c\n| c\n"
        self.assertEqual(outcome(before, "--accept")[2], after)

    def test_refuses_lines_that_are_no_transcript(self):
        for text in ("echo hello\n", "| before any step\n", "$ echo\n= 3\n"):
            with self.subTest(text), self.assertRaises(FormatError):
                parse(text)


class Placeholders(unittest.TestCase):
    def matches(self, expected: list[str], printed: list[str]) -> bool:
        return Matcher().matches(expected, printed)

    def test_stand_for_their_kind_only(self):
        self.assertTrue(self.matches(["id <number>."], ["id 12."]))
        self.assertFalse(self.matches(["id <number>."], ["id x."]))
        self.assertFalse(self.matches(["id <number>."], ["id 12!"]))
        self.assertTrue(self.matches(['"<token>"'], ['"aa.b-b.c_c"']))
        self.assertFalse(self.matches(['"<token>"'], ['"aa.bb"']))
        self.assertTrue(self.matches(["at <time>"], ["at 2026-01-01T12:00:00Z"]))
        self.assertFalse(self.matches(["<text>"], [""]))
        self.assertTrue(self.matches(["<unknown> stays"], ["<unknown> stays"]))

    def test_with_a_number_stand_for_the_same_text_everywhere(self):
        self.assertTrue(self.matches(["<number 1> <number 1>"], ["7 7"]))
        self.assertFalse(self.matches(["<number 1> <number 1>"], ["7 8"]))
        self.assertTrue(self.matches(["<number 1>", "<number 2>", "<number 1>"], ["7", "8", "7"]))
        self.assertFalse(self.matches(["<number 1>", "<number 1>"], ["7", "8"]))


if __name__ == "__main__":
    unittest.main()
