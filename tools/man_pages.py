"""Writes the manual pages of the program: man_pages.py CARDEA FOLDER makes cardea.1.gz and cardea.toml.5.gz.

Commands and options come from the program's own help, so that pages and program cannot differ.
"""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

DESCRIPTION_COLUMN = 30  # of the help
SECTION = re.compile(r"(?P<name>[A-Z][a-z]+):\s*")
OPTION = re.compile(r"## (?P<key>\w+)\n\n(?P<text>.+)\n\n(?:\|.*\n){2}(?P<row>\|.*)")

PROGRAM = """.TH CARDEA 1 "" "{version}"
.SH NAME
cardea \\- login, tokens, roles and permissions: the server and its administration
.SH SYNOPSIS
.B cardea
.RI [ options ]
.I command
.RI [ arguments ]
.SH DESCRIPTION
.B cardea serve
is the server. The other commands work on the same database, also while the server runs, and what they change counts
there at once. Options may stand before or after the words of a command.
"""

PROGRAM_END = """.SH EXIT STATUS
.TP
0
Done.
.TP
1
Refused, or not found.
.TP
2
Wrong usage.
.SH FILES
.TP
.I /etc/cardea/cardea.toml
The configuration of the Debian package's server; commands read it with \\-\\-config.
.TP
.I /var/lib/cardea
Its database and its master key.
.SH SEE ALSO
.BR cardea.toml (5)
"""

FILE = """.TH CARDEA.TOML 5 "" "{version}"
.SH NAME
cardea.toml \\- configuration of cardea
.SH SYNOPSIS
.B cardea \\-\\-config
.I FILE
.I command
.SH DESCRIPTION
A TOML file: a key and its value on each line. A flag wins over an environment variable, which wins over the file.
.B cardea config
prints the result and where each value came from. A file that holds a secret must be readable by its owner only.
.SH OPTIONS
"""

FILE_END = """.SH SEE ALSO
.BR cardea (1)
"""


def roff(text: str) -> str:
    """Text as the formatter shows it: as it is written here."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "").replace("…", "...")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


def entry(term: str, text: str) -> str:
    return f".TP\n.B {roff(term)}\n{roff(text)}\n"


def help_sections(text: str) -> dict[str, list[tuple[str, str]]]:
    """The sections of a help text, each with its terms and their descriptions."""
    sections: dict[str, list[tuple[str, str]]] = {}
    rows: list[tuple[str, str]] = []
    for line in text.splitlines():
        if heading := SECTION.fullmatch(line):
            rows = sections.setdefault(heading["name"], [])
        elif line.startswith(" " * DESCRIPTION_COLUMN):
            term, description = rows.pop()
            rows.append((term, f"{description} {line.strip()}".strip()))
        elif line.startswith("  "):
            long_term = len(line) > DESCRIPTION_COLUMN and line[DESCRIPTION_COLUMN - 1] != " "
            column = len(line) if long_term else DESCRIPTION_COLUMN
            rows.append((line[:column].strip(), line[column:].strip()))
    return sections


def commands_of(program: str, *words: str) -> Iterator[tuple[tuple[str, ...], dict]]:
    """Every command that does something, with the sections of its help."""
    run = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True)
    sections = help_sections(run.stdout)
    if "Subcommands" not in sections:
        yield words, sections | {"About": [("", run.stdout.split("\n", 1)[0])]}
    for name, _ in sections.get("Subcommands", []):
        yield from commands_of(program, *words, name)


def command_page(program: str, version: str) -> str:
    page = PROGRAM.format(version=version) + ".SH COMMANDS\n"
    for words, sections in commands_of(program):
        arguments = sections.get("Positionals", [])
        options = [row for row in sections.get("Options", []) if "--help" not in row[0]]
        names = [term.split(" ", 1)[0].upper() for term, _ in arguments]
        page += f".SS {roff(' '.join(['cardea', *words, *names]))}\n{roff(sections['About'][0][1])}\n"
        page += "".join(entry(term, text) for term, text in arguments + options)
    page += ".SH OPTIONS\nThese every command has; what they do is in\n.BR cardea.toml (5).\n"
    overview = help_sections(subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout)
    everywhere = [term for term, _ in overview["Options"] + overview["Configuration"]]
    return page + "".join(f".TP\n.PD 0\n.B {roff(term)}\n" for term in everywhere) + ".PD\n" + PROGRAM_END


def file_page(program: str, version: str) -> str:
    page = FILE.format(version=version)
    markdown = subprocess.run([program, "config", "--markdown"], capture_output=True, text=True, check=True).stdout
    for option in OPTION.finditer(markdown):
        flag, environment, key, default = (cell.strip() for cell in option["row"].strip("| ").split(" | "))
        if key != "none":
            places = f"Flag: {flag}. Environment: {environment}. Default: {default}."
            page += entry(option["key"], option["text"]) + f".br\n{roff(places)}\n"
    return page + FILE_END


def main() -> int:
    program, folder = sys.argv[1:]
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.strip()
    for name, page in (("cardea.1", command_page(program, version)), ("cardea.toml.5", file_page(program, version))):
        Path(folder, f"{name}.gz").write_bytes(gzip.compress(page.encode(), mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
