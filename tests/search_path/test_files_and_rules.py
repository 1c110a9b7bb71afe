"""The small parts on their own: .pth decoding per version, site's rules, start-up code on paper."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from wherefrom.search_path import (
    disk,
    draft,
    evaluation,
    expressions,
    interpreter,
    known_code,
    pth,
    site_rules,
)
from wherefrom.search_path.site_rules import SiteRules

OLD = SiteRules(
    version=(3, 11),
    batched=False,
    skips_hidden=False,
    utf8=False,
    venv_sets_prefix=True,
    debian=False,
    suffix="",
    user_site_under_pth=True,
)
NEW = attrs.evolve(OLD, version=(3, 13), skips_hidden=True, utf8=True)
BATCHED = attrs.evolve(NEW, version=(3, 15), batched=True, venv_sets_prefix=False)


def _lines(raw: bytes, rules: SiteRules, locale: str = "utf-8") -> list[tuple[int, str, str]]:
    return [(line.number, line.kind, line.text) for line in pth.pth_lines(raw, rules, locale)]


@pytest.mark.parametrize("rules", [OLD, NEW, BATCHED])
def test_comments_and_blanks_do_not_count(rules: SiteRules) -> None:
    expected = [(3, "path", "a b"), (5, "import", "import os")]

    assert expected == _lines(b"# x\n   \na b  \r\n#\nimport os", rules)


@pytest.mark.parametrize(
    ("raw", "rules", "expected"),
    [
        (b"  # x", OLD, [(1, "path", "  # x")]),
        (b"  # x", BATCHED, []),
        (b" import os", NEW, [(1, "path", " import os")]),
        (b" import os", BATCHED, [(1, "import", "import os")]),
        (b"import\tos", OLD, [(1, "import", "import\tos")]),
        (b"import", OLD, [(1, "path", "import")]),
        (b"importx", OLD, [(1, "path", "importx")]),
        (b"a\x0cb", OLD, [(1, "path", "a\x0cb")]),
        (b"a\x0cb", NEW, [(1, "path", "a"), (2, "path", "b")]),
        (b"a\rb", OLD, [(1, "path", "a"), (2, "path", "b")]),
        (b"\xef\xbb\xbfa", OLD, [(1, "path", "\ufeffa")]),
        (b"\xef\xbb\xbfa", NEW, [(1, "path", "a")]),
    ],
)
def test_versions_differ_in_blanks_line_ends_and_marks(
    raw: bytes, rules: SiteRules, expected: list[tuple[int, str, str]]
) -> None:
    assert expected == _lines(raw, rules)


def test_what_utf8_cannot_decode_is_tried_in_the_locales_encoding() -> None:
    assert _lines(b"caf\xe9", NEW, "latin-1") == [(1, "path", "café")]


@pytest.mark.parametrize(("rules", "locale"), [(OLD, "ascii"), (NEW, "utf-8"), (BATCHED, "ascii")])
def test_what_nothing_can_decode_ends_python(rules: SiteRules, locale: str) -> None:
    with pytest.raises(pth.UndecodableError):
        pth.pth_lines(b"\xff\xfe", rules, locale)


def test_a_start_file_is_utf8_or_nothing() -> None:
    with pytest.raises(pth.UndecodableError):
        pth.start_lines(b"\xff")

    assert [(2, "a:b")] == [(line.number, line.text) for line in pth.start_lines(b"# x\n  a:b  \n\n")]


@pytest.mark.parametrize(("rules", "hidden"), [(OLD, []), (NEW, [".x.pth"])])
def test_hidden_files(rules: SiteRules, hidden: list[str]) -> None:
    assert hidden == pth.names_that_count([".x.pth", "a.pth", "b.PTH", "c.start"], ".pth", rules)[1]


def test_site_directories_of_a_distribution_and_of_debian() -> None:
    plain = site_rules.site_directories(OLD, ["/p", "", "/p"], platlibdir="lib64", in_venv=False)
    debian = site_rules.site_directories(
        attrs.evolve(OLD, debian=True), ["/p"], platlibdir="lib", in_venv=True
    )

    assert ["/p/lib64/python3.11/site-packages", "/p/lib/python3.11/site-packages"] == [
        path for _, path in plain
    ]
    assert [
        "/p/lib/python3.11/site-packages",
        "/p/local/lib/python3.11/dist-packages",
        "/p/lib/python3/dist-packages",
        "/p/lib/python3.11/dist-packages",
    ] == [path for _, path in debian]


def test_a_free_threaded_build_has_directories_of_its_own() -> None:
    rules = attrs.evolve(NEW, suffix="t")

    assert site_rules.user_directory(rules, "/u") == "/u/lib/python3.13t/site-packages"


def test_rules_without_a_readable_site_go_by_the_version() -> None:
    facts = attrs.evolve(interpreter.facts_of(), site_origin=None, version_info=(3, 12, 3, "final", 0))

    rules = site_rules.rules(facts)

    assert (False, True, False, True) == (
        rules.batched,
        rules.skips_hidden,
        rules.utf8,
        rules.venv_sets_prefix,
    )


def test_rules_that_are_read_agree_with_the_versions() -> None:
    facts = interpreter.facts_of()

    assert site_rules.rules(facts) == site_rules.rules(attrs.evolve(facts, site_origin=None))


def _follow(code: str, path: list[str], **names: Any) -> list[str]:
    drafts = draft.Drafts([draft.Draft(entry, "pythonpath") for entry in path])
    added: list[str] = []
    world = evaluation.World(drafts, interpreter.facts_of(), disk.Disk("/"), {"VAR": "x"}, added.append)
    evaluation.follow(code, world, {**evaluation.names_of_import_lines("/site", "/site/a.pth"), **names})
    return drafts.paths() + added


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.path.append('/x')", ["/a", "/x"]),
        ("sys.path.append(sitedir + '/x')", ["/a", "/site/x"]),
        ("sys.path.append(f'{sitedir}/x')", ["/a", "/site/x"]),
        ("sys.path.insert(len(sys.path), '/x')", ["/a", "/x"]),
        ("sys.path.extend(['/x', '/y'])", ["/a", "/x", "/y"]),
        ("sys.path += ['/x']", ["/a", "/x"]),
        ("sys.path = ['/x'] + sys.path", ["/x", "/a"]),
        ("sys.path[0] = '/x'", ["/x"]),
        ("sys.path.remove('/a')", []),
        ("for p in ['/x', '/y']:\n    sys.path.append(p)", ["/a", "/x", "/y"]),
        ("from os.path import join, dirname\nsys.path.append(join(dirname('/q/r'), 'x'))", ["/a", "/q/x"]),
        ("try:\n    import no_such_module\nexcept ImportError:\n    sys.path.append('/x')", ["/a", "/x"]),
        (
            "try:\n    import os\nexcept ImportError:\n    pass\nelse:\n    sys.path.append('/x')",
            ["/a", "/x"],
        ),
        ("def f(p):\n    sys.path.append(p)\n    return\nf('/x')", ["/a", "/x"]),
        ("if sys.version_info < (3, 0):\n    boom()\nelse:\n    sys.path.append('/x')", ["/a", "/x"]),
        ("if '/a' in sys.path and not '/b' in sys.path:\n    sys.path.append('/x')", ["/a", "/x"]),
        ("sys.path.append(os.environ['VAR'])", ["/a", "x"]),
        ("sys.path.append(os.environ.get('GONE', '/d'))", ["/a", "/d"]),
        ("class A:\n    def f(self):\n        boom()\nx: int = 1\nprint(x)", ["/a"]),
        ("addsitedir('/x')", ["/a", "/x"]),
        ("__import__('sys').path.append('/x')", ["/a", "/x"]),
    ],
)
def test_plain_code_is_followed(code: str, expected: list[str]) -> None:
    namespace: dict[str, Any] = {"sys": type("S", (), {"path": ["/a"]})}

    assert namespace
    assert expected == _follow(code, ["/a"])


@pytest.mark.parametrize(
    "code",
    [
        "os.system('x')",
        "sys.path.append(compute())",
        "while True:\n    pass",
        "exec('x')",
        "with open('x') as f:\n    pass",
        "sys.path.append(*['/x'])",
        "p = sys.path; p.append('/x')",
        "class A(boom()):\n    x = boom()",
        "lambda: 0",
        "if os.sep:\n    os.unlink('x')",
        "sys.path.append(sys.argv[0])",
    ],
)
def test_what_cannot_be_followed_is_said_not_guessed(code: str) -> None:
    with pytest.raises(expressions.UnpredictableError):
        _follow(code, ["/a"])


@pytest.mark.parametrize(
    ("code", "name", "ends"),
    [
        ("import no_such_module", "ModuleNotFoundError", False),
        ("raise ValueError", "ValueError", False),
        ("raise SystemExit(2)", "SystemExit", True),
        ("raise KeyboardInterrupt()", "KeyboardInterrupt", True),
        ("sys.exit(1)", "SystemExit", True),
        ("sys.path.remove('/gone')", "ValueError", False),
        ("os.environ['GONE']", "KeyError", False),
        ("this is no code", "SyntaxError", False),
    ],
)
def test_code_that_raises_is_told_by_the_exceptions_name(code: str, name: str, ends: bool) -> None:
    with pytest.raises(expressions.RaisedError) as caught:
        _follow(code, ["/a"])

    assert (name, ends) == (caught.value.name, caught.value.ends_start)


@pytest.mark.parametrize("known", known_code.KNOWN, ids=lambda known: known.name)
def test_every_known_line_says_what_it_does(known: known_code.Known) -> None:
    assert known.name
    assert known.effect


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import __editable___a_1_finder; __editable___a_1_finder.install()", "setuptools editable finder"),
        ("import _virtualenv", "virtualenv shim"),
        ("import coverage; coverage.process_startup()", "coverage start"),
        ("import _proj_editable", "editable finder"),
        (
            "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('ns',));x = 1",
            "setuptools namespace shim (nspkg)",
        ),
        (
            "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; "
            "enabled and __import__('_distutils_hack').add_shim(); ",
            "setuptools distutils shim",
        ),
    ],
)
def test_the_usual_lines_are_recognised(line: str, name: str) -> None:
    found = known_code.recognise(line)

    assert found is not None
    assert name == found[0].name


def test_an_unusual_line_is_not_recognised() -> None:
    assert known_code.recognise("import sys; sys.path.append('/x')") is None
