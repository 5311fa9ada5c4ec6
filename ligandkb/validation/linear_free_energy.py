"""Do measured constants follow the lines that unmeasured ones are predicted by?

The models of data/linear_free_energy.json are fitted here, on the shipped tables alone, and leave out each value in
turn: what is printed is never what a fit says of its own values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import log10, sqrt
from statistics import fmean, stdev
from typing import Any

from ligandkb.chemistry.acidity import FAMILIES, FAMILY, AcidFamily, sites_of, takes_its_own_proton, terms_of
from ligandkb.chemistry.acids import most_acidic
from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.linear_free_energy import Increment, Models
from ligandkb.chemistry.structure import conjugate_acid, parse
from ligandkb.descriptors.lead_scale import NO_SECOND_DONOR, PKA_TERM, second_donor
from ligandkb.descriptors.lead_table import LeadTable
from ligandkb.descriptors.measured import PkaTable
from ligandkb.validation.least_squares import Fit, least_squares


@dataclass(frozen=True)
class SecondDonor:
    """What each ligand with a second donor adds to the line of those without.

    Attributes
    ----------
    kind : str
    increment : Increment
    ligands : tuple of (str, float)
        SMILES and what it adds to log K1.
    """

    kind: str
    increment: Increment
    ligands: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class LinearFreeEnergy:
    """All fits."""

    acidity: tuple[Fit, ...]
    lead_line: Fit
    second_donors: tuple[SecondDonor, ...]

    @property
    def models(self) -> Models:
        """What predictions need of it."""
        return Models(
            {fit.model.name: fit.model for fit in self.acidity},
            self.lead_line.model,
            {donor.kind: donor.increment for donor in self.second_donors},
        )


def fit_all(pka: PkaTable, lead: LeadTable) -> LinearFreeEnergy:
    """Fit everything on measured values.

    Parameters
    ----------
    pka : PkaTable
    lead : LeadTable

    Returns
    -------
    LinearFreeEnergy
    """
    line = lead_line(lead)
    return LinearFreeEnergy(
        tuple(fit_family(family, pka) for family in FAMILIES), line, second_donors(lead, line)
    )


@dataclass(frozen=True)
class FamilyValues:
    """What an acid family is fitted on: structures, their terms, and the pKa of one group."""

    smiles: tuple[str, ...]
    terms: tuple[Mapping[str, float], ...]
    pka: tuple[float, ...]


def family_values(family: AcidFamily, pka: PkaTable) -> FamilyValues:
    """Measured values in the domain of a family.

    Of several equal groups each has the pKa of the molecule plus the logarithm of their number.
    """
    found: list[tuple[str, Mapping[str, float], float]] = []
    for (smiles, acts_as, step), value in sorted(pka.items()):
        mol = parse(smiles)
        sites = sites_of(mol, family)
        if not sites or step != family.step or (acts_as == "base") is not family.is_base:
            continue
        if not family.is_base:
            acid = most_acidic(mol)
            is_weaker = acid is None or set(acid[1]).isdisjoint(atom for site in sites for atom in site)
            if is_weaker or takes_its_own_proton(mol):
                continue
        elif len(sites) > 1:
            continue
        of_sites = [terms_of(mol, site, family) for site in sites]
        terms = {term: fmean(one[term] for one in of_sites) for term in of_sites[0]}
        if not any(terms[kind] for kind in ("halogen", "polar", "other element") if kind not in family.terms):
            found.append((smiles, terms, value + log10(len(sites))))
    smiles_of, terms_of_each, values = zip(*found, strict=True) if found else ((), (), ())
    return FamilyValues(smiles_of, terms_of_each, values)


def fit_family(family: AcidFamily, pka: PkaTable) -> Fit:
    """Fit one acid family on the values that lie in its domain."""
    known = family_values(family, pka)
    return least_squares(family.name, known.smiles, known.terms, known.pka, family.terms)


def _known_kinds(lead: LeadTable) -> list[tuple[str, str, float, float]]:
    """SMILES, kind of second donor, pKa and log K1 less acetate's, of monocarboxylates with all four constants.

    Half-neutralised dicarboxylic acids stay out: chance alone makes the pKa of two equal groups lower by log10 2.
    """
    found = []
    for smiles in lead.constants:
        form = form_of(smiles)
        kind = second_donor(form) if form is not None else None
        if kind is not None and len(sites_of(conjugate_acid(parse(smiles)), FAMILY["carboxylic acid"])) != 1:
            continue
        differences = lead.over_proton_less_acetate(smiles)
        if isinstance(kind, str) and differences:
            pka = fmean(lead.pka_less_acetic(smiles))
            found.append((smiles, kind, pka, pka + fmean(differences)))
    return found


def lead_line(lead: LeadTable) -> Fit:
    """Log K1 of monocarboxylates without a second donor on their pKa, both less acetate's."""
    plain = [entry for entry in _known_kinds(lead) if entry[1] == NO_SECOND_DONOR]
    return least_squares(
        "log K1 of a monocarboxylate less that of acetate",
        [smiles for smiles, *_ in plain],
        [{PKA_TERM: pka} for _, _, pka, _ in plain],
        [log_k1 for *_, log_k1 in plain],
        (PKA_TERM,),
    )


def second_donors(lead: LeadTable, line: Fit) -> tuple[SecondDonor, ...]:
    """What a second donor adds to the line, kind by kind.

    The error is the standard error of the mean over the kind's ligands, and not less than the line's own scatter
    allows for so many.
    """
    constant, slope = (line.model.coefficients[term].value for term in ("constant", PKA_TERM))
    by_kind: dict[str, list[tuple[str, float]]] = {}
    for smiles, kind, pka, log_k1 in _known_kinds(lead):
        if kind != NO_SECOND_DONOR:
            by_kind.setdefault(kind, []).append((smiles, log_k1 - constant - slope * pka))
    scatter = line.model.root_mean_square_error
    found = []
    for kind, ligands in sorted(by_kind.items()):
        values = [value for _, value in ligands]
        spread = max(scatter, stdev(values)) if len(values) > 1 else scatter
        increment = Increment(fmean(values), spread / sqrt(len(values)), len(values))
        found.append(SecondDonor(kind, increment, tuple(ligands)))
    return tuple(found)


def as_json(models: Models, digits: int = 4) -> dict[str, Any]:
    """Models in the form of data/linear_free_energy.json."""

    def rounded(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: rounded(item) for key, item in value.items() if key != "name"}
        return round(value, digits) if isinstance(value, float) else value

    content = {
        "acidity": {name: asdict(model) for name, model in models.acidity.items()},
        "lead_line": asdict(models.lead_line),
        "second_donors": {kind: asdict(increment) for kind, increment in models.second_donors.items()},
    }
    return {key: rounded(value) for key, value in content.items()}
