"""Does computed hardness part the heads of Table 1 that improved from the others?

Plain functions from numbers to reports. Nothing here computes a molecule: values come in as mappings, so
that a report can be made from the shipped table, from a cache, or from somebody else's program. How it follows
measurement and density functional theory is benchmarks/hardness_reference.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from ligandkb.chemistry.forms import form_of
from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.quantum.levels import DFT_LEVEL, XTB_LEVELS, Level
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.subject import Ligand
from ligandkb.validation.by_head import (
    Separation,
    TableOneHeads,
    areas,
    separation,
    share_reaching,
    splits_of,
)

COMMITTED = {"hardness_ev": -1, "donor_charge_mulliken_e": +1, "charge_transfer_e": +1, "homo_energy_ev": +1}
"""Descriptors and the direction expected of the improved heads, committed to in docs/quantum.md
beforehand."""
COMMITTED_SITE = "PbBr2"
_MOST_EXACT_SPLITS = 200_000


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
    labels = splits_of(observed)
    aucs = {name: areas(values, expected, heads, labels) for name, (expected, values) in family.items()}
    tried = tuple(separation(name, entry, heads, observed) for name, entry in family.items())
    best = max(tried, key=lambda one: (np.nan_to_num(one.auc, nan=-1.0), -np.nan_to_num(one.p_exact)))
    largest = np.fmax.reduce(list(aucs.values()))
    return TableOneReport(
        tried=tried,
        best=best,
        p_max_statistic=share_reaching(largest, best.auc),
        splits=splits,
        nulls=tuple(separation(name, entry, heads, observed) for name, entry in (nulls or {}).items()),
    )


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
