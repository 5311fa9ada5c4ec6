"""How are files and databases read into a knowledge base?"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from pathlib import Path

from ligandkb.arguments import Several, name
from ligandkb.assessment.columns import rule_columns
from ligandkb.assessment.pairs import all_partner_ids
from ligandkb.catalogue.catalogue import Catalogue, read_catalogue
from ligandkb.catalogue.hazard_tables import FILES as HAZARD_TABLES
from ligandkb.chemistry.linear_free_energy import FILE as FITTED
from ligandkb.chemistry.species import formula_unit
from ligandkb.descriptors.aqueous import AqueousConstants
from ligandkb.descriptors.lead_table import read_lead_affinity
from ligandkb.descriptors.measured import FILES as PKA_FILES
from ligandkb.descriptors.measured import read_pka
from ligandkb.evidence.outcomes import Outcome
from ligandkb.evidence.reading import read_outcomes
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import InputError, Problem, counted, did_you_mean
from ligandkb.provenance import content_hash
from ligandkb.resources import (
    DATA_VARIABLE,
    RULES_VARIABLE,
    data_directory,
    lab_folders,
    rules_directory,
)
from ligandkb.rules.rulebook import Rulebook, read_rulebook, rule_files
from ligandkb.rules.vocabulary import read_vocabulary
from ligandkb.storage.computed_values import ComputedValues, cache_path
from ligandkb.storage.recorded import recordings, withdrawn
from ligandkb.storage.structure_answers import read_answers
from ligandkb.validation.in_sample import IN_SAMPLE

_NAMED = 5
"""Outcomes that one note names."""


def load(
    data: Several[str | Path] | None = None,
    rules: Several[str | Path] | None = None,
    db: str | Path | None = None,
) -> KnowledgeBase:
    """Load the shipped knowledge base, with a lab's own folders laid over it.

    Parameters
    ----------
    data : path or iterable of path, optional
        Folders with any of ``ligands.csv``, ``partners.csv``, ``sites.csv``, ``hazard_statements.csv``,
        ``properties.csv``, ``solubility.csv``, ``offers.csv``, ``outcomes.csv``; by default what
        ``LIGANDKB_DATA`` says. An empty list is for none, whatever the environment says.
    rules : path or iterable of path, optional
        Folders with further rule files, by default what ``LIGANDKB_RULES`` says. The shipped rules always hold:
        safety can't be left out.
    db : str or path, optional
        Database of recorded outcomes: path of a SQLite file or a SQLAlchemy URL; by default what
        ``LIGANDKB_DB`` says, else the user's own. One that doesn't exist holds nothing.

    Returns
    -------
    KnowledgeBase

    Raises
    ------
    InputError
        With every problem of every file.

    Examples
    --------
    >>> import ligandkb as lk
    >>> len(lk.load().ligands) >= 30
    True
    """
    problems: list[Problem] = []
    directories = _laid_over(
        data_directory(), lab_folders(data, DATA_VARIABLE, problems, "make one with ligandkb init")
    )
    rule_directories = _laid_over(
        rules_directory(), lab_folders(rules, RULES_VARIABLE, problems, "make it and put a rule file into it")
    )
    for directory in rule_directories[1:]:
        if not rule_files(directory):
            fix = "put a rule file there (docs/rules-language.md shows one), or leave the folder out"
            problems.append(Problem(str(directory), 0, 0, "there is no rule file in this folder", fix))
    if problems:
        raise InputError(problems)
    read_answers()
    catalogue = read_catalogue(directories, problems)
    outcome_files = [directory / "outcomes.csv" for directory in directories]
    outcome_files = [path for position, path in enumerate(outcome_files) if not position or path.exists()]
    partners = all_partner_ids(catalogue, catalogue.products)
    database = None if db is None else str(db) if isinstance(db, Path) else name("db", db)
    kept = recordings(database)
    recorded = tuple(one.outcome for one in kept)
    in_files = read_outcomes(outcome_files, problems, partners=partners)
    is_own = any(not outcome.is_shipped for outcome in in_files)
    taken = {one.id for one in recorded} | (withdrawn(database) if is_own else frozenset())
    outcomes = (*_not_recorded_too(in_files, taken), *recorded)
    aqueous = AqueousConstants(
        read_pka([data_directory() / name for name in PKA_FILES], problems),
        read_lead_affinity(data_directory() / "lead_affinity.csv", problems),
    )
    rule_paths = [path for directory in rule_directories for path in rule_files(directory)]
    rulebook = None
    try:
        vocabulary = read_vocabulary(rules_directory() / "vocabulary.yaml")
        rulebook = read_rulebook(rule_paths, columns=rule_columns(), vocabulary=vocabulary)
    except InputError as error:
        problems.extend(error.problems)
    if problems or rulebook is None:
        raise InputError(problems)
    computed = data_directory() / "computed" / "descriptors.csv"
    tables = [path for directory in directories for path in sorted(directory.glob("*.csv"))]
    tables += [data_directory() / "hazards" / name for name in HAZARD_TABLES]
    tables += sorted(data_directory().glob("*.json"))
    kb = KnowledgeBase(
        catalogue,
        outcomes,
        rulebook,
        aqueous,
        ComputedValues(computed, cache_path()),
        content_hash([*tables, computed, data_directory() / FITTED, *rule_paths], _texts(recorded)),
        (
            *(str(path) for path in [*directories[1:], *rule_directories[1:]]),
            *([f"{len(recorded)} recorded outcome{'' if len(recorded) == 1 else 's'}"] if recorded else []),
        ),
        kept,
    )
    problems = [*_unknown_origins(rulebook, outcomes), *_hidden_vetoes(kb, catalogue)]
    if problems:
        raise InputError(problems)
    return kb


def _laid_over(shipped: Path, folders: Sequence[Path]) -> list[Path]:
    """The shipped folder with a lab's folders after it."""
    return [shipped, *(folder for folder in folders if folder.resolve() != shipped)]


def _not_recorded_too(in_files: Sequence[Outcome], taken: Collection[str]) -> list[Outcome]:
    """Outcomes of files without those of a lab's own that a database has: one measurement counts once, and as there."""
    twice = {one.id: one for one in in_files if one.id in taken and not one.is_shipped}
    if twice:
        some = ", ".join([*twice][:_NAMED]) + (", ..." if len(twice) > _NAMED else "")
        of_files = ", ".join(dict.fromkeys(one.origin.rpartition(":")[0] for one in twice.values()))
        what = f"{of_files}: the database has {counted(len(twice), 'outcome')} of this, too ({some}): each counts once,"
        warnings.warn(f"{what} as recorded there, and not at all if it is withdrawn", stacklevel=3)
    return [one for one in in_files if one.is_shipped or one.id not in twice]


def _texts(recorded: Sequence[Outcome]) -> tuple[str, ...]:
    if not recorded:
        return ()
    from ligandkb.storage.outcome_recordings import content_hash_of  # noqa: PLC0415 - only where something is recorded

    return (content_hash_of(recorded),)


def _unknown_origins(rulebook: Rulebook, outcomes: Sequence[Outcome]) -> list[Problem]:
    """Rules that claim to be written from outcomes that nobody has: validation could not leave those out."""
    known = {outcome.id for outcome in outcomes} | {IN_SAMPLE}
    return [
        Problem(
            rule.file,
            rule.line,
            1,
            f"{rule.id}: derived_from names {name!r}, which is no outcome",
            did_you_mean(name, known) or f"name the id of an outcome, or {IN_SAMPLE}",
        )
        for rule in rulebook.rules
        for name in rule.derived_from
        if name not in known
    ]


def _hidden_vetoes(kb: KnowledgeBase, catalogue: Catalogue) -> list[Problem]:
    """Rows of a lab that put a harmless structure in the place of a vetoed one."""
    problems = []
    changed = [
        (old, new)
        for old, new in catalogue.replaced
        if formula_unit(old.species) != formula_unit(new.species)
    ]
    vetoes = kb.vetoes_of([product for pair in changed for product in pair])
    for (old, new), before, after in zip(changed, vetoes[::2], vetoes[1::2], strict=True):
        if lost := before - after:
            file, _, line = new.origin.rpartition(":")
            what = (
                f"{old.id} is vetoed ({', '.join(sorted(lost))}), and another structure can't take its name"
            )
            problems.append(Problem(file, int(line), 1, what, "give this row an id and a name of its own"))
    return problems
