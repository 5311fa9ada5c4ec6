"""How well does a value part the heads of Table 1 that improved from the others?

The unit is the distinct head: three oleates are one witness. With ten heads every way to choose the improved ones can
be counted, so that p-values are exact, ties or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Separation:
    """How well one descriptor parts the improved heads of Table 1 from the others.

    Attributes
    ----------
    descriptor : str
        Name with level and structure.
    expected : int
        +1 where the improved heads were expected higher, -1 lower, 0 without expectation.
    auc : float
        Probability that an improved head lies on the expected side of one that did not improve, ties half;
        with no expectation the larger of both sides.
    p_exact : float
        Share of all ways to choose as many of the heads with a value that reach this AUC, for this
        descriptor alone.
    improved, not_improved : tuple of str
        Heads with a value.
    without_value : tuple of str
        Heads without one, left out.
    """

    descriptor: str
    expected: int
    auc: float
    p_exact: float
    improved: tuple[str, ...]
    not_improved: tuple[str, ...]
    without_value: tuple[str, ...]


@dataclass(frozen=True)
class TableOneHeads:
    """X-type heads of Table 1 with the uncut forms that stand for each.

    Attributes
    ----------
    improved, not_improved : mapping of str to tuple of str
        Canonical SMILES of a head to those of its forms.
    """

    improved: Mapping[str, tuple[str, ...]]
    not_improved: Mapping[str, tuple[str, ...]]


def table_one_heads(entries: Iterable[tuple[str, bool]]) -> TableOneHeads:
    """Gather entries of Table 1 by distinct X-type head.

    Parameters
    ----------
    entries : iterable of tuple of str and bool
        SMILES of the binding form and whether it stands in the improved column; forms that aren't X-type (a
        phosphine, lead oleate as a whole) are left out.

    Returns
    -------
    TableOneHeads

    Raises
    ------
    ValueError
        If a head stands in both columns.

    Examples
    --------
    >>> table_one_heads([("CCCC(=O)[O-]", False), ("CC(=O)[O-]", False), ("CP(C)C", True)]).not_improved
    {'CC(=O)[O-]': ('CC(=O)[O-]', 'CCCC(=O)[O-]')}
    """
    columns: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for smiles, is_improved in entries:
        if "." in smiles:
            continue
        form = form_of(smiles)
        if form is not None and form.ligand_class is LigandClass.X:
            columns[is_improved].setdefault(head_of(form.smiles), set()).add(form.smiles)
    both = set(columns[True]) & set(columns[False])
    if both:
        raise ValueError(f"heads in both columns of Table 1: {', '.join(sorted(both))}")
    improved, not_improved = (
        {head: tuple(sorted(forms)) for head, forms in sorted(columns[side].items())}
        for side in (True, False)
    )
    return TableOneHeads(improved, not_improved)


def separation(
    name: str, entry: tuple[int, Mapping[str, float]], heads: Sequence[str], observed: NDArray[np.bool_]
) -> Separation:
    """Hold one descriptor against the heads; its splits are those of the heads that have a value.

    Parameters
    ----------
    name : str
    entry : tuple of int and mapping
        Direction expected of the improved heads (+1 higher, -1 lower, 0 the better side), and values by head.
    heads : sequence of str
    observed : array of bool
        Whether each improved.

    Returns
    -------
    Separation
        With the p of the one-sided exact rank-sum test, two-sided where no direction is expected.

    Examples
    --------
    >>> values = {"a": 3.0, "b": 2.0, "c": 1.0}
    >>> found = separation("softness", (+1, values), ["a", "b", "c", "d"], np.array([True, True, False, False]))
    >>> found.auc, round(found.p_exact, 3), found.without_value
    (1.0, 0.333, ('d',))
    """
    expected, values = entry
    known = [head for head in heads if head in values]
    is_improved = np.array(
        [flag for head, flag in zip(heads, observed, strict=True) if head in values], dtype=bool
    )
    auc = float(areas(values, expected, known, is_improved[None, :])[0])
    return Separation(
        descriptor=name,
        expected=expected,
        auc=auc,
        p_exact=share_reaching(areas(values, expected, known, splits_of(is_improved)), auc),
        improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if flag),
        not_improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if not flag),
        without_value=tuple(head for head in heads if head not in values),
    )


def splits_of(observed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """All ways to choose as many heads as were observed to improve, one a row."""
    chosen = combinations(range(len(observed)), int(observed.sum()))
    return np.array([[index in picked for index in range(len(observed))] for picked in map(set, chosen)])


def areas(
    values: Mapping[str, float], expected: int, heads: Sequence[str], labels: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """AUC of each labelling, in the expected direction; NaN where a side has no value."""
    from scipy.stats import rankdata  # noqa: PLC0415 - a ranking loads this module and no scipy

    known = np.array([head in values for head in heads])
    ranks = rankdata([values[head] for head in heads if head in values])
    chosen = labels[:, known]
    inside = chosen.sum(axis=1)
    outside = chosen.shape[1] - inside
    pairs = np.where((inside > 0) & (outside > 0), inside * outside, np.nan)
    above: NDArray[np.float64] = ((chosen * ranks).sum(axis=1) - inside * (inside + 1) / 2) / pairs
    if expected == 0:
        return np.maximum(above, 1 - above)
    return above if expected > 0 else 1 - above


def share_reaching(aucs: NDArray[np.float64], reached: float) -> float:
    """Share of the splits with an AUC that reach a value; NaN without one."""
    there = aucs[~np.isnan(aucs)]
    return float(np.mean(there >= reached - 1e-12)) if len(there) and not np.isnan(reached) else float("nan")
