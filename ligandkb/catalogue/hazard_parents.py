"""Under which structures is this product listed, and what in it passes its dangers on?"""

from __future__ import annotations

import re
from dataclasses import replace
from math import gcd, lcm

from rdkit import Chem

from ligandkb.catalogue.hazard_label import FATAL, LASTING
from ligandkb.chemistry.proton_shifts import shift_protons
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.species import Species, SpeciesKind, formula_unit, split
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse

_HALIDES = ("[Cl-]", "[Br-]", "[I-]")
_PASSED_ON = FATAL | LASTING
_BY_AN_ION = frozenset({"H300", "H310"}) | LASTING  # which doesn't evaporate
_ORGANIC = Chem.MolFromSmarts("[#6,$([#7]~[#7])]")  # carbon, or hydrazine's nitrogen
_PROTON_ON_NITROGEN = Chem.MolFromSmarts("[#7;+;!H0]")


def without_water(species: tuple[Species, ...]) -> tuple[Species, ...]:
    """Species of the anhydrous form; empty where the product is its own.

    Examples
    --------
    >>> [part.smiles for part in without_water(split("O.Cc1ccc(cc1)S(=O)(=O)O"))]
    ['Cc1ccc(S(=O)(=O)O)cc1']
    """
    dry = tuple(part for part in species if part.kind is not SpeciesKind.WATER)
    return dry if len(dry) < len(species) else ()


def reduced(species: tuple[Species, ...]) -> tuple[Species, ...]:
    """Species with counts that have no common divisor: a list writes a salt once, a hydrate several times.

    Examples
    --------
    >>> formula_unit(reduced(split("[Cd+2].[Cd+2].[Br-].[Br-].[Br-].[Br-]")))
    '[Br-].[Br-].[Cd+2]'
    """
    divisor = gcd(*(part.count for part in species))
    return tuple(replace(part, count=part.count // divisor) for part in species) if divisor > 1 else species


def salts(species: tuple[Species, ...]) -> tuple[str, ...]:
    """Salts within a product: its ions without what is neutral, and each cation with each anion.

    Parameters
    ----------
    species : tuple of Species

    Returns
    -------
    tuple of str
        Formula units, smallest whole numbers, the product itself left out.

    Examples
    --------
    >>> salts(split("[Cd+2].[Cl-].[Cl-].CCO")), salts(split("C[NH3+].[Hg+2].[Br-].[Br-].[Br-]"))[1:]
    (('[Cd+2].[Cl-].[Cl-]',), ('[Br-].[Br-].[Hg+2]',))
    """
    ions = reduced(tuple(part for part in species if part.charge))
    cations, anions = ([part for part in ions if sign * part.charge > 0] for sign in (1, -1))
    if not cations or not anions:
        return ()
    pairs = [_pair(cation, anion) for cation in cations for anion in anions]
    itself = formula_unit(species)
    found = dict.fromkeys(formula_unit(one) for one in (ions, *pairs))
    return tuple(smiles for smiles in found if smiles != itself)


def _pair(cation: Species, anion: Species) -> tuple[Species, ...]:
    charge = lcm(cation.charge, anion.charge)
    return tuple(sorted(replace(ion, count=charge // abs(ion.charge)) for ion in (cation, anion)))


@remembered(65536)
def parents(species: tuple[Species, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """What is in a product, each with the hazard statements that it passes on.

    A salt passes on all of them, whatever solvent or ligand it is bought with: arsenic trichloride in hexane stays
    what it is. So does a quaternary ion's chloride, bromide or iodide to every salt of that ion.

    Parameters
    ----------
    species : tuple of Species

    Returns
    -------
    tuple of (str, frozenset of str)
        Canonical SMILES, codes.

    Examples
    --------
    >>> [(smiles, sorted(codes)) for smiles, codes in parents(split("[Na+].[O-]C(=O)CF"))]
    [('O=C(O)CF', ['H300', 'H310', 'H340', 'H350', 'H360'])]
    """
    dry = without_water(species)
    found = [(formula_unit(reduced(dry)), _PASSED_ON)] if dry else []
    found += [(salt, _PASSED_ON) for salt in salts(species) if (salt, _PASSED_ON) not in found]
    for part in dry or species:
        mol = parse(part.smiles)
        if part.charge == 0 and len(species) > 1:
            found.append((part.smiles, _PASSED_ON))
        elif part.charge < 0 and mol.HasSubstructMatch(_ORGANIC):
            found.append((canonical(Chem.MolToSmiles(conjugate_acid(mol))), _BY_AN_ION))
        elif part.charge > 0 and mol.HasSubstructMatch(_ORGANIC):
            protons = dict.fromkeys((match[0] for match in mol.GetSubstructMatches(_PROTON_ON_NITROGEN)), -1)
            if len(protons) == part.charge:
                found.append((canonical(Chem.MolToSmiles(shift_protons(mol, protons))), _BY_AN_ION))
            elif not protons:
                # A quaternary ion is sold with one halide or another, whose dust does the same.
                found += [
                    (formula_unit(split(".".join([part.smiles] + [ion] * part.charge))), _PASSED_ON)
                    for ion in _HALIDES
                ]
    return tuple(found)


def has_isotopes(smiles: str) -> bool:
    """Whether a mass number stands in a SMILES, where a bracket opens.

    Examples
    --------
    >>> has_isotopes("[2H]OC"), has_isotopes("[nH]1cccc1")
    (True, False)
    """
    return _ISOTOPE.search(smiles) is not None


_ISOTOPE = re.compile(r"\[\d")


@remembered(65536)
def drawings(smiles: str) -> tuple[str, ...]:
    """A product as drawn, without its isotopes, and as the acid of a bare anion, which nobody sells otherwise.

    Examples
    --------
    >>> drawings("[2H]OC(=O)CF"), drawings("O=C([O-])CF")
    (('[2H]OC(=O)CF', 'O=C(O)CF'), ('O=C([O-])CF', 'O=C(O)CF'))
    """
    keys = [smiles]
    if has_isotopes(smiles):
        plain = Chem.RWMol(parse(smiles))
        for atom in plain.GetAtoms():
            atom.SetIsotope(0)
        keys.append(formula_unit(split(Chem.MolToSmiles(Chem.RemoveHs(plain)))))
    if "." not in smiles and "-" in smiles and Chem.GetFormalCharge(parse(smiles)) < 0:
        keys.append(canonical(Chem.MolToSmiles(conjugate_acid(parse(keys[-1])))))
    return tuple(keys)
