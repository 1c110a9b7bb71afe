"""Fills the site directories of a world: `.pth` and `.start` files right and wrong, editable installs.

It belongs to `search_path_worlds.py`. It remembers in the world which line makes which entry, as far
as the line's own form tells, so that sources can be checked without the model.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tests.conformance.search_path_worlds import World

# Names in an order that only code points give.
_NAMES = ("10.pth", "9.pth", "Zz.pth", "_x.pth", "aa.pth", "café.pth", "zz.pth", "easy-install.pth", "b.pth")


def fill(world: World, directory: str) -> None:
    """Write what a site directory may hold, drawn from the world's seed."""
    pick = world.pick
    for name in pick.sample(_NAMES, pick.randint(0, 5)):
        _write_pth(world, directory, name)
    if pick.random() < 0.3:
        _write_pth(world, directory, ".hidden.pth")
    if pick.random() < 0.2:
        world.directory(f"{directory}/folder.pth")
    if pick.random() < 0.2:
        world.link(f"{directory}/dangling.pth", "nowhere")
    if pick.random() < 0.2:
        world.write(f"{world.at('elsewhere')}/far.pth", "near\n")
        world.link(f"{directory}/far.pth", world.at("elsewhere/far.pth"))
    if pick.random() < 0.3:
        _write_start(world, directory)
    if pick.random() < 0.2:
        _write_editable(world, directory, namespaces=pick.random() < 0.5)
    if pick.random() < 0.15:
        _write_easy_install(world, directory)


def _write_pth(world: World, directory: str, name: str) -> None:
    pick = world.pick
    lines: list[str] = []
    for _ in range(pick.randint(0, 6)):
        # Newer versions split lines at more characters, and count accordingly.
        splits = world.version >= (3, 13)
        number = sum(len(line.splitlines()) or 1 for line in lines) if splits else len(lines)
        lines.append(_line(world, directory, name, number + 1))
    text = pick.choice(["\n", "\n", "\r\n", "\r"]).join(lines) + pick.choice(["", "\n"])
    raw = text.encode()
    if pick.random() < 0.08:
        raw = b"\xef\xbb\xbf" + raw
    if pick.random() < 0.02:
        raw += b"\n\xff\xfe rubbish \x00\n"
    world.write(f"{directory}/{name}", raw)


def _line(world: World, directory: str, name: str, number: int) -> str:
    """Draw one line of a .pth file; remember which entry it would make."""
    pick = world.pick
    stem = f"{name}-{number}"
    target = world.directory(f"{directory}/to-{stem}")
    choice = pick.randrange(24)
    if choice < 8:
        text = pick.choice(
            [target, f"to-{stem}", f"to-{stem}/", f"./to-{stem}", f"x/../to-{stem}", f"to-{stem}  "]
        )
        world.lines.setdefault(target, set()).add(("pth", world.at(directory, name), number))
        return text
    if choice < 11:
        code = pick.choice(
            [
                f"import sys; sys.path.append({target!r})",
                f"import sys; sys.path.insert(0, {target!r})",
                f"import os, sys; sys.path.append(os.path.join(sitedir, 'to-{stem}'))",
                f"import site; site.addsitedir({target!r})",
                f"import sys; sys.path[:0] = [{target!r}]",
                f"import sys; {target!r} in sys.path or sys.path.append({target!r})",
                f"import\tsys; sys.path.extend([{target!r}])",
            ]
        )
        world.lines.setdefault(target, set()).add(("pth-import", world.at(directory, name), number))
        return code
    return pick.choice(
        [
            "",
            "# a comment",
            "  # no comment",
            "   ",
            "missing",
            world.at("missing"),
            "~/lib",
            "$HOME",
            "importx",
            "import os",
            "import os; os.getpid()",
            "import missing_module_of_ours",
            "import sys; raise ValueError('stop')",
            f"  {world.at('lib1')}",
            world.at("lib1"),
            world.at("lib1/lib.zip"),
            world.at("liblink"),
            "..",
            ".",
            "a\x0cb",
            f"{world.at('lib2')}\x0b{world.at('lib1')}",
            "nul\x00l",
            world.at("work/main.py"),
            "import sys,",
            f"'{world.at('lib1')}'",
        ]
    )


def _write_start(world: World, directory: str) -> None:
    pick = world.pick
    target = world.directory(f"{directory}/to-start")
    module = f"start_{pick.randrange(10**6)}"
    body = f"import sys\n\ndef main():\n    sys.path.append({target!r})\n\n"
    body += "def bad():\n    raise ValueError('bad')\n"
    world.write(f"{directory}/{module}.py", body)
    stem = pick.choice(["aa", "zz", "b", "own"])
    lines = [
        f"  {module}:main",
        "# comment",
        "",
        f"{module}:bad",
        "not an entry point",
        f"{module}:nope",
        "gone:main",
    ]
    pick.shuffle(lines)
    lines = lines[: pick.randint(0, len(lines))]
    world.lines.setdefault(target, set()).update(
        ("start", world.at(directory, f"{stem}.start"), number)
        for number, line in enumerate(lines, 1)
        if ":main" in line
    )
    raw = "\n".join(lines).encode() + (b"\xff" if pick.random() < 0.1 else b"")
    world.write(f"{directory}/{stem}.start", raw)


_FINDER = """\
import sys
MAPPING: dict[str, str] = {{'proj': {source!r}}}
NAMESPACES: dict[str, list[str]] = {namespaces!r}
PATH_PLACEHOLDER = '__editable__.proj-1.0.finder' + ".__path_hook__"


class _EditableFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None


def install():
    if not any(finder == _EditableFinder for finder in sys.meta_path):
        sys.meta_path.append(_EditableFinder)
    if not NAMESPACES:
        return
    if PATH_PLACEHOLDER not in sys.path:
        sys.path.append(PATH_PLACEHOLDER)
"""


def _write_editable(world: World, directory: str, *, namespaces: bool) -> None:
    """Write what an editable install of setuptools leaves; once in a while its finder is gone."""
    module = "__editable___proj_1_0_finder"
    spaces = {"ns": [world.at("lib1")]} if namespaces else {}
    if world.pick.random() < 0.8:
        world.write(f"{directory}/{module}.py", _FINDER.format(source=world.at("work"), namespaces=spaces))
    world.write(f"{directory}/__editable__.proj-1.0.pth", f"import {module}; {module}.install()")


def _write_easy_install(world: World, directory: str) -> None:
    target = world.directory(f"{directory}/to-easy")
    file = f"{directory}/easy2.pth"
    world.write(
        file,
        "import sys; sys.__plen = len(sys.path)\n"
        f"{target}\n"
        "import sys; new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]; p=getattr(sys,'__egginsert',0); "
        "sys.path[p:p]=new; sys.__egginsert = p+len(new)\n",
    )
    world.lines.setdefault(target, set()).add(("pth", world.at(file), 2))
