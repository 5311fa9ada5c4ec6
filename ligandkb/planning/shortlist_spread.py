"""Which pairs together tell most?

A panel of the eight best is often eight of one kind, and RDKit's MaxMin picker, which knows distance alone, picks what
is odd. So pairs are chosen one after the other: the next one is worth most by itself and by its distance from those
chosen before. All constants are ours, on the rulebook's own scale of log-odds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rdkit import Chem
from rdkit.Chem import rdFingerprintGenerator
from rdkit.DataStructs import TanimotoSimilarity, UIntSparseIntVect

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.order import Tier
from ligandkb.assessment.solubility import CARRIES_AN_ION_PAIR_CARBONS
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.topological import longest_chain
from ligandkb.problems import StructureError

STRONG, MODERATE, WEAK = math.log(10), math.log(10) / 2, math.log(10) / 4
"""The steps of rules/vocabulary.yaml."""
EVIDENCE_WORTH = {
    Tier.IMPROVED_BY_FIGURES: STRONG,
    Tier.IMPROVED_IN_A_TABLE: MODERATE,
    Tier.IMPROVED_BY_ONE_FIGURE: MODERATE,
    Tier.IMPROVED_IN_WORDS: WEAK,
    Tier.NEAR_PAIR_IMPROVED: WEAK,
}
"""What a measured rise adds to the predicted score; nothing where none was measured."""
DISTANCE_WORTH = MODERATE
"""What a head adds that binds in another way than all chosen before and shares no fragment with them."""
TAIL_WORTH = WEAK / 2
"""What a chain adds, which keeps pair and crystals in solution (rules/fit.yaml says so of tails)."""
SOLUBLE_WORTH = WEAK / 2
"""What is known or judged to dissolve has more of: what doesn't dissolve teaches nothing."""
USE_WORTH = 0.1
"""Decides among equals: what stands in the lab has it, an unread label takes it away, each danger to people half of it.
Less than any step between two pieces of evidence."""
FAMILIES = 4
"""Donor families that a panel of four or more spans where there are so many to choose from."""
SHARE_OF_ONE_FAMILY = 3
"""No family takes more than one in three."""

_FINGERPRINT = rdFingerprintGenerator.GetMorganGenerator(radius=2)
_PROTONATED = frozenset({7, 8, 9, 16, 17, 34, 35, 52, 53})
"""Elements whose anions are the acid less a proton: N, O, F, S, Cl, Se, Br, Te, I."""


@dataclass(frozen=True)
class Candidate:
    """A pair that could be ordered.

    Attributes
    ----------
    assessment : Assessment
    in_lab : bool
        Whether all that it takes stands in the lab.
    asked_for : bool
        Whether it has to be in.
    """

    assessment: Assessment
    in_lab: bool = False
    asked_for: bool = False


def worth(candidate: Candidate) -> float:
    """What a pair is worth by itself, in log-odds: evidence, score, and among equals what is easier to use."""
    item = candidate.assessment
    label_unread = any(danger.is_open for danger in item.safety.products)
    ions = [item.pair.form.form.smiles, *([item.pair.partner.smiles] if item.pair.partner else [])]
    use = candidate.in_lab - label_unread - 0.5 * len(item.safety.dangers_to_people)
    tail = max(map(longest_chain, ions)) >= CARRIES_AN_ION_PAIR_CARBONS
    return (
        EVIDENCE_WORTH.get(item.tier, 0.0)
        + item.score
        + TAIL_WORTH * tail
        + SOLUBLE_WORTH * (item.values.get("soluble") is True)
        + USE_WORTH * use
    )


def donor_family(item: Assessment) -> str:
    """Donor group by which a form binds first; what binds as a whole salt is its own family.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> donor_family(kb.assess("hexylphosphonic acid")), donor_family(kb.assess("zinc bromide"))
    ('phosphonate', 'Lewis acid')
    """
    mode = item.pair.form.form.mode
    return mode.group if mode is not None else "Lewis acid"


@lru_cache(maxsize=4096)
def head_and_protons(head: str) -> str:
    """Head with the protons that it can give: an anion and its dianion, a thiol and its thiolate are one head.

    Examples
    --------
    >>> head_and_protons("CP(=O)([O-])O") == head_and_protons("CP(=O)([O-])[O-]")
    True
    """
    mol = Chem.RWMol(parse(head))
    for atom in mol.GetAtoms():
        if atom.GetFormalCharge() < 0 and atom.GetAtomicNum() in _PROTONATED:
            atom.SetNumExplicitHs(atom.GetNumExplicitHs() - atom.GetFormalCharge())
            atom.SetFormalCharge(0)
    try:
        Chem.SanitizeMol(mol)
    except (Chem.MolSanitizeException, StructureError):
        return head
    return str(Chem.MolToSmiles(mol))


@lru_cache(maxsize=4096)
def _fingerprint(head: str) -> UIntSparseIntVect:
    return _FINGERPRINT.GetSparseCountFingerprint(parse(head_and_protons(head)))


def distance(one: Assessment, other: Assessment) -> float:
    """How far apart two pairs bind: half by the way of binding, half by the heads' fragments.

    Parameters
    ----------
    one, other : Assessment

    Returns
    -------
    float
        From 0, the same head, to 1: another donor group or chelate, and no common neighbourhood of up to two bonds
        (Tanimoto distance of counted Morgan fingerprints, doi 10.1021/ci100050t). Tails don't count: lead doesn't see
        them.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> oleate, acetate, thiol = (kb.assess(name) for name in ("oleate", "acetate", "1-octanethiol"))
    >>> distance(oleate, acetate), distance(oleate, thiol) > 0.5
    (0.0, True)
    """
    fragments = 1.0 - float(TanimotoSimilarity(_fingerprint(one.head), _fingerprint(other.head)))
    return 0.5 * (_way_of_binding(one) != _way_of_binding(other)) + 0.5 * fragments


def _way_of_binding(item: Assessment) -> tuple[str, str]:
    return donor_family(item), item.pair.form.form.chelate


def choose(candidates: Sequence[Candidate], number: int) -> tuple[Candidate, ...]:
    """Choose a panel, one pair after the other.

    Parameters
    ----------
    candidates : sequence of Candidate
        In the order of a ranking, which decides between equals.
    number : int
        At most.

    Returns
    -------
    tuple of Candidate
        In the order of choosing, what was asked for first. No two share a head or the product that brings the ligand.
        Fewer than ``number`` where there are no more.
    """
    chosen: list[Candidate] = [one for one in candidates if one.asked_for][:number]
    while len(chosen) < number:
        left = [one for one in candidates if _is_new(one, chosen)]
        families = {donor_family(one.assessment) for one in left}
        open_to = [
            one for one in left if donor_family(one.assessment) in _open_families(families, chosen, number)
        ]
        if not left:
            break
        chosen.append(max(open_to or left, key=lambda one: worth(one) + _spread(one, chosen)))
    return tuple(chosen)


def _spread(one: Candidate, chosen: Sequence[Candidate]) -> float:
    nearest = min((distance(one.assessment, other.assessment) for other in chosen), default=1.0)
    return DISTANCE_WORTH * nearest


def _is_new(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    return same_head(one.assessment, chosen) is None


def same_head(item: Assessment, chosen: Collection[Candidate]) -> Candidate | None:
    """The chosen one with which a pair shares its head or the product that brings it."""
    return next(
        (
            other
            for other in chosen
            if head_and_protons(other.assessment.head) == head_and_protons(item.head)
            or other.assessment.pair.product.id == item.pair.product.id
        ),
        None,
    )


def _open_families(families: set[str], chosen: Sequence[Candidate], number: int) -> set[str]:
    """Families of which one more may be taken."""
    taken = Counter(donor_family(one.assessment) for one in chosen)
    still_needed = min(FAMILIES, number) - len(taken)
    if 0 < still_needed >= number - len(chosen):
        return families - set(taken)
    most = max(1, math.ceil(number / SHARE_OF_ONE_FAMILY))
    return {name for name in families if taken[name] < most}
