"""How much do I weigh in?

The ligand exchange of Nenon et al. (doi 10.1021/jacs.8b11035, "Ligand Exchange Method") as arithmetic:
precipitate the nanocrystals with twice their volume of antisolvent, centrifuge, resuspend in a dilute
solution of new ligand pairs, three times over.

    pairs per cycle = nanocrystals × surface halide positions × pairs per position

Nothing here knows chemistry: ligands, vetoes and dangers come from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile

from ligandkb.planning.cautions import (
    Caution,
    bottle_cautions,
    concentration_cautions,
    method_cautions,
    pairing_cautions,
    worst_first,
)
from ligandkb.planning.pair_solution import PairSolution, weakest_solution
from ligandkb.planning.reagents import Dose, Reagent, dose
from ligandkb.problems import UsageError
from ligandkb.surface.dilution import FirstTest, plan_first_test
from ligandkb.surface.geometry import cube_sites
from ligandkb.surface.published import PAIRS_PER_BINDING_SITE
from ligandkb.surface.quantities import (
    ANTISOLVENT_VOLUMES,
    FRACTION,
    NANOCRYSTAL_CONCENTRATION_UM,
    PAIRS_PER_POSITION,
    POSITIVE,
    VOLUME_ML,
    require,
)
from ligandkb.surface.uncertainty import Measured


@dataclass(frozen=True)
class Nanocrystals:
    """The sample to exchange.

    Attributes
    ----------
    composition : str
        For the sheet.
    concentration_um : float
        Nanocrystals in µM.
    volume_ml : float
    edge_length_nm, lattice_constant_nm : float
        For the number of surface halide positions.
    edge_sigma_nm : float
        Spread of the edge within the ensemble.
    """

    composition: str
    concentration_um: float
    volume_ml: float
    edge_length_nm: float
    lattice_constant_nm: float
    edge_sigma_nm: float = 0.0


@dataclass(frozen=True)
class Protocol:
    """The method's numbers; the defaults are the paper's unless said otherwise.

    Attributes
    ----------
    pairs_per_halide_position : float
        4, from the text on Figure 6, whose "available binding site" we read as one surface halide
        position.
    cycles : int
        3.
    antisolvent_volumes : float
        2, per volume of nanocrystal solution.
    pair_window_mm : tuple of float
        1 to 10 mM.
    stock_window_um : tuple of float
        1 to 2 µM.
    solvent, antisolvent, centrifuge : str
    resuspension_volume_ml : float or None
        None: the volume of the sample.
    smallest_weighing_mg : float
        10 mg. Ours, not the paper's: below it the balance's error shows.
    spare_fraction : float
        Pair solution to make beyond what is used; 0.1, ours.
    """

    pairs_per_halide_position: float = PAIRS_PER_BINDING_SITE
    cycles: int = 3
    antisolvent_volumes: float = 2.0
    pair_window_mm: tuple[float, float] = (1.0, 10.0)
    stock_window_um: tuple[float, float] = (1.0, 2.0)
    solvent: str = "anhydrous hexanes or toluene"
    antisolvent: str = "anhydrous ethyl acetate"
    centrifuge: str = "10,000 rpm for 6 minutes"
    resuspension_volume_ml: float | None = None
    smallest_weighing_mg: float = 10.0
    spare_fraction: float = 0.1


@dataclass(frozen=True, repr=False)
class ExchangePlan:
    """All amounts and warnings of one exchange; ``print`` shows its bench sheet, and so does a notebook.

    Attributes
    ----------
    nanocrystals, ligand, partner, partners_per_ligand, protocol
        What was planned.
    surface_halides : Measured
        Halide positions per nanocrystal.
    nanocrystals_nmol, pairs_umol_per_cycle, pair_concentration_mm : float
    per_cycle, all_cycles : tuple of Dose
        Ligand first, then partner.
    solution : PairSolution
    antisolvent_ml : tuple of float
        For each cycle.
    resuspension_ml : float
    first_test : FirstTest or None
        None where the sample is too dilute for two dilutions.
    safety : tuple of str or None
        From the caller; None means that nobody assessed it.
    cautions : tuple of Caution
        Worst first.
    assumptions : tuple of str
    acid_first : bool
        Whether a strong acid has to be neutralised by the partner's amine before anything else.
    small_steps : str
        How to begin, where the pair is easily over-dosed; else empty.
    recording : str
        Command that records its outcome, see :func:`ligandkb.planning.recording.recording_command`; empty where nobody
        said which pair it is.
    """

    nanocrystals: Nanocrystals
    ligand: Reagent
    partner: Reagent | None
    partners_per_ligand: int
    protocol: Protocol
    surface_halides: Measured
    nanocrystals_nmol: float
    pairs_umol_per_cycle: float
    pair_concentration_mm: float
    per_cycle: tuple[Dose, ...]
    all_cycles: tuple[Dose, ...]
    solution: PairSolution
    antisolvent_ml: tuple[float, ...]
    resuspension_ml: float
    first_test: FirstTest | None
    safety: tuple[str, ...] | None
    cautions: tuple[Caution, ...]
    assumptions: tuple[str, ...]
    acid_first: bool = False
    small_steps: str = ""
    recording: str = ""

    @property
    def dissolved(self) -> str:
        """What the nanocrystals are resuspended in: a solution of pairs, or of a ligand by itself."""
        return "pair" if self.partner else "ligand"

    def __repr__(self) -> str:
        doses = ", ".join(f"{one.milligram:.3g} mg of {one.reagent.name}" for one in self.solution.doses)
        dangers = takewhile(lambda line: ": label " not in line, self.safety or ("safety was not assessed",))
        stops = (f"WILL FAIL: {one.text}" for one in self.cautions if one.severity == "stop")
        sample = f"{self.nanocrystals.volume_ml:g} mL of {self.nanocrystals.concentration_um:g} µM"
        amounts = (
            f"weigh in {doses} for {self.solution.volume_ml:g} mL; {self.protocol.cycles} cycles on {sample}"
        )
        said = " ".join((*dangers, *stops))
        return f"ExchangePlan({said} {amounts} {self.nanocrystals.composition}; print it for the bench sheet)"

    def __str__(self) -> str:
        return _shown("plan_text", self)

    def _repr_html_(self) -> str:
        return _shown("plan_html", self)


def _shown(how: str, plan: ExchangePlan) -> str:
    # By its name: reports lie above this room, and nothing here depends on how they look.
    return str(getattr(import_module("ligandkb.reports.notebook"), how)(plan))


def plan_exchange(
    nanocrystals: Nanocrystals,
    ligand: Reagent,
    partner: Reagent | None,
    *,
    ligand_charge: int = -1,
    protocol: Protocol | None = None,
    safety: Sequence[str] | None = None,
    vetoes: Sequence[str] = (),
    further_cautions: Sequence[Caution] = (),
    may_concentrate: bool = True,
) -> ExchangePlan:
    """Plan a ligand exchange.

    Parameters
    ----------
    nanocrystals : Nanocrystals
    ligand : Reagent
        The product that brings the ligand.
    partner : Reagent or None
        The product that brings the partner; None for a neutral ligand, or a salt that has its own.
    ligand_charge : int
        Of the bound ligand: a dianion (−2) needs two partners.
    protocol : Protocol, optional
        The paper's by default.
    safety : sequence of str, optional
        What is dangerous, and what was not assessed.
    vetoes : sequence of str
        Reasons for which this ligand must not be used. Any refuses the plan.
    further_cautions : sequence of Caution
        What the caller knows about the sample, such as a foreign halide.
    may_concentrate : bool
        False for what isn't expected to dissolve.

    Returns
    -------
    ExchangePlan

    Raises
    ------
    UsageError
        Where the ligand is vetoed, a number can't be what it claims to be, or charge and partner
        don't go together.

    Examples
    --------
    >>> crystals = Nanocrystals("CsPbBr3", 1.0, 2.0, 9.5, 0.5831)
    >>> acid = Reagent("hexylphosphonic acid", 166.16, "acid", purity_fraction=0.995)
    >>> amine = Reagent("oleylamine", 267.50, "amine", grade="70 %", purity_fraction=0.7, technical=True)
    >>> plan = plan_exchange(crystals, acid, amine)
    >>> f"{plan.pairs_umol_per_cycle:.2f} µmol in {plan.resuspension_ml:g} mL"
    '12.74 µmol in 2 mL'
    >>> [f"{one.reagent.name} {one.milligram:.2f} mg" for one in plan.all_cycles]
    ['hexylphosphonic acid 6.38 mg', 'oleylamine 10.22 mg']
    """
    protocol = protocol or Protocol()
    if vetoes:
        raise UsageError(f"{ligand.name} is vetoed, no plan is made: " + "; ".join(vetoes))
    resuspension = (
        nanocrystals.volume_ml if protocol.resuspension_volume_ml is None else protocol.resuspension_volume_ml
    )
    require(
        ("nanocrystals.concentration_um", nanocrystals.concentration_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("nanocrystals.volume_ml", nanocrystals.volume_ml, VOLUME_ML),
        ("protocol.resuspension_volume_ml", resuspension, VOLUME_ML),
        ("protocol.pairs_per_halide_position", protocol.pairs_per_halide_position, PAIRS_PER_POSITION),
        ("protocol.cycles", protocol.cycles, POSITIVE),
        ("protocol.antisolvent_volumes", protocol.antisolvent_volumes, ANTISOLVENT_VOLUMES),
        ("protocol.smallest_weighing_mg", protocol.smallest_weighing_mg, POSITIVE),
        ("protocol.spare_fraction", protocol.spare_fraction, FRACTION),
    )
    if protocol.cycles != int(protocol.cycles):
        raise UsageError(f"protocol.cycles: {protocol.cycles:g} is no whole number: the paper's is 3")
    partners = _partners_per_ligand(ligand, partner, ligand_charge)
    cube = cube_sites(
        nanocrystals.edge_length_nm,
        nanocrystals.lattice_constant_nm,
        edge_sigma_nm=nanocrystals.edge_sigma_nm,
    )
    nmol = nanocrystals.concentration_um * nanocrystals.volume_ml
    umol = nmol * cube.surface_halide.value * protocol.pairs_per_halide_position / 1000.0
    millimolar = umol / resuspension

    def doses(cycles: float) -> tuple[Dose, ...]:
        ligand_dose = dose(ligand, umol * cycles)
        return (ligand_dose,) if partner is None else (ligand_dose, dose(partner, umol * cycles * partners))

    solution = weakest_solution(
        doses,
        millimolar,
        resuspension,
        cycles_planned=protocol.cycles,
        smallest_weighing_mg=protocol.smallest_weighing_mg,
        spare_fraction=protocol.spare_fraction,
        may_concentrate=may_concentrate,
    )
    cautions = [
        *pairing_cautions(doses(1.0)),
        *method_cautions(ligand, partner),
        *concentration_cautions(
            nanocrystals.concentration_um,
            protocol.stock_window_um,
            millimolar,
            protocol.pair_window_mm,
            resuspension,
            "ligand" if partner is None else "pair",
        ),
        *bottle_cautions(solution.doses, solution.strength),
        *further_cautions,
    ]
    return ExchangePlan(
        nanocrystals=nanocrystals,
        ligand=ligand,
        partner=partner,
        partners_per_ligand=partners,
        protocol=protocol,
        surface_halides=cube.surface_halide,
        nanocrystals_nmol=nmol,
        pairs_umol_per_cycle=umol,
        pair_concentration_mm=millimolar,
        per_cycle=doses(1.0),
        all_cycles=doses(float(protocol.cycles)),
        solution=solution,
        antisolvent_ml=tuple(
            protocol.antisolvent_volumes * volume
            for volume in (nanocrystals.volume_ml, *[resuspension] * (protocol.cycles - 1))
        ),
        resuspension_ml=resuspension,
        first_test=plan_first_test(nanocrystals.concentration_um),
        safety=None if safety is None else tuple(safety),
        cautions=worst_first(cautions),
        assumptions=_assumptions(protocol, ligand, partners),
    )


def _partners_per_ligand(ligand: Reagent, partner: Reagent | None, charge: int) -> int:
    """Count the partners that balance one ligand, or refuse what can't be balanced."""
    if not -4 <= charge <= 0:
        raise UsageError(f"ligand_charge: {charge} is no charge of a ligand for lead: use 0, -1 or -2")
    if partner is None:
        return 0
    if charge == 0:
        what = f"{ligand.name} is neutral and takes no partner"
        raise UsageError(f"partner: {what}: leave {partner.name} out, or give its charge")
    return -charge


def _assumptions(protocol: Protocol, ligand: Reagent, partners: int) -> tuple[str, ...]:
    count = {1: "one partner", 2: "two partners", 3: "three partners", 4: "four partners"}.get(partners)
    low, high = protocol.pair_window_mm
    noun = "pairs" if partners else "ligands"
    return (
        f"One pair is one ligand and {count}."
        if count
        else f"{ligand.name} goes in without a partner to weigh in. The paper's method, with its {low:g} to "
        f"{high:g} mM, was shown with alkylammonium pairs; that it serves here too is assumed.",
        f"{protocol.pairs_per_halide_position:g} {noun} per surface halide position. The paper says pairs per "
        "available binding site (Figure 6) and doesn't define it; we read it as a halide position of a "
        "CsX-terminated cube.",
        "No nanocrystals are lost between cycles, so later cycles get more per position than stated.",
        "Native pairs that are still there are not counted.",
        f"Masses below {protocol.smallest_weighing_mg:g} mg are avoided by making more, or a concentrate, "
        f"and {100 * protocol.spare_fraction:g} % of the solution are spare; both are ours.",
    )
