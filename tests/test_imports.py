"""What does each step load? Whoever only wants help, or to read a table, doesn't wait for chemistry."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RECORDED = Path(__file__).parent / "storage" / "old_databases" / "outcomes-0.1.0.sqlite"
COMMAND = """
import contextlib, json, sys
database, found = sys.argv[1], {}
def command(*arguments):
    sys.argv = ["ligandkb", *arguments]
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(sys.stderr):
        main()
"""
STEPS = {
    "the package": "import ligandkb",
    "errors and absences": "ligandkb.Missing, ligandkb.UsageError, ligandkb.Problem",
    "reading tables": "import ligandkb.tables",
    "looking for what was recorded": (
        "from ligandkb.storage.recorded import recorded_outcomes\n"
        "assert recorded_outcomes('no-such-folder/outcomes.sqlite') == ()"
    ),
    "the help": "from ligandkb.cli import main\ncommand('--help')",
    "the command line": "from ligandkb.cli.app import app",
    "ranking": "command('rank', '--db', 'none')",
    "ranking with what was recorded": "command('rank', '--db', database)",
}
ABSENT = {
    "the package": {"rdkit", "pandas", "numpy", "scipy", "yaml", "sqlmodel", "sqlalchemy", "sqlite3"},
    "errors and absences": {"rdkit", "pandas", "numpy", "scipy", "yaml", "sqlmodel", "sqlalchemy", "sqlite3"},
    "reading tables": {"rdkit", "pandas", "numpy", "yaml", "sqlmodel", "tempfile"},
    "looking for what was recorded": {"rdkit", "sqlmodel", "sqlalchemy", "alembic", "sqlite3"},
    "the help": {"typer", "rich", "click", "rdkit", "pandas", "numpy", "yaml", "sqlmodel"},
    "the command line": {"rdkit", "pandas", "numpy", "yaml", "sqlmodel"},
    "ranking": {
        *(
            "pandas",
            "scipy",
            "matplotlib",
            "chemicals",
            "jinja2",
            "xlsxwriter",
            "openpyxl",
            "python_calamine",
        ),
        *("sqlmodel", "sqlalchemy", "alembic", "IPython"),
    },
    "ranking with what was recorded": {"pandas", "scipy", "sqlmodel", "sqlalchemy", "alembic", "IPython"},
}


@pytest.fixture(scope="module")
def loaded():
    """Names of all modules after each step, taken one after another by one new interpreter."""
    script = COMMAND
    for name, code in STEPS.items():
        script += f"{code}\nfound[{name!r}] = sorted({{module.split('.')[0] for module in sys.modules}})\n"
    command = [sys.executable, "-c", script + "print(json.dumps(found))", str(RECORDED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Why: ligandkb explain" in done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("step", STEPS)
def test_no_step_loads_what_it_has_no_use_for(loaded, step):
    assert not ABSENT[step] & set(loaded[step])


def test_what_was_recorded_is_read_by_python_s_own_sqlite(loaded):
    assert "sqlite3" in loaded["ranking with what was recorded"]
