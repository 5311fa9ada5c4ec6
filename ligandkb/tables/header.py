"""Which column is meant by this heading?

Capitals, blanks and hyphens don't matter. A lab may keep columns of its own, which are not read; a heading that is
nearly the name of a column that isn't there is a problem, since a misspelt ``cas`` would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ligandkb.problems import Problem, misspelt
from ligandkb.tables.rows import shown
from ligandkb.tables.scanning import Record, SourceText

# Words beside a column's name that don't make it another column: "CAS No.", "SMILES string".
_FILLERS = frozenset(
    {"no", "nr", "number", "rn", "registry", "string", "canonical", "isomeric", "code", "text", "value"}
)

# A danger that a lab wrote down in a column of its own must not be lost unsaid.
_OF_HAZARDS = re.compile(
    r"hazard|danger|gefahr|ghs|statement|(?:^|_)h_?(?:code|phrase|satz|sätze)s?(?:$|_)|^clp"
)
_HAZARDS_ELSEWHERE = (
    "hazard statements are read from hazard_statements.csv alone (smiles, statements, source); "
)


def heading_key(text: str) -> str:
    """Bring a heading to the spelling in which headings are compared.

    Examples
    --------
    >>> heading_key("SMILES"), heading_key("Binding form"), heading_key("cas-source ")
    ('smiles', 'binding_form', 'cas_source')
    """
    return re.sub(r"[\s\xa0_-]+", "_", text.strip().casefold())


def column_of(text: str | None, known: Sequence[str]) -> str | None:
    """Known column that a heading names; None if it names none, empty for an empty heading.

    Examples
    --------
    >>> column_of("SMILES", ["id", "smiles"]), column_of("Lot", ["id", "smiles"])
    ('smiles', None)
    """
    if not text or text in known:
        return text or ""
    return {heading_key(name): name for name in known}.get(heading_key(text))


def meant_by(text: str, absent: Sequence[str]) -> list[str]:
    """Columns that a heading may stand for although it doesn't name them: a typo, a filler, a unit left out.

    Parameters
    ----------
    text : str
        The heading.
    absent : sequence of str
        Columns that could have been meant.

    Returns
    -------
    list of str

    Examples
    --------
    >>> absent = ["id", "cas", "doi", "locator", "melting_point_c"]
    >>> [meant_by(text, absent) for text in ("CAS No.", "cass", "Melting point")]
    [['cas'], ['cas'], ['melting_point_c']]
    >>> [meant_by(text, absent) for text in ("Lot", "CID", "Class", "Dipole", "Lot ID")]
    [[], [], [], [], []]
    """
    key = heading_key(text)
    words = re.findall(r"[^\W_]+", key)
    rest = [word for word in words if word not in _FILLERS]
    return [
        name
        for name in absent
        if misspelt(key, name) or (words and (name.split("_") == rest or _leads(rest, name.split("_"))))
    ]


def _leads(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words are the beginning of a name, such as "density" of ``density_g_per_ml``."""
    return 0 < len(words) < len(name) and list(name[: len(words)]) == list(words)


def read_header(
    source: SourceText,
    header: Record,
    required: Sequence[str],
    known: Sequence[str],
    problems: list[Problem],
    notes: list[Problem],
) -> list[str | None]:
    """Read the line that names the columns.

    Parameters
    ----------
    source, header
        The file, and its line that names the columns.
    required, known : sequence of str
        Columns that must be there, and all that can be read.
    problems, notes : list of Problem
        What is wrong, and what is not read, is appended.

    Returns
    -------
    list of str or None
        Names of the columns by position: empty where there is no name, None where the column is not read. Empty
        if the line names no column at all.
    """
    names = [column_of(text, known) for text in header.texts]
    if fault := _no_columns(header.texts, names, known):
        problems.append(source.problem(header.offsets[0], *fault))
        return []
    absent = [name for name in known if name not in names]
    columns: list[str | None] = []
    own: list[tuple[str, int]] = []
    for text, offset, name in zip(header.texts, header.offsets, names, strict=True):
        column = name
        if text is not None and name is None:
            if meant := meant_by(text, absent):
                problems.append(source.problem(offset, f"unknown column {shown(text)}", _offer(meant)))
            elif meant := meant_by(text, known):
                notes.append(source.problem(offset, f"the column {shown(text)} is not read", _offer(meant)))
            else:
                own.append((text, offset))
        elif name and name in columns:
            first = source.where(header.offsets[columns.index(name)])[1]
            column, what = None, f"the column {text!r} stands twice, first at column {first}"
            problems.append(source.problem(offset, what, "keep one of them"))
        columns.append(column)
    notes += _not_read(source, own, known)
    for name in required:
        if name not in columns:
            what = f"the column {name!r} is missing"
            problems.append(
                source.problem(header.offsets[0], what, "add it to this line, and a cell to each row")
            )
    return columns


def _offer(meant: Sequence[str]) -> str:
    return f"did you mean {' or '.join(map(repr, meant))}?"


def _no_columns(
    headings: Sequence[str | None], names: Sequence[str | None], known: Sequence[str]
) -> tuple[str, str] | None:
    """What is wrong with a line that names no column, and what to do about it."""
    texts = [text for text in headings if text]
    if any(names) or any(meant_by(text, known) for text in texts):
        return None
    words = {heading_key(word) for word in re.split(r"[^\w]+", " ".join(texts))}
    if len(texts) == 1 and words & {heading_key(name) for name in known}:
        return "the columns are not separated", "separate them by comma, semicolon or tab"
    return "this line names none of the columns", f"let the first line be {','.join(known)}"


def _not_read(source: SourceText, own: Sequence[tuple[str, int]], known: Sequence[str]) -> list[Problem]:
    """One note on all columns that are a lab's own."""
    if not own:
        return []
    quoted = [shown(text) for text, _ in own]
    more = f" and {quoted[-1]} are" if len(quoted) > 1 else " is"
    what = f"the column{'s' if len(quoted) > 1 else ''} {', '.join(quoted[:-1] or quoted)}{more} not read"
    elsewhere = _HAZARDS_ELSEWHERE if any(_OF_HAZARDS.search(heading_key(text)) for text, _ in own) else ""
    return [source.problem(own[0][1], what, f"{elsewhere}the columns are {', '.join(known)}")]
