"""Does checking rules load only what it needs?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "pandas", "rdkit", "scipy", "sqlalchemy", "typer", "rich", "matplotlib")

CHECK = """
import sys
from pathlib import Path
from ligandkb.rules.columns import Column
from ligandkb.rules.rulebook import check_rulebook, read_rulebook
from ligandkb.rules.schema import rule_file_schema
from ligandkb.rules.vocabulary import Vocabulary, Weight
columns = (Column("charge", "number", "donor charge", unit="e"),)
vocabulary = Vocabulary({"strong": Weight(2, "strong")}, {}, {})
path = Path(sys.argv[1])
read_rulebook([path], columns=columns, vocabulary=vocabulary)
path.write_text(path.read_text().replace("charge > 0", "chrge > 0"))
assert check_rulebook([path], columns=columns, vocabulary=vocabulary)
rule_file_schema(columns, vocabulary)
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""
RULE = """\
- id: a-rule
  title: A rule
  rationale: A reason
  citation: {doi: 10.1021/jacs.8b11035, locator: Table 1}
  when: charge > 0
  effect: {weight: strong}
  explain: "{charge:.2f} e"
"""


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_reading_and_checking_load_nothing_heavy(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULE, encoding="utf-8")
    loaded = set(_run(CHECK, str(path)).split())
    assert "yaml" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_evaluating_loads_neither_pandas_nor_rdkit():
    loaded = set(_run("import sys, ligandkb.rules.explain; print(*sys.modules)").split())
    assert "numpy" in loaded
    assert loaded.isdisjoint({"pandas", "rdkit", "scipy"})


def test_the_room_lists_its_modules():
    import ligandkb.rules as room

    folder = Path(room.__file__).parent
    paths = (path.relative_to(folder) for path in folder.rglob("[a-z]*.py"))
    modules = {".".join(path.with_suffix("").parts) for path in paths}
    assert set(re.findall(r"^``([\w.]+)``", room.__doc__, re.MULTILINE)) == modules
