"""The start of the command, for ``wherefrom`` and for ``python -m wherefrom`` alike.

Before anything else is imported, the standard library is put before everything else on the path:
with ``-m`` the current directory comes first, and a ``random.py`` or ``json.py`` in it must not break
the tool that is asked about it. The path as it was is what the answers are for. ``cli.py`` goes on
from here.
"""

import sys


def _is_ours(entry: str) -> bool:
    """Say whether our own imports may come from an entry: a standard or an installation directory."""
    name = entry.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return name in ("lib-dynload", "DLLs", "site-packages", "dist-packages")


def _trusted(path: "list[str]", package_directory: str) -> "list[str]":
    """Order a path for our own imports: the standard library, installed packages, then the rest."""
    # Without a standard library on the disk there is none to put first.
    stdlib: str = getattr(sys, "_stdlib_dir", None) or ""
    archive = f"python{sys.version_info[0]}{sys.version_info[1]}.zip"
    standard = (stdlib, *[entry for entry in path if entry.endswith(archive)])
    first = [entry for entry in path if entry in standard]
    installed = [entry for entry in path if entry not in first and _is_ours(entry)]
    rest = [entry for entry in path if entry not in first and entry not in installed]
    return [*first, *installed, package_directory, *rest]


def _without_launcher(path: "list[str]") -> "list[str]":
    """Take off the first entry of a path if it is only the directory of the ``wherefrom`` script."""
    if sys.flags.safe_path or not path:
        return path
    # The interpreter puts the script's directory there, with links resolved.
    from os.path import realpath  # loaded by every interpreter that runs site

    launcher = realpath(sys.argv[0]).replace("\\", "/").rpartition("/")[0]
    return path[1:] if path[0].replace("\\", "/") == launcher else path


def main(*, as_module: bool = False) -> int:
    """Run the command.

    Args:
        as_module: whether it was started as ``python -m wherefrom``, when the first entry of the
            path is the current directory and counts.

    Returns:
        The exit status.
    """
    given = list(sys.path)
    modules = dict(sys.modules)
    here = __file__.replace("\\", "/").rpartition("/")[0].rpartition("/")[0]
    sys.path[:] = _trusted(given, here)
    if sys.argv[1:2] == ["run"]:
        # The program waits for us: what only answers questions is left out.
        from wherefrom.run_command import run as run_program

        return run_program(sys.argv[2:])
    from wherefrom.cli import run

    return run(sys.argv[1:], path=given if as_module else _without_launcher(given), modules=modules)


if __name__ == "__main__":
    sys.exit(main(as_module=True))
