"""The room must stay cheap to enter, and know no chemistry."""

import ast
import subprocess
import sys
from pathlib import Path

import ligandkb.surface

ROOM = Path(ligandkb.surface.__file__).parent
LEAVES = {"problems", "missing", "provenance", "tables"}


def test_modules_import_leaves_and_each_other_only() -> None:
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                parts = name.split(".")
                if parts[0] == "ligandkb":
                    assert parts[1] == "surface" or parts[1] in LEAVES, (path.name, name)
                else:
                    assert parts[0] in sys.stdlib_module_names | {"numpy", "scipy"}, (path.name, name)
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path.name


def test_scipy_loads_only_when_something_is_fitted() -> None:
    modules = [f"ligandkb.surface.{path.stem}" for path in ROOM.glob("*.py") if path.stem != "__init__"]
    code = (
        f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\n"
        "print([name for name in ('scipy', 'pandas', 'rdkit', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOM.parents[1]
    )
    assert done.stdout.strip() == "[]"


def test_every_module_opens_with_its_question() -> None:
    listed = ligandkb.surface.__doc__ or ""
    for path in ROOM.glob("*.py"):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert doc.splitlines()[0].endswith("?"), path.name
        if path.stem != "__init__":
            assert f"``{path.stem}``" in listed, path.name
