"""Write what a release answers, so that a later one can be held against it (compare.py does).

    python tests/frozen/freeze.py tests/frozen/0.1.0

Run once with a release and never again for it. Paths of the checkout are cut from the answers.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LAB = HERE / "lab"
DATABASE = ROOT / "tests" / "storage" / "old_databases" / "outcomes-0.1.0.sqlite"
CRYSTALS = ("CsPbBr3", "CsPbCl3", "CsPbI3", "CsPbBr1.5Cl1.5")
EXPLAINED = (
    *("oleic acid", "benzoic acid", "acetate", "formic acid", "difluoroacetic acid", "trifluoroacetic acid"),
    *(
        "2,2-difluorononanoic acid",
        "fluoroacetic acid",
        "lactic acid",
        "oxalic acid",
        "OC(=O)CC(O)(CC(=O)O)C(=O)O",
    ),
    *("hexylphosphonic acid", "methanesulfonic acid", "1-dodecanethiol", "trioctylphosphine", "oleylamine"),
    *("trioctylphosphine oxide", "pyridine", "4-dimethylaminopyridine", "thiophene", "DDAB", "lead bromide"),
    *("lead nitrate", "lead oleate", "NH4SCN", "zinc bromide", "sodium oleate", "caesium carbonate"),
    *("L-cysteine", "L-phenylalanine", "tetrabutylammonium bromide", "phenethylammonium chloride"),
    *("OC(=O)C(F)(F)c1ccccc1", "[Na+].[N-]=[N+]=[N-]", "Oc1c(cc(cc1N(=O)=O)N(=O)=O)N(=O)=O", "P", "CCCCCC"),
    *("OC(=O)CCCCCF", "CCP(=O)(O)O", "O=C(O)c1ccncc1"),
)
PLANNED = (
    ("hexylphosphonic acid",),
    ("hexylphosphonic acid", "--form", "hexylphosphonate(2-)"),
    ("benzoic acid",),
    ("benzoic acid", "--partner", "decylammonium"),
    ("DDAB",),
    ("lead bromide",),
    ("trioctylphosphine",),
    ("sodium oleate",),
    ("OC(=O)C(F)(F)c1ccccc1",),
    ("fluoroacetic acid", "--allow", "lethal"),
)


def questions() -> dict[str, list[str]]:
    """Name of each answer and the command that gives it."""
    asked: dict[str, list[str]] = {}
    for crystal in CRYSTALS:
        asked[f"rank-{crystal}"] = ["rank", "-c", crystal, "-f", "json"]
    asked["rank-all-partners"] = ["rank", "--all-partners", "-f", "json"]
    asked["rank-lab"] = ["rank", "--data", str(LAB), "--rules", str(LAB / "rules"), "-f", "json"]
    asked["rank-recorded"] = ["rank", "--db", str(DATABASE), "-f", "json"]
    asked["explain"] = ["explain", *EXPLAINED, "--no-compute", "-f", "json"]
    asked["explain-lab"] = [
        *("explain", "our benzoic acid", "our own acid", "--no-compute", "-f", "json"),
        *("--data", str(LAB), "--rules", str(LAB / "rules")),
    ]
    asked["check"] = ["check", "--examples"]
    asked["check-lab"] = ["check", "--data", str(LAB), "--rules", str(LAB / "rules"), "--examples"]
    for part in ("table1", "hardness", "catalogue"):
        asked[f"validate-{part}"] = ["validate", part, "-f", "json"]
    sample = ["--nc-concentration", "1", "--volume", "2", "--edge", "9.5", "-f", "json"]
    for number, plan in enumerate(PLANNED, 1):
        asked[f"plan-{number:02d}"] = ["surface", "plan", *plan, *sample]
    asked["outcomes-list"] = ["outcomes", "list", "--history", "--db", str(DATABASE), "-f", "json"]
    return asked


Run = Callable[[list[str], dict[str, str]], tuple[int, str, str]]
"""Runs a command in an environment; its exit code, what it printed, and what it said on stderr."""


def in_a_process(arguments: list[str], environment: dict[str, str]) -> tuple[int, str, str]:
    """Run a command as a chemist would."""
    command = [sys.executable, "-m", "ligandkb", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=ROOT, check=False
    )
    return done.returncode, done.stdout, done.stderr


def answer(arguments: list[str], run: Run = in_a_process) -> dict[str, Any]:
    """Exit code, errors and answer of one command; JSON is read, other text kept line by line."""
    with tempfile.TemporaryDirectory() as own:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LIGANDKB_")}
        environment |= {
            "LIGANDKB_CACHE": f"{own}/cache",
            "LIGANDKB_DB": f"{own}/none.sqlite",
            "COLUMNS": "120",
        }
        code, *texts = run(arguments, environment)
    shown = [argument.replace(f"{ROOT}/", "") for argument in arguments]
    out, errors = (text.replace(f"{ROOT}/", "") for text in texts)
    try:
        content: Any = json.loads(out)
    except json.JSONDecodeError:
        content = out.splitlines()
    return {"command": shown, "exit": code, "answer": content, "errors": errors.splitlines()}


def freeze(folder: Path) -> None:
    """Write every answer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = questions()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, content in zip(asked, pool.map(answer, asked.values()), strict=True):
            text = json.dumps(content, ensure_ascii=False, indent=1)
            (folder / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    freeze(Path(sys.argv[1]))
