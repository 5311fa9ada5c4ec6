"""What did this pair do to the PLQY, where, and against what?"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot
from pathlib import Path

from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import Problem, StructureError, UsageError, did_you_mean
from ligandkb.provenance import Source
from ligandkb.resources import data_directory
from ligandkb.tables import Row, check_unique, choice, doi, filled, identifier, number, read_table

TABLE_1 = "10.1021/jacs.8b11035"


class Effect(StrEnum):
    """Effect on PLQY against the reference state of the same source."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    """Table 1's right column: negligible or negative."""
    DECREASED = "decreased"


class Observed(StrEnum):
    """What the outcomes of one pair say together."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    DECREASED = "decreased"
    CONFLICT = "conflict"


class Application(StrEnum):
    """When the pair was added or taken away."""

    POST_SYNTHETIC = "post_synthetic"
    IN_SYNTHESIS = "in_synthesis"
    REMOVAL = "removal"


REFERENCE_STATES = ("as_made", "oleylammonium_oleate_control", "unknown")
STRENGTHS = ("table_entry", "paired", "after_only", "relative", "qualitative", "binding_only")
CONFOUNDS = ("insoluble_salt", "other_halide", "mixed_treatment")
UNKNOWN_PARTNER = "unknown"
NO_PARTNER = "none"
RECORDED = "recorded by"
"""How the origin begins of an outcome that stands in the database of recorded ones."""

REQUIRED_COLUMNS = ("id", "binding_form_smiles", "partner", "composition", "effect")
_NUMBERS = (
    "plqy_before_pct",
    "plqy_before_uncertainty_pct",
    "plqy_after_pct",
    "plqy_after_uncertainty_pct",
    "relative_change_pct",
    "equivalents",
    "concentration_mmol_per_l",
    "nc_concentration_umol_per_l",
    "time_min",
    "emission_before_nm",
    "emission_after_nm",
)
OPTIONAL_COLUMNS = (
    "binding_form",
    "form",
    "route",
    "reference_state",
    *_NUMBERS,
    "strength",
    "confound",
    "doi",
    "locator",
    "note",
)


@dataclass(frozen=True)
class Outcome:
    """A measured effect of one pair.

    Attributes
    ----------
    id : str
        Identifier of the row.
    binding_form, binding_form_smiles : str
        Name and canonical SMILES of the species that binds; a Z-type ligand as the whole salt.
    partner : str
        Identifier of the partner, ``none`` or ``unknown``.
    composition : Composition
        The crystal, a family where the source does not state the halide.
    form : str
        Shape of the sample: nanocrystals, nanoplatelets, film.
    route : Application
        Post-synthetic, in synthesis or removal.
    reference_state : str
        What the effect is measured against.
    effect : Effect or None
        None where no comparison was printed.
    plqy_before, plqy_after : float or None
        Fractions between 0 and 1, with ``..._uncertainty``.
    relative_change : float or None
        As a fraction (1.2 for "by 120 %"); never turned into an absolute one.
    equivalents, concentration_mmol_per_l, nc_concentration_umol_per_l, time_min : float or None
        Dose: pairs per available site, of the pair, of the nanocrystals, and for how long.
    emission_before_nm, emission_after_nm : float or None
        Emission peak, which shifts when anions exchange.
    strength : str
        How much the row can carry.
    confound : str
        Why the row may say little about binding, else empty.
    source : Source or None
    note, origin : str
        What a reader must know besides, and where the row stands, or who recorded it.
    is_shipped : bool
        Whether it stands in the shipped ``outcomes.csv``, which is reviewed against its sources.
    """

    id: str
    binding_form: str
    binding_form_smiles: str
    partner: str
    composition: Composition
    form: str
    route: Application
    reference_state: str
    effect: Effect | None
    plqy_before: float | None = None
    plqy_before_uncertainty: float | None = None
    plqy_after: float | None = None
    plqy_after_uncertainty: float | None = None
    relative_change: float | None = None
    equivalents: float | None = None
    concentration_mmol_per_l: float | None = None
    nc_concentration_umol_per_l: float | None = None
    time_min: float | None = None
    emission_before_nm: float | None = None
    emission_after_nm: float | None = None
    strength: str = ""
    confound: str = ""
    source: Source | None = None
    note: str = ""
    origin: str = ""
    is_shipped: bool = False

    @property
    def is_in_table_1(self) -> bool:
        """Whether it is an entry of Table 1 of Nenon et al.; what a lab adds can't become one."""
        return (
            self.is_shipped
            and self.source is not None
            and self.source.doi == TABLE_1
            and self.strength == "table_entry"
        )


def read_outcomes(
    paths: Iterable[Path], problems: list[Problem], *, partners: Collection[str] | None = None
) -> tuple[Outcome, ...]:
    r"""Read outcome files, later files over earlier ones.

    A row with the id of one in an earlier file replaces it and is reported by a warning; others are added. PLQY
    before and after of at most 1 % are reported likewise: fractions may have been meant.

    Parameters
    ----------
    paths : iterable of Path
        CSV files with the columns of ``data/outcomes.csv``.
    problems : list of Problem
        Everything that is wrong with any file is appended.
    partners : collection of str, optional
        Identifiers of all partners, besides ``none`` and ``unknown``. Where they are given, a row that names
        another one is a problem: it would never be found beside its pair.

    Returns
    -------
    tuple of Outcome
        The rows that could be read.

    Examples
    --------
    >>> import tempfile
    >>> problems = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "outcomes.csv"
    ...     head = "id,binding_form_smiles,partner,composition,effect"
    ...     _ = path.write_text(f"{head}\na,CC(=O)[O-],caesium,CsPbBr3,not_improved\n")
    ...     (outcome,) = read_outcomes([path], problems)
    >>> outcome.effect.value, str(outcome.composition), problems
    ('not_improved', 'CsPbBr3', [])
    """
    found: dict[str, Outcome] = {}
    shipped = data_directory() / "outcomes.csv"
    for path in paths:
        is_shipped = path.resolve() == shipped
        rows = read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems)
        check_unique(rows, "id", problems)
        for row in rows:
            if partners is not None:
                _check_partner(row, partners, problems)
            outcome = read_outcome(row, problems)
            if outcome is None:
                continue
            earlier = found.get(outcome.id)
            if earlier is not None and not earlier.origin.startswith(f"{row.file}:"):
                warnings.warn(f"outcome {outcome.id} is replaced by {outcome.origin}", stacklevel=2)
            if _is_like_fractions(outcome):
                figures = f"{100 * (outcome.plqy_before or 0):g} to {100 * (outcome.plqy_after or 0):g} %"
                what = f"{outcome.origin}: PLQY from {figures}: percent, not fractions? Write 62 for 62 %"
                warnings.warn(what, stacklevel=2)
            found[outcome.id] = replace(outcome, is_shipped=is_shipped)
    return tuple(found.values())


def _is_like_fractions(outcome: Outcome) -> bool:
    """Whether both figures would be at most 1 %, neither of them none."""
    return all(plqy and plqy <= 0.01 for plqy in (outcome.plqy_before, outcome.plqy_after))


def _check_partner(row: Row, partners: Collection[str], problems: list[Problem]) -> None:
    partner = row["partner"].strip()
    known = (*partners, NO_PARTNER, UNKNOWN_PARTNER)
    if partner and partner not in known:
        mend = did_you_mean(partner, known) or f"write one of {', '.join(sorted(known))}"
        problems.append(row.problem("partner", f"{partner!r} is not the id of a partner", mend))


def read_outcome(row: Row, problems: list[Problem], *, is_recorded: bool = False) -> Outcome | None:
    """Make an outcome of one row, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        A record of ``outcomes.csv``.
    problems : list of Problem
        Everything that is wrong with the row is appended.
    is_recorded : bool
        Whether it was recorded already, maybe by a version that didn't ask whether the figures deny the effect:
        then it is read all the same.

    Returns
    -------
    Outcome or None
        None if the row can't be used.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> texts = {"id": "a", "binding_form_smiles": "[Br-]", "composition": "CsPbX3", "effect": ""}
    >>> row = Row("outcomes.csv", 2, {name: Cell(text, 2, 1) for name, text in texts.items()})
    >>> outcome = read_outcome(row, [])
    >>> outcome.effect is None, outcome.partner
    (True, 'unknown')
    """
    before = len(problems)
    filled(row, "id", problems)
    outcome_id = identifier(row, "id", problems)
    effect = choice(row, "effect", tuple(Effect), problems)
    route = choice(row, "route", tuple(Application), problems) or Application.POST_SYNTHETIC
    reference = choice(row, "reference_state", REFERENCE_STATES, problems) or "unknown"
    strength = choice(row, "strength", STRENGTHS, problems) or ""
    confound = choice(row, "confound", CONFOUNDS, problems) or ""
    source_doi = doi(row, "doi", problems)
    numbers = {name: number(row, name, problems, **_RANGES.get(name, {"minimum": 0})) for name in _NUMBERS}
    smiles = ""
    try:
        species = split(row["binding_form_smiles"].strip())
        smiles = formula_unit(species)
    except StructureError as error:
        problems.append(row.problem("binding_form_smiles", error.what, error.mend))
    composition = None
    try:
        composition = parse_composition(row["composition"])
    except UsageError as error:
        problems.append(row.problem("composition", str(error)))
    if len(problems) > before or outcome_id is None or composition is None:
        return None
    outcome = Outcome(
        id=outcome_id,
        binding_form=row["binding_form"].strip() or smiles,
        binding_form_smiles=smiles,
        partner=row["partner"].strip() or UNKNOWN_PARTNER,
        composition=composition,
        form=row["form"].strip() or "nanocrystals",
        route=Application(route),
        reference_state=reference,
        effect=Effect(effect) if effect else None,
        plqy_before=_fraction(numbers["plqy_before_pct"]),
        plqy_before_uncertainty=_fraction(numbers["plqy_before_uncertainty_pct"]),
        plqy_after=_fraction(numbers["plqy_after_pct"]),
        plqy_after_uncertainty=_fraction(numbers["plqy_after_uncertainty_pct"]),
        relative_change=_fraction(numbers["relative_change_pct"]),
        equivalents=numbers["equivalents"],
        concentration_mmol_per_l=numbers["concentration_mmol_per_l"],
        nc_concentration_umol_per_l=numbers["nc_concentration_umol_per_l"],
        time_min=numbers["time_min"],
        emission_before_nm=numbers["emission_before_nm"],
        emission_after_nm=numbers["emission_after_nm"],
        strength=strength,
        confound=confound,
        source=Source(source_doi, row["locator"].strip()) if source_doi else None,
        note=row["note"].strip(),
        origin=f"{row.file}:{row.line}",
    )
    denial = "" if is_recorded else contradiction(outcome)
    if denial:
        mend = "correct the one or the other, or give both figures their uncertainty if the difference lies within"
        problems.append(row.problem("effect", denial, mend))
        return None
    return outcome


def contradiction(outcome: Outcome) -> str:
    """Say how an outcome's own figures deny its effect.

    PLQY before and after are compared beyond their combined uncertainty, that of a figure without one being
    nothing. Equal figures deny no effect.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    str
        In words; empty where they agree, or nothing was compared.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> pair = ("a", "bromide", "[Br-]", "caesium", parse_composition("CsPbBr3"), "nanocrystals")
    >>> how = (Application.POST_SYNTHETIC, "as_made", Effect.IMPROVED)
    >>> contradiction(Outcome(*pair, *how, plqy_before=0.9, plqy_after=0.4))
    "PLQY goes from 90 % to 40 %, which is not 'improved'"
    >>> contradiction(Outcome(*pair, *how, 0.9, 0.03, 0.88, 0.03))
    ''
    """
    if outcome.effect is None:
        return ""
    before, after, relative = outcome.plqy_before, outcome.plqy_after, outcome.relative_change
    if before is not None and after is not None:
        uncertainty = hypot(outcome.plqy_before_uncertainty or 0.0, outcome.plqy_after_uncertainty or 0.0)
        # Fractions have six decimals: what differs by less is the same figure.
        gain = after - before if abs(after - before) > uncertainty + 1e-9 else 0.0
        shown = f"PLQY goes from {100 * before:g} % to {100 * after:g} %"
        denied = gain < 0 if outcome.effect is Effect.IMPROVED else gain > 0
    elif relative is not None:
        shown = f"a relative change of {100 * relative:+g} % is stated"
        # It has no uncertainty, within which a small rise may be no improvement.
        denied = {Effect.IMPROVED: relative < 0, Effect.DECREASED: relative > 0}.get(outcome.effect, False)
    else:
        return ""
    return f"{shown}, which is not {str(outcome.effect)!r}" if denied else ""


_PERCENT = {"minimum": 0.0, "maximum": 100.0}
_RANGES: dict[str, dict[str, float]] = {
    "plqy_before_pct": _PERCENT,
    "plqy_after_pct": _PERCENT,
    "plqy_before_uncertainty_pct": _PERCENT,
    "plqy_after_uncertainty_pct": _PERCENT,
    "relative_change_pct": {"minimum": -100.0, "maximum": 10000.0},
    "emission_before_nm": {"minimum": 300.0, "maximum": 900.0},
    "emission_after_nm": {"minimum": 300.0, "maximum": 900.0},
}


def _fraction(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)


def head_of_outcome(outcome: Outcome) -> str:
    """Head of the species that an outcome is about.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    str
        Canonical SMILES; a whole salt is its own head.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> texts = {"id": "a", "binding_form_smiles": "CCCC(=O)[O-]", "composition": "CsPbX3"}
    >>> row = Row("outcomes.csv", 2, {name: Cell(text, 2, 1) for name, text in texts.items()})
    >>> head_of_outcome(read_outcome(row, []))
    'CC(=O)[O-]'
    """
    return head_of(outcome.binding_form_smiles)
