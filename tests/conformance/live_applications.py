"""Applications that serve requests and run tests, plain and under ``wherefrom run``: they do the same.

Not in the default run, since it needs environments with the frameworks::

    python -m tests.conformance.live_applications PYTHON…

Each application serves real requests on a port of this machine, once plain and once traced: answers,
output, warnings and the modules must be the same. One whose framework the environment does
not have is not compared, and told as such. Exit status 1 if anything differs or nothing was compared.
"""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conformance.live_suites import RUN
from tests.support import children

_ASKS = """
import json, sys, threading, urllib.error, urllib.request

def serve(server, *paths):
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for path in paths:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=60) as answer:
                print(path, answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            print(path, error.code, len(error.read()) > 0)
    server.shutdown()
    server.server_close()
    thread.join()
    print(*sorted(sys.modules), sep="\\n")  # two threads import at once: their order is free
"""

_FLASK = """
import logging
logging.getLogger("werkzeug").setLevel(logging.ERROR)
from asks import serve
from flask import Flask, render_template_string
from werkzeug.serving import make_server

app = Flask(__name__)

@app.route("/hello/<name>")
def hello(name):
    import colorsys  # in the middle of a request, in a thread
    return render_template_string("{{ name|upper }} {{ origin }}", name=name, origin=colorsys.__name__)

@app.route("/fails")
def fails():
    import no_such_module

if __name__ == "__main__":
    serve(make_server("127.0.0.1", 0, app, threaded=True), "/hello/you", "/fails", "/absent")
"""

_DJANGO = """
from wsgiref.simple_server import WSGIRequestHandler, make_server
from asks import serve
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

def hello(request, name):
    import colorsys
    text = Engine().from_string("{{ name|upper }} {{ origin }}")
    return HttpResponse(text.render(Context({"name": name, "origin": colorsys.__name__})))

def fails(request):
    import no_such_module

urlpatterns = [path("hello/<name>", hello), path("fails", fails)]
settings.configure(
    DEBUG=False, SECRET_KEY="x", ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], USE_TZ=True,
    LOGGING_CONFIG=None,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)

class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass

if __name__ == "__main__":
    from django.core.management import call_command
    application = get_wsgi_application()
    call_command("check")
    call_command("migrate", verbosity=0)
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    serve(server, "/hello/you", "/fails", "/absent")
"""

_SUITE = {
    "conftest.py": """
import sys
import pytest
pytest.register_assert_rewrite("helpers")

@pytest.fixture(scope="session", autouse=True)
def modules():
    yield
    print(list(sys.modules))
""",
    "helpers.py": "def compare(one, other):\n    assert one == other, 'in a helper'\n",
    "test_some.py": """
import pytest
from helpers import compare

def test_passes():
    import colorsys
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)

def test_is_rewritten():
    left = {"one": [1, 2, 3]}
    assert left == {"one": [1, 2, 4]}

def test_helper_is_rewritten():
    compare([1], [2])

def test_imports_what_is_not_there():
    import no_such_module

def test_skips():
    pytest.importorskip("no_such_module")

def test_loader():
    print(type(__loader__), __spec__.loader, __cached__ if "__cached__" in globals() else None)
    assert 0
""",
}

# framework -> (the files, the arguments of the interpreter)
APPLICATIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "flask": ({"asks.py": _ASKS, "app.py": _FLASK}, ["-Wdefault", "app.py"]),
    "flask, its command": ({"app.py": _FLASK, "asks.py": _ASKS}, ["-m", "flask", "routes"]),
    "django": ({"asks.py": _ASKS, "app.py": _DJANGO}, ["-Wdefault", "app.py"]),
    "pytest": (_SUITE, ["-m", "pytest", "-s", "-p", "no:randomly"]),
}
_VARIES = re.compile(r"0x[0-9a-f]+|\bin \d+\.\d+s\b|\d+-\d+-\d+ \d+:\d+:\d+,\d+")
_SHOWN = 30


def told(command: list[str], folder: Path) -> list[str]:
    """Run a program and give all that it told, with its end."""
    environment = children.environment(PYTHONHASHSEED="0")
    del environment["PYTHONDONTWRITEBYTECODE"]  # rewritten tests are kept as bytecode
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment, cwd=folder,
        timeout=300, check=False,
    )  # fmt: skip
    return _VARIES.sub("…", f"{done.stdout}\n{done.stderr}\nstatus {done.returncode}").splitlines()


def compare(python: str, files: dict[str, str], arguments: list[str]) -> tuple[list[str], list[str]]:
    """Run an application plain and traced, each time cold and warm; give what it told, and differences."""
    run = [sys.executable, "-c", RUN, str(children.SOURCES), "--quiet", "--python", python]
    answers = []
    for command in ([python, *arguments], [*run, *arguments]):
        # The same path for both: it stands in what they tell.
        with tempfile.TemporaryDirectory() as above:
            folder = Path(above, "application")
            folder.mkdir()
            for name, text in files.items():
                folder.joinpath(name).write_text(text)
            both = [*told(command, folder), *told(command, folder)]
            answers.append([line.replace(above, "…") for line in both])
    plain, traced = answers
    return plain, list(difflib.unified_diff(plain, traced, "plain", "traced", n=0, lineterm=""))


def has(python: str, framework: str) -> bool:
    text = f"import importlib.util; print(importlib.util.find_spec({framework!r}) is not None)"
    return children.run(python, "-c", text, env=children.environment()).strip() == "True"


def main() -> int:
    compared = different = 0
    for python in sys.argv[1:]:
        for name, (files, arguments) in APPLICATIONS.items():
            if not has(python, name.partition(",")[0]):
                print(f"{python}, {name}: NOT COMPARED, it is not installed")
                continue
            plain, lines = compare(python, files, arguments)
            compared += 1
            different += bool(lines)
            verdict = "DIFFERS" if lines else "the same"
            print(f"{python}, {name}: {len(plain)} lines, {plain[-1]}, {verdict}", flush=True)
            for line in lines[:_SHOWN]:
                print("   " + line[:300])
    print(f"{compared} compared, {different} differ")
    return 1 if different or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
