"""Mounts that only this process and those it starts can see, and that end with it: a small disk, a folder to read only,
a file that seems empty.

By root in a mount namespace of its own; by anybody else in a user namespace, too, where that user is root.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

MARK = "CARDEA_TEST_HAS_OWN_MOUNTS"


def run_with_own_mounts() -> None:
    """Begins the program anew where it may mount; returns there. Call it first in a test that mounts."""
    if MARK in os.environ:
        return
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    os.environ[MARK] = "1"
    os.execvp("unshare", ["unshare", *as_root, "--mount", sys.executable, *sys.argv])


def _run(*command) -> None:
    subprocess.run([str(word) for word in command], check=True)


@contextlib.contextmanager
def mounted(*options, at: pathlib.Path) -> Iterator[None]:
    if not at.exists():
        at.mkdir()
    _run("mount", *options, at)
    try:
        yield
    finally:
        _run("umount", at)


@contextlib.contextmanager
def hidden(*paths: pathlib.Path) -> Iterator[None]:
    """Each is empty."""
    with contextlib.ExitStack() as mounts:
        for path in paths:
            how = ["-t", "tmpfs", "-o", "ro", "none"] if path.is_dir() else ["--bind", "/dev/null"]
            mounts.enter_context(mounted(*how, at=path))
        yield


class SmallDisk:
    """A file system of its own of a few MiB, which can be filled to the last byte and made free again."""

    def __init__(self, folder: pathlib.Path, mib: int):
        self.folder = folder
        self._mib = mib
        self._mount = mounted("-t", "tmpfs", "-o", f"size={mib}m,mode=0700", "none", at=folder)
        self._ballast = folder / "ballast"

    def __enter__(self) -> "SmallDisk":
        self._mount.__enter__()
        return self

    def __exit__(self, *error) -> None:
        self._mount.__exit__(*error)

    def fill(self) -> None:
        with open(self._ballast, "ab", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(4096)):
                pass

    def make_room(self) -> None:
        self._ballast.unlink()


@contextlib.contextmanager
def read_only(folder: pathlib.Path) -> Iterator[None]:
    """For as long as nobody has a file in it open to write."""
    with mounted("--bind", folder, at=folder):
        _run("mount", "-o", "remount,bind,ro", folder)
        yield
