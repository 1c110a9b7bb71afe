"""Law: no code of any module runs while names are resolved, and nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support import children

CHILD = Path(__file__).with_name("no_code_runs.py")


def test_no_code_runs_while_every_name_of_the_standard_library_is_resolved(tmp_path: Path) -> None:
    # Without site-packages: what the finders of others do is theirs.
    told = children.run(sys.executable, "-P", "-S", CHILD, cwd=tmp_path)

    assert told.endswith(" 0 events by finders of others, 0 offences\n")
    assert int(told.split()[0]) > 1000


def test_no_code_runs_while_the_names_of_this_environment_are_resolved(tmp_path: Path) -> None:
    told = children.run(sys.executable, "-P", CHILD, cwd=tmp_path)

    assert told.endswith(" 0 offences\n")


SCRIPT = """
import sys
from tests.conformance import no_code_runs
class Running:
    @staticmethod
    def find_spec(name, path=None, target=None):
        exec("'the finder of somebody else'")
def running(name, genuine=no_code_runs.wherefrom.resolve):
    exec("'we ourselves'")
    return genuine(name)
if sys.argv.pop(1) == "finder":
    sys.meta_path.insert(0, Running)
else:
    no_code_runs.wherefrom.resolve = running
sys.exit(no_code_runs.main())
"""


def test_the_witness_sees_code_that_we_run(tmp_path: Path) -> None:
    told = children.run(sys.executable, "-P", "-c", SCRIPT, "us", "json", cwd=tmp_path, accepted=(1,))

    assert "OFFENCE exec" in told


def test_the_witness_tells_what_finders_of_others_run_from_what_we_run(tmp_path: Path) -> None:
    told = children.run(sys.executable, "-P", "-c", SCRIPT, "finder", "json", cwd=tmp_path)

    assert "by a finder of others: exec" in told
    assert told.endswith(" 0 offences\n")
