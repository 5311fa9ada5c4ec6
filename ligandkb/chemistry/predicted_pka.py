"""How acidic is this acid, as far as measured ones tell?

A prediction with its error inside the domain of its family, else unknown with the reason. A measured value of the
acid itself is always better.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from rdkit import Chem

from ligandkb.chemistry.acidity import FAMILIES, FAMILY, AcidFamily, sites_of, takes_its_own_proton, terms_of
from ligandkb.chemistry.acids import most_acidic
from ligandkb.chemistry.linear_free_energy import Estimate, LinearModel
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.protonated import lone_carboxylate
from ligandkb.chemistry.structure import conjugate_acid
from ligandkb.missing import Known, Missing

_IN_WORDS = {
    "halogen": "a halogen",
    "polar": "N, O or S",
    "other element": "elements other than C, N, O, S and halogens",
}
_CARBOXYLIC = FAMILY["carboxylic acid"]
_NO_FAMILY = Missing("no family of acids with enough sourced values")


def predict_pka(mol: Chem.Mol, family: AcidFamily, models: Mapping[str, LinearModel]) -> Known[Estimate]:
    """Aqueous pKa of a neutral acid, or of the conjugate acid of a neutral base.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        The acid with all its protons, or the base without.
    family : AcidFamily
    models : mapping of str to LinearModel
        By the name of the family.

    Returns
    -------
    Estimate or Missing
        Of several groups the one value that titration gives: they lose the first proton together. Missing
        where the molecule lies outside the domain.

    Examples
    --------
    >>> from ligandkb.chemistry.acidity import FAMILY
    >>> from ligandkb.chemistry.linear_free_energy import shipped_models
    >>> acetic = Chem.MolFromSmiles("CC(=O)O")
    >>> estimate = predict_pka(acetic, FAMILY["carboxylic acid"], shipped_models().acidity)
    >>> 4.2 < estimate.value < 4.9
    True
    """
    sites = sites_of(mol, family)
    if family.name not in models or not sites:
        return _NO_FAMILY
    if len(sites) > 1 and (family.step > 1 or family.is_base):
        return Missing(f"{len(sites)} such groups in one molecule")
    if lone_charges(mol):
        return Missing("another charge in the molecule")
    return _of_sites(mol, sites, family, models[family.name])


def _of_sites(
    mol: Chem.Mol, sites: Iterable[tuple[int, ...]], family: AcidFamily, model: LinearModel
) -> Known[Estimate]:
    if not family.is_base and takes_its_own_proton(mol):
        return Missing("a base in the same molecule takes the proton")
    values = []
    for site in sites:
        terms = terms_of(mol, site, family)  # what lies too far away to matter is in none of them
        for kind, words in _IN_WORDS.items():
            if kind not in family.terms and terms[kind]:
                return Missing(f"no sourced {family.name} with {words} near the acid group")
        estimate = model.predict(terms)
        if not isinstance(estimate, Estimate):
            return estimate
        values.append(estimate.value)
    return Estimate(-math.log10(sum(10.0**-value for value in values)), model.root_mean_square_error)


def predict_conjugate_acid_pka(
    mol: Chem.Mol, donors: tuple[int, ...], models: Mapping[str, LinearModel]
) -> Known[Estimate]:
    """Aqueous pKa of the proton that an anion or a neutral base takes up at its donor.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        The species.
    donors : tuple of int
        Its donor atoms.
    models : mapping of str to LinearModel
        By the name of the family.

    Returns
    -------
    Estimate or Missing

    Examples
    --------
    >>> from ligandkb.chemistry.linear_free_energy import shipped_models
    >>> mesylate = Chem.MolFromSmiles("CS(=O)(=O)[O-]")
    >>> print(predict_conjugate_acid_pka(mesylate, (2, 3, 4), shipped_models().acidity))
    missing (no family of acids with enough sourced values)
    """
    site = lone_carboxylate(outline_of(mol))
    if site is not None and not set(donors).isdisjoint(site) and _CARBOXYLIC.name in models:
        return _of_sites(mol, (site,), _CARBOXYLIC, models[_CARBOXYLIC.name])
    charge = Chem.GetFormalCharge(mol)
    acid = conjugate_acid(mol) if charge else mol
    if acid.GetNumAtoms() != mol.GetNumAtoms():
        return _NO_FAMILY
    first = most_acidic(acid) if charge else None
    if charge and first is None:
        return _NO_FAMILY
    if first is not None and set(donors).isdisjoint(first[1]):
        return Missing("another group of the molecule is the stronger acid")
    for family in FAMILIES:
        of_this_charge = family.is_base if charge == 0 else not family.is_base and family.step == -charge
        if of_this_charge and any(not set(donors).isdisjoint(site) for site in sites_of(acid, family)):
            return predict_pka(acid, family, models)
    return _NO_FAMILY


def lone_charges(mol: Chem.Mol) -> int:
    """Number of charges that don't sit side by side, as those of a nitro group do.

    Examples
    --------
    >>> lone_charges(Chem.MolFromSmiles("C[N+](=O)[O-]")), lone_charges(Chem.MolFromSmiles("C[NH3+]"))
    (0, 1)
    """
    outline = outline_of(mol)
    charged = [atom for atom, kind in enumerate(outline.kinds) if kind.charge]
    return sum(not any(outline.kinds[near].charge for near in outline.neighbours[atom]) for atom in charged)
