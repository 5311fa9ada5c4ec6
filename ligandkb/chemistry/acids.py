"""How acidic is this proton, and which nitrogen takes it?

The one table of acid kinds and of base kinds, each in order of falling strength. Binding forms, the reading of
salts, alerts of mixtures and the titration of a bottle all follow from it. A kind's pKa is the range of the
aqueous values that have been measured on its members (IUPAC digitised data set, doi 10.5281/zenodo.7236452, and
the sources named in data/conjugate_acid_pka.csv); a kind without one has no pKa that we could source. A
measured value of the acid itself is always better than its kind's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from rdkit import Chem

from ligandkb.chemistry.around import Around
from ligandkb.chemistry.elements import elements_in, elements_of_pattern
from ligandkb.chemistry.outline import Outline, outline_at_hand
from ligandkb.chemistry.proton_transfer import ALKYLAMMONIUM_PKA as ALKYLAMMONIUM_PKA  # noqa: PLC0414
from ligandkb.chemistry.proton_transfer import ProtonTransfer as ProtonTransfer  # noqa: PLC0414 (re-exported)
from ligandkb.chemistry.proton_transfer import proton_transfer as proton_transfer  # noqa: PLC0414


@dataclass(frozen=True)
class BaseKind:
    """A kind of nitrogen base.

    Attributes
    ----------
    name : str
        In words.
    smarts : str
        Pattern; its first atom takes the proton.
    pka : tuple of float or None
        Lowest and highest measured pKa of its conjugate acids.
    """

    name: str
    smarts: str
    pka: tuple[float, float] | None = None

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)


AMINE = BaseKind(
    "amine",
    # an sp3 amine, not next to C=O, S=O, P=O, C=C (an enamine's base is its carbon), an aromatic ring or
    # another heteroatom
    "[NX3;+0;!H3;!$(N[#6]=,#[O,S,N]);!$(N[#6]=[#6]);!$(N[S,P,N,O]);!$(N[a])]",
    (9.33, 10.75),
)
_AMMONIA = BaseKind("ammonia", "[NX3H3]")
_HYDRAZINE = BaseKind("hydrazine or hydroxylamine", "[NX3;H2;+0;$(N[N,O;+0]);!$(N[#6]=[O,S,N])]")
BASES: tuple[BaseKind, ...] = (
    BaseKind("guanidine or amidine", "[NX2;+0]=[#6X3][NX3;+0]", (13.6, 13.6)),
    _AMMONIA,
    AMINE,
    BaseKind("imidazole", "[nX2;+0;$(n:[#6]:[n;H1,X3]);r5]", (6.953, 6.953)),
    BaseKind("pyridine", "[nX2;+0;r6]", (5.198, 9.61)),
    BaseKind("aniline", "[NX3;H1,H2;+0;!$(N[#6]=[O,S,N]);$(N[a]);!$(N[S,P,N,O])]", (4.596, 4.596)),
    _HYDRAZINE,
)
"""Nitrogen bases in order of falling strength."""


@dataclass(frozen=True)
class AcidKind:
    """A kind of acidic proton.

    Attributes
    ----------
    name : str
        In words.
    smarts : str
        Pattern; its first atom carries the proton.
    pka : tuple of float or None
        Lowest and highest measured aqueous pKa of its members' first such proton.
    strong : bool
        Whether it is a strong acid, which burns.
    sold_with : BaseKind or None
        The weakest base beside which a catalogue's drawing of it means a salt; None where acid and base that
        are drawn apart stay apart.
    acidifies : bool
        Whether it sets HF, HCN, H2S and CS2 free from their salts, and whether an acid value counts it.
    binds_undissociated : bool
        Whether the acid itself is a Lewis base worth a form of its own.
    from_anions : bool
        Whether the proton is taken also where a stronger acid has given its own.
    """

    name: str
    smarts: str
    pka: tuple[float, float] | None = None
    strong: bool = False
    sold_with: BaseKind | None = None
    acidifies: bool = False
    binds_undissociated: bool = False
    from_anions: bool = True

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def elements(self) -> frozenset[int]:
        """Atomic numbers without which a molecule can't match; an "or" of elements counts as none."""
        return elements_of_pattern(self.pattern)

    @cached_property
    def transfer(self) -> ProtonTransfer:
        """Whether it gives its proton to an alkylamine in toluene, as far as the kind tells."""
        if self.pka is not None:
            return proton_transfer(*self.pka)
        return ProtonTransfer.EXPECTED if self.strong else ProtonTransfer.UNKNOWN


def _strong(name: str, smarts: str, pka: tuple[float, float] | None = None) -> AcidKind:
    return AcidKind(name, smarts, pka, strong=True, sold_with=BASES[-1], acidifies=True)


def _acid(
    name: str, smarts: str, pka: tuple[float, float] | None = None, sold_with: BaseKind | None = None
) -> AcidKind:
    return AcidKind(name, smarts, pka, sold_with=sold_with, acidifies=True)


def _weak(
    name: str, smarts: str, pka: tuple[float, float] | None = None, *, from_anions: bool | None = None
) -> AcidKind:
    # Where not even the first proton's pKa is sourced, nothing says that an amine takes one from an anion.
    sourced = pka is not None if from_anions is None else from_anions
    return AcidKind(name, smarts, pka, binds_undissociated=True, from_anions=sourced)


_CARBOXYL = "[OX2H1][CX3](=O)"
ACIDS: tuple[AcidKind, ...] = (
    _strong("hydrogen halide", "[F,Cl,Br,I;X1;H1;+0]"),
    _strong("oxoacid of chlorine", "[OX2H1]Cl~O"),
    _strong("sulfonic or sulfuric acid", "[OX2H1][SX4](=O)=[O,S]", (-1.86, -1.34)),
    _strong("nitric acid", "[OX2H1][NX3+](=O)[O-]", (-1.3025, -1.3025)),
    _strong("thiocyanic acid", "[SX2H1][CX2]#[NX1]"),
    _strong("isothiocyanic acid", "[NX2H1]=[CX2]=[S,Se]"),
    _strong("bis(sulfonyl)imide", "[NX3H1]([SX4](=O)=O)[SX4](=O)=O"),
    AcidKind(
        "dihalogeno or trihalogeno carboxylic acid",
        f"{_CARBOXYL}[CX4]([F,Cl,Br])[F,Cl,Br]",
        (-0.41, 1.35),
        strong=True,
        sold_with=AMINE,
        acidifies=True,
    ),
    _acid("oxalic acid", f"{_CARBOXYL}[CX3](=O)[OX2H1]", (1.252, 1.252), AMINE),
    _acid("pentahalogenobenzoic acid", f"{_CARBOXYL}c1c(F)c(F)c(F)c(F)c1F", (1.75, 1.75), _AMMONIA),
    _acid("xanthic, dithiocarbamic or other dithio acid", "[SX2H1][CX3]=[S,Se]", (1.55, 3.36)),
    _acid("phosphonic, phosphinic or phosphoric acid", "[OX2H1][PX4]=O", (1.75, 3.13), AMINE),
    _acid(
        "halogeno or cyano acid, on the carbon next to the carboxyl",
        f"{_CARBOXYL}[#6;$([#6][F,Cl,Br]),$([#6]C#N)]",
        (2.471, 2.92),
        _AMMONIA,
    ),
    _acid("sulfinic or sulfurous acid", "[OX2H1][SX3]=O"),
    _acid("other oxoacid of a halogen", "[OX2H1][Cl,Br,I]"),
    _acid("thiophosphorus acid", "[SX2H1,OX2H1][PX4]=[S,O,Se]"),
    _acid("thiocarboxylic acid", "[$([SX2H1][CX3]=O),$([OX2H1][CX3]=[S,Se])]", (3.62, 3.62)),
    _acid("carboxylic acid", "[OX2H1][$([CX3;H1]),$([CX3][#6])]=O", (2.71, 5.032), _AMMONIA),
    AcidKind(
        "tetrazole",
        # not tetrazolones and their thiones, which are weaker or belong to the thiones
        "[nX3;H1;$(n1nnnc1),$(n1nncn1);!$(n1nnnc1=[O,S,Se]);!$(n1nnc(=[O,S,Se])n1)]",
        acidifies=True,
        binds_undissociated=True,
        from_anions=False,
    ),
    _acid("carbonic or carbamic acid", "[OX2H1][CX3]=O", (6.352, 6.352), _AMMONIA),
    _weak("tricyanomethane or dicyanomethyl ketone", "[CX4;H1;$(C(C#N)(C#N)[$(C#N),$(C=O)])]"),
    _weak("saccharin or other sulfonylcarboxamide", "[NX3H1]([SX4](=O)=O)[#6X3]=O"),
    # ascorbic, squaric and tetronic acid: a hydroxyl joined to a carbonyl through a double bond
    _weak("vinylogous acid", "[OX2H1;$(O[CX3;!$(C=O)]=[CX3][CX3]=O),$(Oc1cc(=O)c1=O)]"),
    _acid("hydrazoic acid", "[NX2H1]=[N+]=[N-]"),
    AcidKind("hydrogen cyanide", "[CX2H1]#[NX1]"),
    _weak("selenol", "[SeX2H1][#6]"),
    _weak("aromatic thiol", "[SX2H1]c", (6.615, 6.615)),
    _weak("thione of an N-heteroarene", "[nX3;H1;$(n:c=[S,Se]),$(n:c:c:c=[S,Se])]"),
    _weak("alkyl thiol", "[SX2H1][CX4]", (10.33, 10.61)),
    AcidKind("hydrogen sulfide", "[SX2H2]", (6.994, 6.994)),
    _weak("hydroxamic acid", "[OX2H1][NX3][CX3]=[O,S]"),
    _weak("N-hydroxy azinone or azinethione", "[OX2H1]n:c=[O,S]"),
    # acetylacetone, acetoacetates, dimedone; Meldrum's and barbituric acid. Open malonates and their amides are
    # far weaker, and there an acid group counts first.
    _weak(
        "C-H between two carbonyls",
        "[CX4;H1,H2;$(C([$([CX3]([#6])[#6]),$([CX3H1])]=O)[CX3;!$(C[OX2H1,OX1-])]=O),"
        "$([r6]1C(=O)[O,N]*[O,N]C1=O)]",
        from_anions=False,
    ),
    _weak("phenol", "[OX2H1]c", (7.151, 9.994), from_anions=False),
    _weak("lactam of an N-heteroarene", "[nX3;H1;$(n:c=O),$(n:c:c:c=O)]", from_anions=False),
)
"""Acids in order of falling strength. The first kind that matches a proton counts."""

_LAST_FROM_ANIONS = max(position for position, kind in enumerate(ACIDS) if kind.from_anions)


def any_of(kinds: Iterable[AcidKind]) -> str:
    """SMARTS of the protonated atom of any of several kinds, to stand between brackets.

    Parameters
    ----------
    kinds : iterable of AcidKind

    Returns
    -------
    str

    Examples
    --------
    >>> pattern = Chem.MolFromSmarts(f"[{any_of(kind for kind in ACIDS if kind.strong)}]")
    >>> Chem.MolFromSmiles("CS(=O)(=O)O").HasSubstructMatch(pattern)
    True
    """
    return ",".join(f"$({kind.smarts})" for kind in kinds)


def pka_range(kind: AcidKind) -> tuple[float, float] | None:
    """PKa of a kind's first proton; of a strong acid without a sourced one what its place in the order says.

    Parameters
    ----------
    kind : AcidKind
        One of :data:`ACIDS`.

    Returns
    -------
    tuple of float, or None
        Lowest and highest; minus infinity where only the highest is known.

    Examples
    --------
    >>> pka_range(ACIDS[0])  # a hydrogen halide is no weaker than a sulfonic acid
    (-inf, -1.34)
    """
    if kind.pka is not None or not kind.strong:
        return kind.pka
    weaker = ACIDS[ACIDS.index(kind) :]
    return -math.inf, next(other.pka[1] for other in weaker if other.pka is not None)


_COULD_BE_ACIDIC = Chem.MolFromSmarts("[$([!#6;!H0]),$([CX4;!H0](C=,#[O,N])C=,#[O,N]),$([CX2H1]#N)]")
"""An atom with a hydrogen that any of :data:`ACIDS` could give; it saves the search."""


def most_acidic(
    mol: Chem.Mol, outline: Outline | None = None, *, from_anion: bool = False
) -> tuple[AcidKind, tuple[int, ...]] | None:
    """The strongest kind of acid in a molecule, and the atoms that carry its protons.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
    outline : Outline, optional
        Its own, where that is known.
    from_anion : bool
        Whether a stronger acid has given its proton already, so that only some kinds give theirs.

    Returns
    -------
    tuple of AcidKind and tuple of int, or None
        The atoms sorted; None for a molecule without acidic proton.

    Examples
    --------
    >>> kind, sites = most_acidic(Chem.MolFromSmiles("OC(=O)CC(=O)O"))
    >>> kind.name, sites
    ('carboxylic acid', (0, 6))
    """
    found = next(_acids_of(mol, outline or outline_at_hand(mol), from_anion), None)
    return None if found is None or (from_anion and not found[0].from_anions) else found


def _acids_of(
    mol: Chem.Mol, outline: Outline | None, from_anion: bool
) -> Iterator[tuple[AcidKind, tuple[int, ...]]]:
    """Kinds of acid in a molecule, the strongest first; after the first one some may be left out."""
    last = _LAST_FROM_ANIONS if from_anion else len(ACIDS)
    possible = None if outline is None else _acid_atoms().possible(outline, last, until_certain=True)
    if possible is not None:
        for position, atoms in possible.items():
            kind = ACIDS[position]
            sites = tuple(sorted(atoms)) if _acid_atoms().is_exact(position) else _sites(mol, kind)
            if sites:
                yield kind, sites
    elif mol.HasSubstructMatch(_COULD_BE_ACIDIC):
        elements = elements_in(mol)
        for kind in ACIDS:
            if kind.elements <= elements and (sites := _sites(mol, kind)):
                yield kind, sites


def _sites(mol: Chem.Mol, kind: AcidKind) -> tuple[int, ...]:
    return tuple(sorted({match[0] for match in mol.GetSubstructMatches(kind.pattern)}))


def kind_of_carboxylate(mol: Chem.Mol) -> AcidKind:
    """The strongest kind of acid in the conjugate acid of a carboxylate, without drawing that.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        An anion of which :func:`~ligandkb.chemistry.protonated.lone_carboxylate` says that no other proton of its acid
        could be as acidic.

    Returns
    -------
    AcidKind

    Examples
    --------
    >>> kind_of_carboxylate(Chem.MolFromSmiles("[O-]C(=O)C(F)F")).name
    'dihalogeno or trihalogeno carboxylic acid'
    """
    stronger, plain = _carboxylates()
    return next((kind for pattern, kind in stronger if mol.HasSubstructMatch(pattern)), plain)


@cache
def _carboxylates() -> tuple[tuple[tuple[Chem.Mol, AcidKind], ...], AcidKind]:
    """Kinds that are told by what stands beside their carboxyl group, as anions, and that of all others."""
    place = next(place for place, kind in enumerate(ACIDS) if kind.name == "carboxylic acid")
    kinds = [kind for kind in ACIDS[:place] if kind.smarts.startswith(_CARBOXYL)]
    drawn = [Chem.MolFromSmarts(kind.smarts.replace("[OX2H1]", "[OX1-]", 1)) for kind in kinds]
    return tuple(zip(drawn, kinds, strict=True)), ACIDS[place]


def possible_bases(mol: Chem.Mol) -> tuple[BaseKind, ...]:
    """Kinds of base that a molecule may hold, the strongest first; of every other kind there is none.

    Parameters
    ----------
    mol : rdkit.Chem.Mol

    Returns
    -------
    tuple of BaseKind

    Examples
    --------
    >>> from ligandkb.chemistry.structure import canonical, parse
    >>> [base.name for base in possible_bases(parse(canonical("OC(=O)c1ccncc1")))]
    ['pyridine']
    """
    outline = outline_at_hand(mol)
    found = None if outline is None else _base_atoms().possible(outline)
    return BASES if found is None else tuple(BASES[position] for position in found)


@cache
def _acid_atoms() -> Around:
    return Around((kind.smarts, 0) for kind in ACIDS)


@cache
def _base_atoms() -> Around:
    return Around((base.smarts, 0) for base in BASES)
