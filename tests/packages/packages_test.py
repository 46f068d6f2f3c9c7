#!/usr/bin/python3
"""The Debian packages as `cpack` makes them: what is in them, and that what is in them works. Unpacked, not installed:
that takes root, and is tests/packages/bare_debian.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.http import ask  # noqa: E402
from harness.server import Server, clean_environment, executable, free_port  # noqa: E402

BUILD = pathlib.Path(executable()).parents[1]
PROGRAM_FILES = {
    "/etc/cardea/cardea.toml",
    "/usr/bin/cardea",
    "/usr/lib/systemd/system/cardea.service",
    "/usr/lib/systemd/system/cardea.socket",
    "/usr/lib/sysusers.d/cardea.conf",
    "/usr/share/bash-completion/completions/cardea",
    "/usr/share/doc/cardea/changelog.Debian.gz",
    "/usr/share/doc/cardea/changelog.gz",
    "/usr/share/doc/cardea/copyright",
    "/usr/share/doc/cardea/examples/cardea-alerts.yml",
    "/usr/share/doc/cardea/examples/cardea-dashboard.json",
    "/usr/share/doc/cardea/examples/prometheus.yml",
    "/usr/share/man/man1/cardea.1.gz",
    "/usr/share/man/man5/cardea.toml.5.gz",
}
LAYERS = ("core", "sql", "web", "service")


def setUpModule():
    global FOLDER, PROGRAM, LIBRARY
    FOLDER = pathlib.Path(unittest.enterModuleContext(tempfile.TemporaryDirectory(prefix="cardea-packages-")))
    # A fast compression: what is looked at is what is inside.
    options = ["-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"]
    subprocess.run(["cpack", *options, "-B", FOLDER], check=True, capture_output=True, timeout=120)
    PROGRAM = next(FOLDER.glob("cardea_*.deb"))
    LIBRARY = next(FOLDER.glob("libcardea-dev_*.deb"))
    for package in (PROGRAM, LIBRARY):
        subprocess.run(["dpkg-deb", "--raw-extract", package, root_of(package)], check=True)


def root_of(package: pathlib.Path) -> pathlib.Path:
    return FOLDER / package.name.partition("_")[0]


def files_of(package: pathlib.Path) -> set[str]:
    root = root_of(package)
    files = {f"/{path.relative_to(root)}" for path in root.rglob("*") if not path.is_dir()}
    return {name for name in files if not name.startswith("/DEBIAN/")}


def output_of(*command) -> str:
    """What a command prints that has to succeed."""
    run = subprocess.run(command, capture_output=True, text=True, env=clean_environment(FOLDER))
    if run.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return run.stdout


def field(package: pathlib.Path, name: str) -> str:
    return output_of("dpkg-deb", "-f", package, name).strip()


class Program(unittest.TestCase):
    def test_has_the_server_and_what_an_administrator_expects_with_it(self):
        self.assertEqual(files_of(PROGRAM), PROGRAM_FILES)

    def test_depends_on_the_libraries_that_it_loads_and_on_what_makes_its_account(self):
        depends = field(PROGRAM, "Depends")
        for package in ("libc6", "libsodium23", "libsoci-core", "libpq5"):
            self.assertRegex(depends, rf"\b{package}")
        self.assertIn("systemd | systemd-standalone-sysusers", depends)

    def test_leaves_the_configuration_to_the_administrator(self):
        self.assertEqual((root_of(PROGRAM) / "DEBIAN" / "conffiles").read_text(), "/etc/cardea/cardea.toml\n")

    def test_every_line_of_the_configuration_is_accepted_and_so_is_every_example_in_it(self):
        lines = (root_of(PROGRAM) / "etc" / "cardea" / "cardea.toml").read_text().splitlines()
        examples = [line.removeprefix("#") for line in lines if re.match(r"#?\w+ = ", line)]
        self.assertGreater(len(examples), 5)
        for example in examples:
            file = FOLDER / "example.toml"
            file.write_text(example + "\n")
            self.assertIn("file", self.settings_by(file), example)

    def settings_by(self, file: pathlib.Path) -> str:
        return output_of(root_of(PROGRAM) / "usr" / "bin" / "cardea", "--config", file, "config")

    def test_the_units_command_starts_the_server(self):
        unit = (root_of(PROGRAM) / "usr/lib/systemd/system/cardea.service").read_text()
        start = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1]
        port = free_port()
        here = [str(root_of(PROGRAM)) + word if word.startswith("/") else word for word in shlex.split(start)]
        options = ["--listen", f"127.0.0.1:{port}", "--database", f"sqlite:{FOLDER}/cardea.db"]
        with Server([*here, *options], port, FOLDER):
            self.assertEqual(ask(port, "GET", "/healthz").status, 200)

    def test_the_unit_is_in_order_and_leaves_the_server_little_but_the_network(self):
        unit = FOLDER / "cardea.service"
        text = (root_of(PROGRAM) / "usr/lib/systemd/system/cardea.service").read_text()
        unit.write_text(text.replace("=/usr/bin/", f"={root_of(PROGRAM)}/usr/bin/"))
        output_of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit)
        # Of 100 points of exposure; without a sandbox it would be 96.
        output_of("systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", unit)
        for setting in ("LimitCORE=0", "SystemCallFilter=@system-service", "NoNewPrivileges=yes", "ProtectSystem=strict"):
            self.assertIn(setting, text.splitlines())

    def test_is_as_debian_wants_its_packages(self):
        output_of("lintian", "--allow-root", "--fail-on", "error,warning", PROGRAM)

    def test_the_manual_has_every_command_and_every_option_and_no_mistake_of_form(self):
        commands, options = self.manual("man1/cardea.1.gz"), self.manual("man5/cardea.toml.5.gz")
        for words in ("cardea serve", "cardea user add NAME", "cardea audit verify", "--no-password"):
            self.assertIn(words, commands)
        for key in self.settings_by(root_of(PROGRAM) / "etc/cardea/cardea.toml").split("\n")[1:-1]:
            name = key.split()[0]
            if not name.startswith("demo"):
                self.assertIn(name, options)

    def manual(self, name: str) -> str:
        page = root_of(PROGRAM) / "usr/share/man" / name
        environment = clean_environment(FOLDER, MANWIDTH="1000", MANROFFOPT="-c", MAN_KEEP_FORMATTING="")
        command = ["man", "--warnings", "-P", "cat", "-l", page]
        run = subprocess.run(command, capture_output=True, text=True, env=environment)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout.replace("\N{HYPHEN}", "-")


class Library(unittest.TestCase):
    def test_has_each_library_for_cmake_and_for_pkg_config(self):
        files = files_of(LIBRARY)
        for layer in LAYERS:
            found_by = (f"pkgconfig/cardea-{layer}.pc", f"cmake/cardea/cardea-{layer}-targets.cmake")
            for name in (f"libcardea_{layer}.a", *found_by):
                self.assertIn(f"/usr/lib/{name}", files)
        self.assertIn("/usr/include/cardea/core/base/result.hpp", files)

    def test_has_no_program_and_no_header_that_is_not_public(self):
        outside = re.compile(r"/usr/(include/cardea/(core|sql|web|service)|lib|share/(doc/libcardea-dev|lintian/overrides))/")
        self.assertEqual([name for name in files_of(LIBRARY) if not outside.match(name)], [])

    def test_depends_on_what_linking_takes(self):
        packages = {name.split(" ")[0] for name in field(LIBRARY, "Depends").split(", ")}
        self.assertLessEqual({"libsodium-dev", "libsoci-dev", "libzxcvbn-dev", "libcurl4-openssl-dev"}, packages)


class Both(unittest.TestCase):
    def test_belong_to_root_and_nobody_else_can_write(self):
        for package in (PROGRAM, LIBRARY):
            for line in output_of("dpkg-deb", "-c", package).splitlines():
                self.assertRegex(line, r"^.rw.r.[x-]r.[x-] root/root ")

    def test_are_named_alike_and_described_apart(self):
        self.assertEqual(field(PROGRAM, "Version"), field(LIBRARY, "Version"))
        self.assertRegex(field(PROGRAM, "Version"), r"^\d+\.\d+\.\d+-1~deb\d+$")
        self.assertNotEqual(field(PROGRAM, "Description"), field(LIBRARY, "Description"))


if __name__ == "__main__":
    unittest.main()
