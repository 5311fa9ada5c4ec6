"""What did another release, another rulebook or another model say of the same outcomes?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.tables import check_unique, number, read_table


def read_scores(path: Path, known: Collection[str]) -> Mapping[str, float]:
    r"""Read scores by the identifiers of outcomes.

    Parameters
    ----------
    path : Path
        CSV file with the columns ``id`` and ``score``, such as ``ligandkb validate outcomes --format csv`` writes.
        Larger scores are expected of what improved. Other columns are not read; a blank score is none.
    known : collection of str
        Identifiers of the outcomes that are held against scores.

    Returns
    -------
    mapping of str to float
        Of known outcomes only: another release may have had others.

    Raises
    ------
    InputError
        With everything that is wrong with the file; also if it speaks of no known outcome.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "release.csv"
    ...     _ = path.write_text("id,score\nours-1,1.2\nours-2,\n")
    ...     read_scores(path, ["ours-1", "ours-2"])
    {'ours-1': 1.2}
    """
    problems: list[Problem] = []
    not_read: list[Problem] = []
    rows = read_table(path, required=["id", "score"], optional=[], problems=problems, notes=not_read)
    check_unique(rows, "id", problems)
    scores = {row["id"].strip(): number(row, "score", problems) for row in rows}
    found = {name: score for name, score in scores.items() if score is not None and name in known}
    if not found and not problems:
        what = "it scores no outcome that is held against scores"
        problems.append(
            Problem(str(path), 0, 0, what, "write the id of an outcome in each row, and its score")
        )
    if problems:
        raise InputError(problems)
    return found
