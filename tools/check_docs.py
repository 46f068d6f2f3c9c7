"""Checks that the documentation is true where a machine can tell.

    check_docs.py [--write] [ROOT]

In every Markdown file of the project:
- a fenced block after `<!-- quote: path#tag -->` equals the region of that file between `[tag]` and `[/tag]`, each alone
  in a comment of the file's language, with the common indentation removed (without `#tag`, the whole file);
- each command of a fenced block after `<!-- tested: path -->` stands in that file, which a test runs;
- every block of shell commands in README.md has one of these two marks;
- every relative link leads to a file, and its `#fragment` to a heading.

`--write` puts the quoted text in place of what differs.
"""

import argparse
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^(?P<fence>```+|~~~+)(?P<language>\S*)\s*$")
MARK = re.compile(r"^<!-- (?P<kind>quote|tested): (?P<path>[^#\s]+)(?:#(?P<tag>\S+))? -->$")
TAG_LINE = re.compile(r"^\s*(?://|#|--|<!--)\s*\[/?[\w-]+\]\s*(?:-->)?\s*$")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6}\s+(?P<text>.*?)\s*#*$")
NOT_OURS = {"build", "node_modules", ".git"}


@dataclass
class Block:
    """A fenced block: its lines are `lines[first:last]` of the page, the fences outside."""

    first: int
    last: int
    language: str
    mark: re.Match | None


def blocks_of(lines: list[str]) -> list[Block]:
    blocks, opened, mark = [], None, None
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if opened:
            if line.startswith(opened[1]) and line.strip() == opened[1]:
                blocks.append(Block(opened[0], number, opened[2], opened[3]))
                opened = mark = None
        elif fence:
            opened = (number + 1, fence["fence"], fence["language"], mark)
        elif line.strip():
            mark = MARK.match(line.strip())
    return blocks


def region(source: Path, tag: str | None) -> list[str]:
    """The quoted lines; ValueError says what is missing."""
    lines = source.read_text(encoding="utf-8").splitlines()
    if tag:
        opening = [i for i, line in enumerate(lines) if TAG_LINE.match(line) and f"[{tag}]" in line]
        closing = [i for i, line in enumerate(lines) if TAG_LINE.match(line) and f"[/{tag}]" in line]
        if len(opening) != 1 or len(closing) != 1 or closing[0] < opening[0]:
            raise ValueError(f"{source} has no single region [{tag}] ... [/{tag}]")
        lines = lines[opening[0] + 1 : closing[0]]
    kept = [line for line in lines if not TAG_LINE.match(line)]
    return textwrap.dedent("\n".join(kept)).strip("\n").splitlines()


def slug(heading: str) -> str:
    """The fragment that a heading gets on the usual forges."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def prose_of(lines: list[str]) -> list[tuple[int, str]]:
    inside = {n for block in blocks_of(lines) for n in range(block.first - 1, block.last + 1)}
    return [(n, re.sub(r"`[^`]*`", "", line)) for n, line in enumerate(lines) if n not in inside]


def fragments_of(page: Path) -> set[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    inside = {n for block in blocks_of(lines) for n in range(block.first - 1, block.last + 1)}
    headings = (HEADING.match(line) for n, line in enumerate(lines) if n not in inside)
    return {slug(match["text"]) for match in headings if match}


def check_links(page: Path, lines: list[str]) -> list[str]:
    problems = []
    for number, line in prose_of(lines):
        for link in LINK.finditer(line):
            target, _, fragment = link["target"].partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            goal = (page.parent / target) if target else page
            if not goal.exists():
                problems.append(f"{page}:{number + 1}: leads nowhere: {link['target']}")
            elif fragment and goal.suffix == ".md" and fragment not in fragments_of(goal):
                problems.append(f"{page}:{number + 1}: {goal.name} has no heading for #{fragment}")
    return problems


def commands_of(lines: list[str]) -> list[str]:
    text = "\n".join(lines).replace("\\\n", " ")
    commands = (re.sub(r"^\$ ", "", " ".join(line.split())) for line in text.splitlines())
    return [command for command in commands if command and not command.startswith("#")]


def check_tested(root: Path, page: Path, block: Block, lines: list[str]) -> list[str]:
    script = root / block.mark["path"]
    if not script.exists():
        return [f"{page}:{block.first}: there is no {block.mark['path']}"]
    tested = " ".join(script.read_text(encoding="utf-8").replace("\\\n", " ").split())
    return [
        f"{page}:{block.first}: {block.mark['path']} does not run: {command}"
        for command in commands_of(lines[block.first : block.last])
        if command not in tested
    ]


def check_page(root: Path, page: Path, write: bool) -> list[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    problems = check_links(page, lines)
    for block in reversed(blocks_of(lines)):
        kind = block.mark["kind"] if block.mark else None
        if kind == "tested":
            problems += check_tested(root, page, block, lines)
        elif kind == "quote":
            try:
                wanted = region(root / block.mark["path"], block.mark["tag"])
            except (OSError, ValueError) as error:
                problems.append(f"{page}:{block.first}: {error}")
                continue
            if lines[block.first : block.last] == wanted:
                continue
            if write:
                lines[block.first : block.last] = wanted
            else:
                problems.append(f"{page}:{block.first}: differs from {block.mark[0]}: run tools/check_docs.py --write")
        elif block.language in ("sh", "bash", "console") and page == root / "README.md":
            problems.append(f"{page}:{block.first}: these commands are not marked as tested")
    if write:
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return problems


def pages_of(root: Path) -> list[Path]:
    found = root.rglob("*.md")
    return sorted(page for page in found if not NOT_OURS.intersection(page.relative_to(root).parts))


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks the quotes, commands and links of the documentation.")
    parser.add_argument("--write", action="store_true", help="update the quotes")
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent)
    arguments = parser.parse_args()
    pages = pages_of(arguments.root)
    problems = [problem for page in pages for problem in check_page(arguments.root, page, arguments.write)]
    print("\n".join(problems) if problems else f"{len(pages)} pages are true")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
