"""The cases of ``tests/cases/findings``: read, laid out, and explained by wherefrom in a process of its own.

Decides how a case becomes a document with findings. The command runs in a fork of this process, which
has its modules ready, and which notices when code of the case is run by the explaining side.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.children import ROOT, environment
from tests.support.laying import fill, lay
from wherefrom.__main__ import main
from wherefrom.search_path import facts_of

CASES = ROOT / "tests" / "cases" / "findings"
_FORK = multiprocessing.get_context("fork")


def case_files() -> list[Path]:
    """Name the files of all cases: ``CODE.json``, and ``CODE--more.json`` for further ones."""
    return sorted(CASES.glob("*.json"))


def read_case(file: Path) -> dict[str, Any]:
    """Read a case; its code is that of its file name.

    Raises:
        AssertionError: it is not.
    """
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if told["code"] != file.stem.partition("--")[0]:
        raise AssertionError(f"{file.name} is about {told['code']}")
    return told


def prepare(case: dict[str, Any], root: Path) -> None:
    """Lay the files of a case below a directory, and run its setup."""
    lay(root, fill(case.get("files", {}), root))
    for command in fill(case.get("setup", []), root):
        subprocess.run(
            ["/bin/sh", "-ec", command], cwd=root, env=environment(), check=True, capture_output=True
        )


def explained(case: dict[str, Any], root: Path) -> dict[str, Any]:
    """Explain a case that is laid out, or one that is told as a trace.

    Returns:
        The document: of a trace, or of a run or resolution, with ``findings`` at its top.

    Raises:
        AssertionError: there is no document, or code of the case was run by the explaining side.
    """
    if "trace" in case:
        told = fill({"events": case["trace"], "surroundings": case.get("surroundings", {})}, root)
        return {"schema": "wherefrom/1", **told}
    out, noise = root.parent / "told.json", root.parent / "noise.txt"
    out.unlink(missing_ok=True)
    facts_of(case_python(case, root))  # asked once, before the fork, for all cases
    child = _FORK.Process(target=_explain, args=(_line(case, root, out), case, root, out, noise))
    child.start()
    child.join(120)
    if child.is_alive():
        child.kill()
    if not out.exists():
        raise AssertionError(f"no document (status {child.exitcode}): {noise.read_text(errors='replace')}")
    ran = noise.with_suffix(".ran")
    if ran.exists():
        raise AssertionError(f"explaining ran code of the case: {ran.read_text()}")
    document: dict[str, Any] = json.loads(out.read_bytes())
    return {**document["resolutions"][0], "schema": document["schema"]} if "resolve" in case else document


def case_python(case: dict[str, Any], root: Path) -> str:
    """Give the interpreter of a case: the running one, or the one that it names."""
    return str(fill(case.get("interpreter", "{python}"), root))


def _line(case: dict[str, Any], root: Path, out: Path) -> list[str]:
    python = ["--python", case_python(case, root)]
    if "run" in case:
        return ["run", "--quiet", "--json", str(out), *python, *fill(case["run"], root)]
    # As the interpreter's own path stands, with the entries of the case before it.
    own = json.loads(
        subprocess.run(
            [python[1], "-c", "import json, sys; print(json.dumps(sys.path[1:]))"],
            env=_environment(case, root), capture_output=True, check=True,
        ).stdout
    )  # fmt: skip
    entries = [*fill(case.get("path", ["{root}"]), root), *own]
    return ["resolve", "--json", *python, *[f"--path={entry}" for entry in entries], "--", case["resolve"]]


def _environment(case: dict[str, Any], root: Path) -> dict[str, str]:
    return {**environment(), "HOME": str(root / "home"), **fill(case.get("env", {}), root)}


def _explain(line: list[str], case: dict[str, Any], root: Path, out: Path, noise: Path) -> None:
    """Run the command in this process, which is a fork made for it."""
    os.environ.clear()
    os.environ.update(_environment(case, root))
    if "env" not in case or "PYTHONDONTWRITEBYTECODE" not in case["env"]:
        del os.environ["PYTHONDONTWRITEBYTECODE"]
    os.chdir(root / fill(case.get("cwd", "."), root))
    heard = os.open(noise, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT) if "resolve" in case else heard, 1)
    os.dup2(heard, 2)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115  # for this process's life
    _watch(root, noise.with_suffix(".ran"))
    sys.argv = ["wherefrom", *line]
    # Finders of the test tools are no part of what is asked about.
    sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]
    with contextlib.suppress(SystemExit):
        main(as_module=True)
    sys.stdout.flush()
    os._exit(0)


def _watch(root: Path, ran: Path) -> None:
    """Note every code object of a file below a directory that this process is about to run."""
    inside = f"{root}{os.sep}"

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event == "exec" and args[0].co_filename.startswith(inside):
            with ran.open("a") as file:
                file.write(f"{args[0].co_filename}\n")

    sys.addaudithook(heard)
