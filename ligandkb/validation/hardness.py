"""Does computed hardness part the heads of Table 1 that improved from the others?

Plain functions from numbers to reports. Nothing here computes a molecule: values come in as mappings, so
that a report can be made from the shipped table, from a cache, or from somebody else's program. How it follows
measurement and density functional theory is benchmarks/hardness_reference.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.quantum.levels import DFT_LEVEL, XTB_LEVELS, Level
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.subject import Ligand

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMMITTED = {"hardness_ev": -1, "donor_charge_mulliken_e": +1, "charge_transfer_e": +1, "homo_energy_ev": +1}
"""Descriptors and the direction expected of the improved heads, committed to in docs/quantum.md
beforehand."""
COMMITTED_SITE = "PbBr2"
_MOST_EXACT_SPLITS = 200_000


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
class TableOneReport:
    """All descriptors that were tried on Table 1, with the price of having tried them all.

    Attributes
    ----------
    tried : tuple of Separation
        The committed family.
    best : Separation
        The one with the largest AUC in its expected direction.
    p_max_statistic : float
        Share of all splits in which any of the family reaches the best AUC.
    splits : int
        How many splits there are.
    nulls : tuple of Separation
        What has to be beaten, outside the family.
    """

    tried: tuple[Separation, ...]
    best: Separation
    p_max_statistic: float
    splits: int
    nulls: tuple[Separation, ...]


def table_one_report(
    family: Mapping[str, tuple[int, Mapping[str, float]]],
    improved: Sequence[str],
    not_improved: Sequence[str],
    *,
    nulls: Mapping[str, tuple[int, Mapping[str, float]]] | None = None,
) -> TableOneReport:
    """Hold descriptors against Table 1, the unit being the distinct head.

    Parameters
    ----------
    family : mapping
        Descriptor to its expected direction (+1: the improved are higher, -1: lower) and its values by
        head. All that was tried belongs in here, also what failed.
    improved, not_improved : sequence of str
        Distinct heads by outcome.
    nulls : mapping, optional
        Likewise for explanations that have nothing to do with softness; direction 0 takes the better side.

    Returns
    -------
    TableOneReport

    Raises
    ------
    ValueError
        If the family is empty, a head has both outcomes, or there are too many splits to count them all.

    Examples
    --------
    >>> values = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}
    >>> report = table_one_report({"hardness": (-1, values)}, ["a", "b"], ["c", "d"])
    >>> report.best.auc, round(report.p_max_statistic, 3), report.splits
    (1.0, 0.167, 6)
    """
    if not family:
        raise ValueError("no descriptor to hold against Table 1")
    both = set(improved) & set(not_improved)
    if both:
        raise ValueError(f"heads with both outcomes: {', '.join(sorted(both))}")
    heads = [*improved, *not_improved]
    splits = comb(len(heads), len(improved))
    if splits > _MOST_EXACT_SPLITS:
        raise ValueError(f"{splits} splits are too many to count one by one")
    observed = np.array([head in set(improved) for head in heads])
    labels = _splits(observed)
    aucs = {name: _aucs(values, expected, heads, labels) for name, (expected, values) in family.items()}
    tried = tuple(_separation(name, entry, heads, observed) for name, entry in family.items())
    best = max(tried, key=lambda one: (np.nan_to_num(one.auc, nan=-1.0), -np.nan_to_num(one.p_exact)))
    largest = np.fmax.reduce(list(aucs.values()))
    return TableOneReport(
        tried=tried,
        best=best,
        p_max_statistic=_share(largest, best.auc),
        splits=splits,
        nulls=tuple(_separation(name, entry, heads, observed) for name, entry in (nulls or {}).items()),
    )


def _splits(observed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """All ways to choose as many heads as were observed to improve, one a row."""
    chosen = combinations(range(len(observed)), int(observed.sum()))
    return np.array([[index in picked for index in range(len(observed))] for picked in map(set, chosen)])


def _separation(
    name: str, entry: tuple[int, Mapping[str, float]], heads: Sequence[str], observed: NDArray[np.bool_]
) -> Separation:
    """One descriptor alone; its splits are those of the heads that have a value."""
    expected, values = entry
    known = [head for head in heads if head in values]
    is_improved = np.array(
        [flag for head, flag in zip(heads, observed, strict=True) if head in values], dtype=bool
    )
    auc = float(_aucs(values, expected, known, is_improved[None, :])[0])
    return Separation(
        descriptor=name,
        expected=expected,
        auc=auc,
        p_exact=_share(_aucs(values, expected, known, _splits(is_improved)), auc),
        improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if flag),
        not_improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if not flag),
        without_value=tuple(head for head in heads if head not in values),
    )


def _share(aucs: NDArray[np.float64], reached: float) -> float:
    """Share of the splits with an AUC that reach a value; NaN without one."""
    there = aucs[~np.isnan(aucs)]
    return float(np.mean(there >= reached - 1e-12)) if len(there) and not np.isnan(reached) else float("nan")


def _aucs(
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


def table_one_family(heads: TableOneHeads, lookup: Lookup) -> dict[str, tuple[int, dict[str, float]]]:
    """Everything that was committed to: four descriptors by nine levels and structures.

    Parameters
    ----------
    heads : TableOneHeads
    lookup : callable
        From key to record, or None; heads and uncut forms.

    Returns
    -------
    dict
        Descriptor with level and structure to its expected direction and its values by head; the values of
        several uncut forms of one head are averaged. Heads without a value are absent.
    """
    forms = {**heads.improved, **heads.not_improved}
    family: dict[str, tuple[int, dict[str, float]]] = {}
    variants = [(level, cut) for level in XTB_LEVELS for cut in (True, False)] + [(DFT_LEVEL, True)]
    for level, cut in variants:
        for name, expected in COMMITTED.items():
            values = {
                head: sum(found) / len(found)
                for head, members in forms.items()
                if (found := _values(name, (head,) if cut else members, level, lookup))
            }
            family[f"{name}, {level}, {'heads' if cut else 'uncut'}"] = (expected, values)
    return family


def _values(name: str, species: Iterable[str], level: Level, lookup: Lookup) -> list[float]:
    found = []
    for one in species:
        form = form_of(one)
        if form is None:
            continue
        ligand = Ligand(form, COMMITTED_SITE, lookup, level=level, is_uncut=True)
        value = QUANTUM.by_name[name].function(ligand)
        if isinstance(value, float):
            found.append(value)
    return found
