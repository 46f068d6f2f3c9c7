#!/usr/bin/python3
"""What `cmake --install` gives, used from outside: by CMake and by pkg-config, after the whole prefix has moved."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from harness.http import ask, log_in  # noqa: E402
from harness.server import Server, clean_environment, executable, free_port  # noqa: E402

BUILD = pathlib.Path(executable()).parents[1]
LIBRARIES = ("cardea-core", "cardea-sql", "cardea-web", "cardea-service")


def setUpModule():
    """Installs once for all tests, and moves the prefix before anyone uses it."""
    global FOLDER, PREFIX, PKG_CONFIG_PATH
    FOLDER = pathlib.Path(unittest.enterModuleContext(tempfile.TemporaryDirectory(prefix="cardea-install-")))
    subprocess.run(["cmake", "--install", BUILD, "--prefix", FOLDER / "first"], check=True, capture_output=True)
    PREFIX = (FOLDER / "first").rename(FOLDER / "moved")
    PKG_CONFIG_PATH = next(PREFIX.glob("**/cardea-core.pc")).parent


class Installed(unittest.TestCase):
    def run_command(self, *command) -> subprocess.CompletedProcess:
        environment = clean_environment(FOLDER, PKG_CONFIG_PATH=str(PKG_CONFIG_PATH))
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)

    def output_of(self, *command) -> str:
        done = self.run_command(*command)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def flags(self, *options: str) -> list[str]:
        return self.output_of("pkg-config", *options).split()

    def build(self, project: pathlib.Path, *options: str) -> pathlib.Path:
        """The folder in which CMake has built the project."""
        folder = project / "build"
        self.output_of("cmake", "-S", project, "-B", folder, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={PREFIX}", *options)
        self.output_of("cmake", "--build", folder)
        return folder

    def copy_of(self, project: str) -> pathlib.Path:
        return pathlib.Path(shutil.copytree(HERE / project, FOLDER / self.id() / project))

    def not_found(self, request: str) -> str:
        """What CMake says to a find_package that cannot succeed."""
        script = FOLDER / "request.cmake"
        script.write_text(f"set(CMAKE_PREFIX_PATH {PREFIX})\nfind_package(cardea {request})\n")
        done = self.run_command("cmake", "-P", script)
        self.assertNotEqual(done.returncode, 0)
        return " ".join(done.stderr.split())


class Services(Installed):
    def test_the_tutorials_program_is_built_by_cmake_and_serves(self):
        project = self.copy_of("service")
        shutil.copy(PROJECT / "examples" / "01_tutorial" / "main.cpp", project)
        built = self.build(project)
        self.assert_serves(built / "consumer")

        objects = built.glob("**/main.cpp.o")
        linked = built / "linked_by_pkg_config"
        self.output_of("c++", *objects, "-o", linked, *self.flags("--libs", "cardea-service"))
        self.assert_serves(linked)

    def assert_serves(self, program: pathlib.Path) -> None:
        port = free_port()
        command = [str(program), "--demo", "--listen", f"127.0.0.1:{port}", "--database", "sqlite::memory:"]
        with Server(command, port, FOLDER):
            token = log_in(port, "alice", "alicepw")
            answer = ask(port, "GET", "/me", {"Authorization": f"Bearer {token}"})
            self.assertEqual((answer.status, answer.json()["username"]), (200, "alice"))


class Cores(Installed):
    def test_core_needs_nothing_of_what_the_other_components_need(self):
        others = ("SOCI", "CURL", "spdlog", "tomlplusplus", "Threads")
        built = self.build(self.copy_of("core"), *(f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in others))
        self.assertEqual(self.output_of(built / "greeter"), "alice\n")

    def test_pkg_config_alone_is_enough(self):
        program = FOLDER / "greeter"
        source = self.copy_of("core") / "main.cpp"
        self.output_of("c++", "-std=c++23", source, "-o", program, *self.flags("--cflags", "--libs", "cardea-core"))
        self.assertEqual(self.output_of(program), "alice\n")


class Requests(Installed):
    def test_a_component_that_there_is_not_is_named(self):
        said = self.not_found("REQUIRED COMPONENTS soap")
        self.assertIn("cardea has no component soap: there are core, sql, web and service.", said)

    def test_the_next_minor_version_is_another_interface(self):
        self.assertIn("compatible with requested version", self.not_found("0.99 REQUIRED"))

    def test_no_file_knows_where_it_was_built_or_first_installed(self):
        for file in (*PREFIX.glob("**/*.cmake"), *PREFIX.glob("**/*.pc")):
            text = file.read_text()
            for path in (PROJECT, BUILD, FOLDER):
                self.assertNotIn(str(path), text, file)

    def test_each_library_has_the_projects_version(self):
        versions = {self.output_of("pkg-config", "--modversion", library) for library in LIBRARIES}
        self.assertEqual(versions, {self.output_of(PREFIX / "bin" / "cardea", "version").split()[-1] + "\n"})


if __name__ == "__main__":
    unittest.main()
