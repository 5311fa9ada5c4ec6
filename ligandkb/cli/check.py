"""Is everything that people wrote whole?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.resources import rules_directory
from ligandkb.rules.columns import read_columns
from ligandkb.rules.rulebook import check_rulebook, rule_files
from ligandkb.rules.vocabulary import read_vocabulary


def check_files(data: Sequence[Path], rules: Sequence[Path], *, examples: bool) -> int:
    """Check rule files and tables, print what was checked, and raise all problems at once.

    Rules are checked by themselves when only ``rules`` are given: that needs neither RDKit nor pandas.

    Parameters
    ----------
    data, rules : sequence of Path
        A lab's folders, laid over the shipped ones; both empty to check all that is shipped.
    examples : bool
        Whether to run the examples of every rule, too.

    Returns
    -------
    int
        Number of rules that were checked.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    rules_only = bool(rules) and not data and not examples
    problems, count = _rule_problems(rules)
    if not rules_only and not problems:
        from ligandkb.knowledge_base import load  # noqa: PLC0415 - tables need RDKit, rules alone don't

        kb = load(data, rules)
        if examples:
            problems.extend(kb.example_problems())
        for line in kb.catalogue.overlaid:
            print(line, file=sys.stderr)
    if problems:
        raise InputError(problems)
    return count


def _rule_problems(folders: Sequence[Path]) -> tuple[list[Problem], int]:
    shipped = rules_directory()
    files = list(rule_files(shipped))
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(str(folder), 0, 0, "there is no such folder", "check the path"))
        elif folder.resolve() != shipped:
            files.extend(rule_files(folder))
    columns = read_columns(shipped / "columns.yaml")
    problems.extend(
        check_rulebook(files, columns=columns, vocabulary=read_vocabulary(shipped / "vocabulary.yaml"))
    )
    return problems, len(files)


def write_columns(folder: Path) -> tuple[Path, ...]:
    """Write ``columns.yaml`` and the JSON schema for editors into a rules folder.

    Returns
    -------
    tuple of Path
        What was written.
    """
    import json  # noqa: PLC0415 - only this command writes

    from ligandkb.export import write_atomically  # noqa: PLC0415
    from ligandkb.ranking.columns import rule_columns  # noqa: PLC0415
    from ligandkb.rules.columns import dump_columns  # noqa: PLC0415
    from ligandkb.rules.schema import rule_file_schema  # noqa: PLC0415

    columns = rule_columns()
    vocabulary = read_vocabulary(folder / "vocabulary.yaml")
    written = {
        folder / "columns.yaml": dump_columns(columns),
        folder / "schema.json": json.dumps(rule_file_schema(columns, vocabulary), indent=2) + "\n",
    }
    for path, text in written.items():
        write_atomically(path, text)
    return tuple(written)
