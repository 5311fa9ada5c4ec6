"""Which neutral molecules lend two electrons, and which of their donors comes first?

The first donor names a form for descriptors and rules, so the order of the groups is chemistry: the donor that holds
lead best stands first. It is a judgement, group by group, from what organic and coordination chemistry says of the lone
pairs; no measured scale spans them all. The calculated adsorption energies of neutral bases on FAPbI3 that we
have agree where they can be compared (sp3 and sp2 nitrogen before ethers and carbonyl, thiophene last), but grow
with the molecule's size and hold no phosphines. Two groups that the order puts side by side are about as good as each
other.
"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import Motif
from ligandkb.chemistry.motifs.neutral_chalcogen import NEUTRAL_CHALCOGEN
from ligandkb.chemistry.motifs.neutral_pnictogen import NEUTRAL_PNICTOGEN

DONOR_ORDER: tuple[str, ...] = (
    # A phosphine is soft and a strong sigma donor at once.
    "phosphine",
    # The strongest neutral bases: one lone pair fed by several N, then the free lone pair of an sp3 nitrogen.
    "amidine",
    "amine",
    # Chalcogen that carries most of a negative charge, the softer the better for lead.
    "phosphine telluride",
    "phosphine selenide",
    "phosphine sulfide",
    "thiocarbonyl",
    # Lone pairs on sp2 nitrogen, held more tightly than an amine's, and of sp3 nitrogen beside another heteroatom. An
    # amino group on an azine or azole feeds the ring: the ring's nitrogen takes the proton, and the lead.
    "pyridine",
    "azole",
    "imine",
    "hydrazine",
    # Oxygen that carries most of a negative charge.
    "amine oxide",
    "phosphine oxide",
    "sulfoxide",
    # One lone pair shared with an aromatic ring or with pi acceptors.
    "aromatic amine",
    "phosphite",
    "isocyanide",
    "hydrazone",
    "oxime",
    # Soft but weak sigma donors; the hydrogen of a thiol or selenol can leave.
    "selenol",
    "thiol",
    "telluroether",
    "selenoether",
    "thioether",
    "stibine",
    "arsine",
    # Oxygen whose lone pairs are fed by nitrogen.
    "amide",
    "hydroxylamine",
    # sp nitrogen, the better with an amino group behind it.
    "cyanamide",
    "nitrile",
    # Oxygen of ordinary solvents.
    "carbonyl",
    "alcohol",
    "ether",
    # Oxygen that sulfur holds, and lone pairs that are weak or crowded.
    "sulfonamide",
    "sulfite ester",
    "sulfone",
    "disulfide",
    "azo",
    "diarylamine",
    "boronic acid",
    "isothiocyanate",
    # Lone pairs that belong to an aromatic sextet.
    "thiophene",
    "selenophene",
    "furan",
)
"""L groups, the better donor towards lead first."""

_MOTIFS = (*NEUTRAL_PNICTOGEN, *NEUTRAL_CHALCOGEN)
NEUTRAL: tuple[Motif, ...] = tuple(
    motif for group in DONOR_ORDER for motif in _MOTIFS if motif.group == group
)
"""L-type donors in that order; no atom is matched by two groups."""
