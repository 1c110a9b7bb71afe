"""Which statement added an entry: sources, what tracing saw, and the line that may be named."""

from __future__ import annotations

import pytest

from wherefrom.events import PathChanged
from wherefrom.search_path.statements import added_by
from wherefrom.search_path.telling import changes_document, lines_of_changes


def change(
    *added: str,
    after: int | None = None,
    before: int | None = None,
    frames: tuple[str, ...] = (),
    doubt: str | None = None,
    file: str | None = "app.py",
    removed: tuple[str, ...] = (),
) -> PathChanged:
    what = (doubt, added, removed, added, frames)
    return PathChanged(1, 1, "mod", "import-began", "extended", "app", file, after, before, *what)


def line(source: str, seen: PathChanged, **others: str) -> int | None:
    files = {"app.py": source, **{f"{name}.py": text for name, text in others.items()}}
    (one,) = added_by([seen], lambda file: files[file].encode() if file in files else None)
    return one.line


@pytest.mark.parametrize(
    "statement",
    [
        "sys.path.append(x)",
        "sys.path.insert(0, x)",
        "sys.path.extend([x])",
        "sys.path += [x]",
        "sys.path = [x]",
        "sys.path[:0] = [x]",
        "sys.path[0] = x",
        "a, sys.path[0] = x",
        "import site; site.addsitedir(x)",
        "from site import addsitedir; addsitedir(x)",
        "import sys as s; s.path.append(x)",
        "from sys import path as p; p.append(x)",
        "x and sys.path.append(x)",
        "[sys.path.append(y) for y in x]",
        "sys.path.append('/lib')",
    ],
)
def test_each_form_of_adding_is_known(statement: str) -> None:
    assert line(f"import sys\nx = 1\n{statement}\nprint(x)\n", change("/lib", after=1, before=4)) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "os.path.append(x)",
        "self.path.append(x)",
        "sys.path.remove(x)",
        "print(sys.path)",
        "sys.path.append('/other')",
        "def f(): sys.path.append(x)",
        "f = lambda: sys.path.append(x)",
        "from os import path; path.append(x)",
    ],
)
def test_nothing_else_is_taken_for_it(statement: str) -> None:
    assert line(f"import sys, os\nx = 1\n{statement}\nprint(x)\n", change("/lib", after=1, before=4)) is None


TWO = "import sys\nsys.path.append(a)\nimport x\nsys.path.append(b)\nimport y\n"


@pytest.mark.parametrize(
    ("source", "seen", "expected"),
    [
        pytest.param(TWO, change("/lib", after=1, before=3), 2, id="the lines tell them apart"),
        pytest.param(TWO, change("/lib", after=3, before=5), 4, id="the lines tell them apart again"),
        pytest.param(TWO, change("/lib", after=1, before=5), None, id="two can have done it"),
        pytest.param(TWO, change("/lib", after=1, before=3, doubt="other-threads-ran"), None, id="doubt"),
        pytest.param(TWO.replace("b", "'/lib'"), change("/lib", before=5), 4, id="one names it"),
        pytest.param("sys.path.append(a\n", change("/lib"), None, id="no source of Python"),
        pytest.param(
            "import sys, other\nother.add()\nsys.path.append(a)\n", change("/lib"), None, id="code of others"
        ),
        pytest.param(
            "import sys, os\nos.getcwd()\nsys.path.append(a)\n", change("/lib"), 3, id="the standard library"
        ),
        pytest.param(
            "import sys\ndef f():\n    sys.path.append(a)\nx = 1\nf()\n",
            change("/lib", after=4),
            3,
            id="a function that was called",
        ),
        pytest.param(
            "import sys\ndef f():\n    sys.path.append(a)\nx = 1\n",
            change("/lib", after=4),
            None,
            id="a function that was not called",
        ),
        pytest.param(
            "import sys\nfor x in y:\n    import a\n    b\n    sys.path.append(x)\n",
            change("/lib", after=3, before=3),
            5,
            id="a loop comes round",
        ),
        pytest.param(
            "import sys\ndef main():\n    import a\n    sys.path.append(x)\n    import b\nmain()\n",
            change("/lib", after=6, before=6, frames=("app.py:5",)),
            4,
            id="within a function",
        ),
    ],
)
def test_a_line_is_named_if_one_statement_can_have_done_it(
    source: str, seen: PathChanged, expected: int | None
) -> None:
    assert line(source, seen) == expected


def test_a_function_of_another_file_is_looked_into_if_it_was_being_called() -> None:
    seen = change("/lib", after=2, before=2, frames=("tool.py:4",))
    (one,) = added_by(
        [seen],
        {
            "app.py": b"import tool\ntool.go()\n",
            "tool.py": b"import sys\ndef go():\n  sys.path += x\n  import y\n",
        }.get,
    )

    assert one.line is None  # tool.go() is code of others for app.py: it may have called more
    assert (one.file, one.towards) == ("app.py", "tool.py:4")


def test_changes_are_told_as_lines_and_as_data() -> None:
    seen = [
        change("/a", "", after=1, before=3, removed=("/gone",)),
        change("/b", file=None),
        change("/c", after=2, before=2, frames=("app.py:9",), doubt="other-threads-ran"),
    ]

    assert lines_of_changes(seen) == [
        "/a: added at run time by app.py, after line 1 and before line 3",
        "'': added at run time by app.py, after line 1 and before line 3",
        "/b: added at run time",
        "/c: added at run time by app.py:2, on the way to app.py:9, or by another thread",
        "/gone: taken out by app.py, after line 1 and before line 3",
    ]
    assert [(one["path"], one["change"], one["certainty"]) for one in changes_document(seen)] == [
        ("/a", "added", "observed"),
        ("", "added", "observed"),
        ("/b", "added", "observed"),
        ("/c", "added", "observed"),
        ("/gone", "removed", "observed"),
    ]
