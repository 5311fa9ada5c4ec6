"""Where are the shipped data and rules, and what does a lab lay over them?

In a wheel they lie inside the package; in a checkout (also an editable install, also with the
checkout shadowing an installed wheel) they lie at its top, where people edit them.
"""

from __future__ import annotations

import os
from pathlib import Path

from ligandkb.arguments import Several, several
from ligandkb.problems import Problem

_PACKAGE = Path(__file__).resolve().parent

DATA_VARIABLE = "LIGANDKB_DATA"
RULES_VARIABLE = "LIGANDKB_RULES"
"""Environment variables that name a lab's folders where no option does."""


def _shipped(folder: str, witness: str) -> Path:
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (root / folder / witness).is_file():
            return root / folder
    raise FileNotFoundError(
        f"the shipped {folder}/{witness} is neither inside the package nor beside it: "
        "reinstall ligandkb, or run it from a complete checkout"
    )


def data_directory() -> Path:
    """Folder of the shipped CSV files."""
    return _shipped("data", "ligands.csv")


def rules_directory() -> Path:
    """Folder of the shipped rule files."""
    return _shipped("rules", "hsab.yaml")


def faults_of_0_1_0() -> Path:
    """Table of what was put right since 0.1.0, and of which answers changed by it."""
    shipped = _PACKAGE / "_shipped" / "changes" / "0.1.0.csv"
    return shipped if shipped.is_file() else _PACKAGE.parent / "tests" / "frozen" / "expected.csv"


def lab_folders(
    given: Several[str | Path] | None, variable: str, problems: list[Problem], fix: str
) -> tuple[Path, ...]:
    """Folders of a lab: those that were given, else those that an environment variable names.

    Parameters
    ----------
    given : path or iterable of path, optional
        What an option or argument said. None where nothing was said: then the environment is asked. An empty
        list stands for no folder, whatever the environment says.
    variable : str
        Name of the environment variable; several folders are separated as in ``PATH``.
    problems : list of Problem
        Each folder that is none is appended.
    fix : str
        What to do about a folder that doesn't exist, e.g. ``"make one with ligandkb init"``.

    Returns
    -------
    tuple of Path
        Folders that exist, in the order given.

    Examples
    --------
    >>> lab_folders("not-there", DATA_VARIABLE, problems := [], "make it"), str(problems[0])
    ((), 'not-there: there is no such folder: make it, or check the path')
    """
    from_environment = given is None
    named: tuple[object, ...] = several(given)
    if from_environment:
        named = tuple(part for part in os.environ.get(variable, "").split(os.pathsep) if part.strip())
    folders = []
    for path in named:
        if not isinstance(path, str | os.PathLike):
            problems.append(
                Problem(
                    f"{path!r:.60}", 0, 0, "this is no path of a folder", "give a path or a list of paths"
                )
            )
            continue
        folder = Path(path)
        if str(path) and folder.is_dir():
            folders.append(folder)
            continue
        what = "this is not a folder" if str(path) and folder.exists() else "there is no such folder"
        where = f"check {variable}, which names it" if from_environment else "check the path"
        problems.append(Problem(str(path) or "''", 0, 0, what, f"{fix}, or {where}"))
    return tuple(folders)
