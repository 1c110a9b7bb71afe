"""Names that are told to a framework as text: the settings and apps of Django, the app of a web server."""

from __future__ import annotations

import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import event_of, failures, is_file, own_frame, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_SERVERS = ("flask", "gunicorn", "uvicorn", "hypercorn", "celery", "waitress", "daphne", "granian")
_WORDS = re.compile(
    r"While importing '(?P<flask>[\w.:]+)', an ImportError was raised|Could not import '(?P<flask2>[\w.:]+)'"
    r"|Error loading ASGI app\. Could not import module \"(?P<uvicorn>[\w.]+)\""
    r"|Failed to find attribute '\w+' in '(?P<gunicorn>[\w.]+)'"
    r"|Unable to load celery application\.\s+The module (?P<celery>[\w.]+) was not found"
)


def django_name(case: Case) -> Iterator[Finding]:
    """Say which name in the settings of Django, or for them, is no module."""
    for failure in failures(case):
        if failure.kind != "not-found" or not any("django" in frame.file for frame in failure.frames):
            continue
        settings = case.environment.get("DJANGO_SETTINGS_MODULE", "")
        evidence = []
        if settings and (settings == failure.module or settings.startswith(f"{failure.module}.")):
            evidence = [Evidence(f"DJANGO_SETTINGS_MODULE is {settings!r}")]
            what = f"DJANGO_SETTINGS_MODULE names {settings!r}"
        else:
            found = _in_settings(case, failure.module, settings)
            if found is None:
                continue
            evidence = [Evidence(found[2], found[0], found[1])]
            what = f"{found[0]} names {found[2].strip(' ,')} in line {found[1]}"
        near = _near(case, failure.module)
        yield case.finding(
            "django-app-or-settings-name",
            f"{what}, and there is no module {failure.module!r}" + (f"; {near!r} is there" if near else ""),
            *evidence,
            Evidence(f"the error: {failure.message}", event=event_of(failure)),
            fix=f"correct the name to {near!r}"
            if near
            else f"correct the name, or install what provides {failure.module!r}",
            about=failure.module,
            weight=84,
        )
        return


def _in_settings(case: Case, name: str, settings: str) -> tuple[str, int, str] | None:
    """Find the line of the settings that names a module as text: file, number, line."""
    files = [case.origin(one) for one in case.imported if one == settings or "settings" in one]
    for file in filter(None, files):
        for at, line in enumerate((case.text(file) or "").splitlines(), 1):
            if re.search(rf"['\"]{re.escape(name)}(?:\.[\w.]+)?['\"]", line):
                return file, at, line.strip()
    return None


def _near(case: Case, name: str) -> str:
    above, _, tail = name.rpartition(".")
    homes = [
        f"{home}/{above.replace('.', '/')}".rstrip("/")
        for home in entries(case)
        if "site-packages" not in home
    ]
    names = {
        one.removesuffix(".py").rstrip("/")
        for home in homes
        for one in case.listing(home)
        if one.endswith((".py", "/"))
    }
    near = get_close_matches(tail, sorted(names - case.stdlib_names), 1, 0.7)
    return ".".join([one for one in (above, near[0]) if one]) if near else ""


def apps_not_ready(case: Case) -> Iterator[Finding]:
    """Say that models of Django are imported before the apps are ready."""
    for failure in failures(case):
        if failure.error is None or failure.error.error != "AppRegistryNotReady":
            continue
        own = [
            frame for frame in failure.frames if "django" not in frame.file and not frame.file.startswith("<")
        ]
        file = own[-1].file if own else "the program"
        yield case.finding(
            "django-apps-not-ready",
            f"{file} uses models of Django before the apps are ready (django.setup())",
            Evidence(f"the error: {failure.message}", event=event_of(failure)),
            *(
                Evidence(f"on the way: {case.line(frame.file, frame.line)}", frame.file, frame.line)
                for frame in own
            ),
            fix="call django.setup() before the models are imported, or import them within the function or "
            "AppConfig.ready() that uses them",
            about=own[-1].module if own else "",
            weight=86,
        )
        return


def app_of_server(case: Case) -> Iterator[Finding]:
    """Say why a web server could not import the app."""
    told = [(failure, match) for failure in failures(case) if (match := _WORDS.search(failure.message))]
    server = _server(case)
    if not told and not server:
        return
    inner = [one for one in failures(case) if one.kind in ("not-found", "name")]
    name = next((one for one in told[0][1].groupdict().values() if one), "") if told else _app(case)
    if not name or not (inner or told):
        return
    module = name.partition(":")[0]
    if inner and inner[-1].module != module:
        yield _inner(case, server, module, inner[-1])
        return
    lies = [
        entry
        for entry in (case.cwd, f"{case.cwd}/src")
        if is_file(case, f"{entry}/{module.replace('.', '/')}.py")
    ]
    fix = f"run it as python -m {server or 'flask'} in {lies[0]}, or add that to PYTHONPATH" if lies else (
        f"correct the name {name!r}, or start in the directory that holds it"
    )  # fmt: skip
    yield case.finding(
        "flask-app-import-failed",
        f"{server or 'the server'} cannot import the app {name!r} from {case.cwd}",
        Evidence(f"working directory: {case.cwd}", case.cwd),
        *(Evidence(f"the error: {failure.message}", event=event_of(failure)) for failure, _ in told),
        fix=fix,
        about=module,
        weight=80,
    )


def _inner(case: Case, server: str, module: str, failure: Failure) -> Finding:
    at = place(failure, case)
    frame = own_frame(case, failure)
    return case.finding(
        "flask-app-import-failed",
        f"{server or 'the server'} cannot import the app {module!r}: it was found, and imports "
        f"{failure.module!r}, which fails",
        Evidence(f"the inner error: {failure.message}", event=event_of(failure)),
        *([Evidence("it is imported here", *at)] if at else []),
        Evidence(f"working directory: {case.cwd}"),
        fix=f"mend the import of {failure.module!r}" + (f" in {frame.file}" if frame else ""),
        about=module,
        weight=72,
    )


def _server(case: Case) -> str:
    target = posixpath.basename(str(case.start.get("target") or "")).removesuffix(".py")
    return target if target in _SERVERS else ""


def _app(case: Case) -> str:
    """Name the app that a server was told: an argument like ``module:app``, or FLASK_APP."""
    for word in map(str, case.start.get("arguments") or ()):
        match = re.fullmatch(r"(?:--app=)?([\w.]+(?::[\w.()]+)?)", word)
        if match and ":" in word and is_name(match[1]):
            return match[1]
    app = case.environment.get("FLASK_APP", "")
    return app.removesuffix(".py") if app and not absolute(case, app).endswith("/") else ""


def is_name(text: str) -> bool:
    """Say whether a text is a dotted name with an attribute behind a colon."""
    return all(part.isidentifier() for part in text.partition(":")[0].split("."))


RULES = (django_name, apps_not_ready, app_of_server)
