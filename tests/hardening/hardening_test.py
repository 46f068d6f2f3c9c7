#!/usr/bin/python3
"""What the compiler and the linker have done to the installed program and libraries, read by binutils."""

import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.server import clean_environment, executable  # noqa: E402

BUILD = pathlib.Path(executable()).parents[1]


def output_of(*command) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, env=clean_environment(FOLDER)).stdout


def setUpModule():
    global FOLDER, PROGRAM, LIBRARIES
    FOLDER = pathlib.Path(unittest.enterModuleContext(tempfile.TemporaryDirectory(prefix="cardea-hardening-")))
    for component in ("server", "dev"):
        output_of("cmake", "--install", BUILD, "--prefix", FOLDER, "--component", component)
    PROGRAM = FOLDER / "bin" / "cardea"
    LIBRARIES = sorted(FOLDER.glob("**/libcardea_*.a"))


def objects_without_control_flow_protection(library: pathlib.Path) -> list[str]:
    """The members of a library that would keep a program from being marked for IBT and SHSTK."""
    members = re.split(r"^File: ", output_of("readelf", "--notes", "--wide", library), flags=re.MULTILINE)[1:]
    if not members:
        raise AssertionError(f"readelf lists no member of {library}")
    return [member.split("\n", 1)[0] for member in members if "x86 feature: IBT, SHSTK" not in member]


class Program(unittest.TestCase):
    def test_is_loaded_anywhere(self):
        self.assertRegex(output_of("readelf", "--file-header", PROGRAM), r"Type: +DYN ")
        self.assertIn("Requesting program interpreter", output_of("readelf", "--program-headers", PROGRAM))
        self.assertRegex(output_of("readelf", "--dynamic", PROGRAM), r"FLAGS_1\).* PIE")

    def test_binds_everything_at_its_start_and_then_writes_no_table_of_functions(self):
        self.assertIn("GNU_RELRO", output_of("readelf", "--program-headers", PROGRAM))
        self.assertRegex(output_of("readelf", "--dynamic", PROGRAM), r"FLAGS_1\).* NOW\b")

    def test_has_nothing_that_can_be_written_and_executed_the_stack_included(self):
        segments = output_of("readelf", "--program-headers", "--wide", PROGRAM)
        flags = re.findall(r"^  (\w+) +(?:0x[0-9a-f]+ +){5}([R ][W ][E ])", segments, re.MULTILINE)
        self.assertIn(("GNU_STACK", "RW "), flags)
        self.assertEqual([segment for segment, given in flags if "W" in given and "E" in given], [])

    def test_ends_when_a_buffer_has_been_overrun(self):
        imported = output_of("readelf", "--dyn-syms", "--wide", PROGRAM)
        self.assertRegex(imported, r"UND __stack_chk_fail@")
        self.assertRegex(imported, r"UND __(memcpy|memmove|memset|read|snprintf|vsnprintf|realpath|fread)_chk@")


class Libraries(unittest.TestCase):
    def test_are_all_there(self):
        names = [library.name for library in LIBRARIES]
        self.assertEqual(names, [f"libcardea_{layer}.a" for layer in ("core", "service", "sql", "web")])


# The program itself is marked only where the C library's own start files are; those of Debian 12 are not.
if platform.machine() == "x86_64":

    class ControlFlow(unittest.TestCase):
        def test_jumps_and_returns_only_to_where_it_may(self):
            for library in LIBRARIES:
                self.assertEqual(objects_without_control_flow_protection(library), [], library.name)


if __name__ == "__main__":
    unittest.main()
