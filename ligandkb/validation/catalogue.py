"""How much of the catalogue is verified?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ligandkb.assessment.pairs import lay_out_pairs
from ligandkb.assessment.solubility import SolubleBy, own_contents, pair_contents, solubility_of
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.descriptors.measured import PkaTable, measured_pka
from ligandkb.evidence.agreement import agree
from ligandkb.evidence.outcomes import Application, Effect, Observed, Outcome
from ligandkb.problems import InputError, Problem
from ligandkb.resources import data_directory
from ligandkb.tables import number, read_table

RELEASE = "0.1.0"
"""Whose figures stand beside today's."""
WAYS_TO_CALL = 3
"""Names by which a product should be known."""


@dataclass(frozen=True)
class Coverage:
    """Counts of what is sourced and what isn't.

    Attributes
    ----------
    products, ligands, cas_verified, melting_points, densities, labels_read : int
        Of the catalogue's rows.
    boiling_points, called_in_three_ways : int
        Likewise; a product's name and aliases are the ways to call it.
    forms, pka : int
        Distinct binding forms of the ligands, and those with a measured pKa.
    outcomes : int
        Measured outcomes.
    by_strength, by_effect, by_confound : tuple of (str, int)
        Outcomes by kind.
    conflicts : tuple of str
        Pairs whose outcomes contradict each other.
    near_conflicts : tuple of str
        Binding forms whose outcomes on other partners or crystals contradict each other.
    pairs : int
        Pairs of the usual view.
    solubility : tuple of (str, int)
        Of these pairs, by how it is known: measured, judged, unknown.
    solubility_printed : int
        Products of which somebody printed a solubility, alone or in one of these pairs.
    """

    products: int
    ligands: int
    cas_verified: int
    melting_points: int
    densities: int
    labels_read: int
    forms: int
    pka: int
    outcomes: int
    by_strength: tuple[tuple[str, int], ...]
    by_effect: tuple[tuple[str, int], ...]
    by_confound: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...]
    near_conflicts: tuple[str, ...]
    boiling_points: int
    called_in_three_ways: int
    pairs: int
    solubility: tuple[tuple[str, int], ...]
    solubility_printed: int


def coverage(catalogue: Catalogue, outcomes: Sequence[Outcome], pka: PkaTable) -> Coverage:
    """Count what is verified in a catalogue and its outcomes."""
    ligands = [product for product in catalogue.products if product.role == "ligand"]
    forms = {named.form for product in ligands for named in product.forms}
    pairs: dict[tuple[str, str, str], list[Outcome]] = {}
    by_form: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.route is not Application.REMOVAL:
            key = (outcome.binding_form, outcome.partner, str(outcome.composition))
            pairs.setdefault(key, []).append(outcome)
            by_form.setdefault(outcome.binding_form, []).append(outcome)
    usual = lay_out_pairs(catalogue, catalogue.ligands, None)
    known_by = Counter(solubility_of(pair, catalogue.solubility)[1] for pair in usual)
    printed = {pair.product.id for pair in usual if pair_contents(pair) in catalogue.solubility}
    printed |= {product.id for product in catalogue.products if own_contents(product) in catalogue.solubility}
    return Coverage(
        products=len(catalogue.products),
        ligands=len(ligands),
        cas_verified=sum(bool(product.cas and product.cas_source) for product in catalogue.products),
        melting_points=sum(product.melting_point_c is not None for product in catalogue.products),
        densities=sum(product.density_g_per_ml is not None for product in catalogue.products),
        labels_read=sum(catalogue.hazards.label(product) is not None for product in catalogue.products),
        forms=len(forms),
        pka=sum(isinstance(measured_pka(form, pka)[0], float) for form in forms),
        outcomes=len(outcomes),
        by_strength=_counted(outcome.strength for outcome in outcomes),
        by_effect=_counted(str(outcome.effect or "") for outcome in outcomes),
        by_confound=_counted(outcome.confound for outcome in outcomes if outcome.confound),
        conflicts=tuple(
            f"{form} ({partner}) on {composition}"
            for (form, partner, composition), found in pairs.items()
            if agree(outcome.effect for outcome in found) is Observed.CONFLICT
        ),
        near_conflicts=tuple(
            form
            for form, found in by_form.items()
            if agree(outcome.effect for outcome in found) is Observed.CONFLICT
        ),
        boiling_points=sum(product.boiling_point_c is not None for product in catalogue.products),
        called_in_three_ways=sum(
            len({product.name, *product.aliases}) >= WAYS_TO_CALL for product in catalogue.products
        ),
        pairs=len(usual),
        solubility=tuple((str(known), known_by[known]) for known in SolubleBy),
        solubility_printed=len(printed),
    )


@dataclass(frozen=True)
class Count:
    """One figure of a coverage.

    Attributes
    ----------
    measure : str
        What is counted, in words.
    count : int
    of : int or None
        Out of how many; None where it is a share of nothing.
    """

    measure: str
    count: int
    of: int | None = None

    def __str__(self) -> str:
        return f"{self.count}" if self.of is None else f"{self.count} of {self.of}"


def counts_of(found: Coverage) -> tuple[Count, ...]:
    """Figures of a coverage, in the order of reading.

    Parameters
    ----------
    found : Coverage

    Returns
    -------
    tuple of Count
    """
    products, effects, strengths = found.products, dict(found.by_effect), dict(found.by_strength)
    return (
        Count("products", products),
        Count("ligands", found.ligands, products),
        Count("hazard statements known", found.labels_read, products),
        Count("CAS number verified", found.cas_verified, products),
        Count("called in three ways or more", found.called_in_three_ways, products),
        Count("melting point sourced", found.melting_points, products),
        Count("boiling point sourced", found.boiling_points, products),
        Count("density sourced", found.densities, products),
        Count("solubility printed", found.solubility_printed, products),
        Count("pairs of the usual view", found.pairs),
        *(Count(f"solubility {known}", count, found.pairs) for known, count in found.solubility),
        Count("binding forms", found.forms),
        Count("pKa of the conjugate acid sourced", found.pka, found.forms),
        Count("outcomes", found.outcomes),
        Count("outcomes with before and after", strengths.get("paired", 0), found.outcomes),
        Count("outcomes that improved", effects.get(str(Effect.IMPROVED), 0), found.outcomes),
        Count(
            "outcomes that did not improve or decreased",
            sum(effects.get(str(effect), 0) for effect in (Effect.NOT_IMPROVED, Effect.DECREASED)),
            found.outcomes,
        ),
    )


def release_counts() -> dict[str, Count]:
    """Figures of :data:`RELEASE`, by measure; benchmarks/coverage.py has counted them on its data.

    Returns
    -------
    dict
        Without a measure that can't be counted there.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    problems: list[Problem] = []
    path = data_directory() / "computed" / f"coverage-{RELEASE}.csv"
    found = {}
    for row in read_table(path, required=("measure", "count"), optional=("of",), problems=problems):
        count, of = number(row, "count", problems, minimum=0), number(row, "of", problems, minimum=0)
        if count is not None:
            found[row["measure"]] = Count(row["measure"], int(count), None if of is None else int(of))
    if problems:
        raise InputError(problems)
    return found


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())
