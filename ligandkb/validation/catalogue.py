"""How much of the catalogue is verified?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.descriptors.measured import conjugate_acid_pka
from ligandkb.descriptors.subject import PkaTable
from ligandkb.evidence.agreement import agree
from ligandkb.evidence.outcomes import Application, Observed, Outcome


@dataclass(frozen=True)
class Coverage:
    """Counts of what is sourced and what isn't.

    Attributes
    ----------
    products, ligands, cas_verified, melting_points, densities, labels_read : int
        Of the catalogue's rows.
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
    return Coverage(
        products=len(catalogue.products),
        ligands=len(ligands),
        cas_verified=sum(bool(product.cas and product.cas_source) for product in catalogue.products),
        melting_points=sum(product.melting_point_c is not None for product in catalogue.products),
        densities=sum(product.density_g_per_ml is not None for product in catalogue.products),
        labels_read=sum(catalogue.hazards.label(product) is not None for product in catalogue.products),
        forms=len(forms),
        pka=sum(isinstance(conjugate_acid_pka(form, pka), float) for form in forms),
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
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())
