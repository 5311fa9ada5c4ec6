"""Is everything that people wrote whole?

An editor or a pre-commit hook runs this at every save, so it starts at once: its options are read by argparse
(typer loads pydantic for any command that has options, which alone takes longer than all of this).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.problems import InputError, Problem
from ligandkb.resources import DATA_VARIABLE, RULES_VARIABLE, lab_folders, rules_directory
from ligandkb.rules.columns import read_columns
from ligandkb.rules.rulebook import check_rulebook, rule_files
from ligandkb.rules.vocabulary import read_vocabulary


def run_check(arguments: Sequence[str]) -> None:
    """Run ``ligandkb check``.

    Parameters
    ----------
    arguments : sequence of str
        What stands after ``check`` on the command line.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    parser = argparse.ArgumentParser(
        prog="ligandkb check",
        # Without a width argparse asks the terminal, and loads shutil with its archive formats for it.
        formatter_class=partial(argparse.HelpFormatter, width=100),
        description="Check tables and rules: every problem of every file, with its position and how to fix it.",
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        action="append",
        help="folder with a lab's own tables, by default LIGANDKB_DATA; repeat for several",
    )
    parser.add_argument(
        "--rules",
        metavar="DIR",
        type=Path,
        action="append",
        help="folder with a lab's own rules, by default LIGANDKB_RULES; given alone, only rules are checked",
    )
    parser.add_argument("--examples", action="store_true", help="run the examples of every rule, too")
    parser.add_argument(
        "--write-columns",
        metavar="DIR",
        type=Path,
        action="append",
        help="write columns.yaml, columns.md and schema.json into this rules folder",
    )
    options = parser.parse_args(arguments)
    if options.write_columns is not None:
        if len(options.write_columns) > 1:
            parser.error(f"--write-columns is given {len(options.write_columns)} times: give it once")
        for path in write_columns(options.write_columns[0]):
            print(f"wrote {path}")
        return
    count, with_tables = check_files(options.data, options.rules, examples=options.examples)
    stop_if_pressed()
    print(f"no problems ({count} rule files{', all tables' if with_tables else ''})")


def check_files(
    data: Sequence[Path] | None, rules: Sequence[Path] | None, *, examples: bool
) -> tuple[int, bool]:
    """Check rule files and tables, print what was checked, and raise all problems at once.

    Rules are checked by themselves when only ``rules`` are given: that needs neither RDKit nor pandas.

    Parameters
    ----------
    data, rules : sequence of Path, optional
        A lab's folders, laid over the shipped ones, by default what the environment says; both empty to check
        all that is shipped.
    examples : bool
        Whether to run the examples of every rule, too.

    Returns
    -------
    int, bool
        Number of rule files that were checked, and whether tables were checked, too.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    problems: list[Problem] = []
    tables = lab_folders(data, DATA_VARIABLE, problems, "make one with ligandkb init")
    named = lab_folders(rules, RULES_VARIABLE, problems, "make it and put a rule file into it")
    folders = [folder for folder in named if _has_rules(folder, problems)]
    files = _rule_files(folders)
    rules_only = bool(rules or named) and not (data or tables) and not examples
    if rules_only:
        problems.extend(_rule_problems(files))
    else:
        problems.extend(_table_and_rule_problems(tables, folders, files, examples=examples))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return len(files), not rules_only


def _has_rules(folder: Path, problems: list[Problem]) -> bool:
    if rule_files(folder):
        return True
    fix = "name the folder that holds your *.yaml rules; docs/rules-language.md shows how to write one"
    problems.append(Problem(str(folder), 0, 0, "there is no rule file in this folder", fix))
    return False


def _rule_files(folders: Sequence[Path]) -> list[Path]:
    shipped = rules_directory()
    every = [shipped, *(folder for folder in folders if folder.resolve() != shipped)]
    return [file for folder in every for file in rule_files(folder)]


def _rule_problems(files: Sequence[Path]) -> list[Problem]:
    shipped = rules_directory()
    columns = read_columns(shipped / "columns.yaml")
    return check_rulebook(files, columns=columns, vocabulary=read_vocabulary(shipped / "vocabulary.yaml"))


def _table_and_rule_problems(
    data: Sequence[Path], rules: Sequence[Path], files: Sequence[Path], *, examples: bool
) -> list[Problem]:
    from ligandkb.loading import load  # noqa: PLC0415 - tables need RDKit, rules alone don't

    try:
        kb = load(data, rules)
    except InputError as error:
        # Whatever stopped the loading, the rules have their say.
        return [*error.problems, *_rule_problems(files)]
    for line in kb.catalogue.overlaid:
        print(line, file=sys.stderr)
    own = [product for product in kb.catalogue.products if Path(product.origin).parent in data]
    for product, vetoes in zip(own, kb.vetoes_of(own), strict=True):
        if vetoes:
            print(
                f"note: {product.origin}: {product.name} is vetoed ({', '.join(sorted(vetoes))})",
                file=sys.stderr,
            )
    return kb.example_problems() if examples else []


def write_columns(folder: Path) -> tuple[Path, ...]:
    """Write ``columns.yaml``, the page on columns and the JSON schema for editors into a rules folder.

    Returns
    -------
    tuple of Path
        What was written.
    """
    import json  # noqa: PLC0415 - only this command writes

    from ligandkb.assessment.columns import DEFINITIONS, rule_columns  # noqa: PLC0415
    from ligandkb.export import write_atomically  # noqa: PLC0415
    from ligandkb.reports.columns import columns_page  # noqa: PLC0415
    from ligandkb.rules.columns import dump_columns  # noqa: PLC0415
    from ligandkb.rules.schema import rule_file_schema  # noqa: PLC0415

    columns = rule_columns()
    vocabulary = read_vocabulary(folder / "vocabulary.yaml")
    written = {
        folder / "columns.yaml": dump_columns(columns),
        folder / "columns.md": columns_page(DEFINITIONS),
        folder / "schema.json": json.dumps(rule_file_schema(columns, vocabulary), indent=2) + "\n",
    }
    for path, text in written.items():
        write_atomically(path, text)
    return tuple(written)
