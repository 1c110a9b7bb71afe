"""Builds worlds for the search path's differential test: real environments with real files in them.

A world is a folder with a copied installation, virtual environments of several kinds, scripts,
links, archives, homes, and `.pth` files of every sort, drawn from a seed. `search_path.py` draws
invocations from it.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field

from tests.conformance import search_path_sites as sites

MARK = "sys-path-is:"
PROGRAM = f"import sys; sys.stdout.write({MARK!r} + ascii(sys.path) + {MARK!r})\n"


@dataclass
class World:
    """A folder full of files, and what may be drawn from it."""

    root: str
    python: str
    version: tuple[int, int]
    debian: bool
    pick: random.Random
    pythons: list[str] = field(default_factory=list)
    lines: dict[str, set[tuple[str, str, int]]] = field(default_factory=dict)

    def at(self, *parts: str) -> str:
        """Return a path in the world."""
        return os.path.join(self.root, *parts)

    def write(self, path: str, text: str | bytes = "") -> str:
        """Write a file of the world; return its path."""
        path = self.at(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
        return path

    def directory(self, path: str) -> str:
        """Make a directory of the world; return its path."""
        os.makedirs(self.at(path), exist_ok=True)
        return self.at(path)

    def link(self, path: str, target: str) -> None:
        """Make a symbolic link with this text."""
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)
        os.symlink(target, self.at(path))

    @property
    def folder(self) -> str:
        """The name of the version's folder below `lib`."""
        return "python{}.{}".format(*self.version)


def build(root: str, python: str, version: tuple[int, int], debian: bool, seed: int) -> World:
    """Build a world for an interpreter.

    Args:
        root: An empty folder; its path must be free of links.
        python: The base interpreter.
        version: Its major and minor version.
        debian: Whether it carries Debian's patch.
        seed: What the drawing starts from.
    """
    world = World(root, python, version, debian, random.Random(seed))
    _programs(world)
    _libraries(world)
    _homes(world)
    base = _installation(world)
    world.pythons = [python, python, base, *_environments(world, base)]
    for directory in _site_directories(world, base):
        sites.fill(world, directory)
    _archives(world)
    return world


def _programs(world: World) -> None:
    for path in (
        "work/main.py",
        "work/pkg/__main__.py",
        "work/pkg/inner.py",
        "work/mod.py",
        "work/sp ace/x.py",
    ):
        world.write(path, PROGRAM)
    for path in (
        "work/noext",
        "dash/-",
        "dash/-c",
        "work/app/__main__.py",
        "work/café/s.py",
        "work/deep/er/s.py",
    ):
        world.write(path, PROGRAM)
    world.write("work/pkg/__init__.py")
    world.write("work/broken/notmain.py")
    world.link("bin/tool", "../work/main.py")
    world.link("bin/chain", "tool")
    world.link("bin/absolute", world.at("work/deep/er/s.py"))
    world.link("bin/dangling", "../nowhere.py")
    world.link("linked", "work")
    world.link("work/applink", "app")
    world.link("work/deep/up", "..")
    world.directory("empty")


def _archives(world: World) -> None:
    archive = world.at("work/app.zip")
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("__main__.py", PROGRAM)
        opened.writestr("inner/__main__.py", PROGRAM)
        opened.writestr("inzip.py", PROGRAM)
    with open(archive, "rb") as file:
        content = file.read()
    world.write("work/app.pyz", b"#!/usr/bin/env python3\n" + content)
    world.write("work/script.py", PROGRAM.encode() + content)
    world.link("bin/app", "../work/app.pyz")
    world.write("lib1/lib.zip", content)
    world.write("work/nozip.zip", PROGRAM)


def _libraries(world: World) -> None:
    for name in ("lib1", "lib2", "lib1/sub", "~/lib", "a;b", "work/rel", "work/~"):
        world.directory(name)
    world.write("lib1/a.pth", world.at("lib2") + "\n")
    world.write("lib2/onlib.py", PROGRAM)
    world.link("liblink", "lib1")
    added = world.directory("custom-added")
    world.lines[added] = {("sitecustomize", "", 0), ("usercustomize", "", 0)}
    world.write("cust1/sitecustomize.py", f"import sys\nsys.path.append({added!r})\n")
    world.write(
        "cust2/sitecustomize.py", f"import sys\nsys.path.insert(0, {added!r})\nraise ValueError('no')\n"
    )
    world.write(
        "cust3/usercustomize.py", f"import sys\nif {added!r} not in sys.path:\n    sys.path += [{added!r}]\n"
    )
    world.write("cust4/sitecustomize/__init__.py", "import missing_module\n")
    world.write("cust5/sitecustomize.py", "raise SystemExit(3)\n")


def _homes(world: World) -> None:
    world.directory(f"home1/.local/lib/{world.folder}/site-packages")
    world.directory("home2")
    world.directory(f"work/base/lib/{world.folder}/site-packages")
    world.directory(f"userbase/lib/{world.folder}/site-packages")


def _installation(world: World) -> str:
    """Copy the interpreter and link its library, so that its site directories are ours to fill."""
    stdlib = _stdlib(world.python)
    own = world.directory(f"opt/lib/{world.folder}")
    for name in os.listdir(stdlib):
        if name not in ("site-packages", "dist-packages", "sitecustomize.py", "__pycache__"):
            os.symlink(os.path.join(stdlib, name), os.path.join(own, name))
    executable = world.at("opt/bin", world.folder)
    os.makedirs(os.path.dirname(executable))
    shutil.copy(os.path.realpath(world.python), executable)
    return executable


def _stdlib(python: str) -> str:
    return subprocess.run(
        [python, "-I", "-S", "-c", "import sys; print(sys._stdlib_dir)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def _environments(world: World, base: str) -> list[str]:
    plain = _venv(world, "venv", world.python)
    system = _venv(world, ".venv-system", base, "--system-site-packages")
    copied = _venv(world, "copied", base, "--copies")
    nested = _venv(world, "nested", system, "--system-site-packages")
    odd = _venv(world, "odd", base)
    _spoil(world, odd)
    world.link("venvlink", "venv")
    through = world.at("venvlink/bin/python")
    world.link("bin/py", plain)
    return [plain, system, copied, nested, odd, through, world.at("bin/py"), *_ruled(world, base)]


def _venv(world: World, name: str, python: str, *options: str) -> str:
    """Make a virtual environment as `python -m venv` would, with the module itself."""
    where = world.at(name)
    subprocess.run(
        [python, "-I", "-m", "venv", "--without-pip", *options, where], check=True, capture_output=True
    )
    return os.path.join(where, "bin", "python")


def _spoil(world: World, python: str) -> None:
    """Write a pyvenv.cfg as people and tools write it, right and wrong."""
    file = os.path.join(os.path.dirname(os.path.dirname(python)), "pyvenv.cfg")
    with open(file) as opened:
        home = opened.readline()
    said = world.pick.choice(
        [
            "",
            "include-system-site-packages = TRUE\n",
            "include-system-site-packages = yes\n",
            "Include-System-Site-Packages=true\n",
            "include-system-site-packages = false\ninclude-system-site-packages = true\n",
            'include-system-site-packages = "true"\n',
            "# include-system-site-packages = false\n",
            "include-system-site-packages = true # x\n",
        ]
    )
    with open(file, "w") as opened:
        opened.write(home + said)
    if world.pick.random() < 0.3:
        os.replace(file, os.path.join(os.path.dirname(python), "pyvenv.cfg"))


def _ruled(world: World, base: str) -> list[str]:
    """Copy the interpreter to where a `._pth` file rules it."""
    stdlib = _stdlib(world.python)
    found = []
    for name, ending in (("ruled", ""), ("ruled-site", "import site\n")):
        executable = world.at(name, "python")
        os.makedirs(os.path.dirname(executable))
        shutil.copy(base, executable)
        world.directory(f"{name}/lib/{world.folder}/site-packages")
        lines = [
            "# a comment",
            stdlib,
            f"{stdlib}/lib-dynload",
            ".",
            "missing # here",
            "missing",
            "../lib1",
            "",
        ]
        world.pick.shuffle(lines)
        world.write(f"{name}/python._pth", "\n".join(lines) + "\nimport os\n" + ending)
        found.append(executable)
    return found


def _site_directories(world: World, base: str) -> list[str]:
    folder = world.folder
    found = [
        f"home1/.local/lib/{folder}/site-packages",
        f"userbase/lib/{folder}/site-packages",
        f"work/base/lib/{folder}/site-packages",
        *(
            f"{name}/lib/{folder}/site-packages"
            for name in ("venv", ".venv-system", "copied", "nested", "odd")
        ),
        f"ruled-site/lib/{folder}/site-packages",
        f"opt/lib/{folder}/site-packages",
    ]
    if world.debian:
        found += [
            f"opt/local/lib/{folder}/dist-packages",
            "opt/lib/python3/dist-packages",
            f"opt/lib/{folder}/dist-packages",
            f"venv/local/lib/{folder}/dist-packages",
        ]
    for path in found:
        world.directory(path)
    return [path for path in found if world.pick.random() < 0.9]
