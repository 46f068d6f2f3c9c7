"""Tests of compile_fail.py with a compiler of our own that says what its case wants said."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUNNER = Path(__file__).with_name("compile_fail.py")
OURS = "a.hpp:1:2: error: static assertion failed: cardea: no such role"
OTHER = "a.hpp:9:9: error: no matching function"


def outcome_of(first_line: str, status: int, diagnostics: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "case.cpp")
        case.write_text(first_line + "\n", encoding="utf-8")
        compiler = [sys.executable, "-c", f"import sys; sys.stderr.write({diagnostics!r}); sys.exit({status})"]
        run = subprocess.run([sys.executable, str(RUNNER), str(case), *compiler], capture_output=True, check=False)
        return run.returncode


class CompileFail(unittest.TestCase):
    def test_accepts_a_refusal_whose_first_error_says_the_sentence(self):
        self.assertEqual(outcome_of("// expect: cardea: no such role", 1, f"in b.cpp:\n{OURS}\n{OTHER}\n"), 0)

    def test_refuses_a_file_that_compiles(self):
        self.assertEqual(outcome_of("// expect: cardea: no such role", 0, ""), 1)

    def test_refuses_a_sentence_that_is_not_in_the_first_error(self):
        self.assertEqual(outcome_of("// expect: cardea: no such role", 1, f"{OTHER}\n{OURS}\n"), 1)

    def test_refuses_a_sentence_that_only_a_note_says(self):
        self.assertEqual(outcome_of("// expect: cardea: no such role", 1, f"{OTHER}\nnote: cardea: no such role\n"), 1)

    def test_refuses_a_case_that_expects_nothing(self):
        self.assertEqual(outcome_of("#include <a.hpp>", 1, OURS), 1)

    def test_accepts_a_control_that_compiles(self):
        self.assertEqual(outcome_of("// expect: compiles", 0, "a.hpp:1:1: warning: old style"), 0)

    def test_refuses_a_control_that_does_not_compile(self):
        self.assertEqual(outcome_of("// expect: compiles", 1, "fatal error: a.hpp: No such file or directory"), 1)

    def test_refuses_a_control_whose_compiler_dies_without_a_word(self):
        self.assertEqual(outcome_of("// expect: compiles", 139, ""), 1)


if __name__ == "__main__":
    unittest.main()
