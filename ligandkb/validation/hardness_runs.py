"""Which values does the validation of hardness need?

Gathered from stored descriptors. The reports themselves are in :mod:`ligandkb.validation.hardness`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.quantum.levels import DFT_LEVEL, XTB_LEVELS, Level
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.subject import Ligand

COMMITTED = {"hardness_ev": -1, "donor_charge_mulliken_e": +1, "charge_transfer_e": +1, "homo_energy_ev": +1}
"""Descriptors and the direction expected of the improved heads, committed to in docs/quantum.md
beforehand."""
COMMITTED_SITE = "PbBr2"


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
