"""How strongly would under-coordinated lead hold this neutral donor, in one model's opinion?

The opinion is that of perov-passivator on FAPbI3 in vacuum: calculated adsorption energies of some six thousand
neutral Lewis bases, of which a linear model is left here: the donor group, the bulk around the donor, and size. In
vacuum everything large sticks, so size is fitted and not scored. It is no experiment, and not this crystal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdkit import Chem

from ligandkb.chemistry.acids import most_acidic
from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.native import OLEYLAMINE
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.contract import Descriptors
from ligandkb.missing import Absent, Known, Missing, NotApplicable
from ligandkb.provenance import Source
from ligandkb.resources import data_directory

FILE = "lead_adsorption.json"
PEROV_PASSIVATOR = Source(
    locator="combined_data.csv (MIT licence)", address="https://github.com/kevin-ymx/perov-passivator"
)
SIZE = ("heavy atoms other than halogen", "fluorine atoms", "chlorine atoms")
"""Terms that are fitted and not scored: what sticks wherever it is in the molecule, and halogen, which sticks less."""
BULK = ("heavy atoms one bond away", "heavy atoms two bonds away", "heavy atoms three bonds away")
"""Terms of the bulk around the donor."""

_NEUTRAL_ONLY = NotApplicable("for neutral donors only")
_ACID = Missing("no acids among the molecules of the fit")
_ELEMENTS = frozenset({"H", "C", "N", "O", "F", "P", "S", "Cl"})


@dataclass(frozen=True)
class Coefficient:
    """One fitted coefficient, in eV for each atom.

    Attributes
    ----------
    value, error : float
        With its standard error.
    lowest, highest : float
        Of the term that it multiplies, over the molecules of the fit.
    """

    value: float
    error: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class DonorGroup:
    """What a donor group brings, in eV.

    Attributes
    ----------
    value, error : float
        With its standard error.
    n : int
        Molecules of the fit that bind by it.
    within : float
        90 % of them lie so near to what was predicted from other molecules, or nearer.
    """

    value: float
    error: float
    n: int
    within: float


@dataclass(frozen=True)
class Adsorption:
    """Adsorption energy of one donor, in eV; negative binds.

    Attributes
    ----------
    whole : float
        Of the molecule.
    at_donor : float
        What donor group and bulk bring, without size.
    within : float
        Half the width of an interval that holds 90 % of the molecules with this donor group.
    """

    whole: float
    at_donor: float
    within: float


@dataclass(frozen=True)
class AdsorptionModel:
    """The shipped coefficients.

    Attributes
    ----------
    n : int
        Molecules of the fit.
    size, bulk : mapping of str to Coefficient
        By the names in :data:`SIZE` and :data:`BULK`.
    donor_groups : mapping of str to DonorGroup
        By donor group.
    """

    n: int
    size: Mapping[str, Coefficient]
    bulk: Mapping[str, Coefficient]
    donor_groups: Mapping[str, DonorGroup]

    def predict(self, form: BindingForm) -> Known[Adsorption]:
        """Adsorption energy of a neutral donor.

        Parameters
        ----------
        form : BindingForm

        Returns
        -------
        Adsorption, Missing or NotApplicable
            Not applicable to what isn't neutral; missing outside the range of the fit.

        Examples
        --------
        >>> from ligandkb.chemistry.forms import form_of
        >>> print(shipped_model().predict(form_of("CCCCP(CCCC)CCCC")))
        missing (no phosphine among the molecules of the fit)
        """
        outside = out_of_range(form)
        if outside is not None:
            return outside
        assert form.mode is not None
        group = self.donor_groups.get(form.mode.group)
        if group is None:
            return Missing(f"no {form.mode.group} among the molecules of the fit")
        terms = terms_of(form)
        for name, coefficient in {**self.size, **self.bulk}.items():
            if not coefficient.lowest <= terms[name] <= coefficient.highest:
                return Missing(
                    f"{terms[name]} {name}, {coefficient.lowest:g} to {coefficient.highest:g} in the fit"
                )
        size, bulk = (
            sum(coefficient.value * terms[name] for name, coefficient in part.items())
            for part in (self.size, self.bulk)
        )
        at_donor = group.value + bulk
        return Adsorption(round(at_donor + size, 4), round(at_donor, 4), group.within)


def out_of_range(form: BindingForm) -> Missing | NotApplicable | None:
    """Why a form is nothing for the model, whatever was fitted; None for a molecule of its kind.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> print(out_of_range(form_of("CC(=O)[O-]")), out_of_range(form_of("NCCBr")), out_of_range(form_of("CCN")))
    not applicable (for neutral donors only) missing (no Br in the molecules of the fit) None
    """
    if form.ligand_class is not LigandClass.L or form.charge or form.mode is None:
        return _NEUTRAL_ONLY
    mol = parse(form.smiles)
    if most_acidic(mol) is not None:
        return _ACID
    others = sorted({atom.GetSymbol() for atom in mol.GetAtoms()} - _ELEMENTS)
    return Missing(f"no {others[0]} in the molecules of the fit") if others else None


def terms_of(form: BindingForm) -> dict[str, int]:
    """Count the atoms that the model goes by: of the whole molecule, and one to three bonds from the first donor.

    Parameters
    ----------
    form : BindingForm
        With a donor.

    Returns
    -------
    dict of str to int
        By the names in :data:`SIZE` and :data:`BULK`.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> list(terms_of(form_of("CCN(CC)CCCl")).values())
    [7, 0, 1, 3, 3, 1]
    """
    assert form.mode is not None
    mol = parse(form.smiles)
    symbols = [atom.GetSymbol() for atom in mol.GetAtoms()]
    halogens = [symbols.count("F"), symbols.count("Cl")]
    bonds = Chem.GetDistanceMatrix(mol)[list(form.mode.donor_atoms)].min(axis=0)
    shells = [int((bonds == number).sum()) for number in (1, 2, 3)]
    return dict(zip(SIZE + BULK, [len(symbols) - sum(halogens), *halogens, *shells], strict=True))


def read_model(path: Path) -> AdsorptionModel:
    """Read the coefficients that benchmarks/lead_adsorption.py wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the file isn't one of those.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    size, bulk = (
        {name: Coefficient(**entry) for name, entry in content[part].items()} for part in ("size", "bulk")
    )
    groups = {name: DonorGroup(**entry) for name, entry in content["donor_groups"].items()}
    return AdsorptionModel(content["n"], size, bulk, groups)


@lru_cache(maxsize=1)
def shipped_model() -> AdsorptionModel:
    """The shipped coefficients, read once."""
    return read_model(data_directory() / FILE)


LEAD_ADSORPTION: Descriptors[BindingForm] = Descriptors()


@remembered(65536)
def lead_adsorption(form: BindingForm) -> Known[Adsorption]:
    """Adsorption energy of a form by the shipped model."""
    return shipped_model().predict(form)


@lru_cache(maxsize=1)
def _of_oleylamine() -> float:
    form = form_of(OLEYLAMINE)
    found = shipped_model().predict(form) if form is not None else None
    assert isinstance(found, Adsorption)
    return found.at_donor


def _define(name: str, meaning: str, *, scored: bool, ends: int) -> None:
    """State one column; ``ends`` says how many half-widths are added."""

    def value(form: BindingForm) -> Known[float]:
        found = lead_adsorption(form)
        if isinstance(found, Absent):
            return found
        middle = found.at_donor - _of_oleylamine() if scored else found.whole
        # What has oleylamine's own group and bulk doesn't differ from it, however uncertain both are.
        within = 0.0 if scored and middle == 0.0 else found.within
        return round(middle + ends * within, 4)

    LEAD_ADSORPTION.define(
        name,
        "number",
        meaning,
        unit="eV",
        minimum=-5,
        maximum=5,
        method="linear model of calculated energies on FAPbI3 in vacuum; "
        "benchmarks/lead_adsorption.py, data/lead_adsorption.json",
        source=PEROV_PASSIVATOR,
    )(value)


_WHOLE = "adsorption energy of a neutral donor on under-coordinated lead of FAPbI3 in vacuum, in one model's opinion"
_SCORED = "what donor group and bulk bring to it, without size, less what they bring to oleylamine"
_define("lead_adsorption_energy_ev", f"{_WHOLE}; negative binds", scored=False, ends=0)
_define("lead_adsorption_energy_low_ev", "lower end of its interval (90 %)", scored=False, ends=-1)
_define("lead_adsorption_energy_high_ev", "upper end of its interval (90 %)", scored=False, ends=1)
_define("lead_adsorption_above_oleylamine_ev", f"{_SCORED}; negative binds more firmly", scored=True, ends=0)
_define("lead_adsorption_above_oleylamine_low_ev", "lower end of its interval (90 %)", scored=True, ends=-1)
_define("lead_adsorption_above_oleylamine_high_ev", "upper end of its interval (90 %)", scored=True, ends=1)
