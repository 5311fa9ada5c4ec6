"""What are the atoms of an anion's acid, without drawing it?

RDKit needs longer to make a molecule of the acid than to read one. Where a proton goes to an oxygen or sulfur at the
end of a bond, it changes that atom and no other, so that much can be told of the acid from the anion.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdkit import Chem

from ligandkb.chemistry.outline import AtomKind, Outline

_TAKES_A_PROTON = frozenset({8, 16, 34})


def with_protons(outline: Outline) -> list[AtomKind] | None:
    """Atoms of what :func:`~ligandkb.chemistry.structure.conjugate_acid` makes of a species.

    Parameters
    ----------
    outline : Outline
        Of an anion, or of what is no anion.

    Returns
    -------
    list of AtomKind or None
        In the order of the species' own; None where a proton could change more than its own atom.

    Examples
    --------
    >>> from ligandkb.chemistry.outline import outline_of
    >>> from ligandkb.chemistry.structure import parse
    >>> [kind.hydrogens for kind in with_protons(outline_of(parse("CC(=O)[O-]")))]
    [3, 0, 0, 1]
    """
    kinds, neighbours = outline.kinds, outline.neighbours
    anionic = [atom for atom, kind in enumerate(kinds) if kind.charge < 0]
    if anionic:
        kinds = kinds.copy()
    for atom in anionic:
        kind = kinds[atom]
        if any(kinds[near].charge > 0 for near in neighbours[atom]):
            continue  # a nitro group is drawn with charges and bears none
        if kind.element not in _TAKES_A_PROTON or outline.bonds[atom] != " ":
            return None
        protons = kind.hydrogens - kind.charge
        kinds[atom] = kind._replace(hydrogens=protons, connections=1 + protons, charge=0)
    return kinds


def oxyanions(outline: Outline) -> list[int] | None:
    """Oxygens that bear all the charges which a proton can be given to.

    Parameters
    ----------
    outline : Outline
        Of one species.

    Returns
    -------
    list of int or None
        Empty where there is no such charge. None where another atom bears one, and where a hydrogen is drawn as an
        atom.

    Examples
    --------
    >>> from ligandkb.chemistry.outline import outline_of
    >>> from ligandkb.chemistry.structure import parse
    >>> [oxyanions(outline_of(parse(smiles))) for smiles in ("CC(=O)[O-]", "CC[N+](=O)[O-]", "CC[S-]")]
    [[3], [], None]
    """
    kinds, neighbours, found = outline.kinds, outline.neighbours, []
    for atom, kind in enumerate(kinds):
        if kind.element == 1:
            return None
        if kind.charge < 0 and not any(kinds[near].charge > 0 for near in neighbours[atom]):
            if kind.element != 8 or kind.charge != -1 or outline.bonds[atom] != " ":
                return None
            found.append(atom)
    return found


def with_hydroxyls(mol: Chem.Mol, oxygens: Iterable[int]) -> Chem.Mol:
    """A molecule with a proton on each of these oxygens, as sanitising leaves it: nothing else changes.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Left as it is.
    oxygens : iterable of int
        As from :func:`oxyanions`.

    Examples
    --------
    >>> Chem.MolToSmiles(with_hydroxyls(Chem.MolFromSmiles("CC(=O)[O-]"), [3]))
    'CC(=O)O'
    """
    acid = Chem.Mol(mol)
    for oxygen in map(acid.GetAtomWithIdx, oxygens):
        oxygen.SetFormalCharge(0)
        oxygen.SetNoImplicit(True)
        oxygen.SetNumExplicitHs(1)
        oxygen.UpdatePropertyCache()
    return acid


def lone_carboxylate(outline: Outline) -> tuple[int, int, int] | None:
    """The carboxylate of a molecule that has no other charge, and no other proton that could be as acidic.

    Parameters
    ----------
    outline : Outline
        Of one species.

    Returns
    -------
    tuple of int or None
        Oxygen with the charge, carbon, oxygen with the double bond. None for all other molecules, and for those of
        which it takes a search to tell.

    Examples
    --------
    >>> from ligandkb.chemistry.outline import outline_of
    >>> from ligandkb.chemistry.structure import parse
    >>> lone_carboxylate(outline_of(parse("CC(=O)[O-]")))
    (3, 1, 2)
    >>> lone_carboxylate(outline_of(parse("O=C(O)CC(=O)[O-]"))) is None
    True
    """
    kinds, neighbours, bonds = outline.kinds, outline.neighbours, outline.bonds
    every = [atom for atom, kind in enumerate(kinds) if kind.charge]
    charged = [
        atom
        for atom in every
        if not any(kinds[near].charge * kinds[atom].charge < 0 for near in neighbours[atom])
    ]
    if (
        len(charged) != 1
        or sum(kinds[atom].charge for atom in every) != -1
        or not outline.elements <= _OF_ORGANIC_ACIDS
    ):
        return None
    (oxygen,) = charged
    if kinds[oxygen].element != 8 or kinds[oxygen].charge != -1 or bonds[oxygen] != " ":
        return None
    (carbon,) = neighbours[oxygen]
    doubly = [
        near
        for near, bond in zip(neighbours[carbon], bonds[carbon], strict=True)
        if bond == "=" and kinds[near].element == 8 and not kinds[near].charge
    ]
    others = [near for near in neighbours[carbon] if near != oxygen and near not in doubly]
    if kinds[carbon].element != 6 or kinds[carbon].connections != 3 or len(doubly) != 1:
        return None
    if any(kinds[near].element != 6 for near in others):
        return None  # a carbonate or carbamate
    for atom, kind in enumerate(kinds):
        if kind.hydrogens and (kind.element != 6 or kind.charge) and not _is_weaker(outline, atom):
            return None
    return oxygen, carbon, doubly[0]


_OF_ORGANIC_ACIDS = frozenset({6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})


def _is_weaker(outline: Outline, atom: int) -> bool:
    """Whether the hydrogens of an atom are those of C-H, of an alcohol, phenol, amine, amide or azole."""
    kind, near = outline.kinds[atom], outline.neighbours[atom]
    if kind.element == 7:
        sulfurs = sum(outline.kinds[other].element == 16 for other in near)
        return kind.charge == 0 and kind.connections == 3 and sulfurs < 2
    if kind.element == 8:
        bearers = [other for other in near if outline.kinds[other].element == 6]
        return len(bearers) == len(near) == 1 and "=" not in outline.bonds[bearers[0]]
    return kind.element == 6 and kind.charge == 0
