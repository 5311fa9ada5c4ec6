"""Does every command of the pages run, and print what they show?

CONTRIBUTING.md ("Write a page") says how a block is read.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from ligandkb.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<not_run>[^\n]+) -->\n+)?"
    r"^```(?P<language>\w*)(?: title=\"(?P<title>[^\"\n]+)\")?\n(?P<text>.*?)^```$"
    r"(?:\n+^```text\n(?P<shown>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
WHYS = {"needs the network", "takes minutes", "needs a file that is not shipped", "a piece of a module"}
MOST_NOT_RUN = 6
SETS_UP_A_MACHINE = {"python3", ".", "pip", "pytest", "./check", "mkdocs"}
"""What no test of a page runs: it makes environments, installs into them, or runs these very tests."""

RUN_BY_ITS_OWN_TEST = "docs/group.md"
"""Its commands are run on a real server by tests/storage/test_group_page.py."""


@dataclass(frozen=True)
class Block:
    """What a page has between two fences."""

    page: str
    language: str
    text: str
    title: str
    not_run: str
    shown: str
    """What its last command prints; a page may say nothing of it."""

    @property
    def is_run(self) -> bool:
        """Whether it holds what can be run, and isn't marked."""
        return self.language in ("sh", "python") and not self.not_run

    @property
    def commands(self) -> list[str]:
        """Each command, without what continues it on another line."""
        lines = self.text.replace("\\\n", " ").splitlines() if self.language == "sh" else []
        parts = [part.strip() for line in lines for part in line.split(" && ")]
        return [part for part in parts if part and not part.startswith("#")]


def pages() -> list[str]:
    """Every page of the site's navigation."""

    def leaves(entry: Any) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        return [
            leaf for one in (entry.values() if isinstance(entry, dict) else entry) for leaf in leaves(one)
        ]

    return leaves(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])


def blocks_of(page: str) -> list[Block]:
    """Blocks of a page, each with the text right below it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        Block(page, **{name: said or "" for name, said in one.groupdict().items()})
        for one in BLOCK.finditer(text)
    ]


BLOCKS = {page: blocks_of(page) for page in pages() if (ROOT / page).is_file()}
"""Of all that is written here; the page of the notebook is made from it, and tests/examples run it."""


def is_shown(shown: str, printed: str) -> bool:
    """Whether a text is what was printed; `...` stands for anything in a line, and alone in one for any lines."""
    wanted = "".join(f"{line.rstrip()}\n" for line in shown.splitlines())
    pieces = re.split(r"^\.\.\.\n", wanted, flags=re.MULTILINE)
    said = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    patterns = [".*".join(map(re.escape, piece.split("..."))) for piece in pieces]
    return re.fullmatch(r"(?:.*\n)*".join(patterns), said) is not None


def check_set_up(command: str) -> None:
    """What can be checked of a command that isn't run: the extras that it names are there."""
    words = shlex.split(command, comments=True)
    assert words[0] in SETS_UP_A_MACHINE, command
    for extras in re.findall(r"\[([\w,]+)\]", command):
        assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"]), command


def output_of(command: str, run: Any) -> str:
    """What one command prints, above what it says on the side; what it names as output is there."""
    words = shlex.split(command, comments=True)
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8-sig")
    done = run(*words[1:])
    assert done.code == 0, f"{command}\n{done.err}"
    for option, name in pairwise(words):
        if option in ("-o", "--out", "--order-sheet", "--plot"):
            assert Path(name).is_dir() or Path(name).stat().st_size > 100, command
    return done.out + done.err


@pytest.mark.parametrize(
    "page",
    [page for page in BLOCKS if any(one.is_run for one in BLOCKS[page]) and page != RUN_BY_ITS_OWN_TEST],
)
def test_every_command_runs_and_prints_what_is_shown(page, run, folder):
    for name in ("pyarrow", "duckdb", "openpyxl", "xlsxwriter"):
        pytest.importorskip(name)
    python: dict[str, Any] = {}
    for block in BLOCKS[page]:
        if block.title:
            (folder / block.title).parent.mkdir(exist_ok=True)
            (folder / block.title).write_text(block.text, encoding="utf-8")
        if block.language == "python" and block.is_run:
            exec(compile(block.text, page, "exec"), python)
        printed = ""
        for command in block.commands if block.is_run else []:
            if command.split()[0] in ("ligandkb", "cat"):
                printed = output_of(command, run)
            else:
                check_set_up(command)
        assert not block.shown or is_shown(block.shown, printed), f"{block.text}\n{printed}"


def test_the_descriptor_that_contributing_shows_is_one():
    """It belongs into a module of the package; so it gets that module's names, and a process of its own."""
    (piece,) = (block.text for block in BLOCKS["CONTRIBUTING.md"] if block.language == "python")
    inside = "import ligandkb.descriptors.topological as module; globals().update(vars(module))\n"
    ask = "\nprint(TOPOLOGICAL.values(form_of('[O-]C(=O)c1ccccn1'))['nitrogen_count'])"
    done = subprocess.run([sys.executable, "-"], input=inside + piece + ask, capture_output=True, text=True)
    assert done.stdout.strip() == "1.0", done.stderr


def test_few_are_not_run_and_say_why():
    marked = [block for blocks in BLOCKS.values() for block in blocks if block.not_run]
    assert {block.not_run for block in marked} <= WHYS
    assert len(marked) <= MOST_NOT_RUN


def test_no_command_hides_in_a_block_that_is_not_run():
    for blocks in BLOCKS.values():
        for block in blocks:
            hidden = re.findall(r"^\$? ?ligandkb [a-z].*", block.text, re.MULTILINE)
            assert not hidden or block.language == "sh", (block.page, hidden)


def test_the_commands_that_prose_names_are_there(run):
    """In running text a command may be a piece of one; its words and options exist."""
    root = typer.main.get_command(app)
    said = {
        (page, one)
        for page in BLOCKS
        for one in re.findall(
            r"(?<!`)`ligandkb ([^`]+)`(?!`)", BLOCK.sub("", (ROOT / page).read_text(encoding="utf-8"))
        )
    }
    for page, command in sorted(said):
        words, group = command.split(), root
        names = []
        while words and words[0] in getattr(group, "commands", {}):
            group = group.commands[words[0]]
            names.append(words.pop(0))
        assert names or words[0].startswith("-"), (page, command)
        known = re.findall(r"--?[a-z][\w-]*", run(*names, "--help", env={"COLUMNS": "200"}).out)
        options = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
        assert set(options) <= {*known}, (page, command)
