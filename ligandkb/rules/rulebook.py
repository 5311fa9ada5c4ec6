"""Which rules are there, and is each of them whole?"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.rules.columns import Column
from ligandkb.rules.files.documents import Sequence, read_document
from ligandkb.rules.files.reading import RuleReader
from ligandkb.rules.rule import Rule
from ligandkb.rules.vocabulary import Vocabulary

__all__ = ["Rule", "Rulebook", "check_rulebook", "read_rulebook", "rule_files"]

MAXIMUM_RULES = 2000
NOT_RULE_FILES = frozenset({"vocabulary.yaml", "columns.yaml"})
"""YAML files of a rules folder that hold no rules."""


@dataclass(frozen=True)
class Rulebook:
    """Rules that have been checked against a vocabulary and columns.

    Attributes
    ----------
    rules : tuple of Rule
        In the order of files and lines.
    vocabulary : Vocabulary
    columns : tuple of Column
    """

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    columns: tuple[Column, ...]


def rule_files(folder: Path) -> tuple[Path, ...]:
    """Rule files of a folder, ordered by name: every ``*.yaml`` but the vocabulary and the columns.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    tuple of Path
    """
    return tuple(path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_RULE_FILES)


def read_rulebook(files: SequenceOf[Path], *, columns: Iterable[Column], vocabulary: Vocabulary) -> Rulebook:
    """Read and check rule files.

    Parameters
    ----------
    files : sequence of Path
        YAML files, each a list of rules.
    columns : iterable of Column
        What conditions may read.
    vocabulary : Vocabulary
        What effects may name.

    Returns
    -------
    Rulebook

    Raises
    ------
    InputError
        With every problem of every file.
    """
    declared = tuple(columns)
    rules, problems = _read(files, declared, vocabulary)
    if problems:
        raise InputError(problems)
    return Rulebook(tuple(rules), vocabulary, declared)


def check_rulebook(
    files: SequenceOf[Path], *, columns: Iterable[Column], vocabulary: Vocabulary
) -> list[Problem]:
    """Check rule files; as :func:`read_rulebook`, with the problems returned and nothing raised.

    Returns
    -------
    list of Problem
        Ordered by place; empty if all is well.
    """
    return sorted(_read(files, tuple(columns), vocabulary)[1])


def _read(
    files: SequenceOf[Path], columns: tuple[Column, ...], vocabulary: Vocabulary
) -> tuple[list[Rule], list[Problem]]:
    problems: list[Problem] = []
    rules: list[Rule] = []
    reader = RuleReader({column.name: column for column in columns}, vocabulary, problems)
    count = 0
    for path in files:
        document = read_document(path, problems)
        if document is None:
            continue
        count += len(document.root.items) if isinstance(document.root, Sequence) else 0
        if count > MAXIMUM_RULES:
            what = f"there are more than {MAXIMUM_RULES} rules"
            problems.append(
                Problem(document.file, document.root.line, document.root.column, what, "leave some out")
            )
            break
        rules += reader.rules(document)
    else:
        reader.finish()
    return rules, problems
