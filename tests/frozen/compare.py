"""Hold today's answers against those of a release: the same facts must come out, apart from the faults that were fixed.

    python tests/frozen/compare.py tests/frozen/0.1.0

Runs the commands of freeze.py with the code at hand and prints, as CSV, every fact that differs and the number of the
fault that explains it. Those numbers stand in expected.csv, a table that people review; in its key and field ``*``
stands for anything. The exit code is 1 where a difference has no entry there.

A fact is a cell of an answer in JSON, or a line of one that is text. Rows are told apart by what they are about
(ligand, binding form, partner) and not by where they stand; an unchanged row that stands elsewhere has another ``order``.
New keys and new rows are no difference, new items of a list are. The field of a difference says as much as it can of what differs, so
that an entry can't explain more than it means: a list of words is compared word by word (``safety.tags[-insoluble]`` is
gone, ``safety.tags[+layered-phase]`` is new), a number by how much it changed (``score_high by -0.576``).
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import math
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from freeze import EXPLAINED, answer, questions

from ligandkb.cli import interruption, main

EXPECTED = Path(__file__).with_name("expected.csv")

RENAMED = {"mend": "fix", "form": "morphology", "gain_bound": "plqy_headroom"}
"""Keys of JSON: what is called differently now is looked up under its new name, too."""

REWORDED = {
    "no label read of": "no whole label read of",  # A12: a label that was read in part clears of nothing
    "no atom in it could bind lead": "a hydrocarbon has no lone pair to lend",  # C7
}
"""What is said in other words now, with the fault that asked for them."""

CHANGES_ALWAYS = {"version", "content", "tool_version", "schema_version", "rank", "origin"}
"""What says nothing on the facts; of ``rank``, ``order`` says it; ``origin`` is a line of a file that grows."""

IDENTITY = (
    ("id", "version"),
    ("id",),
    ("ligand", "binding_form_smiles", "partner"),
    ("binding_form", "partner"),
    ("descriptor",),
    ("pair",),
    ("name",),
)
"""What an item of a list is about: the first of these that all items have, and each its own."""

ABSENT = "(absent)"


@dataclass(frozen=True)
class Difference:
    """One fact that isn't what it was."""

    answer: str
    key: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Expected:
    """Which differences a fault explains."""

    answer: str
    key: str
    field: str
    fault: str
    why: str

    def explains(self, difference: Difference) -> bool:
        """Whether all three names match."""
        return all(
            matches(getattr(self, part), getattr(difference, part)) for part in ("answer", "key", "field")
        )


def matches(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern says, in which only ``*`` means more than itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def differences(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """Facts of one answer that differ."""
    for part in ("exit", "errors"):
        for field, before, after in differ(old[part], new[part], part):
            yield Difference(name, "", field, before, after)
    olds, news = facts(name, old["answer"]), facts(name, new["answer"])
    for key in olds:
        for field, before, after in differ(olds[key], news.get(key, ABSENT), "row"):
            yield Difference(name, key, field.removeprefix("row."), before, after)
    yield from (Difference(name, key, "order", *places) for key, places in moved(olds, news))


def facts(name: str, content: Any) -> dict[str, Any]:
    """What an answer says, by what it says it about."""
    if name == "explain" and content:
        return dict(zip(EXPLAINED, content, strict=True))
    if isinstance(content, dict) and "rows" in content:
        rows = by_identity(content["rows"], identity_of(content["rows"]))
        return rows | {"": {key: value for key, value in content.items() if key != "rows"}}
    return {"": content}


def by_identity(items: list[Any], names: tuple[str, ...] | None) -> dict[str, Any]:
    """Items of a list by what each is about, or by its place."""
    if names is None:
        return {str(number): item for number, item in enumerate(items, 1)}
    return {" | ".join(str(item[name]) for name in names): item for item in items}


def identity_of(*lists: list[Any]) -> tuple[str, ...] | None:
    """Keys that tell the items of each list apart."""
    for names in IDENTITY:
        if all(item.keys() >= set(names) for items in lists for item in items) and all(
            len({tuple(str(item[name]) for name in names) for item in items}) == len(items) for items in lists
        ):
            return names
    return None


def differ(old: Any, new: Any, field: str) -> Iterator[tuple[str, Any, Any]]:
    """Each cell in which two contents differ: its field, before and now."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name, value in old.items():
            if name not in CHANGES_ALWAYS:
                now = new.get(name, new.get(RENAMED.get(name, name), ABSENT))
                yield from differ(value, now, f"{field}.{name}")
    elif is_table(old) and is_table(new):
        names = identity_of(old, new)
        olds, news = by_identity(old, names), by_identity(new, names)
        for item in {**olds, **news}:
            yield from differ(olds.get(item, ABSENT), news.get(item, ABSENT), f"{field}[{item}]")
    elif are_sets(old, new):
        yield from ((f"{field}[-{item}]", item, ABSENT) for item in old if item not in new)
        yield from ((f"{field}[+{item}]", ABSENT, item) for item in new if item not in old)
    elif not same(old, new):
        yield (f"{field} by {new - old:+.3g}" if are_numbers(old, new) else field), old, new


def are_sets(*lists: Any) -> bool:
    """Whether contents are lists of words, such as tags, that differ in what they hold and not in its order only."""
    words = all(isinstance(items, list) and all(isinstance(item, str) for item in items) for items in lists)
    return words and len({frozenset(items) for items in lists}) > 1


def are_numbers(*cells: Any) -> bool:
    """Whether cells can be subtracted."""
    return all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def is_table(content: Any) -> bool:
    """Whether a content is a list of things that have names for their cells."""
    return isinstance(content, list) and all(isinstance(item, dict) for item in content)


def same(old: Any, new: Any) -> bool:
    """Whether two cells say the same; of numbers, the last bits may differ."""
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, str) and isinstance(new, str):
        return new in (old, reworded(old))
    return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-12) if are_numbers(old, new) else bool(old == new)


def reworded(text: str) -> str:
    """What a text would say today, if it said the same."""
    for old, new in REWORDED.items():
        text = text.replace(old, new)
    return text


def moved(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Rows that are what they were and stand elsewhere among such rows: as few as explain the new order."""
    unchanged = {key for key in old if key in new and not list(differ(old[key], new[key], ""))}
    before, now = ([key for key in rows if key in unchanged] for rows in (old, new))
    blocks = SequenceMatcher(a=before, b=now, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    for key in before:
        if key not in stayed:
            yield key, (f"place {before.index(key) + 1}", f"place {now.index(key) + 1}")


def in_this_process(arguments: list[str], environment: dict[str, str]) -> tuple[int, str, str]:
    """Run a command without a new interpreter."""
    out, said = io.StringIO(), io.StringIO()
    kept, argv, here = dict(os.environ), sys.argv, Path.cwd()
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ligandkb", *arguments]
    os.chdir(Path(__file__).resolve().parents[2])
    code: Any = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said), warnings.catch_warnings():
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        os.environ.clear()
        os.environ.update(kept)
        os.chdir(here)
        sys.argv = argv
    return int(code or 0), out.getvalue(), said.getvalue()


def compare(folder: Path, only: tuple[str, ...] = ()) -> Iterator[Difference]:
    """All facts that differ from a release's frozen ones, of some answers or of all."""
    interruption.listen = lambda: None  # Ctrl-C ends this script and not one of its commands
    for name, arguments in questions().items():
        if not only or name in only:
            frozen = json.loads(gzip.decompress((folder / f"{name}.json.gz").read_bytes()))
            yield from differences(name, frozen, answer(arguments, in_this_process))


def read_expected(path: Path = EXPECTED) -> list[Expected]:
    """The reviewed table of differences that a fault explains."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [Expected(**row) for row in csv.DictReader(stream)]


def run(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Print every difference with its fault; the number of those without."""
    expected, faults, used = read_expected(), Counter[str](), set[Expected]()
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["answer", "key", "field", "old", "new", "fault"])
    for one in compare(folder, only):
        reason = next((entry for entry in expected if entry.explains(one)), None)
        fault = reason.fault if reason else "unexplained"
        faults[fault] += 1
        if reason:
            used.add(reason)
        cells = [json.dumps(cell, ensure_ascii=False) for cell in (one.old, one.new)]
        table.writerow([one.answer, one.key, one.field, *cells, fault])
    for fault, number in sorted(faults.items()):
        print(f"{fault}: {number}", file=sys.stderr)
    for entry in expected:
        if entry not in used and not only:
            print(f"explains nothing: {entry}", file=sys.stderr)
    return faults["unexplained"]


if __name__ == "__main__":
    sys.exit(min(run(Path(sys.argv[1]), tuple(sys.argv[2:])), 1))
