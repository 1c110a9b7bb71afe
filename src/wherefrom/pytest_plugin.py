"""The pytest plugin: why a test module could not be imported, in its failure report, and two fixtures.

Decides where in a report an explanation stands. Loaded by pytest through an entry point as soon as
wherefrom is installed; it imports nothing of wherefrom before something fails or a fixture is used.
Switch it off with ``-p no:wherefrom``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from wherefrom.resolution import Resolution
    from wherefrom.trace import Trace

    AssertResolves = Callable[..., Resolution]

_TITLE = "wherefrom"


# -- failure reports ------------------------------------------------------------------------------


def pytest_exception_interact(
    node: pytest.Item | pytest.Collector,
    call: pytest.CallInfo[Any],
    report: pytest.CollectReport | pytest.TestReport,
) -> None:
    """Add the explanation to the report of what failed because of an import."""
    error = _import_error(None if call.excinfo is None else call.excinfo.value)
    if error is not None:
        text = _explained(error)
        if text:
            report.sections.append((_TITLE, text))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, Any, Any]:
    """Tell why the first conftest files could not be imported: pytest ends before there are reports."""
    try:
        return (yield)
    except Exception as failure:
        error = _import_error(failure)
        text = None if error is None else _explained(error)
        if text:
            sys.stderr.write(f"{_TITLE}: {text}\n")
        raise


def _import_error(failure: BaseException | None) -> BaseException | None:
    """Give the error of an import that a failure comes from, if it comes from one."""
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        if isinstance(failure, ImportError):
            return failure
        # pytest wraps what a conftest raises, and keeps it under this name.
        inner = getattr(failure, "cause", None)
        failure = inner if isinstance(inner, BaseException) else failure.__cause__ or failure.__context__
    return None


def _explained(error: BaseException) -> str | None:
    from wherefrom.explain import explain

    try:
        explanation = explain(error)
        return str(explanation) if explanation else None
    except Exception as problem:  # the report of the failure itself is worth more than ours
        return f"no explanation: {type(problem).__name__}: {problem}"


# -- fixtures -------------------------------------------------------------------------------------


@pytest.fixture
def import_trace() -> Iterator[Trace]:
    """Trace the imports of a test: the trace grows while the test runs.

    Example:
        def test_the_command_is_light(import_trace):
            import app.cli
            assert "pandas" not in import_trace.imports
    """
    from wherefrom.live import tracing

    with tracing() as trace:
        yield trace


@pytest.fixture
def assert_resolves() -> AssertResolves:
    """Assert where a name would come from, without importing it.

    The fixture is a function of a name and, by keyword, of what is expected of it: ``kind``,
    ``origin`` (the end of the path is enough), and ``path`` for entries to search instead of
    ``sys.path``. It returns the resolution, and fails with the whole story.

    Example:
        def test_the_name_is_ours(assert_resolves):
            assert_resolves("app.tasks", origin="src/app/tasks.py")
    """
    return _assert_resolves


def _assert_resolves(
    name: str,
    *,
    kind: str | None = None,
    origin: str | None = None,
    path: Iterable[object] | None = None,
) -> Resolution:
    __tracebackhide__ = True
    from wherefrom.resolution import resolve

    found = resolve(name, path=path)
    if not found:
        pytest.fail(f"{name!r} does not resolve\n{found}", pytrace=False)
    if kind is not None and found.kind != kind:
        pytest.fail(f"{name!r} is of kind {found.kind!r}, not {kind!r}\n{found}", pytrace=False)
    if origin is not None and not (found.origin or "").endswith(origin):
        pytest.fail(f"{name!r} comes from {found.origin}, not from {origin}\n{found}", pytrace=False)
    return found
