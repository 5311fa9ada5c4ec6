"""Which hazard statements are printed on this product's label?

Statements belong to products as bought, from a source that was read. A product that isn't listed has not been
assessed, which is never the same as harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdkit import Chem

from ligandkb.catalogue.products import Product
from ligandkb.chemistry.ionisation import shift_protons
from ligandkb.chemistry.species import Species, SpeciesKind, formula_unit, split
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import names, read_table

REQUIRED_COLUMNS = ("smiles", "statements", "source")
OPTIONAL_COLUMNS = ("name", "read", "locator", "note")
READ_IN_PART = "part"
"""What the column ``read`` says where a source named some dangers and was silent on the rest; blank otherwise."""
_STATEMENT = re.compile(r"(?:EU)?H\d{3}[A-Za-z]{0,3}(?:\+H\d{3})*")
_CODE = re.compile(r"(?:EU)?H\d{3}")


@dataclass(frozen=True)
class HazardLabel:
    """What was read of a product's label.

    Attributes
    ----------
    statements : frozenset of str
        Such as ``H314``. What isn't among them was not in the source, or not read.
    sources : tuple of str
        Where they were read, each with its locator.
    in_part : bool
        Whether only some dangers were looked up, so that the absence of another one says nothing.
    """

    statements: frozenset[str]
    sources: tuple[str, ...] = ()
    in_part: bool = False

    def __or__(self, other: HazardLabel) -> HazardLabel:
        """Both readings together: a second source adds statements and takes none away."""
        sources = tuple(dict.fromkeys((*self.sources, *other.sources)))
        return HazardLabel(self.statements | other.statements, sources, self.in_part and other.in_part)

    @property
    def codes(self) -> frozenset[str]:
        """Codes without their suffixes, those of combined statements apart.

        Examples
        --------
        >>> sorted(HazardLabel(frozenset({"H360FD", "H301+H311"})).codes)
        ['H301', 'H311', 'H360']
        """
        return frozenset(code for statement in self.statements for code in _CODE.findall(statement))


def read_hazard_statements(path: Path, problems: list[Problem]) -> Mapping[str, HazardLabel]:
    """Read the statements of products.

    Parameters
    ----------
    path : Path
        ``hazard_statements.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    mapping of str to HazardLabel
        By canonical SMILES of a product's formula unit.
    """
    found: dict[str, HazardLabel] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        try:
            smiles = formula_unit(split(row["smiles"].strip()))
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        statements = names(row, "statements")
        for statement in statements:
            if not _STATEMENT.fullmatch(statement):
                problems.append(
                    row.problem(
                        "statements", f"{statement!r} is not a hazard statement", "write H314, separated by |"
                    )
                )
        where = ", ".join(filter(None, (row[name].strip() for name in ("source", "locator"))))
        extent = row["read"].strip()
        if extent not in ("", READ_IN_PART):
            fix = f"write {READ_IN_PART} where other dangers were not read, or leave it blank"
            problems.append(row.problem("read", f"{extent!r} is no extent of a reading", fix))
        label = HazardLabel(frozenset(statements), (where,) if where else (), extent == READ_IN_PART)
        found[smiles] = found[smiles] | label if smiles in found else label
    return found


def label_of(product: Product, labels: Mapping[str, HazardLabel]) -> HazardLabel | None:
    """What was read of a product's label.

    A labelled compound is looked up without its isotopes, and a bare anion as its acid: nobody sells it otherwise.

    Parameters
    ----------
    product : Product
    labels : mapping
        As from :func:`read_hazard_statements`.

    Returns
    -------
    HazardLabel or None
        None where no label was read.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> label_of(product_from_smiles("[2H]OC(=O)CF"), {"O=C(O)CF": HazardLabel(frozenset({"H300"}))}).codes
    frozenset({'H300'})
    """
    return next((labels[key] for key in _keys(formula_unit(product.species)) if key in labels), None)


def inherited_label(product: Product, labels: Mapping[str, HazardLabel]) -> HazardLabel | None:
    """What is fatal about a product because of what is in it: a poison in water, its hydrate, its salt.

    Only H300, H310 and H330 are passed on; of an ion, which doesn't evaporate, H330 isn't, and nothing is passed
    from a mineral acid to its salts: caesium fluoride is no hydrogen fluoride.

    Parameters
    ----------
    product : Product
    labels : mapping
        As from :func:`read_hazard_statements`.

    Returns
    -------
    HazardLabel or None
        None if nothing is passed on. It is no reading of the product's own label.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> labels = {"Sc1ccccc1": HazardLabel(frozenset({"H300", "H330"}), ("somewhere",))}
    >>> sorted(inherited_label(product_from_smiles("[Na+].[S-]c1ccccc1"), labels).codes)
    ['H300']
    """
    found = None
    for key, passed_on in _parents(product.species):
        if (label := labels.get(key)) and (codes := label.codes & passed_on):
            parent = HazardLabel(codes, tuple(f"of {key}: {source}" for source in label.sources))
            found = parent if found is None else found | parent
    return found


_FATAL = frozenset({"H300", "H310", "H330"})
_FATAL_AS_ION = frozenset({"H300", "H310"})
_ORGANIC = Chem.MolFromSmarts("[#6,$([#7]~[#7])]")  # carbon, or hydrazine's nitrogen
_PROTON_ON_NITROGEN = Chem.MolFromSmarts("[#7;+;!H0]")


@lru_cache(maxsize=65536)
def _parents(species: tuple[Species, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """What is in a product, each with the statements that it passes on."""
    dry = tuple(part for part in species if part.kind is not SpeciesKind.WATER)
    found = [(formula_unit(dry), _FATAL)] if len(dry) < len(species) else []
    for part in dry:
        mol = parse(part.smiles)
        if part.charge == 0 and len(species) > 1:
            found.append((part.smiles, _FATAL))
        elif part.charge < 0 and mol.HasSubstructMatch(_ORGANIC):
            found.append((canonical(Chem.MolToSmiles(conjugate_acid(mol))), _FATAL_AS_ION))
        elif part.charge > 0 and mol.HasSubstructMatch(_ORGANIC):
            protons = dict.fromkeys((match[0] for match in mol.GetSubstructMatches(_PROTON_ON_NITROGEN)), -1)
            if len(protons) == part.charge:
                found.append((canonical(Chem.MolToSmiles(shift_protons(mol, protons))), _FATAL_AS_ION))
    return tuple(found)


@lru_cache(maxsize=65536)
def _keys(smiles: str) -> tuple[str, ...]:
    keys = [smiles]
    if any(atom.GetIsotope() for atom in parse(smiles).GetAtoms()):
        plain = Chem.RWMol(parse(smiles))
        for atom in plain.GetAtoms():
            atom.SetIsotope(0)
        keys.append(formula_unit(split(Chem.MolToSmiles(Chem.RemoveHs(plain)))))
    if "." not in smiles and Chem.GetFormalCharge(parse(smiles)) < 0:
        keys.append(canonical(Chem.MolToSmiles(conjugate_acid(parse(keys[-1])))))
    return tuple(keys)
