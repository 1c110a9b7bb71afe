"""Makes the real environments of the twin test: packages from a list, and editable installs of each kind.

A virtual environment is made once per interpreter in a cache folder and used again. What a build
backend does for an editable install is the subject, so the backends themselves do it; a kind whose
backend cannot be had is named, not passed over in silence.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

BACKENDS = (
    "setuptools",
    "wheel",
    "hatchling",
    "editables",
    "meson-python",
    "meson",
    "ninja",
    "scikit-build-core",
)

# name -> (kind in words, files of the project, pip options)
_SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
EDITABLES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "ed_hatchling": (
        "hatchling: a .pth with the source directory",
        {
            "pyproject.toml": """
                [build-system]
                requires = ["hatchling"]
                build-backend = "hatchling.build"
                [project]
                name = "ed_hatchling"
                version = "1"
                """,
            "src/ed_hatchling/__init__.py": "",
            "src/ed_hatchling/inner/__init__.py": "",
            "src/ed_hatchling/inner/leaf.py": "",
        },
        (),
    ),
    "ed_static": (
        "setuptools: a static __editable__ .pth",
        {
            "pyproject.toml": _SETUPTOOLS
            + """
                [project]
                name = "ed_static"
                version = "1"
                [tool.setuptools.packages.find]
                where = ["src"]
                """,
            "src/ed_static/__init__.py": "",
            "src/ed_static/leaf.py": "",
        },
        (),
    ),
    "ed_finder": (
        "setuptools: a finder with a mapping, for package_dir and a flat layout",
        {
            "pyproject.toml": _SETUPTOOLS
            + """
                [project]
                name = "ed_finder"
                version = "1"
                [tool.setuptools]
                packages = ["ed_finder", "ed_finder.moved"]
                py-modules = ["ed_finder_single"]
                [tool.setuptools.package-dir]
                "ed_finder.moved" = "elsewhere"
                """,
            "ed_finder/__init__.py": "",
            "ed_finder/leaf.py": "",
            "elsewhere/__init__.py": "",
            "elsewhere/leaf.py": "",
            "ed_finder_single.py": "",
            "notpackaged/other.py": "",
        },
        (),
    ),
    "ed_finder_ns": (
        "setuptools: a finder with a namespace package and its path hook",
        {
            "pyproject.toml": _SETUPTOOLS
            + """
                [project]
                name = "ed_finder_ns"
                version = "1"
                [tool.setuptools]
                packages = ["ed_space.one", "ed_space.one.deep"]
                [tool.setuptools.package-dir]
                "ed_space.one" = "one"
                """,
            "one/__init__.py": "",
            "one/leaf.py": "",
            "one/deep/__init__.py": "",
            "one/deep/leaf.py": "",
        },
        (),
    ),
    "ed_strict": (
        "setuptools, strict: a tree of links",
        {
            "pyproject.toml": _SETUPTOOLS
            + """
                [project]
                name = "ed_strict"
                version = "1"
                [tool.setuptools.packages.find]
                where = ["src"]
                """,
            "src/ed_strict/__init__.py": "",
            "src/ed_strict/leaf.py": "",
            "src/ed_space/two/leaf.py": "",
        },
        ("--config-settings", "editable_mode=strict"),
    ),
    "ed_compat": (
        "setuptools, compat: as setup.py develop did",
        {
            "pyproject.toml": _SETUPTOOLS
            + """
                [project]
                name = "ed_compat"
                version = "1"
                [tool.setuptools]
                packages = ["ed_compat"]
                """,
            "ed_compat/__init__.py": "",
            "ed_compat/leaf.py": "",
        },
        ("--config-settings", "editable_mode=compat"),
    ),
    "ed_meson": (
        "meson-python: a finder that knows the build tree",
        {
            "pyproject.toml": """
                [build-system]
                requires = ["meson-python"]
                build-backend = "mesonpy"
                [project]
                name = "ed_meson"
                version = "1"
                """,
            "meson.build": """
                project('ed_meson', version: '1')
                py = import('python').find_installation(pure: true)
                py.install_sources('ed_meson/__init__.py', 'ed_meson/leaf.py', subdir: 'ed_meson')
                py.install_sources('ed_meson/deep/leaf.py', subdir: 'ed_meson/deep')
                """,
            "ed_meson/__init__.py": "",
            "ed_meson/leaf.py": "",
            "ed_meson/deep/leaf.py": "",
        },
        (),
    ),
    "ed_scikit": (
        "scikit-build-core: a finder with known files",
        {
            "pyproject.toml": """
                [build-system]
                requires = ["scikit-build-core"]
                build-backend = "scikit_build_core.build"
                [project]
                name = "ed_scikit"
                version = "1"
                [tool.scikit-build]
                wheel.cmake = false
                wheel.packages = ["src/ed_scikit"]
                """,
            "src/ed_scikit/__init__.py": "",
            "src/ed_scikit/leaf.py": "",
            "src/ed_scikit/deep/leaf.py": "",
        },
        (),
    ),
}


def write_tree(root: Path, files: dict[str, str]) -> None:
    """Write files, with their directories."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(textwrap.dedent(part) for part in _parts(text)), encoding="utf-8")


def _parts(text: str) -> list[str]:
    # The build-system table is written flush left, what follows it is indented with the code here.
    cut = text.find("\n    ")
    return [text] if cut < 0 else [text[: cut + 1], text[cut + 1 :]]


def requirements(listed: Path, *, pinned: bool) -> list[str]:
    """Read the list of packages: one requirement a line, what follows the colon is for people."""
    found = []
    for line in listed.read_text(encoding="utf-8").splitlines():
        requirement = line.split("#")[0].split(":")[0].strip()
        if requirement:
            found.append(requirement if pinned else requirement.split("==")[0])
    return found


def _pip(python: Path, *arguments: str) -> str:
    """Run pip; give its complaint, or nothing if it worked."""
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "-q", *arguments],
        capture_output=True,
        text=True,
        check=False,
        # A build backend looks for its tools (meson, ninja) on PATH.
        env={**os.environ, "PATH": os.pathsep.join((str(python.parent), os.environ.get("PATH", "")))},
    )
    return (done.stderr.strip() or f"status {done.returncode}") if done.returncode else ""


def make(executable: str, version: str, listed: Path | None, cache: Path) -> tuple[Path, list[str]]:
    """Make the environment for one interpreter, or find it made.

    Returns:
        Its interpreter, and what could not be installed.
    """
    home = cache / f"env-{version}"
    python = home / "bin" / "python"
    notes = home / "not-installed.txt"
    if notes.exists():
        return python, notes.read_text(encoding="utf-8").splitlines()
    subprocess.run([executable, "-m", "venv", "--clear", str(home)], check=True)
    missing: list[str] = []
    wanted = list(BACKENDS)
    if listed is not None:
        wanted += requirements(listed, pinned=version == "3.11")
    # One by one where all at once fails: a package without a wheel for this version costs only itself.
    if _pip(python, "--prefer-binary", *wanted):
        missing += [
            f"{one}: {error.splitlines()[-1]}"
            for one in wanted
            if (error := _pip(python, "--prefer-binary", one))
        ]
    for name, (kind, files, options) in EDITABLES.items():
        project = home / "projects" / name
        write_tree(project, files)
        error = _pip(python, "--no-build-isolation", "--no-deps", *options, "-e", str(project))
        if error:
            missing.append(f"{name} ({kind}): {error.splitlines()[-1]}")
    _old_styles(home, python)
    notes.write_text("\n".join(missing), encoding="utf-8")
    return python, missing


def _old_styles(home: Path, python: Path) -> None:
    """Lay out by hand what no present tool writes: egg links, nspkg.pth files, eggs on the path."""
    told = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    site = Path(told.stdout.strip())
    linked = home / "projects" / "ed_egglink"
    write_tree(linked, {"ed_egglink/__init__.py": "", "ed_egglink/leaf.py": "", "ed_egglink_single.py": ""})
    egg = site / "ed_egg-1-py3.egg"
    write_tree(egg, {"ed_egg/__init__.py": "", "ed_egg/leaf.py": ""})
    (site / "ed_egglink.egg-link").write_text(f"{linked}\n.", encoding="utf-8")
    lines = [
        "import sys; sys.__plen = len(sys.path)",
        str(linked),
        f"./{egg.name}",
        "import sys; new = sys.path[sys.__plen:]; del sys.path[sys.__plen:]; sys.path.extend(new)",
    ]
    (site / "easy-install.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    # What setuptools wrote for namespace_packages: a module made at start-up, its file never run.
    write_tree(site, {"ed_nspkg/portion/__init__.py": "", "ed_nspkg/portion/leaf.py": ""})
    (site / "ed_nspkg-1-nspkg.pth").write_text(
        "import sys, types, os; p = os.path.join(sys._getframe(1).f_locals['sitedir'], 'ed_nspkg'); "
        "m = sys.modules.setdefault('ed_nspkg', types.ModuleType('ed_nspkg')); "
        "mp = m.__dict__.setdefault('__path__', []); (p not in mp) and mp.append(p)\n",
        encoding="utf-8",
    )
    # The two styles of before PEP 420, with a portion in the environment and one on a path of its own.
    other = home / "projects" / "ed_portions"
    pkgutil_style = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
    write_tree(site, {"ed_pkgutil/__init__.py": pkgutil_style, "ed_pkgutil/here.py": ""})
    write_tree(other, {"ed_pkgutil/__init__.py": pkgutil_style, "ed_pkgutil/there.py": ""})
    (site / "ed_portions.pth").write_text(f"{other}\n", encoding="utf-8")


if __name__ == "__main__":
    for line in make(sys.executable, "{}.{}".format(*sys.version_info[:2]), None, Path(sys.argv[1]))[1]:
        print(line)
