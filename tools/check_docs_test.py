"""Tests of check_docs.py on small projects of their own."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).with_name("check_docs.py")
EXAMPLE = """int main() {
  // [routes]
  if (ready) {
    serve();
  }
  // [/routes]
}
"""
QUOTE = """# Title

<!-- quote: main.cpp#routes -->
```cpp
if (ready) {
  serve();
}
```
"""


class CheckDocs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("main.cpp", EXAMPLE)

    def write(self, name: str, text: str):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(self, *options: str) -> tuple[int, str]:
        run = subprocess.run(
            [sys.executable, str(CHECKER), *options, str(self.root)], capture_output=True, text=True, check=False
        )
        return run.returncode, run.stdout + run.stderr

    def assert_refused(self, words: str):
        status, output = self.check()
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)

    def test_accepts_a_quote_that_equals_its_region(self):
        self.write("page.md", QUOTE)
        self.assertEqual(self.check()[0], 0)

    def test_refuses_a_quote_that_differs(self):
        self.write("page.md", QUOTE.replace("ready", "steady"))
        self.assert_refused("page.md:4: differs from")

    def test_refuses_a_quote_of_a_region_that_is_not_there(self):
        self.write("page.md", QUOTE.replace("#routes", "#paths"))
        self.assert_refused("has no single region [paths]")

    def test_refuses_a_quote_of_a_file_that_is_not_there(self):
        self.write("page.md", QUOTE.replace("main.cpp", "gone.cpp"))
        self.assert_refused("gone.cpp")

    def test_writes_the_region_in_place_of_what_differs(self):
        self.write("page.md", QUOTE.replace("ready", "steady"))
        self.assertEqual(self.check("--write")[0], 0)
        self.assertEqual((self.root / "page.md").read_text(encoding="utf-8"), QUOTE)

    def test_quotes_a_whole_file_without_a_tag_and_without_its_tags(self):
        self.write("page.md", "<!-- quote: main.cpp -->\n```cpp\nold\n```\n")
        self.check("--write")
        self.assertNotIn("[routes]", (self.root / "page.md").read_text(encoding="utf-8"))
        self.assertIn("int main() {", (self.root / "page.md").read_text(encoding="utf-8"))

    def test_refuses_a_link_that_leads_nowhere(self):
        self.write("docs/page.md", "[there](other.md)\n")
        self.assert_refused("page.md:1: leads nowhere: other.md")

    def test_refuses_a_fragment_without_a_heading(self):
        self.write("page.md", "[there](other.md#second-part)\n")
        self.write("other.md", "# First part\n\n```\n# Second part\n```\n")
        self.assert_refused("other.md has no heading for #second-part")

    def test_accepts_links_to_files_headings_and_other_hosts(self):
        self.write("page.md", "# The `first` part!\n[a](#the-first-part) [b](main.cpp) [c](https://example.com/x)\n")
        self.assertEqual(self.check()[0], 0, self.check()[1])

    def test_takes_no_link_from_code(self):
        self.write("page.md", "`[a](gone.md)`\n\n```cpp\nrow[i](gone.md)\n```\n")
        self.assertEqual(self.check()[0], 0, self.check()[1])

    def test_refuses_unmarked_commands_in_the_readme(self):
        self.write("README.md", "```sh\n./dev serve\n```\n")
        self.assert_refused("not marked as tested")

    def test_refuses_a_command_that_the_test_does_not_run(self):
        self.write("test.sh", "run ./dev test\n")
        self.write("README.md", "<!-- tested: test.sh -->\n```sh\n./dev serve\n```\n")
        self.assert_refused("test.sh does not run: ./dev serve")

    def test_accepts_a_command_that_the_test_runs(self):
        self.write("test.sh", "run ./dev serve \\\n  --listen here\n")
        self.write("README.md", "<!-- tested: test.sh -->\n```sh\n# start it\n./dev serve --listen here\n```\n")
        self.assertEqual(self.check()[0], 0, self.check()[1])


if __name__ == "__main__":
    unittest.main()
